"""What must hold of every answer, each as a function that names what does not.

A claim returns the reasons it is broken, so that a test asserts there are none
and a negative control asserts there are some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policy_match.ir.analysis import dependences
from policy_match.ir.narrowing import narrowings
from policy_match.semantics.outcome import Outcome
from tests.properties.bundles import Weighing
from tests.properties.concrete import Concrete, Verdict, judge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from fractions import Fraction

    from policy_match.domain.possible import Interval
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Assessment, Finding
    from tests.properties.concrete import Firm


class Answer(NamedTuple):
    """What one policy comes to, without its reasons."""

    outcome: Outcome
    tiers: tuple[str, ...]
    amount: Interval | None

    @classmethod
    def of(cls, found: Finding) -> Answer:
        """Return the answer in a finding."""
        if found.benefit is None:
            return cls(found.outcome, (), None)
        return cls(found.outcome, found.benefit.tiers, found.benefit.amount)

    def unsettled(self) -> tuple[bool, bool, bool]:
        """Return whether outcome, tier and amount are open."""
        amount = self.amount is not None and not self.amount.settled
        return self.outcome is Outcome.UNDETERMINED, len(self.tiers) > 1, amount


def answers(assessment: Assessment) -> dict[str, Answer]:
    """Return the answer for each policy."""
    return {found.policy.id: Answer.of(found) for found in assessment.findings}


# ---- a complete firm against the answer for what is known of it


def contradicted(assessment: Assessment, firm: Firm, share: Fraction) -> Iterator[str]:
    """Yield where a complete firm is not as the answer promised."""
    program = assessment.program
    verdicts = judge(program, firm, share)
    for found in assessment.findings:
        for reason in _broken(found, verdicts[found.policy.id]):
            yield f"{found.policy.id}: {reason}"
    concrete = Concrete(program, firm, share)
    yield from _selected_otherwise(assessment, verdicts, concrete)


def _broken(found: Finding, verdict: Verdict) -> Iterator[str]:
    settled = found.outcome is not Outcome.UNDETERMINED
    if settled and verdict.eligible is not (found.outcome is Outcome.ELIGIBLE):
        yield f"{found.outcome}, but the firm is not"
    if not verdict.eligible or found.benefit is None:
        return
    amount, tiers = found.benefit
    if verdict.tier is not None and verdict.tier not in tiers:
        yield f"tier {verdict.tier} not in {tiers}"
    if amount is None:
        return
    if not verdict.fixed:
        yield f"{amount} where nobody has fixed one"
    elif not holds(amount, verdict.amount):
        yield f"amount {verdict.amount} not in {amount}"


def holds(interval: Interval, value: Fraction | None) -> bool:
    """Return whether a value, or no value, is among those possible."""
    if value is None:
        return interval.absent
    return interval.some and interval.low <= value <= interval.high


def _selected_otherwise(
    assessment: Assessment, verdicts: Mapping[str, Verdict], concrete: Concrete
) -> Iterator[str]:
    program = assessment.program
    grouped = {p for group in program.groups for p in group.policies}
    for found in assessment.findings:
        policy, selected = found.policy.id, found.selected
        if policy not in grouped:
            if selected is not (found.outcome is Outcome.ELIGIBLE):
                yield f"{policy}: selected {selected} outside any group"
        elif selected is not None and verdicts[policy].eligible:
            weighing = Weighing(concrete, verdicts, policy)
            yield from weighing.broken(selected=selected)


# ---- one answer against the answer when less is known


def contradicts(wide: Assessment, narrow: Assessment) -> Iterator[str]:
    """Yield where knowing more has turned an answer instead of sharpening it."""
    for found in narrow.findings:
        policy, after = found.policy.id, Answer.of(found)
        before = Answer.of(wide.finding(policy))
        settled = before.outcome is not Outcome.UNDETERMINED
        if settled and before.outcome is not after.outcome:
            yield f"{policy}: {before.outcome} became {after.outcome}"
        if after.outcome is Outcome.INELIGIBLE or _vacuous(narrow.program, found):
            continue
        if not set(after.tiers) <= set(before.tiers):
            yield f"{policy}: tiers {before.tiers} became {after.tiers}"
        if before.amount is not None and not (
            after.amount is not None and inside(after.amount, before.amount)
        ):
            yield f"{policy}: amount {before.amount} became {after.amount}"


def _vacuous(program: Program, found: Finding) -> bool:
    # Where conditions contradict each other nobody is eligible, and an amount
    # "if eligible" promises nothing.
    undetermined = found.outcome is Outcome.UNDETERMINED
    return undetermined and len(narrowings(program, found.policy.when)) > 1


def inside(small: Interval, large: Interval) -> bool:
    """Return whether all that `small` allows, `large` allows too."""
    if small.absent and not large.absent:
        return False
    if not small.some:
        return True
    return large.some and large.low <= small.low and small.high <= large.high


def _names(program: Program, missing: Collection[str], fact: str) -> bool:
    """Return whether a fact is among these, or a figure asked in its place is."""
    figures = [name for name in missing if program.facts[name].asked]
    return fact in missing or fact in dependences(program).beneath(figures)


def unnamed(wide: Assessment, narrow: Assessment, fact: str) -> Iterator[str]:
    """Yield what came open by knowing less of `fact` without naming it."""
    for found in wide.findings:
        after = Answer.of(found)
        before = Answer.of(narrow.finding(found.policy.id))
        came_open = [
            what
            for what, now, then in zip(
                ("outcome", "tier", "amount"),
                after.unsettled(),
                before.unsettled(),
                strict=True,
            )
            if now and not then
        ]
        if came_open and not _names(wide.program, found.missing, fact):
            yield f"{found.policy.id}: {came_open} open, missing {found.missing}"
        if "outcome" in came_open and not _names(
            wide.program, found.open_for_outcome, fact
        ):
            yield f"{found.policy.id}: open for outcome {found.open_for_outcome}"
