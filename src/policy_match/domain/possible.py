"""A value is what is possible: intervals and sets, each possibly absent.

Numbers are exact (int or Fraction); an open end is a float infinity, the only
float that ever occurs. Dates are proleptic ordinals (`date.toordinal`). What
the operations mean is contract section 1: interval arithmetic (Moore 1966),
with division by an interval that touches zero possibly without a value.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf as inf  # noqa: PLC0414  (its users import it from here)
from typing import NamedTuple

from policy_match.domain import days
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth, of_possibilities

Number = int | Fraction | float
"""An exact number, or an infinity as an open end; never another float."""

Member = str | bool
"""What an enum, a text, a code or a bool may be."""


class Interval(NamedTuple):
    """All numbers from `low` to `high`, and no value at all where `absent`.

    `some` is false where nothing but absence is possible.
    """

    low: Number
    high: Number
    absent: bool = False
    some: bool = True

    @property
    def settled(self) -> bool:
        """Whether just one thing is possible: one number, or absence."""
        return not self.some or (self.low == self.high and not self.absent)


class Choice(NamedTuple):
    """All of `members` (None: any at all), and absence where `absent`."""

    members: frozenset[Member] | None
    absent: bool = False

    @property
    def settled(self) -> bool:
        """Whether just one thing is possible: one member, or absence."""
        if self.members is None:
            return False
        return len(self.members) + self.absent == 1


class Listing(NamedTuple):
    """A list of numbers, each an interval; None where the list is not known."""

    items: tuple[Interval, ...] | None
    pairs: bool = True

    @property
    def settled(self) -> bool:
        """Whether every number in the list is known."""
        return self.items is not None and all(i.settled for i in self.items)


Possible = Interval | Choice | Listing

NO_VALUE = Interval(0, 0, absent=True, some=False)
"""Nothing is possible but absence: a division by exactly zero, `none`."""
ANYTHING = Interval(-inf, inf)
NONE = Choice(frozenset(), absent=True)


def exactly(value: Number) -> Interval:
    """Return the interval that holds one number and nothing else."""
    return Interval(value, value)


def one(member: Member) -> Choice:
    """Return the choice that has one member and nothing else."""
    return Choice(frozenset((member,)))


_YES_OR_NO = tuple(map(Choice, map(frozenset, ((False,), (False, True), (True,)))))


def yes_or_no(truth: Truth) -> Choice:
    """Return what a bool may be where a condition says it."""
    return _YES_OR_NO[truth]


def plain(value: Number) -> Number:
    """Return a fraction without a denominator as an int: cheaper, and equal."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


def _only_absent(value: Possible) -> bool:
    if isinstance(value, Interval):
        return not value.some
    return isinstance(value, Choice) and not value.members and value.members is not None


def _or_absent(value: Possible) -> Possible:
    if isinstance(value, Choice):
        return Choice(value.members, absent=True)
    if isinstance(value, Interval):
        return Interval(value.low, value.high, absent=True, some=value.some)
    return value


def join(a: Possible, b: Possible) -> Possible:
    """Return what is possible where either `a` or `b` is: the hull, the union."""
    if isinstance(a, Interval) and isinstance(b, Interval):
        if not a.some:
            return Interval(b.low, b.high, absent=True, some=b.some)
        if not b.some:
            return Interval(a.low, a.high, absent=True)
        return Interval(min(a.low, b.low), max(a.high, b.high), a.absent or b.absent)
    if isinstance(a, Choice) and isinstance(b, Choice):
        absent = a.absent or b.absent
        if a.members is None or b.members is None:
            return Choice(None, absent)
        return Choice(a.members | b.members, absent)
    if _only_absent(a):  # "none" is of every kind
        return _or_absent(b)
    if _only_absent(b):
        return _or_absent(a)
    msg = f"{a} and {b} are of different kinds"
    raise TypeError(msg)


def meet(a: Possible, b: Possible) -> Possible | None:
    """Return what both allow, or None where they have nothing in common."""
    if isinstance(a, Interval) and isinstance(b, Interval):
        absent = a.absent and b.absent
        low, high = max(a.low, b.low), min(a.high, b.high)
        if a.some and b.some and low <= high:
            return Interval(low, high, absent)
        return NO_VALUE if absent else None
    if isinstance(a, Choice) and isinstance(b, Choice):
        absent = a.absent and b.absent
        if a.members is None or b.members is None:
            members = b.members if a.members is None else a.members
        else:
            members = a.members & b.members
        return Choice(members, absent) if members or members is None or absent else None
    return a


