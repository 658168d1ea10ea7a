"""The steps of an axis at which a policy is likely to change its mind."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.possible import Interval
from policy_match.ir import terms as t
from policy_match.ir.analysis import tests_beneath
from policy_match.ir.terms import FactRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.advice.counterfactuals.moves import Axis
    from policy_match.domain.possible import Number
    from policy_match.ir.program import Policy
    from policy_match.ir.terms import Expression
    from policy_match.semantics.one_firm import Evaluation


def thresholds(verdicts: Evaluation, policy: Policy, axis: Axis) -> list[int]:
    """Return the steps, in order, next to what the fact is compared with."""
    found: set[int] = set()
    for number in _compared(verdicts, policy, axis.fact):
        step = axis.step_at(number)
        found |= {step - 1, step, step + 1}
    return sorted(found)


def _compared(verdicts: Evaluation, policy: Policy, fact: str) -> Iterator[Number]:
    for test in tests_beneath(verdicts.program)[policy.id]:
        sides: list[Expression] = []
        if isinstance(test, t.Compare):
            sides = [test.left, test.right]
        elif isinstance(test, t.Within):
            sides = [test.of, test.low, test.high]
        if any(isinstance(side, FactRef) and side.fact == fact for side in sides):
            for side in sides:
                value = verdicts.evaluate(side)
                if isinstance(value, Interval) and value.some:
                    ends: tuple[Number, ...] = (value.low, value.high)
                    yield from (end for end in ends if -inf < end < inf)
