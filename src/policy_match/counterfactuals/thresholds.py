"""The steps of an axis at which a policy is likely to change its mind."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.possible import Interval
from policy_match.ir import conditions as c
from policy_match.ir.expressions import Cases, FactRef, Switch
from policy_match.ir.reads import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.counterfactuals.moves import Axis
    from policy_match.domain.possible import Number
    from policy_match.explanation import Verdicts
    from policy_match.ir.expressions import Expression
    from policy_match.ir.program import Policy, Program


def thresholds(verdicts: Verdicts, policy: Policy, axis: Axis) -> list[int]:
    """Return the steps, in order, next to what the fact is compared with."""
    found: set[int] = set()
    for number in _compared(verdicts, policy, axis.fact):
        step = axis.step_at(number)
        found |= {step - 1, step, step + 1}
    return sorted(found)


def _compared(verdicts: Verdicts, policy: Policy, fact: str) -> Iterator[Number]:
    for test in tests_beneath(verdicts.program, policy):
        sides: list[Expression] = []
        if isinstance(test, c.Compare):
            sides = [test.left, test.right]
        elif isinstance(test, c.Within):
            sides = [test.of, test.low, test.high]
        if any(isinstance(side, FactRef) and side.fact == fact for side in sides):
            for side in sides:
                value = verdicts.evaluate(side)
                if isinstance(value, Interval) and value.some:
                    ends: tuple[Number, ...] = (value.low, value.high)
                    yield from (end for end in ends if -inf < end < inf)


def tests_beneath(program: Program, policy: Policy) -> Iterator[c.Test]:
    """Yield every test that a policy's outcome may rest on."""
    pending: list[c.Condition] = [policy.when]
    done: set[str] = set()
    facts = [*facts_of(policy.when)]
    while facts or pending:
        while pending:
            for leaf in c.leaves(pending.pop()):
                yield leaf.test
        while facts:
            fact = facts.pop()
            definition = program.definitions.get(fact)
            if definition is None or fact in done:
                continue
            done.add(fact)
            facts += facts_of(definition)
            if definition.condition is not None:
                pending.append(definition.condition)
            pending += _guards(definition.body)


def _guards(body: Expression | None) -> Iterator[c.Condition]:
    match body:
        case Cases(branches=branches):
            for branch in branches:
                if branch.guard is not None:
                    yield branch.guard
                yield from _guards(branch.value)
        case Switch(arms=arms):
            for _, arm in arms:
                yield from _guards(arm)
        case _:
            return
