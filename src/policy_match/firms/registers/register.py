"""A register of firms: a table, part by part, in the layout that is screened."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar.layout import SEVERAL
from policy_match.domain.facts import FactType
from policy_match.firms.registers import columns as c
from policy_match.firms.registers.editions import with_editions
from policy_match.firms.registers.headings import Column, Names
from policy_match.firms.registers.kept import as_kept, kept_places, place_of
from policy_match.firms.registers.mapping import TableMapping, refuse_unread
from policy_match.firms.registers.not_firms import other_headings, set_apart
from policy_match.firms.registers.seen import Seen
from policy_match.firms.registers.shares import percents
from policy_match.firms.registers.sheet_units import by_sheet, strange
from policy_match.firms.registers.table import ROW, SHEET, fault, place_name
from policy_match.firms.registers.table_units import StrangeUnitError
from policy_match.firms.registers.tables import open_table
from policy_match.firms.registers.weak import taken, unit_column
from policy_match.firms.values.conventions import HABITS
from policy_match.firms.values.grammar import Grammar
from policy_match.firms.values.reasons import lost, rejects
from policy_match.firms.values.texts import plain
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from policy_match.firms.registers.headings import Headings
    from policy_match.firms.registers.tables import Table
    from policy_match.firms.values.conventions import Habits
    from policy_match.ir.program import Program
    from policy_match.language.messages import Message

USCC, NAME = "uscc", "name"
"""What the key and the name of a firm are called in results, whatever their facts."""


class Part(NamedTuple):
    """Some rows of a register: those that can be screened, and what cannot be read."""

    frame: pl.DataFrame
    """A row a firm, in the layout of the columnar backend, and ROW."""
    scale: Mapping[str, int]
    rejects: pl.DataFrame
    rows: int
    """Rows of the source that are not blank."""
    sheet: str = ""
    """The sheet they stand in, of a workbook."""


@dataclass
class Register:
    """A register that is open: what its headings mean, and its parts."""

    path: Path
    table: Table
    headings: Headings
    more_warnings: list[Message] = field(default_factory=list)
    strict: bool = False
    """Whether a cell that cannot be read costs the row, and not only the fact."""
    mapping: TableMapping = field(default_factory=TableMapping)
    by_sheet: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    """The columns of sheets whose money is in another unit than the first one's."""
    unit_below: Callable[[Sequence[str]], int] = lambda _: 0
    """The unit of money that notes below a table name; raises StrangeUnitError."""

    @property
    def warnings(self) -> Sequence[Message]:
        """What is said of columns that are left out, and of how others are read."""
        notes = self.table.notes
        return (*notes, *self.headings.warnings, *self.more_warnings)

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts the register has a column for."""
        return tuple(column.spec.id for column in self.headings.columns)

    @property
    def rows(self) -> int | None:
        """How many rows there are, where that is known before reading them."""
        return self.table.rows

    @property
    def width(self) -> int:
        """How many columns there are, known or not."""
        return len(self.table.headings)

    def parts(
        self,
        program: Program,
        rows: int,
        seen: Callable[[pl.DataFrame], None] = lambda _: None,
    ) -> Iterator[Part]:
        """Yield the register, so many rows at a time; raises ProfileError.

        Before each part `seen` is given its rows as they stand in the table.
        """
        grammar = Grammar.of(program.locale, program.systems, program.timezone)
        constants = self._constants(program)
        effect = "row" if self.strict else "fact"
        reading = _Reading(program, grammar.habits, effect, self._kept)
        known: dict[str, list[tuple[Column, c.Reader]]] = {}
        for frame in self.table.parts(rows):
            sheet = str(frame[SHEET][0]) if SHEET in frame.columns else ""
            if sheet not in known:
                columns = self.by_sheet.get(sheet, self.headings.columns)
                columns = (*columns, *constants)
                known[sheet] = [(one, c.reader_of(one, grammar)) for one in columns]
            seen(frame)
            frame = self._keyed(frame, program.identity.key)  # noqa: PLW2901
            frame = self._mapped(frame, [one for one, _ in known[sheet]])  # noqa: PLW2901
            if self.table.guarded:
                frame = c.without_guards(frame)  # noqa: PLW2901
            ready = [reading.part(frame, known[sheet])]
            self._check_again(frame, ready[0].rejects, program.identity.key, sheet)
            del frame  # a part in hand and a table being read are too much at once
            self._check_notes(ready[0].rejects, known[sheet])
            yield ready.pop()

    def _keyed(self, frame: pl.DataFrame, key: str) -> pl.DataFrame:
        """Return rows whose key stands in another column of it with the key there."""
        others = [one for one in self.headings.again if one.spec.id == key]
        first = next((c for c in self.headings.columns if c.spec.id == key), None)
        if not others or first is None:
            return frame
        places = [place_name(one.place) for one in (first, *others)]
        cells = [pl.col(place).cast(pl.String) for place in places]
        filled = (pl.when(one.str.contains(_A_SIGN)).then(one) for one in cells)
        return frame.with_columns(pl.coalesce(*filled, cells[0]).alias(places[0]))

    @property
    def _kept(self) -> Mapping[str, int]:
        return kept_places(self.table.headings, self.mapping.kept)

    def _check_again(
        self, frame: pl.DataFrame, listed: pl.DataFrame, key: str, sheet: str
    ) -> None:
        """Raise where another table begins below this one, with other headings."""
        columns = self.by_sheet.get(sheet, self.headings.columns)
        first = next(one for one in columns if one.spec.id == key)
        other = other_headings(frame, listed, first, columns)
        if other is not None:
            row, cell = other
            message = said("another-table", row=row, heading=cell)
            raise fault(self.path, "F606", message, said("one-table-a-sheet"), row)

    def _check_notes(
        self, listed: pl.DataFrame, readers: Sequence[tuple[Column, c.Reader]]
    ) -> None:
        """Raise where a note below the table says that its money is in another unit."""
        notes = listed.filter(pl.col("reason").cast(pl.String) == "no-firm")["value"]
        money = [one for one, _ in readers if one.spec.type is FactType.MONEY]
        for note in notes if money else ():
            try:
                shift = self.unit_below([note])
            except StrangeUnitError as error:
                raise strange(self.path, str(error)) from None
            if shift and any(one.shift != shift for one in money):
                raise strange(self.path, note)

    def _constants(self, program: Program) -> list[Column]:
        """Return columns for what the mapping says of every firm."""
        there = {column.spec.id for column in self.headings.columns}
        wanted = [name for name in self.mapping.constants if name not in there]
        first = len(self.table.headings)
        return [
            Column(first + number, name, program.facts[name], 0)
            for number, name in enumerate(wanted)
        ]

    def _mapped(self, frame: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
        """Return the cells with what the mapping says in their place."""
        changed: list[pl.Expr] = []
        frame = c.without_blank_rows(frame)
        for column in columns:
            place = place_name(column.place)
            if column.heading in self.mapping.constants and place not in frame.columns:
                text = self.mapping.constants[column.heading]
                changed.append(pl.lit(text).alias(place))
                continue
            mapped = self.mapping.of(column.heading)
            cell = pl.col(place)
            if mapped is not None and mapped.values:
                cell = cell.cast(pl.String).str.strip_chars()
                cell = cell.fill_null("") if "" in mapped.values else cell
                cell = cell.replace(mapped.values)
            if self.table.of_1904 and column.spec.type is FactType.DATE:
                serial = cell.cast(pl.String).str.extract(_SERIAL, 1).cast(pl.Int64)
                cell = pl.coalesce((serial + _FROM_1904).cast(pl.String), cell)
            if column.spec.id in self.mapping.complete:
                nothing = "false" if column.spec.type is FactType.BOOL else "none"
                blank = cell.cast(pl.String).str.strip_chars().fill_null("") == ""
                cell = pl.when(blank).then(pl.lit(nothing)).otherwise(cell)
            if cell.meta.is_column() is False:
                changed.append(cell.alias(place))
        return frame.with_columns(changed) if changed else frame


class _Reading:
    """One register being read, part after part."""

    def __init__(
        self, program: Program, habits: Habits, effect: str, kept: Mapping[str, int]
    ) -> None:
        self._identity, self._left_out = program.identity, program.left_out
        self._habits, self._effect, self._kept = habits, effect, kept
        self._columns: dict[str, Column] = {}
        form = program.facts[self._identity.key].format
        self._seen = Seen(self._identity.key, form)

    def part(
        self, frame: pl.DataFrame, readers: Sequence[tuple[Column, c.Reader]]
    ) -> Part:
        """Return a part, read."""
        self._columns = {column.spec.id: column for column, _ in readers}
        key = self._identity.key
        frame, notes = set_apart(frame, self._columns[key], self._habits)
        columns: list[pl.Series] = [frame[ROW].cast(pl.Int64)]
        scale: dict[str, int] = {}
        bad = c.broken_rows(frame)
        bad += [] if notes is None else [notes]
        wrong: pl.Series | None = None
        for column, read in c.read(frame, readers):
            columns += read.columns
            if read.scale != 1:
                scale[column.spec.id] = read.scale
            if read.reasons is not None:
                effect = "row" if column.spec.id == key else self._effect
                bad.append(c.bad_cells(frame, column, read.reasons, effect))
            if read.ranges is not None:
                bad.append(c.bad_cells(frame, column, read.ranges, "range"))
            if column.spec.id == key:
                wrong = read.reasons
        found = pl.DataFrame([*columns, *as_kept(frame, self._kept)])
        bad += self._refused(frame, found, wrong, bad)
        listed = self._named(_once(rejects(bad)), found)
        sheet = ""
        if SHEET in frame.columns and frame.height:
            sheet = str(frame[SHEET][0])
            listed = listed.with_columns(pl.lit(sheet).alias("sheet"))
        gone = lost(listed)["row"]
        kept = found.filter(~pl.col(ROW).is_in(gone.implode())) if len(gone) else found
        return Part(self._called(kept), scale, listed, frame.height, sheet)

    def _refused(
        self,
        frame: pl.DataFrame,
        found: pl.DataFrame,
        wrong: pl.Series | None,
        bad: Sequence[pl.DataFrame],
    ) -> Iterator[pl.DataFrame]:
        """Yield the rows without a key, of firms that are gone, and those again."""
        key = self._identity.key
        column = self._columns[key]
        code = found[key] if key in found.columns else None
        nothing = [pl.lit(x.is_null()) for x in (code, wrong) if x is not None]
        nameless = pl.all_horizontal(nothing or [pl.lit(True)])  # noqa: FBT003
        yield (none := c.bad_rows(frame, column, nameless, "no-uscc"))
        left = [
            c.bad_rows(
                frame, self._columns[fact], _all_in(found[fact], members), "left-out",
                "left-out",
            )
            for fact, members in self._left_out.items()
            if fact in found.columns and fact in self._columns
        ]  # fmt: skip
        yield from left
        if code is not None:
            out = lost(rejects([*bad, none, *left]))["row"]
            again = self._seen.again(found, out)
            yield c.bad_rows(frame, column, again, "duplicate")

    def _named(self, listed: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
        """Return rejects with the key of their firms, where it could be read."""
        key = self._identity.key
        if listed.is_empty() or key not in found.columns:
            return listed
        codes = found.select(
            pl.col(ROW).alias("row"), pl.col(key).cast(pl.String).alias("uscc")
        )
        return (
            listed.drop("uscc")
            .join(codes, on="row", how="left", maintain_order="left")
            .select(listed.columns)
        )

    def _called(self, kept: pl.DataFrame) -> pl.DataFrame:
        """Return the firms with their key and name under the names of results."""
        names = {USCC: self._identity.key, NAME: self._identity.name}
        return kept.with_columns(
            pl.col(fact).cast(pl.String).alias(name)
            for name, fact in names.items()
            if fact != name and fact in kept.columns and name not in kept.columns
        )


_A_SIGN = r"[\p{L}\p{N}]"
_SERIAL = r"^\s*([0-9]{3,5})(?:\.[0-9]+)?\s*$"
_FROM_1904 = 1462
"""Days between the two beginnings of spreadsheets' counts."""
_BROKEN = ("damaged", "cells")


