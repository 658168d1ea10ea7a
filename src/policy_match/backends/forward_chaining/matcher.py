"""One firm at a time, against one program, by forward chaining."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Final

from policy_match.backends.forward_chaining.engine import load
from policy_match.backends.forward_chaining.memory import Index, WorkingMemory
from policy_match.backends.forward_chaining.ruleset import build
from policy_match.semantics.assessment import conclude

if TYPE_CHECKING:
    from policy_match.domain.facts import Facts
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Assessment, Finding


class ForwardChaining:
    """A matcher whose verdicts are inferred by durable-rules.

    Raises BackendUnavailableError where durable-rules cannot be imported, and
    UnsupportedError where one policy is more than it can hold. Threads may
    share a matcher; they take turns. Close it to free the engine's memory.
    """

    name: Final = "durable-rules"

    def __init__(self, program: Program) -> None:
        """Compile the rules of a program."""
        load()
        self.program = program
        self.rulesets = build(program)
        self._turn = Lock()

    def match(self, facts: Facts) -> Assessment:
        """Return the whole answer for one firm.

        Raises BackendError where the engine fails, or comes to no verdict on
        something that was asked of it.
        """
        memory = self.infer(facts)
        found = conclude(memory, facts, self.name)
        chosen = tuple(_chosen(memory, finding) for finding in found.findings)
        return replace(found, findings=chosen)

    def infer(self, facts: Facts) -> WorkingMemory:
        """Return all that the engine infers of one firm."""
        memory = WorkingMemory(self.program, facts.given, Index())
        with self._turn:
            for ruleset in self.rulesets:
                ruleset.infer(memory)
        return memory

    def close(self) -> None:
        """Free what the engine holds; the matcher answers no more."""
        with self._turn:
            for ruleset in self.rulesets:
                ruleset.engine.close()


def _chosen(memory: WorkingMemory, finding: Finding) -> Finding:
    if finding.policy.id not in memory.index.choices:
        return finding
    selected, by = memory.choice(finding.policy.id)
    return finding._replace(selected=selected, excluded_by=by)
