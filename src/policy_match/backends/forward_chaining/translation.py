"""From a program to rules.

A condition becomes a tree of verdicts: each node concludes from the verdicts
below it, which carry the id of the node they lie `under`. A false part (of
`any`: a true one) settles a node at once; otherwise it waits for all parts.
First-match cases and tiers become chains: the turn passes from guard to guard
and takes along the branches that are still open. Formulas wait for what they
are made of.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from policy_match.backends.forward_chaining.codec import written
from policy_match.backends.forward_chaining.first_match import Chain
from policy_match.backends.forward_chaining.readings import (
    MEMBERSHIP,
    subjects,
    verdicts,
)
from policy_match.domain.possible import Choice
from policy_match.ir.terms import All, AnyOf, Cases, FactRef, Fixed, Leaf, Not, name
from policy_match.ir.traversal import formulas, operands, reads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_match.backends.forward_chaining.engine import Fact, Term
    from policy_match.backends.forward_chaining.memory import WorkingMemory
    from policy_match.backends.forward_chaining.readings import (
        Difference,
        Membership,
        Numbers,
    )
    from policy_match.backends.forward_chaining.ruleset_builder import Draft
    from policy_match.ir.program import Policy, Program
    from policy_match.ir.terms import Condition, Expression, Test

ROOT = "root"
"""What the root of a tree lies under, where only the evidence waits for it."""

_MEMBERS = {
    "T": frozenset((True,)),
    "F": frozenset((False,)),
    "U": frozenset((True, False)),
}
_NEGATION = {"T": "F", "F": "T", "U": "U"}


class Place(NamedTuple):
    """Where a node stands: its owner, the node it lies under, and its own id."""

    owner: str
    """The policy or derived fact it was first needed for."""
    under: str
    node: str

    def verdict(self, truth: str) -> Fact:
        """Return the message that the node has this truth."""
        about = {"in": self.owner, "under": self.under, "id": self.node}
        return {"is": "verdict", **about, "truth": truth}


class Translation:
    """Adds to a draft whatever a condition, a fact or a policy needs."""

    def __init__(self, program: Program, draft: Draft) -> None:
        """Add the rule that hears what nobody else waits for."""
        self.program = program
        self.draft = draft
        self._leaves: dict[Test, list[Place]] = {}
        self._defined: deque[str] = deque()
        draft.rule("root", [("=", "is", "verdict"), ("=", "under", ROOT)], _nothing)

    # ---- conditions

    def condition(self, owner: str, condition: Condition, under: str = ROOT) -> None:
        """Add the tree of a condition of `owner`, a policy or a definition."""
        place = Place(owner, under, self.draft.ids.new())
        self.draft.index.nodes[condition] = place.node
        match condition:
            case Leaf(test=Fixed(holds=holds)):
                self.draft.fixed.append(place.verdict("T" if holds else "F"))
            case Leaf(test=test):
                self._leaf(place, test)
            case Not(of=part):
                self.condition(owner, part, place.node)
                self._concludes(place, "not", _NEGATION, [])
            case All(of=()) | AnyOf(of=()):
                empty = "T" if isinstance(condition, All) else "F"
                self.draft.fixed.append(place.verdict(empty))
            case All(of=parts) | AnyOf(of=parts):
                for part in parts:
                    self.condition(owner, part, place.node)
                stop, rest = ("F", "T") if isinstance(condition, All) else ("T", "F")
                word = name(condition)
                at_once = [("=", "truth", stop)]
                self._concludes(place, word, {stop: stop}, at_once)
                others = [("!=", "truth", stop)]
                becomes = {rest: rest, "U": "U"}
                self._concludes(place, word, becomes, others, len(parts))

    def _leaf(self, place: Place, test: Test) -> None:
        if test not in self._leaves:
            self._leaves[test] = []
            for formula in compared(test):
                self.formula(place.owner, formula)
        self._leaves[test].append(place)

    def _concludes(
        self,
        place: Place,
        word: str,
        becomes: dict[str, str],
        terms: Sequence[Term],
        times: int = 1,
    ) -> None:
        said = {truth: (place.verdict(truth),) for truth in becomes.values()}

        def action(_: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
            truths = {str(fact["truth"]) for fact in found}
            return said[becomes["U" if "U" in truths else truths.pop()]]

        title = f"{place.owner} {place.node} {word} {' '.join(becomes)}"
        when = [*below(place.owner, place.node), *terms]
        self.draft.rule(title, when, action, times)

    def tests(self) -> None:
        """Add the rules of all tests; last, when every tree is there."""
        numbers, memberships = subjects(self._leaves)
        for subject in numbers:
            number = self._read(subject, "reading")
            for test, sides in subject.tests():
                for truth, terms in verdicts(sides):
                    self._decides(test, truth, number, terms)
        places: dict[str, Test] = {}
        for membership in memberships:
            places[self._read(membership, "membership")] = membership.test
        for truth, terms in MEMBERSHIP:
            self._decide(places, truth, terms)

    def _read(self, subject: Numbers | Difference | Membership, kind: str) -> str:
        """Add what a firm's values look like and return the number it goes by."""
        number = self.draft.ids.new()
        head: Fact = {"is": kind, "of": number, "id": number}

        def read(memory: WorkingMemory) -> Iterable[Fact]:
            return ({**head, **subject.read(memory)},)

        match subject.parts:
            case (FactRef(fact=fact),):
                self.draft.waiting[fact].append(read)
            case parts:
                wanted = [need for part in parts for need in needs(part)]
                self.draft.when_settled(wanted, f"reading {number}", read)
        return number

    def _decides(
        self, test: Test, truth: str, number: str, terms: tuple[Term, ...]
    ) -> None:
        said = self._everywhere(test, truth)
        when = [("=", "is", "reading"), ("=", "of", number), *terms]
        self.draft.rule(f"{test.text}: {truth}", when, lambda _, __: said)

    def _decide(
        self, tests: dict[str, Test], truth: str, terms: tuple[Term, ...]
    ) -> None:
        said = {of: self._everywhere(test, truth) for of, test in tests.items()}
        when = [("=", "is", "membership"), *terms]
        title = f"membership: {truth}"
        self.draft.rule(title, when, lambda _, found: said[str(found[0]["of"])])

    def _everywhere(self, test: Test, truth: str) -> list[Fact]:
        return [place.verdict(truth) for place in self._leaves[test]]

    # ---- formulas

    def formula(self, owner: str, formula: Expression) -> list[str | Cases]:
        """Add what a formula is made of and return what it waits for."""
        for cases in (need for need in needs(formula) if isinstance(need, Cases)):
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
        """Add first-match branches, down to the first that has no guard."""
        chain = Chain(self.draft, key, need, guards)
        for step, guard in enumerate(guards):
            if guard is None:
                break
            under = self.draft.ids.new()
            self.condition(owner, guard, under)
            title = f"{owner} chain {chain.id} step {step}"
            verdict = below(owner, under)
            self.draft.join(title, chain.at(step), verdict, chain.decide)

    # ---- derived facts and policies

    def derived(self, fact: str) -> None:
        """Add the definition of a fact, once; a base fact has none.

        What it needs in turn waits until it is there: a chain of definitions is
        added one after the other.
        """
        if fact not in self.program.definitions or fact in self.draft.index.derived:
            return
        self.draft.index.derived[fact] = self.draft.ids.new()
        self._defined.append(fact)
        if len(self._defined) == 1:
            while self._defined:
                self._define(self._defined[0])
                self._defined.popleft()

    def _define(self, fact: str) -> None:
        definition = self.program.definitions[fact]
        node = self.draft.index.derived[fact]
        head: Fact = {"is": "derived", "fact": fact, "id": node}
        if definition.condition is not None:

            def hear(_: WorkingMemory, found: list[Fact]) -> Iterable[Fact]:
                value = Choice(_MEMBERS[str(found[0]["truth"])])
                return ({**head, "value": written(value)},)

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


def compared(test: Test) -> tuple[Expression, ...]:
    """Return the formulas that a test compares, or the fact it asks about."""
    return operands(test) or tuple(map(FactRef, reads(test)))


def needs(formula: Expression) -> Iterator[str | Cases]:
    """Yield the facts and the cases that a formula reads, the nested ones too."""
    for node in formulas(formula):
        yield from reads(node)
        if isinstance(node, Cases):
            yield node


def below(owner: str, node: str) -> list[Term]:
    """Return the terms for verdicts that lie directly below a node."""
    return [("=", "is", "verdict"), ("=", "in", owner), ("=", "under", node)]


def _nothing(_: WorkingMemory, __: list[Fact]) -> Iterable[Fact]:
    return ()
