"""One value as people write it, typed by the fact it belongs to."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any

from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.possible import (
    NO_VALUE,
    NONE,
    Choice,
    Interval,
    Listing,
    Number,
    Possible,
    exactly,
    one,
    plain,
)
from policy_match.errors import did_you_mean
from policy_match.language.locales import well_formed
from policy_match.language.messages import Message, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.codes import CodeSystem
    from policy_match.errors import Hint
    from policy_match.language.locales import Locale


class ValueFault(Exception):  # noqa: N818  (becomes a Fault once its place is known)
    """A value that its fact cannot have."""

    def __init__(self, code: str, message: Message, hint: Hint = "") -> None:
        """Keep the parts of a fault."""
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def typed(
    spec: FactSpec,
    data: Any,  # noqa: ANN401  (a text, lists of texts, an exact number)
    locale: Locale,
    systems: Mapping[str, CodeSystem],
) -> Possible | None:
    """Return what `data` says of a fact; None where it says nothing.

    Raises ValueFault where the fact cannot be that.
    """
    if data is None:
        return None
    if spec.type is FactType.LIST:
        return _listing(spec, data, locale)
    if isinstance(data, Fraction) and spec.type.numeric:
        return exactly(_exact(spec, data))
    if isinstance(data, list):
        return _several(spec, data, locale, systems)
    if not isinstance(data, str):
        raise _wrong(spec, "one-value")
    text = unicodedata.normalize("NFKC", data).strip()
    if not text or text.lower() in locale.unknown:
        return None
    if spec.type is FactType.BOOL:
        return _bool(spec, text, locale)
    if text.lower() in locale.none:
        return _none(spec)
    if spec.type.numeric:
        return _interval(spec, text, locale)
    return one(_member(spec, data.strip(), locale, systems))


def _none(spec: FactSpec) -> Possible:
    if spec.type is FactType.DATE and spec.may_be_none:
        return NO_VALUE
    if spec.type.numeric and spec.type is not FactType.DATE:
        if spec.low <= 0 <= spec.high:
            return exactly(0)
        raise _wrong(spec, "cannot-be-none", "F504")
    if spec.may_be_none:
        return NONE
    raise _wrong(spec, "never-none")


def _bool(spec: FactSpec, text: str, locale: Locale) -> Choice:
    absent = text.lower() in locale.none
    if absent and spec.may_be_none:
        return NONE  # what the question tells such a firm to answer, 无 included
    truth = False if absent else locale.truth(text)
    if truth is None:
        raise _wrong(spec, "not-yes-or-no", text=text)
    return one(truth)


_RANGE = re.compile(r"(.*?)\s*\.\.\s*(.*)")


def _interval(spec: FactSpec, text: str, locale: Locale) -> Interval:
    found = _RANGE.fullmatch(text)
    if not found:
        value = _number(spec, text, locale)
        return Interval(value, value)
    low_text, high_text = found.groups()
    if not low_text and not high_text:
        raise _wrong(spec, "open-range")
    low = _number(spec, low_text, locale) if low_text else spec.low
    high = _number(spec, high_text, locale) if high_text else spec.high
    if low > high:
        raise ValueFault("F502", said("empty-range", text=text), said("lower-first"))
    return Interval(low, high)


_COUNTED = {FactType.MONEY, FactType.INT}
"""What is never written as a share."""


def _number(spec: FactSpec, text: str, locale: Locale) -> Number:
    if spec.type is FactType.DATE:
        day = locale.day(text)
        if day is None:
            raise _wrong(spec, "not-a-day", text=text)
        return _inside(spec, day.toordinal(), text)
    value = locale.number(text)
    a_share = text.rstrip()[-1:] in {"%", "‰"}
    if value is None or (a_share and spec.type in _COUNTED):
        raise _wrong(spec, "not-a-number", text=text)
    if spec.type is FactType.INT and isinstance(value, Fraction):
        raise _wrong(spec, "not-whole", text=text)
    return _inside(spec, value, text)


def _exact(spec: FactSpec, value: Fraction) -> Number:
    if spec.type is FactType.INT and value.denominator != 1:
        raise _wrong(spec, "not-whole", text=str(value))
    return _inside(spec, plain(value), str(value))


def _inside(spec: FactSpec, value: Number, text: str) -> Number:
    if spec.low <= value <= spec.high:
        return value
    message = said("cannot-be", fact=spec.id, title=spec.title, text=text)
    low, high = _end(spec, spec.low), _end(spec, spec.high)
    key = "lies-within" if low and high else "not-below" if low else "not-above"
    raise ValueFault("F504", message, said(key, low=low, high=high))


def _end(spec: FactSpec, value: Number | float) -> str:
    if value in (-inf, inf):
        return ""
    if spec.type is FactType.DATE:
        return date.fromordinal(int(value)).isoformat()
    return str(value)


def _member(
    spec: FactSpec, text: str, locale: Locale, systems: Mapping[str, CodeSystem]
) -> str:
    if spec.type is FactType.CODE:
        system = systems.get(spec.system)
        if system is None:
            return text
        code = system.normal(unicodedata.normalize("NFKC", text))
        if code is None:
            named = system.title or system.id
            raise _wrong(spec, "not-a-code", text=text, system=named)
        return code
    if spec.type is FactType.TEXT:
        if not spec.format:
            return text
        normal = well_formed(locale, spec.format, text)
        if normal is None:
            form = spec.format.upper()
            message = said("not-valid", text=text, format=form, title=spec.title)
            raise ValueFault("F503", message, said("copy-from-licence"))
        return normal
    for member, title in spec.members.items():
        if text == member or text in title.by_language.values():
            return member
    hint = did_you_mean(text, spec.members, _expected(spec))
    raise _wrong(spec, "not-a-member", text=text, hint=hint)


def _several(
    spec: FactSpec, data: list[Any], locale: Locale, systems: Mapping[str, CodeSystem]
) -> Choice:
    if spec.type.numeric or spec.type is FactType.BOOL:
        raise _wrong(spec, "no-list")
    if not data:
        raise _wrong(spec, "empty-list")
    members: set[str | bool] = set()
    absent = False
    for item in data:
        found = typed(spec, item, locale, systems) if isinstance(item, str) else None
        if not isinstance(found, Choice) or found.members is None:
            raise _wrong(spec, "not-a-member", text=item)
        members |= found.members
        absent |= found.absent
    return Choice(frozenset(members), absent)


def _listing(spec: FactSpec, data: Any, locale: Locale) -> Listing | None:  # noqa: ANN401
    if isinstance(data, str):
        text = unicodedata.normalize("NFKC", data).strip()
        if not text or text.lower() in locale.unknown:
            return None
        data = [pair.split("/") for pair in re.split(r"\s*;\s*", text.strip("; "))]
    if not isinstance(data, list) or not data:
        raise _wrong(spec, "a-list")
    items: list[Interval] = []
    for pair in data:
        if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004
            raise _wrong(spec, "pairs")
        for end in pair:
            value = None
            if isinstance(end, str):
                value = _interval_or_unknown(spec, end, locale)
            if value is None:
                raise _wrong(spec, "not-a-number", text=end)
            items.append(value)
    return Listing(tuple(items))


def _interval_or_unknown(spec: FactSpec, text: str, locale: Locale) -> Interval:
    normal = unicodedata.normalize("NFKC", text).strip()
    if not normal or normal.lower() in locale.unknown:
        return Interval(spec.low, spec.high)
    return _interval(spec, normal, locale)


def _wrong(
    spec: FactSpec,
    key: str,
    code: str = "F502",
    *,
    hint: Hint = "",
    **fields: Any,  # noqa: ANN401
) -> ValueFault:
    """Return the fault `key` of a fact, with what the fact takes instead."""
    message = said(key, fact=spec.id, title=spec.title, **fields)
    return ValueFault(code, message, hint or _expected(spec))


def _expected(spec: FactSpec) -> Message:
    match spec.type:
        case FactType.BOOL:
            return said("write-bool")
        case FactType.ENUM:
            members, titles = tuple(spec.members), tuple(spec.members.values())
            return said("write-member", members=members, titles=titles)
        case FactType.DATE:
            return said("write-date")
        case FactType.CODE:
            return said("write-code")
        case FactType.LIST:
            return said("write-pairs")
        case FactType.INT:
            return said("write-int")
        case FactType.TEXT:
            return said("write-text")
        case FactType.NUMBER | FactType.MONEY | FactType.RATIO:
            return said("write-number")
