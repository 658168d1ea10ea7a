"""Evidence in words: the tree a person unfolds, and the reasons in few words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import Interval
from policy_match.domain.texts import Citation
from policy_match.ir.terms import FactRef, Holds, Leaf, Mean
from policy_match.reports.document import models as m
from policy_match.reports.views.view import Node
from policy_match.reports.words.conditions import spoken, subject
from policy_match.reports.words.figures import period_words
from policy_match.reports.words.formulas import kind_of, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.domain.truth import TruthWord
    from policy_match.ir.terms import Test
    from policy_match.reports.words.vocabulary import Vocabulary


Cited = m.Evidence | m.Parameter | m.Definition
"""What names the articles it rests on."""
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


MARKS: dict[TruthWord, str] = {"true": "met", "false": "failed", "unknown": "open"}


class Trees:
    """Puts the evidence of one document into words."""

    def __init__(self, definitions: Iterable[m.Definition], words: Vocabulary) -> None:
        """Put nothing into words yet."""
        self.words = words
        self.definitions = {one.fact: one for one in definitions}
        self._inner: dict[tuple[str, int, bool], tuple[str, ...]] = {}

    def evidence(self, found: m.Evidence) -> tuple[Node, ...]:
        """Return a policy's conditions; a derived fact is unfolded once.

        Beneath the deepest, it is unfolded behind the conditions.
        """
        unfolded = Unfolded()
        nodes = [*self._roots(found, unfolded)]
        while unfolded.later:
            fact = unfolded.later.pop(0)
            if fact not in unfolded.facts:
                nodes.append(self._fact(self.definitions[fact], unfolded))
        return tuple(nodes)

    def _roots(self, found: m.Evidence, unfolded: Unfolded) -> tuple[Node, ...]:
        plain = found.condition == "all" and not found.says
        parts = found.of if plain and isinstance(found, m.Tree) else (found,)
        return tuple(self._node(part, unfolded) for part in parts)

    def _node(self, found: m.Evidence, unfolded: Unfolded) -> Node:
        test = tested(found)
        if test is not None:
            return self._leaf(found, test, unfolded)
        assert isinstance(found, m.Tree)  # noqa: S101  # INVARIANT: it tests nothing
        return Node(
            mark=MARKS[found.truth],
            words=found.says or self.words.label(found.condition),
            cites=self.cites(found),
            why=found.why or "",
            heading=not found.says,
            of=tuple(self._node(part, unfolded) for part in found.of),
        )

    def _leaf(self, found: m.Evidence, leaf: m.Test, unfolded: Unfolded) -> Node:
        parts = (found,) if found is leaf else (found, leaf)
        thresholds = thresholds_of(leaf)
        told = self.cites(*(use for one in thresholds for use in (one, *one.also)))
        cites = self.cites(*parts)
        return Node(
            mark=MARKS[found.truth],
            words=self.says(found),
            value=self.value(leaf),
            thresholds=self.thresholds(thresholds, leaf_test(leaf)),
            cites=tuple(cite for cite in cites if cite not in told),
            why=next((part.why for part in parts if part.why), ""),
            decisive=leaf.decisive,
            of=self._because(leaf, unfolded),
        )

    def says(self, found: m.Evidence) -> str:
        """Return a condition in words; a tree without its author's is put into some."""
        return found.says or spoken(found.rule.condition, self.words)

    def cites(self, *parts: m.Evidence | m.Parameter | m.Definition) -> tuple[str, ...]:
        """Return the articles that parts name, a document's together."""
        return self.words.cites(cite for part in parts for cite in citations(part))

    def value(self, found: m.Test) -> str:
        """Return the firm's value of what a test is about.

        A settled yes or no is told by the mark; beside words that turn it round
        it would only confuse.
        """
        about = subject(leaf_test(found))
        if about is None or found.value is None:
            return ""
        value, facts = found.value.possible, self.words.program.facts
        if isinstance(about, str):
            told = facts[about].type is FactType.BOOL and value.settled
            return "" if told else self.words.value(value, facts[about])
        if isinstance(about, FactRef):
            return self.words.value(value, facts[about.fact])
        if not isinstance(value, Interval):
            return ""
        kind = kind_of(about, self.words.program)
        unit = unit_of(about, self.words) if not isinstance(about, Mean) else ""
        return self.words.interval(value, kind, unit)

    def thresholds(
        self, thresholds: Iterable[m.Threshold], test: Test
    ) -> tuple[str, ...]:
        """Return the figures of the law that a test compares with."""
        found = []
        for bound in thresholds:
            if bound.value is None:
                continue
            unit = self._unit(test)
            value = self.words.interval(bound.value.number, bound.value.kind, unit)
            for use in (bound, *bound.also):
                other = use.own and use.own.kind is not bound.value.kind
                own = self._number_of(use, unit) if bound.also or other else ""
                found.append(self._threshold(own or value, use))
        return tuple(found)

    def _threshold(self, value: str, use: m.Parameter, key: str = "threshold") -> str:
        """Return a figure of the law: its title, value, window and documents."""
        words = self.words
        cites = words.label("comma").join(self.cites(use))
        if cites:
            cites = words.label("then-cites", cites=cites)
        if use.local:
            cites += words.label("local-parameter")
        period = period_words(use.from_, use.to, words.lang)
        figure = use.title
        if value:
            figure = words.label("figure-value", title=figure, value=value)
        return words.label(key, figure=figure, period=period, cites=cites)

    def _unit(self, test: Test) -> str:
        about = subject(test)
        if about is None or isinstance(about, str):
            return ""
        return unit_of(about, self.words)

    # ---- derived facts

    def _because(self, found: m.Test, unfolded: Unfolded) -> tuple[Node, ...]:
        nodes: list[Node] = []
        about = subject(leaf_test(found))
        own = about.fact if isinstance(about, FactRef) else about
        for fact in found.because:
            how = self.definitions[fact]
            if fact == own:
                nodes += self._inside(how, unfolded)
            else:
                nodes.append(self._fact(how, unfolded))
        return tuple(nodes)

    def _inside(self, how: m.Definition, unfolded: Unfolded) -> tuple[Node, ...]:
        if how.given or not unfolded.begins(how.fact):
            return ()
        nodes: list[Node] = []
        definition = self.words.program.definitions[how.fact]
        if definition.condition is not None:
            nodes += self._roots(how.of[0], unfolded)
        else:
            for tree in how.of:
                nodes += self._decisive(tree, unfolded)
        nodes += [self._fact(self.definitions[fact], unfolded) for fact in how.because]
        unfolded.ends()
        return tuple(nodes)

    def _decisive(self, found: m.Evidence, unfolded: Unfolded) -> Iterator[Node]:
        test = tested(found)
        if test is not None:
            if test.decisive:
                yield self._node(found, unfolded)
        elif isinstance(found, m.Tree):
            for part in found.of:
                yield from self._decisive(part, unfolded)

    def _fact(self, how: m.Definition, unfolded: Unfolded) -> Node:
        program = self.words.program
        derived = how.fact in program.definitions
        spec = program.facts[how.fact]
        value = self.words.value(how.value.possible, spec) if how.value else ""
        if how.given and derived:
            value += self.words.bracketed(self.words.label("given"))
        return Node(
            mark="fact",
            words=how.says,
            value=value,
            thresholds=self.figures(how.parameters),
            cites=self.cites(how),
            of=self._inside(how, unfolded) if derived else (),
        )

    def figures(self, uses: Iterable[m.Parameter]) -> tuple[str, ...]:
        """Return parameters with their values, windows and documents."""
        return tuple(dict.fromkeys(self._figure(use) for use in uses))

    def _figure(self, use: m.Parameter) -> str:
        return self._threshold(self._number_of(use), use, "figure")

    def _number_of(self, use: m.Parameter, unit: str = "") -> str:
        if use.own is None:
            return ""
        return self.words.interval(use.own.number, use.own.kind, unit)

    # ---- in few words

    def reasons(self, found: m.Evidence) -> tuple[str, ...]:
        """Return the conditions that make a policy out of reach, in few words."""
        return tuple(dict.fromkeys(self._reasons(found, 0)))

    def _reasons(
        self, found: m.Evidence, depth: int, *, among: bool = False
    ) -> Iterator[str]:
        """Yield why a condition does not hold; `among` as one of several ways."""
        if isinstance(found, m.Test):
            if found.decisive:
                yield from self._of_leaf(found, depth, among=among)
        elif found.condition == "not":
            if any(part.decisive for part in _leaves(found)):
                text, test = self.says(found), tested(found)
                yield text + self._own(test) if test else text
        elif found.says and any(part.decisive for part in _leaves(found)):
            yield found.says
        elif found.condition == "any":
            yield from self._none_of(found, depth, among=among)
        else:
            for part in found.of:
                yield from self._reasons(part, depth, among=among)

    def _none_of(self, found: m.Tree, depth: int, *, among: bool) -> Iterator[str]:
        """Yield why none of several alternatives holds.

        Those of which nothing holds are passed over where something of another does:
        the lines drawn for other industries, say.
        """
        failed = {
            place: [*self._reasons(part, depth, among=True)]
            for place, part in enumerate(found.of)
        }
        some = {place for place, told in failed.items() if told}
        near = {place for place in some if _partly(found.of[place])} or some
        told = dict.fromkeys(text for place in sorted(near) for text in failed[place])
        if among or len(told) == 1:
            yield from told
        elif told:
            yield self.words.label("none-of", listed=self.words.listed(told))

    def _of_leaf(self, found: m.Test, depth: int, *, among: bool) -> Iterable[str]:
        test = leaf_test(found)
        said = found.rule.condition.note.says
        if isinstance(test, Holds) and test.members == {True} and not said:
            deeper = self._of_fact(test.fact, depth, among=among)
            if deeper:
                return deeper
        return (found.says + self._own(found),)

    def _own(self, found: m.Test) -> str:
        """Return the firm's own value behind a condition, in brackets.

        Of a derived yes or no, the first that made it so.
        """
        told = self.value(found)
        about = subject(leaf_test(found))
        depth = 0
        while not told and isinstance(about, str) and depth < _DEEPEST:
            how = self.definitions.get(about)
            leaves = _leaves(how.of[0]) if how and how.of else ()
            first = next((leaf for leaf in leaves if leaf.decisive), None)
            if first is None:
                break
            told, about = self.value(first), subject(leaf_test(first))
            depth += 1
        return self.words.bracketed(told)

    def _of_fact(self, fact: str, depth: int, *, among: bool) -> tuple[str, ...]:
        """Return the reasons for which a derived yes-or-no is none, found once."""
        key = fact, depth, among
        if depth < _DEEPEST and key not in self._inner:
            how = self.definitions.get(fact)
            tree = how.of[0] if how and how.of else None
            inner = self._reasons(tree, depth + 1, among=among) if tree else ()
            self._inner[key] = tuple(dict.fromkeys(inner))
        return self._inner.get(key, ())


