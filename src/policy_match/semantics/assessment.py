"""From verdicts to the whole answer: findings, selection, warnings.

The same for every backend that answers for one firm, so that only the
inference can differ, and must not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

from policy_match.domain.facts import Settler
from policy_match.domain.possible import meet
from policy_match.domain.truth import FALSE
from policy_match.ir.analysis import narrowed_by
from policy_match.semantics.bundles import best_bundle
from policy_match.semantics.explanation import explained, standing
from policy_match.semantics.one_firm import Evaluation
from policy_match.semantics.outcome import (
    Assessment,
    Benefit,
    Finding,
    Outcome,
    Warning_,
)
from policy_match.semantics.stacking import contests
from policy_match.semantics.worth import Worths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from policy_match.domain.facts import Facts
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Policy, Program
    from policy_match.semantics.outcome import Backend


_FAR = 365
"""Days after which what is known of a firm is of another day than the law."""
_SETTLERS = tuple(Settler)


def assess(program: Program, facts: Facts) -> Assessment:
    """Return the answer of the reference evaluator for one firm."""
    return conclude(Evaluation(program, facts.given), facts, "reference")


def conclude(verdicts: Evaluation, facts: Facts, backend: Backend) -> Assessment:
    """Return the whole answer that a backend's verdicts amount to."""
    program = verdicts.program
    found = {p.id: _finding(verdicts, p) for p in program.policies}
    for contest in contests(Worths(verdicts), tuple(found.values())):
        for name, choice in contest.choices().items():
            found[name] = found[name]._replace(**choice._asdict())
    findings = tuple(found.values())
    return Assessment(
        program=program,
        facts=facts,
        backend=backend,
        verdicts=verdicts,
        findings=findings,
        values=Derived(verdicts),
        warnings=Doubts(verdicts, facts),
        best=best_bundle(verdicts, findings),
    )


class Derived(Mapping[str, "Possible"]):
    """What is possible of each derived fact, found when it is asked for."""

    def __init__(self, verdicts: Evaluation) -> None:
        """Read from these verdicts."""
        self._verdicts = verdicts

    def __getitem__(self, fact: str) -> Possible:
        """Return what is possible of a derived fact; KeyError for any other."""
        if fact not in self._verdicts.program.definitions:
            raise KeyError(fact)
        return self._verdicts.value(fact)

    def __iter__(self) -> Iterator[str]:
        """Iterate over the derived facts, in the order of definition."""
        return iter(self._verdicts.program.definitions)

    def __len__(self) -> int:
        """Return how many derived facts there are."""
        return len(self._verdicts.program.definitions)


class Doubts(Sequence[Warning_]):
    """What is doubtful in what was given, found when it is asked for.

    To compute what a firm has already said of itself may be most of the work.
    """

    def __init__(self, verdicts: Evaluation, facts: Facts) -> None:
        """Read from these verdicts, of a firm of which these facts are given."""
        self._verdicts, self._facts = verdicts, facts

    @cached_property
    def _found(self) -> tuple[Warning_, ...]:
        return tuple(_warnings(self._verdicts, self._facts))

    @overload
    def __getitem__(self, place: int) -> Warning_: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Warning_, ...]: ...
    def __getitem__(self, place: int | slice) -> Warning_ | tuple[Warning_, ...]:
        """Return one of them, or several."""
        return self._found[place]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)

    def __eq__(self, other: object) -> bool:
        """Whether the same is doubtful."""
        return isinstance(other, Sequence) and self._found == tuple(other)

    def __hash__(self) -> int:
        """Return one number for the same doubts."""
        return hash(self._found)


def _finding(verdicts: Evaluation, policy: Policy) -> Finding:
    truths = standing(verdicts, policy.when)
    outcome = Outcome.of(truths[0])
    benefit: Benefit | None = None
    open_for_outcome: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    if outcome is not Outcome.INELIGIBLE:
        benefit = Benefit(None, ())
        missing = open_for_outcome = tuple(verdicts.missing.in_condition(policy.when))
    if outcome is not Outcome.INELIGIBLE and policy.tiers:
        then = verdicts.narrowed(narrowed_by(verdicts.program)[policy.id])
        names = (policy.tiers[i].name for i in then.tiers(policy))
        benefit = Benefit(then.amount(policy), tuple(names))
        missing = tuple(dict.fromkeys((*missing, *then.missing.in_benefit(policy))))
    return Finding(
        policy=policy,
        outcome=outcome,
        benefit=benefit,
        evidence=explained(policy.when, truths),
        missing=missing,
        open_for_outcome=open_for_outcome,
        awaiting=_settlers(verdicts.program, missing),
        selected=outcome is Outcome.ELIGIBLE,
        excluded_by=None,
    )


def _settlers(program: Program, facts: tuple[str, ...]) -> tuple[Settler, ...]:
    if not facts:
        return ()
    found = {program.facts[fact].settled_by for fact in facts}
    return tuple(filter(found.__contains__, _SETTLERS))


# ---- what is doubtful in what was given


def _warnings(verdicts: Evaluation, facts: Facts) -> Iterable[Warning_]:
    program = verdicts.program
    # In the rulebook's order: that of a profile's lines is no part of what it says.
    for fact in program.facts:
        if fact in program.definitions and fact in facts.given:
            computed = verdicts.derived(fact)
            if meet(facts.given[fact], computed) is None:
                yield Warning_("contradicts", fact, expected=computed)
    for check in program.plausibility:
        if verdicts.truth(check.condition) is FALSE:
            yield Warning_("implausible", "", detail=check)
    if far_apart(program.day, facts.day):
        yield Warning_("another-day", "")


def far_apart(day: date, described: date | None) -> bool:
    """Return whether a law's day is far from the day that facts describe."""
    return described is not None and abs((day - described).days) >= _FAR
