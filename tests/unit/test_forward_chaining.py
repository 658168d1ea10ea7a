"""Forward chaining agrees with the reference on every test and every tree."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import pytest

from policy_match.domain.possible import NO_VALUE, NONE, Choice, Interval, exactly, one
from policy_match.ir.terms import (
    Absent,
    All,
    AnyOf,
    FactRef,
    Fixed,
    Leaf,
    Not,
    Under,
    Within,
)
from tests.unit import small_programs as s
from tests.unit.agreement import FACTS, NO, NUMBERS, QUOTED, YES, agree, outcomes

if TYPE_CHECKING:
    from policy_match.domain.possible import Possible
    from policy_match.ir.terms import Comparison, Condition, Expression

X, Y = FactRef("x"), FactRef("y")


def under(*codes: str) -> Leaf:
    """Return the test that the firm's code lies below one of some."""
    return Leaf(Under(f"code in {codes}", "code", frozenset(codes), s.SYSTEM))


# ---- tests


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "="])
@pytest.mark.parametrize(
    "bound", [3, Fraction(10, 3), Fraction(1, 7), 0, -2, 10**30, Fraction(1, 10**20)]
)
def test_comparisons_with_constants(operator: Comparison, bound: int) -> None:
    right = [s.policy("p", s.compare("x", operator, bound))]
    left = [s.policy("p", s.compare(s.const(bound), operator, X))]
    firms = [{}, *({"x": value} for value in NUMBERS)]
    agree(s.program(FACTS, right), *firms)
    agree(s.program(FACTS, left), *firms)


@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "="])
def test_comparisons_of_formulas(operator: Comparison) -> None:
    when = s.compare("x", operator, Y)
    firms = [{"x": a, "y": b} for a, b in product(NUMBERS, NUMBERS)]
    agree(s.program(FACTS, [s.policy("p", when)]), {}, {"x": NUMBERS[0]}, *firms)


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (s.const(2), s.const(4)),
        (s.const(4), s.const(2)),
        (Y, s.const(4)),
        (s.const(0), Y),
    ],
)
def test_within(low: Expression, high: Expression) -> None:
    when = Leaf(Within("x within", X, low, high))
    firms = [{"x": a, "y": b} for a, b in product(NUMBERS, NUMBERS)]
    agree(s.program(FACTS, [s.policy("p", when)]), {}, *firms)


def test_many_tests_on_one_fact_are_read_in_parts() -> None:
    when = [s.compare("x", "=", Fraction(n, 7)) for n in range(60)]
    policies = [s.policy(f"p{n}", leaf) for n, leaf in enumerate(when)]
    firms = [
        {"x": value} for value in (*NUMBERS, NO_VALUE, Interval(0, 4, absent=True))
    ]
    agree(s.program(FACTS, policies), *firms)


def test_dates_that_may_never_have_been() -> None:
    day = s.DAY.toordinal()
    when = AnyOf((s.compare("on", "<=", day), Leaf(Absent("on = none", "on"))))
    never = Not(s.compare("on", ">=", day))
    values = [NO_VALUE, exactly(day), Interval(day, day, absent=True), exactly(day + 1)]
    program = s.program(FACTS, [s.policy("p", when), s.policy("q", never)])
    answers = agree(program, {}, *({"on": value} for value in values))
    assert outcomes(answers) == [
        "undetermined", "eligible", "eligible", "undetermined", "ineligible"
    ]  # fmt: skip


def test_members() -> None:
    when = s.holds("size", "small", QUOTED)
    values = [
        one("small"),
        one("large"),
        NONE,
        Choice(frozenset({"small", QUOTED})),
        Choice(frozenset({"small", "large"})),
        Choice(frozenset({"small"}), absent=True),
    ]
    program = s.program(FACTS, [s.policy("p", when)])
    answers = agree(program, {}, *({"size": value} for value in values))
    assert outcomes(answers)[1:] == [
        "eligible", "ineligible", "ineligible",
        "eligible", "undetermined", "undetermined",
    ]  # fmt: skip


def test_text_of_which_anything_is_possible() -> None:
    program = s.program(FACTS, [s.policy("p", s.holds("word", "yes"))])
    agree(program, {}, {"word": one("yes")}, {"word": one("no")})


def test_coarse_codes() -> None:
    policies = [
        s.policy("p", under("C13")),
        s.policy("q", under("C13", "C14")),
        s.policy("r", under("A")),
    ]
    values = [one(code) for code in ("C", "C1", "C13", "C1310", "A01")]
    program = s.program(FACTS, policies)
    agree(program, {}, {"code": NONE}, *({"code": value} for value in values))


# ---- trees


def test_every_tree_of_three_valued_leaves() -> None:
    a, b = s.holds("flag"), s.holds("flag2")
    yes, no = (
        Leaf(Fixed("on >= 2022-01-01", holds=True)),
        Leaf(Fixed("no", holds=False)),
    )
    trees: list[Condition] = [
        All((a, b)),
        AnyOf((a, b)),
        Not(All((a, Not(b)))),
        All((a, AnyOf((b, Not(a))), a)),
        AnyOf((All((a, b)), Not(AnyOf((a, b))))),
        All(()),
        AnyOf(()),
        All((yes, a)),
        AnyOf((no, Not(yes), b)),
        All((a,)),
    ]
    policies = [s.policy(f"p{n}", tree) for n, tree in enumerate(trees)]
    values: list[Possible | None] = [YES, NO, None]
    firms = [
        {f: v for f, v in (("flag", x), ("flag2", y)) if v is not None}
        for x, y in product(values, values)
    ]
    agree(s.program(FACTS, policies), *firms)


def test_one_condition_in_two_trees() -> None:
    shared = All((s.holds("flag"), s.compare("x", ">", 1)))
    policies = [s.policy("p", shared), s.policy("q", Not(shared))]
    agree(s.program(FACTS, policies), {}, {"flag": NO}, {"x": exactly(2)})
