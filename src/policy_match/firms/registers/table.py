"""A table that is open: its headings and its rows, in parts of bounded size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from policy_match.errors import Fault, Place, ProfileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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


class SheetSeen(NamedTuple):
    """A sheet of a workbook, and what becomes of it."""

    name: str
    rows: int
    """Rows below its headings."""
    at: tuple[int, int]
    hidden: bool
    taken: bool
    above: tuple[str, ...]
    """Its name, and the cells above its headings."""


class Batches(Protocol):
    """Reads the rows of a table."""

    def __call__(
        self, size: int, only: Sequence[str] = (), most: int | None = None
    ) -> Iterator[pl.DataFrame]:
        """Yield so many rows at a time, `most` in all; of some columns `only`."""
        ...


@dataclass(frozen=True)
class Table:
    """A table that is open: its headings, and its rows as they stand."""

    headings: tuple[str, ...]
    above: tuple[str, ...]
    """The cells of the rows above the headings."""
    _batches: Batches
    rows: int | None = None
    """How many rows there are, where that is known before reading them."""
    notes: tuple[Message, ...] = ()
    """What is said of sheets that are left out."""
    at: tuple[int, int] = (1, 1)
    """The first row of the headings and their last, as a person counts them."""
    encoding: str = ""
    sheets: tuple[SheetSeen, ...] = ()
    """Every sheet of a workbook, in its order."""
    of_1904: bool = False
    """Whether a day that stands as a bare number is counted from 1904."""
    guarded: bool = True
    """Whether cells may have what programs put around long numbers: `="…"`, `'`."""

    @property
    def row(self) -> int:
        """The last row of the headings, as a person counts it."""
        return self.at[1]

    def parts(self, rows: int) -> Iterator[pl.DataFrame]:
        """Yield the rows, so many at a time; columns are named by place.

        Besides them there are ROW and, where the format has it, MORE. Raises
        ProfileError where the file cannot be read to its end.
        """
        return self._batches(rows)

    def first(self, rows: int) -> pl.DataFrame | None:
        """Return the first rows, as `parts` has them; None where there are none."""
        return next(self._batches(rows, most=rows), None)

    def cells(self, names: Sequence[str], rows: int) -> Iterator[pl.DataFrame]:
        """Yield some columns alone, so many rows at a time; raises as `parts` does."""
        return self._batches(rows, names)


def place_name(place: int) -> str:
    """Return the name of the column at a place."""
    return f"·{place}"


def fault(
    path: Path, code: str, message: Message, hint: Hint = "", row: int = 1
) -> ProfileError:
    """Return the error of a file as a whole, or of its row of headings."""
    return ProfileError([Fault(Place(str(path), row), code, message, hint)])
