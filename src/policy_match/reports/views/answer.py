"""The document of an answer in words: groups, totals, questions, days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_match.language.formats import day_words
from policy_match.reports.readings.summary import better_days
from policy_match.reports.views.bundle import best_words
from policy_match.reports.views.determinations import determination_words
from policy_match.reports.views.finding import Lines, outside
from policy_match.reports.views.front import front
from policy_match.reports.views.prospects import cliff_words, proposal_words
from policy_match.reports.views.questions import aims, stake_words
from policy_match.reports.views.view import Answer, Ask, Group, Line
from policy_match.semantics.claiming import OVER
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from policy_match.domain.facts import Facts
    from policy_match.reports.document import models as m
    from policy_match.reports.document.plan import PastPeriod
    from policy_match.reports.words.vocabulary import Vocabulary

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


def answer(  # noqa: PLR0913
    document: m.Answer,
    words: Vocabulary,
    *,
    explain: Collection[str] = (),
    evidence: bool = True,
    services: bool = False,
    facts: Facts,
    past: Iterable[PastPeriod] = (),
    seal: str = "",
) -> Answer:
    """Return a document in words; the policies in `explain`, by id, are unfolded.

    `facts` are those of the firm, `past` what of earlier years can still be had,
    `seal` that of the record, where one was made.

    `words` are those of the program and the language that the document is made of.
    The folded ones have their evidence too, unless `evidence` is false. Services
    that nobody asked for are one line of their group, unless `services`.
    """
    groups = _groups(document, words, explain, evidence)
    if not services:
        over = {one.policy for one in document.actions if one.state in OVER}
        groups = tuple(_brief(group, over, words) for group in groups)
    asks = tuple(_ask(question, words) for question in document.questions)
    return Answer(
        lang=words.lang,
        title=words.label("answer-title"),
        firm=document.firm.name or words.label("a-firm"),
        uscc=document.firm.uscc or "",
        as_of=words.label(
            "as-of",
            day=day_words(document.on, words.lang),
            today=day_words(document.today, words.lang),
        ),
        rulebook=words.rulebook(),
        counts=tuple((g.key, g.title, g.count) for g in groups),
        few=_few(words),
        warnings=document.warnings,
        local=_local(words),
        groups=tuple(group for group in groups if group.count),
        asks=asks,
        best=best_words(document.bundle, words),
        determined=tuple(
            determination_words(one, words) for one in document.determinations
        ),
        cliffs=tuple(cliff_words(cliff, words) for cliff in document.cliffs),
        disclaimer=document.disclaimer,
        front=front(
            document, words, facts=facts, past=past, groups=groups, asks=asks, seal=seal
        ),
        full=services or bool(explain),
        every=services,
    )


def _groups(
    document: m.Answer, words: Vocabulary, explain: Collection[str], evidence: bool
) -> tuple[Group, ...]:
    lines = Lines(document, words)
    found: dict[str, list[Line]] = {key: [] for key in COLUMNS}
    for finding in document.findings:
        unfolded = finding.policy in explain
        told = evidence or unfolded
        line = lines.line(finding, unfolded=unfolded, evidence=told)
        nearest = _nearest(finding, unfolded=unfolded)
        if nearest is not None:
            line = replace(line, change=proposal_words(nearest, finding, words))
        found[line.key].append(line)
    found["not-in-force"] = [
        outside(one, words, document.today) for one in document.not_in_force
    ]
    return tuple(
        Group(key, words.label(key), words.label(column), tuple(found[key]))
        for key, column in COLUMNS.items()
    )


def _brief(group: Group, over: Collection[str], words: Vocabulary) -> Group:
    """Return a group whose services, where there are several, are one line.

    Those that the firm has are told apart by whether their time is over.
    """
    services = tuple(line for line in group.lines if line.service and not line.unfolded)
    if len(services) < _SEVERAL or group.key not in BRIEF:
        return group
    named = {"services-more": services}
    if group.key == "eligible":
        named = {
            "services-ready": tuple(line for line in services if line.id not in over),
            "services-over": tuple(line for line in services if line.id in over),
        }
    told = (
        words.label(
            key, count=len(some), names=words.listed(line.title for line in some)
        )
        for key, some in named.items()
        if some
    )
    rest = tuple(line for line in group.lines if line not in services)
    listed = words.label("semicolon").join(told)
    return replace(group, lines=rest, more=services, services=listed)


def _nearest(finding: m.Finding, *, unfolded: bool) -> m.Proposal | None:
    """Return the nearest proposal that is told.

    Of what is not settled, one that moves a stated fact: the others only repeat
    the questions, unless somebody asks for all of a policy.
    """
    asked = unfolded or finding.outcome is Outcome.INELIGIBLE
    for proposal in finding.would_change:
        moved = any(change.given for change in proposal.changes)
        if asked or moved or proposal.day is not None:
            return proposal
    return None


def _few(words: Vocabulary) -> str:
    count, every, days = better_days(words.program)
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


def _ask(question: m.Question, words: Vocabulary) -> Ask:
    who = words.label(question.settled_by.value)
    stake = stake_words({f: one.value for f, one in question.worth.items()}, words)
    about = question.settles, question.may_settle, question.narrows
    return Ask(question.title, question.asks, who, stake, tuple(aims(*about, words)))
