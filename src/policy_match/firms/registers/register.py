"""A register of firms: a table, part by part, in the layout that is screened."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.domain.facts import FactType
from policy_match.firms.registers.headings import Names
from policy_match.firms.registers.numbers import Numbers, Read
from policy_match.firms.registers.options import Options, Texts
from policy_match.firms.registers.tables import MORE, ROW, fault, open_table, place_name
from policy_match.firms.values.conventions import HABITS
from policy_match.firms.values.grammar import Grammar
from policy_match.firms.values.reasons import rejects
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policy_match.firms.registers.headings import Column, Headings
    from policy_match.firms.registers.tables import Table
    from policy_match.ir.program import Program
    from policy_match.language.messages import Message

USCC = "uscc"
_AT_ONCE = 24
"""Columns."""


class Part(NamedTuple):
    """Some rows of a register: those that can be screened, and the others."""

    frame: pl.DataFrame
    """A row a firm, in the layout of the columnar backend, and ROW."""
    scale: Mapping[str, int]
    rejects: pl.DataFrame
    rows: int
    """Rows of the source that are not blank."""


class Register:
    """A register that is open: what its headings mean, and its parts."""

    def __init__(self, path: Path, table: Table, headings: Headings) -> None:
        """Keep what is known before the first row is read."""
        self.path, self._table, self._headings = path, table, headings

    @property
    def warnings(self) -> Sequence[Message]:
        """What is said of columns that are left out."""
        return self._headings.warnings

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts the register has a column for."""
        return tuple(column.spec.id for column in self._headings.columns)

    @property
    def rows(self) -> int | None:
        """How many rows there are, where that is known before reading them."""
        return self._table.rows

    @property
    def width(self) -> int:
        """How many columns there are, known or not."""
        return len(self._table.headings)

    def parts(self, program: Program, rows: int) -> Iterator[Part]:
        """Yield the register, so many rows at a time; raises ProfileError."""
        grammar = Grammar.of(program.locale, program.systems)
        readers = [(c, _reader(c, grammar)) for c in self._headings.columns]
        seen = _Seen()
        for frame in self._table.parts(rows):
            ready = [self._part(frame, readers, seen)]
            del frame  # a part in hand and a table being read are too much at once
            yield ready.pop()

    def _part(
        self,
        frame: pl.DataFrame,
        readers: Sequence[tuple[Column, Numbers | Options | Texts]],
        seen: _Seen,
    ) -> Part:
        frame = without_blank_rows(frame)
        columns: list[pl.Series] = [frame[ROW].cast(pl.Int64)]
        scale: dict[str, int] = {}
        bad: list[pl.DataFrame] = []
        wrong: pl.Series | None = None
        for column, read in _read(frame, readers):
            columns += read.columns
            if read.scale != 1:
                scale[column.spec.id] = read.scale
            if read.reasons is not None:
                bad.append(bad_cells(frame, column, read.reasons))
            if column.spec.id == USCC:
                wrong = read.reasons
        found = pl.DataFrame(columns)
        if MORE in frame.columns:
            bad.append(_more(frame))
        if USCC in self.facts:
            column = next(c for c, _ in readers if c.spec.id == USCC)
            code = found[USCC] if USCC in found.columns else None
            nothing = [pl.lit(x.is_null()) for x in (code, wrong) if x is not None]
            nameless = pl.all_horizontal(nothing or [pl.lit(True)])  # noqa: FBT003
            bad.append(bad_rows(frame, column, nameless, "no-uscc"))
            if USCC in found.columns:
                rows = pl.concat([b["row"] for b in bad]).unique()
                again = seen.again(found, rows)
                bad.append(bad_rows(frame, column, again, "duplicate"))
        refused = rejects(bad)
        kept = found
        if not refused.is_empty():
            kept = found.filter(~pl.col(ROW).is_in(refused["row"].implode()))
        return Part(kept, scale, refused, frame.height)


def _read(
    frame: pl.DataFrame, readers: Sequence[tuple[Column, Numbers | Options | Texts]]
) -> Iterator[tuple[Column, Read]]:
    """Read the columns, some at a time: their texts are larger than what they say."""
    for start in range(0, len(readers), _AT_ONCE):
        some = readers[start : start + _AT_ONCE]
        parsed = read_fast(frame, some)
        for column, reader in some:
            yield column, reader.rest(parsed)