def _once(listed: pl.DataFrame) -> pl.DataFrame:
    """Return rejects in which a row that is broken is told as that, and no more."""
    whole = pl.col("effect").cast(pl.String) == "row"
    broken = whole & pl.col("reason").cast(pl.String).is_in(_BROKEN)
    rows = listed.filter(broken)["row"]
    return listed.filter(broken | ~pl.col("row").is_in(rows.implode()))


def _all_in(column: pl.Series, members: Sequence[str]) -> pl.Expr:
    words = column.cast(pl.String)
    known = [
        w for w in words.drop_nulls().unique() if set(w.split(SEVERAL)) <= {*members}
    ]
    return pl.lit(words.is_in(known).fill_null(value=False))


def open_register(
    path: Path,
    program: Program,
    work: Path,
    *,
    strict: bool = False,
    mapping: TableMapping | None = None,
    looking: bool = False,
) -> Register:
    """Open a register and read its headings; raises ProfileError.

    `work` is a directory for what has to be converted. A register without the
    column by which firms are told apart is none. `mapping` is what a person says
    of the table. Where one is only `looking`, what is missing is said and not raised.
    """
    said_ = mapping or TableMapping()
    habits = HABITS.get(program.locale, HABITS["en"])
    names = Names(program.facts, habits, mapping, program.day.year)
    table = open_table(path, names, work, sheets=said_.sheets, at=said_.rows)
    headings = names.headings(table.headings, table.above)
    if headings.twice:
        one, other = headings.twice[0]
        message = said("column-twice", one=one, other=other)
        raise fault(path, "F606", message, said("keep-one-column"), table.row)
    if headings.strange_unit:
        named = any(headings.strange_unit in plain(cell) for cell in table.headings)
        raise strange(path, headings.strange_unit, table.row if named else 1)
    if units := unit_column(table, names):
        message = said("units-in-a-column", heading=units)
        raise fault(path, "F611", message, said("write-the-unit"), table.row)
    grammar = Grammar.of(program.locale, program.systems, program.timezone)
    refuse_unread(said_, program.facts, grammar, path)
    more, told = taken(table, headings, grammar)
    headings = replace(headings, columns=(*headings.columns, *more))
    told += [
        said("mapped-missing", heading=name)
        for name in dict.fromkeys((*said_.columns, *said_.left_out, *said_.segments))
        if place_of(table.headings, name) is None
    ]
    if not headings.columns and not looking:
        seen = tuple(filter(None, table.headings))[:_SHOWN]
        hint = (
            said("headings-seen", headings=seen) if seen else said("name-the-columns")
        )
        raise fault(path, "F607", said("no-known-column"), hint)
    key = program.facts[program.identity.key]
    if key.id not in {column.spec.id for column in headings.columns}:
        message = said("no-key-column", fact=key.id, title=key.title)
        if not looking:
            raise fault(path, "F609", message, said("add-key-column"), table.row)
        return Register(path, table, headings, [*told, message], strict, said_)
    headings, editions = with_editions(table, headings, said_, grammar)
    told += editions
    found, warnings = percents(table, headings)
    sheets = by_sheet(path, table, names, found)
    return Register(
        path, table, found, [*told, *warnings], strict, said_, sheets, names.unit_above
    )


_SHOWN = 12
