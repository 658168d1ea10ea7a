"""The JSON Schema of a decision record."""

from __future__ import annotations

from typing import Any

from policy_match.compiler.schema import DIALECT
from policy_match.records.sealing import SCHEMA

_TEXT = {"type": "string"}
_DIGEST = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
_DAY = {"type": "string", "format": "date"}


def record_schema() -> dict[str, Any]:
    """Return the schema of a record; its answer is that of an assessment."""
    return {
        "$schema": DIALECT,
        "$id": SCHEMA,
        "title": "policy-match decision record",
        **_object(
            {
                "schema": {"const": SCHEMA},
                "recorded_at": {"type": "string", "format": "date-time"},
                "made_by": _object(
                    {
                        "policy_match": _TEXT,
                        "engine": {"type": ["string", "null"]},
                    }
                ),
                "rulebook": _object(
                    {
                        "id": _TEXT,
                        "digest": _DIGEST,
                        "files": {"type": "object", "additionalProperties": _DIGEST},
                        "parameters": {"type": ["string", "null"]},
                    }
                ),
                "on": _DAY,
                "lang": _TEXT,
                "profile": _object(
                    {
                        "on": {"anyOf": [_DAY, {"type": "null"}]},
                        "facts": {
                            "type": "object",
                            "description": "by fact: a text, a number as a text, a "
                            "bool; low and high; one_of; none; list",
                        },
                    }
                ),
                "answer": {
                    "type": "object",
                    "required": ["backend", "findings", "derived", "totals"],
                    "description": "as in policy-match/assessment/1, without what "
                    "would change it",
                },
                "seal": _DIGEST,
            }
        ),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }
