"""What things are called: ids by a pattern, and no name for two things.

A profile, a register and a rule may name a fact by its id, its title or an
alias, and a member by its id or its title, so each of these leads to one.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_match.language.messages import Unshortened, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from policy_match.domain.texts import Text
    from policy_match.errors import Fault, Place
    from policy_match.rulebook.loader import Book

Path = tuple[str | int, ...]
_IDENTIFIED = (
    "facts",
    "parameters",
    "definitions",
    "policies",
    "sources",
    "departments",
    "code_systems",
    "calendars",
    "deadlines",
    "returns",
    "recoveries",
    "counters",
    "papers",
)
_LONGEST = 100
"""Characters of an id; files are named after some of them."""
RESERVED = frozenset(
    {
        *("on", "year", "in_force", "none", "unset", "true", "false"),
        *("and", "or", "not", "in", "within"),
    }
)
"""What means something else in a condition."""
_NO_MEMBERS = frozenset({"none", "unknown"})
"""What a profile says where there is no member, or none is known."""


def names(book: Book) -> Iterator[Fault]:
    """Yield a fault for each id that is none, and for each name of two things."""
    for path, name in _ids(book):
        if not is_id(name):
            message, hint = said("no-id", name=name), said("write-id")
            key = path[-1] == name
            yield book.origin.fault(path, "R208", message, hint, key=key)
        elif path[0] in {"facts", "definitions"} and _means_else(path, name):
            message, hint = said("reserved", name=name), said("name-it-else")
            yield book.origin.fault(path, "R208", message, hint, key=True)
    facts = [(s, n) for s in ("facts", "definitions") for n in getattr(book, s)]
    for fault, derived in _apart(book, _called(book, facts)):
        if not derived:
            yield fault
    for section, name in facts:
        members = getattr(book, section)[name].values or {}
        path = (section, name, "values")
        yield from (fault for fault, _ in _apart(book, _members(path, members)))


def shared_titles(book: Book) -> Iterator[Fault]:
    """Yield what is told of a derived fact whose title is another's name.

    Nobody is asked for it, so that this stops nothing.
    """
    facts = [(s, n) for s in ("facts", "definitions") for n in getattr(book, s)]
    for fault, derived in _apart(book, _called(book, facts)):
        if derived:
            yield replace(fault, code="R406")


def is_id(name: str) -> bool:
    """Return whether a name is made of letters, digits, `-` and `_`.

    >>> is_id("a"), is_id("../a"), is_id("86①")
    (True, False, False)
    """
    fits = all(c.isalpha() or c in "-_0123456789" for c in name)
    same = unicodedata.normalize("NFKC", name) == name
    return bool(name) and fits and same and name[0] != "-" and len(name) <= _LONGEST


def _ids(book: Book) -> Iterator[tuple[Path, str]]:
    for section in _IDENTIFIED:
        yield from (((section, name), name) for name in getattr(book, section))
    for section in ("facts", "definitions"):
        for name, model in getattr(book, section).items():
            for member in model.values or ():
                yield (section, name, "values", member), member
    for name, parameter in book.parameters.items():
        for key in parameter.by:
            yield ("parameters", name, "by", key), key
    for name, policy in book.policies.items():
        for index, tier in enumerate(policy.benefit.tiers):
            path = ("policies", name, "benefit", "tiers", index, "tier")
            yield path, tier.tier
    yield ("rulebook", "id"), book.manifest.id


def _means_else(path: Path, name: str) -> bool:
    member = len(path) > 2  # noqa: PLR2004  (a section and a fact)
    return name in (_NO_MEMBERS if member else RESERVED)


_Name = tuple[str, str, Path]
"""A name, whose it is, and where it stands."""


def _called(book: Book, facts: Iterable[tuple[str, str]]) -> Iterator[_Name]:
    for section, fact in facts:
        model = getattr(book, section)[fact]
        yield fact, fact, (section, fact)
        for title in _titles(model.title):
            yield title, fact, (section, fact, "title")
        for index, alias in enumerate(model.aliases):
            yield alias, fact, (section, fact, "aliases", index)


def _members(path: Path, members: Mapping[str, Text]) -> Iterator[_Name]:
    for member, title in members.items():
        yield member, member, (*path, member)
        for text in _titles(title):
            yield text, member, (*path, member)


def _titles(text: Text) -> Iterable[str]:
    return dict.fromkeys(text.by_language.values())


def _apart(book: Book, names: Iterator[_Name]) -> Iterator[tuple[Fault, bool]]:
    """Yield a fault for each name that two things go by, at the later one.

    With it, whether one of the two is the title of a derived fact.
    """
    listed = list(names)
    first: dict[str, tuple[str, Path]] = {}
    # An id comes before any title or alias, wherever the two are declared.
    ids = {name: (of, path) for name, of, path in listed if name == of}
    for name, (of, path) in ids.items():
        first.setdefault(_folded(name), (of, path))
    for name, of, path in listed:
        owner, where = first.setdefault(_folded(name), (of, path))
        if owner != of:
            ends = (path, where)
            message = said("two-names", name=name, one=owner, other=of)
            place: Place = book.origin.place(where)
            hint = said("first-at", place=Unshortened(place))
            derived = any(p[0] == "definitions" and p[2:] == ("title",) for p in ends)
            yield book.origin.fault(path, "R204", message, hint), derived


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()
