"""What to take, what to do by when, and what not to lose."""

from __future__ import annotations

from collections.abc import Mapping

from policy_match.domain.incentives import Form
from policy_match.reports.document.models.finding import Loss
from policy_match.reports.document.values import DaySpan, Member, Part, Range, Value
from policy_match.semantics.claiming import State


class RunnerUp(Part):
    """The next best bundle, and by how much it is worth less."""

    policies: tuple[str, ...]
    value: Value
    options: Mapping[str, Member]
    less: Value


class Dropped(Part):
    """A policy that is not taken, for which others, and what that is less."""

    policy: str
    instead: tuple[str, ...]
    less: Value


class Cut(Part):
    """A policy of which a shared limit leaves only a part."""

    policy: str
    kept: Value


class Tally(Part):
    """One step of how a bundle came about: what is taken, given up, or then due."""

    says: str
    low: Value | None
    high: Value | None
    policy: str | None = None


class Bundle(Part):
    """What to take of all the firm is surely eligible for.

    `computation` tells what is taken, what is given up, what is due without and
    with it, and last what it is worth.
    """

    policies: tuple[str, ...]
    value: Value
    options: Mapping[str, Member]
    certain: bool
    runner_up: RunnerUp | None
    dropped: tuple[Dropped, ...]
    cut: tuple[Cut, ...]
    computation: tuple[Tally, ...]


class Cliff(Part):
    """A number that must not rise by more than `room`, and what it would cost."""

    fact: str
    now: Value
    last: Value
    room: Value
    losses: tuple[Loss, ...]


class Later(Part):
    """A later step of the same claim."""

    what: str
    from_: DaySpan | None
    by: DaySpan | None


class Action(Part):
    """What can be done about a benefit that the firm has, dated from today.

    `from` and `by` are of what is to be done now or next, past where nothing is
    open. `standing` says in words how it stands, `recover` until when and how the
    past can be recovered. `missing` are the facts on which a day or the state still
    turns; `provisional`, where days off are not published yet.
    """

    policy: str
    title: str
    form: Form
    state: State
    standing: str
    what: str
    where: str
    from_: DaySpan | None
    by: DaySpan | None
    recover_until: DaySpan | None
    papers: tuple[str, ...]
    worth: Range | None
    ask: str
    recover: str = ""
    note: str = ""
    later: tuple[Later, ...] = ()
    keep: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    provisional: bool = False
