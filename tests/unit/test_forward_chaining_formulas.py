"""Forward chaining agrees with the reference on derived facts and benefits."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import pytest

from policy_match.domain.facts import FactType
from policy_match.domain.possible import NO_VALUE, NONE, Interval, Listing, exactly, one
from policy_match.domain.texts import NO_TEXT
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
    Extreme,
    FactRef,
    Label,
    Leaf,
    Lookup,
    Mean,
    Not,
    Switch,
)
from tests.unit import small_programs as s
from tests.unit.agreement import FACTS, MEMBERS, NO, NUMBERS, QUOTED, YES, agree

if TYPE_CHECKING:
    from policy_match.domain.possible import Possible
    from policy_match.ir.terms import Expression

X, Y = FactRef("x"), FactRef("y")

# ---- formulas and derived facts

THREE = Cases(
    (
        Case(s.compare("x", ">", 3), s.const(1)),
        Case(s.compare("y", ">", 3), Y),
        Case(None, s.const(7)),
    )
)
OPEN_ENDED = Cases(
    (
        Case(s.holds("flag"), Label("large")),
        Case(s.compare("x", ">", 3), Label("small")),
    )
)


@pytest.mark.parametrize(
    "body",
    [
        Arithmetic("/", X, Y),
        Arithmetic("-", Arithmetic("*", X, Y), Arithmetic("+", X, s.const(1))),
        Extreme("max", (X, Y, s.const(2))),
        Extreme("min", (X, Arithmetic("/", s.const(1), Y))),
        Brackets(X, (Band(1, Fraction(1, 10)), Band(4, Fraction(1, 5)), Band(None, 1))),
        Between(X, s.const(9)),
        THREE,
        Arithmetic("+", THREE, X),
        Switch("size", (("small", THREE), ("large", X))),
        s.const(3),
        s.unset(),
    ],
)
def test_formulas(body: Expression) -> None:
    derived = s.defined(s.fact("z", derived=True), body)
    over = s.defined(s.fact("zz", derived=True), Arithmetic("*", FactRef("z"), X))
    policies = [
        s.policy(
            "p", s.compare("z", ">=", 3), Arithmetic("*", FactRef("z"), s.const(2))
        ),
        s.policy("q", s.compare("zz", "<", Y), body),
    ]
    firms = [{"x": a, "y": b} for a, b in product(NUMBERS[:8], NUMBERS[:8])]
    sized: list[dict[str, Possible]] = [
        {"size": one("small"), "x": exactly(1)},
        {"size": NONE},
    ]
    program = s.program(FACTS, policies, [derived, over])
    agree(program, {}, *firms, *sized, {"z": Interval(1, 2)}, {"z": NO_VALUE})


def test_means_of_lists() -> None:
    derived = s.defined(s.fact("z", derived=True), Mean("quarters"))
    lists = [Listing(()), Listing((exactly(1), exactly(4))), Listing((Interval(1, 9),))]
    program = s.program(FACTS, [s.policy("p", s.compare("z", ">", 2))], [derived])
    agree(program, {}, *({"quarters": value} for value in lists))


def test_derived_choices_and_bools() -> None:
    rows = (("C", "large"), ("C13", "small"), ("A01", QUOTED))
    definitions = [
        s.defined(
            s.fact("trade", FactType.ENUM, members=MEMBERS, may_be_none=True),
            Lookup("code", rows, s.SYSTEM),
        ),
        s.defined(
            s.fact("kind", FactType.ENUM, members=MEMBERS, may_be_none=True), OPEN_ENDED
        ),
        s.defined(
            s.fact("good", FactType.BOOL),
            condition=All(
                (s.holds("trade", "small", "large"), s.holds("kind", "large"))
            ),
        ),
    ]
    policies = [
        s.policy("p", s.holds("good")),
        s.policy("q", AnyOf((Not(s.holds("good")), s.holds("trade", QUOTED)))),
        s.policy("r", Leaf(Absent("kind = none", "kind"))),
    ]
    firms: list[dict[str, Possible]] = [
        {"code": code, "flag": flag, "x": x}
        for code in (one("C"), one("C13"), one("A"), one("A02"), NONE)
        for flag in (YES, NO)
        for x in NUMBERS[:4]
    ]
    given = [{"good": YES}, {"kind": one("large"), "trade": one("small")}]
    agree(s.program(FACTS, policies, definitions), {}, *firms, *given)


# ---- benefits and exclusions


def test_tiers() -> None:
    tiers = (
        Tier("high", NO_TEXT, s.compare("x", ">", 3), Arithmetic("*", X, s.const(2))),
        Tier("middle", NO_TEXT, s.holds("flag"), THREE),
        Tier("low", NO_TEXT, None, s.const(1)),
    )
    policies = [
        s.policy("p", s.compare("x", ">", 1), *tiers),
        s.policy("q", s.holds("flag2"), *tiers),
    ]
    values = [{"x": x, "flag": f} for x in NUMBERS for f in (YES, NO)]
    agree(s.program(FACTS, policies), {}, *values, {"flag2": YES})


@pytest.mark.parametrize("size", [1, 2, 3])
def test_exclusions(size: int) -> None:
    policies = [
        s.policy("p", s.holds("flag"), X),
        s.policy("q", s.compare("y", ">=", 0), Y),
        s.policy("r", s.holds("flag2"), s.const(3)),
        s.policy("other", s.holds("flag"), X),
    ]
    group = ("gone", *(p.id for p in policies[:size]))
    program = s.program(FACTS, policies, groups=[group])
    firms: list[dict[str, Possible]] = [
        {"x": x, "y": y, "flag": flag, "flag2": flag2}
        for x, y in product(NUMBERS[:6], NUMBERS[:4])
        for flag, flag2 in product((YES, NO), repeat=2)
    ]
    agree(program, {}, {"flag": YES}, *firms)


def test_what_cannot_be_compared_leaves_the_choice_open() -> None:
    policies = [
        s.policy("p", s.holds("flag"), X),
        s.policy("q", s.holds("flag2"), X, form="deduction"),
        s.policy("r", s.compare("y", ">", 0), s.unset()),
    ]
    program = s.program(FACTS, policies, groups=[("p", "q"), ("r",)])
    yes, no = YES, NO
    found = agree(
        program,
        {"flag": yes, "flag2": yes, "y": exactly(1)},
        {"flag": yes, "flag2": no},
    )
    assert [f.selected for f in found[0].findings] == [None, None, True]
    assert [f.selected for f in found[1].findings] == [True, False, None]
