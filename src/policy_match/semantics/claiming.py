"""The life of a benefit: when it can be claimed, and what of the past can be had.

Everything is dated from the period around the day of the law and from the day on
which somebody asks. Nothing here takes part in an outcome. What is not known, a
period or a day of payment, gives a range of days, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.calendar import (
    add_days,
    add_months,
    add_years,
    month_around,
    quarter_around,
    year_around,
)
from policy_match.domain.possible import (
    Choice,
    Interval,
    Number,
    Possible,
    contained,
)
from policy_match.domain.truth import FALSE, TRUE
from policy_match.semantics.one_firm import choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.domain.calendar import Run
    from policy_match.domain.claims import Claim, Due, Recovery, Remedy, Step
    from policy_match.ir.program import About, Program

_DAY = timedelta(days=1)
_COUNTED = 9900
"""The last year in which a term is counted; one that begins later has no end."""
_AROUND: Mapping[str, Callable[[date], Run]] = {
    "month": month_around,
    "quarter": quarter_around,
    "year": year_around,
}
_YES = frozenset({True})
_MONTHS = 3
"""Of a quarter."""
Known = Callable[[str], Possible]
"""What is possible of a fact."""


class State(StrEnum):
    """How a claim stands on the day of asking, the most urgent first."""

    LATE = "late"
    """The last day is past, and the return is not yet filed."""
    OPEN = "open"
    NOT_YET = "not-yet"
    RECOVERABLE = "recoverable"
    """It was not claimed in time, and can be had by a correction."""
    LOST = "lost"
    """An election that was not made."""
    CLOSED = "closed"
    """Neither open nor to be recovered."""


OVER = frozenset((State.LOST, State.CLOSED))
"""The states in which nothing can be done any more."""


_URGENCY = tuple(State)


class Days(NamedTuple):
    """From which day to which a day may lie; an end that is not known is None."""

    low: date | None
    high: date | None

    @property
    def exact(self) -> date | None:
        """The day where there is but one."""
        return self.low if self.low == self.high else None


class Dated(NamedTuple):
    """A step with its days; a day that is not known is None.

    `period` is what it is filed for: a part of the year, or the claim's own.
    `provisional`: the days off of a year that matters are not known yet.
    """

    step: Step
    period: Run | None
    start: Days | None
    by: Days | None
    provisional: bool
    missing: tuple[str, ...] = ()


class Remedied(NamedTuple):
    """What can be done against a refusal, and the last day, where that is known."""

    remedy: Remedy
    by: Days | None


class Life(NamedTuple):
    """How a claim stands: what to do now or next, by when, and what comes later.

    `recover_until` is the last day on which the past can be recovered, a range
    where the day of payment is not known, None where nothing can be. `missing`
    are the facts on which these days, or the state, still turn.
    """

    state: State
    now: Dated | None
    later: tuple[Dated, ...]
    recovery: Recovery | None
    recover_until: Days | None
    missing: tuple[str, ...]
    remedies: tuple[Remedied, ...] = ()

    @property
    def start(self) -> Days | None:
        """The first day of what is to be done."""
        return self.now.start if self.now else None

    @property
    def by(self) -> Days | None:
        """The last day of what is to be done; past where nothing is open."""
        return self.now.by if self.now else None

    @property
    def provisional(self) -> bool:
        """Whether a day may still move with days off that are not known yet."""
        return bool(self.now and self.now.provisional)

    @property
    def deadline(self) -> date | None:
        """The day that presses: the last one to claim, else to recover."""
        days = self.recover_until if self.state is State.RECOVERABLE else self.by
        return days and (days.low or days.high)


def life(program: Program, about: About, today: date, known: Known) -> Life:
    """Return how the claim to a policy stands on `today`.

    The period is that around the program's day. `known` says what is possible of
    a fact (the period of filing, the day of an event, the day of payment).
    """
    claim = about.claim
    missing: dict[str, None] = {}
    lives = [
        _Life(program, claim, today, known, period).life(about)
        for period in _periods(program, claim, known, missing)
    ]
    joined = _joined(lives)
    if not claim.steps:
        missing = {}
    every = dict.fromkeys((*missing, *joined.missing))
    return joined._replace(missing=tuple(every))


def steps(program: Program, claim: Claim, known: Known) -> tuple[Dated, ...]:
    """Return the steps of a claim with their days, whatever day it is today.

    Of each period that the claim may be for.
    """
    return tuple(
        step
        for period in _periods(program, claim, known, {})
        for step in _Life(program, claim, program.day, known, period).steps()
    )


def unknown_facts(program: Program) -> Known:
    """Return what is possible of each fact while nothing is known of a firm."""
    return lambda fact: program.facts[fact].unknown


# ---- periods


def _periods(
    program: Program, claim: Claim, known: Known, missing: dict[str, None]
) -> list[Run | None]:
    """Return the periods that the claim may be for; None where it is not known."""
    if claim.event:
        days = _days(known(claim.event))
        if days is not None and days.exact is None:
            missing[claim.event] = None
        if days is None or None in days:
            return [None]
        return [(day, day) for day in dict.fromkeys(days) if day is not None]
    spans: list[str] = [claim.period] if claim.period else []
    if claim.period_fact:
        value = known(claim.period_fact)
        named = program.facts[claim.period_fact].members
        held = value.members if isinstance(value, Choice) else None
        spans = [name for name in named if held is None or name in held]
        if len(spans) != 1:
            missing[claim.period_fact] = None
    return [_AROUND[span](program.day) for span in spans] or [None]


def _days(value: Possible) -> Days | None:
    """Return the days that a date may be; None where it surely has none."""
    if not isinstance(value, Interval) or not value.some:
        return None
    return Days(_day(value.low), _day(value.high))


def _day(ordinal: Number) -> date | None:
    if not date.min.toordinal() < ordinal < date.max.toordinal():
        return None
    return date.fromordinal(int(ordinal))


def _part(name: str, year: int) -> Run:
    """Return the months (`M06`) or the quarter (`Q2`) of a year."""
    number = int(name[1:])
    month = number if name[0] == "M" else number * _MONTHS
    return _AROUND["month" if name[0] == "M" else "quarter"](date(year, month, 1))


# ---- one period


class _Life:
    """How a claim stands for one period."""

    def __init__(
        self,
        program: Program,
        claim: Claim,
        today: date,
        known: Known,
        period: Run | None,
    ) -> None:
        self.program, self.claim, self.today = program, claim, today
        self.known, self.period = known, period
        self.calendar = program.calendar

    def life(self, about: About) -> Life:
        """Return how the claim stands; the policy's windows where it has no days."""
        steps = tuple(self.steps())
        remedies = tuple(
            Remedied(one, self._dated(one.by, None)[0]) for one in self.claim.remedies
        )
        if not steps:
            return self._undated(about)._replace(remedies=remedies)
        index, state = self._place(steps)
        last = self._deciding(steps)
        now = _prepared(steps[index], last)
        recovery, until, missing = self.claim.recover, None, now.missing
        if recovery is not None and not last.step.election:
            until = self._recover(recovery, last)
            if last.by is None and until.exact is not None:
                # Paid, whenever the last day was: what is left is to recover.
                state = State.CLOSED
        if state is State.CLOSED:
            state, missing = self._past(last, until)
        return Life(
            state,
            now,
            steps[index + 1 :] if state in _AHEAD else (),
            recovery if until else None,
            until,
            missing,
            remedies,
        )

    def _undated(self, about: About) -> Life:
        """Return the life of a claim of which no days are said: the policy's own."""
        windows = about.windows
        state = State.CLOSED
        if any(self.today in window for window in windows):
            state = State.OPEN
        elif any(window.start and self.today < window.start for window in windows):
            state = State.NOT_YET
        return Life(state, None, (), None, None, ())

    def steps(self) -> Iterable[Dated]:
        """Yield the steps that the period has, dated."""
        for step in self.claim.steps:
            if self.period is not None and self.period[1] not in step.within:
                continue
            if step.of and self.period is None:
                continue
            for part in step.of or ("",):
                period = self.period
                if part and period is not None:
                    period = _part(part, period[1].year)
                yield self._step(step, period)

    def _step(self, step: Step, period: Run | None) -> Dated:
        by, late, missing = self._dated(step.by, period)
        if step.start is not None:
            start, early, more = self._dated(step.start, period)
            missing = tuple(dict.fromkeys((*missing, *more)))
        else:
            # A return opens when its period is over; a window says its own first day,
            # and where the last one is not known the first is not either.
            filed = step.filing and by is not None
            opens = add_days(period[1], 1) if period and filed else None
            start, early = Days(opens, opens) if opens else None, False
        return Dated(step, period, start, by, late or early, missing)

    def _dated(
        self, due: Due | None, period: Run | None
    ) -> tuple[Days | None, bool, tuple[str, ...]]:
        """Return the day of a rule, whether it may move, and what it turns on."""
        if due is None or due.local:
            return None, False, ()
        if due.day is not None:
            return Days(due.day, due.day), False, ()
        fact = due.after or due.before
        base = _days(self.known(fact)) if fact else Days(*_ends(period))
        missing = () if (base and base.exact) or not fact else (fact,)
        if base is None or base == (None, None):
            return None, False, missing
        found = tuple(day and self._counted(due, day) for day in base)
        moves = due.days or due.working_days or due.moved
        provisional = moves and not all(day is None or self._sure(day) for day in found)
        days, open_ = self._put_off(due, Days(*found))
        return days, bool(provisional), (*missing, *open_)

    def _put_off(self, due: Due, days: Days) -> tuple[Days, tuple[str, ...]]:
        """Return days as an authority has put them off where the firm lies.

        From the one to the other, and what it turns on, where that is not known.
        """
        low, high = days
        open_: dict[str, None] = {}
        for one in due.extended:
            there = contained(choice(self.known(one.where)), _YES)
            if one.of not in days or there is FALSE:
                continue
            high = one.to if high == one.of else high
            if there is TRUE:
                low = one.to if low == one.of else low
            else:
                open_[one.where] = None
        return Days(low, high), tuple(open_)

    def _counted(self, due: Due, base: date) -> date:
        if base.year > _COUNTED:
            return date.max
        calendar = self.calendar
        if due.working_days:
            return calendar.after_working(base, due.working_days)
        if due.days:
            last = base + due.days * _DAY
            published = calendar.last_days.get((last.year, last.month))
            if due.published and published is not None:
                return published
            if not due.moved:
                return last
            return calendar.last_of_term(
                base + _DAY, due.days, long_holiday=due.long_holiday
            )
        day = base
        if due.months:
            day = add_months(base, due.months)
        elif due.on is not None:
            month, number, years = due.on
            day = date(base.year + years, month, number)
        return calendar.next_working(day) if due.moved else day

    def _sure(self, day: date) -> bool:
        return self.calendar.known(day) or self.calendar.published(day)

    def _place(self, steps: tuple[Dated, ...]) -> tuple[int, State]:
        """Return which step is to be taken now, or next, and how it stands."""
        ahead: list[tuple[date, int]] = []
        too_late = self._is_over(self._deciding(steps))
        for index, step in enumerate(steps):
            if self._is_over(step) or (too_late and _prepares(step)):
                continue
            first = step.start.low if step.start else None
            if first is None or first <= self.today:
                return index, State.OPEN
            ahead.append((first, index))
        if ahead:
            return min(ahead)[1], State.NOT_YET
        return steps.index(self._deciding(steps)), State.CLOSED

    def _is_over(self, step: Dated) -> bool:
        """Return whether the last day of a step is past.

        A day that a place sets, and nobody knows, is past a year after the period.
        """
        last = step.by.high if step.by else None
        due = step.step.by
        if last is None and due is not None and due.local and step.period is not None:
            last = add_years(step.period[1], 1)
        return last is not None and last < self.today

    def _deciding(self, steps: tuple[Dated, ...]) -> Dated:
        """Return the step after which it is too late: the last that must be taken."""
        return next((s for s in reversed(steps) if not s.step.optional), steps[-1])

    def _recover(self, recovery: Recovery, last: Dated) -> Days:
        """Return until when the past can be recovered; no day off moves that."""
        paid = Days(last.start and last.start.low, last.by and last.by.high)
        given = _days(self.known(recovery.after)) if recovery.after else None
        if given is not None and given != (None, None):
            paid = given
        return Days(*(day and add_years(day, recovery.years) for day in paid))

    def _past(self, last: Dated, until: Days | None) -> tuple[State, tuple[str, ...]]:
        """Return how a claim stands whose last day is past, and what that turns on."""
        if last.step.election:
            return State.LOST, ()
        recovery = self.claim.recover
        if recovery is None or until is None:
            return State.CLOSED, ()
        missing: tuple[str, ...] = ()
        if recovery.after:
            paid = _days(self.known(recovery.after))
            if paid is None:
                return State.LATE, ()
            missing = () if paid.exact else (recovery.after,)
        over = until.high is not None and until.high < self.today
        return State.CLOSED if over else State.RECOVERABLE, missing


