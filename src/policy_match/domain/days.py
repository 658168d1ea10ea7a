"""Days counted by months and years, as the law counts them.

A period of months or years ends on the day of the same number in its last
month, and on that month's last day where it has none (民法典第二百零二条).
Backwards it is counted in the same way. Days are proleptic ordinals.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Literal

Unit = Literal["month", "day"]

FIRST, LAST = date.min.toordinal(), date.max.toordinal()
"""The calendar's own ends, beyond which nothing is moved."""


def moved(day: int, count: int, unit: Unit) -> int:
    """Return the day so many months or days later, earlier where `count` is below 0.

    The later the day, the later what it becomes, though two days may become one.

    >>> date.fromordinal(moved(date(2024, 1, 31).toordinal(), 1, "month")).isoformat()
    '2024-02-29'
    """
    if unit == "day":
        return within(day + count)
    start = date.fromordinal(within(day))
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if not date.min.year <= year <= date.max.year:
        return LAST if count > 0 else FIRST
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).toordinal()


def within(day: int) -> int:
    """Return a day, or the end of the calendar that lies nearest to it."""
    return max(FIRST, min(LAST, day))
