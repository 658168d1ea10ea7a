"""Why: the tree of truths, and the leaves that settle an outcome.

Both are read off truths that some backend has found; nothing is evaluated
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, assert_never

from policy_match.domain.truth import FALSE, TRUE, Truth, negation
from policy_match.ir.conditions import (
    All,
    AnyOf,
    Leaf,
    Not,
    leaves,
    repeats,
)
from policy_match.outcome import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.possible import Interval, Possible
    from policy_match.ir.conditions import Condition, Test
    from policy_match.ir.expressions import Expression
    from policy_match.ir.narrowing import Narrowing
    from policy_match.ir.program import Policy, Program


Leaves = Sequence[Leaf]


class Verdicts(Protocol):
    """What a backend has found of one firm."""

    program: Program
    given: Mapping[str, Possible]

    def value(self, fact: str) -> Possible:
        """Return what is possible of a fact."""

    def truth(self, condition: Condition) -> Truth:
        """Return how a condition stands."""

    def evaluate(self, expression: Expression) -> Possible:
        """Return what is possible of a formula."""

    def tiers(self, policy: Policy) -> tuple[int, ...]:
        """Return the positions of the tiers still possible."""

    def amount(self, policy: Policy) -> Interval | None:
        """Return the unrounded amount, None where no document fixes it."""

    def narrowed(self, narrowings: tuple[Narrowing, ...]) -> Verdicts:
        """Return the verdicts where some facts are narrowed."""


# ---- evidence


def evidence(verdicts: Verdicts, condition: Condition) -> Evidence:
    """Return the tree of truths, with the decisive leaves marked."""
    return _tree(verdicts, condition, decisive_leaves(verdicts, condition))


def _tree(verdicts: Verdicts, condition: Condition, marked: set[Leaf]) -> Evidence:
    truth = verdicts.truth(condition)
    match condition:
        case Leaf():
            return Evidence(condition, truth, condition in marked)
        case Not(of=part):
            return Evidence(condition, truth, of=(_tree(verdicts, part, marked),))
        case All(of=parts) | AnyOf(of=parts):
            trees = tuple(_tree(verdicts, part, marked) for part in parts)
            return Evidence(condition, truth, of=trees)
        case _ as never:
            assert_never(never)


def decisive_leaves(verdicts: Verdicts, condition: Condition) -> set[Leaf]:
    """Return leaves that settle the truth, whatever the others become.

    No leaf of the set can be left out. Of several such sets, one with few
    leaves is taken, the first written where they tie.
    """
    truth = verdicts.truth(condition)
    # What keeps it from falling, and what keeps it from rising. Each set is free
    # of idle leaves; only their union, or a test in two places, may have some.
    below: set[Leaf] = set()
    above: set[Leaf] = set()
    if truth is not FALSE:
        below = set(_at_least(verdicts, condition, truth))
    if truth is not TRUE:
        above = set(_at_most(verdicts, condition, truth))
    marked = below | above
    if len(marked) in {len(below), len(above)} and not repeats(condition):
        return marked
    return _irredundant(verdicts, condition, marked)


def _at_least(verdicts: Verdicts, condition: Condition, least: Truth) -> Leaves:
    match condition:
        case Leaf():
            return (condition,)
        case Not(of=part):
            return _at_most(verdicts, part, negation(least))
        case All(of=parts):
            return [leaf for x in parts for leaf in _at_least(verdicts, x, least)]
        case AnyOf(of=parts):
            able = (x for x in parts if verdicts.truth(x) >= least)
            return min((_at_least(verdicts, x, least) for x in able), key=len)
        case _ as never:
            assert_never(never)


def _at_most(verdicts: Verdicts, condition: Condition, most: Truth) -> Leaves:
    match condition:
        case Leaf():
            return (condition,)
        case Not(of=part):
            return _at_least(verdicts, part, negation(most))
        case All(of=parts):
            able = (x for x in parts if verdicts.truth(x) <= most)
            return min((_at_most(verdicts, x, most) for x in able), key=len)
        case AnyOf(of=parts):
            return [leaf for x in parts for leaf in _at_most(verdicts, x, most)]
        case _ as never:
            assert_never(never)


def _irredundant(
    verdicts: Verdicts, condition: Condition, marked: set[Leaf]
) -> set[Leaf]:
    kept = set(marked)
    for leaf in leaves(condition):
        fewer = kept - {leaf}
        if leaf in kept and settles(verdicts, condition, fewer):
            kept = fewer
    return kept


def settles(verdicts: Verdicts, condition: Condition, held: set[Leaf]) -> bool:
    """Return whether the held leaves alone settle the truth of the tree.

    All other leaves may take any truth, those with the same test as a held
    leaf excepted.
    """
    tests = {leaf.test for leaf in held}
    low, high = _bounds(verdicts, condition, tests)
    return low == high


def _bounds(
    verdicts: Verdicts, condition: Condition, held: set[Test]
) -> tuple[Truth, Truth]:
    match condition:
        case Leaf(test=test):
            if test in held:
                return verdicts.truth(condition), verdicts.truth(condition)
            return FALSE, TRUE
        case Not(of=part):
            low, high = _bounds(verdicts, part, held)
            return negation(high), negation(low)
        case All(of=parts):
            ends = [_bounds(verdicts, part, held) for part in parts]
            return min(e[0] for e in ends), min(e[1] for e in ends)
        case AnyOf(of=parts):
            ends = [_bounds(verdicts, part, held) for part in parts]
            return max(e[0] for e in ends), max(e[1] for e in ends)
        case _ as never:
            assert_never(never)
