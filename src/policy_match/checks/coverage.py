"""Which conditions the examples have shown true, false and unknown.

Every leaf of a policy's condition, of its tiers, and of the definitions it
rests on should be seen each way, so that no condition stands untried. The rows
of a threshold table are left out: their bounds are tried one by one, below, at
and above, by the tests.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from policy_match.ir.terms import All, AnyOf, Cases, Fixed, Leaf, Not
from policy_match.ir.traversal import facts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from policy_match.checks.examples import Run
    from policy_match.domain.truth import Truth
    from policy_match.errors import Place
    from policy_match.ir.program import Definition, Policy, Program
    from policy_match.ir.terms import Condition, Expression

    Reads = Callable[[Definition | Condition | Expression | None], tuple[str, ...]]
    """The facts that a part of a program reads itself."""


class Test(NamedTuple):
    """A condition, and where it is written; several may stand in one line."""

    place: Place
    text: str


def coverage(runs: Iterable[Run]) -> dict[Test, set[Truth]]:
    """Return the truths that each condition was seen to have."""
    seen: dict[Test, set[Truth]] = {}
    reads = cache(lambda thing: tuple(facts_of(thing)))
    for run in runs:
        if run.assessment is None:
            continue
        program, given = run.assessment.program, run.assessment.facts.given
        policy = program.by_id.get(run.policy)
        if policy is None:
            continue
        evaluation = run.assessment.verdicts
        for condition, hidden in _conditions(program, policy, set(given), reads):
            for leaf, place in _placed(condition, None):
                if place is None or isinstance(leaf.test, Fixed):
                    continue
                found = seen.setdefault(Test(place, leaf.test.text), set())
                if not hidden:
                    found.add(evaluation.truth(leaf))
    return seen


def _placed(
    condition: Condition, above: Place | None
) -> Iterator[tuple[Leaf, Place | None]]:
    """Yield each leaf with its own place, or that of what it is a part of."""
    place = condition.note.place or above
    match condition:
        case Leaf():
            yield condition, place
        case Not(of=part):
            yield from _placed(part, place)
        case All(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _placed(part, place)


def _conditions(
    program: Program, policy: Policy, given: set[str], reads: Reads
) -> Iterator[tuple[Condition, bool]]:
    """Yield each condition a policy rests on, and whether a given fact hides it."""
    yield policy.when, False
    pending = [(fact, False) for fact in reads(policy.when)]
    for tier in policy.tiers:
        if tier.guard is not None:
            yield tier.guard, False
        pending += [(fact, False) for fact in reads(tier.guard)]
        pending += [(fact, False) for fact in reads(tier.amount)]
        if isinstance(tier.amount, Cases):
            yield from _guards(tier.amount, hidden=False)
    done: set[tuple[str, bool]] = set()
    while pending:
        fact, hidden = pending.pop()
        definition = program.definitions.get(fact)
        hidden = hidden or fact in given
        if definition is None or (fact, hidden) in done:
            continue
        done.add((fact, hidden))
        yield from _of_definition(definition, hidden=hidden)
        pending += [(inner, hidden) for inner in reads(definition)]


def _of_definition(
    definition: Definition, *, hidden: bool
) -> Iterator[tuple[Condition, bool]]:
    if definition.condition is not None:
        yield definition.condition, hidden
    if isinstance(definition.body, Cases):
        yield from _guards(definition.body, hidden=hidden)


def _guards(cases: Cases, *, hidden: bool) -> Iterator[tuple[Condition, bool]]:
    for branch in cases.branches:
        if branch.guard is not None:
            yield branch.guard, hidden
