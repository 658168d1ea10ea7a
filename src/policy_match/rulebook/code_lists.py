"""Lists of codes: a file with a code a line, and perhaps what each is called."""

from __future__ import annotations

import csv
import posixpath
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.texts import Text
from policy_match.errors import Fault, Place, did_you_mean
from policy_match.language.messages import said
from policy_match.rulebook import yaml_reader

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADINGS = {"code", "codes", "代码", "编码"}
_DELIMITERS = ("\t", ";", ",")
_SHOWN = 20
"""Faults of one list that are told; a list of another kind has one a line."""


class CodeList(NamedTuple):
    """Codes as they are written in a file, and what they are called."""

    file: str
    codes: Mapping[str, Text]
    lines: Mapping[str, int]
    """The line that each code stands in, from one."""


def beside(file: str, name: str) -> str:
    """Return the name of a file that is named in another, relative to it."""
    folder = PurePath(file).parent.as_posix()
    return posixpath.normpath(posixpath.join(folder, name.replace("\\", "/")))


def find_list(
    name: str, home: str, files: Mapping[str, bytes], faults: list[Fault], at: Place
) -> CodeList | None:
    """Return the list that a code system in file `home` names; else add a fault."""
    by_path = {PurePath(file).as_posix(): file for file in files}
    file = by_path.get(beside(home, name))
    if file is None:
        folder = PurePath(home).parent
        known = [posixpath.relpath(path, folder.as_posix()) for path in by_path]
        message, hint = said("no-code-list", name=name), said("list-beside")
        fault = Fault(at, "R306", message, did_you_mean(name, known, hint))
        faults.append(fault)
        return None
    return _read(files[file], file, faults)


def _read(data: bytes, file: str, faults: list[Fault]) -> CodeList:
    try:
        text = yaml_reader.decode(data, file)
    except yaml_reader.YamlFaults as error:
        faults += error.faults
        return CodeList(file, {}, {})
    lines = text.splitlines()
    delimiter = next((d for d in _DELIMITERS if lines and d in lines[0]), ",")
    columns: tuple[str, ...] = ()
    found: dict[str, Text] = {}
    rows: dict[str, int] = {}
    mine: list[Fault] = []
    for row, line in enumerate(lines, 1):
        if len(line) > yaml_reader.MAX_SCALAR:
            message = said("too-long", size=yaml_reader.MAX_SCALAR)
            mine.append(Fault(Place(file, row), "R309", message))
            continue
        (cells,) = csv.reader([line.replace("\0", "")], delimiter=delimiter)
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        code, *names = cells
        if row == 1 and code.casefold() in _HEADINGS:
            columns = tuple(names)
            continue
        if not code.isprintable() or not any(map(str.isalnum, code)):
            message = said("no-code", text=code)
            mine.append(Fault(Place(file, row), "R309", message, "", line))
        elif code in found:
            message = said("twice", key=code)
            mine.append(Fault(Place(file, row), "R204", message, "", line))
        else:
            found[code], rows[code] = _names(names, columns), row
    faults += mine[:_SHOWN]
    if not found and not mine:
        faults.append(Fault(Place(file), "Y108", said("empty-file")))
    return CodeList(file, found, rows)


def _names(cells: list[str], columns: tuple[str, ...]) -> Text:
    """Return what a code is called: by the language that heads a column."""
    named = zip(columns or ("",), cells, strict=False)
    texts = {"" if head == "title" else head: cell for head, cell in named if cell}
    return Text(texts)
