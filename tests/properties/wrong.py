"""Evaluators that are wrong on purpose: each property must catch its own.

They are what a hasty author would write, so that a property which lets one
pass is no property.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import NO_VALUE, Choice, Interval, Possible, one
from policy_match.domain.truth import FALSE, UNKNOWN, Truth
from policy_match.ir.terms import Arithmetic, Compare, Leaf, Not, Under
from policy_match.semantics.assessment import conclude
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.domain.facts import Facts
    from policy_match.ir.narrowing import Narrowing
    from policy_match.ir.program import Policy, Program
    from policy_match.ir.terms import Condition, Expression, Test
    from policy_match.semantics.outcome import Assessment, Evidence


class Wrong(Evaluation):
    """The reference, with one thing wrong in each subclass."""

    @classmethod
    def assess(cls, program: Program, facts: Facts) -> Assessment:
        """Return the answer of the wrong evaluator."""
        return conclude(cls(program, facts.given), facts, "reference")


class MissingIsZero(Wrong):
    """A number that is not known is taken for zero."""

    def __init__(self, program: Program, given: Mapping[str, Possible]) -> None:
        """Give every number that is not given."""
        numbers = {FactType.INT, FactType.MONEY}
        taken = {f: Interval(0, 0) for f in _base(program, *numbers)}
        super().__init__(program, {**taken, **given})


class MissingIsFalse(Wrong):
    """A yes-or-no that is not known is taken for no."""

    def __init__(self, program: Program, given: Mapping[str, Possible]) -> None:
        """Give every yes-or-no that is not given."""
        taken = {f: one(member=False) for f in _base(program, FactType.BOOL)}
        super().__init__(program, {**taken, **given})


def _base(program: Program, *types: FactType) -> list[str]:
    return [f for f, s in program.facts.items() if not s.derived and s.type in types]


class NothingIsAbsent(Wrong):
    """It is forgotten that a fact may be known to have no value."""

    def value(self, fact: str) -> Possible:
        """Return what is possible, absence left out."""
        found = super().value(fact)
        if isinstance(found, Choice) and found.members:
            return Choice(found.members)
        return found


class ByZeroIsZero(Wrong):
    """A division by zero gives zero."""

    def evaluate(self, expression: Expression) -> Possible:
        """Return what is possible of a formula, no value taken for zero."""
        found = super().evaluate(expression)
        if isinstance(expression, Arithmetic) and found == NO_VALUE:
            return Interval(0, 0)
        return found


class NotIsPushed(Wrong):
    """`not (a >= b)` is read as `a < b`, which absence makes another thing."""

    def truth(self, condition: Condition) -> Truth:
        """Return how a condition stands, `not` pushed into comparisons."""
        if isinstance(condition, Not) and isinstance(condition.of, Leaf):
            test = condition.of.test
            if isinstance(test, Compare) and not (
                self.number(test.left).some and self.number(test.right).some
            ):
                return FALSE
        return super().truth(condition)


class UnknownIsNo(Wrong):
    """A test that is not settled counts as failed."""

    def _test(self, test: Test) -> Truth:
        found = super()._test(test)
        return FALSE if found is UNKNOWN else found


class NeverNarrowed(Wrong):
    """The mistake survives narrowing, which would make a sound evaluation."""

    def narrowed(self, narrowings: Iterable[Narrowing]) -> Evaluation:
        """Return itself."""
        del narrowings
        return self


class FirstTierOnly(NeverNarrowed):
    """A tier whose guard is not settled is taken as the firm's."""

    def tiers(self, policy: Policy) -> tuple[int, ...]:
        """Return the first possible tier."""
        return super().tiers(policy)[:1]


class LowAmountOnly(NeverNarrowed):
    """An amount that is not settled is given at its low end."""

    def amount(self, policy: Policy) -> Interval | None:
        """Return the low end of the amount."""
        found = super().amount(policy)
        return found and Interval(found.low, found.low, found.absent, found.some)


class CoarseIsExact(Wrong):
    """A coarse code is taken for a code of its own."""

    def _test(self, test: Test) -> Truth:
        found = super()._test(test)
        if isinstance(test, Under) and self.value(test.fact).settled:
            return FALSE if found is UNKNOWN else found
        return found


def always_selected(answer: Assessment) -> Assessment:
    """Return the answer with every policy that is not ineligible selected."""
    found = (f._replace(selected=f.benefit is not None) for f in answer.findings)
    return replace(answer, findings=tuple(found))


def naming_nothing(answer: Assessment) -> Assessment:
    """Return the answer without the facts that are missing."""
    found = (f._replace(missing=(), open_for_outcome=()) for f in answer.findings)
    return replace(answer, findings=tuple(found))


def all_marked(tree: Evidence) -> Evidence:
    """Return evidence in which every leaf is called decisive."""
    marked = isinstance(tree.condition, Leaf)
    return tree._replace(decisive=marked, of=tuple(map(all_marked, tree.of)))


def none_marked(tree: Evidence) -> Evidence:
    """Return evidence in which no leaf is called decisive."""
    return tree._replace(decisive=False, of=tuple(map(none_marked, tree.of)))
