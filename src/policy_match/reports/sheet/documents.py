"""The documents that a decision rests on: their articles, what for, and their days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.documents import standing
from policy_match.domain.texts import Citation
from policy_match.reports.document import models as m
from policy_match.reports.sheet.view import Document, Documents
from policy_match.reports.views.evidence import citations, thresholds_of
from policy_match.reports.words.articles import article_order, article_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policy_match.reports.words.vocabulary import Vocabulary


def documents(
    findings: Iterable[m.Finding],
    definitions: Mapping[str, m.Definition],
    words: Vocabulary,
) -> tuple[Documents, ...]:
    """Return the documents in force that findings rest on, each once, by policy.

    A policy is named by its number, that of its finding among `findings`.
    """
    articles: dict[str, dict[str, None]] = {}
    governs: dict[str, dict[str, None]] = {}
    for number, found in enumerate(findings, 1):
        for cite in _cited(found, definitions):
            told = articles.setdefault(cite.source, {})
            if cite.article:
                told[cite.article] = None
            governs.setdefault(cite.source, {})[str(number)] = None
    grouped: dict[tuple[str, ...], list[Document]] = {}
    for source, told in articles.items():
        named = dict.fromkeys(article_words(one, words.lang) for one in told)
        document = Document(
            number=words.number_of(source),
            articles=words.listed(sorted(named, key=article_order)),
            period=_period(source, told, words),
        )
        grouped.setdefault(tuple(governs[source]), []).append(document)
    return tuple(
        Documents(words.listed(policies), tuple(some))
        for policies, some in grouped.items()
    )


def _period(source: str, articles: Iterable[str], words: Vocabulary) -> str:
    """Return the days of a document, those of the article where they are its own."""
    found = words.program.sources.get(source)
    cite = Citation(source, next(iter(articles), ""))
    stretch = standing(cite, found, words.program.day) if found else None
    window = stretch.window if stretch else None
    if window is None or window.start is window.end is None:
        return words.label("no-period")
    ends = (day.isoformat() if day else "" for day in (window.start, window.end))
    return "—".join(ends)


def _cited(
    found: m.Finding, definitions: Mapping[str, m.Definition]
) -> Iterator[Citation]:
    for one in found.basis:
        yield Citation(one.source, one.article or "")
    seen: set[str] = set()
    pending: list[m.Evidence | m.Definition] = [found.evidence]
    while pending:
        part = pending.pop()
        yield from citations(part)
        named: tuple[str, ...] = ()
        if isinstance(part, m.Test):
            for bound in thresholds_of(part):
                for use in (bound, *bound.also):
                    yield from citations(use)
            named = part.because
        elif isinstance(part, m.Definition):
            named = part.because
            pending += reversed(part.of)
        else:
            pending += reversed(part.of)
        fresh = [fact for fact in named if fact not in seen and fact in definitions]
        seen.update(fresh)
        pending += [definitions[fact] for fact in reversed(fresh)]
    for step in found.computation or ():
        for use in step.parameters:
            yield from citations(use)
