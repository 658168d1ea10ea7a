"""What granted a policy over time: stretch by stretch, the operative document first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from policy_match.compiler.documents import granting, windows
from policy_match.domain.documents import as_of, common, prolongers
from policy_match.domain.texts import Citation, Window
from policy_match.reports.words.figures import period_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy_match.domain.documents import Source
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.models import PolicyModel


class LawRow(NamedTuple):
    """A stretch of days, and the documents that grant a policy on them."""

    period: str
    documents: tuple[str, ...]


def law_rows(
    book: Book, sources: Mapping[str, Source], model: PolicyModel, words: Vocabulary
) -> tuple[LawRow, ...]:
    """Return the history of the law of one policy, within its own windows."""
    cites = list(granting(book, model))
    for tier in model.benefit.tiers:
        cites += [cite for part in tier.basis for cite in part.cite]
    found: list[tuple[Window, tuple[Citation, ...]]] = []
    for span in model.in_force:
        for days in _stretches(Window(span.start, span.end), cites, sources):
            day = days.start or days.end or date.min
            stand = as_of(cites, sources, day)
            stand += prolongers(stand, sources, day)
            found.append((days, stand))
    return tuple(
        LawRow(period_words(days.start, days.end, words.lang), words.cites(stand))
        for days, stand in found
        if stand
    )


def _stretches(
    span: Window, cites: list[Citation], sources: Mapping[str, Source]
) -> Iterator[Window]:
    """Yield the parts of a span, cut where a document begins or ends."""
    starts = {span.start or date.min}
    for cite in cites:
        for window in windows(cite, sources):
            shared = common(span, window)
            if shared is None:
                continue
            starts.add(shared.start or date.min)
            if shared.end and shared.end < (span.end or date.max):
                starts.add(shared.end + timedelta(days=1))
    days = sorted(starts)
    for first, after in zip(days, [*days[1:], None], strict=True):
        end = after - timedelta(days=1) if after else span.end
        yield Window(None if first == date.min else first, end)
