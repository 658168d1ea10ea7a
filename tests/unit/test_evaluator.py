"""The reference evaluator, node by node, by hand from the contract."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import inf

import pytest

from policy_match.domain.facts import FactType
from policy_match.domain.possible import (
    NO_VALUE,
    NONE,
    Choice,
    Interval,
    Listing,
    Possible,
    one,
)
from policy_match.domain.texts import NO_TEXT
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth
from policy_match.ir.program import Tier
from policy_match.ir.terms import (
    Absent,
    All,
    AnyOf,
    Arithmetic,
    Band,
    Between,
    Brackets,
    Case,
    Cases,
    Comparison,
    Condition,
    Expression,
    Extreme,
    FactRef,
    Fixed,
    Label,
    Leaf,
    Lookup,
    Mean,
    Not,
    Switch,
    Under,
    Within,
)
from policy_match.semantics.one_firm import Evaluation
from tests.unit.small_programs import (
    SYSTEM,
    compare,
    const,
    defined,
    fact,
    holds,
    policy,
    program,
    unset,
)

SIZES = dict.fromkeys(("medium", "small", "micro"), NO_TEXT)
CLASS = Cases(
    (
        Case(compare("people", ">=", 300), Label("medium")),
        Case(
            All((compare("people", ">=", 20), compare("revenue", ">=", 30))),
            Label("small"),
        ),
        Case(None, Label("micro")),
    )
)
PROGRAM = program(
    [
        fact("people", FactType.INT, low=0),
        fact("revenue", FactType.MONEY, low=0),
        fact("profit", FactType.MONEY),
        fact("resident", FactType.BOOL),
        fact("fair_on", FactType.DATE, may_be_none=True),
        fact("industry", FactType.CODE, system="listed"),
        fact("kind", FactType.ENUM, members={"a": NO_TEXT, "b": NO_TEXT}),
        fact("quarters", FactType.LIST),
    ],
    [],
    [
        defined(fact("class", FactType.ENUM, members=SIZES, derived=True), CLASS),
        defined(
            fact("ratio", derived=True),
            Arithmetic("/", FactRef("profit"), FactRef("revenue")),
        ),
        defined(
            fact("tiny", FactType.BOOL, derived=True), None, holds("class", "micro")
        ),
    ],
)


def at(number: int | Fraction) -> Interval:
    """Return one number."""
    return Interval(number, number)


def value(expression: Expression, **given: Possible) -> Possible:
    """Return what is possible of a formula."""
    return Evaluation(PROGRAM, given).evaluate(expression)


def truth(condition: Condition, **given: Possible) -> Truth:
    """Return how a condition stands."""
    return Evaluation(PROGRAM, given).truth(condition)


def test_what_is_not_known_is_all_that_is_declared() -> None:
    """Never zero, never false, never a pass."""
    evaluation = Evaluation(PROGRAM, {})
    assert evaluation.value("people") == Interval(0, inf)
    assert evaluation.value("profit") == Interval(-inf, inf)
    assert evaluation.value("resident") == Choice(frozenset({True, False}))
    assert evaluation.value("fair_on") == Interval(-inf, inf, absent=True)
    assert evaluation.value("industry") == Choice(None)
    assert evaluation.value("kind") == Choice(frozenset("ab"))
    assert evaluation.value("quarters") == Listing(None)


def test_nineteen_employees_are_micro_whatever_the_revenue() -> None:
    """A class that needs both bounds is out of reach when one is missed."""
    evaluation = Evaluation(PROGRAM, {"people": at(19)})
    assert evaluation.value("class") == one("micro")
    assert evaluation.value("tiny") == one(True)  # noqa: FBT003


@pytest.mark.parametrize(
    ("people", "classes"),
    [
        (at(20), {"small", "micro"}),
        (at(300), {"medium"}),
        (Interval(0, 299), {"small", "micro"}),
        (Interval(20, 300), {"medium", "small", "micro"}),
    ],
)
def test_first_match_cases_join_what_a_guard_leaves_open(
    people: Interval, classes: set[str]
) -> None:
    """Every branch up to the first that surely holds."""
    assert value(CLASS, people=people) == Choice(frozenset(classes))


def test_no_case_no_value() -> None:
    """Without a branch that holds there is no value."""
    only = Cases((Case(compare("people", ">=", 20), const(5)),))
    assert value(only, people=at(20)) == at(5)
    assert value(only, people=at(19)) == NO_VALUE
    assert value(only) == Interval(5, 5, absent=True)


def test_a_given_derived_fact_wins() -> None:
    """Over its definition, even against its base facts."""
    given: dict[str, Possible] = {"class": one("medium"), "people": at(1)}
    assert Evaluation(PROGRAM, given).value("class") == one("medium")
    assert Evaluation(PROGRAM, given).value("tiny") == one(False)  # noqa: FBT003


def test_on_no_value_comparisons_are_false_and_not_is_true() -> None:
    """A quotient by zero is neither below a bound nor above, nor itself."""
    by_zero = {"profit": at(5), "revenue": at(0)}
    operators: tuple[Comparison, ...] = ("<", "<=", "=", ">=", ">")
    for operator in operators:
        leaf = compare("ratio", operator, 1)
        assert truth(leaf, **by_zero) is FALSE
        assert truth(Not(leaf), **by_zero) is TRUE
    assert truth(compare("ratio", "=", FactRef("ratio")), **by_zero) is FALSE
    assert truth(Leaf(Absent("none", "ratio")), **by_zero) is TRUE


def test_a_divisor_that_touches_zero_leaves_no_value_possible() -> None:
    """So nothing is surely true of the quotient, and what is false stays so."""
    given = {"profit": at(6), "revenue": Interval(0, 3)}
    assert Evaluation(PROGRAM, given).value("ratio") == Interval(2, inf, absent=True)
    assert truth(compare("ratio", ">=", 2), **given) is UNKNOWN
    assert truth(compare("ratio", "<", 2), **given) is FALSE


FAIR = date(2022, 6, 30).toordinal()
YEAR = Leaf(
    Within(
        "fair_on within 2022-01-01..2022-12-31",
        FactRef("fair_on"),
        const(date(2022, 1, 1).toordinal()),
        const(date(2022, 12, 31).toordinal()),
    )
)


@pytest.mark.parametrize(
    ("fair_on", "expected"),
    [
        (at(FAIR), TRUE),
        (at(date(2022, 1, 1).toordinal()), TRUE),
        (at(date(2022, 12, 31).toordinal()), TRUE),
        (at(date(2023, 1, 1).toordinal()), FALSE),
        (at(date(2021, 12, 31).toordinal()), FALSE),
        (Interval(FAIR, inf), UNKNOWN),
        (Interval(FAIR, FAIR, absent=True), UNKNOWN),
        (NO_VALUE, FALSE),
    ],
)
def test_a_window_has_both_its_ends(fair_on: Interval, expected: Truth) -> None:
    """A date that never came lies in no window."""
    assert truth(YEAR, fair_on=fair_on) is expected


@pytest.mark.parametrize(
    ("code", "expected"), [("C1311", TRUE), ("C", UNKNOWN), ("A01", FALSE)]
)
def test_codes(code: str, expected: Truth) -> None:
    """A coarse code means every code below it."""
    leaf = Leaf(Under("industry in [C13]", "industry", frozenset({"C13"}), SYSTEM))
    assert truth(leaf, industry=one(code)) is expected


def test_trees() -> None:
    """`all`, `any` and `not` over what is known and what is not."""
    known, unknown = compare("people", ">=", 20), holds("resident")
    few = {"people": at(5)}
    assert truth(All((known, unknown)), **few) is FALSE
    assert truth(AnyOf((known, unknown)), **few) is UNKNOWN
    assert truth(AnyOf((Not(known), unknown)), **few) is TRUE
    assert truth(Not(All((Not(known), unknown))), **few) is UNKNOWN
    assert truth(Leaf(Fixed("on >= 2022-01-01", holds=True))) is TRUE


BANDS = (Band(100, Fraction(1, 10)), Band(300, Fraction(1, 4)), Band(None, 1))
RELIEF = (Band(100, Fraction(1, 4)), Band(300, 0), Band(None, Fraction(-1, 2)))


@pytest.mark.parametrize(
    ("of", "bands", "tax"),
    [
        (at(-5), BANDS, at(0)),
        (at(0), BANDS, at(0)),
        (at(100), BANDS, at(10)),
        (at(101), BANDS, at(Fraction(41, 4))),
        (at(300), BANDS, at(60)),
        (at(400), BANDS, at(160)),
        (Interval(50, 400), BANDS, Interval(5, 160)),
        (Interval(0, inf), BANDS, Interval(0, inf)),
        (Interval(0, 400), RELIEF, Interval(-25, 25)),
        (Interval(100, inf), RELIEF, Interval(-inf, 25)),
        (NO_VALUE, BANDS, NO_VALUE),
        (Interval(100, 100, absent=True), BANDS, Interval(10, 10, absent=True)),
    ],
)
def test_brackets(of: Interval, bands: tuple[Band, ...], tax: Interval) -> None:
    """Marginal rates, nothing for what is not above zero, extremes at bends."""
    assert value(Brackets(FactRef("profit"), bands), profit=of) == tax


def test_formulas() -> None:
    """Extremes, means and what an authority fixes between two ends."""
    low = Extreme("min", (FactRef("people"), const(10), FactRef("revenue")))
    assert value(low, people=at(30)) == Interval(0, 10)
    assert value(Extreme("max", low.of), people=at(30)) == Interval(30, inf)
    quarters = Listing((at(1), at(2)))
    assert value(Mean("quarters"), quarters=quarters) == at(Fraction(3, 2))
    assert value(Between(const(6), const(10))) == Interval(6, 10)


def test_a_switch_takes_the_arm_of_each_possible_member() -> None:
    """A member without an arm, and no member at all, have no value."""
    switch = Switch("kind", (("a", const(1)),))
    assert value(switch, kind=one("a")) == at(1)
    assert value(switch, kind=one("b")) == NO_VALUE
    assert value(switch, kind=NONE) == NO_VALUE
    assert value(switch) == Interval(1, 1, absent=True)


def test_a_look_up_takes_the_longest_code() -> None:
    """And has no label where no row covers the code."""
    rows = Lookup("industry", (("C", "industry"), ("C13", "food")), SYSTEM)
    assert value(rows, industry=one("C1311")) == one("food")
    assert value(rows, industry=one("C14")) == one("industry")
    assert value(rows, industry=one("A01")) == NONE


TIERED = policy(
    "award",
    holds("resident"),
    Tier("large", NO_TEXT, compare("people", ">=", 300), const(9)),
    Tier("fair", NO_TEXT, compare("people", ">=", 20), FactRef("revenue")),
    Tier("rest", NO_TEXT, None, const(1)),
)


@pytest.mark.parametrize(
    ("people", "tiers", "amount"),
    [
        (at(300), (0,), at(9)),
        (at(299), (1,), Interval(2, 3)),
        (at(19), (2,), at(1)),
        (Interval(10, 299), (1, 2), Interval(1, 3)),
        (Interval(0, inf), (0, 1, 2), Interval(1, 9)),
    ],
)
def test_tiers(people: Interval, tiers: tuple[int, ...], amount: Interval) -> None:
    """The first that holds; the amount spans those still possible."""
    given = {"people": people, "revenue": Interval(2, 3)}
    evaluation = Evaluation(PROGRAM, given)
    assert evaluation.tiers(TIERED) == tiers
    assert evaluation.amount(TIERED) == amount


def test_an_amount_that_no_document_fixes_is_not_guessed() -> None:
    """Neither where a part of the formula is unset nor where a tier is."""
    evaluation = Evaluation(PROGRAM, {})
    sum_ = Arithmetic("+", const(1), unset())
    assert evaluation.amount(policy("p", holds("resident"), sum_)) is None
    tiers = (
        Tier("t", NO_TEXT, compare("people", ">=", 20), const(1)),
        Tier("u", NO_TEXT, None, unset()),
    )
    tiered = policy("p", holds("resident"), *tiers)
    assert evaluation.amount(tiered) is None
    many = Evaluation(PROGRAM, {"people": at(20)})
    assert many.amount(tiered) == at(1)
