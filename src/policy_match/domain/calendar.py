"""Working days, and the last day of a term, as the law on time limits has them."""

from __future__ import annotations

import calendar as _months
from bisect import bisect_right
from dataclasses import field
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from policy_match.domain.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = timedelta(days=1)
_WEEKEND = 5
"""The weekday from which on days are off."""
Run = tuple[date, date]
"""Days in a row, both ends included."""


@dataclass(frozen=True)
class Calendar:
    """Days off beyond the weekends, weekends that are worked, published last days.

    `years` are those whose days off are known; of any other year weekends are
    all that is known. `last_days` hold what was published, by year and month.
    """

    years: frozenset[int] = frozenset()
    off: tuple[Run, ...] = ()
    working: frozenset[date] = frozenset()
    last_days: Mapping[tuple[int, int], date] = field(default_factory=dict)

    @cached_property
    def _starts(self) -> list[date]:
        return [start for start, _ in self.off]

    def known(self, day: date) -> bool:
        """Whether the days off of the year of a day are known."""
        return day.year in self.years

    def published(self, day: date) -> bool:
        """Whether a day is the published last day of its month."""
        return self.last_days.get((day.year, day.month)) == day

    def run(self, day: date) -> Run | None:
        """Return the announced days off in a row that a day lies in, or None."""
        place = bisect_right(self._starts, day) - 1
        if place < 0 or self.off[place][1] < day:
            return None
        return self.off[place]

    def is_working(self, day: date) -> bool:
        """Whether a day is worked."""
        if day in self.working:
            return True
        return day.weekday() < _WEEKEND and self.run(day) is None

    def next_working(self, day: date) -> date:
        """Return a day that is worked: the day itself, or the first one after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def after_working(self, day: date, count: int) -> date:
        """Return the last of `count` working days after a day; itself for none."""
        for _ in range(count):
            day = self.next_working(day + _DAY)
        return day

    def last_of_term(
        self, start: date, days: int, *, long_holiday: int | None = None
    ) -> date:
        """Return the last day of a term of `days` calendar days that begins at `start`.

        A last day that is a day off gives way to the next working day. With
        `long_holiday`, announced runs with at least so many days in the term
        prolong it, by as many working days.
        """
        last = start + timedelta(days=days - 1)
        added = 0
        runs = {run for n in range(days) if (run := self.run(start + n * _DAY))}
        for first, end in runs:
            within = (min(end, last) - max(first, start)).days + 1
            added += within if long_holiday and within >= long_holiday else 0
        if not added:
            return self.next_working(last)
        around = self.run(last)
        return self.after_working(around[1] if around else last, added)


WEEKENDS = Calendar()
"""Nothing but weekends off."""


def add_days(day: date, count: int) -> date:
    """Return the day so many days later; the last of all days where there is none.

    >>> add_days(date(2022, 12, 31), 1), add_days(date.max, 1)
    (datetime.date(2023, 1, 1), datetime.date(9999, 12, 31))
    """
    return day + min(timedelta(days=count), date.max - day)


def add_months(day: date, count: int) -> date:
    """Return the day so many months later; the end of a month stays its end.

    The last of all days where there is none so late.

    >>> add_months(date(2022, 12, 31), 5)
    datetime.date(2023, 5, 31)
    """
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    if year > date.max.year:
        return date.max
    last = _months.monthrange(year, month)[1]
    ends = day.day == _months.monthrange(day.year, day.month)[1]
    return date(year, month, last if ends else min(day.day, last))


def add_years(day: date, count: int) -> date:
    """Return the same day so many years later; 29 February becomes the 28th.

    The last of all days where there is none so late.

    >>> add_years(date(2024, 2, 29), 3)
    datetime.date(2027, 2, 28)
    """
    year = day.year + count
    if year > date.max.year:
        return date.max
    return date(year, day.month, min(day.day, _months.monthrange(year, day.month)[1]))


def month_around(day: date) -> Run:
    """Return the first and the last day of the month of a day."""
    last = _months.monthrange(day.year, day.month)[1]
    return day.replace(day=1), day.replace(day=last)


def quarter_around(day: date) -> Run:
    """Return the first and the last day of the quarter of a day."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    return first, month_around(first.replace(month=first.month + 2))[1]


def year_around(day: date) -> Run:
    """Return the first and the last day of the year of a day."""
    return date(day.year, 1, 1), date(day.year, 12, 31)
