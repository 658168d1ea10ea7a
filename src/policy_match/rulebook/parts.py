"""Every part of one kind in a rulebook, with its path: texts, formulas, citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from policy_match.domain.texts import Citation
from policy_match.rulebook.loader import SECTIONS
from policy_match.rulebook.syntax import (
    Binary,
    Call,
    Inside,
    Junction,
    Membership,
    Negation,
    Parsed,
    Relation,
    Surface,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.rulebook.loader import Book

Path = tuple[str | int, ...]
_T = TypeVar("_T")


def parts(book: Book, kind: type[_T]) -> Iterator[tuple[Path, _T]]:
    """Yield every part of a kind, with where it stands."""
    for section in SECTIONS:
        for name, model in getattr(book, section).items():
            yield from _within(model, (section, name), kind)
    for section in ("relations", "plausibility"):
        for index, model in enumerate(getattr(book, section)):
            yield from _within(model, (section, str(index)), kind)
    yield from _within(book.manifest, ("rulebook",), kind)


def _within(thing: object, path: Path, kind: type[_T]) -> Iterator[tuple[Path, _T]]:
    if isinstance(thing, kind):
        yield path, thing
        return
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(thing, BaseModel):
        fields = type(thing).model_fields.items()
        inner = [(info.alias or n, getattr(thing, n)) for n, info in fields]
    elif isinstance(thing, dict):
        inner = thing.items()
    elif isinstance(thing, tuple) and not isinstance(thing, Citation):
        inner = enumerate(thing)
    for name, part in inner:
        if isinstance(part, (kind, BaseModel, dict, tuple)):
            yield from _within(part, (*path, name), kind)


def nodes(tree: Parsed | Surface) -> Iterator[Surface]:
    """Yield every node of a condition or formula, each before its parts."""
    pending: list[Surface] = [tree.tree if isinstance(tree, Parsed) else tree]
    while pending:
        node = pending.pop()
        yield node
        pending += reversed(below(node))


def below(node: Surface) -> tuple[Surface, ...]:
    """Return the parts that a node is made of."""
    match node:
        case Binary(left=left, right=right) | Relation(left=left, right=right):
            return left, right
        case Call(arguments=arguments):
            return arguments
        case Membership(of=of, items=items):
            return of, *items
        case Inside(of=of, low=low, high=None):
            return of, low
        case Inside(of=of, low=low, high=high):
            return of, low, high  # type: ignore[return-value]
        case Negation(of=of):
            return (of,)
        case Junction(of=of):
            return of
        case _:
            return ()
