"""The one encoding of what is possible (contract, section 4).

A document holds what is possible itself, exact; how it is written in JSON is
settled here, and what that looks like is told to its schema.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

from policy_match.domain.facts import FactType
from policy_match.domain.frozen import dataclass
from policy_match.domain.money import written
from policy_match.domain.possible import Choice, Interval, Listing, exactly
from policy_match.reports.readings.summary import is_exact
from policy_match.reports.words.figures import ordinal_day

if TYPE_CHECKING:
    from dataclasses import Field

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.terms import Condition
    from policy_match.semantics.claiming import Days

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Object = dict[str, Json]
Member = str | bool
"""What a choice that the law leaves to a firm may be."""

_MONEY: Object = {"type": "string", "pattern": r"^-?\d+\.\d{2}$"}
_END: Object = {"anyOf": [_MONEY, {"type": "null"}]}
_DAY: Object = {"type": "string", "format": "date"}
_DAY_OR_NONE: Object = {"anyOf": [_DAY, {"type": "null"}]}
_ENDS: Object = {"type": ["string", "number", "null"]}


def public(name: str) -> str:
    """Return what JSON calls a field: `from` for `from_`."""
    return name.rstrip("_")


IN_MEMORY = {"in memory": True}
"""Metadata of a field that views read, and JSON and its schema do not have."""


@dataclass_transform(
    frozen_default=True, kw_only_default=True, field_specifiers=(field,)
)
class Part:
    """A part of a document; `from_` is `from` in JSON.

    Each kind of part is a dataclass: frozen, made by keywords.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    __pydantic_config__: ClassVar[dict[str, Any]] = {"alias_generator": public}

    def __init_subclass__(cls) -> None:
        """Make a kind of part a dataclass."""
        dataclass(frozen=True, kw_only=True)(cls)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Tell pydantic to leave out what is only in memory."""
        schema = handler(source)
        of: Any = handler.resolve_ref_schema(schema)
        for one in of["schema"]["fields"]:
            if cls.__dataclass_fields__[one["name"]].metadata == IN_MEMORY:
                one["serialization_exclude"] = True
        return schema


class Encoded:
    """What has a form of its own in JSON."""

    FORM: ClassVar[Object]
    """Its JSON Schema."""

    def json(self) -> Json:
        """Return it as JSON has it."""
        raise NotImplementedError

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Tell pydantic to leave the writing to `json`."""
        from pydantic_core import core_schema  # noqa: PLC0415

        def encode(found: Encoded, info: core_schema.SerializationInfo) -> Json:
            data = found.json()
            return settled(data) if info.context else data

        return core_schema.is_instance_schema(
            cls,
            ref=cls.__name__,
            serialization=core_schema.plain_serializer_function_ser_schema(
                encode, info_arg=True
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> Object:
        """Tell pydantic what `json` writes."""
        return {"description": (cls.__doc__ or "").partition("\n")[0], **cls.FORM}


@dataclass(frozen=True)
class Value(Encoded):
    """What is possible: one value, a range, a set, none; null if nothing is known.

    Of a fact, or where there is no `spec`, a number of a kind.
    """

    possible: Possible
    kind: FactType
    spec: FactSpec | None = None

    FORM: ClassVar[Object] = {
        "anyOf": [
            {"type": ["string", "number", "boolean", "null"]},
            {"type": "array", "items": {}},
            {
                "type": "object",
                "required": ["low", "high"],
                "properties": {"low": _ENDS, "high": _ENDS, "none": {"const": True}},
                "additionalProperties": False,
            },
            {
                "type": "object",
                "required": ["one_of"],
                "properties": {
                    "one_of": {"type": "array", "items": {}},
                    "none": {"const": True},
                },
                "additionalProperties": False,
            },
            {
                "type": "object",
                "required": ["none"],
                "properties": {"none": {"const": True}},
                "additionalProperties": False,
            },
        ]
    }

    @property
    def number(self) -> Interval:
        """What is possible of a number; only asked where it is one."""
        assert isinstance(self.possible, Interval)  # noqa: S101  # INVARIANT: a number
        return self.possible

    def json(self) -> Json:
        """Return a scalar, `low` and `high`, `one_of`, `none`, or null."""
        if self.spec is not None:
            return encoded(self.possible, self.spec)
        return interval(self.number, self.kind)


@dataclass(frozen=True)
class Rule(Encoded):
    """A condition as the rulebook has it, for who puts it into words."""

    condition: Condition
    FORM: ClassVar[Object] = {}


@dataclass(frozen=True)
class Money(Encoded):
    """An exact amount of money, rounded to the cent."""

    value: Number
    FORM: ClassVar[Object] = _MONEY

    def json(self) -> Json:
        """Return a text with two places."""
        return written(self.value)


@dataclass(frozen=True)
class Range(Encoded):
    """An amount of money between two ends; an open end is null."""

    value: Interval
    FORM: ClassVar[Object] = {
        "anyOf": [
            {
                "type": "object",
                "required": ["low", "high"],
                "properties": {"low": _END, "high": _END, "none": {"const": True}},
                "additionalProperties": False,
            },
            {
                "type": "object",
                "required": ["none"],
                "properties": {"none": {"const": True}},
                "additionalProperties": False,
            },
        ]
    }

    def json(self) -> Json:
        """Return both ends, rounded; `none` where there may be no amount."""
        if not self.value.some:
            return {"none": True}
        ends: Object = {
            "low": written(self.value.low),
            "high": written(self.value.high),
        }
        return ends | {"none": True} if self.value.absent else ends


@dataclass(frozen=True)
class DaySpan(Encoded):
    """A day, or between which days it lies; an end that is not known is null."""

    days: Days
    FORM: ClassVar[Object] = {
        "anyOf": [
            _DAY,
            {
                "type": "object",
                "required": ["low", "high"],
                "properties": {"low": _DAY_OR_NONE, "high": _DAY_OR_NONE},
                "additionalProperties": False,
            },
        ]
    }

    def json(self) -> Json:
        """Return a day in ISO, or both ends."""
        if self.days.exact is not None:
            return self.days.exact.isoformat()
        low, high = (day.isoformat() if day else None for day in self.days)
        return {"low": low, "high": high}


def settled(data: Json) -> Json:
    """Return JSON in which a number that is not whole is a text.

    Each language writes such numbers in its own way, and a record has one form.
    """
    match data:
        case float():
            return f"{Decimal(repr(data)):f}"
        case dict():
            return {name: settled(value) for name, value in data.items()}
        case list():
            return [settled(value) for value in data]
        case _:
            return data


def encoded(possible: Possible, spec: FactSpec) -> Json:
    """Return what is possible of a fact; None where nothing is known.

    One value is a scalar, a range `low` and `high` with an open end None, a
    set `one_of`. `none` is added where there may be no value at all.
    """
    if possible == spec.unknown:
        return None
    match possible:
        case Interval():
            return interval(possible, spec.type)
        case Choice():
            return _choice(possible, spec)
        case Listing(items=items):
            return _listing(items, pairs=possible.pairs)


def scalar(value: Number, kind: FactType) -> Json:
    """Return one number: money in two places, a date in ISO, an open end None."""
    if kind is FactType.MONEY:
        return written(value)
    if kind is FactType.DATE:
        day = ordinal_day(value)
        return day.isoformat() if day else None
    if value in (inf, -inf):
        return None
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else float(exact)


def interval(value: Interval, kind: FactType) -> Json:
    """Return a number, a range, or `none`."""
    if not value.some:
        return {"none": True}
    low, high = scalar(value.low, kind), scalar(value.high, kind)
    if low == high and not value.absent and low is not None:
        return low
    if low is None and high is None and not value.absent:
        return None
    ends: dict[str, Json] = {"low": low, "high": high}
    return ends | {"none": True} if value.absent else ends


def _choice(value: Choice, spec: FactSpec) -> Json:
    if value.members is None:
        return None
    if not value.members:
        return {"none": True}
    order = {member: place for place, member in enumerate(spec.members)}
    ranked = sorted(
        value.members, key=lambda m: (order.get(str(m), len(order)), str(m))
    )
    if len(ranked) == 1 and not value.absent:
        return ranked[0]
    several: dict[str, Json] = {"one_of": [*ranked]}
    return several | {"none": True} if value.absent else several


def _listing(items: tuple[Interval, ...] | None, *, pairs: bool) -> Json:
    if items is None:
        return None
    numbers = [interval(item, FactType.NUMBER) for item in items]
    if not pairs:
        return [*numbers]
    return [[*two] for two in zip(numbers[::2], numbers[1::2], strict=False)]


def exact_amount(value: Interval | None) -> Money | None:
    """Return an amount that is exact once rounded, else None."""
    return None if value is None or not is_exact(value) else Money(value.low)


def amount_of(amount: Money | None, range_: Range | None) -> Interval | None:
    """Return an amount that is told as exact or as a range; None if it is neither."""
    if amount is not None:
        return exactly(amount.value)
    return range_.value if range_ is not None else None
