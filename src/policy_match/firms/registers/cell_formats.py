"""What a workbook says of cells beside their values: errors, formats, lost results.

The reader of workbooks gives values alone. An error becomes nothing there, a share
that is shown as `30%` is 0.3, and `5` may be shown as `5万元`.
"""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from policy_match.firms.registers.number_formats import Shown, shown_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PERCENT = frozenset({9, 10})
"""Formats that every workbook has: `0%` and `0.00%`."""
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL
)
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_CHUNK = 1 << 22
_MOST_BYTES = 4 << 30
_LONGEST_CELL = 1 << 16
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_LETTERS = 3
"""Of the name of a column, at most."""
_MOST_CELLS, _SPARSE = 50_000_000, 10
"""Cells of a sheet, filled or not, that are made room for; and how many times those
that are filled they may be beyond that."""
_LONGEST_NUMBER = 15
"""Digits that a number of a workbook keeps; what has more has lost some."""
LOST = "#CALC!"
"""What stands for a formula without a value."""


class CellNotes(NamedTuple):
    """What a sheet says beside the values of its cells; all counted from nought."""

    cells: Mapping[tuple[int, int], str]
    """Texts that say more than the value does, by row and column."""
    merged: Sequence[tuple[int, int, int]]
    """Cells merged downward: the column, the first row and the last."""
    stray: str = ""
    """A cell so far from all others that what lies between would fill the memory."""


def unpacked_size(path: Path) -> int:
    """Return how many bytes a workbook has when it is unpacked."""
    with zipfile.ZipFile(path) as archive:
        return sum(info.file_size for info in archive.infolist())


def too_large(path: Path) -> bool:
    """Return whether a workbook would fill the memory when it is unpacked."""
    try:
        return unpacked_size(path) > _MOST_BYTES
    except (zipfile.BadZipFile, OSError):
        return False


def cell_notes(path: Path, sheet: str) -> CellNotes:
    """Return what a sheet says beside the values of its cells.

    Where the parts of a workbook are not as they ought to be, nothing is known of it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            styles = _styles(archive)
            place = _place(archive, sheet)
            if place:
                return _notes(archive, place, styles)
    except (zipfile.BadZipFile, OSError, KeyError, ET.ParseError, ValueError):
        pass
    return CellNotes({}, ())


def counts_from_1904(path: Path) -> bool:
    """Return whether the days of a workbook are counted from 1904."""
    try:
        with zipfile.ZipFile(path) as archive:
            root = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    except (zipfile.BadZipFile, OSError, KeyError, ET.ParseError):
        return False
    said = next((one.get("date1904", "") for one in root.iter(f"{_NS}workbookPr")), "")
    return said in {"1", "true"}


def _styles(archive: zipfile.ZipFile) -> dict[int, Shown]:
    """Return what a format shows beside a number, by the cell's style."""
    root = ET.fromstring(archive.read("xl/styles.xml"))  # noqa: S314  (no entities)
    codes = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in root.iter(f"{_NS}numFmt")
    }
    found: dict[int, Shown] = {}
    formats = root.find(f"{_NS}cellXfs")
    for at, one in enumerate(formats if formats is not None else ()):
        number = int(one.get("numFmtId", "0"))
        percent = Shown(percent=True)
        shown = percent if number in _PERCENT else shown_by(codes.get(number, ""))
        if any(shown):
            found[at] = shown
    return found


def _place(archive: zipfile.ZipFile, sheet: str) -> str:
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    for one in book.iter(f"{_NS}sheet"):
        if one.get("name") == sheet:
            target = targets[one.get(_REL)]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _notes(
    archive: zipfile.ZipFile, place: str, styles: Mapping[int, Shown]
) -> CellNotes:
    cells: dict[tuple[int, int], str] = {}
    merged: list[tuple[int, int, int]] = []
    filled, right, down = 0, b"", 0
    rest = b""
    with archive.open(place) as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            end = 0
            for found in _CELL.finditer(text):
                end = found.end()
                if found[4]:
                    filled += 1
                    right = max(right, found[1].rjust(_LETTERS))
                    down = max(down, int(found[2]))
                said = _said(found[3], found[4] or b"", styles)
                if said:
                    cells[int(found[2]) - 1, _column(found[1])] = said
            for found in _MERGED.finditer(text, end):
                end = found.end()
                first, last = int(found[2]) - 1, int(found[4]) - 1
                if last > first:
                    merged.append((_column(found[1]), first, last))
            rest = text[end:][-_LONGEST_CELL:]
    right = right.strip()
    between = (_column(right) + 1) * down
    sparse = between > _MOST_CELLS and between > _SPARSE * filled
    return CellNotes(cells, merged, f"{right.decode()}{down}" if sparse else "")


def _said(attributes: bytes, inside: bytes, styles: Mapping[int, Shown]) -> str:
    value = _VALUE.search(inside)
    if b't="e"' in attributes:
        return value[1].decode("utf-8", "replace") if value else LOST
    if value is None:
        return LOST if b"<f" in inside else ""
    if b' t="' in attributes and b't="n"' not in attributes:
        return ""
    style = _STYLE.search(attributes) if styles else None
    shown = styles.get(int(style[1])) if style else None
    long = len(value[1]) > _LONGEST_NUMBER
    if not shown and not long:
        return ""
    try:
        number = Decimal(value[1].decode())
    except (InvalidOperation, UnicodeDecodeError):
        return ""
    if long and abs(number) >= 10**_LONGEST_NUMBER:
        return f"{number:.5E}"
    if not shown:
        return ""
    text = f"{number * 100 if shown.percent else number:f}"
    return f"{shown.before}{text}{'%' if shown.percent else ''}{shown.behind}"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
