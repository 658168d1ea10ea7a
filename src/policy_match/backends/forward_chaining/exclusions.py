"""Which of several policies that exclude each other is the firm's.

What a policy is worth is computed once its outcome and its amount are settled;
then each policy is set against each rival, and all its duels together settle
the choice (contract, section 1, Selection). One rival whose amount cannot be
compared leaves the choice open.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policy_match.backends.forward_chaining.codec import read, written
from policy_match.backends.forward_chaining.memory import LETTERS
from policy_match.backends.forward_chaining.translation import below
from policy_match.domain.possible import Interval
from policy_match.domain.truth import FALSE
from policy_match.ir.analysis import narrowed_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_match.backends.forward_chaining.engine import Fact, Term
    from policy_match.backends.forward_chaining.memory import WorkingMemory
    from policy_match.backends.forward_chaining.ruleset_builder import Draft
    from policy_match.backends.forward_chaining.translation import Translation
    from policy_match.domain.possible import Number
    from policy_match.ir.program import Policy

VAGUE = "incomparable"
"""How a duel ends where an amount is not fixed, or the forms differ."""


def exclude(translation: Translation, policies: Sequence[Policy]) -> None:
    """Add a group: policies of which a firm gets one, in the order of ties."""
    for policy in policies:
        _add_worth(translation, policy)
    draft = translation.draft
    for rank, mine in enumerate(policies):
        rivals = [p for p in policies if p is not mine]
        choice = _Choice(draft, mine, rivals)
        for rival in rivals:
            choice.duel(rival, first=rival in policies[rank:])
        choice.settle()


def _add_worth(translation: Translation, policy: Policy) -> None:
    draft = translation.draft
    under, head = draft.ids.new(), {"is": "worth", "of": policy.id}
    identity = draft.ids.new()
    translation.condition(policy.id, policy.when, under)
    settled = f"outcome of {policy.id}"
    conditions = narrowed_by(translation.program)[policy.id]

    def hear(memory: WorkingMemory, _: list[Fact]) -> Iterable[Fact]:
        return draft.settled(settled, memory)

    def say(memory: WorkingMemory) -> Iterable[Fact]:
        truth = memory.truth(policy.when)
        amount = None
        if truth is not FALSE and policy.tiers:
            amount = memory.narrowed(conditions).amount(policy)
        letters = {"outcome": LETTERS[truth], "amount": written(amount)}
        return ({**head, **letters, "id": identity},)

    draft.rule(f"{policy.id}: outcome", below(policy.id, under), hear)
    narrowed = [narrowing.fact for narrowing in conditions]
    for fact in narrowed:
        translation.derived(fact)
    wanted = [settled, *translation.benefit(policy), *narrowed]
    draft.when_settled(wanted, f"{policy.id}: worth", say)


class _Choice:
    """The rules by which one policy is selected or excluded."""

    def __init__(self, draft: Draft, mine: Policy, rivals: Sequence[Policy]) -> None:
        self.draft, self.mine, self.rivals = draft, mine, rivals
        self.id = draft.index.choices[mine.id] = draft.ids.new()

    def duel(self, rival: Policy, *, first: bool) -> None:
        """Add the rule for one rival; `first` is declared before it."""
        said = {"is": "duel", "of": self.mine.id, "id": self.draft.ids.new()}
        alike = self.mine.form == rival.form

        def action(_: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
            mine, other = found
            ends = duel(mine, other, alike=alike, first=first)
            return ({**said, "rival": rival.id, "mine": mine["outcome"], "ends": ends},)

        name = f"{self.mine.id} against {rival.id}"
        self.draft.join(name, _worth(self.mine), _worth(rival), action)

    def settle(self) -> None:
        """Add the rules that conclude from all duels."""
        name = f"{self.mine.id}: choice"
        if not self.rivals:
            self.draft.rule(name, _worth(self.mine), self._alone)
            return
        duels: list[Term] = [("=", "is", "duel"), ("=", "of", self.mine.id)]
        vague, clear = ("=", "ends", VAGUE), ("!=", "ends", VAGUE)
        self.draft.rule(f"{name} open", [*duels, vague], lambda _, __: self._say("U"))
        self.draft.rule(name, [*duels, clear], self._conclude, len(self.rivals))

    def _conclude(self, _: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
        outcome = str(found[0]["mine"])
        if outcome == "F":
            return self._say("F")
        lost = {fact["rival"] for fact in found if fact["ends"] == "lost"}
        for rival in self.rivals:
            if rival.id in lost:
                return self._say("F", rival.id)
        won = all(fact["ends"] in {"won", "no rival"} for fact in found)
        return self._say("T" if won and outcome == "T" else "U")

    def _alone(self, _: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
        return self._say(str(found[0]["outcome"]))

    def _say(self, selected: str, by: str = "") -> Iterable[Fact]:
        said: Fact = {"is": "choice", "of": self.mine.id, "id": self.id}
        return ({**said, "selected": selected, "by": by},)


def _worth(policy: Policy) -> list[Term]:
    return [("=", "is", "worth"), ("=", "of", policy.id)]


def duel(mine: Fact, rival: Fact, *, alike: bool, first: bool) -> str:
    """Return how a policy stands against one rival, of a like form or not.

    `first` says that it is declared before the rival, and so wins ties.
    """
    if rival["outcome"] == "F" or mine["outcome"] == "F":
        return "no rival"
    own, other = read(str(mine["amount"])), read(str(rival["amount"]))
    if not (alike and isinstance(own, Interval) and isinstance(other, Interval)):
        return VAGUE
    if rival["outcome"] == "T" and _beats(other, own, ties=not first):
        return "lost"
    if mine["outcome"] == "T" and _beats(own, other, ties=first):
        return "won"
    return "open"


def _beats(a: Interval, b: Interval, *, ties: bool) -> bool:
    low: Number = -inf if a.absent or not a.some else a.low
    high: Number = b.high if b.some else -inf
    return low > high or (ties and low == high)
