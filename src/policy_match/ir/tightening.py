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

from policy_match.domain.possible import (
    ANYTHING,
    Interval,
    add,
    exactly,
    largest,
    meet,
    multiply,
    smallest,
    subtract,
)
from policy_match.ir.narrowing import Narrowing, narrowings
from policy_match.ir.sums import spelt
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
    if not read or not holds.of:
        return Branch(value, value)
    known = _Ends(program)
    for narrowing in narrowings(program, holds):
        known.take(narrowing)
    for fact in read:
        known.reckon(fact)
    ends = {fact: known.ends[fact] for fact in read & known.ends.keys()}
    hiding = dict.fromkeys(name for fact in ends for name in known.hiding[fact])
    return Branch(value, _held(program, value, ends), tuple(hiding))


class _Ends:
    """Between which ends facts lie, and what voids that where it is given."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.ends: dict[str, Interval] = {}
        self.hiding: dict[str, tuple[str, ...]] = {}

    def take(self, narrowing: Narrowing) -> None:
        """Take what is said of one fact, where that is more than its range."""
        fact = narrowing.fact
        whole = self.program.facts[fact].unknown
        if not isinstance(whole, Interval):
            return
        before = self.ends.get(fact, Interval(whole.low, whole.high))
        both = meet(before, narrowing.to)
        if isinstance(both, Interval) and both.some and both != before:
            self.ends[fact] = both
            voids = (*self.hiding.get(fact, ()), *narrowing.unless_given)
            self.hiding[fact] = tuple(dict.fromkeys(voids))

    def reckon(self, fact: str) -> None:
        """Take what the ends of the facts below a derived one say of it."""
        body, below = spelt(self.program, FactRef(fact))
        some = [name for name in facts_of(body) if name in self.ends]
        if not below or not some:
            return
        voids = [name for one in some for name in self.hiding[one]]
        self.take(Narrowing(fact, self._of(body), (*below, *voids)))

    def _of(self, formula: Expression) -> Interval:
        match formula:
            case Const(value=value):
                return exactly(value)
            case FactRef(fact=fact) if fact in self.ends:
                return self.ends[fact]
            case FactRef(fact=fact) if fact not in self.program.definitions:
                whole = self.program.facts[fact].unknown
                return whole if isinstance(whole, Interval) else ANYTHING
            case Arithmetic(operator="+", left=left, right=right):
                return add(self._of(left), self._of(right))
            case Arithmetic(operator="-", left=left, right=right):
                return subtract(self._of(left), self._of(right))
            case Arithmetic(operator="*", left=left, right=right):
                return multiply(self._of(left), self._of(right))
            case Extreme(kind=kind, of=(first, *rest)):
                found, pick = self._of(first), smallest if kind == "min" else largest
                for part in rest:
                    found = pick(found, self._of(part))
                return found
            case _:
                return ANYTHING


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
