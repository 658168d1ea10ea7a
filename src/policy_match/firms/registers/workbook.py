"""Workbooks as tables: every sheet with the same headings, rows as one sees them."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.firms.registers.cell_formats import (
    Merged,
    cell_notes,
    counts_from_1904,
    shows_formats,
    stray_in_binary,
    too_large,
)
from policy_match.firms.registers.finding_headings import Found, headings_in
from policy_match.firms.registers.table import (
    LOOKED_AT,
    ROW,
    SHEET,
    SheetSeen,
    Table,
    fault,
    place_name,
)
from policy_match.firms.values.texts import MERGED, plain
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from policy_match.firms.registers.headings import Names
    from policy_match.language.messages import Message

_BLANK_ROWS = 1_000
"""Rows above a table that may be blank."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class _Sheet(NamedTuple):
    name: str
    frame: pl.DataFrame
    found: Found
    head: list[list[str]]
    known: int
    hidden: bool

    def seen(self, *, taken: bool) -> SheetSeen:
        """Return what is told of the sheet."""
        above = tuple(itertools.chain(*self.head[: self.found.first]))
        rows = max(0, self.frame.height - self.found.below - 1)
        at = self.found.first + 1, self.found.last + 1
        return SheetSeen(self.name, rows, at, self.hidden, taken, (self.name, *above))


def workbook(
    path: Path,
    headed: Names,
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
    if stray := stray_in_binary(path):
        message = said("stray-cell", sheet=path.name, cell=stray)
        raise fault(path, "F604", message, said("clear-stray-cells"))
    try:
        book = fastexcel.read_excel(path)
        missing = [name for name in only if name not in book.sheet_names]
        if missing:
            sheets = tuple(book.sheet_names)
            message = said("no-such-sheet", sheet=missing[0])
            raise fault(path, "F604", message, said("known-values", known=sheets))
        names = only or book.sheet_names
        opened = [_open(book, path, name, headed, at) for name in names]
    except fastexcel.FastExcelError:
        message, hint = said("broken-workbook"), said("save-as-xlsx")
        raise fault(path, "F604", message, hint) from None
    filled = [sheet for sheet in opened if any(map(any, sheet.head))]
    if not filled:
        raise fault(path, "F602", said("empty-table"), said("headings-first"))
    first = max(filled, key=lambda sheet: (sheet.known, not sheet.hidden))
    taken = [s for s in filled if s is first or (every and _alike(s, first))]
    # Of a firm that stands twice the first row counts: what one sees goes first.
    taken.sort(key=lambda sheet: sheet.hidden)
    notes = [_left_out(s) for s in filled if s not in taken]
    notes += [] if shows_formats(path) else [said("formats-unseen")]
    notes += [said("sheet-hidden", sheet=s.name) for s in taken if s.hidden]
    headings = first.found.cells
    seen = tuple(s.seen(taken=s in taken) for s in opened)

    def batches(
        size: int, only: Sequence[str] = (), most: int | None = None
    ) -> Iterator[pl.DataFrame]:
        for sheet in taken:
            rows = _rows(sheet, headings)
            rows = rows if most is None else rows.head(most)
            rows = rows.select(only) if only else rows
            if len(taken) > 1:
                rows = rows.with_columns(pl.lit(sheet.name).alias(SHEET))
            yield from rows.iter_slices(size)

    mine = first.seen(taken=True)
    height = sum(one.rows for one in seen if one.taken)
    return Table(
        headings, mine.above, batches, height, tuple(notes), mine.at, sheets=seen,
        of_1904=counts_from_1904(path),
    )  # fmt: skip


def _open(
    book: object,
    path: Path,
    name: str,
    names: Names,
    at: Sequence[int],
) -> _Sheet:
    notes = cell_notes(path, name)
    if notes.stray:
        message = said("stray-cell", sheet=name, cell=notes.stray)
        raise fault(path, "F604", message, said("clear-stray-cells"))
    sheet = book.load_sheet(  # type: ignore[attr-defined]
        name, header_row=None, skip_rows=0, dtypes="string"
    )
    frame = _placed(pl.DataFrame(sheet), notes.left)
    frame = _marked(frame, notes.cells)
    looked = frame.head(_blank_rows(frame) + LOOKED_AT)
    head = [[cell or "" for cell in row] for row in looked.iter_rows()]
    found = headings_in(head, names, at) if head else Found(0, 0, (), 0)
    frame = _marked(frame, dict(_spread(frame, notes.merged, found)))
    hidden = sheet.visible != "visible"
    return _Sheet(name, frame, found, head, names.recognised(found.cells), hidden)


def _placed(frame: pl.DataFrame, left: int) -> pl.DataFrame:
    """Return a sheet with its blank columns on the left, which the reader leaves out.

    So a column has the letter that a person sees.
    """
    names = {name: place_name(left + n) for n, name in enumerate(frame.columns)}
    blank = (pl.lit(None, pl.String).alias(place_name(n)) for n in range(left))
    frame = frame.rename(names)
    return frame.select(*blank, *names.values()) if names else frame


def _blank_rows(frame: pl.DataFrame) -> int:
    """Return how many rows are blank above the first in which anything stands."""
    if not frame.width or not frame.height:
        return 0
    first = frame.head(_BLANK_ROWS)
    filled = first.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    return filled.arg_max() or 0


def _spread(
    frame: pl.DataFrame, merged: Sequence[Merged], found: Found
) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the cells of firms that are merged: words hold for each of their rows.

    A figure may be of all of them together, or of several columns, and is not taken
    for any.
    """
    headed = [bool(cell.strip()) for cell in found.cells]
    for one in merged:
        inside = found.below < one.first and one.last < frame.height
        inside = inside and one.left < frame.width
        text = frame[place_name(one.left)][one.first] if inside else None
        across = sum(headed[one.left : one.right + 1]) > 1
        if text is None or (one.first == one.last and not across):
            continue
        figure = any(map(str.isdigit, text)) and not any(map(str.isalpha, text))
        figure = figure and not _A_CODE.fullmatch(text.strip())
        for row in range(one.first, one.last + 1):
            yield (row, one.left), f"{MERGED}{text}" if figure else text


_A_CODE = re.compile(r"[0-9]{18}")


def _marked(frame: pl.DataFrame, cells: Mapping[tuple[int, int], str]) -> pl.DataFrame:
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
    at = sheet.found.below
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
