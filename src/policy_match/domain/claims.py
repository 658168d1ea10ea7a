"""How a benefit is had, kept and recovered: what `claim` in a rulebook says."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  (dataclass fields)
from dataclasses import field
from datetime import date  # noqa: TC003
from typing import Literal

from policy_match.domain.frozen import dataclass
from policy_match.domain.texts import NO_TEXT, Citation, Text, Window

How = Literal[
    "in-return",
    "application",
    "by-authority",
    "in-bid",
    "by-contract",
    "unknown",
    "",
]
"""How a benefit is had; empty where the rulebook does not say."""
Span = Literal["month", "quarter", "year", "event"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper, and who issues it."""

    id: str
    title: Text
    issued_by: Text


@dataclass(frozen=True, slots=True)
class Extended:
    """A last day `of` that an authority has put off `to` another for one place.

    `where` is the fact, of type bool, that says whether a firm lies there.
    """

    of: date
    to: date
    where: str
    cite: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A first or a last day: counted, dated, or not known (`local`).

    Counted from the end of the period, or from the day of the fact `after`:
    calendar `days`, `working_days`, or `months`. `before` is a fact that dates
    the day. `on` is a month, a day, and how many years after that of the period.
    `event`: the day of the event itself. `extended`: what may put it off.
    """

    days: int = 0
    working_days: int = 0
    months: int = 0
    after: str = ""
    before: str = ""
    on: tuple[int, int, int] | None = None
    day: date | None = None
    event: bool = False
    published: bool = False
    long_holiday: int | None = None
    moved: bool = False
    local: bool = False
    says: Text = NO_TEXT
    ask: tuple[Text, ...] = ()
    cite: tuple[Citation, ...] = ()
    status: str = ""
    extended: tuple[Extended, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts it is counted from."""
        return tuple(fact for fact in (self.after, self.before) if fact)


@dataclass(frozen=True, slots=True)
class Step:
    """One way to have a benefit within a period.

    `of` are the months or quarters of the year that it is for; empty: the
    period itself. `filing` is the title of the return, empty for a window.
    """

    filing: Text
    of: tuple[str, ...]
    what: Text
    covers: Text
    start: Due | None
    by: Due | None
    within: Window
    optional: bool
    election: bool
    papers: tuple[Paper, ...]
    counters: tuple[Text, ...]
    note: Text


@dataclass(frozen=True, slots=True)
class Recovery:
    """For how many years, from which day, and how the past can be had."""

    years: int
    after: str
    how: Text
    papers: tuple[Paper, ...]
    counters: tuple[Text, ...]
    cite: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What can be done against a refusal, and until when."""

    what: Text
    by: Due
    cite: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """How to claim: how, for which period, in which steps, with what.

    `period` names a span of time; where it is empty, `period_fact` is an enum
    that does, and `event` a date on which the claim arises. `recover` is None
    where nothing can be recovered; `recover_said` tells whether the rulebook
    says so.
    """

    how: How = ""
    automatic: bool = False
    channel: Text | None = None
    deadline: Text | None = None
    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    keep: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keep_papers: tuple[Paper, ...] = ()
    bring: tuple[Paper, ...] = ()
    counters: tuple[Text, ...] = ()
    ask: tuple[Text, ...] = ()
    period: Span | Literal[""] = ""
    period_fact: str = ""
    event: str = ""
    steps: tuple[Step, ...] = ()
    recover: Recovery | None = None
    recover_said: bool = False
    remedies: tuple[Remedy, ...] = ()
    claw_back: Text | None = None
    note: Text | None = None
    cite: tuple[Citation, ...] = ()
    status: str = ""
    review_by: date | None = None
