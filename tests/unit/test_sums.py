"""What conditions on sums, and on what is defined by sums, leave of an amount."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest

from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Interval, Possible
from policy_match.ir.terms import (
    All,
    Arithmetic,
    Case,
    Cases,
    Condition,
    Expression,
    FactRef,
)
from policy_match.semantics.assessment import assess
from tests.properties.backends import columnar, forward_chaining
from tests.unit.small_programs import (
    compare,
    const,
    defined,
    fact,
    holds,
    policy,
    program,
)

SALES, COSTS, PEOPLE, NET = map(FactRef, ("sales", "costs", "people", "net"))
BASE = [
    fact("sales", FactType.MONEY, low=0),
    fact("costs", FactType.MONEY, low=0),
    fact("people", FactType.INT, low=0),
]


def times(formula: Expression, rate: int | Fraction) -> Expression:
    """Return so many times a number."""
    return Arithmetic("*", formula, const(rate))


def plus(one: Expression, other: Expression) -> Expression:
    """Return a sum."""
    return Arithmetic("+", one, other)


HALF = defined(fact("net", FactType.MONEY, derived=True), times(SALES, Fraction(1, 2)))
FEW = defined(
    fact("small", FactType.BOOL, derived=True), None, compare("sales", "<=", 1000)
)
TENTH = Fraction(1, 10)
BY_SIZE = Cases((Case(holds("small"), times(NET, TENTH)), Case(None, const(0))))


def amounts(
    when: Condition, formula: Expression, given: dict[str, Possible]
) -> list[Interval | None]:
    """Return what each backend tells that the only policy may bring, in cents."""
    small = program(BASE, [policy("p", when, formula)], [HALF, FEW])
    (found,) = assess(small, Facts(given)).findings
    assert found.benefit is not None
    whole = found.benefit.amount
    told = forward_chaining(small, Facts(given))["p"].amount
    assert whole is not None
    assert told == whole
    cents = Interval(whole.low * 100, whole.high * 100)
    return [cents, columnar(small, Facts(given))["p"].amount]


@pytest.mark.parametrize(
    ("when", "formula", "high"),
    [
        pytest.param(compare(times(SALES, 2), "<=", 500), SALES, 250, id="many-times"),
        pytest.param(
            compare(plus(SALES, COSTS), "<=", 500), SALES, 500, id="one-of-a-sum"
        ),
        pytest.param(
            compare(plus(times(SALES, 2), COSTS), "<=", plus(SALES, const(500))),
            SALES,
            500,
            id="on-both-sides",
        ),
        pytest.param(compare(NET, "<=", 500), SALES, 1000, id="below-a-definition"),
        pytest.param(compare(times(PEOPLE, 3), "<", 10), PEOPLE, 3, id="whole-numbers"),
        pytest.param(All(()), BY_SIZE, 50, id="a-definition-in-a-branch"),
        pytest.param(
            compare(Arithmetic("-", SALES, COSTS), "<=", 500), SALES, inf, id="open"
        ),
    ],
)
def test_a_sum_that_is_limited_limits_what_it_is_made_of(
    when: Condition, formula: Expression, high: float
) -> None:
    """As far as the ranges of the other facts in it say."""
    end = high * 100
    assert amounts(when, formula, {}) == [Interval(0, end)] * 2


def test_what_is_given_of_a_definition_limits_nothing_below_it() -> None:
    """Who says what is net says nothing of sales."""
    given: dict[str, Possible] = {"net": Interval(400, 400)}
    found = amounts(compare(NET, "<=", 500), SALES, given)
    assert found == [Interval(0, inf)] * 2
    given = {"net": Interval(4000, 6000)}
    assert amounts(All(()), BY_SIZE, given) == [Interval(0, 60_000)] * 2
