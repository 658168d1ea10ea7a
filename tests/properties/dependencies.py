"""Which facts a condition or a formula can read, whatever their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.ir import terms as t

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from policy_match.ir.program import Program

Node = t.Condition | t.Test | t.Expression


def read_by(
    program: Program, node: Node, given: Collection[str] = ()
) -> frozenset[str]:
    """Return every fact that `node` rests on, derived facts and theirs too.

    What lies beneath a derived fact that is `given` is not read.
    """
    found: set[str] = set()
    rest = list(_direct(node))
    while rest:
        fact = rest.pop()
        if fact not in found:
            found.add(fact)
            if fact not in given:
                rest.extend(directly_beneath(program, fact))
    return frozenset(found)


def beneath(program: Program, fact: str) -> frozenset[str]:
    """Return `fact` and every fact that its definition rests on."""
    return read_by(program, t.FactRef(fact))


def directly_beneath(program: Program, fact: str) -> tuple[str, ...]:
    """Return the facts that the definition of `fact` names."""
    definition = program.definitions.get(fact)
    if definition is None:
        return ()
    node: Node | None = definition.condition or definition.body
    assert node is not None
    return tuple(_direct(node))


def _direct(node: Node) -> Iterator[str]:  # noqa: C901, PLR0912
    match node:
        case t.Leaf(test=test):
            yield from _direct(test)
        case t.Not(of=negated):
            yield from _direct(negated)
        case t.All(of=parts) | t.AnyOf(of=parts):
            for part in parts:
                yield from _direct(part)
        case t.Extreme(of=formulas):
            for formula in formulas:
                yield from _direct(formula)
        case t.Holds(fact=fact) | t.Under(fact=fact) | t.Absent(fact=fact):
            yield fact
        case t.FactRef(fact=fact) | t.Mean(fact=fact) | t.Lookup(fact=fact):
            yield fact
        case t.Compare(left=left, right=right) | t.Arithmetic(left=left, right=right):
            yield from _direct(left)
            yield from _direct(right)
        case t.Within(of=of, low=low, high=high):
            for end in (of, low, high):
                yield from _direct(end)
        case t.Between(low=low, high=high):
            yield from _direct(low)
            yield from _direct(high)
        case t.Brackets(of=of) | t.Moved(of=of):
            yield from _direct(of)
        case t.Cases(branches=branches):
            for branch in branches:
                if branch.guard is not None:
                    yield from _direct(branch.guard)
                yield from _direct(branch.value)
        case t.Switch(fact=fact, arms=arms):
            yield fact
            for _, arm in arms:
                yield from _direct(arm)
        case t.Fixed() | t.Const() | t.Label() | t.Unset():
            return
