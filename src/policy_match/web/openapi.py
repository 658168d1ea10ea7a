"""What the API is, for programs: OpenAPI 3.1, from the models of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from policy_match.domain.facts import FactType
from policy_match.language.words import LANGUAGES
from policy_match.reports.document import models, policies
from policy_match.reports.document.plan import Plan
from policy_match.reports.interview.document import Questions
from policy_match.version import __version__
from policy_match.web.negotiation import LANGUAGE
from policy_match.web.problems import MEDIA, ProblemModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from fastapi import FastAPI

    from policy_match.domain.facts import FactSpec
    from policy_match.web.face import Face

_JSON = "application/json"
_SCHEMAS = "#/components/schemas/"
_PROBLEMS: dict[int | str, str] = {
    400: "the body is not JSON",
    404: "there is nothing here",
    405: "the method is not possible here",
    408: "the body did not arrive in time",
    412: "the rulebook is not the one that If-Match names",
    413: "the body is too large",
    415: "the body is not declared as JSON, or is compressed",
    421: "the server does not answer to this name",
    422: "something in the request cannot be used; all of it at once",
    503: "too many requests are waiting",
}
_GETS = (404, 405, 421, 422, 503)
_ANSWERS: dict[str, Any] = {
    "policies": list[policies.ListedPolicy],
    "policy": policies.DescribedPolicy,
    "facts": list[policies.FactEntry],
    "parameters": list[policies.FigureEntry],
    "codes": list[policies.CodeEntry],
    "check": models.Answer | list[models.Answer],
    "plan": Plan | list[Plan],
    "questions": Questions | list[Questions],
}
_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "schema": {"type": "string", "examples": ["zh", "en"]},
    "description": "the language of all texts: zh or en",
}
_LANG = {
    "name": LANGUAGE,
    "in": "query",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
    "description": "the same, before the header",
}
_MATCH = {
    "name": "If-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "the digest of the rulebook that must answer; 412 where it changed",
}
_KNOWN = {
    "name": "If-None-Match",
    "in": "header",
    "schema": {"type": "string"},
    "description": "the ETag of an answer that the client has; 304 where it holds",
}


def listing(name: str) -> dict[str, Any]:
    """Return how a GET is described."""
    found: dict[int | str, Any] = {
        200: {"model": _ANSWERS[name]},
        304: {"description": "the client has this answer already"},
    }
    return {
        "operation_id": name,
        "response_model": None,
        "responses": found | _problems(_GETS),
        "openapi_extra": {"parameters": [_LANGUAGE, _LANG, _KNOWN]},
    }


def asking(name: str) -> dict[str, Any]:
    """Return how a POST is described."""
    answer = _ANSWERS.get(name)
    told = {
        "description": "the answer",
        "content": {_JSON: {"schema": {"type": "object"}}},
    }
    found: dict[int | str, Any] = {200: {"model": answer} if answer else told}
    content = {_JSON: {"schema": _body(name)}}
    return {
        "operation_id": name,
        "response_model": None,
        "responses": found | _problems(_PROBLEMS),
        "openapi_extra": {
            "parameters": [_LANGUAGE, _LANG, _MATCH],
            "requestBody": {"required": True, "content": content},
        },
    }


def _problems(statuses: Any) -> dict[int | str, Any]:  # noqa: ANN401  (numbers)
    return {
        status: {
            "model": ProblemModel,
            "description": _PROBLEMS[status],
            "content": {MEDIA: {}},
        }
        for status in statuses
    }


def _body(name: str) -> dict[str, Any]:
    if name == "replay":
        return {"type": "object", "description": "a decision record"}
    one = {"$ref": f"#/components/schemas/{_SHAPES[name]}"}
    if name == "records":
        return one
    several = {"type": "array", "items": one, "minItems": 1, "maxItems": 100}
    return {"anyOf": [one, several]}


_BESIDE = {"check": "text/html", "plan": "text/calendar"}
"""What else than JSON is given where it is asked for."""
_SHAPES = {
    "check": "FirmSent",
    "questions": "FirmAsked",
    "plan": "FirmSent",
    "records": "FirmRecorded",
}


def described(app: FastAPI, face: Face) -> dict[str, Any]:
    """Return the OpenAPI description, with the facts of the rulebook."""
    found = get_openapi(
        title="policy-match",
        version=__version__,
        summary="Which incentives a firm is entitled to, how much, by which article.",
        description=(
            "Bodies hold values as a profile does; null is unknown, which is never "
            "no. Answers are those of the command line. Nothing is kept."
        ),
        routes=app.routes,
    )
    found["components"]["schemas"] |= dict(_bodies(face))
    found = _shortly(found)
    for name, shape in found["components"]["schemas"].items():
        # A client that is generated needs to know what these are called, and that
        # there is no more in them.
        shape["title"] = name
        if "properties" in shape:
            shape.setdefault("additionalProperties", False)
    example = _example(face.law(None).facts)
    for path in found["paths"].values():
        for operation in path.values():
            if kind := _BESIDE.get(operation["operationId"]):
                text = {"schema": {"type": "string"}}
                operation["responses"]["200"]["content"][kind] = text
            if operation["operationId"] in _SHAPES:
                operation["requestBody"]["content"][_JSON]["example"] = example
            for response in operation["responses"].values():
                _only_problems(response)
    return found


def _shortly(described: dict[str, Any]) -> dict[str, Any]:
    """Return a description as generators of clients can use it.

    Two models of one name are not told apart by the module they stand in, and what
    is always true is a boolean: several generators take no such constant.
    """
    names = {name: _short(name) for name in described["components"]["schemas"]}

    def renewed(part: Any) -> Any:  # noqa: ANN401  (JSON)
        if isinstance(part, list):
            return [renewed(one) for one in part]
        if not isinstance(part, dict):
            return part
        if part.get("const") is True:
            return {"type": "boolean", "description": "always true"}
        ref = part.get("$ref", "")
        if ref.startswith(_SCHEMAS):
            return {**part, "$ref": _SCHEMAS + names[ref.removeprefix(_SCHEMAS)]}
        return {names.get(key, key): renewed(one) for key, one in part.items()}

    found: dict[str, Any] = renewed(described)
    return found


def _short(name: str) -> str:
    """Return a model's name without its modules, but for what tells it apart.

    >>> _short("a__document__models__Tally"), _short("a__interview__document__Tally")
    ('Tally', 'InterviewTally')
    """
    *modules, plain = name.split("__")
    where = next((x for x in reversed(modules) if x != "document"), "models")
    return plain if where == "models" else where.title() + plain


def _example(specs: Mapping[str, FactSpec]) -> dict[str, Any]:
    """Return a body of the rulebook's own facts: one of each type, one unknown."""
    values: dict[FactType, Callable[[FactSpec], Any]] = {
        FactType.BOOL: lambda _: True,
        FactType.ENUM: lambda spec: next(iter(spec.members)),
        FactType.INT: lambda _: 86,
        FactType.MONEY: lambda _: "1100000..1300000",
    }
    facts: dict[str, Any] = {}
    for kind, value in values.items():
        of_kind = [s for s in specs.values() if s.type is kind and not s.derived]
        facts |= {spec.id: value(spec) for spec in of_kind[:1]}
        facts |= {spec.id: None for spec in of_kind[1:2] if kind is FactType.MONEY}
    return {"on": "2022-12-31", "today": "2023-03-15", "facts": facts}


