"""One value as the columns of the layout have it."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.possible import Interval, Listing, add, exactly

if TYPE_CHECKING:
    from policy_match.domain.possible import Number, Possible

_MOST_PLACES = 18


class Cell(NamedTuple):
    """The columns of one cell: a number or its two ends, none, terms of a list."""

    plain: Number | None = None
    low: Number | None = None
    high: Number | None = None
    none: bool | None = None
    perhaps: bool | None = None
    terms: int | None = None


def ends(value: Possible | None) -> Cell:
    """Return a value as the columns of the layout have it."""
    count: int | None = None
    if isinstance(value, Listing):
        items = value.items or ()
        count, value = len(items), exactly(0)
        for item in items:
            value = add(value, item)
    if not isinstance(value, Interval):
        return Cell()
    if not value.some:
        return Cell(none=True)
    if value.low == value.high and not value.absent:
        return Cell(plain=value.low, terms=count)
    endless = value.low == -inf and value.high == inf
    perhaps = value.absent if value.absent or endless else None
    return Cell(low=value.low, high=value.high, perhaps=perhaps, terms=count)


def undecimal(end: Number | None) -> int:
    """Return by what a number is to be multiplied to have decimals that end."""
    if end is None or not isinstance(end, Fraction):
        return 1
    rest = end.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest


def needed(end: Number | None, per: int = 1) -> int:
    """Return how many decimals a number has, `per` times as large."""
    if end is None or not isinstance(end, Fraction):
        return 0
    places, end = 0, end * per
    while (end * 10**places).denominator != 1 and places < _MOST_PLACES:
        places += 1
    return places
