"""What `lint` finds about documents: days they do not cover, and idle ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from policy_match.compiler.documents import documents, granting, ungranted, windows
from policy_match.domain.documents import common, rest
from policy_match.domain.texts import Citation, Window
from policy_match.errors import did_you_mean
from policy_match.language.messages import said
from policy_match.rulebook.parts import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy_match.domain.documents import Source
    from policy_match.errors import Fault
    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.walking import Path


def document_faults(book: Book) -> Iterator[Fault]:
    """Yield every finding about the documents of a sound book."""
    sources = documents(book)
    cited = list(parts(book, Citation))
    for path, citation in cited:
        yield from _outside(book, path, citation, sources)
    yield from _values(book, sources)
    if sources:
        yield from _ungranted(book, sources)
    yield from _idle(book, {citation.source for _, citation in cited})


def _outside(
    book: Book, path: Path, citation: Citation, sources: Mapping[str, Source]
) -> Iterator[Fault]:
    """Yield a citation whose own window leaves that of its document.

    An end that it leaves open is that of the document.
    """
    own = citation.window
    if own is None:
        return
    days = [s.window for s in sources[citation.source].stretches(citation.article)]
    own = Window(own.start or days[0].start, own.end or days[-1].end)
    left = rest(own, days)
    if left:
        yield book.origin.fault(
            path,
            "R415",
            said("cite-leaves", name=str(citation), days=_days(left[0])),
            said("cite-within"),
        )


def _values(book: Book, sources: Mapping[str, Source]) -> Iterator[Fault]:
    """Yield a value of a parameter that cites nothing in force on some day."""
    for name, parameter in book.parameters.items():
        for index, value in enumerate(parameter.values):
            span = Window(value.start, value.end)
            for place, citation in enumerate(value.cite):
                stands = windows(citation, sources)
                if not any(common(span, window) for window in stands):
                    path = ("parameters", name, "values", index, "cite", place)
                    days = _days(span)
                    message = said("cite-leaves", name=str(citation), days=days)
                    yield book.origin.fault(path, "R415", message, said("cite-within"))


def _ungranted(book: Book, sources: Mapping[str, Source]) -> Iterator[Fault]:
    for name, policy in book.policies.items():
        left = ungranted(book, policy, sources) if granting(book, policy) else ()
        if left:
            message = said("nothing-grants", name=name, days=_days(left[0]))
            hint = said("name-what-grants")
            yield book.origin.fault(("policies", name), "R416", message, hint)


def _idle(book: Book, used: set[str]) -> Iterator[Fault]:
    for source in book.sources.values():
        used |= {source.replaced_by or "", source.superseded_by or ""}
    plan = book.manifest.plan
    if plan is not None:
        used.add(plan.source)
        if plan.source not in book.sources:
            message = said("unknown-source", name=plan.source)
            hint = did_you_mean(plan.source, book.sources)
            yield book.origin.fault(("rulebook", "plan"), "R306", message, hint)
    for name in book.sources:
        if name not in used:
            message, path = said("idle-source", name=name), ("sources", name)
            yield book.origin.fault(path, "R401", message, said("remove-it"))


def _days(window: Window) -> str:
    start = window.start or date.min
    first = "" if start == date.min else start.isoformat()
    last = window.end.isoformat() if window.end and window.end < date.max else ""
    return first if first == last else f"{first}..{last}"
