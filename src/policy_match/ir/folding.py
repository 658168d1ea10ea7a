"""What every value of one fact makes true, or false, replaced by its truth.

`sales > 5 or sales <= 5` asks nothing: no answer is worth having, and nothing is open
where it stands. A fact that may be none has that value too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from policy_match.domain.possible import (
    Choice,
    Interval,
    compare,
    contained,
    exactly,
    is_absent,
)
from policy_match.domain.truth import TRUE
from policy_match.ir import terms as t
from policy_match.ir.points import points, simple
from policy_match.ir.rewriting import Rewriting
from policy_match.ir.traversal import facts_of, leaves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program


def folded(program: Program) -> Program:
    """Return a program in which no condition says what no value of a fact changes."""
    return Rewriting(Folding(program).of).of(program)


def constant_truth(test: t.Compare | t.Within) -> bool:
    """Return the truth of a test in which constants are set against constants."""
    match test:
        case t.Compare(operator=sign, left=t.Const(value=a), right=t.Const(value=b)):
            return compare(sign, exactly(a), exactly(b)) is TRUE
        case t.Within(
            of=t.Const(value=of), low=t.Const(value=low), high=t.Const(value=high)
        ):
            return low <= of <= high
        case _:
            return False


class Folding:
    """Folds conditions of a program, one by one."""

    def __init__(self, program: Program) -> None:
        """Fold over the facts of a program."""
        self.program = program

    def of(self, condition: t.Condition) -> t.Condition:
        """Return a condition; the very same where there is nothing to fold."""
        held = self.constant(condition)
        if held is not None:
            return t.Leaf(t.Fixed(text_of(condition), held), condition.note)
        match condition:
            case t.All(of=parts) | t.AnyOf(of=parts):
                found = self.parts(parts, disjoint=isinstance(condition, t.AnyOf))
                same = len(found) == len(parts) and all(map(_is, found, parts))
                return condition if same else replace(condition, of=found)
            case t.Not(of=part):
                inner = self.of(part)
                return condition if inner is part else replace(condition, of=inner)
            case _:
                return condition

    def parts(
        self, parts: Sequence[t.Condition], *, disjoint: bool
    ) -> tuple[t.Condition, ...]:
        """Return the parts of a tree; those on one fact that settle it as its truth."""
        by_fact: dict[str, list[t.Condition]] = {}
        for part in parts:
            fact = self.only(part)
            if fact is not None:
                by_fact.setdefault(fact, []).append(part)
        for some in by_fact.values():
            if len(some) > 1:
                whole = t.AnyOf(tuple(some)) if disjoint else t.All(tuple(some))
                if self.constant(whole) is disjoint:
                    fixed = t.Leaf(t.Fixed(text_of(whole), disjoint), some[0].note)
                    rest = [part for part in parts if not any(part is s for s in some)]
                    return (fixed, *map(self.of, rest))
        return tuple(map(self.of, parts))

    def only(self, condition: t.Condition) -> str | None:
        """Return the one base fact that a condition sets against constants."""
        facts: set[str] = set()
        for leaf in leaves(condition):
            if not simple(leaf.test):
                return None
            facts.update(facts_of(leaf.test))
            if len(facts) > 1:
                return None
        if not facts or facts & self.program.definitions.keys():
            return None
        return next(iter(facts))

    def constant(self, condition: t.Condition) -> bool | None:
        """Return the truth that a condition has for every value of its one fact."""
        fact = self.only(condition)
        if fact is None:
            return None
        tests = [leaf.test for leaf in leaves(condition)]
        tried = points(self.program.facts[fact], tests)
        truths = {_holds(condition, value) for value in tried}
        return truths.pop() if len(truths) == 1 else None


def _is(one: object, other: object) -> bool:
    return one is other


def _holds(condition: t.Condition, value: Possible) -> bool:
    match condition:
        case t.All(of=parts):
            return all(_holds(part, value) for part in parts)
        case t.AnyOf(of=parts):
            return any(_holds(part, value) for part in parts)
        case t.Not(of=part):
            return not _holds(part, value)
        case t.Leaf(test=test):
            return _met(test, value)


def _met(test: t.Test, value: Possible) -> bool:
    """Return whether one value of the fact that a simple test reads meets it."""
    match test, value:
        case t.Holds(members=members), Choice():
            return contained(value, members) is TRUE
        case t.Absent(), _:
            return is_absent(value) is TRUE
        case t.Compare(operator=sign, left=t.Const(value=bound)), Interval():
            return compare(sign, exactly(bound), value) is TRUE
        case t.Compare(operator=sign, right=t.Const(value=bound)), Interval():
            return compare(sign, value, exactly(bound)) is TRUE
        case t.Within(low=t.Const(value=low), high=t.Const(value=high)), Interval():
            above = compare(">=", value, exactly(low)) is TRUE
            return above and compare("<=", value, exactly(high)) is TRUE
        case _:
            return False


def text_of(condition: t.Condition) -> str:
    """Return a condition in the words of the rulebook."""
    match condition:
        case t.All(of=parts):
            return " and ".join(map(text_of, parts))
        case t.AnyOf(of=parts):
            return " or ".join(map(text_of, parts))
        case t.Not(of=part):
            return f"not ({text_of(part)})"
        case t.Leaf(test=test):
            return test.text
