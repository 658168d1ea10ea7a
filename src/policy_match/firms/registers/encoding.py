"""In which encoding a text file is written, found from all of its bytes."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 1 << 20
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CANDIDATES = ("utf-8", "gb18030")
_MOST_DAMAGED, _MOST_OF_ALL = 0.1, 0.01
"""Lines that may be damaged: of those beyond ASCII, and of all."""
DAMAGED = "\ufffd"
"""What stands for bytes that are no text."""


class Encoding(NamedTuple):
    """How a file is written, and whether some of its lines are damaged."""

    name: str
    damaged: bool = False


def encoding_of(path: Path) -> Encoding | None:
    """Return the encoding in which every byte of a file makes sense, or nearly so.

    A mark at the start decides; else UTF-8, which other encodings hardly ever
    are by chance; else GB18030, of which GBK and GB 2312 are parts. A few lines
    that make no sense are those lines' fault. None where it is neither.
    """
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((name for mark, name in _MARKS.items() if start.startswith(mark)), "")
    if not marked and start[1:2] == b"\0":
        marked = "utf-16-le"
    elif not marked and start[:1] == b"\0":
        marked = "utf-16-be"
    if marked:
        damaged = not _decodes(path, marked)
        if damaged and marked.startswith("utf-16"):
            return None
        return Encoding(marked, damaged)
    for name in _CANDIDATES:
        if _decodes(path, name):
            return Encoding(name)
        if _nearly(path, name):
            return Encoding(name, damaged=True)
    return None


def decoded(path: Path, encoding: Encoding) -> Iterator[str]:
    """Yield the text of a file in chunks; what is no text becomes DAMAGED."""
    errors = "replace" if encoding.damaged else "strict"
    decoder = codecs.getincrementaldecoder(encoding.name)(errors)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _decodes(path: Path, encoding: str) -> bool:
    try:
        for _ in decoded(path, Encoding(encoding)):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _nearly(path: Path, encoding: str) -> bool:
    """Return whether but a few of the lines make no sense in an encoding.

    Lines of ASCII alone make sense in any: of the others, most have to. A file whose
    headings alone are Chinese is told by them.
    """
    lines = foreign = bad = 0
    with path.open("rb") as file:
        for line in file:
            lines += 1
            if line.isascii():
                continue
            foreign += 1
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                bad += 1
            if foreign == _SAMPLE and bad > foreign / 2:
                return False
    few = bad <= _MOST_DAMAGED * foreign or bad <= _MOST_OF_ALL * lines
    return few and bad < foreign / 2


_SAMPLE = 1000
