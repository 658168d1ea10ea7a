"""Days in columns, moved by months or days as `domain/days.py` moves one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar import checked_integers as w
from policy_match.backends.columnar.bounds import End
from policy_match.backends.columnar.numbers import Num, Point, Span
from policy_match.domain import days
from policy_match.domain import possible as p

if TYPE_CHECKING:
    from policy_match.domain.days import Unit

EPOCH = date(1970, 1, 1).toordinal()
"""The day that columns of dates count from."""
_MOST = {"month": 12 * date.max.year, "day": days.LAST}
"""Beyond so many, every day is moved to the calendar's end."""


def moved(of: Num, count: int, unit: Unit) -> Num:
    """Return every day so many months or days later."""
    count = max(-_MOST[unit], min(_MOST[unit], count))
    if isinstance(of, Point):
        return Point(_end(of.x, count, unit), p.moved(of.unknown, count, unit), of.dead)
    low, high = (_end(end, count, unit) for end in (of.low, of.high))
    return Span(low, high, of.absent, of.some)


def _end(end: End, count: int, unit: Unit) -> End:
    return end if end.num is None else End(_whole(end.num, count, unit), end.den)


def _whole(day: w.Whole, count: int, unit: Unit) -> w.Whole:
    low, high = (days.moved(bound, count, unit) for bound in (day.low, day.high))
    if day.expr is None:
        return w.const(low)
    since = (day.expr - EPOCH).cast(pl.Int32).cast(pl.Date)
    later = since.dt.offset_by(f"{count}{'mo' if unit == 'month' else 'd'}")
    expr = (later.to_physical() + EPOCH).clip(days.FIRST, days.LAST)
    return w.Whole(expr.cast(pl.Int64), low, high, day.nullable)
