"""The answer for one firm: outcomes, benefits and the evidence for them."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from policy_match.domain.frozen import dataclass
from policy_match.domain.possible import Interval
from policy_match.domain.truth import FALSE, TRUE, Truth

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from policy_match.domain.facts import Facts, Settler
    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.program import Plausibility, Policy, Program
    from policy_match.ir.terms import Condition
    from policy_match.semantics.one_firm import Evaluation


Backend = Literal["durable-rules", "reference", "polars"]
"""Who did the inference."""


class Outcome(StrEnum):
    """How one policy stands for one firm (contract, section 1)."""

    ELIGIBLE = "eligible"
    """Every completion of the facts is eligible."""
    INELIGIBLE = "ineligible"
    """Every completion of the facts is ineligible."""
    UNDETERMINED = "undetermined"
    """Not settled by what is known."""

    @classmethod
    def of(cls, truth: Truth) -> Outcome:
        """Return the outcome of a condition tree with this truth."""
        if truth is TRUE:
            return cls.ELIGIBLE
        return cls.INELIGIBLE if truth is FALSE else cls.UNDETERMINED


class Evidence(NamedTuple):
    """Why a condition stands as it does: the tree, node by node.

    `decisive` is set on leaves: the marked ones settle the outcome by
    themselves, whatever the others become. `because` is the evidence of the
    derived facts a leaf rests on, by fact id.
    """

    condition: Condition
    truth: Truth
    decisive: bool = False
    of: tuple[Evidence, ...] = ()


class Benefit(NamedTuple):
    """What a firm gets if it is eligible.

    `amount` is None where no document fixes it; then `set_by` names who does.
    `tiers` are the names of the tiers still possible, in the order declared.
    """

    amount: Interval | None
    tiers: tuple[str, ...]


class Finding(NamedTuple):
    """One policy in force, for one firm.

    `missing` names, in the order met, the facts on a path to what is not
    settled: the outcome, the tier or the amount; `open_for_outcome` those on a
    path to the outcome alone. `selected` and `excluded_by` are the choice
    among policies that exclude each other (contract, section 1, Selection).
    """

    policy: Policy
    outcome: Outcome
    benefit: Benefit | None
    evidence: Evidence
    missing: tuple[str, ...]
    open_for_outcome: tuple[str, ...]
    awaiting: tuple[Settler, ...]
    selected: bool | None
    excluded_by: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One fact, what is known of it, and what it would have to be.

    `distance` is how far a number has to go, the sign saying which way; None
    where it is not known where the number stands, and for other facts.
    """

    fact: str
    now: Possible
    to: Possible
    distance: Number | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """A policy that would be lost, and what it is worth now."""

    policy: str
    amount: Interval | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would make a firm eligible for one policy, and what that is worth.

    Either `steps`, or `day`: the first on which time alone suffices. What is
    left `to_decide` is an officer's; with nothing left the firm is eligible.
    What the firm is eligible for now, and would not surely be then, it `loses`.
    """

    policy: str
    steps: tuple[Step, ...]
    benefit: Benefit
    day: date | None = None
    to_decide: tuple[str, ...] = ()
    loses: tuple[Loss, ...] = ()

    @property
    def effort(self) -> tuple[int, int, int, float]:
        """Order: what leaves less to decide, what loses less, fewer, shorter steps."""
        far = sum(_relative(step) for step in self.steps)
        return len(self.to_decide), len(self.loses), len(self.steps), far


def _relative(step: Step) -> float:
    if step.distance is None or not isinstance(step.now, Interval):
        return 0
    return abs(float(step.distance)) / max(abs(float(step.now.high)), 1)


@dataclass(frozen=True, slots=True)
class Cliff:
    """A number that must not rise by more than `room` above what it is `now`."""

    fact: str
    now: Number
    last: Number
    """The last value that loses nothing."""
    losses: tuple[Loss, ...]

    @property
    def room(self) -> Number:
        """By how much the figure may rise without a loss."""
        return self.last - self.now


@dataclass(frozen=True, slots=True)
class Prospects:
    """What would change an answer: proposals by policy, and cliffs near by."""

    proposals: Mapping[str, tuple[Proposal, ...]] = field(default_factory=dict)
    cliffs: tuple[Cliff, ...] = ()


class Option(NamedTuple):
    """A choice the law leaves to the firm, made: a fact and what to choose."""

    fact: str
    value: str | bool


class Cut(NamedTuple):
    """A policy of which a shared limit leaves only a part, unrounded."""

    policy: str
    kept: Interval


class Dropped(NamedTuple):
    """A policy the firm is eligible for and should not take, and what it is less.

    `instead` are the policies taken that exclude it; `less` is by how much the
    best bundle that has it is worth less.
    """

    policy: str
    instead: tuple[str, ...]
    less: Interval


class RunnerUp(NamedTuple):
    """The next best bundle, and by how much it is worth less."""

    policies: tuple[str, ...]
    value: Interval
    options: tuple[Option, ...]
    less: Interval


@dataclass(frozen=True, slots=True)
class Best:
    """What a firm should take of all it is surely eligible for.

    `policies` are those whose worth is known, in the rulebook's order, `value`
    what they are worth together, unrounded. `certain` says that no answer still
    open can make another bundle better.
    """

    policies: tuple[str, ...]
    value: Interval
    options: tuple[Option, ...]
    certain: bool
    runner_up: RunnerUp | None
    dropped: tuple[Dropped, ...]
    cuts: tuple[Cut, ...]
    taken: tuple[Finding, ...] = field(default=(), repr=False, compare=False)
    """The findings of `policies`, as they are once the choices are made."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The whole answer for one firm on one day, by one backend."""

    program: Program
    facts: Facts
    backend: Backend
    findings: tuple[Finding, ...]
    values: Mapping[str, Possible]
    """What is possible of each derived fact."""
    warnings: Sequence[Warning_]
    verdicts: Evaluation = field(repr=False, compare=False)
    """Who answered, for whatever else is to be told of the firm."""
    best: Best | None = None
    """The best bundle; None where there is nothing to choose."""
    prospects: Prospects = field(default_factory=Prospects)
    today: date | None = None
    """The day on which somebody asks; left out: the day whose law was applied."""

    @property
    def asked_on(self) -> date:
        """The day from which deadlines are dated; no outcome depends on it."""
        return self.today or self.program.day

    @property
    def day(self) -> date:
        """The day whose law was applied."""
        return self.program.day

    def finding(self, policy: str) -> Finding:
        """Return the finding of one policy in force; KeyError for any other."""
        for found in self.findings:
            if found.policy.id == policy:
                return found
        raise KeyError(policy)


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801  (a warning of an answer, no exception)
    """Something possible but doubtful in what was given.

    `kind` is `contradicts` (a given derived fact disagrees with its base
    facts), `implausible` (a plausibility check of the rulebook fails) or
    `another-day` (the facts are of a day far from that whose law is applied).
    """

    kind: str
    fact: str
    detail: Plausibility | None = None
    expected: Possible | None = None
