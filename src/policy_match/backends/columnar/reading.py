"""Which facts a condition, a formula or a derived fact rests on, all the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.ir.traversal import facts_of

if TYPE_CHECKING:
    from policy_match.ir.conditions import Condition
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Expression


class Reading:
    """The facts that things of one program rest on, found once."""

    def __init__(self, program: Program) -> None:
        """Find nothing yet."""
        self.program = program
        self._found: dict[Condition | Expression | str, tuple[str, ...]] = {}

    def of(self, thing: Condition | Expression | str) -> tuple[str, ...]:
        """Return every fact on a path from `thing`, in the order met.

        A derived fact comes before what it rests on.
        """
        found = self._found.get(thing)
        if found is None:
            facts: dict[str, None] = {}
            if isinstance(thing, str):
                facts[thing] = None
                thing_ = self.program.definitions.get(thing)
                direct = tuple(facts_of(thing_))
            else:
                direct = tuple(facts_of(thing))
            for fact in direct:
                facts |= dict.fromkeys(self.of(fact))
            found = self._found[thing] = tuple(facts)
        return found
