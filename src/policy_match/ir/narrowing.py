"""What a condition that holds says of single facts.

A benefit is what a firm gets if it is eligible. Where its condition says
`profit <= 3000000`, the amount is taken over that range and not over
every profit there is.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.possible import NONE, Choice, Interval
from policy_match.ir.terms import (
    Absent,
    All,
    Compare,
    Const,
    FactRef,
    Holds,
    Leaf,
    Not,
    Within,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Condition, Test

_DEEPEST = 50
"""Definitions followed one below the other; what lies deeper narrows nothing."""
_MOST_WAYS = 8
"""Ways by which one definition is reached that are followed."""


class Narrowing(NamedTuple):
    """A fact lies within `to`, unless one of some derived facts is given."""

    fact: str
    to: Possible
    unless_given: tuple[str, ...] = ()


def narrowings(program: Program, condition: Condition) -> tuple[Narrowing, ...]:
    """Return what every firm that meets `condition` has in common.

    To leave some of it out is no error: an amount is then taken over more.
    """
    return tuple(_narrowings(program, condition))


def _narrowings(program: Program, condition: Condition) -> Iterator[Narrowing]:
    ways: dict[str, list[frozenset[str]]] = {}
    pending: list[tuple[Condition, tuple[str, ...]]] = [(condition, ())]
    while pending:
        found, unless = pending.pop()
        match found:
            case All(of=parts):
                pending += [(part, unless) for part in reversed(parts)]
            case Leaf(test=test):
                yield from _of_test(test, unless)
                if isinstance(test, Holds) and test.members == {True}:
                    definition = program.definitions.get(test.fact)
                    inner = (*unless, test.fact)
                    if definition and definition.condition and _is_new(ways, inner):
                        pending.append((definition.condition, inner))
            case Not(of=Leaf(test=Holds(fact=fact, members=members))):
                universe = program.facts[fact].unknown
                if isinstance(universe, Choice) and universe.members is not None:
                    rest = Choice(universe.members - members, universe.absent)
                    yield Narrowing(fact, rest, unless)
            case _:
                continue


def _is_new(ways: dict[str, list[frozenset[str]]], way: tuple[str, ...]) -> bool:
    """Return whether a way to its last definition is worth following.

    It is not where another leads there by some of the same facts only.
    """
    if len(way) > _DEEPEST:
        return False
    known, facts = ways.setdefault(way[-1], []), frozenset(way)
    if len(known) == _MOST_WAYS or any(other <= facts for other in known):
        return False
    known.append(facts)
    return True


def _of_test(test: Test, unless: tuple[str, ...]) -> Iterator[Narrowing]:
    match test:
        case Holds(fact=fact, members=members):
            yield Narrowing(fact, Choice(members), unless)
        case Absent(fact=fact):
            yield Narrowing(fact, NONE, unless)
        case Within(
            of=FactRef(fact=fact), low=Const(value=low), high=Const(value=high)
        ):
            yield Narrowing(fact, Interval(low, high), unless)
        case Compare(operator=op, left=FactRef(fact=fact), right=Const(value=bound)):
            low = -inf if op in {"<", "<="} else bound
            high = inf if op in {">", ">="} else bound
            yield Narrowing(fact, Interval(low, high), unless)
        case Compare(operator=op, left=Const(value=bound), right=FactRef(fact=fact)):
            low = -inf if op in {">", ">="} else bound
            high = inf if op in {"<", "<="} else bound
            yield Narrowing(fact, Interval(low, high), unless)
        case _:
            return
