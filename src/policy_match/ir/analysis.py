"""What a whole program says of its parts, each found once for a program.

Definitions stand in an order in which each needs only earlier ones; so what a
fact rests on is found along that order, however deep or shared it is.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from policy_match.ir.narrowing import narrowings
from policy_match.ir.traversal import exact_of_exact, facts_of, tests_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from policy_match.ir.narrowing import Narrowing
    from policy_match.ir.program import Definition, Program, Tier
    from policy_match.ir.terms import Condition, Test
    from policy_match.ir.traversal import Node

_T = TypeVar("_T")

_FEW = 30
"""Definitions, one beneath the other, that may be followed one within the other."""


def once(analysis: Callable[[Program], _T]) -> Callable[[Program], _T]:
    """Keep what an analysis finds for as long as its program is kept."""
    kept: WeakKeyDictionary[Program, _T] = WeakKeyDictionary()

    @wraps(analysis)
    def found(program: Program) -> _T:
        known = kept.get(program)
        if known is None:
            known = kept[program] = analysis(program)
        return known

    return found


@lru_cache(maxsize=4096)
def _read_by(definition: Definition) -> tuple[str, ...]:
    """Return the facts that a definition reads itself, in the order met.

    Programs of parts of a law share its definitions.
    """
    return tuple(dict.fromkeys(facts_of(definition)))


class Dependences:
    """The facts that nodes and derived facts of one program rest on, all the way.

    A set of facts is a whole number, a bit a fact: sets of a long chain of
    definitions stay small, and are united and compared at once.
    """

    def __init__(self, program: Program) -> None:
        """Find what each derived fact rests on, the earlier ones first."""
        self._reads = {
            name: _read_by(definition)
            for name, definition in program.definitions.items()
        }
        self._derived = {
            name: tuple(fact for fact in read if fact in self._reads)
            for name, read in self._reads.items()
        }
        self._depth: dict[str, int] = {}
        for name, below in self._derived.items():
            self._depth[name] = 1 + max((self._depth[x] for x in below), default=0)
        self._facts = tuple(program.facts)
        self._bit = {fact: 1 << place for place, fact in enumerate(self._facts)}
        self._found: dict[Node | str, int] = {}
        self._listed: dict[Node, tuple[str, ...]] = {}
        self._only: dict[Node, str | None] = {}
        for fact, below in self._reads.items():
            self._found[fact] = self._bit[fact] | self._united(below)

    def _united(self, facts: Iterable[str]) -> int:
        found = 0
        for fact in facts:
            found |= self._found.get(fact) or self._bit[fact]
        return found

    def derived_in(self, fact: str) -> tuple[str, ...]:
        """Return the derived facts that a fact's definition reads itself."""
        return self._derived.get(fact, ())

    def of(self, thing: Node | str) -> int:
        """Return the set of all facts that a node, or a fact, rests on."""
        found = self._found.get(thing)
        if found is None:
            direct = (thing,) if isinstance(thing, str) else facts_of(thing)
            found = self._found[thing] = self._united(direct)
        return found

    def among(self, facts: Iterable[str]) -> int:
        """Return the set of some facts."""
        return sum(self._bit[fact] for fact in set(facts))

    def listed(self, thing: Node) -> tuple[str, ...]:
        """Return all facts that a node rests on, in the order met."""
        found = self._listed.get(thing)
        if found is None:
            found = self._listed[thing] = self.beneath(facts_of(thing))
        return found

    def only(self, thing: Node) -> str | None:
        """Return the one fact that can leave `thing` open, where it is known.

        What rests on one base fact is open only where that fact is: to ask of
        every step between the two would say the same again.
        """
        if thing not in self._only:
            found = self.of(thing)
            one = found and not found & (found - 1)
            fact = self._facts[found.bit_length() - 1] if one else ""
            known = fact and fact not in self._reads and exact_of_exact(thing)
            self._only[thing] = fact if known else None
        return self._only[thing]

    def beneath(self, facts: Iterable[str]) -> tuple[str, ...]:
        """Return facts and all they rest on, in the order met.

        A derived fact comes before what it rests on.
        """
        found: dict[str, None] = {}
        pending = [*facts][::-1]
        while pending:
            fact = pending.pop()
            if fact not in found:
                found[fact] = None
                pending += reversed(self._reads.get(fact, ()))
        return tuple(found)

    def chained(self, facts: Iterable[str]) -> tuple[str, ...]:
        """Return the definitions of a long chain beneath some facts, in their order.

        Whoever follows definitions one within the other takes these first; where
        there are only a few, one beneath the other, that is none.
        """
        some = [*facts]
        if max((self._depth.get(fact, 0) for fact in some), default=0) <= _FEW:
            return ()
        under = frozenset(self.beneath(some))
        return tuple(name for name in self._reads if name in under)


@once
def dependences(program: Program) -> Dependences:
    """Return what rests on what in a program."""
    return Dependences(program)


def facts_beneath(
    program: Program, tiers: Iterable[Tier], when: Condition | None = None
) -> tuple[str, ...]:
    """Return every fact that a condition, and tiers, rest on at any depth."""
    parts = [when, *(part for tier in tiers for part in (tier.guard, tier.amount))]
    read = [fact for part in parts for fact in facts_of(part)]
    return dependences(program).beneath(read)


@once
def tests_beneath(program: Program) -> Mapping[str, tuple[Test, ...]]:
    """Return, by policy, every test that its outcome may rest on."""
    defining = {
        fact: tuple(tests_of(definition))
        for fact, definition in program.definitions.items()
    }

    def tests(condition: Condition) -> Iterator[Test]:
        yield from tests_of(condition)
        for fact in dependences(program).beneath(facts_of(condition)):
            yield from defining.get(fact, ())

    return {p.id: tuple(dict.fromkeys(tests(p.when))) for p in program.policies}


@once
def narrowed_by(program: Program) -> Mapping[str, tuple[Narrowing, ...]]:
    """Return, by policy, what its condition says of the facts its benefit rests on."""
    found: dict[str, tuple[Narrowing, ...]] = {}
    for policy in program.policies:
        read = frozenset(facts_beneath(program, policy.tiers))
        said = narrowings(program, policy.when) if read else ()
        found[policy.id] = tuple(n for n in said if n.fact in read)
    return found
