"""A decision given again, from its record and the rules it was made by."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match import records
from policy_match.api.matching import match
from policy_match.api.rulebook import Rulebook
from policy_match.errors import (
    BackendUnavailableError,
    Fault,
    Place,
    RecordError,
    reason,
)
from policy_match.messages import said
from policy_match.records.sealing import refused
from policy_match.rulebook.files import shipped_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from os import PathLike

    from policy_match.messages import Message


class Replay(NamedTuple):
    """What a decision comes to when it is given again.

    `difference` is None where the answer is identical, else the place where it
    first differs, what the record has there, and what there is now.
    """

    recorded_at: str
    day: date
    firm: str | None
    policies: int
    backend: str
    difference: tuple[str, object, object] | None


def replay(
    record: str | PathLike[str] | bytes,
    rules: str | PathLike[str] | None = None,
    *,
    warn: Callable[[Message], None] = lambda _: None,
) -> Replay:
    """Give a recorded decision again, and say where it differs.

    `rules` is the directory of the very files it was made by; the shipped
    rulebook unless named. Where its engine is not installed, the reference
    evaluator answers, which `warn` is told, and who answered is not compared.
    Raises RecordError where the record or the rules are not byte for byte those
    of the decision, RulebookError.
    """
    data, file = _read(record)
    content = records.unsealed(data, file)
    try:
        return _replayed(content, file, rules, warn)
    except (KeyError, TypeError, ValueError):
        raise refused(file, "F701", "not-a-record", "record-first") from None


def _read(record: str | PathLike[str] | bytes) -> tuple[bytes, str]:
    if isinstance(record, bytes):
        return record, "<record>"
    try:
        return Path(record).read_bytes(), str(record)
    except OSError as error:
        message = said("unreadable", reason=reason(error))
        fault = Fault(Place(str(record)), "F507", message)
        raise RecordError([fault]) from None


def _replayed(
    content: Mapping[str, Any],
    file: str,
    rules: str | PathLike[str] | None,
    warn: Callable[[Message], None],
) -> Replay:
    made, recorded = content["rulebook"], content["answer"]
    local = made["parameters"]
    book = Rulebook(
        shipped_rules() if rules is None else Path(rules),
        None if local is None else ("parameters", local.encode()),
    )
    _same_files(made["files"], book.file_digests, file, made["digest"])
    law = book.on(content["on"])
    if law.program.digest != made["digest"]:
        raise refused(
            file, "F704", "record-meaning", "record-release", version=made["digest"]
        )
    profile = content["profile"]
    day = profile["on"] and date.fromisoformat(profile["on"])
    facts = records.known_facts(profile["facts"], law.facts, day or None)
    known, backend = [(law.program, facts)], recorded["backend"]
    try:
        (found,) = match(known, backend, warn)
    except BackendUnavailableError as error:
        warn(said("reference-answers", backend=error.backend, mend=error.mend))
        (found,) = match(known, "reference", warn)
    now = json.loads(records.canonical(records.answer(found, content["lang"])))
    then = {**recorded, "backend": found.backend}
    return Replay(
        content["recorded_at"],
        law.day,
        recorded["firm"].get("name"),
        len(found.findings),
        found.backend,
        records.difference(then, now),
    )


def _same_files(
    then: Mapping[str, str], now: Mapping[str, str], file: str, digest: str
) -> None:
    """Raise RecordError where the rules are not the files of the record."""
    changed = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    if changed:
        raise refused(
            file,
            "F704",
            "record-rules",
            "record-those-rules",
            files=tuple(changed[:_NAMED]),
            count=len(changed),
            digest=digest[:_SHOWN],
        )


_NAMED, _SHOWN = 3, len("sha256:") + 12
