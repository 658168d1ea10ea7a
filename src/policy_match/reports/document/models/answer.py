"""The whole answer for one firm, and the part of it that a record keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, TypeVar

from policy_match.domain.facts import Settler
from policy_match.domain.incentives import Form
from policy_match.reports.document.models.advice import Action, Bundle, Cliff
from policy_match.reports.document.models.evidence import Definition
from policy_match.reports.document.models.finding import Finding, SealedFinding
from policy_match.reports.document.values import Part, Range, Value
from policy_match.semantics.outcome import Backend


class Made(Part):
    """The rulebook that was applied."""

    id: str
    digest: str


class Firm(Part):
    """Whom the answer is for."""

    name: str | None
    uscc: str | None


class Determination(Part):
    """What an officer determined; `counts` says whether it does on the day."""

    fact: str
    value: Value
    by: str
    on: date
    ground: str
    until: date | None
    withdrawn_on: date | None
    counts: bool


class OutOfForce(Part):
    """A policy that is not in force on the day, with its nearest period."""

    policy: str
    title: str
    from_: date | None
    to: date | None


class Question(Part):
    """A fact worth asking for, and what for.

    Any one value settles the outcome of the policies in `settles`, some value that
    of those in `may_settle`; of those in `narrows` it is open for more than itself,
    or for the tier or the amount alone. `worth` is the money at stake beyond what
    is certain, by form.
    """

    fact: str
    title: str
    asks: str
    settles: tuple[str, ...]
    may_settle: tuple[str, ...]
    narrows: tuple[str, ...]
    worth: Mapping[Form, Range]
    settled_by: Settler


class TaxDue(Part):
    """What is due without all that the firm is eligible for and takes, and with it."""

    title: str
    before: Range
    after: Range


class Totals(Part):
    """Policies by outcome, and money by form."""

    eligible: int
    ineligible: int
    undetermined: int
    amount: Mapping[Form, Range]
    due: tuple[TaxDue, ...] = ()


class Local(Part):
    """The values that a parameters file set, by name, and by key."""

    parameters: Mapping[str, Value | Mapping[str, Value]]


class SealedAnswer(Part):
    """The answer for one firm without what would change it: what a record keeps."""

    schema: Literal["policy-match/assessment/1"]
    backend: Backend
    rulebook: Made
    on: date
    today: date
    firm: Firm
    derived: Mapping[str, Value]
    findings: tuple[SealedFinding, ...]
    definitions: tuple[Definition, ...]
    not_in_force: tuple[OutOfForce, ...]
    questions: tuple[Question, ...]
    warnings: tuple[str, ...]
    bundle: Bundle | None
    totals: Totals
    disclaimer: str
    local: Local | None = None
    determinations: tuple[Determination, ...] = ()


class Answer(SealedAnswer):
    """The whole answer for one firm."""

    findings: tuple[Finding, ...]
    cliffs: tuple[Cliff, ...]
    actions: tuple[Action, ...]

    def sealed(self) -> SealedAnswer:
        """Return the part that a record keeps: the decision, without the advice."""
        findings = tuple(_only(SealedFinding, found) for found in self.findings)
        return _only(SealedAnswer, self, findings=findings)


Kept = TypeVar("Kept", bound=Part)


def _only(kind: type[Kept], part: Part, **instead: object) -> Kept:
    """Return the fields of a part that another kind of part has."""
    kept = {name: getattr(part, name) for name in kind.__dataclass_fields__}
    return kind(**{**kept, **instead})
