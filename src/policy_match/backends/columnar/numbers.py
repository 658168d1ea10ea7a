"""Numbers in columns: what is possible of a formula, a row at a time.

A `Point` is one column: exact where there is a value and, where it is null,
whatever an unknown is, which is the same in every row. Formulas of one fact
stay points. Where two unknowns may meet, a `Span` has low and high columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from policy_match.backends.columnar import bounds
from policy_match.backends.columnar.flags import (
    Flag,
    Verdict,
    all_of,
    both,
    either,
    no,
    of_truth,
    surely,
    verdict,
)
from policy_match.domain import possible as p

if TYPE_CHECKING:
    from policy_match.backends.columnar.bounds import End
    from policy_match.backends.columnar.checked_integers import Operator
    from policy_match.domain.possible import Interval


@dataclass(frozen=True, eq=False)
class Span:
    """From `low` to `high`, absent where it may be, `some` where it may not.

    A row with neither is empty: no candidate at all, as a branch not taken.
    """

    low: End
    high: End
    absent: Flag = False
    some: Flag = True

    def span(self) -> Span:
        """Return the number itself."""
        return self

    def where(self, flag: Flag) -> Span:
        """Return the number as a candidate only where `flag` is set."""
        return Span(self.low, self.high, both(self.absent, flag), both(self.some, flag))

    def unsettled(self) -> Flag:
        """Return where more than one thing is possible."""
        several = no(bounds.sure("=", self.low, self.high))
        return both(self.some, either(several, self.absent))


@dataclass(frozen=True, eq=False)
class Point:
    """Exactly `x`; `unknown` where it is null; absent where it is `dead`."""

    x: End
    unknown: Interval
    dead: Flag = False

    @cached_property
    def exact(self) -> bool:
        """Whether every row has one value."""
        return not self.x.nullable

    def span(self) -> Span:
        """Return the low and high columns."""
        low, high = self.unknown.low, self.unknown.high
        null = bounds.is_open(self.x)
        absent = either(both(null, self.unknown.absent), self.dead)
        some = both(no(self.dead), either(no(null), self.unknown.some))
        return Span(bounds.fill(self.x, low), bounds.fill(self.x, high), absent, some)

    def unsettled(self) -> Flag:
        """Return where more than one thing is possible."""
        if self.unknown.settled:
            return False
        return both(bounds.is_open(self.x), no(self.dead))


Num = Point | Span


def constant(value: Interval) -> Span:
    """Return a number that is the same in every row."""
    return Span(bounds.of(value.low), bounds.of(value.high), value.absent, value.some)


NOTHING = constant(p.NO_VALUE)


def alike(a: Num) -> Interval | None:
    """Return the interval of a number that is the same in every row."""
    if isinstance(a, Point) or not isinstance(a.absent, bool):
        return None
    if not isinstance(a.some, bool):
        return None
    low, high = a.low.constant, a.high.constant
    if (low is None and a.low.num is not None) or (
        high is None and a.high.num is not None
    ):
        return None
    return p.Interval(
        -p.inf if low is None else p.plain(low),
        p.inf if high is None else p.plain(high),
        a.absent,
        a.some,
    )


def join(a: Span, b: Span) -> Span:
    """Return what is possible where either is: the hull."""
    if a.some is False and a.absent is False:
        return b
    if b.some is False and b.absent is False:
        return a
    return Span(
        bounds.pick(_first("<", a, b, (a.low, b.low)), a.low, b.low),
        bounds.pick(_first(">", a, b, (a.high, b.high)), a.high, b.high),
        either(a.absent, b.absent),
        either(a.some, b.some),
    )


def _first(sign: Literal["<", ">"], a: Span, b: Span, of: tuple[End, End]) -> Flag:
    """Return where the end of `a` is the hull's, not that of `b`."""
    further = either(bounds.is_open(of[0]), bounds.likely(bounds.compare(sign, *of)))
    return both(a.some, either(no(b.some), further))


def pick(flag: Flag, yes: Num, otherwise: Num) -> Num:
    """Return `yes` where `flag` is set, else `otherwise`."""
    if isinstance(flag, bool):
        return yes if flag else otherwise
    return join(yes.span().where(flag), otherwise.span().where(no(flag)))


