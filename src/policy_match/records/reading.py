"""A record as it is read: all that its answer was made of, and the answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from policy_match.language.words import LANGUAGES
from policy_match.records.known import known_facts
from policy_match.records.sealing import SIGNATURE, refused, unsealed
from policy_match.records.signing import verify as verified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_match.domain.facts import Facts, FactSpec
    from policy_match.records.signing import Key

T = TypeVar("T")
_MISFITS = (KeyError, TypeError, ValueError)


class Record(NamedTuple):
    """A decision record whose seal holds."""

    file: str
    recorded_at: str
    digest: str
    files: Mapping[str, str]
    parameters: str | None
    day: date
    today: date | None
    """The day of asking; what was recorded before there was one has none."""
    lang: str
    policies: tuple[str, ...]
    """Of which the decision sheet was asked."""
    described_on: date | None
    """The day that the facts describe."""
    given: Mapping[str, Any]
    """The facts as `written_facts` wrote them."""
    determined: Sequence[Mapping[str, Any]]
    """What officers determined, as `written_determinations` wrote it."""
    answer: Mapping[str, Any]
    backend: str
    firm: str | None
    signed_by: str | None
    """The digest of the key that it names as its signer's; None where unsigned."""
    verified: bool
    """Whether it was signed by the key that the reader gave."""

    def facts(self, specs: Mapping[str, FactSpec]) -> Facts:
        """Return what was known of the firm; raises RecordError."""
        try:
            day, determined = self.described_on, self.determined
            return known_facts(self.given, specs, day, determined)
        except _MISFITS:
            raise _no_record(self.file) from None


def read_record(data: bytes, file: str, verify: Key | None = None) -> Record:
    """Return the record that bytes are, signed by a public key where one is given.

    Raises RecordError where they are none, are not byte for byte as written, or are
    not signed so; UsageError, BackendUnavailableError where the key cannot be used.
    """
    content = unsealed(data, file)
    try:
        found = _record(content, file)
    except _MISFITS:
        raise _no_record(file) from None
    if verify is not None:
        verified(content, verify, file)
    return found._replace(verified=verify is not None)


def _checked(content: Mapping[str, Any]) -> None:
    """Raise ValueError where a record has a frame that its schema does not allow.

    The answer in it is compared with the one given again, to the last key.
    """
    from pydantic import TypeAdapter  # noqa: PLC0415

    from policy_match.records import models  # noqa: PLC0415

    apart = {"answer", "seal", SIGNATURE}
    frame = {k: v for k, v in content.items() if k not in apart}
    for kind, part in (
        (models.Frame, frame),
        (models.MadeBy, content["made_by"]),
        (models.Rules, content["rulebook"]),
        (models.Profile, content["profile"]),
    ):
        if not _a(dict, part).keys() <= kind.__dataclass_fields__.keys():
            raise ValueError
    TypeAdapter(models.Frame).validate_python(frame)
    if SIGNATURE in content:
        signature = _a(dict, content[SIGNATURE])
        if signature.keys() != models.Signature.__dataclass_fields__.keys():
            raise ValueError
        TypeAdapter(models.Signature).validate_python(signature)
    moment = datetime.fromisoformat(content["recorded_at"])
    if moment.tzinfo is None or moment.year < _FIRST_YEAR:
        raise ValueError


_FIRST_YEAR = 2000
"""Before it nobody has recorded anything."""


def _record(content: Mapping[str, Any], file: str) -> Record:
    _checked(content)
    made, answer, profile = (
        _a(dict, content[key]) for key in ("rulebook", "answer", "profile")
    )
    if content["lang"] not in LANGUAGES:
        raise ValueError
    described, parameters = profile["on"], made["parameters"]
    firm = _a(dict, answer["firm"])["name"]
    return Record(
        file=file,
        recorded_at=_a(str, content["recorded_at"]),
        digest=_a(str, made["digest"]),
        files=_a(dict, made["files"]),
        parameters=None if parameters is None else _a(str, parameters),
        day=date.fromisoformat(content["on"]),
        today=date.fromisoformat(content["today"]) if "today" in content else None,
        lang=content["lang"],
        policies=tuple(_a(list, content.get("policies", []))),
        described_on=None if described is None else date.fromisoformat(described),
        given=_a(dict, profile["facts"]),
        determined=_a(list, profile.get("determinations", [])),
        answer=answer,
        backend=_a(str, answer["backend"]),
        firm=None if firm is None else _a(str, firm),
        signed_by=content[SIGNATURE]["key"] if SIGNATURE in content else None,
        verified=False,
    )


def _a(kind: type[T], value: object) -> T:
    if not isinstance(value, kind):
        raise TypeError
    return value


def _no_record(file: str) -> Exception:
    return refused(file, "F701", "not-a-record", "record-first")
