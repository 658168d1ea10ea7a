"""The unit of all money in a table, where it stands outside the headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policy_match.firms.registers.heading_text import even
from policy_match.firms.values.texts import plain
from policy_match.firms.values.units import power

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.firms.values.conventions import Habits

_NAMED = re.compile(
    r"(?<![报表管属编制送计])(?:计量|金额|货币|数据)?(?:单位|unit|金额)(?:\s*:\s*|均?[为以按]|\(|\s+)(?P<unit>[^():;,，。]{1,20}?)"
    r"(?=\)|;|:|,|，|。|计(?:算|量)?(?:$|[,;。)])|\s*币种|\s*$|\s{2,})"
)
_AT_THE_END = re.compile(r"\((?P<unit>[^()]{1,10})\)$")
_LINE = re.compile(r"(?:单位|金额)\s*(?::|均?[为以按])(?P<rest>.+)$")
_TOKENS = re.compile(r"[\s():;,，、。]+|计(?:算|量)?(?=$|[\s():;,，、。])")
_LEAD = re.compile(r"(?:计量|金额|货币|数据)?单位:?")
_WORDS = re.compile(r"[、,，/和\s]+")
_AN_OFFICE = re.compile(r"[镇乡街道局会司厅所委办院村社心站队部府处科校厂店]$")
_LONGEST = 200


class StrangeUnitError(Exception):
    """A unit that is not understood, and that figures would be misread by."""


def unit_above(cells: Sequence[str], money: FactSpec | None, habits: Habits) -> int:
    """Return the unit of money that the cells about a table name, as a power of ten.

    Such as `单位：万元`, `金额单位为千元`, or a title that ends with `（万元）`; nought
    where none is named. Raises StrangeUnitError.
    """
    if money is None:
        return 0
    for text in texts_of(cells):
        found = _NAMED.search(text)
        words = _WORDS.split(found["unit"]) if found else []
        if not words and (line := _LINE.search(text)):
            tokens = _TOKENS.split(line["rest"])
            words = [word for word in tokens if power(word, money, habits)]
        if not (found or words) and (last := _AT_THE_END.search(text)):
            ends = any(last["unit"].endswith(word) for word in habits.money)
            words = [last["unit"]] if ends else []
        if words and _AN_OFFICE.search(words[-1]):
            continue
        counted = {word for word in words if _counts(word, habits)}
        powers = {power(w, money, habits) for w in words if w and w not in counted}
        if powers and (None in powers or len(powers) > 1):
            raise StrangeUnitError(" ".join(words))
        for shift in powers:
            return shift or 0
    return 0


def texts_of(cells: Sequence[str]) -> Iterator[str]:
    """Yield texts that may name a unit, plain.

    A lead that stands in a cell of its own goes before the next.
    """
    lead = ""
    for cell in cells:
        text = even(plain(cell)) if len(cell) <= _LONGEST else ""
        if _LEAD.fullmatch(text):
            lead = f"{text.rstrip(':')}:"
        elif text:
            yield lead + text
            lead = ""


def _counts(word: str, habits: Habits) -> bool:
    return any(word in same for same in habits.units)
