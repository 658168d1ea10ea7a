"""The screener: one program, any number of parts of a register."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar.answers import Answers
from policy_match.backends.columnar.layout import SUFFIXES, Source
from policy_match.backends.columnar.reading import Reading
from policy_match.backends.columnar.rows import ByRow
from policy_match.backends.columnar.sheet import Sheet
from policy_match.backends.columnar.stages import Stages
from policy_match.backends.columnar.whole import TooWideError
from policy_match.errors import OverflowsError, UnsupportedError
from policy_match.messages import said

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping

    from policy_match.ir.program import Program

_NO_SCALE: Mapping[str, int] = {}
_MOST_WRITTEN = 8
_OPTIMIZATIONS = pl.QueryOptFlags.none(
    projection_pushdown=True, simplify_expression=True
)
"""Columns that nothing reads are dropped. Stages compute everything once already:
to look for more of that takes longer than it saves."""


class _Written(NamedTuple):
    """The expressions for all parts in which the same kind of thing is known."""

    stages: Stages
    columns: list[pl.Expr]
    by_row: list[ByRow]


class Screener:
    """Screens a register under one program, a part of its rows at a time.

    Parts may differ in what is known: columns are chosen by what a part has.
    The columns of the answer are the same for every part.
    """

    def __init__(self, program: Program) -> None:
        """Find out which columns the answers have."""
        self.program = program
        self._written: dict[Hashable, _Written] = {}
        self._reading = Reading(program)
        tied = {
            policy: component
            for component in program.components
            for policy in component.policies
            if component.groups
        }
        self.sheets = tuple(
            Sheet(policy, self._reading, tied.get(policy.id))
            for policy in program.policies
        )

    @cached_property
    def schema(self) -> dict[str, type[pl.DataType]]:
        """Every column of an answer, in order, with its type."""
        return {
            name: kind for sheet in self.sheets for name, kind in sheet.schema.items()
        }

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts that some policy in force reads: the rest need no column."""
        found: dict[str, None] = {}
        for sheet in self.sheets:
            found |= dict.fromkeys((*sheet.open_facts, *sheet.wanted_facts))
        program = self.program
        if not all(map(program.duels, program.components)):
            for formula in program.relating:
                found |= dict.fromkeys(self._reading.of(formula))
        return tuple(found)

    def part(
        self,
        frame: pl.DataFrame,
        scale: Mapping[str, int] = _NO_SCALE,
        keep: Iterable[str] = (),
        only: Collection[str] | None = None,
    ) -> pl.DataFrame:
        """Return the answers for every row of `frame`, in its order.

        `scale` says of facts in integer columns how many make one of the
        fact's units (100 for money in cents); one where it does not. `keep`
        names columns to hand through, such as an identifier; `only` the
        columns of an answer that are wanted, all where it is None.

        Raises OverflowsError where an amount is beyond 64 bits of cents,
        UnsupportedError for a column whose type is not exact.
        """
        wanted = [n for n in self.schema if only is None or n in only]
        lazy, by_row = self._plan(frame, scale, keep)
        if not by_row:
            lazy = lazy.select(*keep, *wanted)
        try:
            found = lazy.collect(engine="streaming", optimizations=_OPTIMIZATIONS)
        except pl.exceptions.InvalidOperationError as error:
            if "conversion from `i128`" not in str(error):
                raise
            raise OverflowsError(said("amount-beyond-cents")) from error
        if not by_row:
            return found
        columns = [x for unit in by_row for x in unit.answers(frame, scale)]
        every = pl.DataFrame([*found.get_columns(), *columns])
        return every.select(*keep, *wanted)

    def _plan(
        self, frame: pl.DataFrame, scale: Mapping[str, int], keep: Iterable[str]
    ) -> tuple[pl.LazyFrame, list[ByRow]]:
        """Return the query of a part, and the policies that go row by row."""
        used = {fact + suffix for fact in self.facts for suffix in SUFFIXES}
        seen = frame.select(name for name in frame.columns if name in used)
        source = Source(seen, scale)
        written = self._written.get(source.signature)
        if written is None:
            if len(self._written) == _MOST_WRITTEN:
                self._written.clear()
            written = self._written[source.signature] = self._write(source)
        height = pl.lit(0, pl.UInt8).alias("·")
        lazy = written.stages.applied(frame.lazy().with_columns(height))
        return lazy.select(*keep, *written.columns), written.by_row

    def _write(self, source: Source) -> _Written:
        stages = Stages()
        answers = Answers(self._reading, source, stages)
        columns: list[pl.Expr] = []
        by_row: list[ByRow] = []
        for unit in self._units():
            try:
                columns += answers.of(unit)
            except (TooWideError, UnsupportedError):
                by_row.append(ByRow(self._reading, unit))
        return _Written(stages, columns, by_row)

    def _units(self) -> list[list[Sheet]]:
        """Return the policies component by component, each of the others by itself."""
        units: dict[tuple[str, ...], list[Sheet]] = {}
        for sheet in self.sheets:
            key = sheet.rivals or (sheet.policy.id,)
            units.setdefault(key, []).append(sheet)
        for rivals, unit in units.items():
            unit.sort(key=lambda sheet: rivals.index(sheet.policy.id))
        return list(units.values())


def compile(program: Program) -> Screener:  # noqa: A001  (the word for it)
    """Return the screener of a program."""
    return Screener(program)
