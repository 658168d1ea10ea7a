"""Rows of a register that are no firms: totals, notes, headings said again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from policy_match.firms.registers.heading_text import even, parts_of
from policy_match.firms.registers.table import ABOUT_ROWS, MORE, ROW, place_name
from policy_match.firms.values.texts import DAMAGED, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        if (
            text := _note(cells, habits)
            or _again(cells[at], heading)
            or _alone(cells, at)
        )
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


def other_headings(
    frame: pl.DataFrame, listed: pl.DataFrame, key: Column, columns: Sequence[Column]
) -> tuple[int, str] | None:
    """Return the row and a cell of headings said again that are not the table's.

    `listed` are rejects of the rows of `frame`: below other headings stand figures
    of other facts.
    """
    heading = parts_of(key.heading)[-1]
    notes = listed.filter(pl.col("reason").cast(pl.String) == REASON)
    told = notes.select("row", "value").rows()
    again = [row for row, cell in told if _again(cell, heading)]
    rows = frame.filter(pl.col(ROW).is_in(again)) if again else frame.clear()
    for one in columns if rows.height else ():
        known = (even(plain(one.heading)), *parts_of(one.heading))
        place = place_name(one.place)
        cells = rows[place].cast(pl.String) if place in rows.columns else ()
        for row, cell in zip(rows[ROW], cells, strict=False):
            text = even(plain(cell or ""))  # perhaps without a unit of its own row
            if not any(name.startswith(text) for name in known):
                return int(row), cell
    return None


def _note(cells: list[object], habits: Habits) -> str:
    """Return the cell that shows that a row is none of a firm; empty where none."""
    texts = (cell.strip() for cell in cells if isinstance(cell, str))
    first = [text for text in texts if text][:_FIRST]
    return next((text for text in first if habits.no_firm.match(plain(text))), "")


def _again(cell: object, heading: str) -> str:
    """Return the cell of a row that says the heading again, as on each page."""
    return cell if isinstance(cell, str) and even(plain(cell)) == heading else ""


def _alone(cells: list[object], at: int) -> str:
    """Return the one cell of a row that heads the firms below it: a street, a park.

    It has a counter, or stands where a code ought to.
    """
    filled = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    if len(filled) != 1 or filled[0].startswith(DAMAGED):
        return ""
    counted = _COUNTED.match(plain(filled[0]))
    key = cells[at]
    worded = isinstance(key, str) and bool(_CHINESE.search(key))
    return filled[0] if counted or worded else ""


_COUNTED = re.compile(r"\(?[一二三四五六七八九十]{1,3}[)、.]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
_FIRST = 4
"""Cells of a row in which it says what it is."""
