"""The choice among policies that exclude each other, in columns.

On unrounded amounts, ties by the order declared (contract, section 1).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar import bounds
from policy_match.backends.columnar.flags import (
    Flag,
    Verdict,
    both,
    column,
    either,
    no,
    surely,
    unsettled,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.backends.columnar.numbers import Span
    from policy_match.backends.columnar.shared_columns import Stages


class Rival(NamedTuple):
    """One policy of a group: its verdict and what it is worth, in each row."""

    form: str
    truth: Verdict
    amount: Span | None
    """None where the policy has no money at all."""
    unset: Flag

    @property
    def live(self) -> Flag:
        """Where the policy is not ineligible."""
        return either(surely(self.truth), unsettled(self.truth))

    @property
    def known(self) -> Flag:
        """Where there is an amount to compare."""
        return False if self.amount is None else no(self.unset)


def select(stages: Stages, group: Sequence[Rival]) -> list[tuple[pl.Expr, pl.Expr]]:
    """Return for each policy `selected` and the place of the rival that beats it."""
    return [_selected(stages, group, place) for place in range(len(group))]


def _selected(
    stages: Stages, group: Sequence[Rival], place: int
) -> tuple[pl.Expr, pl.Expr]:
    mine = group[place]
    comparable: Flag = True
    best: Flag = True
    beaten: Flag = False
    by: list[tuple[int, Flag]] = []
    for other, rival in enumerate(group):
        if other == place:
            continue
        rival_live = stages.flag(rival.live)
        alike = both(mine.form == rival.form, mine.known, rival.known)
        comparable = both(comparable, either(no(rival_live), alike))
        wins = stages.flag(
            both(rival_live, _beats(stages, (rival, other), (mine, place)))
        )
        loses = both(rival_live, no(_beats(stages, (mine, place), (rival, other))))
        beaten = either(beaten, wins)
        best = both(best, no(loses))
        by.append((other, wins))
    comparable = stages.flag(both(comparable, mine.live))
    lost = stages.flag(both(comparable, beaten))
    won = both(comparable, no(beaten), best, surely(mine.truth))
    fails = either(no(mine.live), lost)
    found = pl.when(column(won)).then(True).when(column(fails)).then(False)  # noqa: FBT003
    return found.otherwise(pl.lit(None, pl.Boolean)), _first(by, lost)


def _first(by: list[tuple[int, Flag]], lost: Flag) -> pl.Expr:
    found = pl.lit(None, pl.UInt8)
    for place, wins in reversed(by):
        winner = pl.lit(place, pl.UInt8)
        found = pl.when(column(both(lost, wins))).then(winner).otherwise(found)
    return found


def _beats(stages: Stages, a: tuple[Rival, int], b: tuple[Rival, int]) -> Flag:
    """Return where `a` is surely eligible and worth at least all `b` may be."""
    (one, rank), (other, rank_other) = a, b
    if one.amount is None or other.amount is None:
        return False
    low, high = one.amount, other.amount
    bounded = both(low.some, no(low.absent), no(bounds.is_open(low.low)))
    nothing = no(high.some)
    more = both(bounded, either(nothing, bounds.sure(">", low.low, high.high)))
    level: Flag = False
    if rank < rank_other:
        level = either(
            both(bounded, high.some, bounds.sure("=", low.low, high.high)),
            both(no(bounded), nothing),
        )
    return stages.flag(both(surely(one.truth), either(more, level)))
