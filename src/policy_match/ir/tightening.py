"""A formula where the conditions of its branch hold.

In the branch of `if: profit <= 1000000` a profit is at most a million, and one
behind it is more: so each fact that a branch reads is held between these ends,
by `min` and `max`. Of a complete firm that comes to the same number; of what is
possible it leaves out what the branch cannot see. Backends meet only formulas
that they know, and agree on them as on any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from policy_match.domain.possible import Interval, meet
from policy_match.ir.narrowing import narrowings
from policy_match.ir.terms import (
    All,
    Arithmetic,
    Between,
    Brackets,
    Const,
    Extreme,
    FactRef,
    Moved,
    Not,
)
from policy_match.ir.traversal import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_match.ir.program import Program
    from policy_match.ir.terms import Condition, Expression


class Branch(NamedTuple):
    """A formula as its branch sees it."""

    value: Expression
    """As written."""
    within: Expression
    """With every fact held between its ends."""
    unless_given: tuple[str, ...] = ()
    """Derived facts that void `within` where they are given."""


_Guarded = tuple["Condition | None", "Expression | None"]
_FOUND: WeakKeyDictionary[Program, dict[object, tuple[Branch | None, ...]]] = (
    WeakKeyDictionary()
)


def branches(
    program: Program, key: object, of: Iterable[_Guarded]
) -> tuple[Branch | None, ...]:
    """Return first-match branches, guard and value each; None without a value.

    `key` is what they are known by within the program.
    """
    known = _FOUND.setdefault(program, {})
    found = known.get(key)
    if found is None:
        found = known[key] = tuple(_branches(program, [*of]))
    return found


def _branches(program: Program, of: Sequence[_Guarded]) -> Iterable[Branch | None]:
    passed: list[Condition] = []
    for guard, value in of:
        holds = passed if guard is None else [*passed, guard]
        yield None if value is None else _branch(program, All(tuple(holds)), value)
        if guard is not None:
            passed.append(Not(guard))


def _branch(program: Program, holds: All, value: Expression) -> Branch:
    read = frozenset(facts_of(value))
    ends: dict[str, Interval] = {}
    hiding: dict[str, None] = {}
    for narrowing in narrowings(program, holds) if read and holds.of else ():
        fact = narrowing.fact
        whole = program.facts[fact].unknown
        if fact not in read or not isinstance(whole, Interval):
            continue
        before = ends.get(fact, Interval(whole.low, whole.high))
        both = meet(before, narrowing.to)
        if isinstance(both, Interval) and both.some and both != before:
            ends[fact] = both
            hiding |= dict.fromkeys(narrowing.unless_given)
    return Branch(value, _held(program, value, ends), tuple(hiding))


def _held(
    program: Program, formula: Expression, ends: Mapping[str, Interval]
) -> Expression:
    """Return a formula whose facts are held between ends; cases are left alone."""
    if not ends:
        return formula

    def held(part: Expression) -> Expression:
        return _held(program, part, ends)

    match formula:
        case FactRef(fact=fact) if fact in ends:
            return _between(program, formula, ends[fact])
        case Arithmetic(operator=sign, left=left, right=right):
            return Arithmetic(sign, held(left), held(right))
        case Extreme(kind=kind, of=parts):
            return Extreme(kind, tuple(map(held, parts)))
        case Brackets(of=of, bands=bands, uses=uses):
            return Brackets(held(of), bands, uses)
        case Moved(of=of, count=count, unit=unit):
            return Moved(held(of), count, unit)
        case Between(low=low, high=high):
            return Between(held(low), held(high))
        case _:
            return formula


def _between(program: Program, fact: FactRef, ends: Interval) -> Expression:
    spec = program.facts[fact.fact]
    held: Expression = fact
    if ends.low > spec.low:
        held = Extreme("max", (held, Const(ends.low, spec.type)))
    if ends.high < spec.high:
        held = Extreme("min", (held, Const(ends.high, spec.type)))
    return held
