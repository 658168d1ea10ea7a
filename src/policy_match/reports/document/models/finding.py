"""One policy: outcome, benefit, law, claim, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from policy_match.domain.claims import How
from policy_match.domain.facts import Settler
from policy_match.domain.incentives import Form, Kind
from policy_match.reports.document.models.evidence import Evidence, Parameter
from policy_match.reports.document.values import IN_MEMORY, Money, Part, Range, Value
from policy_match.semantics.outcome import Outcome


class Benefit(Part):
    """What a firm gets if it is eligible."""

    form: Form
    amount: Money | None
    range: Range | None
    set_by: str | None
    unit: str | None
    # Off taxable income: the tax that it saves, without it less with it.
    saves: Range | None = None


class Step(Part):
    """One step of how an amount came about: in words, and its ends.

    `fact` is the derived fact that the step is about; without one it is of the
    amount itself.
    """

    says: str
    # What it comes to, absence included.
    value: Value = field(compare=False, metadata=IN_MEMORY)
    low: Value | None
    high: Value | None
    fact: str | None = None
    parameters: tuple[Parameter, ...] = ()


class Document(Part):
    """A document that grants a benefit, and the days on which it stands.

    `acts_back`: it was issued after the first of them.
    """

    source: str
    number: str
    title: str
    article: str | None
    from_: date | None
    to: date | None
    acts_back: bool


class Departments(Part):
    """Who leads in the plan, and who grants."""

    lead: str
    granting: str


class Claim(Part):
    """How a firm claims."""

    automatic: bool
    channel: str | None
    deadline: str | None
    documents: tuple[str, ...]
    keep: tuple[str, ...]
    papers: tuple[str, ...]
    """What to hand in; `documents` says the same."""
    how: How = ""
    bring: tuple[str, ...] = ()
    """What is useful to have, where nothing says what is handed in."""
    issued_by: Mapping[str, str] | None = None
    """Who issues each paper that is named."""
    where: str = ""
    ask: str = ""
    claw_back: str = ""
    note: str = ""


class Loss(Part):
    """A policy that would be lost, and its worth where that is certain."""

    policy: str
    amount: Money | None


class Change(Part):
    """A fact, what it is now, and what it would have to be."""

    fact: str
    # Whether somebody stated it.
    given: bool = field(compare=False, metadata=IN_MEMORY)
    now: Value
    to: Value
    distance: Value | None


class Proposal(Part):
    """What would make a firm eligible: changes, or a day to wait for."""

    # Who fixes the amount where no document does.
    set_by: str = field(compare=False, metadata=IN_MEMORY)
    changes: tuple[Change, ...]
    day: date | None
    to_decide: tuple[str, ...]
    loses: tuple[Loss, ...]
    amount: Money | None
    range: Range | None


class SealedFinding(Part):
    """One policy in force: outcome, benefit, evidence."""

    policy: str
    title: str
    kind: Kind
    outcome: Outcome
    selected: bool | None
    excluded_by: str | None
    tier: str | None
    tiers: tuple[str, ...]
    benefit: Benefit | None
    computation: tuple[Step, ...] | None
    basis: tuple[Document, ...]
    missing: tuple[str, ...]
    awaiting: tuple[Settler, ...]
    evidence: Evidence
    sources: tuple[str, ...]
    departments: Departments
    claim: Claim
    basis_not_found: str = ""


class Finding(SealedFinding):
    """One policy in force, and what would change its outcome."""

    # Those of `missing` on which the outcome itself turns.
    open_for_outcome: tuple[str, ...] = field(compare=False, metadata=IN_MEMORY)
    would_change: tuple[Proposal, ...]
