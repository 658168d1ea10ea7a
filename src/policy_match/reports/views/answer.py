"""An assessment as an answer in words: groups, totals, questions, days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_match.language.formats import day_words
from policy_match.reports.readings.provenance import Grounds
from policy_match.reports.readings.summary import (
    better_days,
    given_text,
    has_money,
    ranked,
    totals,
)
from policy_match.reports.views.bundle import best_words
from policy_match.reports.views.determinations import determination_words
from policy_match.reports.views.finding import Lines, missing, money_total, outside
from policy_match.reports.views.prospects import cliff_words, proposal_words
from policy_match.reports.views.view import Answer, Ask, Group, Line
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.reports.words.warnings import warning_words
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from policy_match.semantics.outcome import Assessment, Finding, Proposal

COLUMNS = {
    "eligible": "basis-column",
    "one-fact": "missing-column",
    "undetermined": "missing-column",
    "ineligible": "fails-column",
    "not-in-force": "period-column",
}
"""The groups of an answer, in order, and what is told of each policy in them."""
BRIEF = ("eligible", "one-fact", "undetermined")
"""The groups in which services are told in one line."""
_SEVERAL = 2


def answer(
    assessment: Assessment,
    lang: str,
    *,
    explain: Collection[str] = (),
    evidence: bool = True,
    services: bool = False,
) -> Answer:
    """Return the answer in words; the policies in `explain` are unfolded.

    The folded ones have their evidence too, unless `evidence` is false. Services
    that nobody asked for are one line of their group, unless `services`.
    """
    words = Vocabulary.of(assessment.program, lang)
    lines = Lines(Grounds(assessment.verdicts), words)
    groups = _groups(assessment, lines, explain, evidence)
    if not services:
        groups = tuple(_brief(group, words) for group in groups)
    program = assessment.program
    return Answer(
        lang=words.lang,
        title=words.label("answer-title"),
        firm=given_text(assessment, "name") or words.label("a-firm"),
        uscc=given_text(assessment, "uscc") or "",
        as_of=words.label("as-of", day=day_words(program.day, words.lang)),
        rulebook=words.text(program.title),
        counts=tuple((g.key, g.title, g.count) for g in groups),
        totals=tuple(
            (words.label(f"form-{form}"), money_total(worth, words))
            for form, worth in totals(assessment.findings).items()
        ),
        unpriced=_unpriced(assessment, words),
        few=_few(assessment, words),
        warnings=tuple(
            warning_words(w, assessment.facts.given, words) for w in assessment.warnings
        ),
        local=_local(words),
        groups=tuple(group for group in groups if group.count),
        asks=_asks(assessment, words),
        best=best_words(assessment.best, words),
        determined=tuple(
            determination_words(one, words) for one in assessment.facts.determinations
        ),
        cliffs=tuple(cliff_words(c, words) for c in assessment.prospects.cliffs),
        disclaimer=words.text(program.disclaimer),
    )


def _groups(
    assessment: Assessment, lines: Lines, explain: Collection[str], evidence: bool
) -> tuple[Group, ...]:
    found: dict[str, list[Line]] = {key: [] for key in COLUMNS}
    for finding in ranked(assessment.findings):
        about = finding.policy.about.title.by_language.values()
        names = {"all", finding.policy.id, *about}
        unfolded = not names.isdisjoint(explain)
        told = evidence or unfolded
        line = lines.line(finding, unfolded=unfolded, evidence=told)
        nearest = _nearest(assessment, finding, unfolded=unfolded)
        if nearest is not None:
            line = replace(line, change=proposal_words(nearest, finding, lines))
        found[line.key].append(line)
    words = lines.words
    found["not-in-force"] = [outside(p, words) for p in words.program.out_of_force]
    return tuple(
        Group(key, words.label(key), words.label(column), tuple(found[key]))
        for key, column in COLUMNS.items()
    )


def _brief(group: Group, words: Vocabulary) -> Group:
    """Return a group whose services, where there are several, are one line."""
    services = tuple(line for line in group.lines if line.service and not line.unfolded)
    if len(services) < _SEVERAL or group.key not in BRIEF:
        return group
    names = words.listed(line.title for line in services)
    key = "services-ready" if group.key == "eligible" else "services-more"
    told = words.label(key, count=len(services), names=names)
    rest = tuple(line for line in group.lines if line not in services)
    return replace(group, lines=rest, more=services, services=told)


def _nearest(
    assessment: Assessment, finding: Finding, *, unfolded: bool
) -> Proposal | None:
    """Return the nearest proposal that is told.

    Of what is not settled, one that moves a stated fact: the others only repeat
    the questions, unless somebody asks for all of a policy.
    """
    given = assessment.facts.given
    asked = unfolded or finding.outcome is Outcome.INELIGIBLE
    for proposal in assessment.prospects.proposals.get(finding.policy.id, ()):
        moved = any(step.fact in given for step in proposal.steps)
        if asked or moved or proposal.day is not None:
            return proposal
    return None


def _unpriced(assessment: Assessment, words: Vocabulary) -> str:
    count = sum(
        f.outcome is Outcome.ELIGIBLE
        and f.selected is not False
        and has_money(f.policy.form)
        and f.benefit is not None
        and f.benefit.amount is None
        for f in assessment.findings
    )
    return words.label("unpriced", count=count) if count else ""


def _few(assessment: Assessment, words: Vocabulary) -> str:
    count, every, days = better_days(assessment.program)
    if not days:
        return ""
    named = [
        words.label("day-count", day=day_words(day, words.lang), count=number)
        for day, number in days
    ]
    listed = words.label("comma").join(named)
    few = words.label("few-in-force", count=count, all=every)
    return few + words.label("more-on", days=listed)


def _local(words: Vocabulary) -> str:
    titles: Iterable[str] = dict.fromkeys(
        words.text(use.title)
        for figure in words.program.figures.values()
        for use in figure.uses
        if use.local
    )
    names = words.label("comma").join(titles)
    return words.label("local", names=names) if names else ""


def _asks(assessment: Assessment, words: Vocabulary) -> tuple[Ask, ...]:
    found = []
    for question in assessment.questions:
        fact = missing(question.fact, words)
        settles = tuple(map(words.policy, question.settles))
        found.append(Ask(fact.title, fact.asks, fact.who, settles))
    return tuple(found)
