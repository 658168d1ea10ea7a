"""How a document becomes JSON, and its models a JSON Schema.

A document by itself is plain frozen dataclasses, and is written without pydantic,
which is asked for schemas alone: an answer starts sooner, and a page has JSON where
there is no pydantic. That both agree is tested.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from policy_match.reports.document.values import (
    IN_MEMORY,
    Encoded,
    Part,
    public,
    settled,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic import TypeAdapter


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def as_data(document: Part, *, exact: bool = False) -> Any:  # noqa: ANN401
    """Return a document as plain data: dicts, lists, texts, numbers.

    A field that has its default is left out. Where `exact`, a number that is not
    whole is a text, so that it has one form in every language.
    """
    return _OF[type(document)](document, exact)


def as_json(found: Part | Sequence[Part]) -> str:
    """Return a document, or a list of documents, as a JSON text."""
    data = as_data(found) if isinstance(found, Part) else [*map(as_data, found)]
    texts: list[str] = []
    _put(data, "", "\n", texts.append)
    return "".join([*texts, "\n"])


# ---- parts as data


class _Makers(dict[type, "Callable[[Any, bool], Any]"]):
    """What makes data of a part of a document, by its class."""

    def __missing__(self, kind: type) -> Callable[[Any, bool], Any]:
        made = self[kind] = _maker(kind)
        return made


_OF = _Makers()


def _maker(kind: type) -> Callable[[Any, bool], Any]:
    if kind in _PLAIN:
        return lambda one, _: one
    if issubclass(kind, Encoded):
        return lambda one, exact: settled(one.json()) if exact else one.json()
    if issubclass(kind, Enum):
        return lambda one, _: one.value
    if is_dataclass(kind):
        return _of_part
    if issubclass(kind, Mapping):
        return _of_mapping
    if issubclass(kind, Iterable) and not issubclass(kind, str):
        return _of_several
    if issubclass(kind, date):
        return lambda one, _: one.isoformat()
    return lambda one, _: str(one)


def _of_part(one: Part, exact: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    cls: type = type(one)
    for field, name, default in _fields(cls):
        value = getattr(one, field)
        if default is not _NONE and value == default:
            continue
        kind = type(value)
        found[name] = value if kind in _PLAIN else _OF[kind](value, exact)
    return found


def _of_mapping(one: Mapping[Any, Any], exact: bool) -> dict[Any, Any]:
    return {
        _OF[type(key)](key, exact): _OF[type(value)](value, exact)
        for key, value in one.items()
    }


def _of_several(one: Iterable[Any], exact: bool) -> list[Any]:
    return [_OF[type(part)](part, exact) for part in one]


_PLAIN = frozenset((str, bool, int, float, type(None)))
_NONE = object()


@cache
def _fields(cls: Any) -> tuple[tuple[str, str, object], ...]:  # noqa: ANN401
    """Return the fields of a part that JSON has, named as there, with defaults."""
    return tuple(
        (
            one.name,
            public(one.name),
            _NONE if one.default is MISSING else one.default,
        )
        for one in fields(cls)
        if one.metadata != IN_MEMORY
    )


# ---- data as a text


def _put(one: Any, before: str, end: str, put: Callable[[str], None]) -> None:  # noqa: ANN401
    """Write `before` and data whose last line begins with `end`, two spaces a level.

    Just what `json.dumps` writes, which takes twice as long where it indents.
    """
    kind, inner = type(one), end + "  "
    if kind is str:
        put(before + encode_basestring(one))
    elif kind is dict and one:
        before += "{" + inner
        for name, value in one.items():
            _put(value, f"{before}{encode_basestring(name)}: ", inner, put)
            before = "," + inner
        put(end + "}")
    elif kind is list and one:
        before += "[" + inner
        for value in one:
            _put(value, before, inner, put)
            before = "," + inner
        put(end + "]")
    elif one is None:
        put(before + "null")
    elif kind is bool:
        put(before + ("true" if one else "false"))
    else:
        put(before + json.dumps(one))


def schema_of(model: Any, name: str, title: str = "") -> dict[str, object]:  # noqa: ANN401
    """Return the JSON Schema of what `as_data` writes of a model."""
    from pydantic.json_schema import GenerateJsonSchema  # noqa: PLC0415

    class Untitled(GenerateJsonSchema):
        """A field's name says enough: it has no title besides."""

        def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002
            return False

    found = _adapter(model).json_schema(
        mode="serialization", by_alias=True, schema_generator=Untitled
    )
    head = {"$schema": DIALECT, "$id": f"policy-match/{name}/1"}
    return {**head, **found, "title": f"policy-match {title or name}"}


@cache
def _adapter(model: Any) -> TypeAdapter[Any]:  # noqa: ANN401
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(model)
