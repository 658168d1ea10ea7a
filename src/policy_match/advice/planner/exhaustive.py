"""Small parts: every interview is played through to its end."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from policy_match.advice.planner.answers import cells
from policy_match.advice.planner.parts import Given, Part, facts_in, opened, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from policy_match.advice.planner.answers import Marks
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Policy, Program

_FACTS = 10
"""Open facts of a part that may still be small enough."""


class TooFar(Exception):  # noqa: N818  (no error: the part counts as large)
    """More sets of answers than may be looked at."""


class Play:
    """Interviews about the facts that `asks` allows, all answers equally likely.

    At most `states` sets of answers are looked at.
    """

    def __init__(
        self,
        program: Program,
        marks: Marks,
        asks: Callable[[str], bool],
        beneath: Mapping[str, Collection[str]],
        states: int,
    ) -> None:
        """Play nothing yet; `beneath` are the facts that each policy rests on."""
        self.program, self.marks, self.asks = program, marks, asks
        self.beneath = beneath
        self.left = states
        self._played: dict[object, Fraction] = {}

    def answers(self, given: Given, fact: str) -> tuple[Possible, ...]:
        """Return one answer for each part that thresholds make of a fact."""
        spec = self.program.facts[fact]
        return cells(spec, given.get(fact, spec.unknown), self.marks)

    def open(self, given: Given, policies: Iterable[Policy]) -> list[Part]:
        """Return what is open of some policies, in parts."""
        return parts(opened(self.program, given, policies, self.asks))

    def state(self, given: Given, part: Part) -> object:
        """Return what is known of a part: what else is given makes no difference."""
        policies = [(one.policy.id, one.facts) for one in part]
        beneath = set().union(*(self.beneath[name] for name, _ in policies))
        return (*policies, frozenset(x for x in given.items() if x[0] in beneath))

    def each(self, given: Given, part: Part) -> dict[str, Fraction]:
        """Return how many questions a part needs that begins with each of its facts.

        Raises TooFar.
        """
        facts = facts_in(part)
        if len(facts) == 1:
            return {facts[0]: Fraction(1)}
        if len(facts) > _FACTS:
            raise TooFar
        return {fact: self._beginning(given, fact, part) for fact in facts}

    def _beginning(self, given: Given, fact: str, part: Part) -> Fraction:
        policies = [one.policy for one in part]
        answers = self.answers(given, fact)
        total = Fraction(0)
        for answer in answers:
            then = {**given, fact: answer}
            self.left -= 1
            if self.left < 0:
                raise TooFar
            total += sum(self._least(then, p) for p in self.open(then, policies))
        return 1 + total / len(answers)

    def _least(self, given: Given, part: Part) -> Fraction:
        key = self.state(given, part)
        found = self._played.get(key)
        if found is None:
            found = self._played[key] = min(self.each(given, part).values())
        return found
