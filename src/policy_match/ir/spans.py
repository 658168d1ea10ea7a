"""The law between two changes: one program, in which the day asked for is a term.

On each day of a span the law is the same, and what differs is what is reckoned from
the day: `on`, and the ends of its year. So a program of a day is that of the span in
which these terms have the values they have on the day.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

from policy_match.domain.frozen import dataclass
from policy_match.ir import terms as t
from policy_match.ir.folding import Folding, constant_truth
from policy_match.ir.rewriting import Rewriting, parts_of, rebuilt
from policy_match.ir.traversal import walk

if TYPE_CHECKING:
    from datetime import date

    from policy_match.domain.texts import Window
    from policy_match.ir.program import Program
    from policy_match.ir.traversal import Node

_N = TypeVar("_N", bound=t.Condition | t.Expression)


@dataclass(frozen=True, eq=False)
class SpanProgram:
    """The law of every day of a window.

    `program` is that of one of its days, with the conditions in `timed` as they are
    written. `timed` are its conditions and formulas in which the day is a term.
    """

    window: Window
    program: Program
    timed: tuple[t.Condition | t.Expression, ...]

    def at(self, day: date) -> Program:
        """Return the law of a day of the window; raises ValueError for another."""
        folding, binding = Folding(self.program), self._binding(day)

        def decisive(condition: t.Condition) -> t.Condition:
            found = binding.of(condition)
            return folding.of(found) if id(condition) in binding.timed else found

        return self._on(day, Rewriting(decisive, binding.of, binding.of))

    def as_written(self, day: date) -> Program:
        """Return the law of a day with what the day settles still to be read.

        Raises ValueError for a day outside the window.
        """
        binding = self._binding(day)
        return self._on(day, Rewriting(binding.of, binding.of, binding.of))

    def folded(self) -> SpanProgram:
        """Return the span where no condition says what no value of a fact changes."""
        timed, folding = {*map(id, self.timed)}, Folding(self.program)
        rewriting = Rewriting(lambda c: c if id(c) in timed else folding.of(c))
        return replace(self, program=rewriting.of(self.program))

    def _binding(self, day: date) -> _Binding:
        if day not in self.window:
            raise ValueError(day)
        return _Binding(day, frozenset(map(id, self.timed)))

    def _on(self, day: date, rewriting: Rewriting) -> Program:
        return replace(rewriting.of(self.program), day=day)


def span(window: Window, program: Program) -> SpanProgram:
    """Return the law of a window, of which `program` is that of one day, unfolded."""
    timed = {id(part): part for part in parts_of(program) if _timed(part)}
    return SpanProgram(window, program, tuple(timed.values()))


@lru_cache(maxsize=1 << 15)
def _timed(part: t.Condition | t.Expression) -> bool:
    return any(
        (isinstance(node, t.Const) and node.term is not None)
        or (isinstance(node, t.Fixed) and node.of is not None)
        for node in walk(part)
    )


class _Binding:
    """Gives the terms of a span the values of a day, each node once."""

    def __init__(self, day: date, timed: frozenset[int]) -> None:
        self.day, self.timed = day, timed
        self._made: dict[int, Node] = {}

    def of(self, part: _N) -> _N:
        """Return a part of a program; the very same where the day is no term of it."""
        return cast("_N", self._bound(part)) if id(part) in self.timed else part

    def _bound(self, node: Node) -> Node:
        found = self._made.get(id(node))
        if found is None:
            found = self._made[id(node)] = self._made_of(node)
        return found

    def _made_of(self, node: Node) -> Node:
        match node:
            case t.Const(term=t.DayTerm() as term):
                return replace(node, value=term.on(self.day))
            case t.Fixed(of=t.Compare() | t.Within() as of):
                test = cast("t.Compare | t.Within", self._bound(of))
                return replace(node, of=test, holds=constant_truth(test))
            case _:
                return rebuilt(node, self._bound)
