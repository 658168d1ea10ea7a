"""Products, quotients and schedules in columns.

Row by row what `domain.possible` says: an open end times zero is zero, and a
division by what touches zero may have no value.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf
from typing import TYPE_CHECKING

from policy_match.backends.columnar import bounds
from policy_match.backends.columnar import checked_integers as w
from policy_match.backends.columnar import numbers as n
from policy_match.backends.columnar.bounds import End
from policy_match.backends.columnar.flags import (
    Flag,
    Verdict,
    all_of,
    both,
    either,
    no,
    surely,
)
from policy_match.backends.columnar.numbers import Num, Point, Span
from policy_match.domain import possible as p
from policy_match.semantics.one_firm import progressive

if TYPE_CHECKING:
    from policy_match.backends.columnar.checked_integers import Operator, Whole
    from policy_match.backends.columnar.shared_columns import Stages
    from policy_match.domain.possible import Interval
    from policy_match.ir.terms import Band


def multiply(stages: Stages, a: Num, b: Num) -> Num:
    """Return the hull of every product."""
    for one, other in ((a, b), (b, a)):
        by = n.alike(other)
        if by is not None and by.settled and by.some:
            return _scaled(one, by)
    if isinstance(a, Point) and isinstance(b, Point) and a.exact and b.exact:
        return Point(bounds.multiply(a.x, b.x), p.NO_VALUE)
    s, t = stages.span(a), stages.span(b)
    absent, some = either(s.absent, t.absent), both(s.some, t.some)
    if s.low.positive and t.low.positive:
        low = bounds.multiply(s.low, t.low)
        return Span(low, _upward(s.high, t.high), absent, some)
    low, high = _corners(stages, s, t)
    return Span(low, high, absent, some)


def _scaled(a: Num, by: Interval) -> Num:
    factor = bounds.of(by.low)
    if isinstance(a, Point):
        return Point(bounds.multiply(a.x, factor), p.multiply(a.unknown, by), a.dead)
    if by.low == 0:
        return Span(bounds.ZERO, bounds.ZERO, a.absent, a.some)
    low, high = bounds.multiply(a.low, factor), bounds.multiply(a.high, factor)
    if by.low < 0:
        low, high = high, low
    return Span(low, high, a.absent, a.some)


def _zero(end: End) -> Flag:
    return bounds.sure("=", end, bounds.ZERO)


def _upward(a: End, b: End) -> End:
    """Return the product of two high ends that are not below zero."""
    product = bounds.multiply(a, b)
    if not (a.nullable or b.nullable):
        return product
    return bounds.pick(either(_zero(a), _zero(b)), bounds.ZERO, product)


def _corners(stages: Stages, a: Span, b: Span) -> tuple[End, End]:
    """Return the least and the greatest of the four products of ends."""
    low = high = bounds.OPEN
    bottomless: Flag = False
    topless: Flag = False
    for one, one_sinks in ((a.low, True), (a.high, False)):
        for other, other_sinks in ((b.low, True), (b.high, False)):
            zero = stages.flag(either(_zero(one), _zero(other)))
            product = bounds.pick(zero, bounds.ZERO, bounds.multiply(one, other))
            product = stages.end(product)
            endless = both(either(bounds.is_open(one), bounds.is_open(other)), no(zero))
            x, y = _below_zero(one, one_sinks), _below_zero(other, other_sinks)
            down = stages.flag(either(both(x, no(y)), both(y, no(x))))
            bottomless = either(bottomless, both(endless, down))
            topless = either(topless, both(endless, no(down)))
            low = stages.end(bounds.extreme("<", low, product, open_wins=False))
            high = stages.end(bounds.extreme(">", high, product, open_wins=False))
    return (
        bounds.pick(bottomless, bounds.OPEN, low),
        bounds.pick(topless, bounds.OPEN, high),
    )


def _below_zero(end: End, sinks: bool) -> Flag:
    """Return where an end is below zero; an open one as its side says."""
    below = bounds.sure("<", end, bounds.ZERO)
    return either(below, bounds.is_open(end)) if sinks else below


def divide(stages: Stages, a: Num, b: Num) -> Num:
    """Return the hull of every quotient."""
    by = n.alike(b)
    if by is not None and by.settled:
        if not by.some or by.low == 0:
            return n.NOTHING
        return _scaled(a, p.exactly(p.plain(1 / Fraction(by.low))))
    if isinstance(a, Point) and isinstance(b, Point) and a.exact and b.exact:
        return _exact_quotient(a.x, b.x)
    return _quotient(stages, stages.span(a), stages.span(b))


def _exact_quotient(a: End, b: End) -> Point:
    return Point(bounds.multiply(a, _inverse(b, _zero(b), None)), p.NO_VALUE)


def _inverse(end: End, undefined: Flag, otherwise: Whole | None) -> End:
    """Return one over an end; `otherwise` (None: open) where that is undefined."""
    assert end.num is not None  # noqa: S101  # INVARIANT: the end is closed
    exact = end.constant
    if exact is not None and undefined is False:
        return bounds.of(1 / exact)
    negative = surely(w.compare("<", end.num, w.ZERO))
    size = w.pick(negative, w.negative(end.num), end.num)
    bound = max(1, abs(end.num.low), abs(end.num.high))
    den = w.pick(undefined, w.ONE, size)
    if den.constant is None:
        den = den._replace(low=1, high=bound, nullable=False)
    num = w.pick(negative, w.negative(end.den), end.den)
    if otherwise is None:
        return End(w.only_where(no(undefined), num), den)
    return End(w.pick(undefined, otherwise, num), den)


def _quotient(stages: Stages, a: Span, b: Span) -> Span:
    absent, some = either(a.absent, b.absent), both(a.some, b.some)
    if not b.low.positive:
        a, b, straddles = _upright(stages, a, b)
    else:
        straddles = False
    touches = stages.flag(_zero(b.low))
    nothing = both(touches, _zero(b.high))
    low, high = _positive_quotient(stages, a, b, touches)
    return Span(
        bounds.pick(straddles, bounds.OPEN, low),
        bounds.pick(straddles, bounds.OPEN, high),
        either(absent, touches, straddles, no(some)),
        both(some, no(nothing)),
    )


def _upright(stages: Stages, a: Span, b: Span) -> tuple[Span, Span, Flag]:
    """Return both with their signs changed where `b` is below zero.

    Also where `b` has zero inside; there its ends are of no use.
    """
    below = bounds.sure("<", b.low, bounds.ZERO)
    sinks = either(below, bounds.is_open(b.low))
    rises = either(bounds.sure(">", b.high, bounds.ZERO), bounds.is_open(b.high))
    straddles = stages.flag(both(sinks, rises))
    down = stages.flag(both(sinks, no(rises)))
    divisor = stages.number(_turned(b, down))
    assert isinstance(divisor, Span)  # noqa: S101
    one = bounds.pick(straddles, bounds.of(1), divisor.low)
    closed = Span(
        bounds.fill(one, 1), bounds.pick(straddles, bounds.of(1), divisor.high)
    )
    dividend = stages.number(_turned(a, down))
    divisor = stages.number(closed)
    assert isinstance(dividend, Span)  # noqa: S101
    assert isinstance(divisor, Span)  # noqa: S101
    return dividend, divisor, straddles


def _turned(a: Span, down: Flag) -> Span:
    return Span(
        bounds.pick(down, bounds.negative(a.high), a.low),
        bounds.pick(down, bounds.negative(a.low), a.high),
        a.absent,
        a.some,
    )


def _positive_quotient(
    stages: Stages, a: Span, b: Span, touches: Flag
) -> tuple[End, End]:
    """Return the ends of `a / b` where `b` is not below zero.

    The least quotient is by the high end of `b` where `a` is not negative, and
    by the low end where it is; by zero, it is open.
    """
    by_least = stages.end(_inverse(b.low, touches, None))
    by_most = bounds.ZERO
    if b.high.num is not None:
        undefined = either(bounds.is_open(b.high), _zero(b.high))
        by_most = stages.end(_inverse(b.high, undefined, w.ZERO))
    minus = stages.flag(_below_zero(a.low, sinks=True))
    above = either(bounds.sure(">", a.high, bounds.ZERO), bounds.is_open(a.high))
    plus = stages.flag(above)
    low, high = by_most, by_least
    if minus is not False:
        low = bounds.pick(minus, by_least, by_most)
    if plus is not True:
        high = bounds.pick(plus, by_least, by_most)
    low, high = stages.end(low), stages.end(high)
    return bounds.multiply(a.low, low), bounds.multiply(a.high, high)


def brackets(stages: Stages, a: Num, bands: tuple[Band, ...]) -> Num:
    """Return the tax of a progressive schedule, for every value possible."""
    if isinstance(a, Point):
        x = _tax(a.x, bands)
        return Point(x, progressive(a.unknown, bands), a.dead)
    last = bands[-1].rate
    at_low = bounds.fill(_tax(a.low, bands), 0)
    at_high = _tax(a.high, bands)
    if last == 0:
        at_high = bounds.fill(at_high, progressive(p.exactly(inf), bands).low)
    if all(band.rate >= 0 for band in bands):
        return Span(at_low, at_high, a.absent, a.some)
    at_low, at_high = stages.end(at_low), stages.end(at_high)
    low = bounds.extreme("<", at_low, at_high, open_wins=last < 0)
    high = bounds.extreme(">", at_low, at_high, open_wins=last > 0)
    for bend in (0, *(b.upto for b in bands if b.upto is not None)):
        at = bounds.of(bend)
        above = either(bounds.sure("<", a.low, at), bounds.is_open(a.low))
        below = either(bounds.sure(">", a.high, at), bounds.is_open(a.high))
        inside = stages.flag(both(above, below))
        tax = bounds.of(progressive(p.exactly(bend), bands).low)
        lower = bounds.extreme("<", low, tax, open_wins=True)
        higher = bounds.extreme(">", high, tax, open_wins=True)
        low = stages.end(bounds.pick(inside, lower, low))
        high = stages.end(bounds.pick(inside, higher, high))
    return Span(low, high, a.absent, a.some)


def _tax(x: End, bands: tuple[Band, ...]) -> End:
    """Return the tax on closed ends; null where open."""
    if x.num is None:
        return x
    exact = x.constant
    if exact is not None:
        return bounds.of(progressive(p.exactly(exact), bands).low)
    bottom: p.Number = 0
    before: p.Number = 0
    pieces: list[End] = []
    for band in bands:
        rest = bounds.of(
            p.plain(Fraction(before) - Fraction(bottom) * Fraction(band.rate))
        )
        pieces.append(bounds.add(bounds.multiply(x, bounds.of(band.rate)), rest))
        if band.upto is not None:
            before = before + (band.upto - bottom) * band.rate
            bottom = band.upto
    total = pieces[-1]
    for band, piece in zip(bands[-2::-1], pieces[-2::-1], strict=True):
        if band.upto is None:
            continue
        within = bounds.sure("<=", x, bounds.of(band.upto))
        total = bounds.pick(within, piece, total)
    if x.num.low < 0:
        total = bounds.pick(bounds.sure("<=", x, bounds.ZERO), bounds.ZERO, total)
    return _rising(total, x, bands) if all(b.rate >= 0 for b in bands) else total


def _rising(total: End, x: End, bands: tuple[Band, ...]) -> End:
    """Return a tax with its true bounds: what the pieces could be is far wider."""
    den, per = total.den.constant, x.den.constant
    if total.num is None or x.num is None or den is None or per is None:
        return total
    least, most = (
        Fraction(progressive(p.exactly(p.plain(Fraction(n, per))), bands).low) * den
        for n in (x.num.low, x.num.high)
    )
    return total._replace(num=total.num._replace(low=floor(least), high=ceil(most)))


def share_against(operator: Operator, a: Num, b: Num, by: Num) -> Verdict | None:
    """Return `a / b operator by` for plain facts from zero up and a bound above.

    None where it is not so plain. Zero over what is not known is zero or
    nothing; anything over zero is nothing.
    """
    bound = n.alike(by)
    if bound is None or not bound.settled or bound.low <= 0:
        return None
    if not (_share_part(a) and _share_part(b)):
        return None
    assert isinstance(a, Point)  # noqa: S101
    assert isinstance(b, Point)  # noqa: S101
    scaled = bounds.multiply(b.x, bounds.of(bound.low))
    found = all_of(bounds.compare(operator, a.x, scaled), _positive(b))
    return all_of(found, _positive(a)) if operator in {">=", ">", "="} else found


def _share_part(a: Num) -> bool:
    if not isinstance(a, Point) or a.unknown != _FROM_ZERO or a.dead is not False:
        return False
    return a.x.num is not None and a.x.num.low >= 0


def _positive(a: Point) -> Verdict:
    return bounds.compare(">", a.x, bounds.ZERO)


_FROM_ZERO = p.Interval(0, inf)
