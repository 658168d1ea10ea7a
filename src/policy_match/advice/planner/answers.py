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
from policy_match.ir.analysis import once
from policy_match.ir.terms import Const, FactRef
from policy_match.ir.traversal import formulas, guards, leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Expression

    Mark = tuple[Number, bool]
    """A number at which a comparison turns, and whether it does so just after it."""

_FEW = 8
"""Whole numbers that are answers one by one."""
_OTHER = "?"
"""A code, or a text, that no test names."""
_VAST = 10**12
"""More than the mean of any list is compared with."""

_TURNS = {"<": (False,), ">=": (False,), "<=": (True,), ">": (True,)}
_AT = (False, True)


@once
def marks_of(program: Program) -> Marks:
    """Return what the facts of a program are compared with."""
    return Marks(program)


class Marks:
    """What every fact of a program is compared with."""

    def __init__(self, program: Program) -> None:
        """Read the comparisons off the program."""
        self.numbers: dict[str, set[Mark]] = {}
        self.codes: dict[str, set[frozenset[str]]] = {}
        self._rows: dict[str, list[Mapping[str, str]]] = {}
        self._told: dict[str, tuple[str, ...]] = {}
        for condition in _conditions(program):
            for leaf in leaves(condition):
                self._read(leaf.test)
        for definition in program.definitions.values():
            for formula in formulas(definition.body):
                if isinstance(formula, t.Lookup):
                    rows = self._rows.setdefault(formula.fact, [])
                    rows.append(dict(formula.rows))

    def codes_of(self, fact: str) -> tuple[str, ...]:
        """Return a code for each way in which tests and tables tell codes apart."""
        found = self._told.get(fact)
        if found is None:
            sets, tables = self.codes.get(fact, set()), self._rows.get(fact, [])
            every = sorted({code for some in (*sets, *tables) for code in some})
            ways: dict[object, str] = {}
            for code in every:
                above = frozenset(code[:n] for n in range(1, len(code) + 1))
                rows = [max(above & t.keys(), default="", key=len) for t in tables]
                told = [t.get(row, "") for t, row in zip(tables, rows, strict=True)]
                way = (*(not above.isdisjoint(s) for s in sets), *told)
                if len(code) >= len(ways.get(way, "")):
                    ways[way] = code
            found = self._told[fact] = tuple(ways.values())
        return found

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
                self.codes.setdefault(fact, set()).add(codes)
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
    """Return answers to a fact: at least one in each part that thresholds make."""
    found: list[Possible] = []
    if isinstance(now, Interval):
        if now.absent:
            found.append(NO_VALUE)
        found += map(exactly, _numbers(spec, now, marks.numbers.get(spec.id, ())))
    elif isinstance(now, Choice):
        members = now.members
        if members is None:
            members = frozenset(marks.codes_of(spec.id)) | {_OTHER}
        elif spec.type is FactType.CODE:
            finer = marks.codes_of(spec.id)
            members |= {c for c in finer for m in members if c.startswith(str(m))}
        found += [one(member) for member in sorted(members, key=str)]
        if now.absent:
            found.append(NONE)
    elif not now.settled:
        found += [Listing((exactly(n), exactly(n))) for n in (0, _VAST)]
    return tuple(found) or (now,)


def _numbers(spec: FactSpec, now: Interval, marks: Iterable[Mark]) -> Iterator[Number]:
    """Yield a number of each part and the highest, or all where they are few."""
    if not now.some:
        return
    if spec.type is FactType.INT and now.high - now.low < _FEW:
        yield from range(int(now.low), int(now.high) + 1)
        return
    for part in parts(spec, now, marks):
        yield part.low if part.low > -inf else min(part.high, 0)
    vast = spec.type is FactType.DATE or now.high < inf
    yield now.high if vast else max(now.low, 0) + _VAST
