"""The small values that rule files are made of, validated from text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

from policy_match.domain.texts import Citation, Text, Window
from policy_match.language.messages import Message, said
from policy_match.rulebook.syntax import Parsed

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_match.errors import Hint


class Read(NamedTuple):
    """How a field is read, whatever its type looks like inside.

    pydantic's own PlainValidator describes the type as well, for writing it
    out; of types like ours that takes longer than to read all the rules.
    """

    read: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, *_: object) -> core_schema.CoreSchema:
        """Return the schema of a value that `read` reads."""
        return core_schema.no_info_plain_validator_function(self.read)


def wrong(message: Message, hint: Hint = "") -> PydanticCustomError:
    """Return an error whose message and hint go to the user as they are."""
    context = {"message": message, "hint": hint}
    return PydanticCustomError("R203", "{message}", context)


def _text(value: Any) -> Text:  # noqa: ANN401  (what YAML holds)
    if isinstance(value, Text):
        return value
    if isinstance(value, str) and value.strip():
        return Text({"": value.strip()})
    if isinstance(value, dict) and value:
        for language, words in value.items():
            if not isinstance(words, str) or not words.strip():
                raise wrong(said("empty-text", language=language))
        return Text({k: v.strip() for k, v in value.items()})
    raise wrong(said("expected-text"), said("write-languages"))


def _texts(value: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401
    if isinstance(value, dict) and all(map(_are_texts, value.values())):
        return {k: tuple(v) for k, v in value.items()}
    if _are_texts(value):
        return {"": tuple(value)}
    raise wrong(said("expected-texts"), said("write-lists"))


def _names(value: Any) -> tuple[str, ...]:  # noqa: ANN401
    found = value if isinstance(value, list | tuple) else (value,)
    if not all(map(_is_text, found)):
        raise wrong(said("expected-ids"), said("write-ids"))
    return tuple(name.strip() for name in found)


def _are_texts(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, list) and all(map(_is_text, value))


def _is_text(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, str) and bool(value.strip())


def _day(value: Any) -> date:  # noqa: ANN401
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise wrong(said("not-a-day", text=value), said("write-iso-day")) from None


def _spans(value: Any) -> tuple[tuple[date, date], ...]:  # noqa: ANN401
    texts = value if isinstance(value, list | tuple) else (value,)
    return tuple(_span(text) for text in texts)


def _span(value: Any) -> tuple[date, date]:  # noqa: ANN401
    if isinstance(value, tuple):
        return value
    first, _, last = str(value).partition("..")
    start, end = _day(first), _day(last or first)
    if end < start:
        raise wrong(said("a-window-ends-first"), said("swap-ends"))
    return start, end


def _flag(value: Any) -> bool:  # noqa: ANN401
    if value in (True, "true"):
        return True
    if value in (False, "false"):
        return False
    raise wrong(said("not-a-flag", text=value))


def _citations(value: Any) -> tuple[Citation, ...]:  # noqa: ANN401
    texts = value if isinstance(value, list | tuple) else [value]
    if not texts:
        raise wrong(said("expected-source"), said("write-source"))
    return tuple(_citation(text) for text in texts)


def _citation(value: Any) -> Citation:  # noqa: ANN401
    if isinstance(value, Citation):
        return value
    if isinstance(value, dict):
        return _dated(value)
    if not _is_text(value):
        raise wrong(said("expected-source"), said("write-source"))
    source, _, article = value.strip().partition(" ")
    return Citation(source, article.strip())


def _dated(value: dict[str, Any]) -> Citation:
    for key in value.keys() - {"source", "article", "from", "to"}:
        raise wrong(said("unknown-key", key=key), said("write-dated-source"))
    if not _is_text(value.get("source")) or not value.keys() & {"from", "to"}:
        raise wrong(said("expected-source"), said("write-dated-source"))
    start, end = (_day(value[key]) if key in value else None for key in ("from", "to"))
    article = str(value.get("article", "")).strip()
    return Citation(value["source"].strip(), article, Window(start, end))


def _formula(value: Any) -> Parsed:  # noqa: ANN401
    if isinstance(value, Parsed):
        return value
    if not _is_text(value):
        raise wrong(said("expected-formula"))
    from policy_match.rulebook import grammar  # noqa: PLC0415  (a parser generator)

    try:
        return grammar.parse(value)
    except grammar.GrammarError as error:
        context = {"message": error.message, "hint": error.hint, "at": error.at}
        raise PydanticCustomError("R301", "{message}", context) from None


_TEXT = {
    "anyOf": [
        {"type": "string"},
        {"type": "object", "additionalProperties": {"type": "string"}},
    ]
}
_LISTS = {
    "anyOf": [
        {"type": "array", "items": {"type": "string"}},
        {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    ]
}
_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_ONE_CITE = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "required": ["source"],
            "properties": {
                "source": {"type": "string"},
                "article": {"type": "string"},
                "from": _DAY,
                "to": _DAY,
            },
            "additionalProperties": False,
        },
    ],
    "description": "source id, then the article: by-law-4 Article 2",
}
_CITE = {"anyOf": [_ONE_CITE, {"type": "array", "items": _ONE_CITE}]}
_ONE_SPAN = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d(\.\.\d{4}-\d\d-\d\d)?$"}
_SPANS = {"anyOf": [_ONE_SPAN, {"type": "array", "items": _ONE_SPAN}]}
_NAMES = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
_FLAG = {"type": "boolean"}
_SCALAR = {"type": ["string", "number", "boolean"]}
_FORMULA = {"type": ["string", "number", "boolean"], "description": "a formula"}

Words = Annotated[Text, Read(_text), WithJsonSchema(_TEXT)]
"""A text in the rulebook's languages."""
WordLists = Annotated[dict[str, tuple[str, ...]], Read(_texts), WithJsonSchema(_LISTS)]
"""Lists of texts, by language."""
Date = Annotated[date, Read(_day), WithJsonSchema(_DAY)]
Spans = Annotated[tuple[tuple[date, date], ...], Read(_spans), WithJsonSchema(_SPANS)]
"""Days, and runs of days: `2023-01-21..2023-01-27`, both ends included."""
Names = Annotated[tuple[str, ...], Read(_names), WithJsonSchema(_NAMES)]
"""One id, or a list of them."""
Flag = Annotated[bool, Read(_flag), WithJsonSchema(_FLAG)]
Citations = Annotated[tuple[Citation, ...], Read(_citations), WithJsonSchema(_CITE)]
Cite = Annotated[Citation, Read(_citation), WithJsonSchema(_ONE_CITE)]
"""One citation."""
Formula = Annotated[Parsed, Read(_formula), WithJsonSchema(_FORMULA)]
"""A condition or a formula in the rule language."""
Written = Annotated[str, WithJsonSchema(_SCALAR)]
"""A scalar that is typed later, by the fact or parameter it belongs to."""