def _only_problems(response: dict[str, Any]) -> None:
    """Give a refusal its one media type: FastAPI adds the model as JSON too."""
    content = response.get("content", {})
    if MEDIA in content:
        content[MEDIA] = content.pop(_JSON, content[MEDIA])


def _bodies(face: Face) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the schemas of what may be sent, by name."""
    specs = face.law(None).facts
    yield (
        "Facts",
        {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: _fact(spec) for name, spec in specs.items()},
        },
    )
    shared = {
        "on": {
            "type": ["string", "null"],
            "format": "date",
            "description": "the day whose law applies; today where it is left out",
        },
        "today": {
            "type": ["string", "null"],
            "format": "date",
            "description": (
                "the day from which deadlines are dated, as --today names it; the "
                "real one where it is left out"
            ),
        },
        "facts": {"$ref": "#/components/schemas/Facts"},
        "determinations": {
            "type": "array",
            "items": {"$ref": "#/components/schemas/DeterminationSent"},
        },
    }
    texts = ("by", "on", "ground", "until", "withdrawn_on")
    yield (
        "DeterminationSent",
        {
            "type": "object",
            "required": ["fact", "value", "by", "on", "ground"],
            "additionalProperties": False,
            "properties": {
                "fact": {"type": "string"},
                "value": {"type": ["boolean", "string", "number"]},
                **{name: {"type": "string"} for name in texts},
            },
        },
    )
    skipped = {"type": "array", "items": {"type": "string"}}
    at = {"type": "string", "format": "date-time"}
    for name, more in (
        ("FirmSent", {}),
        ("FirmAsked", {"skipped": skipped}),
        ("FirmRecorded", {"at": at}),
    ):
        yield (
            name,
            {
                "type": "object",
                "required": ["facts"],
                "additionalProperties": False,
                "properties": shared | more,
            },
        )


def _fact(spec: FactSpec) -> dict[str, Any]:
    """Return what may be sent of a fact: as in a profile, or null."""
    kinds = {
        FactType.BOOL: ["boolean", "string"],
        FactType.ENUM: ["string", "array"],
        FactType.CODE: ["string", "array"],
        FactType.DATE: ["string"],
        FactType.TEXT: ["string"],
        FactType.LIST: ["array", "string"],
    }.get(spec.type, ["number", "string"])
    found: dict[str, Any] = {"type": [*kinds, "null"]}
    if "array" in kinds:
        found["items"] = {}
    title = spec.title.by_language
    return found | {"description": " / ".join(title.values())}
