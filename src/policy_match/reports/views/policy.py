"""A rulebook's policies in words, whatever firm asks: the list, and one page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_match.ir.terms import (
    All,
    AnyOf,
    Compare,
    Condition,
    Holds,
    Leaf,
    Not,
    Within,
    name,
)
from policy_match.ir.traversal import leaves
from policy_match.language.formats import day_words
from policy_match.reports.document.evidence import EvidenceWriter
from policy_match.reports.readings.provenance import Grounds
from policy_match.reports.views.evidence import Trees, Unfolded
from policy_match.reports.views.finding import (
    claim_steps,
    departments,
    granted_by,
    windows_words,
)
from policy_match.reports.views.view import ClaimStep, Node
from policy_match.reports.words.articles import article_words
from policy_match.reports.words.benefits import amounts_in_words
from policy_match.reports.words.conditions import spoken, subject
from policy_match.reports.words.relations import relations
from policy_match.semantics.branches import distinct, own_uses, taken
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.texts import Citation, Window
    from policy_match.ir.program import OutOfForce, Policy, Program
    from policy_match.ir.terms import Expression, ParameterUse, Test
    from policy_match.reports.words.vocabulary import Vocabulary


@dataclass(frozen=True)
class Row:
    """A policy in the list."""

    id: str
    title: str
    kind: str
    kind_words: str
    in_force: bool
    status: str
    section: str
    indirect: bool
    windows: tuple[Window, ...]
    period: str


@dataclass(frozen=True)
class PolicyPage:
    """All there is to say of one policy on one day."""

    id: str
    title: str
    kind: str
    status: str
    in_force: bool
    summary: str
    plan: str
    phrases: tuple[str, ...]
    period: str
    conditions: tuple[Node, ...]
    benefit: tuple[tuple[str, str], ...]
    benefit_note: str
    relations: tuple[str, ...]
    figures: tuple[str, ...]
    claim: tuple[ClaimStep, ...]
    departments: str
    basis: tuple[str, ...]
    sources: tuple[str, ...]
    notes: str
    remark: str
    disclaimer: str


def known_policies(program: Program) -> dict[str, Policy | OutOfForce]:
    """Return every policy by its id, those in force first."""
    found: dict[str, Policy | OutOfForce] = {**program.by_id}
    return found | {p.id: p for p in program.out_of_force}


def rows(program: Program, words: Vocabulary) -> tuple[Row, ...]:
    """Return every policy, those in force first."""
    return tuple(_row(p, program, words) for p in known_policies(program).values())


def _row(policy: Policy | OutOfForce, program: Program, words: Vocabulary) -> Row:
    about, in_force = policy.about, policy.id in program.by_id
    return Row(
        id=policy.id,
        title=words.heading(about.title),
        kind=about.kind,
        kind_words=words.label(f"kind-{about.kind}"),
        in_force=in_force,
        status=words.label("in-force-yes" if in_force else "in-force-no"),
        section=about.section,
        indirect=policy.indirect,
        windows=about.windows,
        period=windows_words(about.windows, words),
    )


def policy_page(
    program: Program, policy: Policy | OutOfForce, words: Vocabulary
) -> PolicyPage:
    """Return the page of one policy; its conditions only where it is in force."""
    about, live = policy.about, program.by_id.get(policy.id)
    inside = _Inside(program, words)
    day = day_words(program.day, words.lang)
    cited = [c.source for c in about.cite]
    if live:
        cited += [c.source for c in inside.cited(live)]
    return PolicyPage(
        id=policy.id,
        title=words.heading(about.title),
        kind=words.label(f"kind-{about.kind}"),
        status=words.label("in-force-yes" if live else "in-force-no"),
        in_force=live is not None,
        summary=words.text(about.summary),
        plan=article_words(about.section, words.lang),
        phrases=about.phrases if words.own else (),
        period=windows_words(about.windows, words),
        conditions=inside.roots(live.when) if live else (),
        benefit=inside.benefit(live) if live else (),
        benefit_note=words.text(about.benefit_note),
        relations=tuple(relations(program, policy.id, words)) if live else (),
        figures=inside.figures(live) if live else (),
        claim=claim_steps(about, words),
        departments=departments(about, words),
        basis=granted_by(live, words) if live else (),
        sources=tuple(document(source, words) for source in dict.fromkeys(cited)),
        notes=words.text(about.notes),
        remark="" if live else words.label("page-out-of-force", day=day),
        disclaimer=words.text(program.disclaimer),
    )


def figures_used(program: Program, policy: str, words: Vocabulary) -> set[str]:
    """Return the parameters that a policy in force takes, without their keys."""
    live = program.by_id.get(policy)
    uses = _Inside(program, words).uses(live) if live else ()
    return {use.name.split(".")[0] for use in uses}


def document(source: str, words: Vocabulary) -> str:
    """Return a document: number, title, and what has replaced it."""
    found = words.program.sources.get(source)
    if found is None:
        return source
    text, title = words.number_of(source), words.text(found.title)
    if title != text:
        text = words.label("titled-document", number=text, title=title)
    if found.replaced_by:
        other = words.number_of(found.replaced_by)
        text += words.bracketed(words.label("superseded", other=other))
    return text


class _Inside:
    """What a policy requires and gives, read without any firm."""

    def __init__(self, program: Program, words: Vocabulary) -> None:
        self.program, self.words = program, words
        self.grounds = Grounds(Evaluation(program, {}))
        self.evidence = EvidenceWriter(self.grounds, words)
        self.trees = Trees((), words)

    def roots(self, condition: Condition) -> tuple[Node, ...]:
        """Return the conditions, the outermost `all` left unsaid.

        A derived fact is unfolded once; beneath the deepest, behind the others.
        """
        unfolded = Unfolded()
        nodes = [*self._roots(condition, unfolded)]
        while unfolded.later:
            fact = unfolded.later.pop(0)
            definition = self.program.definitions[fact].condition
            if definition is not None and unfolded.begins(fact):
                of = self._roots(definition, unfolded)
                unfolded.ends()
                nodes.append(Node("fact", self.words.title(fact), of=of))
        return tuple(nodes)

    def _roots(self, condition: Condition, unfolded: Unfolded) -> tuple[Node, ...]:
        if isinstance(condition, All) and not condition.note.says:
            return tuple(self._node(part, unfolded) for part in condition.of)
        return (self._node(condition, unfolded),)

    def _node(self, condition: Condition, unfolded: Unfolded) -> Node:
        test = _test_of(condition)
        notes = [condition.note]
        if isinstance(condition, Not):
            notes.append(condition.of.note)
        why = next((note.why for note in notes if note.why), None)
        said = test is not None or condition.note.says
        return Node(
            mark="fact",
            words=spoken(condition, self.words)
            if said
            else self.words.label(name(condition)),
            thresholds=self._thresholds(test) if test else (),
            cites=self.words.cites(c for note in notes for c in note.cite),
            why=self.words.text(why),
            heading=not said,
            of=self._below(condition, test, unfolded),
        )

    def _thresholds(self, test: Test) -> tuple[str, ...]:
        return self.trees.thresholds(self.evidence.thresholds(test), test)

    def _below(
        self, condition: Condition, test: Test | None, unfolded: Unfolded
    ) -> tuple[Node, ...]:
        if test is None:
            parts = condition.of if isinstance(condition, All | AnyOf) else ()
            if isinstance(condition, Not):
                parts = (condition.of,)
            return tuple(self._node(part, unfolded) for part in parts)
        if not isinstance(test, Holds):
            return ()
        definition = self.program.definitions.get(test.fact)
        if not definition or definition.condition is None:
            return ()
        if not unfolded.begins(test.fact):
            return ()
        nodes = self._roots(definition.condition, unfolded)
        unfolded.ends()
        return nodes

    def benefit(self, policy: Policy) -> tuple[tuple[str, str], ...]:
        """Return each tier and its amount as a formula in words."""
        form = self.words.label(f"form-{policy.form}")
        found = [*amounts_in_words(policy, self.words)]
        if not found:
            who = self.words.text(policy.set_by)
            text = self.words.label("set-amount", who=who) if who else ""
            found.append((form, text or self.words.label("no-money")))
        return tuple(found)

    def figures(self, policy: Policy) -> tuple[str, ...]:
        """Return the figures of the law that the policy takes."""
        return self.trees.figures(map(self.evidence.use, self.uses(policy)))

    def cited(self, policy: Policy) -> Iterator[Citation]:
        """Yield every citation of the conditions and of the figures."""
        for leaf in leaves(policy.when):
            yield from leaf.note.cite
        for use in self.uses(policy):
            yield from use.cite

    def uses(self, policy: Policy) -> tuple[ParameterUse, ...]:
        """Return every parameter that conditions and amounts rest on."""
        found: list[ParameterUse] = []
        seen: set[str] = set()
        todo: list[Expression | Condition] = [policy.when]
        for tier in policy.tiers:
            todo += [x for x in (tier.guard, tier.amount) if x is not None]
        while todo:
            thing = todo.pop(0)
            facts: tuple[str, ...] = ()
            if isinstance(thing, Condition):
                for leaf in leaves(thing):
                    todo += sides(leaf.test)
                    about = subject(leaf.test)
                    facts += (about,) if isinstance(about, str) else ()
            else:
                for node in taken(self.grounds.evaluation, thing):
                    found += own_uses(node)
                    if isinstance(node, Condition):
                        todo.append(node)
                facts = self.grounds.read(thing)
            for fact in facts:
                definition = self.program.definitions.get(fact)
                if definition is not None and fact not in seen:
                    seen.add(fact)
                    both = (definition.condition, definition.body)
                    todo += [x for x in both if x is not None]
        return distinct(found)


def sides(test: Test) -> tuple[Expression, ...]:
    """Return the formulas that a test compares."""
    match test:
        case Compare(left=left, right=right):
            return left, right
        case Within(of=of, low=low, high=high):
            return of, low, high
        case _:
            return ()


def _test_of(condition: Condition) -> Test | None:
    if isinstance(condition, Not):
        condition = condition.of
    return condition.test if isinstance(condition, Leaf) else None
