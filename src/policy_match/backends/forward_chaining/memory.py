"""Working memory: everything inferred of one firm, read as verdicts.

Truths, derived facts, the branches still open and the choices among exclusive
policies are what the engine has asserted, and nothing else: where one of them
is missing, that is a defect and is reported, never made good by evaluating.
Only formulas are computed here, over what is in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_match.backends.forward_chaining.codec import read
from policy_match.domain.possible import NO_VALUE
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN
from policy_match.errors import BackendError
from policy_match.language.messages import said
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_match.backends.forward_chaining.engine import Fact
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Possible
    from policy_match.domain.truth import Truth
    from policy_match.ir.program import Policy, Program
    from policy_match.ir.terms import Cases, Condition

_TRUTHS = {"T": TRUE, "F": FALSE, "U": UNKNOWN}
LETTERS = {truth: letter for letter, truth in _TRUTHS.items()}
"""Truths as messages write them."""


@dataclass
class Index:
    """Under which id the message on each thing stands."""

    nodes: dict[Condition, str] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    chains: dict[Cases | str, str] = field(default_factory=dict)
    """By the cases of a formula, or by the id of the policy whose tiers it is."""
    choices: dict[str, str] = field(default_factory=dict)
    """By the id of the policy that is selected or excluded."""

    def __or__(self, other: Index) -> Index:
        """Return what either knows."""
        return Index(
            self.nodes | other.nodes,
            self.derived | other.derived,
            self.chains | other.chains,
            self.choices | other.choices,
        )


class WorkingMemory(Evaluation):
    """What the engine has asserted of one firm."""

    def __init__(
        self, program: Program, given: Mapping[str, Possible], index: Index
    ) -> None:
        """Start with nothing but what is given."""
        super().__init__(program, given)
        self.index = index
        self.facts: dict[str, Fact] = {}

    def _message(self, kind: str, at: str | None) -> Fact:
        found = None if at is None else self.facts.get(at)
        if found is None:
            raise BackendError(said("no-verdict", kind=kind))
        return found

    def _beneath(self, fact: str) -> tuple[str, ...]:
        del fact
        return ()

    def _own(self, fact: str, spec: FactSpec) -> Possible:
        if fact in self.given or fact not in self.program.definitions:
            return self.domain.read(spec)
        message = self._message(f"`{fact}`", self.index.derived.get(fact))
        value = read(str(message["value"]))
        assert value is not None  # noqa: S101  # INVARIANT: only amounts may be unset
        return value

    def truth(self, condition: Condition) -> Truth:
        """Return how a condition stands; BackendError where memory is silent."""
        message = self._message("a condition", self.index.nodes.get(condition))
        return _TRUTHS[str(message["truth"])]

    def _cases(self, cases: Cases) -> Possible:
        branches, through = self._open(cases)
        values = [(True, self.in_case(cases, place)) for place in branches]
        return self.domain.joined([*values, (through, NO_VALUE)])

    def tier_flags(self, policy: Policy) -> Sequence[bool]:
        """Return whether each tier may be the firm's."""
        if not policy.tiers:
            return ()
        may, _ = self._open(policy.id)
        return [place in may for place in range(len(policy.tiers))]

    def _open(self, key: Cases | str) -> tuple[tuple[int, ...], bool]:
        message = self._message("a case", self.index.chains.get(key))
        return tuple(map(int, str(message["may"]).split())), bool(message["through"])

    def choice(self, policy: str) -> tuple[bool | None, str | None]:
        """Return whether a policy is selected in its group, and what excludes it."""
        message = self._message("a choice", self.index.choices.get(policy))
        selected = {"T": True, "F": False, "U": None}[str(message["selected"])]
        return selected, str(message["by"]) or None
