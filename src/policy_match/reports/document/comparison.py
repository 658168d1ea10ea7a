"""The JSON Schema of what `compare --format json` writes."""

from __future__ import annotations

from typing import Any

from policy_match.comparison.firms import KINDS
from policy_match.reports.layouts.comparison import SCHEMA

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_MAYBE = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_FIGURE = {"type": ["string", "number", "null"]}
_MONEY = {
    "anyOf": [
        {"type": ["string", "null"], "pattern": r"^-?\d+\.\d{2}$"},
        {"type": "object", "required": ["low", "high"]},
    ]
}


def comparison_schema(dialect: str) -> dict[str, Any]:
    """Return the schema of a comparison."""
    side = _object({"rulebook": _TEXT, "digest": _TEXT, "on": _TEXT})
    policy = _object(
        {
            "policy": _TEXT,
            "change": {
                "enum": ["new", "gone", "starts", "ends", "changed", "reworded"]
            },
            "parts": _TEXTS,
            "conditions_before": _TEXTS,
            "conditions_after": _TEXTS,
            "through": _TEXTS,
        }
    )
    figure = _object({"figure": _TEXT, "before": _FIGURE, "after": _FIGURE})
    fact = _object({"fact": _TEXT, "change": {"enum": ["new", "gone", "changed"]}})
    return {
        "$schema": dialect,
        "$id": SCHEMA,
        "title": "policy-match comparison",
        **_object(
            {
                "schema": {"const": SCHEMA},
                "before": side,
                "after": side,
                "same": {"type": "boolean"},
                "policies": {"type": "array", "items": policy},
                "figures": {"type": "array", "items": figure},
                "facts": {"type": "array", "items": fact},
                "effects": {"anyOf": [_effects(), {"type": "null"}]},
            }
        ),
    }


def _effects() -> dict[str, Any]:
    example = _object(
        {
            "change": {"enum": [*KINDS]},
            "name": _MAYBE,
            "uscc": _MAYBE,
            "before": _TEXT,
            "after": _TEXT,
        }
    )
    effect = _object(
        {
            "policy": _TEXT,
            "counts": {"type": "object", "additionalProperties": _COUNT},
            "amount_before": _MONEY,
            "amount_after": _MONEY,
            "example": {"anyOf": [example, {"type": "null"}]},
        }
    )
    return _object(
        {
            "firms": _COUNT,
            "touched": _COUNT,
            "rejected": _COUNT,
            "policies": {"type": "array", "items": effect},
        }
    )


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": [*properties], "properties": properties}
