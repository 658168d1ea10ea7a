"""What differs between two laws, as a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from policy_match.comparison.conditions import Step, Under
from policy_match.comparison.firms import KINDS, Kind
from policy_match.comparison.law import Changed, Known
from policy_match.comparison.law import Part as PolicyPart
from policy_match.domain.facts import FactType
from policy_match.domain.possible import exactly
from policy_match.ir.terms import All, AnyOf, Leaf, Not, name
from policy_match.reports.comparison.view import in_yuan, state
from policy_match.reports.document.values import Part, Value
from policy_match.reports.readings.summary import given_text
from policy_match.reports.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from policy_match import comparison as found
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Condition, Const

SCHEMA: Final = "policy-match/comparison/1"


class Side(Part):
    """One of the laws that are compared."""

    rulebook: str
    digest: str
    on: date


class ConditionChange(Part):
    """One difference between two trees of conditions.

    `added` and `removed`: conditions that must hold besides, or where `under` is
    `any`, alternatives to those in `beside`. `all-to-any` and `any-to-all`: of what
    stands on both sides one is enough now, or all of it is needed.
    """

    change: Step
    under: Under
    of: tuple[str, ...]
    beside: tuple[str, ...]


class PolicyChange(Part):
    """How a policy differs: which parts of it, and how its conditions do.

    `conditions_before` and `conditions_after` are the tests of one side only.
    """

    policy: str
    change: Changed
    parts: tuple[PolicyPart, ...]
    conditions_before: tuple[str, ...]
    conditions_after: tuple[str, ...]
    through: tuple[str, ...]
    conditions: tuple[ConditionChange, ...]


class FigureChange(Part):
    """A figure of the law before and after; null where there is none."""

    figure: str
    before: Value | None
    after: Value | None


class FactChange(Part):
    """A fact that is new, gone, or changed."""

    fact: str
    change: Known


class Example(Part):
    """The firm that a change touches most, before and after."""

    change: Kind
    name: str | None
    uscc: str | None
    before: str
    after: str


class Effect(Part):
    """What a change comes to for one policy."""

    policy: str
    counts: Mapping[Kind, int]
    amount_before: Value
    amount_after: Value
    example: Example | None


class Effects(Part):
    """What a change comes to for the firms that were given."""

    firms: int
    touched: int
    rejected: int
    policies: tuple[Effect, ...]


class Comparison(Part):
    """All that differs between two laws."""

    schema: Literal["policy-match/comparison/1"]
    before: Side
    after: Side
    same: bool
    policies: tuple[PolicyChange, ...]
    figures: tuple[FigureChange, ...]
    facts: tuple[FactChange, ...]
    effects: Effects | None


def document(
    changes: found.LawChanges, effects: found.Effects | None, lang: str
) -> Comparison:
    """Return a comparison as a document, its texts in one language."""
    return Comparison(
        schema=SCHEMA,
        before=_side(changes.before),
        after=_side(changes.after),
        same=changes.same,
        policies=tuple(map(_policy, changes.policies)),
        figures=tuple(
            FigureChange(figure=name, before=_figure(before), after=_figure(after))
            for name, before, after in changes.figures
        ),
        facts=tuple(FactChange(fact=fact, change=kind) for fact, kind in changes.facts),
        effects=None if effects is None else _effects(effects, lang),
    )


def _side(program: Program) -> Side:
    return Side(rulebook=program.rulebook, digest=program.digest, on=program.day)


def _policy(change: found.PolicyChange) -> PolicyChange:
    return PolicyChange(
        policy=change.policy,
        change=change.kind,
        parts=change.parts,
        conditions_before=tuple(leaf.test.text for leaf in change.before),
        conditions_after=tuple(leaf.test.text for leaf in change.after),
        through=change.through,
        conditions=tuple(map(_condition, change.conditions)),
    )


def _condition(change: found.ConditionChange) -> ConditionChange:
    return ConditionChange(
        change=change.change,
        under=change.under,
        of=tuple(map(_written, change.of)),
        beside=tuple(map(_written, change.beside)),
    )


def _written(condition: Condition) -> str:
    """Return a condition as a rule file has it."""
    match condition:
        case Leaf(test=test):
            return test.text
        case Not(of=part):
            return f"{{not: {_written(part)}}}"
        case All(of=parts) | AnyOf(of=parts):
            listed = ", ".join(map(_written, parts))
            return f"{{{name(condition)}: [{listed}]}}"


def _figure(figure: Const | None) -> Value | None:
    return None if figure is None else Value(exactly(figure.value), figure.type)


def _effects(effects: found.Effects, lang: str) -> Effects:
    return Effects(
        firms=effects.firms,
        touched=effects.touched,
        rejected=effects.rejected,
        policies=tuple(_effect(e, lang) for e in effects.policies.values() if e.counts),
    )


def _effect(effect: found.Effect, lang: str) -> Effect:
    return Effect(
        policy=effect.policy,
        counts={kind: effect.counts[kind] for kind in KINDS if effect.counts[kind]},
        amount_before=Value(in_yuan(effect.before), FactType.MONEY),
        amount_after=Value(in_yuan(effect.after), FactType.MONEY),
        example=_example(effect.policy, effect.example, lang),
    )


def _example(policy: str, example: found.Example | None, lang: str) -> Example | None:
    if example is None:
        return None
    before, after = example.before, example.after
    return Example(
        change=example.kind,
        name=given_text(after, "name"),
        uscc=given_text(after, "uscc"),
        before=state(before, policy, Vocabulary.of(before.program, lang)),
        after=state(after, policy, Vocabulary.of(after.program, lang)),
    )
