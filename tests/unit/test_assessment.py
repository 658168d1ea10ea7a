"""From verdicts to the answer: benefits, selection, questions, warnings."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import pytest

from policy_match.domain.facts import Facts, FactType, Settler
from policy_match.domain.possible import NO_VALUE, Interval, Possible, one
from policy_match.domain.texts import NO_TEXT
from policy_match.ir.program import Program, Tier
from policy_match.ir.terms import Arithmetic, Expression, FactRef
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from policy_match.semantics.selection import amount_of, ends
from tests.unit.small_programs import (
    compare,
    const,
    defined,
    fact,
    holds,
    policy,
    program,
    unset,
)

if TYPE_CHECKING:
    from policy_match.domain.incentives import Form

BASE = [
    fact("first", FactType.BOOL),
    fact("second", FactType.BOOL, settled_by=Settler.REGISTER),
    fact("worthy", FactType.BOOL, settled_by=Settler.OFFICER),
    fact("income", FactType.MONEY, low=0),
    fact("cost", FactType.MONEY, low=0),
]
YES, NO = one(True), one(False)  # noqa: FBT003


def at(number: int) -> Interval:
    """Return one number."""
    return Interval(number, number)


def rivals(
    mine: Expression | None, other: Expression | None, form: Form = "grant"
) -> Program:
    """Return two policies that exclude each other."""
    return program(
        BASE,
        [
            policy("mine", holds("first"), *([mine] if mine else [])),
            policy("other", holds("second"), *([other] if other else []), form=form),
        ],
        groups=[("mine", "other")],
    )


def selection(book: Program, **given: Possible) -> tuple[bool | None, bool | None]:
    """Return what is selected of the two."""
    answer = assess(book, Facts(given))
    mine, other = answer.finding("mine"), answer.finding("other")
    return mine.selected, other.selected


INCOME = FactRef("income")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # the larger; the first declared where they tie
        ({"first": YES, "second": YES, "income": at(9)}, (True, False)),
        ({"first": YES, "second": YES, "income": at(3)}, (False, True)),
        ({"first": YES, "second": YES, "income": at(5)}, (True, False)),
        # ranges: sure only where one low is at least the other's high
        ({"first": YES, "second": YES, "income": Interval(5, 9)}, (True, False)),
        ({"first": YES, "second": YES, "income": Interval(4, 9)}, (None, None)),
        ({"first": YES, "second": YES, "income": Interval(1, 5)}, (None, None)),
        ({"first": YES, "second": YES, "income": Interval(1, 4)}, (False, True)),
        # an undetermined rival may still win, and never beats
        ({"first": YES, "income": at(3)}, (None, None)),
        ({"first": YES, "income": at(9)}, (True, False)),
        ({"second": YES, "income": at(9)}, (None, None)),
        # an ineligible one is no rival
        ({"first": NO, "second": YES, "income": at(9)}, (False, True)),
    ],
)
def test_selection(
    given: dict[str, Possible], expected: tuple[bool | None, bool | None]
) -> None:
    """`mine` is worth the income, `other` five."""
    assert selection(rivals(INCOME, const(5)), **given) == expected


@pytest.mark.parametrize(
    "book",
    [
        rivals(unset(), const(5)),
        rivals(const(5), None),
        rivals(const(9), const(5), form="deduction"),
    ],
    ids=["unset", "no money", "another form"],
)
def test_what_cannot_be_compared_is_left_open(book: Program) -> None:
    """Never a guess; without a rival there is nothing to compare."""
    assert selection(book, first=YES, second=YES) == (None, None)
    assert selection(book, first=YES, second=NO) == (True, False)


def test_selection_names_the_winner_and_changes_no_outcome() -> None:
    """Both stay eligible."""
    answer = assess(rivals(const(1), const(5)), Facts({"first": YES, "second": YES}))
    mine, other = answer.finding("mine"), answer.finding("other")
    assert (mine.outcome, other.outcome) == (Outcome.ELIGIBLE, Outcome.ELIGIBLE)
    assert (mine.excluded_by, other.excluded_by) == ("other", None)


def test_amounts_are_compared_unrounded() -> None:
    """A third of a cent is worth more than nothing."""
    third = Arithmetic("/", const(1), const(300))
    both = {"first": YES, "second": YES}
    assert selection(rivals(const(0), third), **both) == (False, True)


def test_outside_a_group_selected_is_eligible() -> None:
    """There is nothing to choose."""
    book = program(BASE, [policy("p", holds("first"))])
    firms: list[tuple[dict[str, Possible], bool]] = [
        ({"first": YES}, True),
        ({"first": NO}, False),
        ({}, False),
    ]
    for given, expected in firms:
        assert assess(book, Facts(given)).finding("p").selected is expected


def test_the_benefit_is_what_an_eligible_firm_gets() -> None:
    """The condition narrows the amount; the ineligible have no benefit."""
    when = compare("income", "<=", 300)
    book = program(BASE, [policy("p", when, Arithmetic("*", INCOME, const(2)))])
    open_ = assess(book, Facts({})).finding("p")
    assert open_.outcome is Outcome.UNDETERMINED
    assert open_.benefit is not None
    assert open_.benefit.amount == Interval(0, 600)
    assert open_.missing == ("income",)
    refused = assess(book, Facts({"income": at(301)})).finding("p")
    assert refused.outcome is Outcome.INELIGIBLE
    assert refused.benefit is None
    assert refused.missing == ()


def test_an_eligible_firm_may_miss_facts_for_its_amount() -> None:
    """They are missing, and not open for the outcome."""
    tiers = (
        Tier("high", NO_TEXT, holds("second"), FactRef("cost")),
        Tier("low", NO_TEXT, None, const(1)),
    )
    book = program(BASE, [policy("p", holds("first"), *tiers)])
    found = assess(book, Facts({"first": YES})).finding("p")
    assert found.outcome is Outcome.ELIGIBLE
    assert found.benefit is not None
    assert found.benefit.tiers == ("high", "low")
    assert found.benefit.amount == Interval(0, inf)
    assert (found.missing, found.open_for_outcome) == (("second", "cost"), ())
    assert found.awaiting == (Settler.FIRM, Settler.REGISTER)


def test_a_determination_awaits_the_officer() -> None:
    """Judgement is not left out."""
    book = program(BASE, [policy("p", holds("worthy"))])
    found = assess(book, Facts({})).finding("p")
    assert found.outcome is Outcome.UNDETERMINED
    assert found.awaiting == (Settler.OFFICER,)


def test_worth_counts_no_value_below_everything() -> None:
    """And what nobody fixed as anything."""
    ratio = Arithmetic("/", const(6), INCOME)
    book = program(BASE, [policy("p", holds("first"), ratio)])

    def of(income: Interval) -> tuple[object, object]:
        found = assess(book, Facts({"first": YES, "income": income})).finding("p")
        return ends(amount_of(found))

    assert of(at(2)) == (3, 3)
    assert of(Interval(0, 3)) == (-inf, inf)
    assert of(at(0)) == (-inf, -inf)


@pytest.mark.parametrize(
    ("total", "warned"),
    [(at(7), False), (at(8), True), (Interval(5, 9), False), (NO_VALUE, True)],
)
def test_a_given_derived_fact_that_its_base_facts_contradict(
    total: Interval, warned: bool
) -> None:
    """The given value wins, and a warning says what was expected."""
    sum_ = Arithmetic("+", INCOME, FactRef("cost"))
    book = program(
        BASE,
        [policy("p", compare("total", ">=", 8))],
        [defined(fact("total", FactType.MONEY, derived=True), sum_)],
    )
    given = {"income": at(3), "cost": at(4), "total": total}
    answer = assess(book, Facts(given))
    assert answer.values["total"] == total
    found = [(w.kind, w.fact, w.expected) for w in answer.warnings]
    assert found == ([("contradicts", "total", at(7))] if warned else [])


def test_the_order_of_a_profile_is_no_part_of_the_answer() -> None:
    """Warnings come in the rulebook's order."""
    doubled = [
        defined(fact(name, FactType.MONEY, derived=True), INCOME) for name in "ab"
    ]
    book = program(BASE, [policy("p", compare("a", ">=", 8))], doubled)
    given = {"income": at(3), "b": at(1), "a": at(2)}
    for facts in (given, dict(reversed(given.items()))):
        warned = [warning.fact for warning in assess(book, Facts(facts)).warnings]
        assert warned == ["a", "b"]
