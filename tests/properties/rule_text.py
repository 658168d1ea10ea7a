"""Random nodes in the words of the rule language: their canonical texts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from policy_match.ir import terms as t

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.ir.program import Program


def number(value: object) -> str:
    """Return an exact number as a rulebook writes it."""
    exact = Fraction(str(value))
    if exact.denominator == 1:
        return str(exact.numerator)
    scaled = exact * 10**4
    assert scaled.denominator == 1, value
    return f"{float(exact)!r}"


def day(ordinal: object) -> str:
    """Return a day as a rulebook writes it."""
    return date.fromordinal(int(str(ordinal))).isoformat()


def formula(node: t.Expression) -> str:  # noqa: PLR0911
    """Return a formula without cases as one line of the rule language."""
    match node:
        case t.Const() | t.Unset():
            return node.text if isinstance(node, t.Const) else f"${node.use.name}"
        case t.FactRef(fact=fact):
            return fact
        case t.Arithmetic(operator=operator, left=left, right=right):
            return f"({formula(left)} {operator} {formula(right)})"
        case t.Moved(of=of, count=count, unit=unit):
            sign = "-" if count < 0 else "+"
            return f"({formula(of)} {sign} {abs(count)} {unit}s)"
        case t.Extreme(kind=kind, of=of):
            return f"{kind}({', '.join(map(formula, of))})"
        case t.Mean(fact=fact):
            return f"mean({fact})"
        case t.Brackets(of=of, uses=uses):
            return f"brackets({formula(of)}, ${uses[0].name})"
        case t.Between(low=low, high=high):
            return f"between({formula(low)}, {formula(high)})"
        case t.Label(member=member):
            return str(member)
        case t.Cases(branches=branches):
            return f"[{'; '.join(map(_case, branches))}]"
        case t.Switch(fact=fact, arms=arms):
            rows = (f"{member}: {formula(arm)}" for member, arm in arms)
            return f"by {fact} {{{', '.join(rows)}}}"
        case t.Lookup(fact=fact, rows=rows_):
            return f"match {fact} {dict(rows_)}"
        case _ as never:
            assert_never(never)


def condition(node: t.Condition) -> str:
    """Return a condition as one line of the rule language."""
    match node:
        case t.Leaf(test=test):
            return test.text
        case t.Not(of=of):
            return f"not {condition(of)}"
        case t.All(of=of):
            return f"({' and '.join(map(condition, of))})"
        case t.AnyOf(of=of):
            return f"({' or '.join(map(condition, of))})"
        case _ as never:
            assert_never(never)


def _case(case: t.Case) -> str:
    guard = "else" if case.guard is None else f"if {condition(case.guard)}"
    return f"{guard}: {formula(case.value)}"


def listing(program: Program) -> Iterator[str]:
    """Yield a program as lines for people: what a failing example shows."""
    for fact, definition in program.definitions.items():
        said = definition.condition
        body = condition(said) if said else formula(definition.body)  # type: ignore[arg-type]
        yield f"  {fact} := {body}"
    for policy in program.policies:
        yield f"  {policy.id} ({policy.form}) when {condition(policy.when)}"
        for tier in policy.tiers:
            guard = "" if tier.guard is None else f" if {condition(tier.guard)}"
            amount = "" if tier.amount is None else formula(tier.amount)
            yield f"    {tier.name or 'amount'}{guard}: {amount}"
    for group in program.groups:
        yield f"  at most one of {', '.join(group.policies)}"
    for cap in program.caps:
        yield f"  together {', '.join(cap.policies)} at most {formula(cap.limit)}"
    for form, rate in program.worth.items():
        yield f"  {form} is worth {formula(rate.value)}"
