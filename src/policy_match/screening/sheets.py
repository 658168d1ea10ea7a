"""Sheets of a workbook with very many rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from policy_match.language.media import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format

_LONGEST = 32_767
"""Units of UTF-16 that a cell may have."""


class Table(Worksheet):  # type: ignore[misc]
    """A sheet with a table below its headings, written column by column.

    The library writes cell by cell, which takes as long as the screening itself.
    """

    _rows = pl.DataFrame()
    _looks: Sequence[Format | None] = ()

    def fill(self, rows: pl.DataFrame, looks: Sequence[Format | None]) -> None:
        """Take the rows below the first: texts and decimals, a look a column."""
        self._looks = looks
        self._rows = rows.with_columns(
            self._shared(column) for column in rows if column.dtype == pl.String
        )
        self._check_dimensions(rows.height, rows.width - 1)

    def _shared(self, cells: pl.Series) -> pl.Series:
        """Return where each text stands among those that all sheets share."""
        known = cells.drop_nulls().unique(maintain_order=True)
        place = self.str_table._get_shared_string_index  # noqa: SLF001
        places = [place(_cut(lines(text))) for text in known]
        return cells.replace_strict(known, places, default=None, return_dtype=pl.UInt32)

    def _write_rows(self) -> None:
        """Write the headings as the library does, and the table at once."""
        super()._write_rows()
        row = pl.int_range(2, pl.len() + 2).cast(pl.String)
        cells = [
            self._cells(column, place, row) for place, column in enumerate(self._rows)
        ]
        written = self._rows.select(
            pl.concat_str(
                pl.lit('<row r="'), row, pl.lit('">'), *cells, pl.lit("</row>")
            )
        )
        self.fh.writelines(written.to_series())

    def _cells(self, column: pl.Series, place: int, row: pl.Expr) -> pl.Expr:
        look = self._looks[place]
        style = "" if look is None else f' s="{look._get_xf_index()}"'  # noqa: SLF001
        value, kind = pl.col(column.name).cast(pl.String), ' t="s"'
        if column.dtype.is_decimal():
            value, kind = value.str.replace(r"\.?0+$", ""), ""
        start = pl.lit(f'<c r="{xl_col_to_name(place)}')
        middle, end = pl.lit(f'"{style}{kind}><v>'), pl.lit("</v></c>")
        return pl.concat_str(start, row, middle, value, end).fill_null("")


def _cut(text: str) -> str:
    """Return what of a text a cell can hold."""
    if 2 * len(text) <= _LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * _LONGEST].decode("utf-16-le", "ignore")
