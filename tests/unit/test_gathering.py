"""A formula in which a fact stands several times comes to what firms get of it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from policy_match.advice.planner import ranked
from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Interval
from policy_match.domain.truth import TRUE
from policy_match.ir.terms import (
    All,
    Arithmetic,
    Band,
    Brackets,
    Condition,
    Expression,
    Extreme,
    FactRef,
)
from policy_match.semantics.assessment import assess
from policy_match.semantics.one_firm import Evaluation
from tests.properties.backends import BACKENDS, columnar, forward_chaining
from tests.unit.small_programs import compare, const, defined, fact, policy, program

X, Y, NET = FactRef("sales"), FactRef("costs"), FactRef("net")
SALES = fact("sales", FactType.MONEY, low=0)
COSTS = fact("costs", FactType.MONEY, low=0)
GIVEN = {"sales": Interval(1000, 2000), "costs": Interval(0, 500)}


def plus(a: Expression, b: Expression) -> Expression:
    """Return a sum."""
    return Arithmetic("+", a, b)


def minus(a: Expression, b: Expression) -> Expression:
    """Return a difference."""
    return Arithmetic("-", a, b)


def times(a: Expression, rate: float | Expression) -> Expression:
    """Return a product."""
    by = const(Fraction(str(rate))) if isinstance(rate, float) else rate
    return Arithmetic("*", a, by)


def least(*parts: Expression) -> Expression:
    """Return the smallest of some numbers."""
    return Extreme("min", parts)


def most(*parts: Expression) -> Expression:
    """Return the largest of some numbers."""
    return Extreme("max", parts)


TAX = Brackets(X, (Band(1500, Fraction(1, 10)), Band(None, Fraction(1, 2))))

FORMULAS = {
    "x less three tenths of x": (minus(X, times(X, 0.3)), 700, 1400),
    "nothing of x": (minus(plus(X, const(5)), X), 5, 5),
    "x beyond a limit": (minus(X, least(X, const(1500))), 0, 500),
    "x between two limits": (
        minus(least(X, const(1800)), least(X, const(1500))),
        0,
        300,
    ),
    "a tent": (least(X, minus(const(3000), X)), 1000, 1500),
    "a valley": (most(X, minus(const(3000), X)), 1500, 2000),
    "x after its tax": (minus(X, TAX), 900, 1600),
    "the larger of x and y": (plus(most(minus(X, Y), const(0)), Y), 1000, 2000),
    "the smaller of x and y": (minus(X, most(minus(X, Y), const(0))), 0, 500),
    "a share of x goes": (minus(X, times(X, times(Y, 0.001))), 500, 2000),
    "through a definition": (minus(X, NET), 0, 500),
    "a definition twice": (minus(NET, times(NET, 0.5)), 250, 1000),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_each_end_is_what_a_firm_gets(name: str) -> None:
    """Of a range of sales and of costs; every backend says the same."""
    formula, low, high = FORMULAS[name]
    net = defined(fact("net", FactType.MONEY, derived=True), minus(X, Y))
    small = program([SALES, COSTS], [policy("p", All(()), formula)], [net])
    facts = Facts(GIVEN)
    (found,) = assess(small, facts).findings
    assert found.benefit is not None
    assert found.benefit.amount == Interval(low, high)
    assert set(BACKENDS) == {"columnar", "forward_chaining"}
    assert forward_chaining(small, facts)["p"].amount == Interval(low, high)
    assert columnar(small, facts)["p"].amount == Interval(low * 100, high * 100)


def test_what_is_given_of_a_definition_is_what_counts() -> None:
    """Who says what is left of sales is not held to sales less costs."""
    net = defined(fact("net", FactType.MONEY, derived=True), minus(X, Y))
    small = program([SALES, COSTS], [policy("p", All(()), minus(X, NET))], [net])
    facts = Facts({**GIVEN, "net": Interval(5000, 6000)})
    (found,) = assess(small, facts).findings
    assert found.benefit is not None
    assert found.benefit.amount == Interval(-5000, -3000)
    assert forward_chaining(small, facts)["p"].amount == Interval(-5000, -3000)
    assert columnar(small, facts)["p"].amount == Interval(-500_000, -300_000)


@pytest.mark.parametrize(
    "condition",
    [
        compare(X, ">=", X),
        compare(plus(X, Y), ">=", X),
        compare(times(X, 0.3), "<=", X),
        compare(minus(X, X), "=", 0),
        compare(most(X, Y), ">=", Y),
    ],
)
def test_a_comparison_with_itself_asks_nothing(condition: Condition) -> None:
    """Both sides of it are one firm's."""
    small = program([SALES, COSTS], [policy("p", condition)])
    assert Evaluation(small, {}).truth(condition) is TRUE
    answer = assess(small, Facts({}))
    assert ranked(answer) == ()
    told = answer.finding("p").outcome
    assert forward_chaining(small, Facts({}))["p"].outcome is told
    assert columnar(small, Facts({}))["p"].outcome is told


def test_what_goes_out_of_a_formula_is_not_asked() -> None:
    """Sales are added and taken off again; what is left are costs."""
    formula = minus(plus(X, Y), X)
    small = program([SALES, COSTS], [policy("p", All(()), formula)])
    answer = assess(small, Facts({}))
    assert [one.fact for one in ranked(answer)] == ["costs"]
    assert columnar(small, Facts({}))["p"].missing == {"costs"}
    assert forward_chaining(small, Facts({}))["p"].missing == {"costs"}
