"""What a definition, a condition or a formula reads itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from policy_match.ir import conditions as c
from policy_match.ir import terms as e
from policy_match.ir.program import Definition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.ir.program import Policy, Program, Tier


def facts_of(thing: Definition | c.Condition | e.Expression | None) -> Iterator[str]:
    """Yield every fact that a definition, condition or formula reads itself."""
    match thing:
        case Definition(body=body, condition=condition):
            yield from facts_of(body)
            yield from facts_of(condition)
        case c.All(of=parts) | c.AnyOf(of=parts) | e.Extreme(of=parts):
            for part in parts:
                yield from facts_of(part)
        case c.Not(of=part) | e.Brackets(of=part):
            yield from facts_of(part)
        case c.Leaf(test=test):
            yield from _facts_of_test(test)
        case e.FactRef(fact=fact) | e.Mean(fact=fact) | e.Lookup(fact=fact):
            yield fact
        case e.Arithmetic(left=left, right=right) | e.Between(low=left, high=right):
            yield from facts_of(left)
            yield from facts_of(right)
        case e.Cases(branches=branches):
            for branch in branches:
                yield from facts_of(branch.guard)
                yield from facts_of(branch.value)
        case e.Switch(fact=fact, arms=arms):
            yield fact
            for _, arm in arms:
                yield from facts_of(arm)
        case _:
            return


def guards(expression: e.Expression | None) -> Iterator[c.Condition]:
    """Yield every condition that chooses between the cases of a formula."""
    match expression:
        case e.Cases(branches=branches):
            for branch in branches:
                if branch.guard is not None:
                    yield branch.guard
                yield from guards(branch.value)
        case e.Switch(arms=arms):
            for _, arm in arms:
                yield from guards(arm)
        case e.Arithmetic(left=left, right=right) | e.Between(low=left, high=right):
            yield from guards(left)
            yield from guards(right)
        case e.Extreme(of=parts):
            for part in parts:
                yield from guards(part)
        case e.Brackets(of=of):
            yield from guards(of)
        case _:
            return


def facts_beneath(
    program: Program, tiers: Iterable[Tier], when: c.Condition | None = None
) -> set[str]:
    """Return every fact that tiers, and a condition, rest on at any depth."""
    found: set[str] = set()
    parts = [when, *(part for tier in tiers for part in (tier.guard, tier.amount))]
    pending = [fact for part in parts for fact in facts_of(part)]
    while pending:
        fact = pending.pop()
        if fact not in found:
            found.add(fact)
            pending += facts_of(program.definitions.get(fact))
    return found


def tests_of(thing: Definition | c.Condition) -> Iterator[c.Test]:
    """Yield every test of a condition, or of a definition and its guards."""
    if isinstance(thing, Definition):
        if thing.condition is not None:
            yield from tests_of(thing.condition)
        yield from _guarding(thing.body)
    else:
        yield from (leaf.test for leaf in c.leaves(thing))


def _guarding(body: e.Expression | None) -> Iterator[c.Test]:
    match body:
        case e.Cases(branches=branches):
            for branch in branches:
                if branch.guard is not None:
                    yield from tests_of(branch.guard)
                yield from _guarding(branch.value)
        case e.Switch(arms=arms):
            for _, arm in arms:
                yield from _guarding(arm)
        case _:
            return


def tests_beneath(
    program: Program, policies: Iterable[Policy]
) -> dict[str, tuple[c.Test, ...]]:
    """Return, for each policy, every test that its outcome may rest on."""
    read = {n: tuple(facts_of(d)) for n, d in program.definitions.items()}
    own = {n: tuple(tests_of(d)) for n, d in program.definitions.items()}
    found: dict[str, tuple[c.Test, ...]] = {}
    for policy in policies:
        tests = dict.fromkeys(tests_of(policy.when))
        pending = [*facts_of(policy.when)]
        done: set[str] = set()
        while pending:
            fact = pending.pop()
            if fact not in done and fact in read:
                done.add(fact)
                pending += read[fact]
                tests |= dict.fromkeys(own[fact])
        found[policy.id] = tuple(tests)
    return found


def _facts_of_test(test: c.Test) -> Iterator[str]:
    match test:
        case c.Compare(left=left, right=right):
            yield from facts_of(left)
            yield from facts_of(right)
        case c.Within(of=of, low=low, high=high):
            for part in (of, low, high):
                yield from facts_of(part)
        case c.Holds(fact=fact) | c.Under(fact=fact) | c.Absent(fact=fact):
            yield fact
        case c.Fixed():
            return


@lru_cache(maxsize=4096)
def unset_in(expression: e.Expression) -> bool:
    """Return whether a formula rests on a parameter that no document fixes."""
    match expression:
        case e.Unset():
            return True
        case e.Arithmetic(left=left, right=right):
            return unset_in(left) or unset_in(right)
        case e.Extreme(of=parts):
            return any(map(unset_in, parts))
        case e.Between(low=low, high=high):
            return unset_in(low) or unset_in(high)
        case e.Brackets(of=of):
            return unset_in(of)
        case e.Cases(branches=branches):
            return any(unset_in(branch.value) for branch in branches)
        case e.Switch(arms=arms):
            return any(unset_in(arm) for _, arm in arms)
        case e.Const() | e.FactRef() | e.Mean() | e.Lookup() | e.Label():
            return False
        case _ as never:
            assert_never(never)


def exact_of_exact(thing: c.Condition | e.Expression) -> bool:
    """Return whether `thing` is settled wherever its facts are.

    An amount that an authority chooses is not; of cases nothing is said.
    """
    match thing:
        case c.All(of=parts) | c.AnyOf(of=parts) | e.Extreme(of=parts):
            return all(map(exact_of_exact, parts))
        case c.Not(of=part) | e.Brackets(of=part):
            return exact_of_exact(part)
        case c.Leaf(test=c.Compare(left=left, right=right)):
            return exact_of_exact(left) and exact_of_exact(right)
        case c.Leaf(test=c.Within(of=of, low=low, high=high)):
            return all(map(exact_of_exact, (of, low, high)))
        case e.Arithmetic(left=left, right=right):
            return exact_of_exact(left) and exact_of_exact(right)
        case e.Between() | e.Cases() | e.Switch():
            return False
        case _:
            return True
