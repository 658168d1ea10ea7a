"""What a node means, as one text: figures by their values, not by their names.

Two nodes with the same text mean the same on the two days or in the two
rulebooks that are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from policy_match.ir import terms as t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.domain.facts import FactSpec
    from policy_match.ir.program import Definition, Tier


def condition(node: t.Condition) -> str:
    """Return what a condition means: the order of its parts is no part of that."""
    match node:
        case t.Leaf(test=test):
            return of_test(test)
        case t.All() | t.AnyOf():
            kind = "all" if isinstance(node, t.All) else "any"
            return f"{kind}({_listed(sorted(set(_flat(node, type(node)))))})"
        case t.Not(of=part):
            return f"not({condition(part)})"


def _flat(node: t.Condition, kind: type[t.All | t.AnyOf]) -> Iterator[str]:
    """Yield the parts of a list; one within one of its kind is one list."""
    if isinstance(node, kind):
        for part in node.of:
            yield from _flat(part, kind)
    else:
        yield condition(node)


def of_test(test: t.Test) -> str:
    """Return what a leaf means."""
    match test:
        case t.Compare(operator=operator, left=left, right=right):
            return f"{formula(left)} {operator} {formula(right)}"
        case t.Holds(fact=fact, members=members):
            return f"{fact} in {sorted(map(str, members))}"
        case t.Under(fact=fact, codes=codes):
            return f"{fact} under {sorted(codes)}"
        case t.Within(of=of, low=low, high=high):
            return f"{formula(of)} within {formula(low)}..{formula(high)}"
        case t.Absent(fact=fact):
            return f"{fact} = none"
        case t.Fixed(holds=holds):
            return str(holds)
        case _ as never:
            assert_never(never)


def formula(  # noqa: C901, PLR0911, PLR0912  (one case a node)
    node: t.Expression | None,
) -> str:
    """Return what a formula means."""
    match node:
        case None:
            return "-"
        case t.Const(value=value, text=text, term=term):
            # A day counted from the day asked for moves with it and means the same.
            return text if term else str(value)
        case t.Label(member=member):
            return f"`{member}`"
        case t.Unset():
            return "unset"
        case t.FactRef(fact=fact):
            return fact
        case t.Mean(fact=fact):
            return f"mean({fact})"
        case t.Arithmetic(operator=operator, left=left, right=right):
            return f"({formula(left)} {operator} {formula(right)})"
        case t.Moved(of=of, count=count, unit=unit):
            return f"({formula(of)} {count:+} {unit})"
        case t.Extreme(kind=kind, of=of):
            return f"{kind}({_listed(map(formula, of))})"
        case t.Brackets(of=of, bands=bands):
            steps = _listed(f"{band.upto}:{band.rate}" for band in bands)
            return f"brackets({formula(of)}; {steps})"
        case t.Between(low=low, high=high):
            return f"between({formula(low)}, {formula(high)})"
        case t.Cases(branches=branches):
            return f"cases({_listed(map(_case, branches))})"
        case t.Switch(fact=fact, arms=arms):
            rows = _listed(f"{member}: {formula(arm)}" for member, arm in sorted(arms))
            return f"switch {fact} ({rows})"
        case t.Lookup(fact=fact, rows=rows_):
            return f"lookup {fact} ({_listed(f'{a}: {b}' for a, b in sorted(rows_))})"
        case _ as never:
            assert_never(never)


def _case(case: t.Case) -> str:
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
        f"{spec.settled_by} {spec.changeable} {sorted(spec.lasting)} "
        f"{spec.elected} {spec.event} "
        f"{spec.format} {spec.system} {spec.derived}"
    )


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)
