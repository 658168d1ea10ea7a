"""A program with other conditions and formulas, the rest of it as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, assert_never

from policy_match.domain.frozen import dataclass
from policy_match.ir import terms as t

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from policy_match.ir.program import (
        Basis,
        Cap,
        Definition,
        Due,
        Plausibility,
        Policy,
        Program,
        Rate,
        Tier,
    )
    from policy_match.ir.terms import Condition, Expression
    from policy_match.ir.traversal import Node

_T = TypeVar("_T")


def _same(one: _T) -> _T:
    return one


@dataclass(frozen=True)
class Rewriting:
    """What becomes of each condition and formula that stands by itself in a program.

    `decisive` takes the conditions on which an outcome rests: those of policies, of
    their tiers and of definitions; `condition` takes all others. What comes back as
    it was leaves whatever it stands in as it was.
    """

    decisive: Callable[[Condition], Condition] = _same
    condition: Callable[[Condition], Condition] = _same
    formula: Callable[[Expression], Expression] = _same

    def of(self, program: Program) -> Program:
        """Return the program rewritten; the very same where nothing changes."""
        return changed(
            program,
            policies=each(self.policy, program.policies),
            definitions=_mapped(self.definition, program.definitions),
            caps=each(self.cap, program.caps),
            worth=_mapped(self.worth, program.worth),
            plausibility=each(self.plausibility, program.plausibility),
        )

    def policy(self, policy: Policy) -> Policy:
        """Return a policy rewritten."""
        return changed(
            policy,
            when=self.decisive(policy.when),
            tiers=each(self.tier, policy.tiers),
            basis=each(self.basis, policy.basis),
        )

    def tier(self, tier: Tier) -> Tier:
        """Return a tier rewritten."""
        guard = tier.guard and self.decisive(tier.guard)
        return changed(
            tier, guard=guard, amount=tier.amount and self.formula(tier.amount)
        )

    def basis(self, basis: Basis) -> Basis:
        """Return what grants a policy rewritten."""
        return changed(basis, guard=basis.guard and self.condition(basis.guard))

    def definition(self, definition: Definition) -> Definition:
        """Return a definition rewritten."""
        body, condition = definition.body, definition.condition
        return changed(
            definition,
            body=body and self.formula(body),
            condition=condition and self.decisive(condition),
        )

    def cap(self, cap: Cap) -> Cap:
        """Return a limit rewritten."""
        return changed(cap, limit=self.formula(cap.limit))

    def worth(self, worth: Rate | Due) -> Rate | Due:
        """Return what a form is worth rewritten."""
        return changed(worth, value=self.formula(worth.value))

    def plausibility(self, check: Plausibility) -> Plausibility:
        """Return a check of plausibility rewritten."""
        return changed(check, condition=self.condition(check.condition))


def parts_of(program: Program) -> Iterator[Condition | Expression]:
    """Yield every condition and formula that stands by itself in a program."""
    found: list[Condition | Expression] = []

    def seen(part: Any) -> Any:  # noqa: ANN401  (a condition or a formula)
        found.append(part)
        return part

    Rewriting(seen, seen, seen).of(program)
    yield from found


# ---- one node, one object, some objects


def rebuilt(node: Node, change: Callable[[Any], Any]) -> Node:  # noqa: PLR0911
    """Return a node of which `change` was made of each of its `children`."""
    match node:
        case t.All(of=parts) | t.AnyOf(of=parts) | t.Extreme(of=parts):
            return changed(node, of=each(change, parts))
        case t.Not(of=part) | t.Brackets(of=part) | t.Moved(of=part):
            return changed(node, of=change(part))
        case t.Leaf(test=test):
            return changed(node, test=change(test))
        case t.Compare(left=left, right=right) | t.Arithmetic(left=left, right=right):
            return changed(node, left=change(left), right=change(right))
        case t.Within(of=of, low=low, high=high):
            return changed(node, of=change(of), low=change(low), high=change(high))
        case t.Between(low=low, high=high):
            return changed(node, low=change(low), high=change(high))
        case t.Cases(branches=branches):
            return changed(
                node, branches=each(lambda one: _case(one, change), branches)
            )
        case t.Switch(arms=arms):
            made = tuple((name, change(arm)) for name, arm in arms)
            same = all(a is b for (_, a), (_, b) in zip(made, arms, strict=True))
            return node if same else t.Switch(node.fact, made)
        case t.Holds() | t.Under() | t.Absent() | t.Fixed():
            return node
        case t.Const() | t.Label() | t.Unset() | t.FactRef() | t.Mean() | t.Lookup():
            return node
        case _ as never:
            assert_never(never)


def _case(case: t.Case, change: Callable[[Any], Any]) -> t.Case:
    guard = case.guard and change(case.guard)
    return changed(case, guard=guard, value=change(case.value))


def changed(one: _T, **changed: object) -> _T:
    """Return an object with some fields changed; the same where none is."""
    if all(getattr(one, name) is value for name, value in changed.items()):
        return one
    return replace(one, **changed)  # type: ignore[type-var]


def each(change: Callable[[_T], _T], some: tuple[_T, ...]) -> tuple[_T, ...]:
    """Return what becomes of some objects; the very same where none changes."""
    found = tuple(map(change, some))
    return found if _differ(found, some) else some


def _mapped(change: Callable[[_T], _T], some: Any) -> Any:  # noqa: ANN401  (a mapping)
    found = {name: change(one) for name, one in some.items()}
    return found if _differ(found.values(), some.values()) else some


def _differ(one: Iterable[object], other: Iterable[object]) -> bool:
    return any(a is not b for a, b in zip(one, other, strict=True))
