"""Documents of the law, and the days on which they grant or govern."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from policy_match.domain.frozen import dataclass
from policy_match.domain.texts import Citation, Text, Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_DAY = timedelta(days=1)
ALWAYS = Window()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in force, and the documents that carry this one over them."""

    window: Window
    prolonged_by: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its number, title and issuer, its days, and what became of it.

    `in_force` are the days for which it grants or governs, which may begin
    before it was issued; without any it is in force always. `articles` are
    those that stand on other days than the rest. `status` is `known` where the
    days are known and were not read.
    """

    id: str
    number: str
    title: Text
    issuer: Text
    issued: date | None = None
    in_force: tuple[Stretch, ...] = ()
    articles: Mapping[str, tuple[Stretch, ...]] = field(default_factory=dict)
    replaced_by: str | None = None
    amended_by: tuple[Citation, ...] = ()
    status: str = ""
    review_by: date | None = None

    def stretches(self, article: str) -> tuple[Stretch, ...]:
        """Return the days of an article: its own, else those of the document."""
        return self.articles.get(article) or self.in_force or (Stretch(ALWAYS),)

    @property
    def ends(self) -> date | None:
        """The last day of the whole document, or None where it is open."""
        return self.stretches("")[-1].window.end


def standing(citation: Citation, source: Source, day: date) -> Stretch | None:
    """Return the stretch of the source in which a citation stands on a day."""
    if citation.window is not None and day not in citation.window:
        return None
    stretches = source.stretches(citation.article)
    return next((s for s in stretches if day in s.window), None)


def as_of(
    cites: Iterable[Citation], sources: Mapping[str, Source], day: date
) -> tuple[Citation, ...]:
    """Return the citations in force on a day, each with the days it stands.

    One of a source that nobody declared is kept: another check tells of it.
    """
    found = []
    for cite in cites:
        source = sources.get(cite.source)
        if source is None:
            found.append(cite)
        elif standing(cite, source, day) is not None:
            found.append(replace(cite, window=_span(cite, source, day)))
    return tuple(found)


def prolongers(
    cites: Iterable[Citation], sources: Mapping[str, Source], day: date
) -> tuple[Citation, ...]:
    """Return what carries documents over a day: it grants nothing by itself."""
    return as_of(prolonging(cites, sources, day), sources, day)


def prolonging(
    cites: Iterable[Citation], sources: Mapping[str, Source], day: date
) -> tuple[Citation, ...]:
    """Return what is to carry documents over a day, whether or not it stands then."""
    found: dict[Citation, None] = {}
    for cite in cites:
        source = sources.get(cite.source)
        # A citation that was dated by `as_of` stands in one stretch of its source.
        stretch = standing(cite, source, day) if source else None
        if stretch is not None:
            found |= dict.fromkeys(stretch.prolonged_by)
    return tuple(found)


def acts_back(citation: Citation, source: Source | None) -> bool:
    """Whether a document was issued after the first day that it governs."""
    start = citation.window.start if citation.window else None
    return bool(source and source.issued and start and start < source.issued)


def joined(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Return windows in order, those that touch or overlap as one."""
    found: list[Window] = []
    for window in sorted(windows, key=lambda w: w.start or date.min):
        before = found[-1] if found else None
        if before is not None and _touch(before, window):
            last = max(before.end or date.max, window.end or date.max)
            end = None if last == date.max else last
            found[-1] = Window(before.start, end)
        else:
            found.append(Window(window.start, window.end))
    return tuple(found)


def common(one: Window, other: Window) -> Window | None:
    """Return the days that two windows share, or None."""
    start = max(one.start or date.min, other.start or date.min)
    end = min(one.end or date.max, other.end or date.max)
    if start > end:
        return None
    first = None if start == date.min else start
    return Window(first, None if end == date.max else end)


def rest(window: Window, taken: Iterable[Window]) -> tuple[Window, ...]:
    """Return the days of a window that lie in none of the others."""
    left: list[Window] = []
    start: date | None = window.start or date.min
    end = window.end or date.max
    for other in joined(taken):
        if start is None or (other.end or date.max) < start:
            continue
        first = other.start or date.min
        if first > end:
            break
        if first > start:
            left.append(_window(start, first - _DAY))
        start = other.end + _DAY if other.end and other.end < date.max else None
    if start is not None and start <= end:
        left.append(_window(start, end))
    return tuple(left)


def _window(start: date, end: date) -> Window:
    return Window(
        None if start == date.min else start, None if end == date.max else end
    )


def _touch(before: Window, after: Window) -> bool:
    if before.end is None or before.end == date.max:
        return True
    return (after.start or date.min) <= before.end + _DAY


def _span(citation: Citation, source: Source, day: date) -> Window:
    """Return the unbroken days around one on which a citation stands."""
    windows = joined(s.window for s in source.stretches(citation.article))
    around = next(window for window in windows if day in window)
    return common(around, citation.window or ALWAYS) or around
