"""What a record holds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match.records.known import known_facts, written_facts
from policy_match.records.sealing import SCHEMA
from policy_match.reports.document.answer import as_object
from policy_match.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.semantics.outcome import Assessment


class Made(NamedTuple):
    """By what an answer was made, besides the firm."""

    at: str
    """The time, as whoever asked gives it."""
    engine: str | None
    """The version of the rule engine, None for the reference evaluator."""
    files: Mapping[str, str]
    """The digest of each rule file's bytes, by its name below the rules."""
    parameters: str | None
    """The parameters file, whole."""
    lang: str


def content(found: Assessment, made: Made) -> dict[str, Any]:
    """Return what a record of an answer holds, but for its seal.

    What would change the answer is advice, no part of the decision, and left
    out. Raises ValueError where what is known of the firm cannot be written
    so that it reads back the same.
    """
    program, facts = found.program, found.facts
    known = written_facts(facts, program.facts)
    if known_facts(known, program.facts, facts.day).given != dict(facts.given):
        msg = "the facts do not read back the same"
        raise ValueError(msg)
    return {
        "schema": SCHEMA,
        "recorded_at": made.at,
        "made_by": {"policy_match": __version__, "engine": made.engine},
        "rulebook": {
            "id": program.rulebook,
            "digest": program.digest,
            "files": dict(made.files),
            "parameters": made.parameters,
        },
        "on": program.day.isoformat(),
        "lang": made.lang,
        "profile": {
            "on": facts.day.isoformat() if facts.day else None,
            "facts": known,
        },
        "answer": answer(found, made.lang),
    }


def answer(found: Assessment, lang: str) -> dict[str, Any]:
    """Return an answer as a record keeps it."""
    data: dict[str, Any] = as_object(found, lang)
    findings = [_without(one, "would_change") for one in data["findings"]]
    kept: dict[str, Any] = _settled({**_without(data, "cliffs"), "findings": findings})
    return kept


def _without(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != key}


def _settled(data: Any) -> Any:  # noqa: ANN401  (any JSON)
    """Return JSON in which a number that is not whole is a text.

    Each language writes such numbers in its own way, and a record has one form.
    """
    match data:
        case float():
            return f"{Decimal(repr(data)):f}"
        case dict():
            return {name: _settled(value) for name, value in data.items()}
        case list():
            return [_settled(value) for value in data]
        case _:
            return data
