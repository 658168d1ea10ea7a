"""What a workbook says of cells beside their values: errors, formats, lost results.

The reader of workbooks gives values alone. An error becomes nothing there, a share
that is shown as `30%` is 0.3, and `5` may be shown as `5万元`.
"""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PERCENT = frozenset({9, 10})
"""Formats that every workbook has: `0%` and `0.00%`."""
_LITERAL = re.compile(r'"([^"]*)"')
_SCALED = re.compile(r'[0#],+(?:[^0#]|$)|!\.|"\s*,')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL
)
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_VALUE = re.compile(rb"<v>([^<]+)</v>")
_CHUNK = 1 << 22
_MOST_BYTES = 4 << 30
_LONGEST_CELL = 1 << 16
LOST = "#CALC!"
"""What stands for a formula without a value."""


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


def marked_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Return the cells of a sheet that say more than their value, by row and column.

    Rows and columns count from nought. Where the parts of a workbook are not as
    they ought to be, nothing is known of it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            styles = _styles(archive)
            place = _place(archive, sheet)
            return dict(_cells(archive, place, styles)) if place else {}
    except (zipfile.BadZipFile, OSError, KeyError, ET.ParseError, ValueError):
        return {}


def _styles(archive: zipfile.ZipFile) -> dict[int, str]:
    """Return the unit that a format shows behind a number, by the cell's style."""
    root = ET.fromstring(archive.read("xl/styles.xml"))  # noqa: S314  (no entities)
    codes = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in root.iter(f"{_NS}numFmt")
    }
    found: dict[int, str] = {}
    formats = root.find(f"{_NS}cellXfs")
    for at, one in enumerate(formats if formats is not None else ()):
        number = int(one.get("numFmtId", "0"))
        unit = "%" if number in _PERCENT else _unit(codes.get(number, ""))
        if unit:
            found[at] = unit
    return found


def _unit(code: str) -> str:
    shown = code.split(";", maxsplit=1)[0]
    if "%" in _LITERAL.sub("", shown):
        return "%"
    if _SCALED.search(shown):
        return ""
    return "".join(_LITERAL.findall(shown)).strip()


def _place(archive: zipfile.ZipFile, sheet: str) -> str:
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {one.get("Id"): one.get("Target", "") for one in links}
    for one in book.iter(f"{_NS}sheet"):
        if one.get("name") == sheet:
            target = targets[one.get(_REL)]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _cells(
    archive: zipfile.ZipFile, place: str, styles: Mapping[int, str]
) -> Iterator[tuple[tuple[int, int], str]]:
    rest = b""
    with archive.open(place) as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            end = 0
            for found in _CELL.finditer(text):
                end = found.end()
                said = _said(found[3], found[4] or b"", styles)
                if said:
                    yield (int(found[2]) - 1, _column(found[1])), said
            rest = text[end:][-_LONGEST_CELL:]


def _said(attributes: bytes, inside: bytes, styles: Mapping[int, str]) -> str:
    value = _VALUE.search(inside)
    if b't="e"' in attributes:
        return value[1].decode("utf-8", "replace") if value else LOST
    if value is None:
        return LOST if b"<f" in inside else ""
    if b' t="' in attributes or not styles:
        return ""
    style = _STYLE.search(attributes)
    unit = styles.get(int(style[1])) if style else None
    if not unit:
        return ""
    try:
        number = Decimal(value[1].decode())
    except (InvalidOperation, UnicodeDecodeError):
        return ""
    return f"{number * 100 if unit == '%' else number:f}{unit}"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
