"""Every part of one kind in a rulebook, with its path: texts, formulas, citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

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
    from collections.abc import Iterator

    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.walking import Path

_T = TypeVar("_T")


def parts(book: Book, kind: type[_T]) -> Iterator[tuple[Path, _T]]:
    """Yield every part of a kind, with where it stands; none that is inside another."""
    inside: Path | None = None
    for path, part in book.everything:
        if inside is not None and path[: len(inside)] == inside:
            continue
        inside = None
        if isinstance(part, kind):
            yield path, part
            inside = path


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
