"""What a condition that holds says of single facts.

A benefit is what a firm gets if it is eligible. Where its condition says
`profit <= 3000000`, the amount is taken over that range and not over
every profit there is.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.possible import NONE, Choice, Interval
from policy_match.ir.conditions import Absent, All, Compare, Holds, Leaf, Not, Within
from policy_match.ir.terms import Const, FactRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.possible import Possible
    from policy_match.ir.conditions import Condition, Test
    from policy_match.ir.program import Program


class Narrowing(NamedTuple):
    """A fact lies within `to`, unless one of some derived facts is given."""

    fact: str
    to: Possible
    unless_given: tuple[str, ...] = ()


def narrowings(program: Program, condition: Condition) -> tuple[Narrowing, ...]:
    """Return what every firm that meets `condition` has in common."""
    return tuple(_narrowings(program, condition, ()))


def _narrowings(
    program: Program, condition: Condition, unless: tuple[str, ...]
) -> Iterator[Narrowing]:
    match condition:
        case All(of=parts):
            for part in parts:
                yield from _narrowings(program, part, unless)
        case Leaf(test=test):
            yield from _of_test(test, unless)
            if isinstance(test, Holds) and test.members == {True}:
                definition = program.definitions.get(test.fact)
                if definition is not None and definition.condition is not None:
                    inner = (*unless, test.fact)
                    yield from _narrowings(program, definition.condition, inner)
        case Not(of=Leaf(test=Holds(fact=fact, members=members))):
            spec = program.facts[fact]
            universe = spec.unknown
            if isinstance(universe, Choice) and universe.members is not None:
                rest = Choice(universe.members - members, universe.absent)
                yield Narrowing(fact, rest, unless)
        case _:
            return


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
