"""What evidence rests on: values, figures of the law, and derived facts.

Values are asked of the interpreter that answered, lazily, only for what is
shown. Nothing here is in any language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from policy_match.domain.frozen import dataclass
from policy_match.domain.truth import Truth
from policy_match.ir.analysis import narrowed_by
from policy_match.ir.terms import (
    Absent,
    Compare,
    Condition,
    Const,
    FactRef,
    Fixed,
    Holds,
    Leaf,
    Lookup,
    Mean,
    Switch,
    Under,
    Unset,
    Within,
)
from policy_match.ir.traversal import leaves
from policy_match.reports.words.conditions import subject
from policy_match.semantics.branches import distinct, own_uses, taken
from policy_match.semantics.explanation import evidence
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.possible import Possible
    from policy_match.domain.texts import Citation, Text
    from policy_match.ir.terms import Expression, ParameterUse, Test
    from policy_match.semantics.outcome import Evidence, Finding


@dataclass(frozen=True)
class Derived:
    """How a fact came by its value.

    `trees` are the condition it is defined by, or the guards that were tried
    until one held; `facts` and `uses` are what its formula reads.
    """

    fact: str
    value: Possible
    given: bool
    cite: tuple[Citation, ...] = ()
    trees: tuple[Evidence, ...] = ()
    facts: tuple[str, ...] = ()
    uses: tuple[ParameterUse, ...] = ()
    base: bool = False


@dataclass(frozen=True)
class Bound:
    """The figure of the law that a value is held against."""

    expression: Expression
    value: Possible
    uses: tuple[ParameterUse, ...]


class Grounds:
    """The grounds of one answer, each found once."""

    def __init__(self, verdicts: Evaluation) -> None:
        """Ask who answered, and nobody else."""
        self.evaluation = verdicts
        self.program, self.given = verdicts.program, verdicts.given
        self._derived: dict[str, Derived] = {}

    def value(self, test: Test) -> Possible | None:
        """Return what is possible of the side of a test that is about the firm."""
        about = subject(test)
        if about is None:
            return None
        if isinstance(about, str):
            return self.evaluation.value(about)
        return self.evaluation.evaluate(about)

    def bounds(self, test: Test) -> tuple[Bound, ...]:
        """Return the figures a test compares with, where documents set them."""
        match test:
            case Compare(left=left, right=right):
                sides: tuple[Expression, ...] = (
                    (left,) if isinstance(left, Const) else (right,)
                )
            case Within(low=low, high=high):
                sides = (low, high)
            case Holds() | Under() | Absent() | Fixed():
                return ()
            case _ as never:
                assert_never(never)
        found = (
            Bound(side, self.evaluation.evaluate(side), self.uses(side))
            for side in sides
        )
        return tuple(bound for bound in found if bound.uses)

    def uses(self, expression: Expression) -> tuple[ParameterUse, ...]:
        """Return the parameters a formula takes, through derived facts too."""
        found: list[ParameterUse] = []
        seen: set[str] = set()
        pending = [taken(self.evaluation, expression)]
        while pending:
            node = next(pending[-1], None)
            if node is None:
                pending.pop()
                continue
            found += own_uses(node)
            if not isinstance(node, FactRef) or node.fact in seen:
                continue
            seen.add(node.fact)
            if self.rests_on_formula(node.fact):
                body = self.program.definitions[node.fact].body
                if body is not None:
                    pending.append(taken(self.evaluation, body))
        return distinct(found)

    def rests_on_formula(self, fact: str) -> bool:
        """Whether a fact is derived and not given."""
        return fact in self.program.definitions and fact not in self.given

    def because(self, test: Test) -> tuple[Derived, ...]:
        """Return how the derived facts that a test is about came by their values."""
        match test:
            case Holds(fact=fact) | Under(fact=fact) | Absent(fact=fact):
                facts: tuple[str, ...] = (fact,)
            case Compare(left=left, right=right):
                facts = (*self.read(left), *self.read(right))
            case Within(of=of, low=low, high=high):
                facts = (*self.read(of), *self.read(low), *self.read(high))
            case Fixed():
                facts = ()
            case _ as never:
                assert_never(never)
        derived = dict.fromkeys(f for f in facts if f in self.program.definitions)
        return tuple(self.derived(fact) for fact in derived)

    def read(self, expression: Expression) -> tuple[str, ...]:
        """Return the facts that a formula reads on the branches taken."""
        found: dict[str, None] = {}
        for node in taken(self.evaluation, expression):
            match node:
                case FactRef(fact=fact) | Mean(fact=fact):
                    found[fact] = None
                case Lookup(fact=fact) | Switch(fact=fact):
                    found[fact] = None
                case _:
                    continue
        return tuple(found)

    def derived(self, fact: str) -> Derived:
        """Return how a fact came by its value; a given or base fact just has it."""
        found = self._derived.get(fact)
        if found is None:
            found = self._derived[fact] = self._derive(fact)
        return found

    def _derive(self, fact: str) -> Derived:
        value = self.evaluation.value(fact)
        definition = self.program.definitions.get(fact)
        if definition is None or fact in self.given:
            base = definition is None
            return Derived(fact, value, fact in self.given, base=base)
        if definition.condition is not None:
            tree = evidence(self.evaluation, definition.condition)
            return Derived(
                fact, value, given=False, cite=definition.cite, trees=(tree,)
            )
        body = definition.body
        assert body is not None  # noqa: S101  # INVARIANT: one of the two
        if isinstance(body, Switch) and not self.evaluation.value(body.fact).settled:
            facts: tuple[str, ...] = (body.fact,)
            return Derived(fact, value, given=False, cite=definition.cite, facts=facts)
        nodes = tuple(taken(self.evaluation, body))
        guards = [node for node in nodes if isinstance(node, Condition)]
        trees = tuple(evidence(self.evaluation, guard) for guard in guards)
        tests = [leaf.test for guard in guards for leaf in leaves(guard)]
        inside = {f for test in tests for f in self._about(test)}
        facts = tuple(f for f in self.read(body) if f not in inside)
        uses = {use.name: use for node in nodes for use in own_uses(node)}
        return Derived(
            fact,
            value,
            given=False,
            cite=definition.cite,
            trees=trees,
            facts=facts,
            uses=tuple(uses.values()),
        )

    def _about(self, test: Test) -> tuple[str, ...]:
        about = subject(test)
        if about is None or isinstance(about, str):
            return (about,) if about else ()
        return self.read(about)

    def behind(self, found: Finding) -> Evaluation:
        """Return what a benefit was read off: facts as its conditions narrow them."""
        narrowings = narrowed_by(self.evaluation.program)[found.policy.id]
        return self.evaluation.narrowed(narrowings)

    def set_by(self, found: Finding) -> Text | None:
        """Return who fixes an amount that no document fixes."""
        if found.policy.set_by:
            return found.policy.set_by
        for tier in found.policy.tiers:
            if tier.amount is not None:
                for node in taken(self.evaluation, tier.amount):
                    if isinstance(node, Unset) and node.set_by:
                        return node.set_by
        return None

    # ---- documents

    def basis(self, found: Finding) -> tuple[Citation, ...]:
        """Return what grants a policy to the firm, the operative document first.

        What grants it to some firms only stands behind, where it is not known
        whether this is one of them. Of a policy that names no document it is
        what its conditions cite.
        """
        tiers = found.benefit.tiers if found.benefit else ()
        # For whom a document grants is no part of the answer: no backend judged it.
        plain = Evaluation(self.program, self.given)
        by_truth: dict[Truth, list[Citation]] = {truth: [] for truth in Truth}
        for part in found.policy.granted_by(tiers):
            guard = part.guard
            truth = Truth.TRUE if guard is None else plain.truth(guard)
            by_truth[truth].append(part.cite)
        told = [*by_truth[Truth.TRUE], *by_truth[Truth.UNKNOWN]]
        told = told or by_truth[Truth.FALSE]
        cited = told or self._all_cited(self._cited(found.policy.when))
        return tuple(dict.fromkeys(cited))

    def sources(self, found: Finding) -> tuple[str, ...]:
        """Return the documents a finding rests on, by id, none twice."""
        policy = found.policy
        cited = [*self.basis(found), *policy.about.cite]
        cited += self._all_cited(self._grounds_of(found))
        return tuple(dict.fromkeys(citation.source for citation in cited))

    def _grounds_of(self, found: Finding) -> Iterator[Citation | str]:
        """Yield what a finding cites itself, and the facts it rests on."""
        yield from self._cited(found.policy.when)
        names = found.benefit.tiers if found.benefit else ()
        for tier in found.policy.tiers:
            if tier.name not in names:
                continue
            if tier.guard is not None:
                yield from self._cited(tier.guard)
            if tier.amount is not None:
                for use in self.uses(tier.amount):
                    yield from use.cite
                yield from self.read(tier.amount)

    def _all_cited(self, first: Iterator[Citation | str]) -> Iterator[Citation]:
        """Yield citations, those of the facts they rest on included, depth first.

        Definitions may stand on one another without end, so there is no recursion.
        """
        seen: set[str] = set()
        pending = [first]
        while pending:
            found = next(pending[-1], None)
            if found is None:
                pending.pop()
            elif not isinstance(found, str):
                yield found
            elif found not in seen:
                seen.add(found)
                pending.append(self._cited_by_fact(found))

    def _cited(self, condition: Condition) -> Iterator[Citation | str]:
        yield from condition.note.cite
        if isinstance(condition, Leaf):
            for bound in self.bounds(condition.test):
                for use in bound.uses:
                    yield from use.cite
            for derived in self.because(condition.test):
                yield derived.fact
            return
        parts = condition.of if isinstance(condition.of, tuple) else (condition.of,)
        for part in parts:
            yield from self._cited(part)

    def _cited_by_fact(self, fact: str) -> Iterator[Citation | str]:
        how = self.derived(fact)
        yield from how.cite
        for use in how.uses:
            yield from use.cite
        for tree in how.trees:
            yield from self._cited(tree.condition)
        yield from how.facts
