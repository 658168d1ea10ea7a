"""In which encoding a text file is written, found from all of its bytes."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.firms.values.texts import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 1 << 20
_START = 1 << 12
"""Bytes by which UTF-16 is told."""
_PLAIN = frozenset(b",;|\t\r\n0123456789ABCDEFGHabcdefgh")
_FEW = 4
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_UTF8 = "utf-8"
_CANDIDATES = (_UTF8, "gb18030")
_LONGEST = 4
"""Bytes of a character of UTF-8."""
_FOLLOWS, _LEAD = 0x80, 0xC0
"""From which bytes on one stands within a character, and begins one of several."""
_MOST_DAMAGED, _MOST_OF_ALL = 0.1, 0.01
"""Lines that may be damaged: of those beyond ASCII, and of all."""
__all__ = ["DAMAGED", "Encoding", "decoded", "encoding_of"]


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
        start = file.read(_START)
    marked = next((name for mark, name in _MARKS.items() if start.startswith(mark)), "")
    if marked := marked or _pairs(start):
        return Encoding(marked, damaged=not _decodes(path, marked))
    sound: dict[str, float] = {}
    for name in _CANDIDATES:
        if sound and _begins_as_utf8(start):
            return Encoding(_UTF8, damaged=True)
        if _decodes(path, name):
            return Encoding(name)
        few, sound[name] = _damage(path, name)
        if few:
            return Encoding(name, damaged=True)
    # Of a handful of lines one is more than a few, and no more than one.
    best = min(sound, key=lambda name: sound[name])
    return Encoding(best, damaged=True) if sound[best] < _HALF else None


def _begins_as_utf8(start: bytes) -> bool:
    """Return whether the first line beyond ASCII is Chinese in UTF-8.

    Of other lines half may be of another file in GB18030: it decodes all, by chance.
    """
    first = next((line for line in start.splitlines() if not line.isascii()), b"")
    try:
        words = [char for char in first.decode() if not char.isascii()]
    except UnicodeDecodeError:
        return False
    return len(words) > _FEW and all(map(_is_chinese, words))


def _is_chinese(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"


def _pairs(start: bytes) -> str:
    """Return which UTF-16 a text without a mark is in: every other byte tells.

    The delimiters and line ends are ASCII, in whatever script the words are.
    """
    for name, zeros, others in (
        ("utf-16-le", start[1::2], start[::2]),
        ("utf-16-be", start[::2], start[1::2]),
    ):
        told = zip(zeros, others, strict=False)
        if sum(not zero and other in _PLAIN for zero, other in told) > _FEW:
            return name
    return ""


def decoded(path: Path, encoding: Encoding) -> Iterator[str]:
    """Yield the text of a file in chunks; what is no text becomes DAMAGED."""
    if encoding.damaged and encoding.name.startswith("utf-16"):
        yield from _line_by_line(path, encoding.name)
        return
    errors = "replace" if encoding.damaged else "strict"
    decoder = codecs.getincrementaldecoder(encoding.name)(errors)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _line_by_line(path: Path, name: str) -> Iterator[str]:
    """Yield a damaged UTF-16 in which a byte that is lost shifts its line alone."""
    with path.open("rb") as file:
        start = file.read(2)
        big = name == "utf-16-be" or start == codecs.BOM_UTF16_BE
        file.seek(len(start) if name == "utf-16" else 0)
        kind, ends = ("utf-16-be", _BIG) if big else ("utf-16-le", _LITTLE)
        rest = b""
        while chunk := file.read(_CHUNK):
            *parts, rest = ends.split(rest + chunk)
            yield "".join(part.decode(kind, "replace") for part in parts)
    yield rest.decode(kind, "replace")


_BIG, _LITTLE = re.compile(rb"(\0[\r\n])"), re.compile(rb"([\r\n]\0)")
"""What ends a line of UTF-16, wherever it stands."""


def _decodes(path: Path, encoding: str) -> bool:
    if encoding.startswith(_UTF8):  # with a mark too
        return _is_utf8(path)
    try:
        for _ in decoded(path, Encoding(encoding)):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(path: Path) -> bool:
    """Return whether a file is UTF-8; Polars sees it in a tenth of the time."""
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            end = _whole_characters(text)
            rest = text[end:]
            try:
                pl.Series([text[:end]], dtype=pl.Binary).cast(pl.String)
            except pl.exceptions.ComputeError:
                return False
    return not rest


def _whole_characters(text: bytes) -> int:
    """Return where a character begins that the end of a text may cut off."""
    for place in range(len(text) - 1, max(len(text) - _LONGEST, 0) - 1, -1):
        if text[place] >= _LEAD:
            return place
        if text[place] < _FOLLOWS:
            break
    return len(text)


def _damage(path: Path, encoding: str) -> tuple[bool, float]:
    """Return whether but a few lines make no sense in an encoding, and which share.

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
            if foreign == _SAMPLE and bad > foreign * _HALF:
                break
    few = bad <= _MOST_DAMAGED * foreign or bad <= _MOST_OF_ALL * lines
    share = bad / foreign if foreign else 1.0
    return few and share < _HALF, share


_SAMPLE = 1000
_HALF = 0.5
