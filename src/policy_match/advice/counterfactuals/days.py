"""The first day on which time alone makes a firm eligible."""

from __future__ import annotations

from datetime import date, timedelta
from math import inf
from typing import TYPE_CHECKING

from policy_match.advice.counterfactuals.reachability import Hope
from policy_match.domain.possible import Interval
from policy_match.domain.truth import TRUE
from policy_match.ir.analysis import tests_beneath
from policy_match.ir.terms import Compare, Const
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policy_match.ir.program import Policy, Program
    from policy_match.ir.terms import Expression, Test

_HORIZON = 50 * 366
"""Days beyond which to wait is no advice, and to ask the law of a day costs time."""
_LEAP = 3
"""Days by which months and years of unequal length can move a date."""


def first_day(
    now: Evaluation, policy: Policy, on: Callable[[date], Program]
) -> date | None:
    """Return the first later day on which the firm is eligible as it is.

    Only days on which a date meets one reckoned from the day asked come into
    question, and the law of each is asked.
    """
    timed = {t for t in tests_beneath(now.program)[policy.id] if _timed(t)}
    if not timed or not Hope(now, (), decided=False, timed=timed).may_hold(policy.when):
        return None
    today = now.program.day
    for gap in sorted({gap for test in timed for gap in _gaps(now, test)}):
        day = _moved(today, gap)
        if day is None or not _in_force(policy, day):
            continue
        found = _about(lambda x: _eligible(now, policy, on, x), day, today)
        if found is not None:
            return found
    return None


def _timed(test: Test) -> bool:
    return isinstance(test, Compare) and (_reckoned(test.left) or _reckoned(test.right))


def _reckoned(side: Expression) -> bool:
    return isinstance(side, Const) and side.term is not None


def _gaps(now: Evaluation, test: Test) -> Iterator[int]:
    """Yield how many days the day asked must move for a date to be met."""
    if not isinstance(test, Compare):
        return
    sides = (test.left, test.right)
    for mark, other in (sides, sides[::-1]):
        value = now.evaluate(other)
        if not (isinstance(mark, Const) and _reckoned(mark)):
            continue
        if isinstance(value, Interval) and value.some and value.high < inf:
            gap = int(value.high) - int(mark.value)
            if 0 <= gap <= _HORIZON:
                yield gap


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _in_force(policy: Policy, day: date) -> bool:
    return any(day in window for window in policy.about.windows)


def _about(eligible: Callable[[date], bool], day: date, after: date) -> date | None:
    """Return the first eligible day that is at most a few days from `day`."""
    days = [_moved(day, n) for n in range(_LEAP + 1)]
    first = next((x for x in days if x and x > after and eligible(x)), None)
    while first is not None and day - first < timedelta(days=_LEAP):
        before = first - timedelta(days=1)
        if before <= after or not eligible(before):
            break
        first = before
    return first


def _eligible(
    now: Evaluation, policy: Policy, on: Callable[[date], Program], day: date
) -> bool:
    if not _in_force(policy, day):
        return False
    law = on(day)
    then = law.by_id.get(policy.id)
    return then is not None and Evaluation(law, now.given).truth(then.when) is TRUE
