"""What a node means, as one text: figures by their values, not by their names.

Two nodes with the same text mean the same on the two days or in the two
rulebooks that are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from policy_match.ir import conditions as c
from policy_match.ir import terms as e

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.domain.facts import FactSpec
    from policy_match.ir.program import Definition, Tier


def condition(node: c.Condition) -> str:
    """Return what a condition means."""
    match node:
        case c.Leaf(test=test):
            return of_test(test)
        case c.All(of=parts):
            return f"all({_listed(map(condition, parts))})"
        case c.AnyOf(of=parts):
            return f"any({_listed(map(condition, parts))})"
        case c.Not(of=part):
            return f"not({condition(part)})"


def of_test(test: c.Test) -> str:
    """Return what a leaf means."""
    match test:
        case c.Compare(operator=operator, left=left, right=right):
            return f"{formula(left)} {operator} {formula(right)}"
        case c.Holds(fact=fact, members=members):
            return f"{fact} in {sorted(map(str, members))}"
        case c.Under(fact=fact, codes=codes):
            return f"{fact} under {sorted(codes)}"
        case c.Within(of=of, low=low, high=high):
            return f"{formula(of)} within {formula(low)}..{formula(high)}"
        case c.Absent(fact=fact):
            return f"{fact} = none"
        case c.Fixed(holds=holds):
            return str(holds)
        case _ as never:
            assert_never(never)


def formula(node: e.Expression | None) -> str:  # noqa: PLR0911  (one case a node)
    """Return what a formula means."""
    match node:
        case None:
            return "-"
        case e.Const(value=value, text=text):
            # A day counted from the day asked for moves with it and means the same.
            return text if text.startswith("on") else str(value)
        case e.Label(member=member):
            return f"`{member}`"
        case e.Unset():
            return "unset"
        case e.FactRef(fact=fact):
            return fact
        case e.Mean(fact=fact):
            return f"mean({fact})"
        case e.Arithmetic(operator=operator, left=left, right=right):
            return f"({formula(left)} {operator} {formula(right)})"
        case e.Extreme(kind=kind, of=of):
            return f"{kind}({_listed(map(formula, of))})"
        case e.Brackets(of=of, bands=bands):
            steps = _listed(f"{band.upto}:{band.rate}" for band in bands)
            return f"brackets({formula(of)}; {steps})"
        case e.Between(low=low, high=high):
            return f"between({formula(low)}, {formula(high)})"
        case e.Cases(branches=branches):
            return f"cases({_listed(map(_case, branches))})"
        case e.Switch(fact=fact, arms=arms):
            rows = _listed(f"{member}: {formula(arm)}" for member, arm in sorted(arms))
            return f"switch {fact} ({rows})"
        case e.Lookup(fact=fact, rows=rows_):
            return f"lookup {fact} ({_listed(f'{a}: {b}' for a, b in sorted(rows_))})"
        case _ as never:
            assert_never(never)


def _case(case: e.Case) -> str:
    guard = "else" if case.guard is None else condition(case.guard)
    return f"{guard} -> {formula(case.value)}"


def tiers(found: Iterable[Tier]) -> str:
    """Return what amounts mean, tier by tier."""
    return _listed(
        f"{tier.name}[{'else' if tier.guard is None else condition(tier.guard)}]"
        f" {formula(tier.amount)}"
        for tier in found
    )


def definition(found: Definition) -> str:
    """Return what a derived fact means."""
    if found.condition is not None:
        return condition(found.condition)
    return formula(found.body)


def fact(spec: FactSpec) -> str:
    """Return what may be said of a fact, but for its words."""
    members = sorted(spec.members)
    return (
        f"{spec.type} {spec.low}..{spec.high} {members} {spec.may_be_none} "
        f"{spec.settled_by} {spec.changeable} {spec.elected} {spec.event} "
        f"{spec.format} {spec.system} {spec.derived}"
    )


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)
