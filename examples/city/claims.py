"""What has been claimed so far, with the take-up that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from population import WAN, Array, Firms, Mask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from truth import Entitled

TAKEN_UP = {
    "small-low-profit-cit": 0.93,
    "hnte-cit-rate": 0.95,
    "rd-super-deduction": 0.62,
    "six-taxes-two-fees-relief": 0.85,
    "property-tax-relief": 0.80,
    "urban-land-use-tax-relief": 0.78,
    "vat-small-scale-exemption": 0.96,
    "loan-stamp-tax-exemption": 0.45,
    "individual-business-iit-halving": 0.70,
    "procurement-price-preference": 0.55,
    "three-in-one-certification-incentive": 0.65,
    "online-international-fair-subsidy": 0.50,
}
"""The chance that somebody entitled to some money has claimed it."""
_RIVALS = ("small-low-profit-cit", "hnte-cit-rate")
"""二者不叠加: the larger counts, the first where they tie."""
_MISTAKEN = 0.0015
_IN_TWO = 0.05
_YEAR = date(2022, 1, 1)
_FIRST_DAY = (_YEAR - date(1970, 1, 1)).days


@dataclass
class Total:
    """What is true of one policy in the whole city, in firms and cents."""

    eligible: int = 0
    claimed: int = 0
    unclaimed: int = 0
    """Of whom something is surely left."""
    worth_unknown: int = 0
    """Entitled without a claim, to what may be worth nothing."""
    nothing_to_claim: int = 0
    """Entitled to what is worth nothing."""
    over_claimed: int = 0
    due: int = 0
    due_high: int = 0
    paid: int = 0
    left: int = 0
    left_high: int = 0


class Claimed(NamedTuple):
    """The claims for one policy in one block, and who of them was right."""

    by: Mask
    right: Mask
    """Who is entitled and chooses this policy."""
    cents: Array


def claimed(firms: Firms, entitled: Mapping[str, Entitled]) -> dict[str, Claimed]:
    """Draw the claims for every policy."""
    first, second = (entitled[policy] for policy in _RIVALS)
    rival = first.to_it & second.to_it
    better = (first.low >= second.low) if first.low is not None else rival
    chosen = {_RIVALS[0]: ~rival | better, _RIVALS[1]: ~rival | ~better}
    # Larger firms have somebody who reads the announcements.
    size = np.log1p(firms.facts["employees"]) / 40
    found: dict[str, Claimed] = {}
    for policy, (to_it, low, high) in entitled.items():
        right = to_it & chosen.get(policy, to_it)
        some = right if low is None else right & (low > 0)
        asks = firms.happens(TAKEN_UP[policy] + size - 0.08) & some
        wrongly = firms.happens(_MISTAKEN)
        made_up = firms.around(0.5 * WAN, 1.0)
        cents = made_up
        if low is not None:
            top = low if high is None else high
            cents = low + (firms.rng.random(len(firms)) * (top - low)).astype(np.int64)
        amount = np.where(right, cents, made_up)
        found[policy] = Claimed(asks | (wrongly & ~to_it), right, amount)
    return found


def add(total: Total, entitled: Entitled, claims: Claimed) -> None:
    """Add one block to what is true of a policy in the whole city."""
    by, right, cents = claims
    has, idle = right & by, right & ~by
    has_not = idle if entitled.low is None else idle & (entitled.low > 0)
    total.eligible += int(entitled.to_it.sum())
    total.claimed += int(has.sum())
    total.unclaimed += int(has_not.sum())
    total.over_claimed += int((by & ~entitled.to_it).sum())
    total.paid += int(cents[by].sum())
    if entitled.low is not None:
        high = entitled.low if entitled.high is None else entitled.high
        counted = has | has_not
        total.worth_unknown += int((idle & ~has_not & (high > 0)).sum())
        total.nothing_to_claim += int((idle & (high == 0)).sum())
        total.due += int(entitled.low[counted].sum())
        total.due_high += int(high[counted].sum())
        total.left += int(entitled.low[has_not].sum())
        total.left_high += int(high[has_not].sum())


def rows(firms: Firms, codes: pl.Series, found: Mapping[str, Claimed]) -> pl.DataFrame:
    """Return the claims as rows: some come in two, some are of the year before."""
    parts: list[pl.DataFrame] = []
    for policy, (by, _, cents) in found.items():
        at = np.flatnonzero(by)
        half = np.where(firms.rng.random(len(at)) < _IN_TWO, cents[at] // 2, 0)
        earlier = firms.rng.random(len(at)) < _IN_TWO
        for amounts, some, year in (
            (cents[at] - half, np.ones(len(at), bool), 0),
            (half, half > 0, 0),
            (cents[at] * 9 // 10, earlier, 365),
        ):
            days = firms.rng.integers(_FIRST_DAY, _FIRST_DAY + 365, len(at)) - year
            frame = pl.DataFrame(
                {
                    "uscc": codes.gather(at[some]),
                    "policy": pl.repeat(policy, int(some.sum()), eager=True),
                    "amount": amounts[some],
                    "on": pl.Series(days[some]).cast(pl.Int32).cast(pl.Date),
                }
            )
            parts.append(frame)
    whole = pl.concat(parts)
    return whole.gather(firms.rng.permutation(len(whole)))
