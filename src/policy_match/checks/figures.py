"""Figures of the law that stand where no parameter is: in conditions, in texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_match.domain.texts import Text
from policy_match.errors import Fault, Place
from policy_match.language.messages import said
from policy_match.rulebook.parts import nodes, parts
from policy_match.rulebook.syntax import Inside, Num, Param, Parsed, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.rulebook.loader import Book
    from policy_match.rulebook.walking import Path

_PLAIN = {"0", "1", "-1"}
"""Numbers that are no figure of a law: none, some, one less."""
_LAW = ("definitions", "policies", "departments")
"""What speaks of the law; a question may give an example of an answer."""
_FIGURE = re.compile(
    r"(?:CNY|EUR|USD|GBP|RMB|[¥￥€£$])\s?\d[\d,.]*"
    r"|(?<![\w.])\d[\d,.]*\s?(?:[%‰]|per ?cent\b|万|亿|元|yuan\b|euros?\b|dollars?\b)"
)


def parameters_used(book: Book) -> set[str]:
    """Return every parameter that a formula reads or a text shows."""
    used = {
        node.name
        for _, parsed in parts(book, Parsed)
        for node in nodes(parsed)
        if isinstance(node, Param)
    }
    for _, text in parts(book, Text):
        for words in text.by_language.values():
            used |= set(re.findall(r"\{\$(\w+)", words))
    return used


def literals(book: Book) -> Iterator[Fault]:
    """Yield what is told of numbers in conditions, and of figures in texts."""
    for path, parsed in parts(book, Parsed):
        if path[0] == "plausibility":
            continue
        for node in nodes(parsed):
            if isinstance(node, Relation | Inside):
                yield from _numbers(book, path, node)
    for path, text in parts(book, Text):
        if path[0] not in _LAW or {"examples", "notes"} & {*path}:
            continue
        for words in text.by_language.values():
            found = _FIGURE.search(words)
            if found is not None:
                message = said("figure-in-text", text=found[0].strip())
                hint = said("show-parameter")
                yield book.origin.fault(path, "R412", message, hint)
                break


def _numbers(book: Book, path: Path, node: Relation | Inside) -> Iterator[Fault]:
    for part in nodes(node):
        if isinstance(part, Num) and part.text not in _PLAIN:
            message = said("figure-in-condition", text=part.text)
            hint = said("make-parameter")
            yield book.origin.fault(path, "R412", message, hint, part.at)


def uncited(book: Book) -> Iterator[Fault]:
    """Yield what is told of figures without a document that says them."""
    for name, model in book.parameters.items():
        for index, value in enumerate(model.values):
            if value.value != "unset" and not value.cite:
                message, hint = said("no-cite", name=name), said("add-key", key="cite")
                path = ("parameters", name, "values", index)
                yield book.origin.fault(path, "R414", message, hint)


_COMMENT = re.compile(r"\S[ \t]+#[^\s#]")


def cut_short(book: Book) -> Iterator[Fault]:
    """Yield what is told of texts of which YAML takes a part for a comment."""
    for file, text in book.origin.texts.items():
        for row, line in enumerate(text.split("\n"), 1):
            found = _COMMENT.search(line)
            if found is None or _quoted(line[: found.end()]):
                continue
            rest = line[found.end() - 2 :]
            message = said("cut-short", text=rest.strip())
            place = Place(file, row, found.end() - 1)
            yield Fault(place, "R411", message, said("quote-the-mark"), line)


def _quoted(before: str) -> bool:
    """Return whether a quote is open at the end of a part of a line."""
    return before.count('"') % 2 == 1 or before.count("'") % 2 == 1
