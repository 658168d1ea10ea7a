"""Evidence in words: the tree a person unfolds, and the reasons in few words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import Interval
from policy_match.domain.truth import FALSE, TRUE, Truth
from policy_match.ir.terms import FactRef, Holds, Leaf, Mean, Not, name
from policy_match.reports.views.view import Node
from policy_match.reports.words.conditions import spoken, subject, threshold
from policy_match.reports.words.formulas import kind_of, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.domain.possible import Possible
    from policy_match.ir.terms import Condition, ParameterUse, Test
    from policy_match.reports.readings.provenance import Derived, Grounds
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.outcome import Evidence


_DEEPEST = 12
"""Definitions that are unfolded or looked through, one within the other."""


@dataclass
class Unfolded:
    """Which derived facts a policy's tree has unfolded, and which it still must."""

    facts: set[str] = field(default_factory=set)
    later: list[str] = field(default_factory=list)
    depth: int = 0

    def begins(self, fact: str) -> bool:
        """Return whether a fact is to be unfolded here; then what is in it begins.

        Where too many are unfolded one within the other, it is left for later.
        """
        if fact in self.facts:
            return False
        if self.depth == _DEEPEST:
            self.later.append(fact)
            return False
        self.facts.add(fact)
        self.depth += 1
        return True

    def ends(self) -> None:
        """End what is in a fact."""
        self.depth -= 1


def mark(truth: Truth) -> str:
    """Return the mark of a truth."""
    if truth is TRUE:
        return "met"
    return "failed" if truth is FALSE else "open"


