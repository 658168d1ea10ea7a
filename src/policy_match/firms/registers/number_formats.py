"""What a number format of a workbook shows beside the number: a unit, or a sign."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|[_*].|(?P<digits>[0#?][0#?,./]*|General|@)|(?P<percent>%)"
    r"|(?P<date>[yYmMdDhHsS]+|AM/PM)|(?P<power>[eE][+-])|(?P<bare>.)",
    re.DOTALL,
)
_SCALED = re.compile(r'[0#],+(?:[^0#]|$)|!\.|"\s*,')
_SILENT = frozenset("()+-:/ ,!~.")
_OURS = frozenset({"¥", "￥"})


class Shown(NamedTuple):
    """What stands before a number and behind it, and whether it is hundredths."""

    before: str = ""
    behind: str = ""
    percent: bool = False


def shown_by(code: str) -> Shown:
    """Return what a format shows beside a number; nothing of a day, or where it scales.

    >>> shown_by('#,##0.00"万元"').behind, shown_by("[$$-409]#,##0").before
    ('万元', '$')
    """
    first = code.split(";", maxsplit=1)[0]
    texts = ["", ""]
    percent, at = False, 0
    for found in _TOKENS.finditer(first):
        if found["date"]:
            return Shown()
        if found["digits"]:
            at = 1
        percent = percent or bool(found["percent"])
        text = found["quoted"] or found["escaped"] or found["money"] or found["bare"]
        texts[at] += text or ""
    if _SCALED.search(first):
        return Shown()
    before, behind = ("".join(c for c in t if c not in _SILENT) for t in texts)
    return Shown("" if before in _OURS else before, behind, percent)
