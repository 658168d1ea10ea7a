"""One value as people write it, typed by the fact it belongs to."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
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
)
from policy_match.errors import did_you_mean
from policy_match.formats import well_formed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.codes import CodeSystem
    from policy_match.formats import Locale


class ValueFault(Exception):  # noqa: N818  (becomes a Fault once its place is known)
    """A value that its fact cannot have."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        """Keep the parts of a fault."""
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def typed(
    spec: FactSpec,
    data: Any,  # noqa: ANN401  (a text, or lists of texts)
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
    if isinstance(data, list):
        return _several(spec, data, locale, systems)
    if not isinstance(data, str):
        raise ValueFault("F502", f"`{spec.id}` takes one value", _expected(spec))
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
        message = f"`{spec.id}` cannot be none: zero lies outside its range"
        raise ValueFault("F504", message, _expected(spec))
    if spec.may_be_none:
        return NONE
    raise ValueFault("F502", f"`{spec.id}` is never none", _expected(spec))


def _bool(spec: FactSpec, text: str, locale: Locale) -> Choice:
    truth = locale.truth(text)
    if truth is None and text.lower() in locale.none:
        return NONE if spec.may_be_none else one(False)  # noqa: FBT003
    if truth is None:
        raise ValueFault("F502", f"`{text}` is neither yes nor no", _expected(spec))
    return one(truth)


_RANGE = re.compile(r"(.*?)\s*\.\.\s*(.*)")


def _interval(spec: FactSpec, text: str, locale: Locale) -> Interval:
    found = _RANGE.fullmatch(text)
    if not found:
        value = _number(spec, text, locale)
        return Interval(value, value)
    low_text, high_text = found.groups()
    if not low_text and not high_text:
        raise ValueFault("F502", "a range needs at least one end", _expected(spec))
    low = _number(spec, low_text, locale) if low_text else spec.low
    high = _number(spec, high_text, locale) if high_text else spec.high
    if low > high:
        raise ValueFault("F502", f"the range `{text}` is empty", "write the lower end first")
    return Interval(low, high)


def _number(spec: FactSpec, text: str, locale: Locale) -> Number:
    if spec.type is FactType.DATE:
        day = locale.day(text)
        if day is None:
            raise ValueFault("F502", f"`{text}` is not a day", _expected(spec))
        return day.toordinal()
    value = locale.number(text)
    if value is None:
        raise ValueFault("F502", f"`{text}` is not a number", _expected(spec))
    if spec.type is FactType.INT and isinstance(value, Fraction):
        raise ValueFault("F502", f"`{text}` is not a whole number", _expected(spec))
    if not spec.low <= value <= spec.high:
        low = "" if spec.low == float("-inf") else spec.low
        high = "" if spec.high == float("inf") else spec.high
        message = f"`{spec.id}` cannot be {text}"
        raise ValueFault("F504", message, f"it lies within {low}..{high}")
    return value


def _member(
    spec: FactSpec, text: str, locale: Locale, systems: Mapping[str, CodeSystem]
) -> str:
    if spec.type is FactType.CODE:
        system = systems.get(spec.system)
        code = system.normal(unicodedata.normalize("NFKC", text)) if system else text
        if code is None:
            message = f"`{text}` is not a code of {spec.system}"
            raise ValueFault("F502", message, _expected(spec))
        return code
    if spec.type is FactType.TEXT:
        if not spec.format:
            return text
        normal = well_formed(locale, spec.format, text)
        if normal is None:
            message = f"`{text}` is not a valid {spec.format.upper()}: its check digit or form is wrong"
            raise ValueFault("F503", message, "copy it from the licence")
        return normal
    for member, title in spec.members.items():
        if text == member or text in title.by_language.values():
            return member
    hint = did_you_mean(text, spec.members, _expected(spec))
    raise ValueFault("F502", f"`{text}` is not a value of `{spec.id}`", hint)


def _several(
    spec: FactSpec, data: list[Any], locale: Locale, systems: Mapping[str, CodeSystem]
) -> Choice:
    if spec.type.numeric or spec.type is FactType.BOOL:
        raise ValueFault("F502", f"`{spec.id}` takes no list", _expected(spec))
    if not data:
        raise ValueFault("F502", "the list is empty", _expected(spec))
    members: set[str | bool] = set()
    absent = False
    for item in data:
        found = typed(spec, item, locale, systems) if isinstance(item, str) else None
        if not isinstance(found, Choice) or found.members is None:
            raise ValueFault("F502", f"`{item}` is not a value of `{spec.id}`", _expected(spec))
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
        raise ValueFault("F502", f"`{spec.id}` takes a list", _expected(spec))
    items: list[Interval] = []
    for pair in data:
        if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004
            hint = "write the start and the end of each quarter: [[120, 200], [400, 500]]"
            raise ValueFault("F502", f"`{spec.id}` takes pairs of numbers", hint)
        for end in pair:
            value = None
            if isinstance(end, str):
                value = _interval_or_unknown(spec, end, locale)
            if value is None:
                raise ValueFault("F502", f"`{end}` is not a number", _expected(spec))
            items.append(value)
    return Listing(tuple(items))


def _interval_or_unknown(spec: FactSpec, text: str, locale: Locale) -> Interval:
    normal = unicodedata.normalize("NFKC", text).strip()
    if not normal or normal.lower() in locale.unknown:
        return Interval(spec.low, spec.high)
    return _interval(spec, normal, locale)


def _expected(spec: FactSpec) -> str:
    match spec.type:
        case FactType.BOOL:
            return "write true or false"
        case FactType.ENUM:
            return f"one of {', '.join(spec.members)}"
        case FactType.DATE:
            return "write it as 2022-06-30, or as a range A..B"
        case FactType.CODE:
            return "write a code such as C2451, or a coarser one"
        case FactType.LIST:
            return "write pairs: [[120, 200], [400, 500]]"
        case FactType.INT:
            return "write a whole number, or a range such as 20..50"
        case _:
            return "write a number, or a range such as 100..200"
