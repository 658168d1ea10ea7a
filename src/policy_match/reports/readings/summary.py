"""What is read off a whole assessment: what is shown, totals, days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.incentives import IN_MONEY
from policy_match.domain.money import CENTS, cents
from policy_match.domain.possible import Choice, Interval, add, plain
from policy_match.semantics.outcome import Outcome, Prospects

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from policy_match.domain.incentives import Form
    from policy_match.domain.possible import Number
    from policy_match.domain.texts import Window
    from policy_match.ir.program import OutOfForce, Policy, Program
    from policy_match.semantics.outcome import Assessment, Finding

GROUPS = ("eligible", "one-fact", "undetermined", "ineligible")
"""The groups of an answer, in the order told."""
SERVICE = "service"
"""The form of what a firm is told of when it asks."""
_HALF = 2
_DAYS_NAMED = 3


def shown(
    assessment: Assessment, *, indirect: bool, named: Collection[str] = ()
) -> Assessment:
    """Return the assessment without the policies that reach firms indirectly.

    Those `named` stay. Counts, totals and questions are of what is shown.
    """
    if indirect:
        return assessment
    return _kept(assessment, lambda p: not p.indirect or p.id in named)


def only(assessment: Assessment, policies: Collection[str]) -> Assessment:
    """Return the assessment of some policies alone, by id."""
    return _kept(assessment, lambda policy: policy.id in policies)


def _kept(
    assessment: Assessment, stays: Callable[[Policy | OutOfForce], bool]
) -> Assessment:
    """Return the assessment of some policies; the best bundle stays the whole's."""
    findings = tuple(f for f in assessment.findings if stays(f.policy))
    program = assessment.program
    return replace(
        assessment,
        program=replace(
            program,
            policies=tuple(filter(stays, program.policies)),
            out_of_force=tuple(filter(stays, program.out_of_force)),
        ),
        findings=findings,
        prospects=_seen(assessment.prospects, {f.policy.id for f in findings}),
    )


def named(program: Program, names: Collection[str]) -> frozenset[str]:
    """Return the policies in force that are named, by id, by title, or by `all`."""
    return frozenset(
        policy.id
        for policy in program.policies
        if names
        and not {"all", policy.id, *policy.about.title.by_language.values()}.isdisjoint(
            names
        )
    )


def _seen(prospects: Prospects, policies: Collection[str]) -> Prospects:
    """Return the prospects of some policies."""
    proposals = {k: v for k, v in prospects.proposals.items() if k in policies}
    cliffs = []
    for cliff in prospects.cliffs:
        losses = tuple(loss for loss in cliff.losses if loss.policy in policies)
        if losses:
            cliffs.append(replace(cliff, losses=losses))
    return Prospects(proposals, tuple(cliffs))


def given_text(assessment: Assessment, fact: str) -> str | None:
    """Return a text fact that was given as one value: the firm's name, say."""
    value = assessment.facts.given.get(fact)
    if isinstance(value, Choice) and value.members and value.settled:
        return str(next(iter(value.members)))
    return None


# ---- money


def has_money(form: str) -> bool:
    """Whether a form of benefit is counted in money."""
    return form in IN_MONEY


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order in which every format tells them.

    By group; within one what is chosen first, money before certificates and
    credit, and these before services; the largest amount first.
    """
    return tuple(sorted(findings, key=_rank))


def _rank(finding: Finding) -> tuple[int, bool, int, float]:
    excluded = finding.selected is False and finding.outcome is Outcome.ELIGIBLE
    group = GROUPS.index(group_of(finding.outcome, finding.open_for_outcome))
    amount = finding.benefit.amount if finding.benefit else None
    if amount is not None and amount.some:
        worth = rounded(amount)
        least = worth.low if worth.high == inf else worth.high
        return group, excluded, 0, -float(max(least, 0))
    if has_money(finding.policy.form):
        return group, excluded, 1, 0
    return group, excluded, 3 if finding.policy.form == SERVICE else 2, 0


def group_of(outcome: Outcome, open_for_outcome: Collection[str]) -> str:
    """Return the group of the answer that a finding belongs to."""
    if outcome is Outcome.UNDETERMINED and len(open_for_outcome) == 1:
        return "one-fact"
    return outcome.value


def is_exact(value: Interval) -> bool:
    """Return whether an amount is one amount, once rounded to the cent."""
    if not value.some or value.absent or {value.low, value.high} & {inf, -inf}:
        return False
    return cents(value.low) == cents(value.high)


def rounded(value: Interval) -> Interval:
    """Return an amount rounded to the cent, as it is before amounts are added."""
    ends = (value.low, value.high)
    low, high = (x if x in {-inf, inf} else _to_the_cent(x) for x in ends)
    return Interval(low, high)


def _to_the_cent(value: Number) -> Number:
    return plain(Fraction(cents(value), CENTS))


def totals(findings: Iterable[Finding]) -> Mapping[Form, Interval]:
    """Return what eligible policies are worth together, by form.

    A policy another one excludes adds nothing; one that may or may not be
    chosen adds nothing or its amount; one without an amount is left out.
    """
    found: dict[Form, Interval] = {}
    for finding in findings:
        amount = finding.benefit.amount if finding.benefit else None
        if finding.outcome is not Outcome.ELIGIBLE or finding.selected is False:
            continue
        if amount is None or not amount.some:
            continue
        worth = rounded(amount)
        if finding.selected is None or amount.absent:
            worth = Interval(min(0, worth.low), max(0, worth.high))
        form = finding.policy.form
        found[form] = add(found[form], worth) if form in found else worth
    return found


def counts(findings: Iterable[Finding]) -> Mapping[Outcome, int]:
    """Return how many findings there are of each outcome."""
    found = dict.fromkeys(Outcome, 0)
    for finding in findings:
        found[finding.outcome] += 1
    return found


# ---- days


def nearest_window(windows: Iterable[Window], day: date) -> Window | None:
    """Return the window that lies nearest to a day."""
    return min(windows, key=lambda w: _distance(w, day), default=None)


def _distance(window: Window, day: date) -> int:
    if window.start and day < window.start:
        return (window.start - day).days
    return (day - window.end).days if window.end and day > window.end else 0


def better_days(program: Program) -> tuple[int, int, tuple[tuple[date, int], ...]]:
    """Return how many are in force, of how many, and the days that have more.

    No day is named unless less than half are in force. Only days on which a
    window starts or ends can be the best of a year; where the year's end is as
    good, it is named.
    """
    spans = [p.about.windows for p in program.policies]
    spans += [p.about.windows for p in program.out_of_force]
    now = len(program.policies)
    if _HALF * now >= len(spans):
        return now, len(spans), ()
    every = [window for windows in spans for window in windows]
    edges = {day for w in every for day in (w.start, w.end) if day}
    ends = {date(day.year, 12, 31) for day in edges}

    def on(day: date) -> int:
        return sum(any(day in w for w in windows) for windows in spans)

    ranked = sorted(
        ((day, on(day)) for day in edges | ends),
        key=lambda pair: (
            -pair[1],
            pair[0] not in ends,
            abs((pair[0] - program.day).days),
            pair[0],
        ),
    )
    named: dict[int, tuple[date, int]] = {}
    for day, number in ranked:
        if number > now and day.year not in named:
            named[day.year] = (day, number)
    best = list(named.values())[:_DAYS_NAMED]
    return now, len(spans), tuple(sorted(best))
