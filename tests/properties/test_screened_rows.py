"""A row of findings says of a firm what the reference says of it."""

from __future__ import annotations

from decimal import Decimal
from math import inf
from typing import TYPE_CHECKING, Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from policy_match.backends.columnar import frame_of
from policy_match.domain.facts import Facts, Settler
from policy_match.screening.findings import findings
from policy_match.screening.patterns import Partitions
from policy_match.screening.plan import Plan
from policy_match.screening.policy_rows import Claimed, see
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from tests.properties.equality import rounded, told
from tests.properties.strategies import Case, cases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.possible import Interval
    from policy_match.ir.program import Program
    from tests.properties.equality import Told

FIRMS = ("somebody", "nobody")
"""One of whom something is known, and one of whom nothing is."""


@given(cases(), st.booleans())
def test_rows_agree_with_the_reference(case: Case, claimed: bool) -> None:
    """Outcome, status, tier, amounts, selection, and why it is open or failed."""
    every = [Facts(case.known), Facts({})]
    rows = _rows(case.program, every, 700 if claimed else None)
    for firm, facts in zip(FIRMS, every, strict=True):
        answer = assess(case.program, facts)
        for policy, exact in told(answer).items():
            money = bool(case.program.by_id[policy].tiers)
            expected = _expected(
                case.program, rounded(exact), claimed=claimed, money=money
            )
            row = rows[firm, policy]
            assert {name: row[name] for name in expected} == expected
            failed = exact.outcome is Outcome.INELIGIBLE
            assert bool(row["failed"]) <= failed


def _rows(
    program: Program, every: list[Facts], cents: int | None
) -> Mapping[tuple[str, str], dict[str, Any]]:
    plan = Plan(program, everything=True)
    answers = plan.screener.part(frame_of(program, every))
    claims = [(p.id, n) for p in program.policies for n, _ in enumerate(FIRMS)]
    told_ = [(*one, cents) for one in claims] if cents is not None else []
    kinds = {"policy": pl.String, "at": pl.UInt32, "cents": pl.Int64}
    table = pl.DataFrame(told_, schema=kinds, orient="row")
    firms = pl.DataFrame({"uscc": FIRMS})
    found = [
        findings(one, firms, everything=True).collect()
        for one in see(
            plan.sheets,
            answers,
            Claimed(table, len(FIRMS)),
            plan.bit,
            plan.sheets,
            Partitions(),
        )
    ]
    return {
        (row["uscc"], row["policy"]): row
        for frame in found
        for row in frame.iter_rows(named=True)
    }


def _expected(
    program: Program, one: Told, *, claimed: bool, money: bool
) -> dict[str, Any]:
    live = one.outcome is not Outcome.INELIGIBLE
    amount = one.amount if live and one.amount is not None else None
    ends: tuple[Decimal | None, Decimal | None] = (None, None)
    if amount is not None and amount.some:
        ends = (_yuan(amount.low), _yuan(amount.high))
    return {
        "outcome": one.outcome.value,
        "status": _status(program, one, claimed=claimed, money=money),
        "tier": one.tiers[0] or None if live and len(one.tiers) == 1 else None,
        "amount_low": ends[0],
        "amount_high": ends[1],
        "selected": one.selected,
        "missing": _AnyOrder(one.missing) if live else [],
        "claimed_amount": Decimal("7.00") if claimed else None,
    }


class _AnyOrder(frozenset[str]):
    """Facts that a list has, each once."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, list) and sorted(other) == sorted(self)

    __hash__ = frozenset.__hash__


def _yuan(cents: Any) -> Decimal | None:
    return None if cents in (None, inf, -inf) else Decimal(int(cents)) / 100


def _worth(amount: Interval | None, *, money: bool) -> str:
    """Return what is unclaimed by what it is worth, to the cent."""
    if amount is None or not money:
        return "unclaimed"
    if not amount.some or amount.high == 0:
        return "nothing-to-claim"
    return "worth-unknown" if amount.absent or amount.low <= 0 else "unclaimed"


def _status(program: Program, one: Told, *, claimed: bool, money: bool) -> str:
    if one.outcome is Outcome.INELIGIBLE:
        return "over-claimed" if claimed else "not-entitled"
    if one.outcome is Outcome.UNDETERMINED:
        judged = [
            program.facts[fact].settled_by is Settler.OFFICER
            for fact in one.open_for_outcome
        ]
        if claimed:
            return "claimed-undetermined"
        if judged == [False]:
            return "needs-one-fact"
        return "needs-judgement" if judged and all(judged) else "needs-data"
    if one.selected is None:
        return "claimed" if claimed else "needs-choice"
    if one.selected:
        return "claimed" if claimed else _worth(one.amount, money=money)
    return "claimed-instead" if claimed else "excluded"
