"""Columns agree with the reference where bounds and constants meet."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from policy_match.domain.facts import Facts
from policy_match.domain.possible import Interval, exactly
from policy_match.ir.terms import Arithmetic, FactRef
from tests.properties.backends import columnar
from tests.unit import small_programs as s

if TYPE_CHECKING:
    from policy_match.domain.possible import Possible
    from policy_match.ir.terms import Expression

X = FactRef("x")
SHARE = Arithmetic("/", s.const(2), X)


@pytest.mark.parametrize(
    ("formula", "x", "cents"),
    [
        (Arithmetic("/", s.const(Fraction(1, 2)), SHARE), exactly(1), (25, 25)),
        (Arithmetic("/", s.const(Fraction(1, 2)), SHARE), exactly(4), (100, 100)),
        (Arithmetic("/", X, SHARE), exactly(3), (450, 450)),
        (Arithmetic("/", s.const(6), SHARE), Interval(1, 2), (300, 600)),
        (Arithmetic("*", SHARE, SHARE), exactly(4), (25, 25)),
    ],
)
def test_an_amount_divided_by_a_quotient(
    formula: Expression, x: Possible, cents: tuple[int, int]
) -> None:
    """A numerator that is the same in every row becomes a denominator unharmed."""
    policy = s.policy("p", s.compare("x", ">", 0), formula)
    program = s.program([s.fact("x")], [policy])
    amount = columnar(program, Facts({"x": x}))["p"].amount
    assert amount is not None
    assert (amount.low, amount.high) == cents