class Trees:
    """Puts the evidence of one assessment into words."""

    def __init__(self, grounds: Grounds, words: Vocabulary) -> None:
        """Put nothing into words yet."""
        self.grounds, self.words = grounds, words
        self._inner: dict[tuple[str, int], tuple[str, ...]] = {}

    def evidence(self, found: Evidence) -> tuple[Node, ...]:
        """Return a policy's conditions; a derived fact is unfolded once.

        Beneath the deepest, it is unfolded behind the conditions.
        """
        unfolded = Unfolded()
        nodes = [*self._roots(found, unfolded)]
        while unfolded.later:
            fact = unfolded.later.pop(0)
            if fact not in unfolded.facts:
                nodes.append(self._fact(self.grounds.derived(fact), unfolded))
        return tuple(nodes)

    def _roots(self, found: Evidence, unfolded: Unfolded) -> tuple[Node, ...]:
        plain = not found.condition.note.says and name(found.condition) == "all"
        parts = found.of if plain else (found,)
        return tuple(self._node(part, unfolded) for part in parts)

    def _node(self, found: Evidence, unfolded: Unfolded) -> Node:
        condition = found.condition
        if isinstance(condition, Leaf):
            return self._leaf(found, condition.test, found.decisive, unfolded)
        if isinstance(condition, Not) and isinstance(condition.of, Leaf):
            decisive = found.of[0].decisive
            return self._leaf(found, condition.of.test, decisive, unfolded)
        said = self.words.text(condition.note.says)
        return Node(
            mark=mark(found.truth),
            words=said or self.words.label(name(condition)),
            cites=self.words.cites(condition.note.cite),
            why=self.words.text(condition.note.why),
            heading=not said,
            of=tuple(self._node(part, unfolded) for part in found.of),
        )

    def _leaf(
        self, found: Evidence, test: Test, decisive: bool, unfolded: Unfolded
    ) -> Node:
        condition = found.condition
        notes = [condition.note]
        if isinstance(condition, Not):
            notes.append(condition.of.note)
        why = next((note.why for note in notes if note.why), None)
        thresholds = self.thresholds(test)
        uses = (use for bound in self.grounds.bounds(test) for use in bound.uses)
        told = self.words.cites(cite for use in uses for cite in use.cite)
        cites = self.words.cites(cite for note in notes for cite in note.cite)
        return Node(
            mark=mark(found.truth),
            words=spoken(condition, self.words),
            value=self.value(test),
            thresholds=thresholds,
            cites=tuple(cite for cite in cites if cite not in told),
            why=self.words.text(why),
            decisive=decisive,
            of=self._because(test, unfolded),
        )

    def value(self, test: Test) -> str:
        """Return the firm's value of what a test is about.

        A settled yes or no is told by the mark; beside words that turn it round
        it would only confuse.
        """
        about, value = subject(test), self.grounds.value(test)
        if about is None or value is None:
            return ""
        facts = self.words.program.facts
        if isinstance(about, str):
            told = facts[about].type is FactType.BOOL and value.settled
            return "" if told else self.words.value(value, facts[about])
        if isinstance(about, FactRef):
            return self.words.value(value, facts[about.fact])
        return self._number(value, test)

    def _number(self, value: Possible, test: Test) -> str:
        about = subject(test)
        if about is None or isinstance(about, str) or not isinstance(value, Interval):
            return ""
        kind = kind_of(about, self.words.program)
        unit = unit_of(about, self.words) if not isinstance(about, Mean) else ""
        return self.words.interval(value, kind, unit)

    def thresholds(self, test: Test) -> tuple[str, ...]:
        """Return the figures of the law that a test compares with."""
        found = []
        for bound in self.grounds.bounds(test):
            if not isinstance(bound.value, Interval):
                continue
            kind = kind_of(bound.expression, self.words.program)
            unit = self._unit(test)
            value = self.words.interval(bound.value, kind, unit)
            for use in bound.uses:
                figure = self.words.program.figures.get(use.name)
                own = value
                if len(bound.uses) > 1 and figure is not None:
                    own = self.words.amount(figure.value, figure.type, unit)
                found.append(threshold(own, use, self.words))
        return tuple(found)

    def _unit(self, test: Test) -> str:
        about = subject(test)
        if about is None or isinstance(about, str):
            return ""
        return unit_of(about, self.words)

    # ---- derived facts

    def _because(self, test: Test, unfolded: Unfolded) -> tuple[Node, ...]:
        found: list[Node] = []
        about = subject(test)
        own = about.fact if isinstance(about, FactRef) else about
        for how in self.grounds.because(test):
            if how.fact == own:
                found += self._inside(how, unfolded)
            else:
                found.append(self._fact(how, unfolded))
        return tuple(found)

    def _inside(self, how: Derived, unfolded: Unfolded) -> tuple[Node, ...]:
        if how.given or not unfolded.begins(how.fact):
            return ()
        nodes: list[Node] = []
        definition = self.words.program.definitions[how.fact]
        if definition.condition is not None:
            nodes += self._roots(how.trees[0], unfolded)
        else:
            for tree in how.trees:
                nodes += self._decisive(tree, unfolded)
        read = map(self.grounds.derived, how.facts)
        nodes += [self._fact(below, unfolded) for below in read]
        unfolded.ends()
        return tuple(nodes)

    def _decisive(self, found: Evidence, unfolded: Unfolded) -> Iterator[Node]:
        if isinstance(found.condition, Leaf):
            if found.decisive:
                yield self._node(found, unfolded)
        elif isinstance(found.condition, Not) and isinstance(found.condition.of, Leaf):
            if found.of[0].decisive:
                yield self._node(found, unfolded)
        else:
            for part in found.of:
                yield from self._decisive(part, unfolded)

    def _fact(self, how: Derived, unfolded: Unfolded) -> Node:
        value = self.words.value(how.value, self.words.program.facts[how.fact])
        if how.given and not how.base:
            value += self.words.bracketed(self.words.label("given"))
        return Node(
            mark="fact",
            words=self.words.title(how.fact),
            value=value,
            thresholds=self.figures(how.uses),
            cites=self.words.cites(how.cite),
            of=() if how.base else self._inside(how, unfolded),
        )

    def figures(self, uses: Iterable[ParameterUse]) -> tuple[str, ...]:
        """Return parameters with their values, windows and documents."""
        return tuple(dict.fromkeys(self._figure(use) for use in uses))

    def _figure(self, use: ParameterUse) -> str:
        figure = self.words.program.figures.get(use.name)
        value = self.words.amount(figure.value, figure.type) if figure else ""
        return threshold(value, use, self.words, "figure")

    # ---- in few words

    def reasons(self, found: Evidence) -> tuple[str, ...]:
        """Return the conditions that make a policy out of reach, in few words."""
        return tuple(dict.fromkeys(self._reasons(found, 0)))

    def _reasons(self, found: Evidence, depth: int) -> Iterator[str]:
        condition = found.condition
        if isinstance(condition, Leaf):
            if found.decisive:
                yield from self._of_leaf(condition, condition.test, depth)
        elif isinstance(condition, Not):
            leaf = condition.of
            if any(part.decisive for part in _leaves(found)):
                test = leaf.test if isinstance(leaf, Leaf) else None
                yield self._short(condition, test)
        elif condition.note.says and any(part.decisive for part in _leaves(found)):
            yield spoken(condition, self.words)
        else:
            for part in found.of:
                yield from self._reasons(part, depth)

    def _of_leaf(self, condition: Leaf, test: Test, depth: int) -> Iterable[str]:
        said = condition.note.says
        if isinstance(test, Holds) and test.members == {True} and not said:
            deeper = self._of_fact(test.fact, depth)
            if deeper:
                return deeper
        return (self._short(condition, test),)

    def _of_fact(self, fact: str, depth: int) -> tuple[str, ...]:
        """Return the reasons for which a derived yes-or-no is none, found once."""
        key = fact, depth
        if depth < _DEEPEST and key not in self._inner:
            how = self.grounds.derived(fact)
            inner = self._reasons(how.trees[0], depth + 1) if how.trees else ()
            self._inner[key] = tuple(dict.fromkeys(inner))
        return self._inner.get(key, ())

    def _short(self, condition: Condition, test: Test | None) -> str:
        text = spoken(condition, self.words)
        if test is None:
            return text
        return text + self.words.bracketed(self.value(test))


def _leaves(found: Evidence) -> Iterator[Evidence]:
    if not found.of:
        yield found
    for part in found.of:
        yield from _leaves(part)
