"""What an amount may be where the conditions of its branch are known to hold."""

from __future__ import annotations

import pytest

from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Interval, exactly
from policy_match.domain.texts import NO_TEXT
from policy_match.ir.program import Program, Tier
from policy_match.ir.terms import (
    All,
    Arithmetic,
    Band,
    Brackets,
    Case,
    Cases,
    Extreme,
    FactRef,
)
from policy_match.semantics.assessment import assess
from tests.unit.small_programs import compare, const, defined, fact, holds, policy
from tests.unit.small_programs import program as small

PEOPLE = fact("people", FactType.INT, low=0)
PROFIT = fact("profit", FactType.MONEY)
OTHER = fact("other", FactType.MONEY, low=0)
LIMIT = compare("people", "<=", 20)


def times(name: str, rate: int) -> Arithmetic:
    """Return so much for each."""
    return Arithmetic("*", FactRef(name), const(rate))


def amount(program: Program, **given: Interval) -> Interval | None:
    """Return what the only policy of a program may be worth."""
    (found,) = assess(program, Facts(given)).findings
    assert found.benefit is not None
    return found.benefit.amount


def test_a_tier_counts_only_those_whose_tier_it_is() -> None:
    """10 to 30 people: 1000 each up to 20, 500 each for more, which is 21 at least."""
    tiers = (
        Tier("small", NO_TEXT, LIMIT, times("people", 1000)),
        Tier("large", NO_TEXT, None, times("people", 500)),
    )
    program = small([PEOPLE], [policy("grant", All(()), *tiers)])
    assert amount(program, people=Interval(10, 30)) == Interval(10_000, 20_000)
    assert amount(program, people=Interval(15, 30)) == Interval(10_500, 20_000)
    assert amount(program, people=Interval(10, 25)) == Interval(10_000, 20_000)


def test_a_relief_that_tapers_off_has_the_upper_end_of_its_limit() -> None:
    """What falls on the first million, less its share of other reductions.

    Above a million the share is other × 1,000,000 ÷ profit; the quotient is never
    by zero there, and so always has a value.
    """
    rates = (Band(1_000_000, 1), Band(None, 1))
    share = Arithmetic(
        "/", Arithmetic("*", FactRef("other"), const(1_000_000)), FactRef("profit")
    )
    within = Arithmetic("-", Brackets(FactRef("profit"), rates), FactRef("other"))
    above = Arithmetic("-", const(1_000_000), share)
    body = Cases(
        (
            Case(compare("profit", "<=", 0), const(0)),
            Case(
                compare("profit", "<=", 1_000_000), Extreme("max", (within, const(0)))
            ),
            Case(None, Extreme("max", (above, const(0)))),
        )
    )
    due = defined(fact("due", FactType.MONEY, derived=True), body)
    program = small([PROFIT, OTHER], [policy("relief", All(()), FactRef("due"))], [due])
    assert amount(program) == Interval(0, 1_000_000)
    assert amount(program, other=exactly(0)) == Interval(0, 1_000_000)
    assert amount(
        program, profit=Interval(2_000_000, 4_000_000), other=exactly(200_000)
    ) == Interval(900_000, 950_000)


def test_a_limit_that_is_given_holds_nobody_back() -> None:
    """By definition nobody small has more than 20 people; whoever says so may."""
    tiers = (
        Tier("small", NO_TEXT, holds("small"), times("people", 1000)),
        Tier("other", NO_TEXT, None, const(0)),
    )
    program = small(
        [PEOPLE],
        [policy("grant", All(()), *tiers)],
        [defined(fact("small", FactType.BOOL, derived=True), condition=LIMIT)],
    )
    people = Interval(10, 30)
    assert amount(program, people=people) == Interval(0, 20_000)
    facts = Facts({"people": people, "small": fact("x", FactType.BOOL).unknown})
    (found,) = assess(program, facts).findings
    assert found.benefit is not None
    assert found.benefit.amount == Interval(0, 30_000)


def test_a_branch_without_facts_stays_as_written() -> None:
    """And one whose guard says nothing of what it reads."""
    tiers = (
        Tier("profitable", NO_TEXT, compare("profit", ">", 0), times("people", 2)),
        Tier("other", NO_TEXT, None, const(1)),
    )
    program = small([PEOPLE, PROFIT], [policy("grant", All(()), *tiers)])
    assert amount(program, people=exactly(3)) == Interval(1, 6)
    assert amount(program, people=exactly(3), profit=exactly(1)) == exactly(6)


@pytest.mark.parametrize(("low", "missing"), [(0, ("people",)), (25, ())])
def test_what_a_branch_cannot_see_is_not_asked(
    low: int, missing: tuple[str, ...]
) -> None:
    """Above 20 people all get the same: how many more there are is of no account."""
    capped = Extreme("min", (times("people", 10), const(200)))
    tiers = (
        Tier("small", NO_TEXT, LIMIT, times("people", 10)),
        Tier("large", NO_TEXT, None, capped),
    )
    program = small([PEOPLE], [policy("grant", All(()), *tiers)])
    (found,) = assess(program, Facts({"people": Interval(low, 90)})).findings
    assert found.missing == missing
