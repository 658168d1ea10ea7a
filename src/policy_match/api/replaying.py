"""A decision given again, from its record and the rules it was made by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from policy_match import records
from policy_match.api.answer import Answer
from policy_match.api.matching import BACKENDS, match
from policy_match.api.rulebook import Rulebook
from policy_match.errors import (
    BackendUnavailableError,
    Fault,
    Place,
    RecordError,
    reason,
)
from policy_match.language.messages import said
from policy_match.records.sealing import refused
from policy_match.rulebook.files import shipped_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from os import PathLike

    from policy_match.ir.program import Program
    from policy_match.language.messages import Message
    from policy_match.records import Difference
    from policy_match.semantics.outcome import Assessment


class Replay(NamedTuple):
    """What a decision comes to when it is given again.

    `difference` is None where the answer is identical.
    """

    recorded_at: str
    day: date
    firm: str | None
    policies: int
    backend: str
    difference: Difference | None
    answer: Answer
    """The answer as it is given now."""
    signed_by: str | None = None
    """The digest of the public key whose signature the record has; None of none."""
    lang: str = "zh"
    """The language in which it was given."""
    asked: tuple[str, ...] = ()
    """The policies of which its decision sheet was asked; none means all with money."""
    verified: bool = False
    """Whether the signature was checked against a key, and is of that key."""

    def to_dict(self) -> dict[str, object]:
        """Return the JSON of `replay`, as data (docs/decision-records.md)."""
        difference = None
        if self.difference is not None:
            place, then, now = self.difference
            sides = {"recorded": then, "now": now}
            there = {side: x for side, x in sides.items() if x is not records.NOTHING}
            difference = {"at": place, **there}
        signature = {"key": self.signed_by, "verified": self.verified}
        return {
            "schema": "policy-match/replay/1",
            "identical": self.difference is None,
            "recorded_at": self.recorded_at,
            "on": self.day.isoformat(),
            "backend": self.backend,
            "difference": difference,
            **({} if self.signed_by is None else {"signature": signature}),
        }


def replay(
    record: str | PathLike[str] | bytes,
    rules: str | PathLike[str] | Rulebook | None = None,
    *,
    verify: str | PathLike[str] | bytes | None = None,
    warn: Callable[[Message], None] = lambda _: None,
) -> Replay:
    """Give a recorded decision again, and say where it differs.

    `rules` is the directory of the very files it was made by, or a rulebook read
    from there, which many records may share; the shipped one unless named. The
    parameters file is that in the record. Where its engine is not installed, the
    reference evaluator answers, which `warn` is told, and who answered is not
    compared. It is asked on the day on which the record was. `verify` is the file
    of a public key, or its bytes, by whose owner the record must be signed. Raises
    RecordError where it is not, or where the record or the rules are not byte for
    byte those of the decision, RulebookError, UsageError for what is no key.
    """
    found = records.read_record(*_read(record), verify)
    book = _book(rules, found)
    _same_files(found, book)
    law = book.on(found.day)
    if law.program.digest != found.digest:
        raise refused(found.file, "F704", "record-meaning", "record-release")
    again = _again(law.program, found, warn)
    then = {**found.answer, "backend": again.backend}
    return Replay(
        found.recorded_at,
        law.day,
        found.firm,
        len(again.findings),
        again.backend,
        records.difference(then, records.answer(again, found.lang)),
        Answer(again, law.origin),
        found.signed_by,
        found.lang,
        found.policies,
        found.verified,
    )


def _book(
    rules: str | PathLike[str] | Rulebook | None, record: records.Record
) -> Rulebook:
    """Return the rulebook with the parameters file of the record."""
    local = None if record.parameters is None else record.parameters.encode()
    if isinstance(rules, Rulebook):
        kept = None if rules.parameters is None else rules.local
        if kept == local:
            return rules
        place = rules.rules
    else:
        place = shipped_rules() if rules is None else Path(rules)
    return Rulebook(place, None if local is None else (_LOCAL, local))


_LOCAL = "parameters"
"""What the parameters file of a record is called."""


def _read(record: str | PathLike[str] | bytes) -> tuple[bytes, str]:
    if isinstance(record, bytes):
        return record, "<record>"
    try:
        return Path(record).read_bytes(), str(record)
    except (OSError, ValueError) as error:
        message = said("unreadable", reason=reason(error))
        fault = Fault(Place(str(record)), "F507", message)
        raise RecordError([fault]) from None


def _again(
    program: Program, record: records.Record, warn: Callable[[Message], None]
) -> Assessment:
    """Return the answer of the engine that gave it, or of the reference."""
    if record.backend not in BACKENDS:
        raise refused(record.file, "F701", "not-a-record", "record-first")
    known = [(program, record.facts(program.facts))]
    try:
        (found,) = match(known, record.backend, warn)
    except BackendUnavailableError as error:
        warn(said("reference-answers", backend=error.backend, mend=error.mend))
        (found,) = match(known, "reference", warn)
    return replace(found, today=record.today)


def _same_files(record: records.Record, book: Rulebook) -> None:
    """Raise RecordError where the rules are not the files of the record."""
    then, now = record.files, book.file_digests
    changed = sorted(name for name in {*then, *now} if then.get(name) != now.get(name))
    if changed:
        raise refused(
            record.file,
            "F704",
            "record-rules",
            "record-those-rules",
            files=tuple(changed[:_NAMED]),
            count=len(changed),
            digest=record.digest[:_SHOWN],
        )


_NAMED, _SHOWN = 3, len("sha256:") + 12
