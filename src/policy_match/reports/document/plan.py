"""A firm's plan as a typed document: JSON is its dump, as that of an answer is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from policy_match.domain.facts import Settler
from policy_match.reports.document.models import (
    Action,
    Cliff,
    Firm,
    Made,
    Proposal,
    Totals,
)
from policy_match.reports.document.values import DaySpan, Part
from policy_match.reports.readings.summary import has_money
from policy_match.semantics.claiming import OVER, State, life, unknown_facts
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.possible import Possible
    from policy_match.reports.document.models import Answer
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.claiming import Known, Life
    from policy_match.semantics.outcome import Assessment, Finding

SCHEMA: Final = "policy-match/plan/1"
_YEARS_BACK = 4
"""Years before the one asked about in which something may still be recovered."""


class NeededPaper(Part):
    """A paper, and the policies it is handed in or kept for."""

    paper: str
    policies: tuple[str, ...]


class PastPeriod(Part):
    """What of an earlier year can still be had, if it was not taken then."""

    policy: str
    title: str
    year: int
    state: State
    by: DaySpan | None
    recover_until: DaySpan | None
    how: str


class AwaitedDecision(Part):
    """What a department has still to decide, and nobody else."""

    department: str
    policies: tuple[str, ...]


class OneStep(Part):
    """What would make a firm eligible for a policy, and what it costs."""

    policy: str
    title: str
    proposal: Proposal


class Plan(Part):
    """What a firm can do, dated from today."""

    schema: Literal["policy-match/plan/1"]
    rulebook: Made
    on: date
    today: date
    firm: Firm
    totals: Totals
    actions: tuple[Action, ...]
    papers: tuple[NeededPaper, ...]
    keep: tuple[NeededPaper, ...]
    past: tuple[PastPeriod, ...]
    awaiting: tuple[AwaitedDecision, ...]
    would_change: tuple[OneStep, ...]
    cliffs: tuple[Cliff, ...]
    warnings: tuple[str, ...]
    disclaimer: str


def plan(assessment: Assessment, document: Answer, words: Vocabulary) -> Plan:
    """Return the plan of an answer, its texts in the language of `words`."""
    done = {action.policy for action in document.actions if action.state in OVER}
    return Plan(
        schema=SCHEMA,
        rulebook=document.rulebook,
        on=document.on,
        today=document.today,
        firm=document.firm,
        totals=document.totals,
        actions=document.actions,
        papers=_papers({a.policy: a.papers for a in document.actions}, done),
        keep=_papers({a.policy: a.keep for a in document.actions}, done),
        past=tuple(past_periods(assessment, words)),
        awaiting=tuple(_awaiting(document)),
        would_change=tuple(_would_change(document)),
        cliffs=document.cliffs,
        warnings=document.warnings,
        disclaimer=document.disclaimer,
    )


def _papers(
    papers: dict[str, tuple[str, ...]], done: set[str]
) -> tuple[NeededPaper, ...]:
    """Return papers with the policies that need them, in the order of the steps."""
    found: dict[str, list[str]] = {}
    for policy, titles in papers.items():
        for title in titles if policy not in done else ():
            found.setdefault(title, []).append(policy)
    return tuple(
        NeededPaper(paper=title, policies=tuple(policies))
        for title, policies in found.items()
    )


def past_periods(assessment: Assessment, words: Vocabulary) -> Iterator[PastPeriod]:
    """Yield what the firm may not have taken in earlier years, latest year first.

    Only of what it is eligible for now, where the policy was in force then. Whether
    it was eligible then is not said: facts of that year are not known.
    """
    program, known = assessment.program, _then(assessment)
    own = [
        finding
        for finding in assessment.findings
        if finding.outcome is Outcome.ELIGIBLE
        and finding.selected is not False
        and has_money(finding.policy.form)
        and _periodic(finding)
    ]
    first = program.day.year - 1
    for year in range(first, max(first - _YEARS_BACK, 0), -1):
        for finding in own:
            about = finding.policy.about
            # What is filed by quarter or month runs out with the first of the year.
            annual = about.claim.period == "year"
            day = date(year, 12, 31) if annual else date(year, 1, 1)
            if day > assessment.asked_on:
                continue
            if any(day in window for window in about.windows):
                then = replace(program, day=day)
                found = life(then, about, assessment.asked_on, known)
                if _recoverable(found, assessment.asked_on):
                    yield _of_year(finding, found, year, words)


def _periodic(finding: Finding) -> bool:
    claim = finding.policy.about.claim
    return bool(claim.period or claim.period_fact)


def _recoverable(found: Life, today: date) -> bool:
    """Whether it may still be had: no last day of it is surely past."""
    until = found.recover_until
    last = (until.high or until.low) if until else None
    return (
        found.recovery is not None
        and found.state not in OVER
        and (last is not None and last >= today)
    )


def _then(assessment: Assessment) -> Known:
    """Return what is known of an earlier year: how the firm files, no day of it."""
    unknown = unknown_facts(assessment.program)
    filing = {finding.policy.about.claim.period_fact for finding in assessment.findings}

    def known(fact: str) -> Possible:
        return assessment.verdicts.value(fact) if fact in filing else unknown(fact)

    return known


def _of_year(finding: Finding, found: Life, year: int, words: Vocabulary) -> PastPeriod:
    return PastPeriod(
        policy=finding.policy.id,
        title=words.policy(finding.policy.id),
        year=year,
        state=found.state,
        by=None if found.by is None else DaySpan(found.by),
        recover_until=None
        if found.recover_until is None
        else DaySpan(found.recover_until),
        how=words.text(found.recovery.how) if found.recovery else "",
    )


def _awaiting(document: Answer) -> Iterator[AwaitedDecision]:
    named: dict[str, list[str]] = {}
    for found in document.findings:
        undetermined = found.outcome is Outcome.UNDETERMINED
        if undetermined and found.awaiting == (Settler.OFFICER,):
            named.setdefault(found.departments.granting, []).append(found.policy)
    for department, policies in named.items():
        yield AwaitedDecision(department=department, policies=tuple(policies))


def _would_change(document: Answer) -> Iterator[OneStep]:
    """Yield the nearest way to each policy with money that the firm fails."""
    for found in document.findings:
        nearest = next(iter(found.would_change), None)
        if nearest is None or found.outcome is not Outcome.INELIGIBLE:
            continue
        if nearest.amount or nearest.range or nearest.set_by:
            yield OneStep(policy=found.policy, title=found.title, proposal=nearest)
