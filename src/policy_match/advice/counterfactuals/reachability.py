"""Whether a condition may come to hold by moving some facts and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from policy_match.domain.facts import Settler
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth
from policy_match.ir.analysis import dependences
from policy_match.ir.terms import All, AnyOf, Holds, Leaf, Not
from policy_match.ir.traversal import facts_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from policy_match.ir.terms import Condition, Test
    from policy_match.semantics.one_firm import Evaluation


class Hope:
    """One firm whose `moved` facts are everything they can be moved to.

    What rests on an open fact that is not moved can hold for some firms only,
    so it is no hope; a determination is one where `decided` is left to the
    officer. `timed` tests may hold on a later day.
    """

    def __init__(
        self,
        verdicts: Evaluation,
        moved: Collection[str],
        *,
        decided: bool,
        timed: Collection[Test] = (),
    ) -> None:
        """Judge nothing yet."""
        self.verdicts, self.moved = verdicts, frozenset(moved)
        self.decided, self.timed = decided, timed
        self._rests = dependences(verdicts.program)
        self._known: dict[tuple[Condition, Truth], bool] = {}

    def judge(self, condition: Condition) -> Truth:
        """Return true where it surely holds, false where it never can."""
        if self.holds(condition):
            return TRUE
        return UNKNOWN if self.may_hold(condition) else FALSE

    def holds(self, condition: Condition) -> bool:
        """Return whether it holds, what officers are left to decide set aside."""
        truth = self.verdicts.truth(condition)
        if truth is UNKNOWN:
            return self._left_to_officers(condition)
        return truth is TRUE

    def may_hold(self, condition: Condition) -> bool:
        """Return whether it holds, or moving the facts may make it hold."""
        for fact in self._rests.chained(facts_of(condition)):
            definition = self._followed(fact)
            if definition is not None:
                for be in (TRUE, FALSE):
                    self._may(definition, be)
        return self._may(condition, TRUE)

    def _followed(self, fact: str) -> Condition | None:
        """Return the condition that a fact is defined by, where it is not given."""
        definition = self.verdicts.program.definitions.get(fact)
        if definition is None or fact in self.verdicts.given:
            return None
        return definition.condition

    def _may(self, condition: Condition, be: Truth) -> bool:
        key = condition, be
        if key not in self._known:
            self._known[key] = self._reaches(condition, be)
        return self._known[key]

    def _reaches(self, condition: Condition, be: Truth) -> bool:
        truth = self.verdicts.truth(condition)
        if truth is be:
            return True
        match condition:
            case Leaf(test=test):
                return test in self.timed or (
                    truth is UNKNOWN and self._leaf_may(condition, be)
                )
            case Not(of=part):
                return self._may(part, FALSE if be is TRUE else TRUE)
            case All(of=parts):
                some = all if be is TRUE else any
                return some(self._may(part, be) for part in parts)
            case AnyOf(of=parts):
                some = any if be is TRUE else all
                return some(self._may(part, be) for part in parts)
            case _ as never:
                assert_never(never)

    def _leaf_may(self, leaf: Leaf, be: Truth) -> bool:
        test = leaf.test
        if isinstance(test, Holds) and len(test.members) == 1:
            definition = self._followed(test.fact)
            if definition is not None:
                turned = True not in test.members
                other = FALSE if be is TRUE else TRUE
                return self._may(definition, other if turned else be)
        if not self.moved.isdisjoint(self.verdicts.missing.in_condition(leaf)):
            return True
        return self._left_to_officers(leaf)

    def _left_to_officers(self, condition: Condition) -> bool:
        if not self.decided:
            return False
        specs = self.verdicts.program.facts
        left = self.verdicts.missing.in_condition(condition)
        officer = Settler.OFFICER
        return bool(left) and all(specs[x].settled_by is officer for x in left)
