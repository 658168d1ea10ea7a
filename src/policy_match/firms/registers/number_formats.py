"""What a number format of a workbook shows beside the number: a unit, or a sign."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

_TOKENS = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|[_*].|(?P<digits>[0#?][0#?,./]*|General|@)|(?P<percent>%)"
    r"|(?P<date>[yYmMdDhHsS]+|AM/PM)|(?P<power>[eE][+-])|(?P<bare>.)",
    re.DOTALL,
)
_SECTIONS = re.compile(r'(?:"[^"]*"|[\\!].|[^;"\\!])+|(?<=;)(?=;)')
_WHEN = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)\]")
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_SILENT = frozenset("()+-:/ ,~!.")
_OURS = frozenset({"¥", "￥"})
_THOUSANDS = re.compile(r",+(?=\.|$)")
_PLACE = re.compile(r"[0#?]")


class Shown(NamedTuple):
    """What stands before a number and behind it, and how else it is shown."""

    before: str = ""
    behind: str = ""
    percent: bool = False
    tens: int = 0
    """By how many powers of ten the number is shown smaller than it is."""


class Format(NamedTuple):
    """A format: what it shows, of numbers that a condition holds for or of all."""

    sections: tuple[tuple[str, float, Shown], ...]
    """A comparison, its limit and what is shown; without one of all others."""

    def of(self, number: Decimal) -> Shown:
        """Return what is shown of a number."""
        for sign, limit, shown in self.sections:
            if not sign or _TESTS[sign](float(number), limit):
                return shown
        return Shown()


def format_of(code: str) -> Format | None:
    """Return what a format shows beside numbers; None where that is nothing.

    Of sections for positive and other numbers the first tells the unit of all.
    """
    sections = [one for one in _SECTIONS.findall(code) if one]
    if not _WHEN.search(code):
        sections = sections[:1]
    found = []
    for section in sections:
        when = _WHEN.search(section)
        sign, limit = when.groups() if when else ("", "0")
        found.append((sign, float(limit), shown_by(section)))
    return Format(tuple(found)) if any(any(one) for *_, one in found) else None


def shown_by(code: str) -> Shown:
    """Return what one section shows beside a number; nothing of a day.

    A comma behind the digits shows thousands, and a point that is a mere sign one
    power of ten for each digit behind it: `0!.0,"万元"`.

    >>> shown_by('#,##0.00"万元"').behind, shown_by("[$$-409]#,##0").before
    ('万元', '$')
    >>> shown_by('0!.0,"万元"').tens
    4
    """
    texts = ["", ""]
    percent, point, tens, at = False, False, 0, 0
    for found in _TOKENS.finditer(code):
        text = found["quoted"] or found["escaped"] or found["money"] or found["bare"]
        if found["date"]:
            return Shown()
        if digits := found["digits"]:
            if at and not point:
                return Shown()  # words within a number: `0"万"0000"元"`
            tens += sum(3 * len(commas) for commas in _THOUSANDS.findall(digits))
            tens += len(_PLACE.findall(digits)) if at else 0
            at = 1
        percent = percent or bool(found["percent"])
        if at and text == ".":
            point = True
        else:
            texts[at] += text or ""
    before, behind = ("".join(c for c in t if c not in _SILENT) for t in texts)
    return Shown("" if before in _OURS else before, behind, percent, tens)
