"""What has been claimed so far: a table of firm, policy, amount and day.

What is read is kept in a directory of its own, and not in memory: a city may have
several claims a firm, and each part of a register needs a few of them.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.texts import Text
from policy_match.errors import did_you_mean
from policy_match.firms.registers.columns import (
    bad_cells,
    bad_rows,
    broken_rows,
    read,
    without_blank_rows,
    without_guards,
)
from policy_match.firms.registers.headings import Names
from policy_match.firms.registers.not_firms import set_apart
from policy_match.firms.registers.numbers import Numbers
from policy_match.firms.registers.options import Texts
from policy_match.firms.registers.sheet_units import by_sheet, strange
from policy_match.firms.registers.table import ROW, SHEET, fault
from policy_match.firms.registers.tables import open_table
from policy_match.firms.values.conventions import HABITS
from policy_match.firms.values.grammar import Grammar
from policy_match.firms.values.reasons import rejects
from policy_match.firms.values.texts import plain
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from policy_match.firms.registers.headings import Column
    from policy_match.ir.program import OutOfForce, Policy, Program
    from policy_match.language.messages import Message

_CENTS = 100
_PART = 500_000
_FIELDS = ("uscc", "policy", "amount", "on")
_KEPT = "claims"
_OF_A_SHEET = 1 << 32
"""Rows of a sheet are numbered below this, so that those of several stay apart."""


class Claims(NamedTuple):
    """What there is to say of claims that are read, and the rows that cannot be used.

    The claims of the calendar year themselves are had from `claims_in`.
    """

    rejects: pl.DataFrame
    rows: int
    other_years: int
    warnings: Sequence[Message]
    headings: Mapping[str, str]
    """What the file calls each field."""
    sheets: Sequence[str] = ()
    """The sheets of a workbook, in its order."""

    def placed(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return what `claims_in` has, by the sheet and the row that one sees."""
        names = self.sheets or ("",)
        at = rows["row"] // _OF_A_SHEET
        known = at.replace_strict(range(len(names)), names, return_dtype=pl.String)
        return rows.with_columns(pl.col("row") % _OF_A_SHEET, known.alias("sheet"))


def open_claims(path: Path, program: Program, work: Path) -> Claims:
    """Read the claims of the calendar year of the program's day into `work`.

    Raises ProfileError where a column is missing or the file is unreadable.
    """
    habits = HABITS.get(program.locale, HABITS["en"])
    specs = _specs(program, habits.claims)
    names = Names(specs, habits)
    table = open_table(path, names, work)
    found = names.headings(table.headings, table.above)
    if found.strange_unit:
        raise strange(path, found.strange_unit)
    columns = {column.spec.id: column for column in found.columns}
    for field in _FIELDS:
        if field not in columns:
            message = said("claims-column-missing", column=field)
            hint = did_you_mean(field, table.headings, said("claims-columns"))
            raise fault(path, "F608", message, hint)
    grammar = Grammar.of(program.locale, program.systems, program.timezone)
    (work / _KEPT).mkdir()
    sheets = [sheet.name for sheet in table.sheets]
    of_sheet = by_sheet(path, table, names, found)
    readings: dict[str, _Reading] = {}
    parts = []
    for number, frame in enumerate(table.parts(_PART)):
        sheet = str(frame[SHEET][0]) if SHEET in frame.columns else ""
        if sheet not in readings:
            mine = of_sheet.get(sheet, found.columns)
            by_field = {one.spec.id: one for one in mine}
            at = sheets.index(sheet) if sheet else 0
            readings[sheet] = _Reading(
                program, by_field, grammar, (sheet, at), guarded=table.guarded
            )
        to = work / _KEPT / f"{number:05d}.parquet"
        parts.append(readings[sheet].part(frame, to))
    return Claims(
        rejects(part[0] for part in parts),
        sum(part[1] for part in parts),
        sum(part[2] for part in parts),
        (*table.notes, *found.warnings),
        {field: columns[field].heading for field in _FIELDS},
        tuple(sheets),
    )


def claims_in(work: Path) -> pl.LazyFrame:
    """Return what `open_claims` has read into `work`; nothing where it did not.

    The columns are `row` (see `Claims.placed`), `uscc`, `policy` (its id), `cents`.
    """
    files = sorted((work / _KEPT).glob("*.parquet"))
    return pl.scan_parquet(files) if files else pl.LazyFrame(schema=_SCHEMA)


_SCHEMA = {
    "row": pl.Int64(),
    "uscc": pl.String(),
    "policy": pl.String(),
    "cents": pl.Int64(),
}


def _specs(
    program: Program, aliases: Mapping[str, tuple[str, ...]]
) -> dict[str, FactSpec]:
    def spec(id_: str, kind: FactType, format_: str = "") -> FactSpec:
        known = program.facts.get(program.identity.key if id_ == "uscc" else id_)
        more = aliases.get(id_, ())
        names: tuple[str, ...] = ()
        if known:
            titles = known.title.by_language.values()
            names = (known.id, *known.aliases, *titles, *known.wording.headings)
        return FactSpec(
            id_, kind, Text({}), low=-inf if kind is FactType.MONEY else 1,
            high=inf if kind is FactType.MONEY else 3652059,
            format=format_, aliases=(*names, *more),
        )  # fmt: skip

    kinds = (FactType.TEXT, FactType.TEXT, FactType.MONEY, FactType.DATE)
    formats = (program.facts[program.identity.key].format, "", "", "")
    given = zip(_FIELDS, kinds, formats, strict=True)
    return {id_: spec(id_, kind, format_) for id_, kind, format_ in given}


