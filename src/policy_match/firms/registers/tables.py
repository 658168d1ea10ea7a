"""Files as tables: what kind a file is, its first bytes say, not its name."""

from __future__ import annotations

import gzip
import re
import shutil
from typing import TYPE_CHECKING

from policy_match.errors import reason
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

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from policy_match.errors import ProfileError

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
_DRESSED = (
    (re.compile(rb"^<(!doctype html|html|head|meta|table|style|div)"), "is-html"),
    (re.compile(rb"^<\?xml"), "is-xml"),
    (re.compile(rb"^[{[]"), "is-json"),
    (re.compile(rb"^%pdf"), "is-pdf"),
)
_CELL = re.compile(rb"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>|&nbsp;")
_SHOWN = 12


def open_table(
    path: Path,
    recognised: Callable[[Sequence[str]], int],
    work: Path,
    *,
    sheets: Sequence[str] = (),
    every: bool = True,
    at: Sequence[int] = (),
) -> Table:
    """Open a file and find its headings.

    `recognised` tells how many of a row's cells are known headings; a row of
    titles above them is skipped. `work` is a directory for what has to be
    converted. Of a workbook `sheets` may be named; without `every` just one is
    read. `at` are the rows of headings, where somebody has said so. Raises
    ProfileError.
    """
    if path.is_dir():
        return parquet(path)
    if not path.is_file() and path.exists():
        raise fault(path, "F507", said("unreadable", reason=said("no-regular-file")))
    try:
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
        if start.startswith(_GZIP):
            path, start = _unpacked(path, work)
    except OSError as error:
        raise fault(path, "F507", said("unreadable", reason=reason(error))) from None
    if start.startswith(_PARQUET):
        return parquet(path)
    if start.startswith((_ZIP, _OLD_EXCEL)):
        return workbook(path, recognised, only=sheets, every=every, at=at)
    dressed = _dressed(path, start)
    if dressed is not None:
        raise dressed
    return delimited(path, recognised, work, at)


def _unpacked(path: Path, work: Path) -> tuple[Path, bytes]:
    plain = work / path.name.removesuffix(".gz")
    try:
        with gzip.open(path) as packed, plain.open("wb") as file:
            shutil.copyfileobj(packed, file)
    except (gzip.BadGzipFile, EOFError) as error:
        raise fault(path, "F601", said("broken-gzip"), said("write-again")) from error
    with plain.open("rb") as file:
        return plain, file.read(_LOOKED_AT)


def _dressed(path: Path, start: bytes) -> ProfileError | None:
    """Return the error of a file that is another thing than it looks like."""
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, key in _DRESSED:
        if not pattern.match(text[:20].lower()):
            continue
        cells = [found[1].decode("utf-8", "replace") for found in _CELL.finditer(text)]
        seen = tuple(filter(None, (_TAG.sub("", cell).strip() for cell in cells)))
        hint = said("save-as-xlsx")
        if seen:
            hint = said("save-and-headings", headings=seen[:_SHOWN])
        return fault(path, "F604", said(key), hint)
    return None
