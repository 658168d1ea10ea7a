"""Ends of intervals in columns: exact fractions, null where the end is open.

A low end that is null is minus infinity, a high end plus infinity. The
denominator is positive and, but for divisions by a fact, a constant.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf, lcm
from typing import TYPE_CHECKING, Literal, NamedTuple

from policy_match.backends.columnar import checked_integers as w
from policy_match.backends.columnar.flags import Flag, Verdict, either, no, surely

if TYPE_CHECKING:
    from policy_match.backends.columnar.checked_integers import Operator, Whole
    from policy_match.domain.possible import Number

Side = Literal["low", "high"]


class End(NamedTuple):
    """A fraction a row, null where open; open in every row without `num`."""

    num: Whole | None
    den: Whole

    @property
    def nullable(self) -> bool:
        """Whether the end may be open somewhere."""
        return self.num is None or self.num.nullable

    @property
    def constant(self) -> Fraction | None:
        """The number itself, where it is the same in every row."""
        if self.num is None or self.num.constant is None or self.den.constant is None:
            return None
        return Fraction(self.num.constant, self.den.constant)

    @property
    def positive(self) -> bool:
        """Whether the end is surely not below zero, and closed."""
        return self.num is not None and not self.num.nullable and self.num.low >= 0


OPEN = End(None, w.ONE)


def of(number: Number) -> End:
    """Return an end that is the same in every row."""
    if number in (inf, -inf):
        return OPEN
    exact = Fraction(number)
    return End(w.const(exact.numerator), w.const(exact.denominator))


ZERO = of(0)


def _common(a: End, b: End) -> tuple[Whole, Whole, Whole]:
    """Return both numerators over one denominator, and that."""
    assert a.num is not None  # noqa: S101  # INVARIANT: callers part open ends
    assert b.num is not None  # noqa: S101
    if a.den is b.den:
        return a.num, b.num, a.den
    one, other = a.den.constant, b.den.constant
    if one is not None and other is not None:
        den = lcm(one, other)
        left = w.multiply(a.num, w.const(den // one))
        return left, w.multiply(b.num, w.const(den // other)), w.const(den)
    left, right = w.multiply(a.num, b.den), w.multiply(b.num, a.den)
    return left, right, w.multiply(a.den, b.den)


def add(a: End, b: End) -> End:
    """Return the sums; open where either is."""
    if a.num is None or b.num is None:
        return OPEN
    left, right, den = _common(a, b)
    return End(w.add(left, right), den)


def negative(a: End) -> End:
    """Return the opposites (an open end changes sides)."""
    return a if a.num is None else End(w.negative(a.num), a.den)


def multiply(a: End, b: End) -> End:
    """Return the products; null where either is."""
    if a.num is None or b.num is None:
        return OPEN
    num, den = w.multiply(a.num, b.num), w.multiply(a.den, b.den)
    exact = End(num, den).constant
    return of(exact) if exact is not None else _reduced(num, den, a, b)


def _reduced(num: Whole, den: Whole, a: End, b: End) -> End:
    # A constant factor is cancelled against a constant denominator.
    for const, other in ((a, b), (b, a)):
        factor = const.constant
        if factor is None or other.den.constant is None or other.num is None:
            continue
        ratio = factor / other.den.constant
        scaled = w.multiply(other.num, w.const(ratio.numerator))
        return End(scaled, w.const(ratio.denominator))
    return End(num, den)


def pick(flag: Flag, yes: End, otherwise: End) -> End:
    """Return `yes` where `flag` is set, else `otherwise`."""
    if isinstance(flag, bool):
        return yes if flag else otherwise
    if yes.num is None and otherwise.num is None:
        return OPEN
    if yes.num is None:
        assert otherwise.num is not None  # noqa: S101
        return End(w.only_where(no(flag), otherwise.num), otherwise.den)
    if otherwise.num is None:
        return End(w.only_where(flag, yes.num), yes.den)
    if yes.den.constant is None or otherwise.den.constant is None:
        num = w.pick(flag, yes.num, otherwise.num)
        return End(num, w.pick(flag, yes.den, otherwise.den))
    left, right, den = _common(yes, otherwise)
    return End(w.pick(flag, left, right), den)


def fill(end: End, number: Number) -> End:
    """Return `end` closed at `number` where it is open; an infinity leaves it."""
    if number in (inf, -inf) or not end.nullable:
        return end
    closed = of(number)
    if end.num is None:
        return closed
    if end.den.constant is None:
        return pick(w.is_null(end.num), closed, end)
    num, to, den = _common(end, closed)
    assert to.constant is not None  # noqa: S101  # INVARIANT: both are constants
    return End(w.fill(num, to.constant), den)


def is_open(end: End) -> Flag:
    """Return where the end is open."""
    return True if end.num is None else w.is_null(end.num)


def compare(operator: Operator, a: End, b: End) -> Verdict:
    """Return `a operator b`; null where either is open."""
    if a.num is None or b.num is None:
        return None
    if b.constant is not None and a.constant is None:
        return _against(operator, a, b.constant)
    if a.constant is not None and b.constant is None:
        return _against(MIRROR[operator], b, a.constant)
    left, right, _ = _common(a, b)
    return w.compare(operator, left, right)


MIRROR: dict[Operator, Operator] = {
    "=": "=",
    "<": ">",
    ">": "<",
    "<=": ">=",
    ">=": "<=",
}


def _against(operator: Operator, a: End, number: Fraction) -> Verdict:
    """Compare with a constant: the column stays as it is, the bound is rounded."""
    assert a.num is not None  # noqa: S101
    if a.den.constant is None:
        scaled = w.multiply(a.den, w.const(number.numerator))
        return w.compare(
            operator, w.multiply(a.num, w.const(number.denominator)), scaled
        )
    bound = number * a.den.constant
    if operator == "=" and bound.denominator != 1:
        return w.compare("<", a.num, w.const(a.num.low))
    if operator in {">=", "<"}:
        return w.compare(operator, a.num, w.const(ceil(bound)))
    return w.compare(operator, a.num, w.const(floor(bound)))


def sure(operator: Operator, a: End, b: End) -> Flag:
    """Return where both are closed and `a operator b`."""
    return surely(compare(operator, a, b))


def extreme(operator: Literal["<", ">"], a: End, b: End, *, open_wins: bool) -> End:
    """Return the smaller (`<`) or larger of two ends.

    Where one is open the result is open too, or the other, by `open_wins`.
    """
    if a.num is None or b.num is None:
        if open_wins:
            return OPEN
        return b if a.num is None else a
    if open_wins and not b.nullable:
        return pick(likely(compare(operator, b, a)), b, a)
    first = likely(compare(operator, a, b))
    return pick(either(first, is_open(a if open_wins else b)), a, b)


def likely(part: Verdict) -> Flag:
    """Return a verdict as the flag of a `pick`, which takes unknown for false.

    Such a flag must not be negated; it costs no filling of nulls.
    """
    return False if part is None else part


def smaller(a: End, b: End, side: Side) -> End:
    """Return the smaller of two ends of the same side."""
    return extreme("<", a, b, open_wins=side == "low")


def larger(a: End, b: End, side: Side) -> End:
    """Return the larger of two ends of the same side."""
    return extreme(">", a, b, open_wins=side == "high")


def rounded(end: End, units: int) -> Whole | None:
    """Return the number in `1/units`, halves away from zero; null where open."""
    if end.num is None:
        return None
    whole = multiply(end, of(units))
    assert whole.num is not None  # noqa: S101
    if whole.den.constant == 1:
        return whole.num
    up = _half_up(whole.num, whole.den)
    if whole.num.low >= 0:
        return up
    down = w.negative(_half_up(w.negative(whole.num), whole.den))
    return w.pick(surely(w.compare(">=", whole.num, w.ZERO)), up, down)


def _half_up(num: Whole, den: Whole) -> Whole:
    if den.constant is not None and den.constant % 2 == 0:
        return w.floor_divide(w.add(num, w.const(den.constant // 2)), den)
    two = w.const(2)
    doubled = w.add(w.multiply(num, two), den)
    return w.floor_divide(doubled, w.multiply(den, two))
