"""Rows of a register that are no firms: totals, notes, headings said again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.firms.registers.heading_text import even, parts_of
from policy_match.firms.registers.table import ABOUT_ROWS, MORE, ROW, place_name
from policy_match.firms.values.texts import plain

if TYPE_CHECKING:
    from policy_match.firms.registers.headings import Column
    from policy_match.firms.values.conventions import Habits

_A_CODE = r"^[0-9A-Za-z]{18}$"
REASON = "no-firm"


def set_apart(
    frame: pl.DataFrame, key: Column, habits: Habits
) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """Return the rows that may be firms, and as rejects those that are none.

    A row with what may be a credit code is a firm's, whatever else it says.
    """
    place = place_name(key.place)
    if place not in frame.columns or frame.is_empty():
        return frame, None
    code = frame[place].cast(pl.String).str.strip_chars()
    coded = key.spec.format == "uscc"
    odd = ~code.str.contains(_A_CODE) if coded else code.is_null()
    rows = frame.filter(odd.fill_null(value=True))
    if rows.is_empty():
        return frame, None
    names = [n for n in rows.columns if n not in {*ABOUT_ROWS, MORE}]
    at, heading = names.index(place), parts_of(key.heading)[-1]
    found = [
        (row, text)
        for row, *cells in rows.select(ROW, *names).iter_rows()
        if (text := _note(cells, habits) or _again(cells[at], heading))
    ]
    if not found:
        return frame, None
    told = pl.DataFrame(
        {
            "row": [row for row, _ in found],
            "column": key.heading,
            "value": [text for _, text in found],
            "reason": REASON,
            "effect": "left-out",
        },
        schema_overrides={"row": pl.Int64},
    )
    return frame.filter(~pl.col(ROW).is_in(told["row"].implode())), told


def _note(cells: list[object], habits: Habits) -> str:
    """Return the cell that shows that a row is none of a firm; empty where none."""
    texts = (cell.strip() for cell in cells if isinstance(cell, str))
    first = [text for text in texts if text][:_FIRST]
    return next((text for text in first if habits.no_firm.match(plain(text))), "")


def _again(cell: object, heading: str) -> str:
    """Return the cell of a row that says the heading again, as on each page."""
    return cell if isinstance(cell, str) and even(plain(cell)) == heading else ""


_FIRST = 4
"""Cells of a row in which it says what it is."""
