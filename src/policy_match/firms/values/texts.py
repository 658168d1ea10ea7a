"""Text as it is compared: one width, one case, and no mark taken for a digit."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

MERGED = "#MERGED! "
"""What stands before a figure of a workbook that is one for several rows."""
DAMAGED = "\ufffd"
"""What stands for bytes that are no text."""
_DIGITS = frozenset("0123456789")
_SQUARES = frozenset("㎡㎥")
"""Units in one character, whose digit is an exponent."""
_INVISIBLE = "\u200b\u200c\u200d\u200e\u2060\ufeff"
"""What programs leave around a text, and nobody sees."""
_EDGE = _INVISIBLE + "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


def normal(text: str) -> str:
    """Return text in one width, without blanks and unseen marks around it.

    Full-width characters become plain ones. What only looks like a digit or
    holds one, such as `①`, `²` or `½`, stays what it is.

    >>> normal("８６① ")
    '86①'
    """
    if text.isascii():
        return text.strip()
    known = unicodedata.normalize("NFC", "".join(map(_plainly, text)))
    return known.strip(_EDGE)


def plain(text: str) -> str:
    """Return text as it is compared: normal, and in lower case.

    >>> plain(" 万元（人民币）")
    '万元(人民币)'
    """
    return normal(text).casefold()


@lru_cache(maxsize=1 << 14)
def _plainly(char: str) -> str:
    made = unicodedata.normalize("NFKC", char)
    if made == char:
        return _ALIKE.get(char, char)
    full_width = "\uff10" <= char <= "\uff19"
    if _DIGITS.isdisjoint(made) or full_width or char in _SQUARES:
        return made
    return char


_ALIKE = {"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u301c": "~"}
"""A minus, hyphens and a tilde by other code points."""
