"""The small changes of one condition or formula, as it is written.

Each is a slip that an author could make: a comparison that takes in its bound
or leaves it out, a figure one step off, a member too few or too many.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.rulebook import syntax as s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.language.locales import Locale
    from policy_match.rulebook.loader import Book

ALWAYS = s.Parsed("on = on", s.Relation("=", s.Name("on"), s.Name("on")))
"""A condition that holds on every day: what is left where one is dropped."""
_ORDERS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_SIGNS = {"+": "-", "-": "+", "*": "/", "/": "*"}
_EXTREMES = {"min": "max", "max": "min"}
_HUNDREDTH = Fraction(1, 100)


class Change(NamedTuple):
    """One small change: its kind, where in the text it is, and what it makes."""

    kind: str
    at: int
    told: str
    """What stands there, and what instead."""
    tree: s.Surface


@dataclass(frozen=True)
class Words:
    """What a rulebook declares of the names in its formulas."""

    book: Book
    locale: Locale

    def type(self, name: str) -> FactType | None:
        """Return the type of a fact, given or derived."""
        model = self.book.facts.get(name) or self.book.definitions.get(name)
        return None if model is None else model.type

    def members(self, name: str) -> tuple[str, ...]:
        """Return the members of an enum, in the order declared."""
        model = self.book.facts.get(name) or self.book.definitions.get(name)
        return tuple(model.values or ()) if model is not None else ()

    def neighbours(self, fact: str, words: tuple[str, ...]) -> list[str]:
        """Return what stands next to some members, or codes, and is none of them."""
        if self.type(fact) is FactType.ENUM:
            every = list(self.members(fact))
        elif self.type(fact) is FactType.CODE:
            every = self._codes(fact, words)
        else:
            return []
        beside = {
            every[place]
            for word in words
            if word in every
            for place in (every.index(word) - 1, every.index(word) + 1)
            if 0 <= place < len(every)
        }
        return [
            w for w in dict.fromkeys(every) if w in beside and not w.startswith(words)
        ]

    def _codes(self, fact: str, words: tuple[str, ...]) -> list[str]:
        """Return the codes as long as one of the words, in order."""
        sizes = {len(word) for word in words}
        return [code for code in self._listed(fact) if len(code) in sizes]

    def _listed(self, fact: str) -> tuple[str, ...]:
        """Return all codes of a fact that the rulebook lists, or has names for."""
        model = self.book.facts.get(fact)
        listed = self.book.code_lists.get(model.system if model else "")
        named = self.book.dictionaries.get(fact)
        lines = named.names.splitlines() if named is not None else []
        return (
            *(listed.codes if listed else ()),
            *(line.split()[0] for line in lines if line.strip()),
        )


def changes(tree: s.Surface, words: Words) -> Iterator[Change]:
    """Yield every small change of a condition or formula."""
    yield from _own(tree, words)
    for field_, place, part in _parts(tree):
        for change in changes(part, words):
            yield change._replace(tree=_with(tree, field_, place, change.tree))


def _parts(node: s.Surface) -> Iterator[tuple[str, int | None, s.Surface]]:
    """Yield the parts in which changes are made, with where they stand."""
    match node:
        case s.Binary(left=left, right=right) | s.Relation(left=left, right=right):
            yield "left", None, left
            yield "right", None, right
        case s.Call(arguments=parts):
            for place, part in enumerate(parts):
                yield "arguments", place, part
        case s.Junction(of=parts):
            for place, part in enumerate(parts):
                yield "of", place, part
        case s.Inside(low=low, high=high):
            yield "low", None, low
            if high is not None:
                yield "high", None, high
        case s.Negation(of=of):
            yield "of", None, of
        case _:
            return


def _with(node: s.Surface, name: str, place: int | None, part: s.Surface) -> s.Surface:
    if place is None:
        return replace(node, **{name: part})  # type: ignore[arg-type]
    parts = list(getattr(node, name))
    parts[place] = part
    return replace(node, **{name: tuple(parts)})  # type: ignore[arg-type]


def _own(node: s.Surface, words: Words) -> Iterator[Change]:
    """Yield the changes of a node itself, not of its parts."""
    for kind, tree in (*_figures(node, words), *_operators(node, words)):
        told = f"{s.written(node)} → {s.written(tree)}"
        yield Change(kind, node.at, told, tree)
    match node:
        case s.Relation(right=right):
            yield from _members(node, (right,), words)
        case s.Membership(items=items):
            yield from _members(node, items, words)
        case _:
            pass


def _figures(node: s.Surface, words: Words) -> Iterator[tuple[str, s.Surface]]:
    """Yield what is written one step off: a figure, a day, a length of time."""
    match node:
        case s.Num(text=text):
            for other in stepped(text, words.locale):
                yield "figure", replace(node, text=other)
        case s.Day(day=day):
            for days in (-1, 1):
                yield "day", replace(node, day=day + timedelta(days))
        case s.Span(count=count):
            for more in (-1, 1):
                yield "span", replace(node, count=count + more)
        case _:
            pass


def _operators(node: s.Surface, words: Words) -> Iterator[tuple[str, s.Surface]]:
    """Yield other signs, and what is left where a part is dropped."""
    match node:
        case s.Binary(operator=sign, right=right) if not isinstance(right, s.Span):
            yield "sign", replace(node, operator=_SIGNS[sign])
        case s.Call(function=name, arguments=parts) if name in _EXTREMES:
            yield "least-most", replace(node, function=_EXTREMES[name])
            for left in _without(parts):
                whole = left[0] if len(left) == 1 else replace(node, arguments=left)
                yield "limit-dropped", whole
        case s.Relation():
            for tree in _relation(node, words):
                yield "operator", tree
        case s.Negation(of=of):
            yield "not-dropped", of
        case s.Junction(word=word, of=parts):
            yield "and-or", replace(node, word="or" if word == "and" else "and")
            for left in _without(parts):
                whole = left[0] if len(left) == 1 else replace(node, of=left)
                yield "condition-dropped", whole
        case _:
            pass


def _without(parts: tuple[s.Surface, ...]) -> Iterator[tuple[s.Surface, ...]]:
    """Yield the parts without each of them."""
    for place in range(len(parts)):
        yield parts[:place] + parts[place + 1 :]


def _relation(node: s.Relation, words: Words) -> Iterator[s.Surface]:
    none = isinstance(node.right, s.Name) and node.right.name == "none"
    fact = isinstance(node.left, s.Name) and words.type(node.left.name)
    if node.operator in _ORDERS:
        yield replace(node, operator=_ORDERS[node.operator])
    elif not none and (not isinstance(fact, FactType) or fact.numeric):
        for order in ("<=", ">=") if node.operator == "=" else ("<", ">"):
            yield replace(node, operator=order)


def _members(
    node: s.Relation | s.Membership, items: tuple[s.Surface, ...], words: Words
) -> Iterator[Change]:
    """Yield a list without each of its members, and with each next to one."""
    of = node.left if isinstance(node, s.Relation) else node.of
    if not isinstance(of, s.Name) or getattr(node, "operator", "=") not in {"=", "!="}:
        return
    listed = tuple(_word(item) for item in items)
    whole = s.Membership(of, items, node.at)
    if len(items) > 1:
        for place, word in enumerate(listed):
            left = replace(whole, items=items[:place] + items[place + 1 :])
            yield Change("member-dropped", node.at, f"without {word}", left)
    for word in words.neighbours(of.name, listed):
        more = replace(whole, items=(*items, s.Name(word)))
        tree: s.Surface = more
        if isinstance(node, s.Relation) and node.operator == "!=":
            tree = s.Negation(more, node.at)
        yield Change("member-added", node.at, f"{s.written(node)} or {word}", tree)


def _word(node: s.Surface) -> str:
    return str(getattr(node, "name", getattr(node, "text", "")))


def stepped(text: str, locale: Locale) -> list[str]:
    """Return a figure one step less and one more.

    A step is one, of what is written with a point one of its last place, and of
    a share the hundredth of its unit.
    """
    for sign in "%‰":
        if text.endswith(sign):
            part = Fraction(text[:-1])
            return [_plain(part + step) + sign for step in (-_HUNDREDTH, _HUNDREDTH)]
    number = locale.number(text)
    if number is None:
        return []
    value = Fraction(number)
    size = Fraction(1)
    if value.denominator != 1:
        size = Fraction(1, 10 ** len(text.partition(".")[2]))
    return [_plain(value + step) for step in (-size, size)]


def _plain(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.10f}".rstrip("0")
