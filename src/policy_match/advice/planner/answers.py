"""The answers a fact may get: the parts that the thresholds make of it."""

from __future__ import annotations

from math import ceil, floor, inf
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import (
    NO_VALUE,
    NONE,
    Choice,
    Interval,
    Listing,
    exactly,
    one,
)
from policy_match.ir import terms as t
from policy_match.ir.terms import Const, FactRef
from policy_match.ir.traversal import guards, leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Expression

    Mark = tuple[Number, bool]
    """A number at which a comparison turns, and whether it does so just after it."""

_CELLS = 8
"""Answers that are played through for one fact."""
_VAST = 10**12
"""More than the mean of any list is compared with."""

_TURNS = {"<": (False,), ">=": (False,), "<=": (True,), ">": (True,)}
_AT = (False, True)


class Marks:
    """What every fact of a program is compared with."""

    def __init__(self, program: Program) -> None:
        """Read the comparisons off the program."""
        self.numbers: dict[str, set[Mark]] = {}
        self.codes: dict[str, set[str]] = {}
        for condition in _conditions(program):
            for leaf in leaves(condition):
                self._read(leaf.test)

    def _read(self, test: t.Test) -> None:
        match test:
            case t.Compare(operator=operator, left=left, right=right):
                turns = _TURNS.get(operator, _AT)
                self._mark(left, right, turns)
                self._mark(right, left, tuple(not after for after in turns))
            case t.Within(of=of, low=low, high=high):
                self._mark(of, low, (False,))
                self._mark(of, high, (True,))
                self._mark(low, of, _AT)
                self._mark(high, of, _AT)
            case t.Under(fact=fact, codes=codes):
                self.codes.setdefault(fact, set()).update(codes)
            case t.Holds() | t.Absent() | t.Fixed():
                return

    def _mark(self, of: Expression, at: Expression, turns: Iterable[bool]) -> None:
        if isinstance(of, FactRef) and isinstance(at, Const):
            found = self.numbers.setdefault(of.fact, set())
            found.update((at.value, after) for after in turns)


def _conditions(program: Program) -> Iterator[t.Condition]:
    for policy in program.policies:
        yield policy.when
        for tier in policy.tiers:
            if tier.guard is not None:
                yield tier.guard
            yield from guards(tier.amount)
    for definition in program.definitions.values():
        if definition.condition is not None:
            yield definition.condition
        yield from guards(definition.body)


def parts(spec: FactSpec, now: Interval, marks: Iterable[Mark]) -> list[Interval]:
    """Return the parts that some marks make of what a number may be now."""
    if not now.some:
        return []
    step = spec.type.step

    def start(number: Number, *, after: bool) -> Number:
        steps = floor(number / step) + 1 if after else ceil(number / step)
        return int(steps * step) if step.denominator == 1 else steps * step

    starts = sorted(
        {x for n, after in marks if now.low < (x := start(n, after=after)) <= now.high}
    )
    lows = [now.low, *starts]
    highs = [*(x - step for x in starts), now.high]
    return [Interval(low, high) for low, high in zip(lows, highs, strict=True)]


def cells(spec: FactSpec, now: Possible, marks: Marks) -> tuple[Possible, ...]:
    """Return one answer for each part that the thresholds make of a fact."""
    found: list[Possible] = []
    if isinstance(now, Interval):
        if now.absent:
            found.append(NO_VALUE)
        found += map(exactly, _numbers(spec, now, marks.numbers.get(spec.id, ())))
    elif isinstance(now, Choice):
        members = now.members
        if members is None:
            members = frozenset(marks.codes.get(spec.id, ("",))) | {"?"}
        found += [one(member) for member in sorted(members, key=str)]
        if now.absent:
            found.append(NONE)
    elif not now.settled:
        found += [Listing((exactly(n), exactly(n))) for n in (0, _VAST)]
    if len(found) > _CELLS:
        found = [found[i * len(found) // _CELLS] for i in range(_CELLS)]
    return tuple(found) or (now,)


def _numbers(spec: FactSpec, now: Interval, marks: Iterable[Mark]) -> Iterator[Number]:
    """Yield a number of each part, or all where they are few."""
    if spec.type is FactType.INT and now.high - now.low < _CELLS:
        yield from range(int(now.low), int(now.high) + 1)
        return
    for part in parts(spec, now, marks):
        yield part.low if part.low > -inf else part.high if part.high < inf else 0