def meet(a: Num, limit: Interval) -> Num:
    """Return what lies within `limit` too, or `a` where nothing does."""
    if isinstance(a, Point):
        return Point(a.x, _met(a.unknown, limit), a.dead)
    to = constant(limit)
    low = bounds.larger(a.low, to.low, "low")
    high = bounds.smaller(a.high, to.high, "high")
    crossed = bounds.sure(">", low, high)
    fits = both(a.some, limit.some, no(crossed))
    gone = both(no(fits), a.absent, limit.absent)
    return Span(
        bounds.pick(fits, low, a.low),
        bounds.pick(fits, high, a.high),
        either(both(fits, a.absent, limit.absent), both(no(fits), a.absent)),
        either(fits, both(a.some, no(gone))),
    )


def _met(unknown: Interval, limit: Interval) -> Interval:
    found = p.meet(unknown, limit)
    return found if isinstance(found, p.Interval) else unknown


def _together(a: Span, b: Span, low: End, high: End) -> Span:
    some = both(a.some, b.some)
    return Span(low, high, either(a.absent, b.absent), some)


def add(a: Num, b: Num) -> Num:
    """Return every sum."""
    for one, other in ((a, b), (b, a)):
        by = alike(other)
        if isinstance(one, Point) and by is not None and by.settled and by.some:
            shifted = bounds.add(one.x, bounds.of(by.low))
            return Point(shifted, p.add(one.unknown, by), one.dead)
    if isinstance(a, Point) and isinstance(b, Point) and a.exact and b.exact:
        return Point(bounds.add(a.x, b.x), p.NO_VALUE)
    s, t = a.span(), b.span()
    return _together(s, t, bounds.add(s.low, t.low), bounds.add(s.high, t.high))


def negative(a: Num) -> Num:
    """Return the opposites."""
    if isinstance(a, Point):
        opposite = p.subtract(p.exactly(0), a.unknown)
        return Point(bounds.negative(a.x), opposite, a.dead)
    return Span(bounds.negative(a.high), bounds.negative(a.low), a.absent, a.some)


def subtract(a: Num, b: Num) -> Num:
    """Return every difference."""
    return add(a, negative(b))


def smallest_or_largest(kind: Literal["min", "max"], a: Num, b: Num) -> Num:
    """Return every minimum, or maximum; no value where a side has none."""
    sign: Literal["<", ">"] = "<" if kind == "min" else ">"
    fold = p.smallest if kind == "min" else p.largest
    for one, other in ((a, b), (b, a)):
        by = alike(other)
        if isinstance(one, Point) and by is not None and by.settled and by.some:
            x = bounds.extreme(sign, one.x, bounds.of(by.low), open_wins=True)
            return Point(x, fold(one.unknown, by), one.dead)
    if isinstance(a, Point) and isinstance(b, Point) and a.exact and b.exact:
        return Point(bounds.extreme(sign, a.x, b.x, open_wins=True), p.NO_VALUE)
    s, t = a.span(), b.span()
    choose = bounds.smaller if kind == "min" else bounds.larger
    low, high = choose(s.low, t.low, "low"), choose(s.high, t.high, "high")
    return _together(s, t, low, high)


def compare(operator: Operator, a: Num, b: Num) -> Verdict:
    """Return how `a operator b` stands for all that is possible."""
    for one, other, sign in ((a, b, operator), (b, a, bounds.MIRROR[operator])):
        by = alike(other)
        if isinstance(one, Point) and by is not None and by.settled and by.some:
            return _point_against(sign, one, by)
    if isinstance(a, Point) and isinstance(b, Point) and a.exact and b.exact:
        return bounds.compare(operator, a.x, b.x)
    s, t = a.span(), b.span()
    if operator in {">", ">="}:
        s, t = t, s
        operator = "<" if operator == ">" else "<="
    if operator == "=":
        holds = both(
            bounds.sure("=", s.low, s.high),
            bounds.sure("=", t.low, t.high),
            bounds.sure("=", s.low, t.low),
        )
        apart = (bounds.sure(">", s.low, t.high), bounds.sure("<", s.high, t.low))
        fails = either(*apart)
    else:
        holds = bounds.sure(operator, s.high, t.low)
        fails = bounds.sure(">" if operator == "<=" else ">=", s.low, t.high)
    absent = either(s.absent, t.absent)
    some = both(s.some, t.some)
    return verdict(both(holds, some, no(absent)), either(fails, no(some)))


def _point_against(operator: Operator, a: Point, by: Interval) -> Verdict:
    found = bounds.compare(operator, a.x, bounds.of(by.low))
    unknown = of_truth(p.compare(operator, a.unknown, by))
    if unknown is True:
        found = either(surely(found), bounds.is_open(a.x))
    elif unknown is False:
        found = surely(found)
    return all_of(found, no(a.dead))


def is_absent(a: Span) -> Verdict:
    """Return how `value = none` stands."""
    return verdict(both(a.absent, no(a.some)), no(a.absent))
