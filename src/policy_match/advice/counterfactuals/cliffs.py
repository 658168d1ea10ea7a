"""Cliffs: where a small rise of a number loses a relief."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from policy_match.advice.counterfactuals.moves import Axis
from policy_match.advice.counterfactuals.search import Budget, least
from policy_match.advice.counterfactuals.thresholds import thresholds
from policy_match.domain.facts import FactType
from policy_match.domain.possible import Interval
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth
from policy_match.ir.analysis import narrowed_by
from policy_match.semantics.one_firm import Evaluation
from policy_match.semantics.outcome import Cliff, Loss

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from policy_match.advice.counterfactuals.search import Box
    from policy_match.domain.facts import Facts
    from policy_match.domain.possible import Number
    from policy_match.ir.program import Policy, Program

NEAR = Fraction(1, 10)
"""The share of a number up to which its rise is small."""


def cliffs(
    program: Program,
    facts: Facts,
    policies: Collection[str] | None = None,
    near: Fraction = NEAR,
) -> tuple[Cliff, ...]:
    """Return the cliffs near a firm, those with the least room first.

    A rise is small up to the share `near` of what the number is now. Only
    facts given as one number are looked at, and policies the firm is eligible
    for.
    """
    now = Evaluation(program, facts.given)
    kept = [
        policy
        for policy in program.policies
        if (policies is None or policy.id in policies)
        and now.truth(policy.when) is TRUE
    ]
    found = [
        cliff
        for fact, value in facts.given.items()
        if isinstance(value, Interval) and value.settled and value.some
        for cliff in _of_fact(now, fact, value.low * (1 + near), kept)
    ]
    return tuple(
        sorted(found, key=lambda cliff: Fraction(cliff.room) / Fraction(cliff.now))
    )


def _of_fact(
    now: Evaluation, fact: str, top: Number, policies: Collection[Policy]
) -> Iterator[Cliff]:
    value = now.given[fact]
    assert isinstance(value, Interval)  # noqa: S101  # INVARIANT: of the caller
    number, kind = value.low, now.program.facts[fact].type
    if number <= 0 or kind is FactType.DATE:
        return
    unit = kind.step
    first = int(Fraction(number) // unit) + 1
    steps = int(Fraction(min(top, now.program.facts[fact].high)) // unit) - first
    if steps < 0:
        return
    axis = Axis(fact, "to", Interval(number, number), first, unit, steps)
    risen = now.moved({fact: axis.after(0, steps)})
    losses: dict[int, list[Loss]] = {}
    for policy in policies:
        truth = risen.truth(policy.when)
        if truth is TRUE or (
            truth is UNKNOWN and fact not in risen.missing.in_condition(policy.when)
        ):
            continue
        step = least(
            lambda box, policy=policy: _lost(now, axis, policy, box),  # type: ignore[misc]
            (axis.ends,),
            [thresholds(now, policy, axis)],
            Budget(200),
        )
        if step is not None:
            loss = Loss(
                policy.id,
                now.narrowed(narrowed_by(now.program)[policy.id]).amount(policy),
            )
            losses.setdefault(step[0], []).append(loss)
    for fatal, lost in losses.items():
        last = axis.bound(fatal) - unit
        yield Cliff(fact, number, max(last, number), tuple(lost))


def _lost(now: Evaluation, axis: Axis, policy: Policy, box: Box) -> Truth:
    ((near, far),) = box
    then = now.moved({axis.fact: axis.after(near, far)})
    truth = then.truth(policy.when)
    if truth is TRUE:
        return FALSE
    return TRUE if truth is FALSE or near == far else UNKNOWN
