"""Money is rounded half up away from zero, to the cent, exactly."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest

from policy_match.domain.money import cents, written


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, 0),
        (Fraction("0.004"), 0),
        (Fraction("0.005"), 1),
        (Fraction("0.015"), 2),
        (Fraction("0.025"), 3),
        (Fraction("-0.004"), 0),
        (Fraction("-0.005"), -1),
        (Fraction("-0.025"), -3),
        (Fraction(1, 3), 33),
        (Fraction(2, 3), 67),
        (Fraction(-2, 3), -67),
        (Fraction("1.00499999999999999999"), 100),
        (10**25, 10**27),
    ],
)
def test_cents(value: int | Fraction, expected: int) -> None:
    """Halves go away from zero; no binary float is near."""
    assert cents(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0.00"),
        (7, "7.00"),
        (Fraction("1100000"), "1100000.00"),
        (Fraction("0.05"), "0.05"),
        (Fraction("-0.005"), "-0.01"),
        (Fraction("-0.001"), "0.00"),
        (Fraction("-12.5"), "-12.50"),
        (inf, None),
        (-inf, None),
    ],
)
def test_written(value: Fraction | float, expected: str | None) -> None:
    """Two places always; an open end is nothing; there is no minus zero."""
    assert written(value) == expected