def without_blank_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows in which anything stands at all."""
    filled = pl.col(c for c in frame.columns if c != ROW)
    blank = frame.select(pl.all_horizontal(filled.is_null())).to_series()
    return frame.filter(~blank) if blank.any() else frame


def read_fast(
    frame: pl.DataFrame, readers: Sequence[tuple[Column, Numbers | Options | Texts]]
) -> pl.DataFrame:
    """Return what can be read of all columns at once, and the texts left over."""
    trimmed: list[pl.Expr] = []
    first: list[pl.Expr] = []
    second: list[pl.Expr] = []
    for column, reader in readers:
        place = place_name(column.place)
        dtype = frame.schema[place]
        if reader.texts:
            trimmed.append(pl.col(place).cast(pl.String).str.strip_chars())
        made = reader.fast(pl.col(place), dtype)
        first, second = first + made[0], second + made[1]
    # One stage after the other: an expression within two others is computed twice.
    lazy = frame.lazy().with_columns(trimmed).with_columns(first)
    return lazy.select(second).collect()


class _Seen:
    """The identifiers of all rows so far, exactly, in 16 bytes each."""

    def __init__(self) -> None:
        self._known = pl.Series("known", [], pl.Int128)

    def again(self, found: pl.DataFrame, refused: pl.Series) -> pl.Expr:
        """Return which rows repeat a firm of an earlier row that was taken."""
        number = found[USCC].str.to_integer(base=36, dtype=pl.Int128, strict=False)
        taken = ~found[ROW].is_in(refused.implode())
        good = pl.DataFrame({"number": number, "taken": taken}).with_row_index("at")
        first = (
            good.filter(pl.col("taken"), pl.col("number").is_not_null())
            .unique("number", keep="first", maintain_order=True)["at"]
        )  # fmt: skip
        new = good["at"].is_in(first.implode())
        # The few that are looked for make the table, not the many that are known.
        met = self._known.filter(self._known.is_in(number.drop_nulls().implode()))
        before = number.is_in(met.implode())
        repeated = number.is_not_null() & taken & (~new | before)
        fresh = number.filter(new & ~before)
        self._known = pl.concat([self._known, fresh.alias("known")])
        return pl.lit(repeated)


def _reader(column: Column, grammar: Grammar) -> Numbers | Options | Texts:
    kind = column.spec.type
    if kind.numeric or kind is FactType.LIST:
        return Numbers(column, grammar)
    return (Texts if kind is FactType.TEXT else Options)(column, grammar)


def bad_cells(frame: pl.DataFrame, column: Column, reasons: pl.Series) -> pl.DataFrame:
    """Return the cells of a column that have a reason against them."""
    place = pl.col(place_name(column.place)).cast(pl.String)
    return (
        frame.with_columns(reasons.alias("reason"))
        .filter(pl.col("reason").is_not_null())
        .select(
            pl.col(ROW).cast(pl.Int64).alias("row"),
            pl.lit(column.heading).alias("column"),
            place.alias("value"),
            "reason",
        )
    )


def bad_rows(
    frame: pl.DataFrame, column: Column, rows: pl.Expr, reason: str
) -> pl.DataFrame:
    """Return the cells of a column in the rows that one reason is against."""
    reasons = frame.select(pl.when(rows).then(pl.lit(reason)).alias("reason"))
    return bad_cells(frame, column, reasons["reason"])


def _more(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col(MORE).is_not_null()).select(
        pl.col(ROW).cast(pl.Int64).alias("row"),
        pl.lit("").alias("column"),
        pl.col(MORE).alias("value"),
        pl.lit("cells").alias("reason"),
    )


def open_register(path: Path, program: Program, work: Path) -> Register:
    """Open a register and read its headings; raises ProfileError.

    `work` is a directory for what has to be converted.
    """
    names = Names(program.facts, HABITS.get(program.locale, HABITS["en"]))
    table = open_table(path, names.recognised, work)
    headings = names.headings(table.headings, table.above)
    if headings.twice:
        one, other = headings.twice[0]
        message = said("column-twice", one=one, other=other)
        raise fault(path, "F606", message, said("keep-one-column"))
    if not headings.columns:
        raise fault(path, "F607", said("no-known-column"), said("name-the-columns"))
    return Register(path, table, headings)
