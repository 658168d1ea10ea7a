"""How benefits are claimed: calendars, returns, papers, and what shares them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from policy_match.rulebook.condition_models import Model
from policy_match.rulebook.fields import (
    Citations,
    Date,
    Flag,
    Names,
    Spans,
    WordLists,
    Words,
    Written,
)


def _named_or_keys(value: Any) -> str:  # noqa: ANN401
    return "<text>" if isinstance(value, str) else "<keys>"


class DatedModel(Model):
    """A day of a year, counted from the year of the period."""

    month: Written
    day: Written
    years: Written = "0"
    """How many years after the year of the period."""


class DeadlineModel(Model):
    """A first or a last day: counted from a day, or dated; or not known."""

    days: Written | None = None
    working_days: Written | None = None
    months: Written | None = None
    after: str = ""
    """The fact of type date to count from; left out: the end of the period."""
    before: str = ""
    """A fact of type date: to be done until that day."""
    on: DatedModel | None = None
    published: Flag = False
    """The last day that the calendar names for the month goes before the count."""
    long_holiday: Written | None = None
    """Days off in one run within the term, from so many on, prolong it."""
    moved: Flag = False
    """A last day that is a day off gives way to the next working day."""
    local: Flag = False
    """Set by a place or a yearly notice, and not known."""
    says: Words | None = None
    ask: Names = ()
    cite: Citations = ()
    status: Literal["verified", "known", "inferred", ""] = ""
    review_by: Date | None = None


Due = Annotated[
    Annotated[str, Tag("<text>")] | Annotated[DeadlineModel, Tag("<keys>")],
    Discriminator(_named_or_keys),
]
"""The id of a deadline, a day, `event`, or a deadline of its own."""


class ExtendedModel(Model):
    """A last day that an authority has put off for one place."""

    of: Date
    """The last day that gives way."""
    to: Date
    where: str
    """The fact of type bool that says whether a firm lies there."""
    returns: Names = ()
    """The returns that it holds for; left out: all with a published last day."""
    cite: Citations
    status: Literal["verified", "known", ""] = ""
    review_by: Date | None = None


class CalendarModel(Model):
    """A year: its days off, and the last days that were published for its months."""

    off: Spans = ()
    working: Spans = ()
    """Days of weekends that are worked."""
    last_days: tuple[Date, ...] = ()
    extended: tuple[ExtendedModel, ...] = ()
    cite: Citations = ()
    status: Literal["verified", "known", ""] = ""
    """Of the last days; the days off are known where nothing else is said."""
    review_by: Date | None = None


class PaperModel(Model):
    """A paper that many policies ask for."""

    title: Words
    issued_by: Words


class ReturnModel(Model):
    """A return: its period, its last day, where it is filed."""

    title: Words
    due: Due
    counters: Names = ()


class RecoveryModel(Model):
    """How what was not claimed in time can still be had."""

    years: Written
    after: str = ""
    """The fact that dates the payment from which the years are counted."""
    how: Words
    papers: Names = ()
    counters: Names = ()
    cite: Citations = ()
    status: Literal["verified", "known", "inferred", ""] = ""
    review_by: Date | None = None


Recover = Annotated[
    Annotated[str, Tag("<text>")] | Annotated[RecoveryModel, Tag("<keys>")],
    Discriminator(_named_or_keys),
]
"""The id of a recovery, `none`, or a recovery of its own."""


class EventModel(Model):
    """What dates or names the period of a claim: a fact."""

    fact: str | None = None
    """An enum of `month`, `quarter`, `year`."""
    event: str | None = None
    """A date: the claim arises on that day."""


Period = Annotated[
    Annotated[Literal["month", "quarter", "year"], Tag("<text>")]
    | Annotated[EventModel, Tag("<keys>")],
    Discriminator(_named_or_keys),
]


class SpanModel(Model):
    """The days on which a period ends that a step exists for."""

    start: Date | None = Field(default=None, alias="from")
    end: Date | None = Field(default=None, alias="to")


class StepModel(Model):
    """One way to have a benefit within a period: a return, or a window."""

    filing: str = Field(default="", alias="return")
    of: Names = ()
    """The months (`M06`) or quarters (`Q2`) of the year that it is filed for."""
    what: Words | None = None
    """What to do, in a few words: where in the return, or what to hand in."""
    covers: Words | None = None
    start: Due | None = Field(default=None, alias="from")
    by: Due | None = None
    within: SpanModel | None = Field(default=None, alias="in")
    optional: Flag = False
    """What is missed here can still be had in a later step."""
    election: Flag = False
    """What is not chosen here is lost."""
    papers: Names = ()
    counters: Names = ()
    note: Words | None = None


class RemedyModel(Model):
    """What can be done against a refusal, and until when."""

    what: Words
    by: Due
    cite: Citations = ()


class ClaimModel(Model):
    """How a firm claims: where, by when, what to submit and what to keep."""

    how: Literal[
        "in-return",
        "application",
        "by-authority",
        "in-bid",
        "by-contract",
        "unknown",
        "",
    ] = ""
    automatic: Flag = False
    channel: Words | None = None
    deadline: Words | None = None
    documents: WordLists = Field(default_factory=dict)
    papers: Names = ()
    keep: WordLists = Field(default_factory=dict)
    bring: Names = ()
    """Papers that are useful to have where nothing says what to hand in."""
    counters: Names = ()
    ask: Names = ()
    """Whom to ask: ids of departments or counters."""
    period: Period | None = None
    steps: tuple[StepModel, ...] = ()
    recover: Recover | None = None
    remedies: tuple[RemedyModel, ...] = ()
    claw_back: Words | None = None
    note: Words | None = None
    cite: Citations = ()
    status: Literal["verified", "known", "inferred", ""] = ""
    review_by: Date | None = None