def add(a: Interval, b: Interval) -> Interval:
    """Return every sum, absent where either side may be."""
    if a.some and b.some:
        return Interval(
            plain(a.low + b.low), plain(a.high + b.high), a.absent or b.absent
        )
    return NO_VALUE


def subtract(a: Interval, b: Interval) -> Interval:
    """Return every difference, absent where either side may be."""
    if a.some and b.some:
        return Interval(
            plain(a.low - b.high), plain(a.high - b.low), a.absent or b.absent
        )
    return NO_VALUE


def _product(x: Number, y: Number) -> Number:
    # 0 x infinity is 0 here: an open end is a bound, not a number.
    return plain(x * y) if x and y else 0


def multiply(a: Interval, b: Interval) -> Interval:
    """Return the hull of every product."""
    if not (a.some and b.some):
        return NO_VALUE
    absent = a.absent or b.absent
    if a.low >= 0 and b.low >= 0:
        return Interval(_product(a.low, b.low), _product(a.high, b.high), absent)
    corners = [_product(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    return Interval(min(corners), max(corners), absent)


def _inverse(x: Number) -> Number:
    return 0 if x in (inf, -inf) else plain(1 / Fraction(x))


def divide(a: Interval, b: Interval) -> Interval:
    """Return the hull of every quotient.

    By exactly zero there is no value; by a range that touches zero, the
    quotients by the rest, or no value; by one that straddles it, anything, or
    no value.
    """
    if not (a.some and b.some) or b.low == b.high == 0:
        return NO_VALUE
    absent = a.absent or b.absent
    if b.low < 0 < b.high:
        return Interval(-inf, inf, absent=True)
    touches = b.low == 0 or b.high == 0
    low = -inf if b.high == 0 else _inverse(b.high)
    high = inf if b.low == 0 else _inverse(b.low)
    quotient = multiply(Interval(a.low, a.high), Interval(low, high))
    return Interval(quotient.low, quotient.high, absent or touches)


def moved(a: Interval, count: int, unit: days.Unit) -> Interval:
    """Return the hull of every day so many months or days later.

    A later day never becomes an earlier one, so the ends become the ends.
    """
    if not a.some:
        return NO_VALUE
    low, high = (
        end if end in (inf, -inf) else days.moved(int(end), count, unit)
        for end in (a.low, a.high)
    )
    return Interval(low, high, a.absent)


def smallest(a: Interval, b: Interval) -> Interval:
    """Return every minimum; no value where either side may have none."""
    if a.some and b.some:
        absent = a.absent or b.absent
        return Interval(min(a.low, b.low), min(a.high, b.high), absent)
    return NO_VALUE


def largest(a: Interval, b: Interval) -> Interval:
    """Return every maximum; no value where either side may have none."""
    if a.some and b.some:
        absent = a.absent or b.absent
        return Interval(max(a.low, b.low), max(a.high, b.high), absent)
    return NO_VALUE


def compare(operator: str, a: Interval, b: Interval) -> Truth:
    """Return how `a operator b` stands for all that is possible.

    `operator` is one of `=`, `<`, `<=`, `>`, `>=`. On an absent value every
    comparison is false, so it can never be surely true where a side may be
    absent.
    """
    if not (a.some and b.some):
        return FALSE
    if operator in {">", ">="}:
        a, b = b, a
        operator = "<" if operator == ">" else "<="
    if operator == "<=":
        holds, fails = a.high <= b.low, a.low > b.high
    elif operator == "<":
        holds, fails = a.high < b.low, a.low >= b.high
    else:
        holds = a.low == a.high == b.low == b.high
        fails = a.low > b.high or a.high < b.low
    if fails:
        return FALSE
    return TRUE if holds and not (a.absent or b.absent) else UNKNOWN


def contained(value: Choice, members: frozenset[Member]) -> Truth:
    """Return how `value in members` stands; absence is in nothing."""
    if value.members is None:
        return UNKNOWN
    if value.members.isdisjoint(members):
        return FALSE
    if value.absent or not value.members <= members:
        return UNKNOWN
    return TRUE


def is_absent(value: Possible) -> Truth:
    """Return how `value = none` stands."""
    match value:
        case Interval():
            return of_possibilities(value.absent, value.some)
        case Choice():
            present = value.members is None or bool(value.members)
            return of_possibilities(value.absent, present)
        case Listing():
            return FALSE


def mean(value: Listing) -> Interval:
    """Return the mean of all numbers in the list; no value for an empty list."""
    if value.items is None:
        return Interval(0, inf)
    total: Interval = exactly(0)
    for item in value.items:
        total = add(total, item)
    return divide(total, exactly(len(value.items)))