def _partly(found: m.Evidence) -> bool:
    """Whether something known of the firm holds in a condition, if not the whole."""
    parts = found.of if isinstance(found, m.Tree) else ()
    return any(
        part.truth == "true" and any(leaf.value is not None for leaf in _leaves(part))
        for part in parts
    )


def _leaves(found: m.Evidence) -> Iterator[m.Test]:
    if isinstance(found, m.Test):
        yield found
    else:
        for part in found.of:
            yield from _leaves(part)


def tested(found: m.Evidence) -> m.Test | None:
    """Return the single test that a condition, or `not` of one, is about."""
    if isinstance(found, m.Tree):
        part = found.of[0] if found.condition == "not" else None
        return part if isinstance(part, m.Test) else None
    return found


def leaf_test(found: m.Test) -> Test:
    """Return the test of the rulebook that a single condition is."""
    condition = found.rule.condition
    assert isinstance(condition, Leaf)  # noqa: S101  # INVARIANT: of a single test
    return condition.test


def thresholds_of(found: m.Test) -> tuple[m.Threshold, ...]:
    """Return the figures of the law that a value is held against."""
    bounds = found.threshold
    if bounds is None:
        return ()
    return (bounds,) if isinstance(bounds, m.Threshold) else bounds


def citations(part: Cited) -> Iterator[Citation]:
    """Yield the citations of a part, all of them where there are several."""
    one = (part.cite,) if part.cite else ()
    for cite in part.cites or one:
        yield Citation(cite.source, cite.article or "")
