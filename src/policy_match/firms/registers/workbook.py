"""Workbooks as tables: every sheet with the same headings, rows as one sees them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.firms.registers.cell_formats import marked_cells, too_large
from policy_match.firms.registers.table import (
    LOOKED_AT,
    ROW,
    SHEET,
    Found,
    Table,
    fault,
    headings_in,
    place_name,
)
from policy_match.firms.values.texts import plain
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from policy_match.language.messages import Message

_LOCKED = "EncryptedPackage".encode("utf-16-le")


class _Sheet(NamedTuple):
    name: str
    frame: pl.DataFrame
    found: Found
    head: list[list[str]]
    known: int
    hidden: bool


def workbook(
    path: Path,
    recognised: Callable[[Sequence[str]], int],
    *,
    only: Sequence[str] = (),
    every: bool = True,
    at: Sequence[int] = (),
) -> Table:
    """Open a workbook; raises ProfileError.

    Of the sheets, or of those in `only`, the one with most known headings is read,
    and with `every` each other one with the same; those left out are named.
    """
    import fastexcel  # noqa: PLC0415  (only for spreadsheets)

    with path.open("rb") as file:
        if _LOCKED in file.read(1 << 20):
            raise fault(path, "F604", said("locked-workbook"), said("unlock-it"))
    if too_large(path):
        raise fault(path, "F604", said("workbook-too-large"), said("save-as-csv"))
    try:
        book = fastexcel.read_excel(path)
        missing = [name for name in only if name not in book.sheet_names]
        if missing:
            sheets = tuple(book.sheet_names)
            message = said("no-such-sheet", sheet=missing[0])
            raise fault(path, "F604", message, said("known-values", known=sheets))
        names = only or book.sheet_names
        opened = [_open(book, path, name, (recognised, at)) for name in names]
    except fastexcel.FastExcelError:
        message, hint = said("broken-workbook"), said("save-as-xlsx")
        raise fault(path, "F604", message, hint) from None
    filled = [sheet for sheet in opened if any(map(any, sheet.head))]
    if not filled:
        raise fault(path, "F602", said("empty-table"), said("headings-first"))
    first = max(filled, key=lambda sheet: (sheet.known, not sheet.hidden))
    taken = [s for s in filled if s is first or (every and _alike(s, first))]
    notes = [_left_out(s) for s in filled if s not in taken]
    notes += [said("sheet-hidden", sheet=s.name) for s in taken if s.hidden]
    above = tuple(itertools.chain(*first.head[: first.found.first]))
    headings = first.found.cells

    def batches(size: int) -> Iterator[pl.DataFrame]:
        for sheet in taken:
            rows = _rows(sheet, headings)
            if len(taken) > 1:
                rows = rows.with_columns(pl.lit(sheet.name).alias(SHEET))
            yield from rows.iter_slices(size)

    height = sum(s.frame.height - s.found.last - 1 for s in taken)
    return Table(headings, above, batches, height, tuple(notes), first.found.last + 1)


def _open(
    book: object,
    path: Path,
    name: str,
    looked_for: tuple[Callable[[Sequence[str]], int], Sequence[int]],
) -> _Sheet:
    recognised, at = looked_for
    sheet = book.load_sheet(name, header_row=None, dtypes="string")  # type: ignore[attr-defined]
    frame = pl.DataFrame(sheet)
    frame = frame.rename({n: place_name(at) for at, n in enumerate(frame.columns)})
    frame = _marked(frame, marked_cells(path, name))
    head = [[cell or "" for cell in row] for row in frame.head(LOOKED_AT).iter_rows()]
    found = headings_in(head, recognised, at) if head else Found(0, 0, ())
    hidden = sheet.visible != "visible"
    return _Sheet(name, frame, found, head, recognised(found.cells), hidden)


def _marked(frame: pl.DataFrame, cells: dict[tuple[int, int], str]) -> pl.DataFrame:
    by_column: dict[int, dict[int, str]] = {}
    for (row, column), text in cells.items():
        if row < frame.height and column < frame.width:
            by_column.setdefault(column, {})[row] = text
    changed = []
    for column, texts in by_column.items():
        values = frame[place_name(column)].to_list()
        for row, text in texts.items():
            values[row] = text
        changed.append(pl.Series(place_name(column), values, pl.String))
    return frame.with_columns(changed) if changed else frame


def _alike(sheet: _Sheet, first: _Sheet) -> bool:
    return _names(sheet) == _names(first)


def _names(sheet: _Sheet) -> list[str]:
    return sorted(plain(cell) for cell in sheet.found.cells if plain(cell))


def _rows(sheet: _Sheet, headings: Sequence[str]) -> pl.DataFrame:
    """Return the rows of a sheet below its headings, its columns as the first has."""
    at = sheet.found.last
    rows = sheet.frame.slice(at + 1).with_row_index(ROW, offset=at + 2)
    places = [plain(cell) for cell in sheet.found.cells]
    wanted = [plain(cell) for cell in headings]
    if places == wanted:
        return rows
    return rows.select(
        ROW,
        *(
            pl.col(place_name(places.index(name))).alias(place_name(place))
            if name and name in places
            else pl.lit(None, pl.String).alias(place_name(place))
            for place, name in enumerate(wanted)
        ),
    )


def _left_out(sheet: _Sheet) -> Message:
    key = "hidden-sheet-left-out" if sheet.hidden else "sheet-left-out"
    return said(key, sheet=sheet.name)
