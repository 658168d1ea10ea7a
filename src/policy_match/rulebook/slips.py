"""What people write in conditions out of habit, and how it is written here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from policy_match.language.messages import Message, said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policy_match.errors import Hint

    Mend = Callable[[re.Match[str]], Hint]


class Slip(NamedTuple):
    """What is written, where, and how to write it."""

    message: Message
    at: int
    hint: Hint


_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_LISTED = re.compile(r"\[[^\[\]]*\]")
_UNIT = r"([\w.$%@]++)"
_SIGN = r"(<=|>=|<|>)"
_DAYS = {"week": 7, "fortnight": 14}
_MONTHS = {"quarter": 3, "decade": 120}
_SIGNS = {
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not ",
    "==": "=",
    "<>": "!=",
    "=<": "<=",
    "=>": ">=",
    "≠": "!=",
    "≥": ">=",
    "≤": "<=",
    "＝": "=",
    "＞": ">",
    "＜": "<",
    "，": ",",
    "（": "(",
    "）": ")",
    "；": ",",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "【": "[",
    "】": "]",
    "×": "*",
    "÷": "/",
    "且": "and",
    "并且": "and",
    "或": "or",
    "或者": "or",
    "非": "not",
}


def _so(form: str) -> Hint:
    return said("write-so", form=form)


def _cases(_: re.Match[str]) -> Hint:
    return said("choose-by-cases")


def _none(_: re.Match[str]) -> Hint:
    return said("unknown-by-itself")


def _chain(found: re.Match[str]) -> Hint:
    one, first, middle, second, other = found.groups()
    return _so(f"{one} {first} {middle} and {middle} {second} {other}")


def _length(found: re.Match[str]) -> Hint:
    count, unit = found.groups()
    if len(count) > 6:  # noqa: PLR2004  (no length of time that anybody writes)
        return said("lengths-of-time")
    days, months = _DAYS.get(unit), _MONTHS.get(unit)
    if days:
        return _so(f"{int(count) * days} days")
    return _so(f"{int(count) * months} months") if months else said("lengths-of-time")


def _day(found: re.Match[str]) -> Hint:
    year, month, day = found.groups()
    return _so(f"{year}-{int(month):02}-{int(day):02}")


_MISREAD: tuple[tuple[str, Mend], ...] = (
    (r"(?<![\w.])\d{1,3}(?:,\d{3})+(?![\w])", lambda m: _so(m[0].replace(",", ""))),
    (r"(?<!\d)(\d{4})/(\d{1,2})/(\d{1,2})(?!\d)", _day),
    (r"(?<!\d)(\d{4})-(\d|\d\d)-(\d)(?!\d)", _day),
    (r"(?<!\d)(\d{4})-(\d)-(\d\d)(?!\d)", _day),
    (r"\bif\s*\(", _cases),
    (r"\b(?:is_?)?(?:known|unknown|null|none|missing|defined|exists)\s*\(", _none),
)
"""What would be read as something else, or as a name nobody knows."""

_UNREADABLE: tuple[tuple[str, Mend], ...] = (
    (rf"(?<![\w.$%@]){_UNIT}\s*{_SIGN}\s*{_UNIT}\s*{_SIGN}\s*{_UNIT}", _chain),
    (r"(?<=\w)\s+(?:if|when|then|else)\b|\?", _cases),
    (r"(?:(?<=\d)|(?<=[万亿]))\s+([%‰万亿])", lambda m: said("no-blank", mark=m[1])),
    (r"(?<!\d)(\d++)\s+(week|fortnight|quarter|decade|hour|minute)s?\b", _length),
    (r"(\d{4})年(\d{1,2})月(\d{1,2})日", _day),
    (r"\b(AND|OR|NOT|IN|WITHIN)\b", lambda m: _so(m[0].lower())),
    (r"\bis\s+not\b", lambda _: _so("!=")),
    (r"\bis\b", lambda _: _so("=")),
    (r"=\s*\S+\.\.", lambda _: _so("x within low..high")),
    (r"\bbetween\s+\S+\s+and\b", lambda _: _so("x within low..high")),
    (r"\bin\s*[({]", lambda _: _so("in [a, b]")),
    (r"[¥￥€£$](?=\d)", lambda m: said("without-sign", sign=m[0])),
    (r"\*\*|\^", lambda _: said("no-powers")),
    (
        "(?<![<>!=])(?:" + "|".join(map(re.escape, (*_SIGNS,))) + ")(?!=)",
        lambda m: _so(_SIGNS[m[0]].strip()),
    ),
)
"""What cannot be read at all."""


def _masked(text: str) -> str:
    """Return a text without what stands in quotes, each character at its place."""
    return _QUOTED.sub(lambda m: '"' + "_" * (len(m[0]) - 2) + '"', text)


def misread(text: str) -> Slip | None:
    """Return the first slip in a text that would be read as something else."""
    plain = _masked(text)
    # Codes of three digits may stand side by side in a list.
    plain = _LISTED.sub(lambda m: m[0].replace(",", " "), plain)
    return next(_found(plain, _MISREAD), None)


def unreadable(text: str, at: int) -> Slip | None:
    """Return the slip because of which reading stopped at a place, if it is one."""
    slips = _found(_masked(text), _UNREADABLE)
    return min(slips, key=lambda slip: abs(slip.at - at), default=None)


def _found(text: str, known: tuple[tuple[str, Mend], ...]) -> Iterator[Slip]:
    for pattern, mend in known:
        found = re.search(pattern, text)
        if found is not None:
            blanks = len(found[0]) - len(found[0].lstrip())
            sign = found[0].strip()
            message = said("sign-not-used", sign=sign)
            yield Slip(message, found.start() + blanks, mend(found))
