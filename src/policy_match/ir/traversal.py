"""The way through the nodes of a program: what a node is made of, and reads.

Every traversal goes over `children`; none descends into what a fact is defined
by, which is `ir/analysis.py`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, assert_never, cast

from policy_match.ir import terms as t
from policy_match.ir.program import Definition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Node = t.Condition | t.Test | t.Expression
"""Whatever a condition or a formula consists of."""
Reader = Node | Definition | None
"""What reads facts: a node, or a definition; None reads none."""


def children(node: Node) -> tuple[Node, ...]:  # noqa: PLR0911  (one case a shape)
    """Return the nodes that a node is directly made of, in the order written."""
    match node:
        case t.Leaf(test=test):
            return (test,)
        case t.Holds() | t.Under() | t.Absent() | t.Fixed():
            return ()
        case t.Const() | t.Label() | t.Unset() | t.FactRef() | t.Mean() | t.Lookup():
            return ()
        case t.All(of=parts) | t.AnyOf(of=parts) | t.Extreme(of=parts):
            return parts
        case t.Not(of=part) | t.Brackets(of=part) | t.Moved(of=part):
            return (part,)
        case t.Compare(left=left, right=right) | t.Arithmetic(left=left, right=right):
            return left, right
        case t.Within(of=of, low=low, high=high):
            return of, low, high
        case t.Between(low=low, high=high):
            return low, high
        case t.Cases(branches=branches):
            pairs = ((branch.guard, branch.value) for branch in branches)
            return tuple(part for pair in pairs for part in pair if part is not None)
        case t.Switch(arms=arms):
            return tuple(arm for _, arm in arms)
        case _ as never:
            assert_never(never)


def walk(
    node: Node | None, into: Callable[[Node], tuple[Node, ...]] = children
) -> Iterator[Node]:
    """Yield a node and all it is made of, each before its parts."""
    pending = [] if node is None else [node]
    while pending:
        found = pending.pop()
        yield found
        pending += reversed(into(found))


# ---- facts


def reads(node: Node) -> tuple[str, ...]:
    """Return the fact that one node reads itself, if it reads one."""
    match node:
        case t.Holds(fact=fact) | t.Under(fact=fact) | t.Absent(fact=fact):
            return (fact,)
        case t.FactRef(fact=fact) | t.Mean(fact=fact) | t.Lookup(fact=fact):
            return (fact,)
        case t.Switch(fact=fact):
            return (fact,)
        case _:
            return ()


def facts_of(thing: Reader) -> Iterator[str]:
    """Yield every fact that a definition, condition or formula reads itself."""
    for root in roots(thing):
        yield from _read_in(root)


@lru_cache(maxsize=1 << 15)
def _read_in(root: Node) -> tuple[str, ...]:
    """Return every fact that is read in a node, as often as it is."""
    return tuple(fact for node in walk(root) for fact in reads(node))


def roots(thing: Reader) -> tuple[Node, ...]:
    """Return the formula and the condition of a definition, or the node itself."""
    if isinstance(thing, Definition):
        return tuple(x for x in (thing.body, thing.condition) if x is not None)
    return () if thing is None else (thing,)


# ---- conditions


def _parts(condition: Node) -> tuple[Node, ...]:
    return () if isinstance(condition, t.Leaf) else children(condition)


@lru_cache(maxsize=4096)
def nodes(condition: t.Condition) -> tuple[t.Condition, ...]:
    """Return every node of the tree, each before its parts."""
    return cast("tuple[t.Condition, ...]", tuple(walk(condition, _parts)))


def leaves(condition: t.Condition) -> Iterator[t.Leaf]:
    """Yield every leaf of the tree, in the order written."""
    return (node for node in nodes(condition) if isinstance(node, t.Leaf))


@lru_cache(maxsize=4096)
def repeats(condition: t.Condition) -> bool:
    """Return whether a test stands in two places of the tree."""
    tests = [leaf.test for leaf in leaves(condition)]
    return len(set(tests)) < len(tests)


def tests_of(thing: Reader) -> Iterator[t.Test]:
    """Yield every test of a condition, or of a definition and its guards."""
    for root in roots(thing):
        for node in walk(root):
            if isinstance(node, t.Leaf):
                yield node.test


# ---- formulas


def operands(formula: Node) -> tuple[t.Expression, ...]:
    """Return the formulas that a formula is made of, without its guards."""
    match formula:
        case t.Cases(branches=branches):
            return tuple(branch.value for branch in branches)
        case t.Leaf() | t.All() | t.AnyOf() | t.Not():
            return ()
        case _:  # whatever else is made of something is made of formulas
            return children(formula)  # type: ignore[return-value]


def formulas(formula: t.Expression | None) -> Iterator[t.Expression]:
    """Yield a formula and the formulas in it, each before its parts."""
    return cast("Iterator[t.Expression]", walk(formula, operands))


def guards(formula: t.Expression | None) -> Iterator[t.Condition]:
    """Yield every condition that chooses between the cases of a formula."""
    for node in formulas(formula):
        if isinstance(node, t.Cases):
            yield from (b.guard for b in node.branches if b.guard is not None)


@lru_cache(maxsize=4096)
def unset_in(formula: t.Expression) -> bool:
    """Return whether a formula rests on a parameter that no document fixes."""
    return any(isinstance(node, t.Unset) for node in formulas(formula))


def exact_of_exact(thing: Node) -> bool:
    """Return whether `thing` is settled wherever its facts are.

    An amount that an authority chooses is not; of cases nothing is said.
    """
    chosen = t.Between | t.Cases | t.Switch
    return not any(isinstance(node, chosen) for node in walk(thing))
