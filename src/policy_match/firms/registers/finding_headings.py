"""Where the headings of a table stand: one row or several, below titles and notes."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.firms.registers.headings import Names

_MOST_ROWS = 3
_DATA = re.compile(r"[-+¥￥]?[0-9][0-9.,:%/\- ]*|[0-9A-Z]{18}|[0-9].*[年月日人元万亿]")
_CODE = re.compile(r"[0-9A-Z]{18}")
_A_LINE = re.compile(r"[0-9]{1,4}")
_COLON = re.compile(r"[:：]")
_COUNTED = "甲乙丙丁戊己庚辛壬癸"


class Found(NamedTuple):
    """Where headings stand: their first row and their last, and what they say."""

    first: int
    last: int
    cells: tuple[str, ...]
    below: int
    """The row after which the data begin: of units, or of numbers for the columns."""


def headings_in(
    rows: Sequence[Sequence[str]], names: Names, at: Sequence[int] = ()
) -> Found:
    """Return the row, or the few rows, with most headings that mean something.

    The first of equals; and few rows rather than more that say no more. `at` are
    the rows themselves, where somebody has said so, counted from one.
    """
    if at and max(at) <= len(rows):
        first, last = min(at) - 1, max(at) - 1
        return _with_what_follows(rows, names, first, last)
    ways = [
        (first, last)
        for more in range(_MOST_ROWS)
        for first, last in zip(range(len(rows)), range(more, len(rows)), strict=False)
        if _one_table(rows[first : last + 1], names)
    ]
    counted = [(names.recognised(_joined(rows[a : b + 1])), a, b) for a, b in ways]
    most = max((count for count, *_ in counted), default=0)
    if not most:
        return Found(0, 0, tuple(rows[0]) if rows else (), 0)
    _, first, last = next(one for one in counted if one[0] == most)
    if _groups_above(rows, names, first, last):
        first -= 1
    if _parts_below(rows, names, first, last):
        last += 1
    return _with_what_follows(rows, names, first, last)


def _one_table(rows: Sequence[Sequence[str]], names: Names) -> bool:
    """Return whether rows may be headings together: none of them is of data.

    Numbers of lines of a form may stand among headings.
    """
    if any(_CODE.fullmatch(cell.strip()) for cell in rows[0]):
        return False
    return all(
        len(below) <= len(above) and any(map(str.strip, below))
        and (not (data := [*filter(_is_data, below)])
             or (all(map(_A_LINE.fullmatch, data)) and names.recognised(below) > 1))
        for above, below in pairwise(rows)
    )  # fmt: skip


def _groups_above(
    rows: Sequence[Sequence[str]], names: Names, first: int, last: int
) -> bool:
    """Return whether the row above headings says of which year or unit groups are.

    A title or a line with the unit of all stands alone, or has a colon.
    """
    if not first or last - first + 1 >= _MOST_ROWS:
        return False
    above = rows[first - 1]
    groups = [cell for cell in above if cell.strip()]
    return (
        len(groups) > 1
        and len(rows[first]) <= len(above)
        and not any(_is_data(cell) or _COLON.search(cell) for cell in groups)
        and not any(names.tells_units_alone(cell) for cell in groups)
        and any(names.tells_of_a_group(cell) for cell in groups)
    )


def _parts_below(
    rows: Sequence[Sequence[str]], names: Names, first: int, last: int
) -> bool:
    """Return whether the row below headings says what columns merged across are."""
    if last + 1 >= len(rows) or last - first + 1 >= _MOST_ROWS:
        return False
    cells, below = rows[last], rows[last + 1]
    if not _one_table(rows[last : last + 2], names):
        return False
    across = [
        under
        for over, under in zip(cells, below, strict=False)
        if under.strip() and not over.strip()
    ]
    alone = any(
        over.strip() and not under.strip()
        for over, under in zip_longest(cells, below, fillvalue="")
    )
    return (
        bool(across)
        and alone
        and any(
            names.tells_of_a_group(cell) or names.tells_units_alone(cell)
            for cell in below
        )
    )


def _with_what_follows(
    rows: Sequence[Sequence[str]], names: Names, first: int, last: int
) -> Found:
    cells = _joined(rows[first : last + 1])
    below = last
    if below + 1 < len(rows) and (named := names.units(cells, rows[below + 1])):
        cells, below = named, below + 1
    if below + 1 < len(rows) and _counts(rows[below + 1]):
        below += 1
    return Found(first, last, cells, below)


def _counts(row: Sequence[str]) -> bool:
    """Return whether a row numbers the columns: 甲, 乙, 1, 2, 3."""
    filled = [cell.strip().strip("()（）栏").removesuffix(".0") for cell in row]
    filled = [cell for cell in filled if cell]
    words = [
        cell
        for cell in filled
        if cell in _COUNTED or (cell.isalpha() and cell.isascii() and len(cell) == 1)
    ]
    figures = filled[len(words) :]
    if filled[: len(words)] != words or (
        sorted(words) != words and "".join(words) not in _COUNTED
    ):
        return False
    right = [str(number) for number in range(1, len(figures) + 1)]
    later = [str(number) for number in range(len(words) + 1, len(filled) + 1)]
    return len(filled) > 1 and figures in (right, later)


def _is_data(cell: str) -> bool:
    """Return whether a cell is a figure, a day or a code, and so no heading."""
    text = cell.strip()
    return bool(_DATA.fullmatch(text)) and not _A_YEAR.fullmatch(text)


_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?度?末?")


def _joined(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return headings of some rows as one."""
    found = tuple(rows[0])
    for row in rows[1:]:
        found = _two(found, row)
    return found


def _two(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
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
