"""The one encoding of what is possible (contract, section 4)."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.money import cents, written
from policy_match.domain.possible import Choice, Interval, Listing
from policy_match.reports.words.figures import ordinal_day

if TYPE_CHECKING:
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number, Possible

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def encoded(possible: Possible, spec: FactSpec) -> Json:
    """Return what is possible of a fact; None where nothing is known.

    One value is a scalar, a range `low` and `high` with an open end None, a
    set `one_of`. `none` is added where there may be no value at all.
    """
    if possible == spec.unknown:
        return None
    match possible:
        case Interval():
            return interval(possible, spec.type)
        case Choice():
            return _choice(possible, spec)
        case Listing(items=items):
            return _listing(items, pairs=possible.pairs)


def scalar(value: Number, kind: FactType) -> Json:
    """Return one number: money in two places, a date in ISO, an open end None."""
    if kind is FactType.MONEY:
        return written(value)
    if kind is FactType.DATE:
        day = ordinal_day(value)
        return day.isoformat() if day else None
    if value in (inf, -inf):
        return None
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)


def interval(value: Interval, kind: FactType) -> Json:
    """Return a number, a range, or `none`."""
    if not value.some:
        return {"none": True}
    low, high = scalar(value.low, kind), scalar(value.high, kind)
    if low == high and not value.absent and low is not None:
        return low
    if low is None and high is None and not value.absent:
        return None
    ends: dict[str, Json] = {"low": low, "high": high}
    return ends | {"none": True} if value.absent else ends


def _choice(value: Choice, spec: FactSpec) -> Json:
    if value.members is None:
        return None
    if not value.members:
        return {"none": True}
    order = {member: place for place, member in enumerate(spec.members)}
    ranked = sorted(
        value.members, key=lambda m: (order.get(str(m), len(order)), str(m))
    )
    if len(ranked) == 1 and not value.absent:
        return ranked[0]
    several: dict[str, Json] = {"one_of": [*ranked]}
    return several | {"none": True} if value.absent else several


def _listing(items: tuple[Interval, ...] | None, *, pairs: bool) -> Json:
    if items is None:
        return None
    numbers = [interval(item, FactType.NUMBER) for item in items]
    if not pairs:
        return [*numbers]
    return [[*two] for two in zip(numbers[::2], numbers[1::2], strict=False)]


def exact_amount(value: Interval) -> str | None:
    """Return an amount that is exact once rounded, else None."""
    if not value.some or value.absent or {value.low, value.high} & {inf, -inf}:
        return None
    if cents(value.low) != cents(value.high):
        return None
    return written(value.low)
