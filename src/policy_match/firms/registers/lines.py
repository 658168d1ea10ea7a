"""Texts as tables need them: lines ended alike, and broken ones set apart."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

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


def mended(
    lines: Iterable[str], delimiter: str, width: int
) -> Iterator[tuple[str, bool]]:
    """Yield lines, and whether each is broken: its quotes close nowhere sensible.

    A broken line becomes one cell that begins with DAMAGED, so that it keeps its
    place; the lines after it are read as if it were whole. Rows of several lines
    stay, where they have as many cells as the headings.
    """
    waiting: list[str] = []
    coming = iter(lines)
    again: list[str] = []
    while True:
        line = again.pop() if again else next(coming, None)
        if line is None and not waiting:
            return
        if line is not None and not waiting and line.count(_QUOTE) % 2 == 0:
            yield line, False
            continue
        if line is not None:
            waiting.append(line)
            open_ = len(waiting) == 1 or line.count(_QUOTE) % 2 == 0
            if open_ and len(waiting) < _MOST_LINES:
                continue
            if not open_ and _is_row(waiting, delimiter, width):
                yield from ((part, False) for part in waiting)
                waiting = []
                continue
        yield _set_apart(waiting[0], delimiter), True
        again += reversed(waiting[1:])
        waiting = []


def _is_row(lines: list[str], delimiter: str, width: int) -> bool:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return len(rows) == 1 and len(rows[0]) == width


def _set_apart(line: str, delimiter: str) -> str:
    text = line.rstrip("\n").replace(_QUOTE, "").replace(delimiter, " ")
    return f"{DAMAGED}{text}\n"
