"""One firm, were one of its figures another.

What is given of a derived fact that rests on the figure holds for the figure that
the firm has, and for no other: elsewhere it is worked out anew. That a condition
is given to hold says all the same how the rest of it stands.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import exactly, yes_or_no
from policy_match.domain.truth import TRUE
from policy_match.ir.analysis import dependences
from policy_match.ir.narrowing import narrowings
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.narrowing import Narrowing


_YES = yes_or_no(TRUE)


class Elsewhere:
    """One firm with one of its figures as it is, or another."""

    def __init__(self, verdicts: Evaluation, figure: str) -> None:
        """Know the firm, and which of its facts may be another."""
        self._verdicts, self._figure = verdicts, figure

    @cached_property
    def here(self) -> Evaluation:
        """The firm as it is, with all that is said by conditions given to hold."""
        if not self._holding:
            return self._verdicts
        given = self._verdicts.given.items()
        kept = {fact: value for fact, value in given if fact not in self._holding}
        return Evaluation(self._verdicts.program, kept, self._said)

    def at(self, figure: Number) -> Evaluation:
        """Return the firm, were the figure this one."""
        given = {**self._given, self._figure: exactly(figure)}
        said = [n for n in self._said if n.fact != self._figure]
        return Evaluation(self._verdicts.program, given, said)

    @cached_property
    def _resting(self) -> frozenset[str]:
        """The derived facts given that rest on the figure."""
        program = self._verdicts.program
        rests = dependences(program)
        figure = rests.among([self._figure])
        return frozenset(
            fact
            for fact in self._verdicts.given
            if fact in program.definitions
            and fact != self._figure
            and rests.of(fact) & figure
        )

    @cached_property
    def _holding(self) -> tuple[str, ...]:
        """Those of them that are conditions, and given to hold."""
        program, given = self._verdicts.program, self._verdicts.given
        return tuple(
            fact
            for fact in sorted(self._resting)
            if program.facts[fact].type is FactType.BOOL and given[fact] == _YES
        )

    @cached_property
    def _given(self) -> dict[str, Possible]:
        given = self._verdicts.given.items()
        return {fact: value for fact, value in given if fact not in self._resting}

    @cached_property
    def _said(self) -> tuple[Narrowing, ...]:
        """What those conditions say of the facts that they rest on."""
        program = self._verdicts.program
        found = (program.definitions[fact].condition for fact in self._holding)
        return tuple(n for said in found if said for n in narrowings(program, said))
