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
from typing import TYPE_CHECKING, Any

from policy_match.reports.document.values import (
    IN_MEMORY,
    Encoded,
    Part,
    public,
    settled,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import TypeAdapter


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def as_data(document: Part, *, exact: bool = False) -> Any:  # noqa: ANN401
    """Return a document as plain data: dicts, lists, texts, numbers.

    A field that has its default is left out. Where `exact`, a number that is not
    whole is a text, so that it has one form in every language.
    """
    return _data(document, exact)


def _data(one: Any, exact: bool) -> Any:  # noqa: ANN401  (any part of a document)
    if one is None or type(one) in _PLAIN:
        return one
    if isinstance(one, Encoded):
        data = one.json()
        return settled(data) if exact else data
    if isinstance(one, Enum):
        return one.value
    if is_dataclass(one):
        kind: type = type(one)
        return {
            name: _data(value, exact)
            for field, name, default in _fields(kind)
            if (value := getattr(one, field)) != default
        }
    if isinstance(one, Mapping):
        return {_data(key, exact): _data(value, exact) for key, value in one.items()}
    if isinstance(one, Iterable) and not isinstance(one, str):
        return [_data(part, exact) for part in one]
    return one.isoformat() if isinstance(one, date) else str(one)


_PLAIN = frozenset((str, bool, int, float))
_NO_DEFAULT = object()


@cache
def _fields(cls: Any) -> tuple[tuple[str, str, object], ...]:  # noqa: ANN401
    """Return the fields of a part that JSON has, named as there, with defaults."""
    return tuple(
        (
            one.name,
            public(one.name),
            _NO_DEFAULT if one.default is MISSING else one.default,
        )
        for one in fields(cls)
        if one.metadata != IN_MEMORY
    )


def as_json(found: Part | Sequence[Part]) -> str:
    """Return a document, or a list of documents, as a JSON text."""
    data = as_data(found) if isinstance(found, Part) else [*map(as_data, found)]
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


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
