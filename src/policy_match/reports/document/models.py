"""The answer for one firm as a typed document (contract, section 4).

JSON is its dump, the JSON Schema its models', a decision record its sealed part.
A field with a default is left out of JSON where it has it; every other field is
always there, but for what is only in memory: text, Markdown and HTML are written
from the document too, and need to know a little more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypeVar

from policy_match.domain.claims import How
from policy_match.domain.facts import Settler
from policy_match.domain.incentives import Form, Kind
from policy_match.domain.truth import TruthWord
from policy_match.reports.document.values import (
    IN_MEMORY,
    DaySpan,
    Member,
    Money,
    Part,
    Range,
    Rule,
    Value,
)
from policy_match.semantics.claiming import State
from policy_match.semantics.outcome import Backend, Outcome

SCHEMA: Final = "policy-match/assessment/1"

# ---- evidence


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Cite(Part):
    """An article of a document."""

    source: str
    article: str | None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Parameter(Part):
    """A figure of the law: its window, and the documents that set it."""

    parameter: str
    title: str
    from_: date | None
    to: date | None
    cite: Cite | None
    status: str
    cites: tuple[Cite, ...] = ()
    local: bool = False


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Threshold(Parameter):
    """What a value is held against, and the parameters it is made of."""

    value: Value | None
    also: tuple[Parameter, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Test(Part):
    """How a single condition stands.

    `decisive` tests settle the outcome by themselves, whatever the others become;
    `because` names the `definitions` that the test rests on.
    """

    rule: Rule = field(compare=False, metadata=IN_MEMORY)
    condition: str
    truth: TruthWord
    decisive: bool
    value: Value | None
    threshold: Threshold | tuple[Threshold, ...] | None = None
    because: tuple[str, ...] = ()
    says: str
    cite: Cite | None = None
    cites: tuple[Cite, ...] = ()
    why: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Tree(Part):
    """How `all`, `any` or `not` of conditions stands."""

    rule: Rule = field(compare=False, metadata=IN_MEMORY)
    condition: Literal["all", "any", "not"]
    truth: TruthWord
    of: tuple[Evidence, ...]
    says: str | None = None
    cite: Cite | None = None
    cites: tuple[Cite, ...] = ()
    why: str | None = None


Evidence = Test | Tree


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Definition(Part):
    """How a fact came by its value.

    `of` are the conditions it is defined by, or that were tried until one held;
    `because` names the facts its formula reads, `parameters` the figures.
    """

    fact: str
    says: str
    value: Value | None
    given: bool = False
    parameters: tuple[Parameter, ...] = ()
    of: tuple[Evidence, ...] = ()
    because: tuple[str, ...] = ()
    cite: Cite | None = None
    cites: tuple[Cite, ...] = ()


# ---- a policy


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Benefit(Part):
    """What a firm gets if it is eligible."""

    form: Form
    amount: Money | None
    range: Range | None
    set_by: str | None
    unit: str | None
    # Off taxable income: the tax that it saves, without it less with it.
    saves: Range | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Departments(Part):
    """Who leads in the plan, and who grants."""

    lead: str
    granting: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Loss(Part):
    """A policy that would be lost, and its worth where that is certain."""

    policy: str
    amount: Money | None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Change(Part):
    """A fact, what it is now, and what it would have to be."""

    fact: str
    # Whether somebody stated it.
    given: bool = field(compare=False, metadata=IN_MEMORY)
    now: Value
    to: Value
    distance: Value | None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Finding(SealedFinding):
    """One policy in force, and what would change its outcome."""

    # Those of `missing` on which the outcome itself turns.
    open_for_outcome: tuple[str, ...] = field(compare=False, metadata=IN_MEMORY)
    would_change: tuple[Proposal, ...]


# ---- the answer


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Made(Part):
    """The rulebook that was applied."""

    id: str
    digest: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Firm(Part):
    """Whom the answer is for."""

    name: str | None
    uscc: str | None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class OutOfForce(Part):
    """A policy that is not in force on the day, with its nearest period."""

    policy: str
    title: str
    from_: date | None
    to: date | None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class RunnerUp(Part):
    """The next best bundle, and by how much it is worth less."""

    policies: tuple[str, ...]
    value: Value
    options: Mapping[str, Member]
    less: Value


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Dropped(Part):
    """A policy that is not taken, for which others, and what that is less."""

    policy: str
    instead: tuple[str, ...]
    less: Value


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Cut(Part):
    """A policy of which a shared limit leaves only a part."""

    policy: str
    kept: Value


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Tally(Part):
    """One step of how a bundle came about: what is taken, given up, or then due."""

    says: str
    low: Value | None
    high: Value | None
    policy: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Bundle(Part):
    """What to take of all the firm is surely eligible for.

    `computation` tells what is taken, what is given up, what is due without and
    with it, and last what it is worth.
    """

    policies: tuple[str, ...]
    value: Value
    options: Mapping[str, Member]
    certain: bool
    runner_up: RunnerUp | None
    dropped: tuple[Dropped, ...]
    cut: tuple[Cut, ...]
    computation: tuple[Tally, ...]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Cliff(Part):
    """A number that must not rise by more than `room`, and what it would cost."""

    fact: str
    now: Value
    last: Value
    room: Value
    losses: tuple[Loss, ...]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Later(Part):
    """A later step of the same claim."""

    what: str
    from_: DaySpan | None
    by: DaySpan | None


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Action(Part):
    """What can be done about a benefit that the firm has, dated from today.

    `from` and `by` are of what is to be done now or next, past where nothing is
    open. `standing` says in words how it stands, `recover` until when and how the
    past can be recovered. `missing` are the facts on which a day or the state still
    turns; `provisional`, where days off are not published yet.
    """

    policy: str
    title: str
    form: Form
    state: State
    standing: str
    what: str
    where: str
    from_: DaySpan | None
    by: DaySpan | None
    recover_until: DaySpan | None
    papers: tuple[str, ...]
    worth: Range | None
    ask: str
    recover: str = ""
    note: str = ""
    later: tuple[Later, ...] = ()
    keep: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    provisional: bool = False


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class TaxDue(Part):
    """What is due without all that the firm is eligible for and takes, and with it."""

    title: str
    before: Range
    after: Range


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Totals(Part):
    """Policies by outcome, and money by form."""

    eligible: int
    ineligible: int
    undetermined: int
    amount: Mapping[Form, Range]
    due: tuple[TaxDue, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Local(Part):
    """The values that a parameters file set, by name, and by key."""

    parameters: Mapping[str, Value | Mapping[str, Value]]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
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
