"""What is referred to from the manifest, facts, sources and code systems."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from policy_match.compiler.scope import code_system, shape
from policy_match.domain.codes import CodeSystem
from policy_match.domain.facts import FactType
from policy_match.errors import Fault, Place, did_you_mean
from policy_match.language.locales import LOCALES
from policy_match.language.messages import said
from policy_match.language.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.errors import Hint
    from policy_match.rulebook.book_models import CodeSystemModel, SourceModel
    from policy_match.rulebook.loader import Book

Path = tuple[str | int, ...]
_SHOWN = 20
"""Faults of one list that are told; a list of another kind has one a line."""


def references(book: Book) -> Iterator[Fault]:
    """Yield a fault for each name that leads to nothing that is declared."""
    yield from _languages(book)
    yield from _manifest(book)
    yield from _formats(book)
    yield from _shapes(book)
    yield from _references(book)


def _languages(book: Book) -> Iterator[Fault]:
    """Yield a fault for each language in which the package has no words."""
    languages = book.manifest.languages
    for index, name in enumerate(languages):
        path: Path = ("rulebook", "languages", index)
        if name not in LANGUAGES:
            hint = said("known-names", known=LANGUAGES)
            message = said("unknown-language", name=name)
            yield book.origin.fault(path, "R306", message, hint)
        elif name in languages[:index]:
            message = said("here-repeated", name=name)
            yield book.origin.fault(path, "R204", message, said("keep-one"))


def _manifest(book: Book) -> Iterator[Fault]:
    manifest = book.manifest
    if manifest.timezone is not None and not _is_zone(manifest.timezone):
        message = said("unknown-timezone", name=manifest.timezone)
        path: Path = ("rulebook", "timezone")
        yield book.origin.fault(path, "R306", message, said("write-timezone"))
    named: list[tuple[Path, str | None]] = []
    if manifest.identity is not None:
        path = ("rulebook", "identity")
        named.append(((*path, "key"), manifest.identity.key))
        named.append(((*path, "name"), manifest.identity.name))
    known = book.facts.keys() | book.definitions.keys()
    for path, name in named:
        if name is not None and name not in book.facts:
            hint = did_you_mean(name, book.facts)
            message = said("no-base-fact", name=name)
            yield book.origin.fault(path, "R302", message, hint)
    for index, name in enumerate(manifest.segments):
        if name not in known:
            message, hint = said("no-fact", name=name), did_you_mean(name, known)
            path = ("rulebook", "segments", index)
            yield book.origin.fault(path, "R302", message, hint)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _shapes(book: Book) -> Iterator[Fault]:
    """Yield a fault for what a fact says that its type has no use for."""
    for section in ("facts", "definitions"):
        for name, model in getattr(book, section).items():
            path = (section, name)
            hint: Hint
            enum = model.type is FactType.ENUM
            if enum and not model.values:
                message, hint = said("key-missing", key="values"), said("add-values")
                yield book.origin.fault(path, "R201", message, hint)
            code = section == "facts" and model.type is FactType.CODE
            if code and not model.system:
                message = said("key-missing", key="system")
                hint = said("code-needs-system")
                yield book.origin.fault(path, "R201", message, hint)
            unfit = [
                ("values", bool(model.values) and not enum),
                ("range", model.range is not None and not model.type.numeric),
            ]
            for key, wrong in unfit:
                if wrong:
                    message = said("no-use-for", type=model.type, key=key)
                    hint = said("remove-it")
                    yield book.origin.fault((*path, key), "R203", message, hint)


def _formats(book: Book) -> Iterator[Fault]:
    locale = LOCALES.get(book.manifest.locale)
    if locale is None:
        hint = said("known-names", known=tuple(LOCALES))
        path = ("rulebook", "locale")
        message = said("unknown-locale", name=book.manifest.locale)
        yield book.origin.fault(path, "R306", message, hint)
        return
    for name, model in book.facts.items():
        if model.format and model.format not in locale.identifiers:
            known = tuple(locale.identifiers) or said("none-of-these")
            message = said("unknown-format", name=model.format)
            hint = said("known-names", known=known)
            yield book.origin.fault(("facts", name, "format"), "R306", message, hint)
        if model.system and model.system not in book.code_systems:
            near = did_you_mean(model.system, book.code_systems)
            message = said("unknown-system", name=model.system)
            yield book.origin.fault(("facts", name, "system"), "R306", message, near)
    for name, system in book.code_systems.items():
        yield from _code_system(book, name, system)
        for section in system.names.keys() - system.divisions.keys():
            message = said("unknown-section", name=section)
            hint = said("known-names", known=tuple(system.divisions))
            at = ("code_systems", name, "names", section)
            yield book.origin.fault(at, "R306", message, hint)


def _code_system(book: Book, name: str, model: CodeSystemModel) -> Iterator[Fault]:
    """Yield a fault where it cannot be told what is a code, and what is none."""
    path = ("code_systems", name)
    if not (model.divisions or model.levels or model.codes):
        message, hint = said("no-codes-at-all", name=name), said("say-codes")
        yield book.origin.fault(path, "R207", message, hint)
    for level, text in model.levels.items():
        if shape(text, sections=bool(model.divisions)) is None:
            message, hint = said("no-level", text=text), said("draw-it")
            yield book.origin.fault((*path, "levels", level), "R203", message, hint)
    listed = book.code_lists.get(name)
    if listed is None:
        return
    system = code_system(name, model, listed)
    drawn = CodeSystem(name, system.divisions, shapes=system.shapes)
    odd = [code for code in listed.codes if drawn.normal(code) is None]
    for code in odd[:_SHOWN]:
        message = said("not-in-levels", code=code)
        place = Place(listed.file, listed.lines[code])
        yield Fault(place, "R309", message, "", code)


def _references(book: Book) -> Iterator[Fault]:
    for name, definition in book.definitions.items():
        if definition.informs and definition.informs not in book.policies:
            path = ("definitions", name, "informs")
            hint = did_you_mean(definition.informs, book.policies)
            message = said("unknown-policy", name=definition.informs)
            yield book.origin.fault(path, "R306", message, hint)
    yield from _marks(book)
    yield from _lasting(book)
    for name, source in book.sources.items():
        for key, named in _named(source):
            if named not in book.sources:
                too = said("declare-it-too")
                hint = did_you_mean(named, book.sources, too)
                message = said("unknown-source", name=named)
                path = ("sources", name, key)
                yield book.origin.fault(path, "R306", message, hint)


def _named(source: SourceModel) -> Iterator[tuple[str, str]]:
    """Yield the other documents that a document names, and under which key."""
    for key in ("replaced_by", "superseded_by"):
        if getattr(source, key):
            yield key, getattr(source, key)
    yield from (("amended_by", cite.source) for cite in source.amended_by)
    stretches = {"in_force": source.in_force or ()}
    stretches["articles"] = tuple(s for a in source.articles.values() for s in a)
    for key, of in stretches.items():
        yield from ((key, c.source) for s in of for c in s.prolonged_by)


def _lasting(book: Book) -> Iterator[Fault]:
    """Yield the members that last and are none of their fact."""
    for name, fact in book.facts.items():
        members = fact.values or {}
        for place, member in enumerate(fact.lasting):
            if member not in members:
                message = said("no-such-member", member=member, fact=name)
                hint = did_you_mean(member, members)
                yield book.origin.fault(
                    ("facts", name, "lasting", place), "R302", message, hint
                )


def _marks(book: Book) -> Iterator[Fault]:
    """Yield the themes and the papers of facts that the manifest does not name."""
    known = {"theme": book.manifest.themes, "paper": book.manifest.papers}
    for section in ("facts", "definitions"):
        for name, fact in getattr(book, section).items():
            for key, names in known.items():
                mark = getattr(fact, key)
                if mark and mark not in names:
                    otherwise = said("declare-under", section=f"rulebook.{key}s")
                    hint = did_you_mean(mark, names, otherwise)
                    message = said(f"unknown-{key}", name=mark)
                    path = (section, name, key)
                    yield book.origin.fault(path, "R306", message, hint)
