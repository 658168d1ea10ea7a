"""The JSON Schema of an assessment, the answer of `check --format json`."""

from __future__ import annotations

from typing import Any, get_args

from policy_match.compiler.schema import DIALECT
from policy_match.rulebook.models import Form, Kind
from policy_match.semantics.outcome import Outcome

_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_MAYBE = {"type": ["string", "null"]}
_MONEY = {"type": ["string", "null"], "pattern": r"^-?\d+\.\d{2}$"}
_RANGE = {
    "type": ["object", "null"],
    "required": ["low", "high"],
    "properties": {"low": _MONEY, "high": _MONEY},
}
_VALUE: dict[str, Any] = {
    "description": "what is possible: a value, a range, a set, none, nothing known",
    "anyOf": [
        {"type": ["string", "number", "boolean", "null", "array"]},
        {"type": "object", "required": ["low", "high"]},
        {"type": "object", "required": ["one_of"]},
        {"type": "object", "required": ["none"]},
    ],
}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
    }


_LOSSES = {
    "type": "array",
    "items": _object({"policy": _TEXT, "amount": _MONEY}),
}


def assessment_schema() -> dict[str, Any]:
    """Return the schema of the answer for one firm, or of a list of answers."""
    return {
        "$schema": DIALECT,
        "$id": "policy-match/assessment/1",
        "title": "policy-match assessment",
        "anyOf": [
            {"$ref": "#/$defs/assessment"},
            {"type": "array", "items": {"$ref": "#/$defs/assessment"}},
        ],
        "$defs": {
            "assessment": _assessment(),
            "finding": _finding(),
            "evidence": _evidence(),
        },
    }


def _assessment() -> dict[str, Any]:
    return _object(
        {
            "schema": {"const": "policy-match/assessment/1"},
            "backend": {"enum": ["durable-rules", "reference"]},
            "rulebook": _object({"id": _TEXT, "digest": _TEXT}),
            "on": {"type": "string", "format": "date"},
            "firm": _object({"name": _MAYBE, "uscc": _MAYBE}),
            "derived": {"type": "object", "additionalProperties": _VALUE},
            "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}},
            "not_in_force": {
                "type": "array",
                "items": _object({"policy": _TEXT, "from": _MAYBE, "to": _MAYBE}),
            },
            "questions": {
                "type": "array",
                "items": _object({"fact": _TEXT, "asks": _TEXT, "settles": _TEXTS}),
            },
            "warnings": _TEXTS,
            "bundle": {"anyOf": [_bundle(), {"type": "null"}]},
            "cliffs": {"type": "array", "items": _cliff()},
            "totals": _object(
                {
                    "eligible": {"type": "integer"},
                    "ineligible": {"type": "integer"},
                    "undetermined": {"type": "integer"},
                    "amount": {"type": "object", "additionalProperties": _RANGE},
                }
            ),
        }
    )


def _finding() -> dict[str, Any]:
    benefit = _object(
        {
            "form": {"enum": list(get_args(Form))},
            "amount": _MONEY,
            "range": _RANGE,
            "set_by": _MAYBE,
            "unit": _MAYBE,
        }
    )
    return _object(
        {
            "policy": _TEXT,
            "title": _TEXT,
            "kind": {"enum": list(get_args(Kind))},
            "outcome": {"enum": [outcome.value for outcome in Outcome]},
            "selected": {"type": ["boolean", "null"]},
            "excluded_by": _MAYBE,
            "tier": _MAYBE,
            "tiers": _TEXTS,
            "benefit": {"anyOf": [benefit, {"type": "null"}]},
            "missing": _TEXTS,
            "awaiting": {
                "type": "array",
                "items": {"enum": ["firm", "register", "officer"]},
            },
            "evidence": {"$ref": "#/$defs/evidence"},
            "sources": _TEXTS,
            "departments": _object({"lead": _TEXT, "granting": _TEXT}),
            "claim": {"type": ["object", "null"]},
            "would_change": {"type": "array", "items": _proposal()},
        }
    )


def _proposal() -> dict[str, Any]:
    change = _object({"fact": _TEXT, "now": _VALUE, "to": _VALUE, "distance": _VALUE})
    return _object(
        {
            "changes": {"type": "array", "items": change},
            "day": _MAYBE,
            "to_decide": _TEXTS,
            "loses": _LOSSES,
            "amount": _MONEY,
            "range": _RANGE,
        }
    )


def _bundle() -> dict[str, Any]:
    taken = {
        "policies": _TEXTS,
        "value": _VALUE,
        "options": {"type": "object", "additionalProperties": _VALUE},
    }
    dropped = _object({"policy": _TEXT, "instead": _TEXTS, "less": _VALUE})
    other = _object({**taken, "less": _VALUE})
    cut = _object({"policy": _TEXT, "kept": _VALUE})
    return _object(
        {
            **taken,
            "certain": {"type": "boolean"},
            "runner_up": {"anyOf": [other, {"type": "null"}]},
            "dropped": {"type": "array", "items": dropped},
            "cut": {"type": "array", "items": cut},
        }
    )


def _cliff() -> dict[str, Any]:
    return _object(
        {
            "fact": _TEXT,
            "now": _VALUE,
            "last": _VALUE,
            "room": _VALUE,
            "losses": _LOSSES,
        }
    )


def _evidence() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["condition", "truth"],
        "properties": {
            "condition": _TEXT,
            "truth": {"enum": ["true", "false", "unknown"]},
            "decisive": {"type": "boolean"},
            "value": _VALUE,
            "says": _TEXT,
            "of": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
            "because": {"type": "array", "items": {"$ref": "#/$defs/evidence"}},
        },
    }
