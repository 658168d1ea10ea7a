"""JSON Schemas for editors: rule files, and profiles of one rulebook's firms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policy_match.domain.facts import FactType, Settler
from policy_match.rulebook.models import RuleFile

if TYPE_CHECKING:
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.texts import Text
    from policy_match.ir.program import Program

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NONE = {"const": "none"}
_UNKNOWN = {"enum": ["unknown", None]}


def rule_file_schema() -> dict[str, Any]:
    """Return the schema of a file below `rules/`."""
    schema = RuleFile.model_json_schema(by_alias=True)
    return {
        "$schema": DIALECT,
        "$id": "policy-match/rule-file/1",
        **schema,
        "title": "policy-match rule file",
        "description": "One YAML file of a rulebook.",
    }


def profile_schema(program: Program) -> dict[str, Any]:
    """Return the schema of a firm's profile: this rulebook's facts, described."""
    facts = {spec.id: _fact(spec) for spec in program.facts.values()}
    return {
        "$schema": DIALECT,
        "$id": f"policy-match/profile/1/{program.rulebook}",
        "title": "policy-match profile",
        "description": _both(program.title),
        "type": "object",
        "required": ["facts"],
        "additionalProperties": False,
        "properties": {
            "on": {
                "description": "the day the facts describe",
                "type": "string",
            },
            "facts": {
                "type": ["object", "null"],
                "additionalProperties": False,
                "properties": facts,
            },
            "determinations": {
                "description": "what officers have determined of the firm",
                "type": "array",
                "items": _determination(program),
            },
        },
    }


def _determination(program: Program) -> dict[str, Any]:
    officers = [
        spec.id
        for spec in program.facts.values()
        if spec.settled_by is Settler.OFFICER and not spec.derived
    ]
    texts = {
        "by": "who determined it: office and name",
        "on": "the day of the determination",
        "ground": "on what ground: a document, a paper",
        "until": "the last day on which it counts; leave out where it does not expire",
        "withdrawn_on": "the day on which it was withdrawn",
    }
    described = {
        key: {"description": text, "type": "string"} for key, text in texts.items()
    }
    return {
        "type": "object",
        "required": ["fact", "value", "by", "on", "ground"],
        "additionalProperties": False,
        "properties": {"fact": {"enum": officers}, "value": {}, **described},
    }


def _both(text: Text) -> str:
    return " / ".join(text.by_language.values())


def _fact(spec: FactSpec) -> dict[str, Any]:
    unit = f" ({_both(spec.unit)})" if spec.unit else ""
    lines = [_both(spec.asks), _both(spec.definition)]
    described = {
        "title": _both(spec.title) + unit,
        "description": "\n".join(line for line in lines if line),
    }
    return {**described, "anyOf": _shapes(spec)}


def _shapes(spec: FactSpec) -> list[dict[str, Any]]:
    shapes: list[dict[str, Any]]
    match spec.type:
        case FactType.BOOL:
            words = ["true", "false", "yes", "no", "是", "否", "有", "无"]
            shapes = [{"type": "boolean"}, {"enum": words}]
        case FactType.ENUM:
            members = [*spec.members]
            titles = [t for m in spec.members.values() for t in m.by_language.values()]
            shapes = [
                {"enum": members},
                {"enum": titles},
                {"type": "array", "items": {"enum": [*members, *titles]}},
            ]
        case FactType.LIST:
            pair = {"type": "array", "minItems": 2, "maxItems": 2}
            shapes = [{"type": "array", "items": pair}, {"type": "string"}]
        case FactType.DATE:
            shapes = [{"type": "string"}]
        case FactType.CODE:
            codes = {"type": ["string", "integer"]}
            shapes = [codes, {"type": "array", "items": codes}]
        case FactType.TEXT:
            shapes = [{"type": ["string", "number"]}]
        case _:
            shapes = [{"type": "number"}, {"type": "string"}]
    return [*shapes, _NONE, _UNKNOWN]
