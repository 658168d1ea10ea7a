"""The last day of a term: published days are what the rule must come to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from policy_match.domain.calendar import Calendar, add_months, add_years
from tests.bad.run import run

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook

_DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def calendar(rulebook: Rulebook) -> Calendar:
    """The calendar of the shipped rulebook."""
    return rulebook.on(date(2022, 12, 31)).calendar


def test_the_rule_comes_to_each_published_day(calendar: Calendar) -> None:
    bare = replace(calendar, last_days={})
    published = calendar.last_days
    assert len(published) == 72
    computed = {
        (year, month): bare.last_of_term(date(year, month, 1), 15, long_holiday=3)
        for year, month in published
    }
    assert computed == published


@pytest.mark.parametrize(
    ("year", "last"),
    [
        (2021, date(2021, 5, 31)),
        (2024, date(2024, 5, 31)),
        (2025, date(2025, 6, 3)),
        (2026, date(2026, 6, 1)),
    ],
)
def test_the_last_day_of_may_moves_only_from_a_day_off(
    calendar: Calendar, year: int, last: date
) -> None:
    end = add_months(date(year - 1, 12, 31), 5)
    assert calendar.next_working(end) == last


def test_the_last_day_of_march(calendar: Calendar) -> None:
    ends = [add_months(date(year, 12, 31), 3) for year in range(2020, 2026)]
    moved = [calendar.next_working(end) for end in ends]
    assert [m for m, end in zip(moved, ends, strict=True) if m != end] == [
        date(2024, 4, 1)
    ]


@pytest.mark.parametrize(
    ("signed", "last"),
    [
        (date(2023, 3, 10), date(2023, 3, 27)),
        (date(2023, 9, 20), date(2023, 10, 13)),
    ],
)
def test_fifteen_days_from_an_event(
    calendar: Calendar, signed: date, last: date
) -> None:
    assert calendar.last_of_term(signed + _DAY, 15, long_holiday=3) == last


def test_working_days_count_worked_weekends(calendar: Calendar) -> None:
    assert calendar.after_working(date(2023, 9, 27), 7) == date(2023, 10, 12)


def test_a_year_without_a_calendar_has_weekends_only(calendar: Calendar) -> None:
    assert not calendar.known(date(2031, 5, 1))
    assert calendar.last_of_term(date(2031, 2, 1), 15) == date(2031, 2, 17)


def test_years_and_months_keep_to_the_end_of_a_month() -> None:
    assert add_years(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)


@pytest.mark.parametrize(
    "shape", [(), ("--format", "json"), ("--plan", "--format", "ics")]
)
def test_the_last_of_all_days(shape: tuple[str, ...]) -> None:
    """No term is counted beyond it; the answer stands."""
    words = ("--on", "9999-12-31", "--today", "9999-12-31", *shape)
    found = run("check", "examples/firms/toy-maker.yaml", *words)
    assert found.code == 0, found.err