class _Reading:
    def __init__(
        self,
        program: Program,
        columns: Mapping[str, Column],
        grammar: Grammar,
        sheet: tuple[str, int],
        *,
        guarded: bool,
    ) -> None:
        self._year = program.day.year
        self._sheet, self._habits, self._guarded = sheet, grammar.habits, guarded
        self._columns = columns
        self._readers: dict[str, Texts | Numbers] = {
            "uscc": Texts(columns["uscc"], grammar),
            "policy": Texts(columns["policy"], grammar),
            "amount": Numbers(columns["amount"], grammar),
            "on": Numbers(columns["on"], grammar),
        }
        policies: list[Policy | OutOfForce] = [*program.policies]
        policies += program.out_of_force
        self._in_force = [policy.id for policy in program.policies]
        self._names = {
            plain(title): p.id
            for p in policies
            for title in p.about.title.by_language.values()
        } | {p.id: p.id for p in policies}

    def part(self, frame: pl.DataFrame, to: Path) -> tuple[pl.DataFrame, int, int]:
        """Write the claims of the year; return rejects, rows, rows of other years."""
        frame = without_blank_rows(frame)
        frame = without_guards(frame) if self._guarded else frame
        frame, notes = set_apart(frame, self._columns["uscc"], self._habits)
        given = [(self._columns[field], one) for field, one in self._readers.items()]
        found = pl.DataFrame([frame[ROW].cast(pl.Int64).alias("row")])
        whole = broken_rows(frame)
        bad = [*whole]
        bad += [] if notes is None else [notes]
        scale = _CENTS
        for column, got in read(frame, given):
            found = found.with_columns(got.columns)
            if column.spec.id == "amount":
                scale = got.scale
            if got.reasons is not None:
                cells = bad_cells(frame, column, got.reasons)
                bad.append(cells.join(_rows_of(whole), on="row", how="anti"))
        found = found.with_columns(
            pl.lit(None, kind).alias(name)
            for name, kind in _PERHAPS.items()
            if name not in found.columns
        )
        found = self._known(found, scale)
        for field, test, reason in _REFUSALS:
            rows = found.select(test.alias("test"))["test"]
            some = bad_rows(frame, self._columns[field], pl.lit(rows), reason)
            bad.append(some.join(_rows_of(bad), on="row", how="anti"))
        name, at = self._sheet
        refused = rejects(bad).with_columns(pl.lit(name).alias("sheet"))
        codes = found.select("row", pl.col("uscc").cast(pl.String))
        refused = (
            refused.drop("uscc")
            .join(codes, on="row", how="left", maintain_order="left")
            .select(refused.columns)
        )
        good = found.filter(~pl.col("row").is_in(refused["row"].implode()))
        year = good.filter(pl.col("year") == self._year)
        year = year.with_columns(pl.col("row") + at * _OF_A_SHEET)
        year.select(list(_SCHEMA)).write_parquet(to, compression="lz4")
        return refused, frame.height, good.height - year.height

    def _known(self, found: pl.DataFrame, scale: int) -> pl.DataFrame:
        given = [x for x in found["policy"].unique() if x is not None]
        ids = [self._names.get(text) or self._names.get(plain(text)) for text in given]
        more = max(scale // _CENTS, 1)
        first = pl.coalesce("on", "on.low").dt.year()
        last = pl.coalesce("on", "on.high").dt.year()
        return found.with_columns(
            pl.col("policy").alias("named"),
            pl.col("policy").replace_strict(
                given, ids, default=None, return_dtype=pl.String
            ),
            pl.when(pl.col("amount") % more == 0)
            .then(pl.col("amount") // more)
            .cast(pl.Int64)
            .alias("cents"),
            pl.when(first == last).then(first).alias("year"),
        ).with_columns(in_force=pl.col("policy").is_in(self._in_force))


_PERHAPS = {
    "uscc": pl.String(),
    "policy": pl.String(),
    "amount": pl.Int64(),
    "amount.low": pl.Int64(),
    "on": pl.Date(),
    "on.low": pl.Date(),
    "on.high": pl.Date(),
}
_REFUSALS = (
    ("uscc", pl.col("uscc").is_null(), "no-uscc"),
    ("policy", pl.col("policy").is_null(), "policy"),
    ("policy", ~pl.col("in_force").fill_null(value=True), "not-in-force"),
    ("amount", pl.col("amount").is_null(), "amount"),
    ("amount", pl.col("cents").is_null(), "cent"),
    (
        "on",
        pl.col("on").is_null() & pl.col("on.low").is_null(),
        "no-day",
    ),
    ("on", pl.col("year").is_null(), "year"),
)


def _rows_of(frames: list[pl.DataFrame]) -> pl.DataFrame:
    empty = pl.DataFrame(schema={"row": pl.Int64()})
    return pl.concat([empty, *(f.select(pl.col("row").cast(pl.Int64)) for f in frames)])
