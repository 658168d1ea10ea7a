"""Days moved by months and years: each backend, against a calendar of others."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import polars as pl
import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from policy_match.backends.columnar import calendar
from policy_match.backends.columnar import checked_integers as w
from policy_match.backends.columnar.bounds import End
from policy_match.backends.columnar.numbers import Point, Span
from policy_match.compiler.rulebook import load_texts
from policy_match.domain.facts import Facts
from policy_match.domain.possible import Interval, exactly, inf, moved
from policy_match.semantics.outcome import Outcome
from tests.backends import BACKENDS

if TYPE_CHECKING:
    from policy_match.ir.program import Program

FAR = 40
"""Years from either end of the calendar in which days are moved."""
DAYS = st.dates(date(1 + FAR, 1, 1), date(9999 - FAR, 12, 31))
MONTHS = st.integers(-12 * FAR, 12 * FAR)
LEAP = date(2024, 2, 29)


def by_months(day: date, months: int) -> date:
    """Return what another calendar says."""
    return day + relativedelta(months=months)


def columns(days: list[date], months: int) -> list[date]:
    """Return what columns of dates say."""
    frame = pl.DataFrame({"d": [day.toordinal() for day in days]})
    whole = w.Whole(pl.col("d"), min(frame["d"]), max(frame["d"]))
    found = calendar.moved(Point(End(whole, w.ONE), Interval(1, 9)), months, "month")
    assert isinstance(found, Point)
    assert found.x.num is not None
    assert found.x.num.expr is not None
    there = frame.select(found.x.num.expr).to_series()
    assert found.x.num.low <= min(there)
    assert max(there) <= found.x.num.high
    return [date.fromordinal(day) for day in there]


@given(DAYS, MONTHS)
@example(date(2024, 1, 31), 1)
@example(date(2023, 1, 31), 1)
@example(LEAP, 12)
@example(LEAP, -12)
@example(LEAP, 48)
@example(date(2024, 3, 31), -1)
@example(date(2025, 1, 1), -1)
def test_a_day_is_moved_as_other_calendars_move_it(day: date, months: int) -> None:
    there = by_months(day, months)
    assert moved(exactly(day.toordinal()), months, "month") == exactly(
        there.toordinal()
    )
    assert columns([day], months) == [there]


@given(st.lists(DAYS, min_size=2, max_size=5), MONTHS)
@example([date(2024, 1, day) for day in (29, 30, 31)], 1)
@example([date(2023, 1, day) for day in (28, 29, 30, 31)], 1)
def test_a_later_day_never_becomes_an_earlier_one(
    days: list[date], months: int
) -> None:
    """So what is possible of a day, moved, lies between its ends, moved."""
    ordered = sorted(days)
    there = [by_months(day, months) for day in ordered]
    assert all(one <= other for one, other in pairwise(there))
    ends = Interval(ordered[0].toordinal(), ordered[-1].toordinal())
    assert moved(ends, months, "month") == Interval(
        there[0].toordinal(), there[-1].toordinal()
    )
    assert columns(ordered, months) == there


def test_what_is_open_stays_open_and_nothing_leaves_the_calendar() -> None:
    assert moved(Interval(-inf, inf), 1, "month") == Interval(-inf, inf)
    last, first = date.max.toordinal(), date.min.toordinal()
    for count, end in ((10**9, last), (-(10**9), first)):
        for unit in ("month", "day"):
            day = exactly(LEAP.toordinal())
            assert moved(day, count, unit) == exactly(end)
            span = Span(End(w.const(5), w.ONE), End(w.const(9), w.ONE))
            found = calendar.moved(span, count, unit)
            assert isinstance(found, Span)
            assert found.low.constant == found.high.constant == end


RULES = """
rulebook: {id: days, title: Days, languages: [en], locale: en, currency: EUR,
  disclaimer: Ask.}
departments: {d: D}
facts:
  born: {type: date, title: born, asks: When?, settled_by: firm}
definitions:
  of_age_on: {type: date, title: of age on, is: born + 18 years}
policies:
  month: {title: m, summary: m, kind: subsidy, benefit: {form: service},
    departments: {lead: d, granting: d},
    when: born + 1 month <= 2023-02-28}
  year: {title: y, summary: y, kind: subsidy, benefit: {form: service},
    departments: {lead: d, granting: d},
    when: of_age_on <= 2042-02-28}
  back: {title: b, summary: b, kind: subsidy, benefit: {form: service},
    departments: {lead: d, granting: d},
    when: born - 1 month - 1 day within 2024-02-27..2024-02-28}
  both: {title: t, summary: t, kind: subsidy, benefit: {form: service},
    departments: {lead: d, granting: d},
    when: born - 1 year = of_age_on - 19 years}
"""


@cache
def _program() -> Program:
    return load_texts({"rules.yaml": RULES}).on(date(2024, 1, 1))


@pytest.mark.parametrize("backend", list(BACKENDS))
@pytest.mark.parametrize(
    ("born", "holds"),
    [
        # 31 January and a month end on the last day of February, as the 28th does.
        (("2023-01-31", "2023-01-31"), {"month": True, "year": True, "back": False}),
        (("2023-01-28", "2023-01-31"), {"month": True}),
        (("2023-01-31", "2023-02-01"), {"month": None}),
        (("2023-02-01", "2023-02-01"), {"month": False}),
        # 29 February and eighteen years end on 28 February.
        (("2024-02-29", "2024-02-29"), {"year": True, "both": True}),
        (("2024-03-01", "2024-03-01"), {"year": False}),
        # 29 to 31 March, a month back, are all 29 February of 2024.
        (("2024-03-29", "2024-03-31"), {"back": True}),
        (("2024-03-28", "2024-03-31"), {"back": True}),
        (("2024-03-27", "2024-03-31"), {"back": None}),
        (("2024-03-31", "2024-04-01"), {"back": None}),
    ],
)
def test_every_backend_counts_months_alike(
    backend: str, born: tuple[str, str], holds: dict[str, bool | None]
) -> None:
    """A firm's day, or the days that it may be, moved and compared."""
    program = _program()
    low, high = (date.fromisoformat(day).toordinal() for day in born)
    (answer,) = BACKENDS[backend](program, [Facts({"born": Interval(low, high)})])
    told = {True: Outcome.ELIGIBLE, False: Outcome.INELIGIBLE, None: None}
    for policy, expected in holds.items():
        found = answer.told[policy].outcome
        assert found is (told[expected] or Outcome.UNDETERMINED), policy
