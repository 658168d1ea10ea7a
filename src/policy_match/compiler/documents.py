"""The documents of a book, and which of them grant a policy on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.documents import (
    Source,
    Stretch,
    common,
    rest,
)
from policy_match.domain.texts import NO_TEXT, Citation, Window
from policy_match.ir.program import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_match.compiler.trees import Driver, Path
    from policy_match.rulebook.book_models import StretchModel
    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.models import BasisModel, PolicyModel


def documents(book: Book) -> dict[str, Source]:
    """Return the documents that a book declares, by id."""
    return {
        name: Source(
            id=name,
            number=model.number,
            title=model.title or NO_TEXT,
            issuer=model.issuer or NO_TEXT,
            issued=model.issued,
            in_force=_stretches(model.in_force),
            articles={key: _stretches(days) for key, days in model.articles.items()},
            replaced_by=model.replaced_by or model.superseded_by,
            amended_by=model.amended_by,
            status=model.status,
            review_by=model.review_by,
        )
        for name, model in book.sources.items()
    }


def _stretches(models: Sequence[StretchModel] | None) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(Window(model.start, model.end), model.prolonged_by)
        for model in models or ()
    )


def granting(book: Book, model: PolicyModel) -> tuple[Citation, ...]:
    """Return what is said to grant a policy on any day, to whatever firm.

    That is its `basis`, else what it cites, else the plan at its section.
    """
    if model.basis:
        return tuple(cite for part in model.basis for cite in part.cite)
    if model.cite:
        return model.cite
    plan = book.manifest.plan
    if plan is None or model.plan is None:
        return ()
    return (Citation(plan.source, model.plan.section),)


def basis(driver: Driver, name: str, model: PolicyModel) -> tuple[Basis, ...]:
    """Return what grants a policy on the day: by tier, then to all firms."""
    path: Path = ("policies", name)
    found: list[Basis] = []
    for index, tier in enumerate(model.benefit.tiers):
        where = (*path, "benefit", "tiers", index, "basis")
        found += _parts(driver, tier.basis, where, tier.tier)
    if model.basis:
        found += _parts(driver, model.basis, (*path, "basis"))
    else:
        cites = driver.cites(granting(driver.scope.book, model), (*path, "cite"))
        found += [Basis(cite) for cite in cites]
    scope = driver.scope
    for of in dict.fromkeys(part.tier for part in found):
        mine = [part.cite for part in found if part.tier == of]
        known = {str(cite) for cite in mine}
        found += [
            Basis(cite, tier=of)
            for cite in scope.prolonging(mine)
            if str(cite) not in known
        ]
    return tuple(found)


def _parts(
    driver: Driver, parts: Sequence[BasisModel], path: Path, tier: str = ""
) -> Iterator[Basis]:
    for index, part in enumerate(parts):
        cites = driver.cites(part.cite, (*path, index, "cite"))
        guard = None
        if part.guard is not None and cites:
            guard = driver.tree(part.guard, (*path, index, "if"))
        yield from (Basis(cite, guard, tier) for cite in cites)


def ungranted(
    book: Book, model: PolicyModel, sources: Mapping[str, Source]
) -> tuple[Window, ...]:
    """Return the days of a policy on which nothing in force grants it.

    Days of a window that says so itself are left out.
    """
    stands = [w for c in granting(book, model) for w in windows(c, sources)]
    for tier in model.benefit.tiers:
        if tier.guard is None:
            cites = [cite for part in tier.basis for cite in part.cite]
            stands += [w for cite in cites for w in windows(cite, sources)]
    left: list[Window] = []
    for span in model.in_force:
        if not span.basis:
            left += rest(Window(span.start, span.end), stands)
    return tuple(left)


def windows(citation: Citation, sources: Mapping[str, Source]) -> tuple[Window, ...]:
    """Return the days on which a citation stands."""
    source = sources.get(citation.source)
    if source is None:
        return ()
    own = citation.window or Window()
    shared = (common(s.window, own) for s in source.stretches(citation.article))
    return tuple(window for window in shared if window is not None)
