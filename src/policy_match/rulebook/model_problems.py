"""What the models of a rule file complain of, in our words and in every language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from policy_match.errors import Fault, did_you_mean
from policy_match.language.messages import Message, said
from policy_match.rulebook import condition_models as models
from policy_match.rulebook.carets import place_of
from policy_match.rulebook.models import RuleFile
from policy_match.rulebook.yaml_reader import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from policy_match.errors import Hint
    from policy_match.rulebook import yaml_reader

_QUOTED = re.compile(r"'([^']*)'")


def explained(
    error: ValidationError, node: yaml_reader.Mapping, text: str
) -> Iterable[Fault]:
    """Return pydantic's findings as faults with places and plain words."""
    lines = lines_of(text)
    for detail in error.errors(include_url=False):
        path = tuple(p for p in detail["loc"] if not str(p).startswith("<"))
        context = detail.get("ctx", {})
        code, message, hint = _in_words(detail, path)
        key = detail["type"] == "extra_forbidden"
        at = int(context.get("at", -1))
        place = place_of(node, path, at, lines, key=key)
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        yield Fault(place, code, message, hint, line)


_WANTED = {
    "dict_type": "keys-wanted",
    "model_type": "keys-wanted",
    "model_attributes_type": "keys-wanted",
    "string_type": "text-wanted",
    "tuple_type": "list-wanted",
}


def _in_words(
    detail: ErrorDetails, path: tuple[str | int, ...]
) -> tuple[str, Message, Hint]:
    last = path[-1] if path else ""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return "R201", said("key-missing", key=last), said("add-key", key=last)
        case "extra_forbidden":
            keys = tuple(_known_keys(detail["loc"]))
            hint = did_you_mean(str(last), keys, said("known-here", known=keys))
            return "R202", said("unknown-key", key=last), hint
        case "R203" | "R301" as code:
            return code, context["message"], context["hint"]
        case "literal_error" | "enum":
            words = _QUOTED.findall(str(context.get("expected", "")))
            *others, other = [said("quoted", text=word) for word in words]
            known = (
                said("this-or-that", one=tuple(others), other=other)
                if others
                else other
            )
            return "R203", said("not-among", text=detail["input"], known=known), ""
        case "too_short" | "too_long" as length:
            count = context["min_length" if length == "too_short" else "max_length"]
            bound = "write-at-least" if length == "too_short" else "write-at-most"
            message = said("has-parts", key=last, count=context["actual_length"])
            return "R203", message, said(bound, count=count)
        case kind:
            return "R203", said(_WANTED.get(kind, "else-wanted"), key=last), ""


def _known_keys(loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the model at `loc` knows."""
    model: Any = RuleFile
    for part in loc[:-1]:
        model = _inner(model, part)
        if model is None:
            return []
    return _keys(model)


def _keys(model: type[BaseModel]) -> list[str]:
    fields = getattr(model, "model_fields", {})
    return [info.alias or name for name, info in fields.items()]


def _inner(model: Any, part: int | str) -> Any:  # noqa: ANN401
    """Return the model that `part` of a location leads to, or None."""
    if str(part).startswith("<"):
        tags = {
            "<if>": models.If,
            "<all>": models.AllOf,
            "<any>": models.AnyOfThem,
            "<not>": models.NotThis,
        }
        return tags.get(str(part), model)
    fields = getattr(model, "model_fields", None)
    if fields is None:
        return model
    for name, info in fields.items():
        if part in {info.alias, name}:
            pending = [info.annotation]
            while pending:
                kind = pending.pop()
                if isinstance(kind, type) and issubclass(kind, BaseModel):
                    return kind
                pending += get_args(kind)
            return None
    return model
