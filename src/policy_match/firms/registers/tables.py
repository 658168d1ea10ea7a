"""Files as tables: what kind a file is, its first bytes say, not its name."""

from __future__ import annotations

import codecs
import gzip
import html
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_match.errors import ProfileError, reason
from policy_match.firms.registers.delimited import delimited
from policy_match.firms.registers.parquet import files_of, parquet
from policy_match.firms.registers.table import (
    ABOUT_ROWS,
    DAMAGE,
    MORE,
    ROW,
    SHEET,
    Table,
    fault,
    place_name,
)
from policy_match.firms.registers.workbook import workbook
from policy_match.language.messages import said
from policy_match.outputs import there

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from policy_match.firms.registers.headings import Names

__all__ = [
    "ABOUT_ROWS",
    "DAMAGE",
    "MORE",
    "ROW",
    "SHEET",
    "Table",
    "fault",
    "files_of",
    "open_table",
    "place_name",
]

_ZIP, _OLD_EXCEL, _PARQUET, _GZIP = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"PAR1",
    b"\x1f\x8b",
)
_LOOKED_AT = 1 << 16
_BOOKS = ("xl/", "content.xml", "mimetype")
"""What a workbook has inside, of either family."""
_MENDS = {"is-archive": "unpack-it"}
_DRESSED = (
    (re.compile(rb"^<(!doctype html|html|head|body|meta|table|tr|div)"), "is-html"),
    (re.compile(rb"^<(\?xml|[^>]*xmlns)"), "is-xml"),
    (re.compile(rb"^<[a-z!/]"), "is-html"),
    (re.compile(rb"^mime-version:"), "is-html"),
    (re.compile(rb"^[{\[]\s*[\"{\[\]}]"), "is-json"),
    (re.compile(rb"^%pdf"), "is-pdf"),
    (re.compile(rb"^{\\rtf"), "is-document"),
    (re.compile(rb"^(7z\xbc\xaf|rar!)"), "is-archive"),
    (re.compile(rb"^(\x89png|gif8|\xff\xd8\xff|bm.{8}|ii\*\0|mm\0\*)"), "is-image"),
)
_CELLS = {
    "is-html": re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL | re.IGNORECASE),
    "is-xml": re.compile(r"<(?:ss:)?Data[^>]*>(.*?)</(?:ss:)?Data>", re.DOTALL),
    "is-json": re.compile(r'"((?:[^"\\]|\\.){1,80})"\s*:'),
}
_TAG = re.compile(r"<[^>]*>|&nbsp;|=\r?\n")
_SHOWN = 12
_TOLD_BY = 200
"""Bytes by which a kind of file is told."""
_CHUNK = 1 << 20
_LARGE, _DENSEST = 1 << 30, 200
"""Bytes from which on a packed file is looked at, and how many times as many as it
has itself no table has when it is unpacked."""


def open_table(
    path: Path,
    names: Names,
    work: Path,
    *,
    sheets: Sequence[str] = (),
    every: bool = True,
    at: Sequence[int] = (),
) -> Table:
    """Open a file and find its headings.

    `names` tells how many of a row's cells are known headings; rows of titles
    above them are skipped. `work` is a directory for what has to be
    converted. Of a workbook `sheets` may be named; without `every` just one is
    read. `at` are the rows of headings, where somebody has said so. Raises
    ProfileError.
    """
    try:
        return _opened(path, names, work, sheets, at, every=every)
    except ProfileError as error:  # what is unpacked has a name of its own
        raise _of(path, error) from None


def _of(path: Path, error: ProfileError) -> ProfileError:
    """Return an error of a file that was unpacked as one of the file itself."""
    return ProfileError(
        replace(one, place=one.place._replace(file=str(path))) for one in error.faults
    )


def _opened(
    path: Path,
    names: Names,
    work: Path,
    sheets: Sequence[str],
    at: Sequence[int],
    *,
    every: bool,
) -> Table:
    found = there(path)
    if found == "directory":
        return parquet(path)
    if found == "other":
        raise fault(path, "F507", said("unreadable", reason=said("no-regular-file")))
    try:
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
        if start.startswith(_GZIP):
            path, start = _unpacked(path, work)
    except (OSError, ValueError) as error:
        raise fault(path, "F507", said("unreadable", reason=reason(error))) from None
    if start.startswith(_PARQUET):
        return parquet(path)
    if start.startswith(_ZIP) and (other := _inside(path)):
        raise other
    if start.startswith((_ZIP, _OLD_EXCEL)):
        return workbook(path, names, only=sheets, every=every, at=at)
    dressed = _dressed(path, start)
    if dressed is not None:
        raise dressed
    if sheets:
        raise fault(path, "F604", said("no-such-sheet", sheet=sheets[0]))
    return delimited(path, names, work, at)


def _unpacked(path: Path, work: Path) -> tuple[Path, bytes]:
    plain = work / path.name.removesuffix(".gz")
    try:
        with gzip.open(path) as packed, plain.open("wb") as file:
            most = max(_LARGE, _DENSEST * path.stat().st_size)
            while chunk := packed.read(_CHUNK):
                if file.tell() > most:
                    message, hint = said("packed-too-large"), said("unpack-it")
                    raise fault(path, "F604", message, hint)
                file.write(chunk)
    except (gzip.BadGzipFile, EOFError) as error:
        raise fault(path, "F601", said("broken-gzip"), said("write-again")) from error
    with plain.open("rb") as file:
        return plain, file.read(_LOOKED_AT)


def _dressed(path: Path, start: bytes) -> ProfileError | None:
    """Return the error of a file that is another thing than it looks like."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.decode("utf-16", "ignore").encode()
    data = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, key in _DRESSED:
        if not pattern.match(data[:_TOLD_BY].lower()):
            continue
        text = _text(start) if key in _CELLS else ""
        cells = _CELLS[key].findall(text) if text else []
        cells = cells or (_CELLS["is-html"].findall(text) if key == "is-xml" else [])
        named = (html.unescape(_TAG.sub("", cell)).strip() for cell in cells)
        seen = tuple(dict.fromkeys(filter(None, named)))
        hint = said(_MENDS.get(key, "save-as-xlsx"))
        if seen:
            hint = said("save-and-headings", headings=seen[:_SHOWN])
        return fault(path, "F604", said(key), hint)
    return None


def _text(start: bytes) -> str:
    """Return the first of a page or of data as text; what is cut off is no matter."""
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            return decoder.decode(start)
        except UnicodeDecodeError:
            continue
    return start.decode("utf-8", "replace")


def _inside(path: Path) -> ProfileError | None:
    """Return the error of an archive that is no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return None
    if any(name.startswith(_BOOKS) for name in names):
        return None
    key = "is-document" if any(n.startswith("word/") for n in names) else "is-archive"
    return fault(path, "F604", said(key), said(_MENDS.get(key, "save-as-xlsx")))
