"""What is known of a firm, in JSON and back, exactly.

A value is written as answers write it (a scalar, `low` and `high`, `one_of`,
`none`, null where the firm says that it does not know), but numbers as texts:
`"86"`, `"0.05"`, `"1/3"`, so that no reader rounds them. Days are in ISO.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any

from policy_match.domain.facts import Determination, Facts, FactType
from policy_match.domain.possible import (
    NO_VALUE,
    NONE,
    Choice,
    Interval,
    Listing,
    exactly,
    one,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.records.models import Determined


def written_facts(facts: Facts, specs: Mapping[str, FactSpec]) -> dict[str, Any]:
    """Return what is known of a firm as JSON, by fact."""
    given = {name: _written(value, specs[name]) for name, value in facts.given.items()}
    return given | dict.fromkeys(sorted(facts.unknown))


def known_facts(
    data: Mapping[str, Any],
    specs: Mapping[str, FactSpec],
    day: date | None,
    determined: Sequence[Mapping[str, Any]] = (),
) -> Facts:
    """Return what JSON says is known of a firm.

    Raises KeyError, ValueError or TypeError where it is not what
    `written_facts` and `written_determinations` write.
    """
    unknown = frozenset(name for name, value in data.items() if value is None)
    if not unknown <= specs.keys():
        raise KeyError
    given = {
        name: _known(value, specs[name])
        for name, value in data.items()
        if name not in unknown
    }
    if not all(_fits(value, specs[name]) for name, value in given.items()):
        raise ValueError
    found = tuple(_determination(one, specs) for one in determined)
    return Facts(given, day, determinations=found, unknown=unknown)


def _fits(value: Possible, spec: FactSpec) -> bool:
    """Return whether a fact may have a value: within its range, of its members."""
    unknown = spec.unknown
    if isinstance(value, Interval) and isinstance(unknown, Interval):
        if not value.some:
            return unknown.absent
        within = unknown.low <= value.low <= value.high <= unknown.high
        return within and value.absent <= unknown.absent
    if isinstance(value, Choice) and isinstance(unknown, Choice):
        known = unknown.members is None or (value.members or set()) <= unknown.members
        return known and value.absent <= unknown.absent
    return isinstance(value, Listing)


def written_determinations(
    facts: Facts, specs: Mapping[str, FactSpec]
) -> tuple[Determined, ...]:
    """Return what officers have determined of a firm, for a record."""
    from policy_match.records.models import Determined  # noqa: PLC0415

    return tuple(
        Determined(**{**one._asdict(), "value": _written(one.value, specs[one.fact])})
        for one in facts.determinations
    )


def _determination(
    data: Mapping[str, Any], specs: Mapping[str, FactSpec]
) -> Determination:
    day, *ends = (data[name] for name in ("on", "until", "withdrawn_on"))
    until, withdrawn = (None if x is None else date.fromisoformat(x) for x in ends)
    fact, by, ground = (str(data[name]) for name in ("fact", "by", "ground"))
    value = _known(data["value"], specs[fact])
    return Determination(
        fact, value, by, date.fromisoformat(day), ground, until, withdrawn
    )


def _written(value: Possible, spec: FactSpec) -> Any:  # noqa: ANN401
    match value:
        case Interval():
            return _interval(value, spec.type)
        case Listing(items=items, pairs=pairs):
            ends = [_interval(item, FactType.NUMBER) for item in items or ()]
            return {"list": None if items is None else ends, "pairs": pairs}
        case Choice(members=members, absent=absent):
            if members is None:
                return {"any": True, "none": True} if absent else {"any": True}
            if len(members) == 1 and not absent:
                return next(iter(members))
            if not members:
                return {"none": True}
            several = {"one_of": sorted(members, key=lambda m: (str(type(m)), m))}
            return several | {"none": True} if absent else several


def _interval(value: Interval, kind: FactType) -> Any:  # noqa: ANN401
    if not value.some:
        return {"none": True}
    low, high = _number(value.low, kind), _number(value.high, kind)
    if value.low == value.high and not value.absent:
        return low
    ends = {"low": low, "high": high}
    return ends | {"none": True} if value.absent else ends


def _number(value: Number, kind: FactType) -> str | None:
    if value in (inf, -inf):
        return None
    if kind is FactType.DATE:
        return date.fromordinal(int(value)).isoformat()
    return str(Fraction(value))


def _known(data: Any, spec: FactSpec) -> Possible:  # noqa: ANN401
    if spec.type is FactType.LIST:
        items = data["list"]
        kind = FactType.NUMBER
        parts = None if items is None else tuple(_between(x, kind) for x in items)
        return Listing(parts, data["pairs"])
    if spec.type.numeric:
        return _between(data, spec.type)
    if not isinstance(data, dict):
        return one(data)
    if "any" in data:
        return Choice(None, data.get("none", False))
    if "one_of" not in data:
        return NONE
    return Choice(frozenset(data["one_of"]), data.get("none", False))


def _between(data: Any, kind: FactType) -> Interval:  # noqa: ANN401
    if not isinstance(data, dict):
        return exactly(_value(data, kind))
    if "low" not in data:
        return NO_VALUE
    low = -inf if data["low"] is None else _value(data["low"], kind)
    high = inf if data["high"] is None else _value(data["high"], kind)
    return Interval(low, high, data.get("none", False))


_NUMBER = re.compile(r"-?\d+(/[1-9]\d*)?")


def _value(text: str, kind: FactType) -> Number:
    if kind is FactType.DATE:
        return date.fromisoformat(text).toordinal()
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return plain(Fraction(text))
