"""On which days the law changes: between two of them it is one and the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from policy_match.compiler.formulas import length
from policy_match.domain.days import moved
from policy_match.rulebook.models import CaseModel, WindowModel
from policy_match.rulebook.parts import nodes, parts
from policy_match.rulebook.syntax import Day, Name, Parsed, Span

if TYPE_CHECKING:
    from policy_match.rulebook.loader import Book


def boundary_days(book: Book) -> list[date]:
    """Return the days on which the law changes: the first day of each window.

    The law is the same on every day between two of them, so that a program for
    each is a program for every day. Windows of cases count, and the days that
    stand in formulas; where the law has no first day, so does the calendar's.
    """
    days: set[date] = set()
    for policy in book.policies.values():
        for window in policy.in_force:
            days |= _edges(window.start, window.end)
            if window.start is None:
                days.add(date.min)
    for parameter in book.parameters.values():
        for value in parameter.values:
            days |= _edges(value.start, value.end)
    return sorted(days | _of_cases(book) | _in_formulas(book))


def _of_cases(book: Book) -> set[date]:
    days: set[date] = set()
    for _, case in parts(book, CaseModel):
        within = case.within
        if isinstance(within, WindowModel):
            days |= _edges(within.start, within.end)
        elif (
            within is not None and within.isdigit() and 0 < int(within) < date.max.year
        ):
            days |= _edges(date(int(within), 1, 1), date(int(within), 12, 31))
    return days


def _in_formulas(book: Book) -> set[date]:
    """Return the days on which a day that is written may change a condition.

    A condition may set it against the day asked for, moved by a length of time,
    or against an end of that day's year.
    """
    days: set[date] = set()
    for _, parsed in parts(book, Parsed):
        found = [*nodes(parsed)]
        written = [node.day for node in found if isinstance(node, Day)]
        if not written or not any(_moves(node) for node in found):
            continue
        spans = [node for node in found if isinstance(node, Span)]
        for day in written:
            days |= {day, *_edges(None, day)}
            days |= {date(year, 1, 1) for year in (day.year, min(day.year + 1, 9999))}
            for span in spans:
                for sign in (1, -1):
                    ordinal = moved(day.toordinal(), *length(span, sign))
                    there = date.fromordinal(ordinal)
                    days |= {there, *_edges(None, there)}
    return days


def _moves(node: object) -> bool:
    return isinstance(node, Name) and node.name in {"on", "year.from", "year.to"}


def _edges(start: date | None, end: date | None) -> set[date]:
    edges = {start} if start else set()
    if end and end < date.max:
        edges.add(end + timedelta(days=1))
    return edges
