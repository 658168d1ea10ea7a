"""Dictionaries of a rulebook: checked, and as the reader of values has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.wording import NO_WORDING, Edition, Wording
from policy_match.errors import did_you_mean
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.errors import Fault
    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.models import (
        DefinitionModel,
        DictionaryModel,
        FactModel,
    )

_NOTHING, _NOWHERE = "unknown", "-"
_TRUTHS = ("true", "false")


def wording(fact: str, book: Book) -> Wording:
    """Return what else the values and the columns of a fact are called."""
    words = book.dictionaries.get(fact)
    heads = book.headings.get(fact)
    if words is None and heads is None:
        return NO_WORDING
    found: dict[str, tuple[str, ...]] = {}
    patterns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    if words is not None:
        found |= {w: (member,) for member, some in words.values.items() for w in some}
        found |= words.several
        found |= dict.fromkeys(words.unclear, ())
        patterns = tuple((p.match, _meaning(p.value)) for p in words.patterns)
    return Wording(
        found,
        patterns,
        words.same if words else {},
        _names(words) if words else "",
        words.search if words else {},
        words.synonyms if words else {},
        {
            year: Edition(one.called, one.changed, one.added)
            for year, one in (words.editions if words else {}).items()
        },
        headings=heads.names if heads else (),
        look_alikes=heads.look_alikes if heads else (),
        weak_headings=heads.weak if heads else (),
        by_heading={
            heading: {w: _meaning((member,)) for member, ws in of.items() for w in ws}
            for heading, of in (heads.words if heads else {}).items()
        },
    )


def _names(words: DictionaryModel) -> str:
    """Return the names of a classification, and below them what went to its codes."""
    names = [line for line in words.names.splitlines() if line]
    known = {line.partition(" ")[2] for line in names}
    for edition in words.editions.values():
        for line in edition.changed.splitlines():
            _, code, name = _changed(line)
            if code != _NOWHERE and name and name not in known:
                known.add(name)
                names.append(f"{code} {name}")
    return "\n".join(names)


def _changed(line: str) -> tuple[str, str, str]:
    code, _, rest = line.partition(" ")
    target, _, name = rest.partition(" ")
    return code, target, name


def _meaning(members: tuple[str, ...]) -> tuple[str, ...]:
    return () if members == (_NOTHING,) else members


def faults(book: Book) -> Iterator[Fault]:
    """Yield what is wrong with the dictionaries and the headings of a book."""
    known = {*book.facts, *book.definitions}
    for section in ("dictionaries", "headings"):
        for fact in getattr(book, section):
            if fact not in known:
                hint = did_you_mean(fact, known)
                message = said("no-fact", name=fact)
                yield book.origin.fault((section, fact), "R302", message, hint)
    yield from _left_out(book)
    yield from _below_headings(book)
    for fact, words in book.dictionaries.items():
        model = book.facts.get(fact) or book.definitions.get(fact)
        if model is not None:
            yield from _members(book, fact, words, _members_of(model))
        yield from _patterns(book, fact, words)
        yield from _searched(book, fact, words)
        yield from _editions(book, fact, words)


def _members_of(model: FactModel | DefinitionModel) -> tuple[str, ...]:
    return _TRUTHS if model.type is FactType.BOOL else tuple(model.values or {})


def _below_headings(book: Book) -> Iterator[Fault]:
    """Yield the members that words below a heading name, and that there are not."""
    for fact, heads in book.headings.items():
        model = book.facts.get(fact) or book.definitions.get(fact)
        members = (*_members_of(model), _NOTHING) if model else ()
        for heading, of in heads.words.items() if model else ():
            for member in of.keys() - {*members}:
                message = said("no-such-member", member=member, fact=fact)
                here = ("headings", fact, "words", heading, member)
                hint = did_you_mean(member, members)
                yield book.origin.fault(here, "R302", message, hint)


def _left_out(book: Book) -> Iterator[Fault]:
    for fact, members in book.manifest.left_out.items():
        path = ("rulebook", "left_out", fact)
        model = book.facts.get(fact)
        if model is None or not model.values:
            message, hint = said("no-fact", name=fact), did_you_mean(fact, book.facts)
            yield book.origin.fault(path, "R302", message, hint)
            continue
        for member in set(members) - set(model.values):
            message = said("no-such-member", member=member, fact=fact)
            hint = did_you_mean(member, model.values)
            yield book.origin.fault(path, "R302", message, hint)


def _members(
    book: Book, fact: str, words: DictionaryModel, members: tuple[str, ...]
) -> Iterator[Fault]:
    used: dict[tuple[str | int, ...], str] = {
        ("values", member): member for member in words.values
    }
    used |= {("several", w): m for w, some in words.several.items() for m in some}
    for place, pattern in enumerate(words.patterns):
        for member in _meaning(pattern.value):
            used["patterns", place] = member
    for path, member in used.items():
        if member not in members:
            message = said("no-such-member", member=member, fact=fact)
            here = ("dictionaries", fact, *path)
            hint = did_you_mean(member, members)
            yield book.origin.fault(here, "R302", message, hint)
    twice = _twice(words)
    if twice:
        message = said("word-twice", word=twice)
        yield book.origin.fault(("dictionaries", fact), "R204", message)


def _twice(words: DictionaryModel) -> str:
    seen: set[str] = set()
    every = [w for some in words.values.values() for w in some]
    for word in (*every, *words.several, *words.unclear):
        if word in seen:
            return word
        seen.add(word)
    return ""


def _patterns(book: Book, fact: str, words: DictionaryModel) -> Iterator[Fault]:
    for place, pattern in enumerate(words.patterns):
        try:
            re.compile(pattern.match)
        except re.error:
            here = ("dictionaries", fact, "patterns", place, "match")
            message = said("no-pattern", text=pattern.match)
            yield book.origin.fault(here, "R203", message)


def _searched(book: Book, fact: str, words: DictionaryModel) -> Iterator[Fault]:
    """Yield the codes that a search would propose and that have no name."""
    named = {line.partition(" ")[0] for line in words.names.splitlines()}
    for word, codes in words.search.items():
        for place, code in enumerate(codes):
            if code not in named:
                here = ("dictionaries", fact, "search", word, place)
                message = said("no-code-of-this", text=code)
                hint = did_you_mean(code, named)
                yield book.origin.fault(here, "R302", message, hint)


def _editions(book: Book, fact: str, words: DictionaryModel) -> Iterator[Fault]:
    """Yield the codes that an edition's went to, or lacks, and that have no name."""
    named = {line.partition(" ")[0] for line in words.names.splitlines()}
    for year, edition in words.editions.items():
        went = {_changed(line)[1] for line in edition.changed.splitlines()}
        used = {"changed": went - {_NOWHERE}, "added": {*edition.added.split()}}
        for key, codes in used.items():
            for code in sorted(codes - named):
                here = ("dictionaries", fact, "editions", year, key)
                message = said("no-code-of-this", text=code)
                yield book.origin.fault(
                    here, "R302", message, did_you_mean(code, named)
                )
