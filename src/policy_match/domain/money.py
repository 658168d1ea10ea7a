"""Money is rounded once, at the end, half up away from zero, to the cent."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_match.domain.possible import Number

CENTS = 100


def cents(value: Number) -> int:
    """Return `value` in whole cents, halves away from zero.

    >>> cents(Fraction(5, 1000)), cents(Fraction(-5, 1000))
    (1, -1)
    """
    if type(value) is int:
        return value * CENTS
    doubled = Fraction(value) * CENTS * 2
    magnitude = (abs(doubled) + 1) // 2
    return int(magnitude if doubled >= 0 else -magnitude)


def written(value: Number) -> str | None:
    """Return money as contract JSON writes it, two places; None for an open end.

    >>> written(Fraction(1, 3))
    '0.33'
    """
    if value in (inf, -inf):
        return None
    whole = cents(value)
    sign = "-" if whole < 0 else ""
    return f"{sign}{abs(whole) // CENTS}.{abs(whole) % CENTS:02d}"
