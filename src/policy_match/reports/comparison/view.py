"""A comparison in the words of one language, for every layout."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.domain.money import CENTS
from policy_match.domain.possible import Interval, inf, plain
from policy_match.ir.terms import Not
from policy_match.ir.traversal import leaves
from policy_match.language.formats import day_words
from policy_match.reports.document.answer import document
from policy_match.reports.readings.summary import given_text
from policy_match.reports.views.finding import Lines, granted_by
from policy_match.reports.views.policy import (
    figures_used,
    known_policies,
    policy_page,
)
from policy_match.reports.words.conditions import spoken
from policy_match.reports.words.vocabulary import Vocabulary
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.comparison import (
        ConditionChange,
        Effect,
        Effects,
        FigureChange,
        LawChanges,
        PolicyChange,
    )
    from policy_match.comparison.firms import Sum
    from policy_match.ir.terms import Const
    from policy_match.reports.views.view import Node
    from policy_match.semantics.outcome import Assessment


class Entry(NamedTuple):
    """One policy: what was said of it, what is, and what else there is to know."""

    title: str
    chip: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Comparison(NamedTuple):
    """A whole comparison: headings with their entries or lines."""

    lang: str
    title: str
    summary: tuple[str, ...]
    policies: tuple[Entry, ...]
    reworded: tuple[str, ...]
    figures: tuple[str, ...]
    facts: tuple[str, ...]
    effects: tuple[Entry, ...] | None
    disclaimer: str


def comparison(changes: LawChanges, effects: Effects | None, lang: str) -> Comparison:
    """Return what differs in words, and what it comes to where firms were given."""
    return _Teller(changes, lang).whole(effects)


class _Teller:
    """Tells of one comparison; each side in the vocabulary of its own program."""

    def __init__(self, changes: LawChanges, lang: str) -> None:
        self.changes = changes
        self.old = Vocabulary.of(changes.before, lang)
        self.new = Vocabulary.of(changes.after, lang)
        self.lang = self.new.lang

    def whole(self, effects: Effects | None) -> Comparison:
        new, changes = self.new, self.changes
        summary = [self._differs()]
        if effects is not None:
            summary.append(self._touched(effects))
        return Comparison(
            self.lang,
            self._head(),
            tuple(summary),
            (
                *map(self._policy, changes.meaning),
                *(self._basis(c) for c in changes.policies if c.kind == "basis"),
            ),
            tuple(
                self._title(c.policy) for c in changes.policies if c.kind == "reworded"
            ),
            tuple(self._figure(change) for change in changes.figures),
            tuple(
                new.label(f"fact-{kind}", title=self._fact(fact))
                for fact, kind in changes.facts
            ),
            None if effects is None else tuple(self._effects(effects)),
            new.text(changes.after.disclaimer),
        )

    def _head(self) -> str:
        before, after = self.changes.before, self.changes.after
        return self.new.label(
            "compared",
            before=self.old.text(before.title),
            from_day=day_words(before.day, self.lang),
            after=self.new.text(after.title),
            to_day=day_words(after.day, self.lang),
        )

    def _differs(self) -> str:
        count = len(self.changes.meaning)
        if self.changes.same or not (count or self.changes.policies):
            return self.new.label("no-difference")
        return self.new.label("differ-count", count=count)

    # ---- what the law says

    def _title(self, policy: str) -> str:
        for words in (self.new, self.old):
            found = known_policies(words.program).get(policy)
            if found is not None:
                return words.heading(found.about.title)
        return policy

    def _fact(self, fact: str) -> str:
        words = self.new if fact in self.changes.after.facts else self.old
        return words.title(fact)

    def _basis(self, change: PolicyChange) -> Entry:
        """Return the documents that no longer grant a policy, and those that do."""
        gone, come = (
            granted_by(words.program.by_id[change.policy], words)
            for words in (self.old, self.new)
        )
        chip = self.new.label("change-basis")
        return Entry(self._title(change.policy), chip, gone, come, ())

    def _policy(self, change: PolicyChange) -> Entry:
        told = (
            [*self._told(change.policy, self.old)],
            [*self._told(change.policy, self.new)],
        )
        # What the conditions say is told by the tree, and not by its lines.
        own = {*self._tests(change.policy, self.old)}
        own |= {*self._tests(change.policy, self.new)}
        if change.kind in {"new", "gone", "starts", "ends"}:
            own = set()
        rest = [[line for line in lines if line not in own] for lines in told]
        gone, come = self._conditions(change.conditions)
        gone += [line for line in rest[0] if line not in told[1]]
        come += [line for line in rest[1] if line not in told[0]]
        if change.kind in {"new", "gone"}:
            gone, come = (gone, []) if change.kind == "gone" else ([], come)
        notes = []
        if change.through:
            facts = self.new.label("comma").join(map(self._fact, change.through))
            notes.append(self.new.label("change-through", facts=facts))
        notes += self._figures_of(change.policy)
        if "exclusions" in change.parts:
            notes.append(self.new.label("change-exclusions"))
        chip = self.new.label(f"change-{change.kind}")
        title = self._title(change.policy)
        return Entry(title, chip, tuple(gone), tuple(come), tuple(notes))

    def _conditions(
        self, changes: Iterable[ConditionChange]
    ) -> tuple[list[str], list[str]]:
        """Return what must no longer hold, and what must hold now."""
        gone: list[str] = []
        come: list[str] = []
        for change in changes:
            sides = {"removed": (gone, self.old), "added": (come, self.new)}
            if change.change in sides:
                lines, words = sides[change.change]
                text = words.label("semicolon").join(
                    spoken(x, words) for x in change.of
                )
                if change.under == "any":
                    text = words.label("condition-alternative", what=text)
                lines.append(text)
                continue
            keys = ["condition-together", "condition-alternatives"]
            if change.change == "any-to-all":
                keys.reverse()
            for key, lines, words in zip(
                keys, (gone, come), (self.old, self.new), strict=True
            ):
                what = words.label("semicolon").join(
                    spoken(x, words) for x in change.of
                )
                lines.append(words.label(key, what=what))
        return gone, come

    def _tests(self, policy: str, words: Vocabulary) -> Iterator[str]:
        """Yield each single condition that one side has of a policy."""
        found = words.program.by_id.get(policy)
        for leaf in leaves(found.when) if found else ():
            yield spoken(leaf, words)
            yield spoken(Not(leaf), words)

    def _told(self, policy: str, words: Vocabulary) -> Iterator[str]:
        """Yield all that one side says of a policy, line by line."""
        found = known_policies(words.program).get(policy)
        if found is None:
            return
        page = policy_page(words.program, found, words)
        yield page.period
        for node in page.conditions:
            yield from _flat(node)
        colon = words.label("colon")
        for title, amount in page.benefit:
            yield f"{title}{colon}{amount}"
        yield from page.figures

    def _figure(self, change: FigureChange) -> str:
        known = change.after or change.before
        assert known is not None  # noqa: S101  # INVARIANT: one of the two
        named = next(iter(known.uses), None)
        title = self.new.text(named.title) if named else change.name
        return self.new.label(
            "figure-change",
            title=title,
            before=self._number(change.before),
            after=self._number(change.after),
        )

    def _figures_of(self, policy: str) -> Iterator[str]:
        """Yield the figures that are others now, of those that govern a policy."""
        governing = {
            name
            for words in (self.old, self.new)
            for name in figures_used(words.program, policy, words)
        }
        for change in self.changes.figures:
            if change.name.split(".")[0] in governing:
                yield self._figure(change)

    def _number(self, figure: Const | None) -> str:
        if figure is None:
            return self.new.label("figure-none")
        return self.new.amount(figure.value, figure.type)

    # ---- whom it touches

    def _touched(self, effects: Effects) -> str:
        text = self.new.label(
            "touched-count", firms=effects.firms, touched=effects.touched
        )
        if effects.rejected:
            text += self.new.label("touched-rejected", count=effects.rejected)
        return text

    def _effects(self, effects: Effects) -> Iterator[Entry]:
        some = [e for e in effects.policies.values() if e.counts]
        some.sort(key=lambda e: -(e.example.weight if e.example else 0))
        for effect in some:
            yield self._effect(effect)

    def _effect(self, effect: Effect) -> Entry:
        new = self.new
        counted = [
            new.label(f"effect-{kind}", count=number)
            for kind, number in effect.counts.most_common()
        ]
        notes = [new.label("semicolon").join(counted)]
        if effect.before != effect.after:
            ends = (self._sum(effect.before), self._sum(effect.after))
            notes.append(new.label("effect-money", before=ends[0], after=ends[1]))
        if effect.example is not None:
            before, after = effect.example.before, effect.example.after
            firm = given_text(after, "name") or given_text(after, "uscc")
            notes.append(
                new.label(
                    "effect-example",
                    firm=firm or new.label("a-firm"),
                    before=state(before, effect.policy, self.old),
                    after=state(after, effect.policy, new),
                )
            )
        return Entry(self._title(effect.policy), "", notes=tuple(notes))

    def _sum(self, found: Sum) -> str:
        return self.new.interval(in_yuan(found), FactType.MONEY)


def _spoken(change: ConditionChange, words: Vocabulary) -> str:
    return words.label("semicolon").join(spoken(one, words) for one in change.of)


def in_yuan(found: Sum) -> Interval:
    """Return money in whole units of the currency."""
    low = plain(Fraction(found.low, CENTS))
    return Interval(
        low, inf if found.high is None else plain(Fraction(found.high, CENTS))
    )


def state(found: Assessment, policy: str, words: Vocabulary) -> str:
    """Return how a policy stands for a firm, and why or with what."""
    if policy not in found.program.by_id:
        return words.label("state-out-of-force")
    one = document(
        replace(found, findings=(found.finding(policy),)), words.lang, told=()
    )
    (finding,) = one.findings
    line = Lines(one, words).line(finding, unfolded=False, evidence=False)
    why = line.worth if finding.outcome is Outcome.ELIGIBLE else line.reason
    outcome = words.label(f"state-{finding.outcome.value}")
    return words.label("state-with", outcome=outcome, why=why) if why else outcome


def _flat(node: Node) -> Iterator[str]:
    if not node.heading:
        yield node.words
    for part in node.of:
        yield from _flat(part)
