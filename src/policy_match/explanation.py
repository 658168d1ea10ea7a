"""Why: the facts still open, and the leaves that settle an outcome.

Both are read off truths and values that some backend has found; nothing is
evaluated here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, assert_never

from policy_match.domain.outcome import Evidence
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth, negation
from policy_match.ir.conditions import (
    Absent,
    All,
    AnyOf,
    Compare,
    Fixed,
    Holds,
    Leaf,
    Not,
    Under,
    Within,
    leaves,
)
from policy_match.ir.expressions import (
    Arithmetic,
    Between,
    Brackets,
    Cases,
    Const,
    Extreme,
    FactRef,
    Label,
    Lookup,
    Mean,
    Switch,
    Unset,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy_match.domain.possible import Choice, Interval, Possible
    from policy_match.ir.conditions import Condition, Test
    from policy_match.ir.expressions import Expression
    from policy_match.ir.narrowing import Narrowing
    from policy_match.ir.program import Policy, Program


class Verdicts(Protocol):
    """What a backend has found of one firm."""

    program: Program
    given: Mapping[str, Possible]

    def value(self, fact: str) -> Possible:
        """Return what is possible of a fact."""

    def truth(self, condition: Condition) -> Truth:
        """Return how a condition stands."""

    def evaluate(self, expression: Expression) -> Possible:
        """Return what is possible of a formula."""

    def tiers(self, policy: Policy) -> tuple[int, ...]:
        """Return the positions of the tiers still possible."""

    def amount(self, policy: Policy) -> Interval | None:
        """Return the unrounded amount, None where no document fixes it."""

    def narrowed(self, narrowings: tuple[Narrowing, ...]) -> Verdicts:
        """Return the verdicts where some facts are narrowed."""


# ---- open facts


def open_in(verdicts: Verdicts, condition: Condition) -> Iterator[str]:
    """Yield the facts on a path to a condition that is not settled."""
    if verdicts.truth(condition) is not UNKNOWN:
        return
    match condition:
        case All(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from open_in(verdicts, part)
        case Not(of=part):
            yield from open_in(verdicts, part)
        case Leaf(test=test):
            yield from _open_in_test(verdicts, test)
        case _ as never:
            assert_never(never)


def _open_in_test(verdicts: Verdicts, test: Test) -> Iterator[str]:
    match test:
        case Holds(fact=fact) | Under(fact=fact) | Absent(fact=fact):
            yield from _beneath(verdicts, fact)
        case Compare(left=left, right=right):
            yield from open_of(verdicts, left)
            yield from open_of(verdicts, right)
        case Within(of=of, low=low, high=high):
            for part in (of, low, high):
                yield from open_of(verdicts, part)
        case Fixed():
            return
        case _ as never:
            assert_never(never)


def open_of(verdicts: Verdicts, expression: Expression) -> Iterator[str]:
    """Yield the facts on a path to a formula whose value is not settled."""
    if verdicts.evaluate(expression).settled:
        return
    match expression:
        case FactRef(fact=fact) | Mean(fact=fact):
            yield from open_fact(verdicts, fact)
        case Lookup(fact=fact):
            yield from _beneath(verdicts, fact)
        case Arithmetic(left=left, right=right) | Between(low=left, high=right):
            yield from open_of(verdicts, left)
            yield from open_of(verdicts, right)
        case Extreme(of=parts):
            for part in parts:
                yield from open_of(verdicts, part)
        case Brackets(of=of):
            yield from open_of(verdicts, of)
        case Cases(branches=branches):
            for branch in branches:
                guard = branch.guard
                truth = TRUE if guard is None else verdicts.truth(guard)
                if guard is not None:
                    yield from open_in(verdicts, guard)
                if truth is not FALSE:
                    yield from open_of(verdicts, branch.value)
                if truth is TRUE:
                    break
        case Switch(fact=fact, arms=arms):
            yield from open_fact(verdicts, fact)
            on: Choice = verdicts.value(fact)  # type: ignore[assignment]
            for member, arm in arms:
                if on.members is None or member in on.members:
                    yield from open_of(verdicts, arm)
        case Const() | Label() | Unset():
            return
        case _ as never:
            assert_never(never)


def open_fact(verdicts: Verdicts, fact: str) -> Iterator[str]:
    """Yield `fact` where it is a base fact or given, else what it rests on."""
    if not verdicts.value(fact).settled:
        yield from _beneath(verdicts, fact)


def _beneath(verdicts: Verdicts, fact: str) -> Iterator[str]:
    # Asked of a code that leaves its test open as well: a coarse code is one
    # member, and yet open.
    definition = verdicts.program.definitions.get(fact)
    if definition is None or fact in verdicts.given:
        yield fact
    elif definition.condition is not None:
        yield from open_in(verdicts, definition.condition)
    elif definition.body is not None:
        yield from open_of(verdicts, definition.body)


def open_in_benefit(verdicts: Verdicts, policy: Policy) -> Iterator[str]:
    """Yield the facts on a path to an unsettled tier or amount."""
    for position in verdicts.tiers(policy):
        tier = policy.tiers[position]
        if tier.guard is not None:
            yield from open_in(verdicts, tier.guard)
    amount = verdicts.amount(policy)
    if amount is None or amount.settled:
        return
    for position in verdicts.tiers(policy):
        formula = policy.tiers[position].amount
        if formula is not None:
            yield from open_of(verdicts, formula)


# ---- evidence


def evidence(verdicts: Verdicts, condition: Condition) -> Evidence:
    """Return the tree of truths, with the decisive leaves marked."""
    return _tree(verdicts, condition, decisive_leaves(verdicts, condition))


def _tree(verdicts: Verdicts, condition: Condition, marked: set[Leaf]) -> Evidence:
    truth = verdicts.truth(condition)
    match condition:
        case Leaf():
            return Evidence(condition, truth, condition in marked)
        case Not(of=part):
            return Evidence(condition, truth, of=(_tree(verdicts, part, marked),))
        case All(of=parts) | AnyOf(of=parts):
            trees = tuple(_tree(verdicts, part, marked) for part in parts)
            return Evidence(condition, truth, of=trees)
        case _ as never:
            assert_never(never)


def decisive_leaves(verdicts: Verdicts, condition: Condition) -> set[Leaf]:
    """Return leaves that settle the truth, whatever the others become.

    No leaf of the set can be left out. Of several such sets, one with few
    leaves is taken, the first written where they tie.
    """
    truth = verdicts.truth(condition)
    marked: set[Leaf] = set()
    if truth is not FALSE:
        marked |= _at_least(verdicts, condition, truth)
    if truth is not TRUE:
        marked |= _at_most(verdicts, condition, truth)
    tests = [leaf.test for leaf in leaves(condition)]
    if truth is UNKNOWN or len(set(tests)) < len(tests):
        return _irredundant(verdicts, condition, marked)
    return marked


def _at_least(verdicts: Verdicts, condition: Condition, least: Truth) -> set[Leaf]:
    match condition:
        case Leaf():
            return {condition}
        case Not(of=part):
            return _at_most(verdicts, part, negation(least))
        case All(of=parts):
            return set().union(*(_at_least(verdicts, x, least) for x in parts))
        case AnyOf(of=parts):
            able = (x for x in parts if verdicts.truth(x) >= least)
            return min((_at_least(verdicts, x, least) for x in able), key=len)
        case _ as never:
            assert_never(never)


def _at_most(verdicts: Verdicts, condition: Condition, most: Truth) -> set[Leaf]:
    match condition:
        case Leaf():
            return {condition}
        case Not(of=part):
            return _at_least(verdicts, part, negation(most))
        case All(of=parts):
            able = (x for x in parts if verdicts.truth(x) <= most)
            return min((_at_most(verdicts, x, most) for x in able), key=len)
        case AnyOf(of=parts):
            return set().union(*(_at_most(verdicts, x, most) for x in parts))
        case _ as never:
            assert_never(never)


def _irredundant(
    verdicts: Verdicts, condition: Condition, marked: set[Leaf]
) -> set[Leaf]:
    kept = set(marked)
    for leaf in leaves(condition):
        fewer = kept - {leaf}
        if leaf in kept and settles(verdicts, condition, fewer):
            kept = fewer
    return kept


def settles(verdicts: Verdicts, condition: Condition, held: set[Leaf]) -> bool:
    """Return whether the held leaves alone settle the truth of the tree.

    All other leaves may take any truth, those with the same test as a held
    leaf excepted.
    """
    tests = {leaf.test for leaf in held}
    low, high = _bounds(verdicts, condition, tests)
    return low == high


def _bounds(
    verdicts: Verdicts, condition: Condition, held: set[Test]
) -> tuple[Truth, Truth]:
    match condition:
        case Leaf(test=test):
            if test in held:
                return verdicts.truth(condition), verdicts.truth(condition)
            return FALSE, TRUE
        case Not(of=part):
            low, high = _bounds(verdicts, part, held)
            return negation(high), negation(low)
        case All(of=parts):
            ends = [_bounds(verdicts, part, held) for part in parts]
            return min(e[0] for e in ends), min(e[1] for e in ends)
        case AnyOf(of=parts):
            ends = [_bounds(verdicts, part, held) for part in parts]
            return max(e[0] for e in ends), max(e[1] for e in ends)
        case _ as never:
            assert_never(never)
