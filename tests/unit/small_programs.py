"""Programs written out node by node, for tests of backends."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import count
from typing import TYPE_CHECKING

from policy_match.domain.claims import Claim
from policy_match.domain.codes import CodeSystem
from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.texts import NO_TEXT, Window
from policy_match.ir.program import (
    About,
    Definition,
    Group,
    Policy,
    Program,
    Tier,
)
from policy_match.ir.terms import (
    Compare,
    Const,
    FactRef,
    Holds,
    Leaf,
    ParameterUse,
    Unset,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.domain.incentives import Form
    from policy_match.domain.possible import Number
    from policy_match.ir.terms import Comparison, Condition, Expression

DAY = date(2022, 12, 31)
SYSTEM = CodeSystem("listed", {"A": ("A01", "A02"), "C": ("C13", "C14")})

_CLAIM = Claim()
_ABOUT = About(
    NO_TEXT, NO_TEXT, "tax", "", (), "", "", _CLAIM, (), None, None, (Window(),)
)
_numbers = count()


def const(value: Number) -> Const:
    """Return a constant."""
    return Const(value, FactType.NUMBER)


def unset() -> Unset:
    """Return a parameter that no document fixes."""
    return Unset(ParameterUse("award", NO_TEXT, None, None, (), "known"), NO_TEXT)


def compare(
    left: Expression | str, operator: Comparison, right: Expression | Number
) -> Leaf:
    """Return a comparison; a text is a fact, a number a constant."""
    a = FactRef(left) if isinstance(left, str) else left
    b = const(right) if isinstance(right, int | float | Fraction) else right
    return Leaf(Compare(f"test {next(_numbers)} {operator}", operator, a, b))


def holds(fact: str, *members: str | bool) -> Leaf:
    """Return the test that a fact is one of some members, or true."""
    return Leaf(Holds(f"{fact} in {members}", fact, frozenset(members or (True,))))


def fact(name: str, type_: FactType = FactType.NUMBER, **more: object) -> FactSpec:
    """Return a fact without words."""
    return FactSpec(name, type_, NO_TEXT, **more)  # type: ignore[arg-type]


def policy(
    name: str,
    when: Condition,
    *tiers: Tier | Expression,
    form: Form = "grant",
) -> Policy:
    """Return a policy; a formula among `tiers` is a nameless tier."""
    whole = tuple(
        tier if isinstance(tier, Tier) else Tier("", NO_TEXT, None, tier)
        for tier in tiers
    )
    return Policy(name, _ABOUT, Window(), when, form, whole, None, indirect=False)


def defined(
    spec: FactSpec, body: Expression | None = None, condition: Condition | None = None
) -> tuple[FactSpec, Definition]:
    """Return a derived fact with its definition."""
    return spec, Definition(spec.id, body, condition, ())


def program(
    facts: Iterable[FactSpec],
    policies: Iterable[Policy],
    definitions: Iterable[tuple[FactSpec, Definition]] = (),
    groups: Iterable[tuple[str, ...]] = (),
) -> Program:
    """Return a program of these parts."""
    derived = list(definitions)
    specs: Mapping[str, FactSpec] = {
        spec.id: spec for spec in (*facts, *(spec for spec, _ in derived))
    }
    return Program(
        rulebook="small",
        digest="",
        day=DAY,
        languages=("en",),
        locale="zh-CN",
        currency="CNY",
        title=NO_TEXT,
        disclaimer=NO_TEXT,
        facts=specs,
        definitions={d.fact: d for _, d in derived},
        policies=tuple(policies),
        groups=tuple(Group(members, (), None) for members in groups),
        out_of_force=(),
        plausibility=(),
        sources={},
        departments={},
        systems={SYSTEM.id: SYSTEM},
    )
