"""What is open of each policy, and which policies are settled together."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.ir.analysis import narrowed_by
from policy_match.semantics.one_firm import Evaluation
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Policy, Program

Given = dict[str, "Possible"]

_NO_MONEY = 1
_UNPRICED = 5
"""The weight of money that no document fixes."""
_UNKNOWN = 10
"""The weight of money of which no upper end is known: some ten thousand."""


class Opened(NamedTuple):
    """A policy that is not settled, the facts to ask for it, and its weight."""

    policy: Policy
    facts: tuple[str, ...]
    weight: int


Part = tuple[Opened, ...]
"""Policies that share open facts, directly or by others."""


def opened(
    program: Program,
    given: Mapping[str, Possible],
    policies: Iterable[Policy],
    asks: Callable[[str], bool],
) -> list[Opened]:
    """Return the policies of which a question is open that may be asked."""
    verdicts = Evaluation(program, given)
    found: list[Opened] = []
    for policy in policies:
        if Outcome.of(verdicts.truth(policy.when)) is Outcome.INELIGIBLE:
            continue
        facts, money = tuple(verdicts.missing.in_condition(policy.when)), _NO_MONEY
        if policy.tiers:
            then = verdicts.narrowed(narrowed_by(program)[policy.id])
            facts = tuple(dict.fromkeys((*facts, *then.missing.in_benefit(policy))))
            money = _weight(then, policy)
        facts = tuple(filter(asks, facts))
        if facts:
            found.append(Opened(policy, facts, money))
    return found


def _weight(verdicts: Evaluation, policy: Policy) -> int:
    """Return how much a policy counts: by the digits of what it may be worth."""
    amount = verdicts.amount(policy)
    if amount is None or not amount.some:
        return _UNPRICED
    if amount.high == inf:
        return _UNKNOWN
    digits = len(str(int(amount.high))) if amount.high >= 1 else 0
    return _NO_MONEY + 2 * digits


def parts(open_: Iterable[Opened]) -> list[Part]:
    """Return the policies in parts between which no open fact is shared."""
    found: list[tuple[list[Opened], set[str]]] = []
    for one in open_:
        mine, facts = [one], set(one.facts)
        apart = []
        for other in found:
            if other[1].isdisjoint(facts):
                apart.append(other)
            else:
                mine[:0], facts = other[0], facts | other[1]
        found = [*apart, (mine, facts)]
    return [tuple(members) for members, _ in found]


def facts_in(part: Part) -> list[str]:
    """Return the open facts of a part, each once."""
    return list(dict.fromkeys(fact for one in part for fact in one.facts))
