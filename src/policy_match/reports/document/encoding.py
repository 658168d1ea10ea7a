"""How a document becomes JSON, and its models a JSON Schema.

Pydantic is asked only once either is wanted: a document by itself is plain
frozen dataclasses, so that an answer in text starts without it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from policy_match.reports.document.values import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import TypeAdapter


DIALECT = "https://json-schema.org/draft/2020-12/schema"
EXACT = {"exact": True}
"""The context in which a number that is not whole is written as a text."""


def as_data(document: Part, *, exact: bool = False) -> Any:  # noqa: ANN401
    """Return a document as plain data: dicts, lists, texts, numbers.

    A field that has its default is left out. Where `exact`, a number that is not
    whole is a text, so that it has one form in every language.
    """
    kind: Any = type(document)
    return _adapter(kind).dump_python(
        document,
        mode="json",
        by_alias=True,
        exclude_defaults=True,
        context=EXACT if exact else None,
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
