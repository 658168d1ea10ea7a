"""Which facts are open: on a path to what is not settled.

Read off truths and values that some backend has found. A base fact is named by
itself; a derived one by what it rests on, unless it was given. Every path is
followed once for a firm, however many policies share it.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, assert_never

from policy_match.domain.possible import Choice
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN
from policy_match.ir.terms import (
    Absent,
    Arithmetic,
    Between,
    Brackets,
    Cases,
    Compare,
    Const,
    Extreme,
    FactRef,
    Fixed,
    Holds,
    Label,
    Leaf,
    Lookup,
    Mean,
    Switch,
    Under,
    Unset,
    Within,
)
from policy_match.semantics.explanation import standing, unsettled

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.ir.program import Policy
    from policy_match.ir.terms import Condition, Expression, Test
    from policy_match.semantics.explanation import Verdicts

Open = tuple[str, ...]
"""Fact ids, each once, in the order met."""


class Openness:
    """The open facts of one firm, by condition, formula, fact and benefit."""

    def __init__(self, verdicts: Verdicts) -> None:
        """Follow nothing yet."""
        self.verdicts = verdicts
        self._tests: dict[Test, Open] = {}
        self._facts: dict[str, Open] = {}

    def in_condition(self, condition: Condition) -> Open:
        """Return the facts on a path to a condition that is not settled."""
        if self.verdicts.truth(condition) is not UNKNOWN:
            return ()
        if isinstance(condition, Leaf):
            return self._of_test(condition.test)
        return self.in_tests(unsettled(condition, standing(self.verdicts, condition)))

    def in_tests(self, tests: Iterable[Test]) -> Open:
        """Return the facts on a path to tests that are not settled."""
        return _together(map(self._of_test, tests))

    def _of_test(self, test: Test) -> Open:
        found = self._tests.get(test)
        if found is None:
            found = self._tests[test] = self._in_test(test)
        return found

    def _in_test(self, test: Test) -> Open:
        match test:
            case Holds(fact=fact) | Under(fact=fact) | Absent(fact=fact):
                return self._beneath(fact)
            case Compare(left=left, right=right):
                return _together(map(self.of, (left, right)))
            case Within(of=of, low=low, high=high):
                return _together(map(self.of, (of, low, high)))
            case Fixed():
                return ()
            case _ as never:
                assert_never(never)

    def of(self, expression: Expression) -> Open:
        """Return the facts on a path to a formula whose value is not settled."""
        if self.verdicts.evaluate(expression).settled:
            return ()
        match expression:
            case FactRef(fact=fact) | Mean(fact=fact):
                return self.of_fact(fact)
            case Lookup(fact=fact):
                return self._beneath(fact)
            case Arithmetic(left=left, right=right) | Between(low=left, high=right):
                return _together(map(self.of, (left, right)))
            case Extreme(of=parts):
                return _together(map(self.of, parts))
            case Brackets(of=of):
                return self.of(of)
            case Cases():
                return self._of_cases(expression)
            case Switch():
                return self._of_switch(expression)
            case Const() | Label() | Unset():
                return ()
            case _ as never:
                assert_never(never)

    def _of_cases(self, cases: Cases) -> Open:
        parts: list[Open] = []
        for branch in cases.branches:
            truth = TRUE
            if branch.guard is not None:
                truth = self.verdicts.truth(branch.guard)
                parts.append(self.in_condition(branch.guard))
            if truth is not FALSE:
                parts.append(self.of(branch.value))
            if truth is TRUE:
                break
        return _together(parts)

    def _of_switch(self, switch: Switch) -> Open:
        on = self.verdicts.value(switch.fact)
        members = on.members if isinstance(on, Choice) else frozenset()
        parts = [self.of_fact(switch.fact)]
        for member, arm in switch.arms:
            if members is None or member in members:
                parts.append(self.of(arm))
        return _together(parts)

    def of_fact(self, fact: str) -> Open:
        """Return `fact` where it is a base fact or given, else what it rests on."""
        return () if self.verdicts.value(fact).settled else self._beneath(fact)

    def _beneath(self, fact: str) -> Open:
        # Asked of a code that leaves its test open as well: a coarse code is one
        # member, and yet open.
        found = self._facts.get(fact)
        if found is None:
            found = self._facts[fact] = self._reached(fact)
        return found

    def _reached(self, fact: str) -> Open:
        definition = self.verdicts.program.definitions.get(fact)
        if definition is None or fact in self.verdicts.given:
            return (fact,)
        if definition.condition is not None:
            return self.in_condition(definition.condition)
        return () if definition.body is None else self.of(definition.body)

    def in_benefit(self, policy: Policy) -> Open:
        """Return the facts on a path to an unsettled tier or amount."""
        possible = [policy.tiers[i] for i in self.verdicts.tiers(policy)]
        guards = (tier.guard for tier in possible if tier.guard is not None)
        parts = [self.in_condition(guard) for guard in guards]
        amount = self.verdicts.amount(policy)
        if amount is not None and not amount.settled:
            parts += [self.of(t.amount) for t in possible if t.amount is not None]
        return _together(parts)


def _together(parts: Iterable[Open]) -> Open:
    found = [part for part in parts if part]
    if len(found) == 1:
        return found[0]
    return tuple(dict.fromkeys(chain.from_iterable(found)))
