"""What a decision record holds, as a typed document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from policy_match.reports.document.models import SealedAnswer
from policy_match.reports.document.values import Part

Digest = Annotated[str, Field(pattern="^sha256:[0-9a-f]{64}$")]
Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
Known = Annotated[
    Any,
    Field(
        description="a text, a number as a text, a bool; low and high; one_of; "
        "none; list; null where nothing is known"
    ),
]


class MadeBy(Part):
    """The release that made a record, and the version of its rule engine."""

    policy_match: str
    engine: str | None


class Rules(Part):
    """The rulebook, the digest of each file, and the parameters file whole."""

    id: str
    digest: Digest
    files: Mapping[str, Digest]
    parameters: str | None


class Determined(Part):
    """What an officer had determined of the firm, counting on the day or not."""

    fact: str
    value: Known
    by: str
    on: date
    ground: str
    until: date | None
    withdrawn_on: date | None


class Profile(Part):
    """What was known of the firm, by fact, and the day it describes."""

    on: date | None
    facts: Mapping[str, Known]
    determinations: tuple[Determined, ...] = ()


class Frame(Part):
    """By what a decision was made, when, and of whom."""

    schema: Literal["policy-match/record/1"]
    recorded_at: Moment
    made_by: MadeBy
    rulebook: Rules
    on: date
    lang: str
    profile: Profile
    today: date | None = None
    """The day of asking; what was recorded before there was one has none."""
    policies: tuple[str, ...] = ()
    """Of which the decision sheet was asked; none where it is of all with money."""


class Content(Frame):
    """A decision: by what it was made, of whom, and the answer."""

    answer: SealedAnswer


class Signature(Part):
    """Who vouches for a record: of all of it but this, in base64."""

    algorithm: Literal["Ed25519"]
    key: Digest
    """Of the public key, as SubjectPublicKeyInfo in DER."""
    value: Annotated[str, Field(pattern="^[A-Za-z0-9+/]{86}==$")]


class DecisionRecord(Content):
    """A decision as it was given, under a seal that shows a changed byte."""

    seal: Digest
    signature: Signature | None = None
