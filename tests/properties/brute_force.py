"""What settles a tree of evidence, found by trying every other truth.

Works on evidence alone, so that it judges any backend's.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth
from policy_match.ir.terms import All, Leaf, Not

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.semantics.outcome import Evidence

LEAVES = 6
LIMIT = 3**LEAVES
"""As many assignments are tried at most."""


def leaves(tree: Evidence) -> list[Evidence]:
    """Return the evidence of every leaf, in the order written."""
    if isinstance(tree.condition, Leaf):
        return [tree]
    return [leaf for part in tree.of for leaf in leaves(part)]


def recombined(tree: Evidence, truths: Iterator[Truth]) -> Truth:
    """Return the truth of the tree with these truths at its leaves, in order."""
    if isinstance(tree.condition, Leaf):
        return next(truths)
    parts = [recombined(part, truths) for part in tree.of]
    if isinstance(tree.condition, Not):
        return {TRUE: FALSE, UNKNOWN: UNKNOWN, FALSE: TRUE}[parts[0]]
    wins = FALSE if isinstance(tree.condition, All) else TRUE
    if wins in parts:
        return wins
    return UNKNOWN if UNKNOWN in parts else {FALSE: TRUE, TRUE: FALSE}[wins]


def outcomes(tree: Evidence, held: Iterable[Evidence]) -> Iterator[Truth]:
    """Yield the truth of the tree under each assignment to the other leaves.

    A leaf with the same test as a held one is held as well.
    """
    tests = {id(_test(leaf)) for leaf in held}
    options = [
        (leaf.truth,) if id(_test(leaf)) in tests else (FALSE, TRUE, UNKNOWN)
        for leaf in leaves(tree)
    ]
    for truths in islice(product(*options), LIMIT):
        yield recombined(tree, iter(truths))


def tractable(tree: Evidence) -> bool:
    """Return whether every assignment can be tried."""
    return len(leaves(tree)) <= LEAVES


def _test(leaf: Evidence) -> object:
    assert isinstance(leaf.condition, Leaf)
    return leaf.condition.test


def unsettling(tree: Evidence) -> Iterator[str]:
    """Yield why the decisive leaves do not settle the tree, or are too many."""
    held = [leaf for leaf in leaves(tree) if leaf.decisive]
    if any(truth is not tree.truth for truth in outcomes(tree, held)):
        yield f"{_names(held)} do not settle it"
    for leaf in held:
        fewer = [other for other in held if other is not leaf]
        if all(truth is tree.truth for truth in outcomes(tree, fewer)):
            yield f"{_names([leaf])} can be left out"


def failed(tree: Evidence, *, upright: bool = True) -> Iterator[Evidence]:
    """Yield decisive leaves that fail: false, or true below a `not`."""
    if isinstance(tree.condition, Leaf):
        if tree.decisive and tree.truth is (FALSE if upright else TRUE):
            yield tree
        return
    turned = upright is not isinstance(tree.condition, Not)
    for part in tree.of:
        yield from failed(part, upright=turned)


def _names(held: Iterable[Evidence]) -> list[str]:
    return [f"{leaf.condition.test.text} ({leaf.truth.word})" for leaf in held]  # type: ignore[union-attr]
