"""How far, and which way, a firm can move one fact."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf
from typing import TYPE_CHECKING, Literal

from policy_match.domain.facts import Change, FactType
from policy_match.domain.frozen import dataclass
from policy_match.domain.possible import Choice, Interval, join, one, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.advice.counterfactuals.search import Ends
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Member, Number, Possible

_VAST = 10**12
"""Where a number without an end is taken to end; no firm's figure is larger."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One way to move a number, step by step away from where it stands.

    `up` raises what is lower to the bound, `down` lowers what is higher, `to`
    replaces whatever it was.
    """

    fact: str
    way: Literal["up", "down", "to"]
    now: Interval
    first: int
    unit: Fraction
    steps: int | None

    @property
    def ends(self) -> Ends:
        """The nearest and the furthest step."""
        return 0, self.steps

    def bound(self, step: int | None) -> Number:
        """Return the number that a step leads to."""
        if step is None:
            return -inf if self.way == "down" else inf
        sign = -1 if self.way == "down" else 1
        return plain((self.first + sign * step) * self.unit)

    def after(self, near: int, far: int | None) -> Interval:
        """Return what is possible after some step from `near` to `far`."""
        low, high = sorted((self.bound(near), self.bound(far)))
        match self.way:
            case "up":
                return Interval(max(low, self.now.low), max(high, self.now.high))
            case "down":
                return Interval(min(low, self.now.low), min(high, self.now.high))
            case "to":
                return Interval(low, high)

    def step_at(self, number: Number) -> int:
        """Return the nearest step whose bound is `number` or beyond it."""
        exact = Fraction(number) / self.unit
        if self.way == "down":
            return self.first - floor(exact)
        return ceil(exact) - self.first


@dataclass(frozen=True, slots=True)
class Swap:
    """One other member, in place of whatever it was."""

    fact: str
    to: Choice


Move = Axis | Swap


def moves(spec: FactSpec, now: Possible, day: int) -> tuple[Move, ...]:
    """Return the ways in which a firm can move a fact from what it is now.

    `day` is the day asked, as an ordinal: an event that is still to come can
    be no earlier.
    """
    if spec.changeable is Change.NO:
        return ()
    if isinstance(now, Interval):
        return tuple(axis for axis in _axes(spec, now, day) if axis is not None)
    if isinstance(now, Choice):
        return tuple(Swap(spec.id, one(member)) for member in _members(spec, now))
    return ()


def reach(now: Possible, ways: tuple[Move, ...]) -> Possible:
    """Return all that a fact may be, moved in any of some ways or not at all."""
    for way in ways:
        to = way.to if isinstance(way, Swap) else way.after(*way.ends)
        now = join(now, to)
    return now


def _members(spec: FactSpec, now: Choice) -> Iterator[Member]:
    order: tuple[Member, ...] = tuple(spec.members)
    if spec.type is FactType.BOOL:
        order = (False, True)
    held = now.members or order
    for member in order:
        if now.settled and member in (now.members or ()):
            continue
        if spec.may_become(held, member):
            yield member


def _axes(spec: FactSpec, now: Interval, day: int) -> Iterator[Axis | None]:
    change = spec.changeable
    if change is Change.LATER:
        yield _later(spec, now, day)
        return
    unit = spec.type.step
    if now.some and change in {Change.UP, Change.EITHER}:
        yield _axis(spec, "up", now, floor(max(now.low, -_VAST) / unit) + 1)
    if now.some and change in {Change.DOWN, Change.EITHER}:
        yield _axis(spec, "down", now, ceil(min(now.high, _VAST) / unit) - 1)
    if change is Change.EITHER and not now.settled and spec.low != -inf:
        yield _axis(spec, "to", now, ceil(spec.low / unit))


def _later(spec: FactSpec, now: Interval, day: int) -> Axis | None:
    first = day if not now.some or now.low < day else floor(now.low) + 1
    if spec.event and first > day:
        return None
    last = day if spec.event else spec.high
    return _axis(spec, "to", now, first, last)


def _axis(
    spec: FactSpec,
    way: Literal["up", "down", "to"],
    now: Interval,
    first: int,
    last: Number | None = None,
) -> Axis | None:
    unit = spec.type.step
    if way == "down":
        end = spec.low if last is None else last
        steps = None if end == -inf else first - ceil(Fraction(end) / unit)
    else:
        end = spec.high if last is None else last
        steps = None if end == inf else floor(Fraction(end) / unit) - first
    if steps is not None and steps < 0:
        return None
    return Axis(spec.id, way, now, first, unit, steps)
