"""The columns of a part, each computed once, in stages of dependence.

What is read more than once becomes a column of its own: without that, every
policy would compute its leaves again, and every end of an interval its parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar.bounds import End
from policy_match.backends.columnar.numbers import Point, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.backends.columnar.checked_integers import Whole
    from policy_match.backends.columnar.flags import Verdict
    from policy_match.backends.columnar.numbers import Num


class Stages:
    """Columns to be added to a part, stage after stage.

    An expression is known by what it says, so the same one is never computed
    twice.
    """

    def __init__(self) -> None:
        """Start without a column."""
        self._levels: list[list[pl.Expr]] = []
        self._depth: dict[str, int] = {}
        self._known: dict[bytes, pl.Expr] = {}
        self._spans: dict[int, tuple[Point, Span]] = {}

    def needed(self, columns: Iterable[pl.Expr]) -> list[list[pl.Expr]]:
        """Return, stage by stage, what `columns` read in the end."""
        made = {e.meta.output_name(): e for level in self._levels for e in level}
        pending = [name for column in columns for name in column.meta.root_names()]
        seen: set[str] = set()
        while pending:
            name = pending.pop()
            if name in made and name not in seen:
                seen.add(name)
                pending += made[name].meta.root_names()
        levels = ([e for e in level if e.meta.output_name() in seen]
                  for level in self._levels)  # fmt: skip
        return [level for level in levels if level]

    def keep(self, expr: pl.Expr) -> pl.Expr:
        """Return the column that holds `expr`; a column stays what it is."""
        if expr.meta.is_column():
            return expr
        text = expr.meta.serialize()
        found = self._known.get(text)
        if found is None:
            roots = expr.meta.root_names()
            depth = max((self._depth.get(r, -1) for r in roots), default=-1) + 1
            name = f"·{len(self._known)}"
            while len(self._levels) <= depth:
                self._levels.append([])
            self._levels[depth].append(expr.alias(name))
            self._depth[name] = depth
            found = self._known[text] = pl.col(name)
        return found

    def verdict(self, part: Verdict) -> Verdict:
        """Return a verdict as a column, or as the constant it is."""
        return self.keep(part) if isinstance(part, pl.Expr) else part

    def flag(self, part: pl.Expr | bool) -> pl.Expr | bool:
        """Return a flag as a column, or as the constant it is."""
        return self.keep(part) if isinstance(part, pl.Expr) else part

    def number(self, value: Num) -> Num:
        """Return a number whose every part is a column or a constant."""
        if isinstance(value, Point):
            return Point(self.end(value.x), value.unknown, self.flag(value.dead))
        return Span(
            self.end(value.low),
            self.end(value.high),
            self.flag(value.absent),
            self.flag(value.some),
        )

    def span(self, value: Num) -> Span:
        """Return the low and high columns of a number, made once."""
        if isinstance(value, Span):
            return value
        found = self._spans.get(id(value))
        if found is None:
            span = self.number(value.span())
            assert isinstance(span, Span)  # noqa: S101  # INVARIANT: kind is kept
            found = self._spans[id(value)] = (value, span)
        return found[1]

    def end(self, end: End) -> End:
        """Return an end as columns, or as the constant it is."""
        if end.num is None:
            return end
        return End(self._whole(end.num), self._whole(end.den))

    def _whole(self, value: Whole) -> Whole:
        if value.expr is None:
            return value
        return value._replace(expr=self.keep(value.expr))
