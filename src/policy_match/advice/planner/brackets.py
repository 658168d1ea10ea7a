"""Ranges to choose from: the parts of a number between which something changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.advice.planner.answers import marks_of, parts
from policy_match.advice.planner.ranking import answered
from policy_match.domain.possible import Interval
from policy_match.ir.analysis import narrowed_by
from policy_match.semantics.one_firm import Evaluation
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Policy, Program

_MOST = 8
"""More are no help to choose from."""


def choices(
    program: Program,
    given: Mapping[str, Possible],
    fact: str,
    policies: Collection[Policy],
) -> tuple[Interval, ...]:
    """Return the ranges of a number, lowest first, that some policies tell apart.

    Any of them is an answer. None where it is no number, where one range is all,
    where they only say whether there is some, or where they are too many.
    """
    spec = program.facts[fact]
    now = given.get(fact, spec.unknown)
    if not isinstance(now, Interval):
        return ()
    marks = marks_of(program).numbers.get(fact, ())
    base = Evaluation(program, {f: x for f, x in given.items() if f != fact})

    def effect(part: Interval) -> object:
        return _effect(answered(base, spec, part), fact, policies)

    found: list[tuple[Interval, object]] = []
    for part in parts(spec, now, marks):
        here = effect(part)
        if found and found[-1][1] == here:
            joined = Interval(found[-1][0].low, part.high)
            if effect(joined) == here:
                found[-1] = joined, here
                continue
        found.append((part, here))
    ranges = tuple(part for part, _ in found)
    return ranges if 1 < len(found) <= _MOST and spec.some not in ranges else ()


def _effect(verdicts: Evaluation, fact: str, policies: Collection[Policy]) -> object:
    """Return what some policies say: outcomes, tiers, and what else is open."""
    found: list[tuple[Outcome, tuple[int, ...], frozenset[str]]] = []
    for policy in policies:
        outcome = Outcome.of(verdicts.truth(policy.when))
        if outcome is Outcome.INELIGIBLE:
            found.append((outcome, (), frozenset()))
            continue
        then = verdicts.narrowed(narrowed_by(verdicts.program)[policy.id])
        open_ = {
            *verdicts.missing.in_condition(policy.when),
            *then.missing.in_benefit(policy),
        }
        found.append((outcome, then.tiers(policy), frozenset(open_ - {fact})))
    return found
