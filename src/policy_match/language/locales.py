"""Named locale formats: how numbers, dates and yes-or-no are written somewhere.

A rulebook names its locale in the manifest; nothing else in the package knows
of a country. Check digits are python-stdnum's.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from policy_match.domain.frozen import dataclass
from policy_match.domain.possible import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.possible import Number


@dataclass(frozen=True)
class Locale:
    """How values are written: multipliers, words, date patterns, identifiers."""

    id: str
    multipliers: Mapping[str, int] = field(default_factory=dict)
    true: frozenset[str] = frozenset({"true", "yes", "y"})
    some: frozenset[str] = frozenset({"yes"})
    """What says of a number that there is some, how much left open."""
    false: frozenset[str] = frozenset({"false", "no", "n"})
    none: frozenset[str] = frozenset({"none"})
    unknown: frozenset[str] = frozenset({"unknown"})
    dates: tuple[str, ...] = (r"(\d{4})-(\d{1,2})-(\d{1,2})",)
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """Format name to python-stdnum module: `uscc` to `cn.uscc`."""
    timezone: str = ""
    """Where a time with an offset from UTC is turned into a day, by IANA name."""

    def number(self, text: str) -> Number | None:
        """Return the exact number that `text` writes, or None.

        >>> LOCALES["zh-CN"].number("１，２００万")
        12000000
        """
        return _number(unicodedata.normalize("NFKC", text).strip(), self.multipliers)

    def day(self, text: str) -> date | None:
        """Return the date that `text` writes, or None.

        >>> LOCALES["zh-CN"].day("2022年6月30日")
        datetime.date(2022, 6, 30)
        """
        normal = unicodedata.normalize("NFKC", text).strip()
        for pattern in self.dates:
            found = re.fullmatch(pattern, normal)
            if found:
                year, month, day = map(int, found.groups())
                try:
                    return date(year, month, day)
                except ValueError:
                    return None
        return None

    def truth(self, text: str) -> bool | None:
        """Return whether `text` says yes or no, or None where it says neither."""
        word = text.strip().lower()
        if word in self.true:
            return True
        return False if word in self.false else None


_NUMBER = re.compile(r"([+-]?)(\d[\d,_]*|(?=\.))(\.\d+)?\s*([^\d\s.,]*)")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+|\d+(_\d+)*")
_PARTS: dict[str, Number] = {"": 1, "%": Fraction(1, 100), "‰": Fraction(1, 1000)}


LONGEST_NUMBER = 40
"""Characters of a number; no figure of a firm needs more."""


def _number(text: str, multipliers: Mapping[str, int]) -> Number | None:
    if len(text) > LONGEST_NUMBER:
        return None
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    sign, whole, decimals, suffix = found.groups()
    if whole and not _THOUSANDS.fullmatch(whole):
        return None
    unit = _PARTS.get(suffix) or multipliers.get(suffix)
    if unit is None:
        return None
    digits = whole.replace(",", "").replace("_", "") or "0"
    value = plain(Fraction(digits + (decimals or "")) * unit)
    return -value if sign == "-" else value


def well_formed(locale: Locale, name: str, text: str) -> str | None:
    """Return `text` as identifier `name` is written; None where a digit is wrong.

    Raises KeyError where the locale knows no such identifier.
    """
    from importlib import import_module  # noqa: PLC0415  (stdnum only where needed)

    module = import_module(f"stdnum.{locale.identifiers[name]}")
    normal = unicodedata.normalize("NFKC", text)
    return str(module.compact(normal)) if module.is_valid(normal) else None


LOCALES = {
    "en": Locale("en", {"k": 10**3, "m": 10**6, "bn": 10**9}),
    "zh-CN": Locale(
        "zh-CN",
        {"万": 10**4, "亿": 10**8, "元": 1, "万元": 10**4, "亿元": 10**8},
        true=frozenset({"true", "yes", "y", "是", "有"}),
        some=frozenset({"yes", "有"}),
        false=frozenset({"false", "no", "n", "否", "无", "没有"}),
        none=frozenset({"none", "无"}),
        unknown=frozenset({"unknown", "不详", "未知"}),
        dates=(
            r"(\d{4})-(\d{1,2})-(\d{1,2})",
            r"(\d{4})年(\d{1,2})月(\d{1,2})日",
            r"(\d{4})/(\d{1,2})/(\d{1,2})",
            r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
        ),
        identifiers={"uscc": "cn.uscc"},
        timezone="Asia/Shanghai",
    ),
}


def day_of_any_locale(text: str) -> date | None:
    """Return the day that `text` writes in any locale, or None.

    For days that are read before a rulebook, and with it a locale, is known.
    """
    days = (locale.day(text) for locale in LOCALES.values())
    return next((day for day in days if day is not None), None)
