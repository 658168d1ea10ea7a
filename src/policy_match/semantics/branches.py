"""The parts of a formula that count for one firm: the branches still possible."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from policy_match.domain.truth import FALSE, TRUE
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
    Moved,
    Switch,
    Unset,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.ir.terms import Condition, Expression, ParameterUse
    from policy_match.semantics.one_firm import Evaluation


def own_uses(node: Expression | Condition) -> tuple[ParameterUse, ...]:
    """Return the parameters that one node takes itself."""
    match node:
        case Const(uses=uses) | Brackets(uses=uses):
            return uses
        case Unset(use=use):
            return (use,)
        case _:
            return ()


def distinct(uses: Iterable[ParameterUse]) -> tuple[ParameterUse, ...]:
    """Return each parameter once; those of two windows are two."""
    return tuple({(use.name, use.start): use for use in uses}.values())


def taken(
    verdicts: Evaluation, expression: Expression
) -> Iterator[Expression | Condition]:
    """Yield a formula's nodes, and the guards tried, on the branches possible."""
    yield expression
    match expression:
        case Arithmetic(left=left, right=right) | Between(low=left, high=right):
            yield from taken(verdicts, left)
            yield from taken(verdicts, right)
        case Extreme(of=parts):
            for part in parts:
                yield from taken(verdicts, part)
        case Brackets(of=of) | Moved(of=of):
            yield from taken(verdicts, of)
        case Cases(branches=branches):
            for branch in branches:
                truth = TRUE if branch.guard is None else verdicts.truth(branch.guard)
                if branch.guard is not None:
                    yield branch.guard
                if truth is not FALSE:
                    yield from taken(verdicts, branch.value)
                if truth is TRUE:
                    break
        case Switch(fact=fact, arms=arms):
            on = verdicts.value(fact)
            members = getattr(on, "members", None)
            for member, arm in arms:
                if members is None or member in members:
                    yield from taken(verdicts, arm)
        case Const() | Label() | Unset() | FactRef() | Mean() | Lookup():
            return
        case _ as never:
            assert_never(never)
