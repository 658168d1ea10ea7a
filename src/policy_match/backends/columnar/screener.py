"""The screener: one program, any number of parts of a register."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar.answer_layout import Sheet
from policy_match.backends.columnar.answers import Answers
from policy_match.backends.columnar.checked_integers import TooWideError
from policy_match.backends.columnar.layout import SUFFIXES, Source
from policy_match.backends.columnar.row_fallback import ByRow
from policy_match.backends.columnar.shared_columns import Stages
from policy_match.errors import OverflowsError, UnsupportedError
from policy_match.ir.analysis import dependences
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Mapping

    from policy_match.ir.program import Program

_NO_SCALE: Mapping[str, int] = {}
_MOST_WRITTEN = 8
_A_LEG = 100
"""Stages that one query may have."""
_AS_WRITTEN = pl.QueryOptFlags.none()
"""Stages compute what is needed, and once: to look for more than that takes longer
than it saves."""


class _Written(NamedTuple):
    """The expressions for all parts in which the same kind of thing is known."""

    legs: list[tuple[list[list[pl.Expr]], list[str]]]
    """Stages that are collected before the rest, and the columns it needs of them."""
    stages: list[list[pl.Expr]]
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
        self._met: dict[str, tuple[int, int]] = {}
        tied = {
            policy: component
            for component in program.components
            for policy in component.policies
            if component.groups
        }
        self.sheets = tuple(
            Sheet(policy, program, tied.get(policy.id)) for policy in program.policies
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
                found |= dict.fromkeys(dependences(program).listed(formula))
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
        used = {fact + suffix for fact in self.facts for suffix in SUFFIXES}
        names = [name for name in frame.columns if name in used]
        written = self._written_for(
            Source(frame.select(names), scale, self._met), wanted
        )
        kept = dict.fromkeys((*names, *keep))
        height = pl.lit(0, pl.UInt8).alias("·")
        lazy = frame.lazy().with_columns(height).select("·", *kept)
        try:
            for stages, needed in written.legs:
                for stage in stages:
                    lazy = lazy.with_columns(stage)
                lazy = _collected(lazy.select("·", *kept, *needed)).lazy()
            for stage in written.stages:
                lazy = lazy.with_columns(stage)
            found = _collected(lazy.select(*keep, *written.columns))
        except pl.exceptions.InvalidOperationError as error:
            if "conversion from `i128`" not in str(error):
                raise
            raise OverflowsError(said("amount-beyond-cents")) from error
        if not written.by_row:
            return found.select(*keep, *wanted)
        columns = [x for unit in written.by_row for x in unit.answers(frame, scale)]
        every = pl.DataFrame([*found.get_columns(), *columns])
        return every.select(*keep, *wanted)

    def _written_for(self, source: Source, wanted: list[str]) -> _Written:
        """Return the query of a part, and the policies that go row by row."""
        key = (source.signature, tuple(wanted))
        written = self._written.get(key)
        if written is None:
            if len(self._written) == _MOST_WRITTEN:
                self._written.clear()
            written = self._written[key] = self._write(source, wanted)
        return written

    def _write(self, source: Source, wanted: list[str]) -> _Written:
        stages = Stages()
        answers = Answers(self.program, source, stages)
        columns: list[pl.Expr] = []
        by_row: list[ByRow] = []
        for unit in self._units():
            try:
                columns += answers.of(unit)
            except (TooWideError, UnsupportedError):
                by_row.append(ByRow(self.program, unit))
        names = set(wanted)
        columns = [x for x in columns if x.meta.output_name() in names]
        legs, rest = _in_legs(stages.needed(columns), columns)
        return _Written(legs, rest, columns, by_row)

    def _units(self) -> list[list[Sheet]]:
        """Return the policies component by component, each of the others by itself."""
        units: dict[tuple[str, ...], list[Sheet]] = {}
        for sheet in self.sheets:
            key = sheet.rivals or (sheet.policy.id,)
            units.setdefault(key, []).append(sheet)
        for rivals, unit in units.items():
            unit.sort(key=lambda sheet: rivals.index(sheet.policy.id))
        return list(units.values())


def _in_legs(
    stages: list[list[pl.Expr]], columns: Iterable[pl.Expr]
) -> tuple[list[tuple[list[list[pl.Expr]], list[str]]], list[list[pl.Expr]]]:
    """Return a long way of stages in legs, with what each hands on, and the last.

    A query may not be of any depth: it is followed by recursion.
    """
    made = {x.meta.output_name(): at for at, some in enumerate(stages) for x in some}
    read: dict[str, int] = {}
    for at, some in enumerate([*stages, [*columns]]):
        read |= {name: at for x in some for name in x.meta.root_names()}
    legs: list[tuple[list[list[pl.Expr]], list[str]]] = []
    ends = [*range(_A_LEG, len(stages), _A_LEG)]
    for end in ends:
        on = [n for n, at in made.items() if at < end <= read.get(n, -1)]
        legs.append((stages[end - _A_LEG : end], on))
    return legs, stages[ends[-1] if ends else 0 :]


def _collected(lazy: pl.LazyFrame) -> pl.DataFrame:
    return lazy.collect(engine="streaming", optimizations=_AS_WRITTEN)


def compile(program: Program) -> Screener:  # noqa: A001  (the word for it)
    """Return the screener of a program."""
    return Screener(program)
