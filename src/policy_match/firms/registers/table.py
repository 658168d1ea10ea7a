"""A table that is open: its headings and its rows, in parts of bounded size."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policy_match.errors import Fault, Place, ProfileError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import polars as pl

    from policy_match.errors import Hint
    from policy_match.language.messages import Message

ROW = "·row"
"""The column that says in which row of the source a row stands."""
MORE = "·more"
"""The column of what stands to the right of the last heading."""
DAMAGE = "·damage"
"""The column that is there where some lines of a text are damaged."""
SHEET = "·sheet"
"""The column that says of which sheet a row is, where several are read."""
ABOUT_ROWS = (ROW, DAMAGE, SHEET)
"""Columns that are no cells of the source."""
LOOKED_AT = 20
"""Rows in which the headings are looked for."""
BATCH = 25_000
"""Rows read at once; some batches wait, as texts, while one is taken."""


@dataclass(frozen=True)
class Table:
    """A table that is open: its headings, and its rows as they stand."""

    headings: tuple[str, ...]
    above: tuple[str, ...]
    """The cells of the rows above the headings."""
    _batches: Callable[[int], Iterator[pl.DataFrame]]
    rows: int | None = None
    """How many rows there are, where that is known before reading them."""
    notes: tuple[Message, ...] = ()
    """What is said of sheets that are left out."""
    row: int = 1
    """The row of the headings, as a person sees it."""
    encoding: str = ""

    def parts(self, rows: int) -> Iterator[pl.DataFrame]:
        """Yield the rows, so many at a time; columns are named by place.

        Besides them there are ROW and, where the format has it, MORE. Raises
        ProfileError where the file cannot be read to its end.
        """
        return self._batches(rows)


def place_name(place: int) -> str:
    """Return the name of the column at a place."""
    return f"·{place}"


def fault(path: Path, code: str, message: Message, hint: Hint = "") -> ProfileError:
    """Return the error of a file as a whole."""
    return ProfileError([Fault(Place(str(path)), code, message, hint)])


class Found(NamedTuple):
    """Where headings stand: their first row and their last, and what they say."""

    first: int
    last: int
    cells: tuple[str, ...]


def headings_in(
    rows: Sequence[Sequence[str]],
    recognised: Callable[[Sequence[str]], int],
    at: Sequence[int] = (),
) -> Found:
    """Return the row, or the two rows, with most headings that mean something.

    The first of equals; and one row rather than two that say no more. `at` are
    the rows themselves, where somebody has said so, counted from one.
    """
    if at and max(at) <= len(rows):
        first, last = min(at) - 1, max(at) - 1
        cells = tuple(rows[first])
        return Found(
            first, last, cells if first == last else _joined(cells, rows[last])
        )
    ways = [Found(i, i, tuple(row)) for i, row in enumerate(rows)]
    ways += [
        Found(i, i + 1, _joined(rows[i], rows[i + 1]))
        for i in range(len(rows) - 1)
        if len(rows[i + 1]) <= len(rows[i]) and not any(map(_is_data, rows[i + 1]))
    ]
    counted = [(recognised(way.cells), way) for way in ways]
    most = max((count for count, _ in counted), default=0)
    return next((way for n, way in counted if n == most), Found(0, 0, ()))


_DATA = re.compile(r"[-+¥￥]?[0-9][0-9.,:%/\- ]*|[0-9A-Z]{18}|[0-9].*[年月日人元万亿]")


def _is_data(cell: str) -> bool:
    """Return whether a cell is a figure, a day or a code, and so no heading."""
    return bool(_DATA.fullmatch(cell.strip()))


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Return headings of two rows as one; what is merged across is said once."""
    width = max(len(above), len(below))
    upper = [*above, *[""] * (width - len(above))]
    lower = [*below, *[""] * (width - len(below))]
    group = ""
    cells: list[str] = []
    for over, under in zip(upper, lower, strict=True):
        if over.strip():
            group = over.strip()
        elif not under.strip():
            group = ""
        name = under.strip()
        cells.append(f"{group}·{name}" if group and name else group or name)
    return tuple(cells)
