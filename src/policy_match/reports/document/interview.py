"""The JSON Schema of `assess --questions json`."""

from __future__ import annotations

from typing import Any

from policy_match.domain.facts import FactType, Settler
from policy_match.semantics.outcome import Outcome

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_MAYBE = {"type": ["string", "null"]}
_BOOL = {"type": "boolean"}
_COUNT = {"type": "integer", "minimum": 0}


def questions_schema(dialect: str) -> dict[str, Any]:
    """Return the schema of what a front end is told before it asks a question."""
    tally: dict[str, Any] = {outcome.value: _COUNT for outcome in Outcome}
    return {
        "$schema": dialect,
        "$id": "policy-match/questions/1",
        "title": "policy-match questions",
        **_object(
            {
                "schema": {"const": "policy-match/questions/1"},
                "on": {"type": "string", "format": "date"},
                "done": _BOOL,
                "remaining": _COUNT,
                "tally": _object({**tally, "amount": {"type": "object"}}),
                "questions": {"type": "array", "items": _question()},
            }
        ),
    }


def _question() -> dict[str, Any]:
    choice = _object({"value": _TEXT, "label": _TEXT})
    return _object(
        {
            "fact": _TEXT,
            "type": {"enum": [kind.value for kind in FactType]},
            "title": _TEXT,
            "asks": _TEXT,
            "definition": _MAYBE,
            "cite": _TEXTS,
            "unit": _MAYBE,
            "explanation": _TEXTS,
            "values": {"type": ["object", "null"]},
            "choices": {
                "description": "answers to offer; of a number, ranges",
                "type": "array",
                "items": choice,
            },
            "may_be_none": _BOOL,
            "elected": _BOOL,
            "settled_by": {"enum": [settler.value for settler in Settler]},
            "settles": _TEXTS,
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
    }
