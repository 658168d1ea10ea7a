"""The days of a plan as a calendar (RFC 5545), written by the icalendar library."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from policy_match.domain.calendar import add_days
from policy_match.errors import UsageError
from policy_match.language.messages import said
from policy_match.language.words import label
from policy_match.reports.views.amounts import money_total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from icalendar import Event

    from policy_match.reports.document.models import Action
    from policy_match.reports.document.plan import Plan
    from policy_match.reports.words.vocabulary import Vocabulary

_ALARM = 7
"""Days before the last one on which a calendar reminds of it; fewer if it is near."""
_DAY = timedelta(days=1)


def as_calendar(plans: Iterable[tuple[Plan, Vocabulary]]) -> str:
    """Return the last days of all that is still to be done, an event a day.

    Raises UsageError where the library that writes calendars is not installed.
    """
    try:
        from icalendar import Calendar  # noqa: PLC0415
    except ImportError:
        raise UsageError(said("no-calendar"), said("install-calendar")) from None
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for plan, words in plans:
        if "prodid" not in calendar:
            calendar.add("prodid", f"-//policy-match//plan//{words.lang.upper()}")
        for action in plan.actions:
            for event in _events(action, plan, words):
                calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _events(action: Action, plan: Plan, words: Vocabulary) -> Iterator[Event]:
    """Yield an event for each last day that has not come yet."""
    steps = [(action.by, action.what)]
    steps += [(later.by, later.what) for later in action.later]
    days: dict[date, list[str]] = {}
    for span, what in steps:
        # The day that is safe, where the very day turns on something not known.
        last = (span.days.low or span.days.high) if span else None
        if last is not None and last >= plan.today:
            days.setdefault(last, []).append(what)
    for last, whats in days.items():
        told = words.label("semicolon").join(whats)
        yield _event(action, last, told, plan, words)


def _event(
    action: Action, last: date, what: str, plan: Plan, words: Vocabulary
) -> Event:
    from icalendar import Alarm, Event  # noqa: PLC0415

    worth = money_total(action.worth.value, words) if action.worth else ""
    title = action.title + words.bracketed(worth)
    firm = plan.firm.uscc or plan.firm.name or ""
    event = Event()
    event.add("uid", f"{action.policy}-{last.isoformat()}-{firm}@policy-match")
    event.add("dtstamp", datetime.combine(plan.today, time(), UTC))
    event.add("dtstart", last)
    event.add("dtend", add_days(last, 1))
    event.add("summary", title)
    event.add("location", action.where)
    event.add("description", words.label("semicolon").join((what, plan.disclaimer)))
    event.add("transp", "TRANSPARENT")
    before = min(_ALARM, (last - plan.today).days)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", label("days-left", words.lang, count=before))
    alarm.add("trigger", -before * _DAY)
    event.add_component(alarm)
    return event
