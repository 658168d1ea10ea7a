"""Why: the tree of truths, and the leaves that settle an outcome.

Both are read off truths that some backend has found; nothing is evaluated
here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from policy_match.domain.truth import FALSE, TRUE, Truth, negation
from policy_match.ir.terms import All, AnyOf, Leaf, Not
from policy_match.ir.traversal import leaves, nodes, repeats
from policy_match.semantics.outcome import Evidence

if TYPE_CHECKING:
    from policy_match.ir.terms import Condition, Test
    from policy_match.semantics.one_firm import Evaluation


Leaves = Sequence[Leaf]
Truths = Mapping["Condition", Truth]
"""How each node of one tree stands."""


# ---- evidence


def evidence(verdicts: Evaluation, condition: Condition) -> Evidence:
    """Return the tree of truths, with the decisive leaves marked."""
    return explained(condition, standing(verdicts, condition))


def standing(verdicts: Evaluation, condition: Condition) -> tuple[Truth, ...]:
    """Return the truth of each node of the tree, in the order of `nodes`."""
    return tuple(map(verdicts.truth, nodes(condition)))


@lru_cache(maxsize=1 << 12)
def explained(condition: Condition, truths: tuple[Truth, ...]) -> Evidence:
    """Return the evidence where the nodes of the tree have these truths.

    They alone explain it, whoever the firm is: firms that stand alike share
    one explanation.
    """
    held = dict(zip(nodes(condition), truths, strict=True))
    return _tree(held, condition, _decisive(held, condition))


def _tree(held: Truths, condition: Condition, marked: set[Leaf]) -> Evidence:
    truth = held[condition]
    match condition:
        case Leaf():
            return Evidence(condition, truth, condition in marked)
        case Not(of=part):
            return Evidence(condition, truth, of=(_tree(held, part, marked),))
        case All(of=parts) | AnyOf(of=parts):
            trees = tuple(_tree(held, part, marked) for part in parts)
            return Evidence(condition, truth, of=trees)
        case _ as never:
            assert_never(never)


def decisive_leaves(verdicts: Evaluation, condition: Condition) -> set[Leaf]:
    """Return leaves that settle the truth, whatever the others become.

    No leaf of the set can be left out. Of several such sets, one with few
    leaves is taken, the first written where they tie.
    """
    return _decisive(_held(verdicts, condition), condition)


def _held(verdicts: Evaluation, condition: Condition) -> Truths:
    return {node: verdicts.truth(node) for node in nodes(condition)}


def _decisive(held: Truths, condition: Condition) -> set[Leaf]:
    truth = held[condition]
    # What keeps it from falling, and what keeps it from rising. Each set is free
    # of idle leaves; only their union, or a test in two places, may have some.
    below: set[Leaf] = set()
    above: set[Leaf] = set()
    if truth is not FALSE:
        below = set(_at_least(held, condition, truth))
    if truth is not TRUE:
        above = set(_at_most(held, condition, truth))
    marked = below | above
    if len(marked) in {len(below), len(above)} and not repeats(condition):
        return marked
    return _irredundant(held, condition, marked)


def _at_least(held: Truths, condition: Condition, least: Truth) -> Leaves:
    match condition:
        case Leaf():
            return (condition,)
        case Not(of=part):
            return _at_most(held, part, negation(least))
        case All(of=parts):
            return [leaf for x in parts for leaf in _at_least(held, x, least)]
        case AnyOf(of=parts):
            able = (x for x in parts if held[x] >= least)
            return min((_at_least(held, x, least) for x in able), key=len)
        case _ as never:
            assert_never(never)


def _at_most(held: Truths, condition: Condition, most: Truth) -> Leaves:
    match condition:
        case Leaf():
            return (condition,)
        case Not(of=part):
            return _at_least(held, part, negation(most))
        case All(of=parts):
            able = (x for x in parts if held[x] <= most)
            return min((_at_most(held, x, most) for x in able), key=len)
        case AnyOf(of=parts):
            return [leaf for x in parts for leaf in _at_most(held, x, most)]
        case _ as never:
            assert_never(never)


def _irredundant(held: Truths, condition: Condition, marked: set[Leaf]) -> set[Leaf]:
    kept = set(marked)
    for leaf in leaves(condition):
        fewer = kept - {leaf}
        if leaf in kept and _settle(held, condition, fewer):
            kept = fewer
    return kept


def settles(verdicts: Evaluation, condition: Condition, leaves_held: set[Leaf]) -> bool:
    """Return whether the leaves held alone settle the truth of the tree.

    All other leaves may take any truth, those with the same test as a held
    leaf excepted.
    """
    return _settle(_held(verdicts, condition), condition, leaves_held)


def _settle(held: Truths, condition: Condition, few: set[Leaf]) -> bool:
    tests = {leaf.test for leaf in few}
    low, high = _bounds(held, condition, tests)
    return low == high


def _bounds(
    held: Truths, condition: Condition, tests: set[Test]
) -> tuple[Truth, Truth]:
    match condition:
        case Leaf(test=test):
            if test in tests:
                return held[condition], held[condition]
            return FALSE, TRUE
        case Not(of=part):
            low, high = _bounds(held, part, tests)
            return negation(high), negation(low)
        case All(of=parts):
            ends = [_bounds(held, part, tests) for part in parts]
            return min(e[0] for e in ends), min(e[1] for e in ends)
        case AnyOf(of=parts):
            ends = [_bounds(held, part, tests) for part in parts]
            return max(e[0] for e in ends), max(e[1] for e in ends)
        case _ as never:
            assert_never(never)
