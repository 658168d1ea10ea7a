"""A ruleset in the making: rules, what they do, and who waits for what."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from policy_match.backends.forward_chaining.engine import (
    MOST_RULES,
    Identities,
    Rule,
    at_most,
)
from policy_match.backends.forward_chaining.memory import Index
from policy_match.ir.terms import Cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from policy_match.backends.forward_chaining.engine import Fact, Term
    from policy_match.backends.forward_chaining.memory import WorkingMemory

    Action = Callable[[WorkingMemory, list[Fact]], Iterable[Fact]]
    """What a rule asserts, given the memory and the messages it matched."""

    Saying = Callable[[WorkingMemory], Iterable[Fact]]

Need = str | Cases
"""What a formula waits for: a fact, the open branches of cases, or a word for
something else (`outcome of …`, `tiers of …`; no fact has a space in its id)."""


class Draft:
    """Rules by name, their actions, and the messages a firm starts with."""

    def __init__(self, ids: Identities) -> None:
        """Start with the rules that every ruleset has."""
        self.ids = ids
        self.index = Index()
        self.rules: dict[str, Rule] = {}
        self.actions: dict[str, Action] = {}
        self.fixed: list[Fact] = []
        """Verdicts that hold for every firm."""
        self.opening: list[Saying] = []
        """What starts of itself: chains, and formulas that need nothing."""
        self.waiting: defaultdict[Need, list[Saying]] = defaultdict(list)
        self._chains: dict[str, Need] = {}
        self.go: Fact = {"is": "go", "id": ids.new()}
        self.rule("go", [("=", "is", "go")], self._go)
        self.rule("derived", [("=", "is", "derived")], self._derived)
        self.rule("chain", [("=", "is", "chain")], self._chain)
        self.rule("choice", [("=", "is", "choice")], lambda _, __: ())

    # ---- rules

    def rule(
        self, name: str, when: Sequence[Term], action: Action, times: int = 1
    ) -> None:
        """Add a rule for messages that satisfy every term of `when`."""
        self._add(name, Rule((tuple(when),), times), action)

    def join(
        self, name: str, first: Sequence[Term], second: Sequence[Term], action: Action
    ) -> None:
        """Add a rule for two messages that are both in memory."""
        self._add(name, Rule((tuple(first), tuple(second))), action)

    def _add(self, name: str, rule: Rule, action: Action) -> None:
        unique = name if name not in self.rules else f"{name} #{self.ids.new()}"
        self.rules[unique] = rule
        at_most(MOST_RULES, len(self.rules), "limit-rules")
        self.actions[unique] = action

    # ---- waiting

    def when_settled(self, needs: Iterable[Need], name: str, say: Saying) -> None:
        """Say something as soon as everything it needs is settled."""
        wanted = list(dict.fromkeys(needs))
        if not wanted:
            self.opening.append(say)
            return
        formula = self.ids.new()
        for need in wanted:
            self.waiting[need].append(self._input(formula))

        def action(memory: WorkingMemory, _: list[Fact]) -> Iterable[Fact]:
            return say(memory)

        when = [("=", "is", "input"), ("=", "to", formula)]
        self.rule(f"{name}: inputs known", when, action, len(wanted))

    def _input(self, formula: str) -> Saying:
        said: tuple[Fact] = ({"is": "input", "to": formula, "id": self.ids.new()},)
        return lambda _: said

    def settled(self, need: Need, memory: WorkingMemory) -> list[Fact]:
        """Return all that is to be said now that `need` is settled."""
        sayings = self.waiting.get(need, ())
        return [fact for say in sayings for fact in say(memory)]

    def new_chain(self, key: Cases | str, need: Need) -> str:
        """Return the id of the message on which branches of a chain are open."""
        chain = self.ids.new()
        self.index.chains[key] = chain
        self._chains[chain] = need
        return chain

    # ---- the rules every ruleset has

    def _go(self, memory: WorkingMemory, _: list[Fact]) -> Iterable[Fact]:
        return [fact for say in self.opening for fact in say(memory)]

    def _derived(self, memory: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
        return self.settled(str(found[0]["fact"]), memory)

    def _chain(self, memory: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
        return self.settled(self._chains[str(found[0]["id"])], memory)
