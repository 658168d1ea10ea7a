"""What a formula must wait for before it can be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from policy_match.ir.conditions import Absent, Compare, Fixed, Holds, Under, Within
from policy_match.ir.terms import (
    Arithmetic,
    Between,
    Brackets,
    Cases,
    Const,
    Extreme,
    FactRef,
    Label,
    Lookup,
    Mean,
    Switch,
    Unset,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.ir.conditions import Test
    from policy_match.ir.terms import Expression


def needs(formula: Expression) -> Iterator[str | Cases]:
    """Yield the facts and the cases that a formula reads, the nested ones too."""
    match formula:
        case FactRef(fact=fact) | Mean(fact=fact) | Lookup(fact=fact):
            yield fact
        case Switch(fact=fact):
            yield fact
        case Cases():
            yield formula
        case _:
            pass
    for part in parts(formula):
        yield from needs(part)


def cases_in(formula: Expression) -> Iterator[Cases]:
    """Yield every first-match node of a formula."""
    return (need for need in needs(formula) if isinstance(need, Cases))


def parts(formula: Expression) -> tuple[Expression, ...]:
    """Return the formulas that a formula is directly made of."""
    match formula:
        case Arithmetic(left=left, right=right) | Between(low=left, high=right):
            return left, right
        case Extreme(of=several):
            return several
        case Brackets(of=of):
            return (of,)
        case Cases(branches=branches):
            return tuple(branch.value for branch in branches)
        case Switch(arms=arms):
            return tuple(arm for _, arm in arms)
        case Const() | Label() | Unset() | FactRef() | Mean() | Lookup():
            return ()
        case _ as never:
            assert_never(never)


def formulas_of(test: Test) -> tuple[Expression, ...]:
    """Return the formulas that a test compares."""
    match test:
        case Compare(left=left, right=right):
            return left, right
        case Within(of=of, low=low, high=high):
            return of, low, high
        case Holds(fact=fact) | Under(fact=fact) | Absent(fact=fact):
            return (FactRef(fact),)
        case Fixed():
            return ()
        case _ as never:
            assert_never(never)
