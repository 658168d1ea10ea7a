"""Whom a change of law touches: firms that gain, lose, or become uncertain.

A policy that is not in force counts as one the firm is not eligible for. Money
is what eligible firms may have of a policy, one that another excludes left out,
rounded to the cent; each policy by itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from policy_match.domain.money import cents
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.semantics.outcome import Assessment, Finding

Kind = Literal[
    "gains", "loses", "uncertain", "ruled-out", "more", "less", "other-amount"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What may come of a firm and a policy, in the order told: eligible now; no longer;
no longer settled; settled as not eligible; a higher amount, a lower one; another."""


class Sum(NamedTuple):
    """Money in cents, the least and the most; None where that is without bound."""

    low: int
    high: int | None

    def plus(self, other: Sum) -> Sum:
        """Return both together."""
        open_ = self.high is None or other.high is None
        high = None if open_ else (self.high or 0) + (other.high or 0)
        return Sum(self.low + other.low, high)


NOTHING = Sum(0, 0)


class Example(NamedTuple):
    """A firm that a change touches most, before and after."""

    kind: Kind
    before: Assessment
    after: Assessment
    weight: int
    """How much the change is worth to it, in cents."""


@dataclass
class Effect:
    """What a change comes to for one policy."""

    policy: str
    counts: Counter[Kind] = field(default_factory=Counter)
    before: Sum = NOTHING
    after: Sum = NOTHING
    example: Example | None = None

    def weighs_more(self, kind: Kind, weight: int) -> bool:
        """Return whether a firm makes a better example than the one so far."""
        if self.example is None:
            return True
        rank = KINDS.index(kind), -weight
        return rank < (KINDS.index(self.example.kind), -self.example.weight)


@dataclass
class Effects:
    """What a change of law comes to for some firms."""

    policies: dict[str, Effect] = field(default_factory=dict)
    firms: int = 0
    touched: int = 0
    """Firms for which anything changes."""
    rejected: int = 0

    def of(self, policy: str) -> Effect:
        """Return the effect for a policy, begun where there is none yet."""
        return self.policies.setdefault(policy, Effect(policy))


def of_firms(pairs: Iterable[tuple[Assessment, Assessment]]) -> Effects:
    """Return the effects for firms that were assessed before and after."""
    found = Effects()
    for before, after in pairs:
        found.firms += 1
        found.touched += _one(found, before, after)
    return found


def _one(found: Effects, before: Assessment, after: Assessment) -> bool:
    old = {f.policy.id: f for f in before.findings}
    new = {f.policy.id: f for f in after.findings}
    touched = False
    for policy in dict.fromkeys((*new, *old)):
        was, now = old.get(policy), new.get(policy)
        mine, its = money(was), money(now)
        kind = kind_of(outcome(was), outcome(now), mine, its)
        if kind is None and mine == its == NOTHING:
            continue
        effect = found.of(policy)
        effect.before, effect.after = effect.before.plus(mine), effect.after.plus(its)
        if kind is None:
            continue
        touched = True
        effect.counts[kind] += 1
        weight = abs((its.high or its.low) - (mine.high or mine.low))
        if effect.weighs_more(kind, weight):
            effect.example = Example(kind, before, after, weight)
    return touched


def outcome(finding: Finding | None) -> Outcome:
    """Return an outcome; a policy not in force is one of no eligibility."""
    return Outcome.INELIGIBLE if finding is None else finding.outcome


def money(finding: Finding | None) -> Sum:
    """Return what a firm may have of a policy, in cents."""
    if finding is None or finding.outcome is not Outcome.ELIGIBLE:
        return NOTHING
    amount = finding.benefit.amount if finding.benefit else None
    if finding.selected is False or amount is None or not amount.some:
        return NOTHING
    surely = finding.selected is True and not amount.absent
    low = cents(amount.low) if surely and amount.low != -inf else 0
    return Sum(low, None if amount.high == inf else cents(amount.high))


def kind_of(was: Outcome, now: Outcome, before: Sum, after: Sum) -> Kind | None:
    """Return what comes of a firm and a policy, None where nothing does."""
    if was is not now:
        if now is Outcome.ELIGIBLE:
            return "gains"
        if was is Outcome.ELIGIBLE and now is Outcome.INELIGIBLE:
            return "loses"
        return "uncertain" if now is Outcome.UNDETERMINED else "ruled-out"
    if before == after or was is not Outcome.ELIGIBLE:
        return None
    old, new = ([inf if end is None else end for end in x] for x in (before, after))
    if all(b >= a for a, b in zip(old, new, strict=True)):
        return "more"
    if all(b <= a for a, b in zip(old, new, strict=True)):
        return "less"
    return "other-amount"
