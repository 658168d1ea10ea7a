"""In which encoding a text file is written, found from all of its bytes."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

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


def encoding_of(path: Path) -> str | None:
    """Return the encoding in which every byte of a file makes sense.

    A mark at the start decides; else UTF-8, which other encodings hardly ever
    are by chance; else GB18030, of which GBK and GB 2312 are parts. None where
    it is neither.
    """
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((name for mark, name in _MARKS.items() if start.startswith(mark)), "")
    return next(
        (n for n in ((marked,) if marked else _CANDIDATES) if _decodes(path, n)), None
    )


def decoded(path: Path, encoding: str) -> Iterator[str]:
    """Yield the text of a file in chunks; raises UnicodeDecodeError."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _decodes(path: Path, encoding: str) -> bool:
    try:
        for _ in decoded(path, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True
