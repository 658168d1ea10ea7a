"""Units in headings and cells, as powers of ten of a fact's own unit."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.texts import Text
from policy_match.firms.values.texts import plain

if TYPE_CHECKING:
    from fractions import Fraction

    from policy_match.domain.facts import FactSpec
    from policy_match.firms.values.conventions import Habits

_LEAD = re.compile(r"^(单位|unit|in)\s*:?\s*")
_PARTS = {"%": -2, "‰": -3, "percent": -2, "百分比": -2}


def power(text: str, spec: FactSpec, habits: Habits) -> int | None:
    """Return what power of ten of the fact's unit `text` stands for.

    None where it is not a unit of the fact: a share of money, a foreign
    currency, an area of a count. `text` is plain; without any it is 0. So for
    revenue `万元` is 4, and `usd` is none.
    """
    text = _LEAD.sub("", text).strip()
    for ending in habits.whole if spec.type is FactType.MONEY else ():
        text = text.removesuffix(ending)
    if text[:1] == "(" and text[-1:] == ")":
        text = text[1:-1].strip()
    if not text:
        return 0
    if spec.type is FactType.RATIO:
        return _PARTS.get(text)
    if spec.type is FactType.MONEY:
        return _money(text, habits)
    names = _names(spec, habits)
    if text in habits.scaled:
        of, by = habits.scaled[text]
        return by if of in names else None
    for name in sorted(names, key=len, reverse=True):
        if text.endswith(name):
            rest = text.removesuffix(name).strip()
            return 0 if not rest else _counted(rest, habits)
    return _counted(text, habits)


def resized(
    text: str, spec: FactSpec, habits: Habits
) -> tuple[FactSpec, Fraction] | None:
    """Return a fact as it is told in the unit that `text` has, and the unit's size.

    None where that is no share of the fact's own unit, or a power of ten of it. So
    for an area in square metres `12亩` is told in `亩`, of 2000/3 square metres.
    """
    if spec.type is not FactType.NUMBER:
        return None
    for name, (of, size) in habits.sized.items():
        if name in text and of in _names(spec, habits):
            low, high = (
                end if isinstance(end, float) else end / size
                for end in (spec.low, spec.high)
            )
            unit = Text({"zh": name, "en": name})
            return replace(spec, unit=unit, low=low, high=high), size
    return None


def _money(text: str, habits: Habits) -> int | None:
    text = text.replace("(", "").replace(")", "")  # `万(元)`, `万元(人民币)`
    for name in habits.currency:
        if text.endswith(name) or text.startswith(name):
            rest = text.removesuffix(name).removeprefix(name).strip(" ,/():")
            if rest != text:
                return _money(rest, habits) if rest else 0
    return habits.powers.get(text)


def _counted(text: str, habits: Habits) -> int | None:
    # A bare `m` beside a count or an area is a metre as likely as a million.
    return None if text in {"m", "mn"} else habits.powers.get(text)


def _names(spec: FactSpec, habits: Habits) -> set[str]:
    names = {plain(text) for text in spec.unit.by_language.values()}
    # Of an amount for each unit of something else the amount is written alone.
    names |= {name.partition("/")[0] for name in names}
    for same in habits.units:
        if same & names:
            names |= same
    return names
