"""Where in a file a part of it stands, to the n-th character of a YAML text.

A text may be folded over lines, indented, quoted and escaped; a caret must
point at the character its author typed all the same.
"""

from __future__ import annotations

import re

from policy_match.errors import Place
from policy_match.rulebook.yaml_reader import Mapping, Scalar, find

_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^\n])")


def place_of(
    root: Mapping,
    path: tuple[str | int, ...],
    at: int = 0,
    lines: tuple[str, ...] | None = None,
    *,
    key: bool = False,
) -> Place:
    """Return where `path` stands: its key for a block, else its value."""
    found = find(root, path)
    parent = find(root, path[:-1]) if path else root
    if isinstance(parent, Mapping) and parent is not found:
        block = not isinstance(found, Scalar)
        if key or block:
            return parent.keys.get(str(path[-1]), found.place)
    if isinstance(found, Scalar) and lines and at >= 0:
        return inside(found, lines, at)
    return found.place


def inside(scalar: Scalar, lines: tuple[str, ...], at: int) -> Place:
    """Return the place of the character `at` of a scalar, from zero."""
    start = scalar.place
    if not (at or scalar.style):
        return start
    row = start.line - 1
    source = "\n".join([lines[row][start.column - 1 :], *lines[row + 1 :]])
    offset = _offset(scalar, source, at)
    passed = source[:offset].split("\n")
    if len(passed) == 1:
        return start.right(offset)
    return Place(start.file, start.line + len(passed) - 1, len(passed[-1]) + 1)


def _offset(scalar: Scalar, source: str, at: int) -> int:
    """Return the offset into `source`, which begins with the scalar."""
    here = 0
    if scalar.style in {"|", ">"}:
        here = source.find("\n") + 1
    elif scalar.style in {"'", '"'}:
        here = 1
    here = _blanks(source, here)
    for char in scalar.text[:at]:
        if char.isspace():
            here = _blanks(source, here)
        elif here < len(source):
            here = _after(source, here, scalar.style)
    if at < len(scalar.text):
        here = _blanks(source, here)
    return min(here, len(source.rstrip()))


def _blanks(source: str, here: int) -> int:
    """Return the offset of the next character that is no white space."""
    while here < len(source) and source[here].isspace():
        here += 1
    return here


def _after(source: str, here: int, style: str) -> int:
    """Return the offset after the one character that is written at `here`."""
    here = _blanks(source, here)
    if style == '"':
        if source.startswith("\\\n", here):  # a line continued
            here = _blanks(source, here + 1)
        escape = _ESCAPE.match(source, here)
        return escape.end() if escape else here + 1
    if style == "'" and source.startswith("''", here):
        return here + 2
    return here + 1
