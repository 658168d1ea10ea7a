"""What a workbook says of cells beside their values: errors, formats, lost results.

The reader of workbooks gives values alone. An error becomes nothing there, a share
that is shown as `30%` is 0.3, and `5` may be shown as `5万元`.
"""

from __future__ import annotations

import re
import struct
import zipfile
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from policy_match.firms.registers.number_formats import Format, Shown, format_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PERCENT = frozenset({9, 10})
"""Formats that every workbook has: `0%` and `0.00%`."""
_IN_PERCENT = Format((("", 0, Shown(percent=True)),))
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL
)
_PREFIXED = re.compile(rb"<([A-Za-z0-9_]{1,20}:)row ")
_LATER = re.compile(rb'<c ((?!r=)[^>]*?) ?\br="([A-Z]{1,3}[0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_BINARY = re.compile(r"xl/worksheets/[^/]+\.bin")
_EXTENT = re.compile(rb"\x94\x01\x10(.{16})", re.DOTALL)
"""Of a binary sheet: its first row and last, its first column and last."""
_ALPHABET = 26
_CHUNK = 1 << 22
_MOST_BYTES = 4 << 30
_LONGEST_CELL = 1 << 16
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_LETTERS = 3
"""Of the name of a column, at most."""
_BEYOND = b"[" * _LETTERS
"""What sorts behind every name of a column."""
_MOST_CELLS, _SPARSE = 50_000_000, 10
"""Cells of a sheet, filled or not, that are made room for; and how many times those
that are filled they may be beyond that."""
_LONGEST_NUMBER = 15
"""Digits that a number of a workbook keeps; what has more has lost some."""
LOST = "#CALC!"
"""What stands for a formula without a value."""


class Merged(NamedTuple):
    """Cells that are one: their rows and columns, first and last, from nought."""

    first: int
    last: int
    left: int
    right: int


class CellNotes(NamedTuple):
    """What a sheet says beside the values of its cells; all counted from nought."""

    cells: Mapping[tuple[int, int], str]
    """Texts that say more than the value does, by row and column."""
    merged: Sequence[Merged]
    stray: str = ""
    """A cell so far from all others that what lies between would fill the memory."""
    left: int = 0
    """The first column in which anything stands."""


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


def shows_formats(path: Path) -> bool:
    """Return whether a workbook is of the kind whose formats `cell_notes` sees."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def stray_in_binary(path: Path) -> str:
    """Return the last cell of a binary workbook's sheet that would fill the memory."""
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = [n for n in archive.namelist() if _BINARY.fullmatch(n)]
            heads = [archive.open(name).read(_LONGEST_CELL) for name in sheets]
    except (zipfile.BadZipFile, OSError):
        return ""
    for found in filter(None, map(_EXTENT.search, heads)):
        _, down, _, right = struct.unpack("<4I", found[1])
        if (down + 1) * (right + 1) > _MOST_CELLS:
            return f"{letters_of(right)}{down + 1}"
    return ""


def letters_of(place: int) -> str:
    """Return what a spreadsheet calls a column.

    >>> letters_of(0), letters_of(27)
    ('A', 'AB')
    """
    letters, rest = "", place + 1
    while rest:
        rest, letter = divmod(rest - 1, _ALPHABET)
        letters = chr(ord("A") + letter) + letters
    return letters


def counts_from_1904(path: Path) -> bool:
    """Return whether the days of a workbook are counted from 1904."""
    try:
        with zipfile.ZipFile(path) as archive:
            root = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    except (zipfile.BadZipFile, OSError, KeyError, ET.ParseError):
        return False
    said = next((one.get("date1904", "") for one in root.iter(f"{_NS}workbookPr")), "")
    return said in {"1", "true"}


def _styles(archive: zipfile.ZipFile) -> dict[int, Format]:
    """Return what a format shows beside a number, by the cell's style."""
    root = ET.fromstring(archive.read("xl/styles.xml"))  # noqa: S314  (no entities)
    codes = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in root.iter(f"{_NS}numFmt")
    }
    found: dict[int, Format] = {}
    formats = root.find(f"{_NS}cellXfs")
    for at, one in enumerate(formats if formats is not None else ()):
        number = int(one.get("numFmtId", "0"))
        told = _IN_PERCENT if number in _PERCENT else format_of(codes.get(number, ""))
        if told is not None:
            found[at] = told
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
    archive: zipfile.ZipFile, place: str, styles: Mapping[int, Format]
) -> CellNotes:
    cells: dict[tuple[int, int], str] = {}
    merged: list[Merged] = []
    filled, left, right, down = 0, _BEYOND, b"", 0
    rest = b""
    with archive.open(place) as file:
        while chunk := file.read(_CHUNK):
            text = _evenly(rest + chunk)
            end = 0
            for found in _CELL.finditer(text):
                end = found.end()
                if found[4]:
                    filled += 1
                    letters = found[1].rjust(_LETTERS)
                    right = max(right, letters)
                    down = max(down, int(found[2]))
                    if letters < left and _holds(found[3], found[4]):
                        left = letters
                said = _said(found[3], found[4] or b"", styles)
                if said:
                    cells[int(found[2]) - 1, _column(found[1])] = said
            for found in _MERGED.finditer(text, end):
                end = found.end()
                merged.append(
                    Merged(
                        *(int(found[2]) - 1, int(found[4]) - 1),
                        *(_column(found[1]), _column(found[3])),
                    )
                )
            rest = text[end:][-_LONGEST_CELL:]
    right = right.strip()
    between = (_column(right) + 1) * down
    sparse = between > _MOST_CELLS and between > _SPARSE * filled
    stray = f"{right.decode()}{down}" if sparse else ""
    first = 0 if left == _BEYOND else _column(left.strip())
    return CellNotes(cells, merged, stray, first)


def _evenly(text: bytes) -> bytes:
    """Return a sheet's cells as nearly every program writes them.

    Some give each tag a prefix (`<x:c …>`), or put other things before the place.
    """
    if b":row " in text and (found := _PREFIXED.search(text)):
        text = text.replace(b"<" + found[1], b"<").replace(b"</" + found[1], b"</")
    if text.count(b"<c ") != text.count(b'<c r="'):
        text = _LATER.sub(rb'<c r="\2" \1', text)
    return text


def _holds(attributes: bytes, inside: bytes) -> bool:
    """Return whether a cell has a value, and not a format or a formula alone."""
    return bool(_VALUE.search(inside)) or b"<is" in inside or b't="str"' in attributes


def _said(attributes: bytes, inside: bytes, styles: Mapping[int, Format]) -> str:
    value = _VALUE.search(inside)
    if b't="e"' in attributes:
        return value[1].decode("utf-8", "replace") if value else LOST
    if value is None:
        return LOST if b"<f" in inside else ""
    if b' t="' in attributes and b't="n"' not in attributes:
        return ""
    style = _STYLE.search(attributes) if styles else None
    told = styles.get(int(style[1])) if style else None
    long = len(value[1]) > _LONGEST_NUMBER
    if not told and not long:
        return ""
    try:
        number = Decimal(value[1].decode())
    except (InvalidOperation, UnicodeDecodeError):
        return ""
    if long and abs(number) >= 10**_LONGEST_NUMBER:
        return f"{number:.5E}"
    shown = told.of(number) if told else Shown()
    if not any(shown):
        return ""
    tens = (2 if shown.percent else 0) - shown.tens
    text = f"{number.scaleb(tens):f}"
    return f"{shown.before}{text}{'%' if shown.percent else ''}{shown.behind}"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * _ALPHABET + letter - ord("A") + 1
    return number - 1
