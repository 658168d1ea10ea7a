"""What a record holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match.records.known import (
    known_facts,
    written_determinations,
    written_facts,
)
from policy_match.records.sealing import SCHEMA
from policy_match.reports.document.encoding import as_data
from policy_match.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.reports.document.values import Part
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
    policies: tuple[str, ...] = ()
    """Of which the decision sheet is asked, by id."""


def content(found: Assessment, made: Made) -> dict[str, Any]:
    """Return what a record of an answer holds, but for its seal.

    What would change the answer is advice, no part of the decision, and left
    out. Raises ValueError where what is known of the firm cannot be written
    so that it reads back the same.
    """
    from policy_match.records import models as m  # noqa: PLC0415
    from policy_match.reports.document.answer import document  # noqa: PLC0415

    program, facts = found.program, found.facts
    known = written_facts(facts, program.facts)
    determined = written_determinations(facts, program.facts)
    data = [_data(one) for one in determined]
    again = known_facts(known, program.facts, facts.day, data)
    if again != replace(facts, origin=""):
        msg = "the facts do not read back the same"
        raise ValueError(msg)
    decision = m.Content(
        schema=SCHEMA,
        recorded_at=made.at,
        made_by=m.MadeBy(policy_match=__version__, engine=made.engine),
        rulebook=m.Rules(
            id=program.rulebook,
            digest=program.digest,
            files=made.files,
            parameters=made.parameters,
        ),
        on=program.day,
        today=found.asked_on,
        lang=made.lang,
        policies=made.policies,
        profile=m.Profile(on=facts.day, facts=known, determinations=determined),
        answer=document(found, made.lang).sealed(),
    )
    return _data(decision)


def answer(found: Assessment, lang: str) -> dict[str, Any]:
    """Return an answer as a record keeps it."""
    from policy_match.reports.document.answer import document  # noqa: PLC0415

    return _data(document(found, lang).sealed())


def _data(part: Part) -> dict[str, Any]:
    data: dict[str, Any] = as_data(part, exact=True)
    return data
