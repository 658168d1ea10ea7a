"""From a program to rules.

A condition becomes a tree of verdicts: each node concludes from the verdicts
below it, which carry the id of the node they lie `under`. A false part (of
`any`: a true one) settles a node at once; otherwise it waits for all parts.
First-match cases and tiers become chains: the turn passes from guard to guard
and takes along the branches that are still open. Formulas wait for what they
are made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.backends.forward_chaining.codec import written
from policy_match.backends.forward_chaining.memory import LETTERS
from policy_match.backends.forward_chaining.needs import cases_in, formulas_of, needs
from policy_match.backends.forward_chaining.readings import subjects, verdicts
from policy_match.domain.possible import Choice
from policy_match.domain.truth import FALSE, TRUE
from policy_match.ir.conditions import All, AnyOf, Fixed, Leaf, Not
from policy_match.ir.expressions import FactRef

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_match.backends.forward_chaining.draft import Draft
    from policy_match.backends.forward_chaining.engine import Fact, Term
    from policy_match.backends.forward_chaining.memory import WorkingMemory
    from policy_match.backends.forward_chaining.readings import Subject
    from policy_match.ir.conditions import Condition, Test
    from policy_match.ir.expressions import Cases, Expression
    from policy_match.ir.program import Policy, Program

ROOT = "root"
"""What the root of a tree lies under, where only the evidence waits for it."""

_NEGATION = {"T": "F", "F": "T", "U": "U"}


class Translation:
    """Adds to a draft whatever a condition, a fact or a policy needs."""

    def __init__(self, program: Program, draft: Draft) -> None:
        """Add the rule that hears what nobody else waits for."""
        self.program = program
        self.draft = draft
        self._leaves: dict[Test, list[tuple[str, str, str]]] = {}
        draft.rule("root", [{"is": "verdict"}, {"under": ROOT}], _nothing)

    # ---- conditions

    def condition(self, owner: str, condition: Condition, under: str = ROOT) -> None:
        """Add the tree of a condition of `owner`, a policy or a definition."""
        node = self.draft.ids.new()
        self.draft.index.nodes[condition] = node
        match condition:
            case Leaf(test=Fixed(holds=holds)):
                self._fix(owner, under, node, "T" if holds else "F")
            case Leaf(test=test):
                if test not in self._leaves:
                    self._leaves[test] = []
                    for formula in formulas_of(test):
                        self.formula(owner, formula)
                self._leaves[test].append((owner, under, node))
            case Not(of=part):
                self.condition(owner, part, node)
                self._concludes(owner, under, node, "not", _NEGATION, [])
            case All(of=()) | AnyOf(of=()):
                empty = "T" if isinstance(condition, All) else "F"
                self._fix(owner, under, node, empty)
            case All(of=parts) | AnyOf(of=parts):
                for part in parts:
                    self.condition(owner, part, node)
                self._settles(owner, under, node, condition)

    def _fix(self, owner: str, under: str, node: str, truth: str) -> None:
        self.draft.fixed.append(_verdict(owner, under, node, truth))

    def _settles(
        self, owner: str, under: str, node: str, condition: All | AnyOf
    ) -> None:
        both = isinstance(condition, All)
        stop, rest = ("F", "T") if both else ("T", "F")
        word = "all" if both else "any"
        stopped = {stop: stop}
        self._concludes(owner, under, node, word, stopped, [{"truth": stop}])
        others = {rest: rest, "U": "U"}
        terms = [{"$neq": {"truth": stop}}]
        self._concludes(owner, under, node, word, others, terms, len(condition.of))

    def _concludes(  # noqa: PLR0913 - one node in one place
        self,
        owner: str,
        under: str,
        node: str,
        word: str,
        becomes: dict[str, str],
        terms: Sequence[Term],
        times: int = 1,
    ) -> None:
        said = {t: (_verdict(owner, under, node, t),) for t in becomes.values()}

        def action(_: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
            truths = {str(fact["truth"]) for fact in found}
            return said[becomes["U" if "U" in truths else truths.pop()]]

        name = f"{owner} {node} {word} {' '.join(becomes)}"
        self.draft.rule(name, [*below(owner, node), *terms], action, times)

    def tests(self) -> None:
        """Add the rules of all tests; last, when every tree is there."""
        for subject in subjects(self._leaves):
            reading = self._reading(subject)
            for test, sides in subject.tests():
                for truth, terms in verdicts(sides):
                    self._decides(test, truth, [*reading, *terms])

    def _reading(self, subject: Subject) -> list[Term]:
        number = self.draft.ids.new()
        head: Fact = {"is": "reading", "of": number, "id": number}

        def read(memory: WorkingMemory) -> Iterable[Fact]:
            return ({**head, **subject.read(memory)},)

        match subject.parts:
            case (FactRef(fact=fact),):
                self.draft.waiting[fact].append(read)
            case parts:
                wanted = [need for part in parts for need in needs(part)]
                self.draft.when_settled(wanted, f"reading {number}", read)
        return [{"is": "reading"}, {"of": number}]

    def _decides(self, test: Test, truth: str, when: list[Term]) -> None:
        said = [_verdict(*place, truth) for place in self._leaves[test]]
        self.draft.rule(f"{test.text}: {truth}", when, lambda _, __: said)

    # ---- formulas

    def formula(self, owner: str, formula: Expression) -> list[str | Cases]:
        """Add what a formula is made of and return what it waits for."""
        for cases in cases_in(formula):
            if cases not in self.draft.index.chains:
                guards = [branch.guard for branch in cases.branches]
                self.chain(owner, cases, cases, guards)
        found = list(needs(formula))
        for need in found:
            if isinstance(need, str):
                self.derived(need)
        return found

    def chain(
        self,
        owner: str,
        key: Cases | str,
        need: str | Cases,
        guards: Sequence[Condition | None],
    ) -> None:
        """Add first-match branches: which may be taken, and whether none is."""
        chain = self.draft.new_chain(key, need)
        turns = [self.draft.ids.new() for _ in guards]

        def turn(step: int, may: tuple[int, ...]) -> tuple[Fact]:
            """Return the turn of a branch, or the end where nothing is to test."""
            if step < len(guards) and guards[step] is not None:
                here = {"chain": chain, "step": step, "id": turns[step]}
                return ({"is": "turn", **here, "may": _words(may)},)
            through = step == len(guards)
            return (end(may if through else (*may, step), through=through),)

        def end(may: tuple[int, ...], *, through: bool = False) -> Fact:
            words = {"may": _words(may), "through": int(through)}
            return {"is": "chain", "id": chain, **words}

        def action(_: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
            before, guard = found
            step = int(before["step"])
            may = tuple(map(int, str(before["may"]).split()))
            if guard["truth"] == "F":
                return turn(step + 1, may)
            if guard["truth"] == "U":
                return turn(step + 1, (*may, step))
            return (end((*may, step)),)

        self.draft.opening.append(lambda _: turn(0, ()))
        for step, guard in enumerate(guards):
            if guard is None:
                break
            under = self.draft.ids.new()
            self.condition(owner, guard, under)
            here = [{"is": "turn"}, {"chain": chain}, {"step": step}]
            name = f"{owner} chain {chain} step {step}"
            self.draft.join(name, here, below(owner, under), action)

    # ---- derived facts and policies

    def derived(self, fact: str) -> None:
        """Add the definition of a fact, once; a base fact has none."""
        definition = self.program.definitions.get(fact)
        if definition is None or fact in self.draft.index.derived:
            return
        node = self.draft.index.derived[fact] = self.draft.ids.new()
        head: Fact = {"is": "derived", "fact": fact, "id": node}
        if definition.condition is not None:

            def hear(_: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
                truth = found[0]["truth"]
                fails = {"T": {True}, "F": {False}}.get(str(truth), {True, False})
                return ({**head, "value": written(Choice(frozenset(fails)))},)

            under = self.draft.ids.new()
            self.condition(fact, definition.condition, under)
            self.draft.rule(f"{fact} is settled", below(fact, under), hear)
            return
        body = definition.body
        assert body is not None  # noqa: S101  # INVARIANT: one of the two

        def compute(memory: WorkingMemory) -> Iterable[Fact]:
            return ({**head, "value": written(memory.evaluate(body))},)

        self.draft.when_settled(self.formula(fact, body), fact, compute)

    def benefit(self, policy: Policy) -> list[str | Cases]:
        """Add the tiers of a policy and return what its amount waits for."""
        if not policy.tiers:
            return []
        tiers = f"tiers of {policy.id}"
        guards = [tier.guard for tier in policy.tiers]
        self.chain(policy.id, policy.id, tiers, guards)
        found: list[str | Cases] = [tiers]
        for tier in policy.tiers:
            if tier.amount is not None:
                found += self.formula(policy.id, tier.amount)
        return found


def _verdict(owner: str, under: str, node: str, truth: str) -> Fact:
    return {"is": "verdict", "in": owner, "under": under, "truth": truth, "id": node}


def below(owner: str, node: str) -> list[Term]:
    """Return the terms for verdicts that lie directly below a node."""
    return [{"is": "verdict"}, {"in": owner}, {"under": node}]


def _words(may: tuple[int, ...]) -> str:
    return " ".join(map(str, may))


def _nothing(_: WorkingMemory, __: list[Fact]) -> Iterable[Fact]:
    return ()
