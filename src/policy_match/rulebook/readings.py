"""What each part of a rulebook reads, by its names, on whatever day."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from policy_match.rulebook import syntax as s
from policy_match.rulebook.parts import nodes, parts
from policy_match.rulebook.syntax import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.rulebook.loader import Book

Part = tuple[str, str]
"""A declaration: its section, and its name there; of a relation its place."""
_DAYS = frozenset({"on", "year", "in_force"})


class Readings:
    """Which parts of a rulebook rest on which."""

    def __init__(self, book: Book) -> None:
        """Read every formula once."""
        self._book = book
        self._reads: dict[Part, set[Part]] = {}
        self._dated: set[Part] = set()
        for path, parsed in parts(book, Parsed):
            part = (str(path[0]), str(path[1]))
            self._reads.setdefault(part, set()).update(self._of(parsed))
            if any(map(_is_day, nodes(parsed))):
                self._dated.add(part)
        for name, model in book.definitions.items():
            named = {model.match}
            if model.thresholds is not None:
                table = model.thresholds
                named |= {table.by, *(f for row in table.rows.values() for f in row)}
            read = {part for fact in named for part in self._declared(fact)}
            self._reads.setdefault(("definitions", name), set()).update(read)
        for form, rate in book.worth.items():
            read = set(self._declared(rate.off))
            self._reads.setdefault(("worth", str(form)), set()).update(read)
        for name, policy in book.policies.items():
            form = policy.benefit.form
            if form in book.worth:
                self._reads.setdefault(("policies", name), set()).add(("worth", form))
        for index, relation in enumerate(book.relations):
            this = ("relations", str(index))
            for name in (*relation.at_most_one_of, *relation.together):
                self._reads.setdefault(("policies", name), set()).add(this)
                self._reads.setdefault(this, set()).add(("policies", name))
        self.beneath = cache(self._beneath)
        self.readers = cache(self._readers)

    def _of(self, parsed: Parsed) -> Iterator[Part]:
        for node in nodes(parsed):
            if isinstance(node, s.Param):
                yield "parameters", node.name
            elif isinstance(node, s.Name):
                yield from self._declared(node.name)

    def _declared(self, name: str) -> Iterator[Part]:
        for section in ("facts", "definitions"):
            if name in getattr(self._book, section):
                yield section, name

    def _beneath(self, part: Part) -> frozenset[Part]:
        """Return a part and all that it rests on."""
        found: set[Part] = set()
        pending = [part]
        while pending:
            one = pending.pop()
            if one not in found:
                found.add(one)
                pending += self._reads.get(one, ())
        return frozenset(found)

    def _readers(self, part: Part) -> tuple[Part, ...]:
        """Return what reads a part itself."""
        return tuple(one for one, read in self._reads.items() if part in read)

    def follows_the_day(self, part: Part) -> bool:
        """Return whether a part may differ on two days of one and the same law.

        It may where something that it rests on names the day asked for, or the
        year or the window that the day lies in.
        """
        return not self._dated.isdisjoint(self.beneath(part))


def _is_day(node: s.Surface) -> bool:
    return isinstance(node, s.Name) and node.name.partition(".")[0] in _DAYS
