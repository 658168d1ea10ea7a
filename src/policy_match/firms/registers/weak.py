"""Columns whose headings may mean several things: their cells decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.firms.registers.columns import read, reader_of, without_blank_rows
from policy_match.firms.registers.table import place_name
from policy_match.firms.values.texts import plain
from policy_match.language.messages import said

if TYPE_CHECKING:
    from policy_match.firms.registers.headings import Column, Headings, Names
    from policy_match.firms.registers.table import Table
    from policy_match.firms.values.grammar import Grammar
    from policy_match.language.messages import Message

_ROWS = 1_000
_ENOUGH = 0.9
"""The share of filled cells that have to be readable."""
_FEW = 2
"""Filled cells, beyond which one that cannot be read says nothing."""


def taken(
    table: Table, headings: Headings, grammar: Grammar
) -> tuple[list[Column], list[Message]]:
    """Return the weak columns that are what they may be, and what is said of all."""
    found: dict[str, Column] = {}
    told: list[Message] = []
    frame = first_rows(table) if headings.weak else None
    for column in headings.weak:
        spec = column.spec
        named = {"heading": column.heading, "fact": spec.id, "title": spec.title}
        fits = frame is not None and _fits(frame, column, grammar)
        if fits and spec.id not in found:
            found[spec.id] = column
            told.append(said("weak-taken", **named))
        else:
            told.append(said("weak-left", **named))
    return list(found.values()), told


def first_rows(table: Table) -> pl.DataFrame | None:
    """Return the first rows of a table, or None where it has none."""
    frame = table.first(_ROWS)
    return None if frame is None else without_blank_rows(frame)


def unit_column(table: Table, names: Names) -> str:
    """Return the heading of a column in which each row has a unit of its own."""
    places = [n for n, cell in enumerate(table.headings) if names.tells_units(cell)]
    frame = first_rows(table) if places else None
    for place in places:
        if frame is None or frame.schema[place_name(place)] != pl.String:
            continue
        cells = frame[place_name(place)].drop_nulls().unique().to_list()
        cells = [plain(cell) for cell in cells if plain(cell)]
        alike = all(names.money_unit(cell) == 0 for cell in cells)
        if cells and not alike and all(map(names.is_money_unit, cells)):
            return table.headings[place]
    return ""


def _fits(frame: pl.DataFrame, column: Column, grammar: Grammar) -> bool:
    cells = frame[place_name(column.place)].cast(pl.String).str.strip_chars()
    filled = sum(not grammar.blank(plain(cell)) for cell in cells.drop_nulls())
    ((_, got),) = read(frame, [(column, reader_of(column, grammar))])
    bad = 0 if got.reasons is None else len(got.reasons) - got.reasons.null_count()
    few = bad <= 1 and filled > _FEW
    return few or (filled > 0 and filled - bad >= _ENOUGH * filled)
