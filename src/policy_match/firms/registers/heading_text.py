"""What people write into a heading besides a name: brackets, counters, years, units."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_match.firms.values.texts import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEVERAL = "·"
"""What stands between the parts of a heading that is in several rows."""
_BRACKETS = str.maketrans("[]{}<>《》〔〕【】", "()()()()()()")
_SEVERAL_OPEN, _SEVERAL_CLOSED = re.compile(r"\(\s*(?:\(\s*)+"), re.compile(r"\)[\s)]+")
_LONGEST = 1000
"""Characters of a heading in which brackets within others are looked for."""
_REMEMBERED = 1 << 14
"""Headings are asked in several ways what they say, and widths may be large."""
_NESTED = re.compile(r"\(([^()]*)\(([^()]*)\)")
_SPLITS = (
    re.compile(r"(.+?)\s*\(([^()]*)\)"),
    re.compile(r"(.+?)\s*[,:;/、_|—–\- ]\s*([^,:;/、_|—–\- ]+)"),
)
_PART = re.compile(r"[·;\n\r]+")
_PIECES = re.compile(r"\s*(?:[,、;]|/(?=年))\s*")
_COUNTER = re.compile(r"^(?:[(]?[0-9一二三四五六七八九十]{1,3}[).、．]+)")
_MARKS = re.compile(r"[\s_*★]+|[【(](?:必填|选填)[】)]|:$")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?=年|\.|$|[)\s·;_-])")


@lru_cache(maxsize=_REMEMBERED)
def even(text: str) -> str:
    """Return a plain heading with round brackets, none in another and each closed.

    >>> even("营业收入【(万元)】"), even("营业收入(万元")
    ('营业收入(万元)', '营业收入(万元)')
    >>> even("营业收入(万元(不含税))")
    '营业收入(万元,不含税)'
    """
    text = _SEVERAL_OPEN.sub("(", text.translate(_BRACKETS))
    while len(text) <= _LONGEST and text != (outer := _NESTED.sub(r"(\1,\2", text)):
        text = outer
    text = _SEVERAL_CLOSED.sub(")", text)
    return text + ")" if text.count("(") > text.count(")") else text


def parts_of(heading: str) -> list[str]:
    """Return the parts of a heading that stands in several rows or lines, plain."""
    return [even(plain(part)) for part in _PART.split(heading) if plain(part)]


def pieces(text: str) -> list[str]:
    """Return what stands in one pair of brackets, one by one: `万元,不含税`."""
    return [piece for piece in _PIECES.split(text) if piece]


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to take what stands last, a unit perhaps, from a name."""
    for pattern in _SPLITS:
        if found := pattern.fullmatch(text):
            yield found[1], found[2]


@lru_cache(maxsize=_REMEMBERED)
def bare(name: str) -> str:
    """Return a name without what people put into headings to lay them out."""
    return _COUNTER.sub("", _MARKS.sub("", even(plain(name))), count=1)


def named_in(text: str, names: Iterable[str]) -> str:
    """Return the first of some names that stands in a text, however it is spaced.

    >>> named_in("行业代码（GB／T 4754－2011）", ["4754-2017", "GB/T4754-2011"])
    'gb/t4754-2011'
    """
    packed = _packed(text)
    return next((one for one in map(_packed, names) if one in packed), "")


def without(text: str, names: Iterable[str]) -> str:
    """Return a heading without the names that stand in it, and their brackets.

    >>> without("行业代码(2011版)", ["2011版"])
    '行业代码'
    """
    packed = _packed(text)
    for name in map(_packed, names):
        packed = packed.replace(name, "")
    return packed.replace("()", "").replace("《》", "").strip("-,:/、")


@lru_cache(maxsize=_REMEMBERED)
def _packed(text: str) -> str:
    return "".join(even(plain(text)).split())


def year_of(heading: str) -> int | None:
    """Return the year that a heading is about, where it names one.

    >>> year_of("2021年营业收入"), year_of("营业收入(2022)"), year_of("营业收入")
    (2021, 2022, None)
    """
    years = [int(found) for found in _YEAR.findall(even(plain(heading)))]
    return max(years, default=None)