_AHEAD = (State.OPEN, State.NOT_YET)


def _prepares(step: Dated) -> bool:
    """Return whether a step without a day of its own prepares for others."""
    return step.step.optional and step.step.by is None


def _prepared(step: Dated, last: Dated) -> Dated:
    """Return a step; what prepares for another is to be done by the day of that."""
    return step._replace(by=last.by) if _prepares(step) else step


def _ends(period: Run | None) -> tuple[date | None, date | None]:
    """Return the last day of a period, twice: from it days are counted."""
    return (period[1], period[1]) if period else (None, None)


# ---- periods that are not known


def _joined(lives: list[Life]) -> Life:
    """Return the lives of all periods there may be as one, the most urgent first."""
    first, *others = sorted(lives, key=lambda one: _URGENCY.index(one.state))
    for other in others:
        now = first.now
        if now is not None and other.now is not None:
            now = now._replace(
                start=_either(now.start, other.now.start),
                by=_either(now.by, other.now.by),
                provisional=now.provisional or other.now.provisional,
            )
        until = _either(first.recover_until, other.recover_until)
        missing = dict.fromkeys((*first.missing, *other.missing))
        first = first._replace(now=now, recover_until=until, missing=tuple(missing))
    return first


def _either(one: Days | None, other: Days | None) -> Days | None:
    if one is None or other is None:
        return one or other
    lows, highs = (one.low, other.low), (one.high, other.high)
    low = None if None in lows else min(day for day in lows if day)
    return Days(low, None if None in highs else max(day for day in highs if day))
