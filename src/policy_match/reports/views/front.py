"""What the reader of an answer looks for first, each in a line of its own.

How much is certain, by when and with what, what to ask next, why not, how near a
limit is, who has to decide, what of earlier years, and by which rulebook and record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import Settler
from policy_match.language.formats import day_words
from policy_match.reports.readings.summary import has_money
from policy_match.reports.views.firm import called
from policy_match.reports.views.prospects import cliff_words, proposal_words
from policy_match.reports.views.totals import also_due, certain, together
from policy_match.reports.views.view import Front
from policy_match.semantics.claiming import OVER
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from policy_match.domain.facts import Facts
    from policy_match.reports.document import models as m
    from policy_match.reports.document.plan import PastPeriod
    from policy_match.reports.document.values import DaySpan
    from policy_match.reports.views.view import Ask, Group, Line
    from policy_match.reports.words.vocabulary import Vocabulary

_FEW = 3
_NAMED = 2


def front(  # noqa: PLR0913
    document: m.Answer,
    words: Vocabulary,
    *,
    facts: Facts,
    past: Iterable[PastPeriod],
    groups: Sequence[Group],
    asks: Sequence[Ask],
    seal: str,
) -> Front:
    """Return the first lines of an answer; `seal` is that of its record, if any."""
    rows = (
        ("front-deadline", _deadline(document, words)),
        ("front-over", _over(document, words)),
        ("front-ask", _ask(asks)),
        ("front-why-not", _why_not(groups, words)),
        ("cliffs", _cliffs(document, words)),
        ("front-awaits", _awaits(document, words)),
        ("front-past", _past(past, words)),
        ("front-record", _record(document, words, seal)),
    )
    return Front(
        about=" · ".join(called(facts, words)),
        totals=certain(document, words),
        open_amounts=also_due(document, words),
        together=together(document, words),
        rows=tuple((words.label(key), text) for key, text in rows if text),
    )


def last_day(span: DaySpan | None) -> date | None:
    """Return the last day that is safe: the earlier one where it is not known."""
    return (span.days.low or span.days.high) if span else None


def _deadline(document: m.Answer, words: Vocabulary) -> str:
    """Return what to file first, by when, where, and with which papers."""
    for action in document.actions:
        day = last_day(action.by)
        if action.state in OVER or not has_money(action.form):
            continue
        papers = words.listed(action.papers) or words.label("plan-no-papers")
        if day is None or day < document.today:
            told = action.standing
        else:
            left = words.label("days-left", count=(day - document.today).days)
            told = words.label("plan-by", day=day_words(day, words.lang))
            told += words.bracketed(left)
        parts = (action.title, action.where, words.label("front-papers", papers=papers))
        return words.label("semicolon").join((told, *parts))
    return ""


def _over(document: m.Answer, words: Vocabulary) -> str:
    """Return for which money it is too late, and since when."""
    named: dict[str, list[str]] = {}
    for action in document.actions:
        if action.state in OVER and has_money(action.form):
            named.setdefault(action.what, []).append(action.title)
    told = (words.listed(x) + words.label("colon") + what for what, x in named.items())
    return words.label("semicolon").join(told)


def _ask(asks: Sequence[Ask]) -> str:
    """Return the question most worth answering, and what it is worth."""
    return " ".join(filter(None, (asks[0].asks, asks[0].worth))) if asks else ""


def _why_not(groups: Sequence[Group], words: Vocabulary) -> str:
    """Return the policies that the firm fails and the conditions it does not meet.

    What stands in a bracket alone would read as a fact about the firm, so it is told
    to be a condition.
    """
    lines = (group.lines for group in groups if group.key == "ineligible")
    failed = [line for some in lines for line in some]
    told = [
        line.title
        + words.bracketed(words.label("front-unmet", reason=_reason(line, words)))
        for line in failed[:_FEW]
    ]
    if len(failed) > _FEW:
        return words.label("and-more", listed=words.listed(told), count=len(failed))
    return words.listed(told)


def _reason(line: Line, words: Vocabulary) -> str:
    """Return the condition that fails, of several the first and how many there are."""
    if len(line.reasons) > 1:
        return words.label("and-more", listed=line.reasons[0], count=len(line.reasons))
    return line.reason


def _cliffs(document: m.Answer, words: Vocabulary) -> str:
    told = [*_lost(document, words)]
    told += [cliff_words(cliff, words) for cliff in document.cliffs]
    return words.label("semicolon").join(told[:_FEW])


def _lost(document: m.Answer, words: Vocabulary) -> Iterator[str]:
    """Yield what a single figure beyond its limit costs."""
    for found in document.findings:
        nearest = next(iter(found.would_change), None)
        if found.outcome is not Outcome.INELIGIBLE or nearest is None:
            continue
        one = nearest.changes[0] if len(nearest.changes) == 1 else None
        if one is None or one.distance is None or nearest.to_decide or nearest.loses:
            continue
        told = proposal_words(nearest, found, words)
        yield words.policy(found.policy) + words.label("colon") + told


def _awaits(document: m.Answer, words: Vocabulary) -> str:
    """Return which department has still to decide what, and nobody else."""
    named: dict[str, list[str]] = {}
    for found in document.findings:
        undetermined = found.outcome is Outcome.UNDETERMINED
        if undetermined and found.awaiting == (Settler.OFFICER,):
            named.setdefault(found.departments.granting, []).append(found.title)
    told = []
    for department, titles in named.items():
        listed = _some(titles, words)
        told.append(department + words.label("colon") + listed)
    return words.label("semicolon").join(told[:_FEW])


def _past(past: Iterable[PastPeriod], words: Vocabulary) -> str:
    """Return what of the year before can still be had, until when."""
    years = [one for one in past if last_day(one.recover_until)]
    if not years:
        return ""
    latest = years[0].year
    named: dict[date, list[str]] = {}
    for one in years:
        day = last_day(one.recover_until)
        if one.year == latest and day is not None:
            named.setdefault(day, []).append(one.title)
    told = (
        words.label("front-until", day=day_words(day, words.lang))
        + words.bracketed(_some(titles, words))
        for day, titles in named.items()
    )
    until = words.label("semicolon").join(told)
    return words.label("front-year", year=str(latest), until=until)


def _some(titles: Sequence[str], words: Vocabulary) -> str:
    """Return a few titles, and how many there are."""
    listed = words.listed(titles[:_NAMED])
    if len(titles) > _NAMED:
        return words.label("and-more", listed=listed, count=len(titles))
    return listed


def _record(document: m.Answer, words: Vocabulary, seal: str) -> str:
    made = document.rulebook
    told = words.label("rulebook-digest", id=made.id, digest=made.digest[7:19])
    if not seal:
        return told
    record = words.label("front-seal", seal=seal[7:19])
    return told + words.label("semicolon") + record
