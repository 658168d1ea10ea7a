"""Progressive schedules: each rate on what lies between two bounds."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.possible import Number, plain

if TYPE_CHECKING:
    from policy_match.ir.terms import Band


def tax(value: Number, bands: tuple[Band, ...]) -> Number:
    """Return what a progressive schedule makes of one number; 0 of none above 0."""
    if value <= 0:
        return 0
    total: Number = 0
    floor: Number = 0
    for band in bands:
        top = inf if band.upto is None or band is bands[-1] else band.upto
        if value <= top:
            width = value - floor
            return plain(total + (width * band.rate if band.rate else 0))
        total = total + (top - floor) * band.rate
        floor = top
    return plain(total)
