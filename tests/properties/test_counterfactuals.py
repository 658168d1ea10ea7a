"""Proposals are what trying every change finds; every one of them holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product
from typing import TYPE_CHECKING

from hypothesis import given

from policy_match.advice.counterfactuals import proposals
from policy_match.domain.facts import Change, Facts
from policy_match.domain.possible import Choice, Interval, exactly, one
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from tests.properties.small_domains import FACTS, small_firms, small_programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program

Given = dict[str, "Possible"]


def changed(spec: FactSpec, now: Possible) -> Iterator[Possible]:
    """Yield whatever a firm can make of a fact, written out case by case."""
    change = spec.changeable
    if isinstance(now, Choice):
        members = {Change.UP: (True,), Change.DOWN: (False,), Change.NO: ()}
        for member in members.get(change, tuple(spec.members)):
            if now != one(member):
                yield one(member)
        return
    if not isinstance(now, Interval):
        return
    for bound in range(int(spec.low), int(spec.high) + 1):
        if change in {Change.UP, Change.EITHER} and bound > now.low:
            yield Interval(max(bound, now.low), max(bound, now.high))
        if change in {Change.DOWN, Change.EITHER} and bound < now.high:
            yield Interval(min(bound, now.low), min(bound, now.high))
        if change is Change.EITHER and now.low != now.high:
            yield exactly(bound)


def outcome(program: Program, known: Given, policy: str) -> Outcome:
    """Return the answer for one policy."""
    return assess(program, Facts(known)).finding(policy).outcome


def found_by_trying(program: Program, known: Given, policy: str) -> set[frozenset[str]]:
    """Return the smallest sets of facts of which some change is enough."""
    options = {
        fact: tuple(changed(spec, known.get(fact, spec.unknown)))
        for fact, spec in FACTS.items()
    }
    movable = [fact for fact, some in options.items() if some]
    smallest: list[frozenset[str]] = []
    for size in range(1, len(movable) + 1):
        for facts in combinations(movable, size):
            if any(known_set <= set(facts) for known_set in smallest):
                continue
            tried = product(*(options[fact] for fact in facts))
            moved = ({**known, **dict(zip(facts, x, strict=True))} for x in tried)
            if any(outcome(program, m, policy) is Outcome.ELIGIBLE for m in moved):
                smallest.append(frozenset(facts))
    return set(smallest)


@given(small_programs(), small_firms())
def test_the_smallest_sets_are_those_that_trying_everything_finds(
    program: Program, known: Given
) -> None:
    """No set is missed, none is larger than need be."""
    program = _slim(program)
    answer = assess(program, Facts(known))
    found = proposals(program, Facts(known))
    for finding in answer.findings:
        policy = finding.policy.id
        sets = {frozenset(s.fact for s in p.steps) for p in found.get(policy, ())}
        if finding.outcome is Outcome.ELIGIBLE:
            assert sets == set()
        else:
            assert sets == found_by_trying(program, known, policy)


@given(small_programs(), small_firms())
def test_every_proposal_holds_and_a_shorter_step_does_not(
    program: Program, known: Given
) -> None:
    """Evaluated anew, the firm is eligible; one unit less of any step, it is not."""
    for policy, some in proposals(program, Facts(known)).items():
        for proposal in some:
            moved = {step.fact: step.to for step in proposal.steps}
            assert outcome(program, {**known, **moved}, policy) is Outcome.ELIGIBLE
            for fact, to in moved.items():
                now = known.get(fact, FACTS[fact].unknown)
                assert FACTS[fact].changeable is not Change.NO
                assert to in set(changed(FACTS[fact], now))
                for shorter in _shorter(now, to):
                    less = {**known, **moved, fact: shorter}
                    assert outcome(program, less, policy) is not Outcome.ELIGIBLE


def _slim(program: Program) -> Program:
    return replace(program, policies=program.policies[:1], groups=())


def _shorter(now: Possible, to: Possible) -> Iterator[Possible]:
    if not (isinstance(now, Interval) and isinstance(to, Interval)):
        return
    if not now.settled:
        return
    step = 1 if to.low > now.low else -1
    for number in range(int(now.low) + step, int(to.low), step):
        yield exactly(number)
