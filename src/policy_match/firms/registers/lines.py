"""Texts as tables need them: lines ended alike, and broken ones set apart."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from policy_match.firms.registers.encoding import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_QUOTE = '"'
_MOST_LINES = 60
"""Of one row; an address may have several, a table has not."""


def even_ends(chunks: Iterable[str]) -> Iterator[str]:
    """Yield a text whose lines all end with LF, whether by CR, LF or both."""
    waiting = ""
    for chunk in chunks:
        text = waiting + chunk
        waiting = "\r" if text.endswith("\r") else ""
        yield text.removesuffix(waiting).replace("\r\n", "\n").replace("\r", "\n")
    if waiting:
        yield "\n"


def lines_of(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a text that comes in chunks, with their ends."""
    rest = ""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split("\n")
        for line in whole:
            yield line + "\n"
    if rest:
        yield rest


class Line(NamedTuple):
    """A line of a text, with its end."""

    text: str
    broken: bool = False
    """Whether its quotes close nowhere sensible."""
    changed: bool = False
    """Whether it stood otherwise in the file."""


def mended(lines: Iterable[str], delimiter: str, width: int) -> Iterator[Line]:
    """Yield lines as a table needs them.

    A broken line becomes one cell that begins with DAMAGED, so that it keeps its
    place; the lines after it are read as if it were whole. Rows of several lines
    stay, where they have as many cells as the headings.
    """
    edge = re.escape(delimiter)
    inside = re.compile(rf'[^{edge}"\n]"[^{edge}"\n]')
    waiting: list[str] = []
    coming = iter(lines)
    again: list[str] = []
    while True:
        line = again.pop() if again else next(coming, None)
        if line is None and not waiting:
            return
        if line is not None and not waiting:
            whole = line
            if inside.search(line) or line.count(_QUOTE) % 2:
                whole = _told_apart(line, delimiter, width)
            if whole:
                yield Line(whole, changed=whole is not line)
                continue
        if line is not None:
            waiting.append(line)
            open_ = len(waiting) == 1 or line.count(_QUOTE) % 2 == 0
            if open_ and len(waiting) < _MOST_LINES:
                continue
            if not open_ and _is_row(waiting, delimiter, width):
                yield from map(Line, waiting)
                waiting = []
                continue
        yield Line(_set_apart(waiting[0], delimiter), broken=True, changed=True)
        again += reversed(waiting[1:])
        waiting = []


def _told_apart(line: str, delimiter: str, width: int) -> str:
    """Return a line that is a row by itself, its quotes as they ought to be.

    A quote in the midst of a cell is part of its text. Empty where the quotes stay
    open, or where there are not as many cells as headings.
    """
    whole = line if line.endswith("\n") else f"{line}\n"
    try:
        row = next(csv.reader([whole], delimiter=delimiter), [])
    except csv.Error:
        return ""
    if len(row) != width or row[-1].endswith("\n"):
        return ""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerow(row)
    return text.getvalue()


def _is_row(lines: list[str], delimiter: str, width: int) -> bool:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return len(rows) == 1 and len(rows[0]) == width


def _set_apart(line: str, delimiter: str) -> str:
    text = line.rstrip("\n").replace(_QUOTE, "").replace(delimiter, " ")
    return f"{DAMAGED}{text}\n"
