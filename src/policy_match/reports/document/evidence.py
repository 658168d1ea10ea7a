"""Evidence as part of a document: conditions, thresholds, what they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from policy_match.domain.possible import Interval, exactly
from policy_match.ir.terms import All, AnyOf, Leaf, Not, name
from policy_match.reports.document import models as m
from policy_match.reports.document.values import Rule, Value
from policy_match.reports.words.conditions import spoken, subject
from policy_match.reports.words.formulas import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.domain.texts import Citation
    from policy_match.ir.terms import ParameterUse, Test
    from policy_match.reports.readings.provenance import Bound, Derived, Grounds
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.outcome import Evidence


_WORDS: dict[type, Literal["all", "any", "not"]] = {
    All: "all",
    AnyOf: "any",
    Not: "not",
}


class EvidenceWriter:
    """Writes the evidence of one assessment.

    What it rests on is named where it is used, and written once, in a flat list:
    nothing nests deeper than a condition as written.
    """

    def __init__(self, grounds: Grounds, words: Vocabulary) -> None:
        """Write nothing yet."""
        self.grounds, self.words = grounds, words
        self._named: list[str] = []
        self._known: set[str] = set()

    def tree(self, found: Evidence) -> m.Evidence:
        """Return the evidence of a condition."""
        condition = found.condition
        if isinstance(condition, Leaf):
            return self._test(found, condition)
        note = condition.note
        return m.Tree(
            rule=Rule(condition),
            condition=_WORDS[type(condition)],
            truth=found.truth.word,
            of=tuple(map(self.tree, found.of)),
            says=self.words.text(note.says) or None,
            cite=_first(note.cite),
            cites=_several(note.cite),
            why=self.words.text(note.why) or None,
        )

    def _test(self, found: Evidence, leaf: Leaf) -> m.Test:
        note = leaf.note
        bounds = self.thresholds(leaf.test)
        return m.Test(
            rule=Rule(leaf),
            condition=name(leaf),
            truth=found.truth.word,
            decisive=found.decisive,
            value=self._value(leaf.test),
            threshold=(bounds[0] if len(bounds) == 1 else bounds) if bounds else None,
            because=self._name(how.fact for how in self.grounds.because(leaf.test)),
            says=spoken(leaf, self.words),
            cite=_first(note.cite),
            cites=_several(note.cite),
            why=self.words.text(note.why) or None,
        )

    def _value(self, test: Test) -> Value | None:
        value, about = self.grounds.value(test), subject(test)
        facts = self.words.program.facts
        if value is None or about is None:
            return None
        if isinstance(about, str):
            return Value(value, facts[about].type, facts[about])
        if not isinstance(value, Interval):
            return None
        fact = getattr(about, "fact", "")
        if fact and not hasattr(about, "rows") and facts[fact].type.numeric:
            return Value(value, facts[fact].type, facts[fact])
        return Value(value, kind_of(about, self.words.program))

    def thresholds(self, test: Test) -> tuple[m.Threshold, ...]:
        """Return the figures of the law that a test compares with."""
        return tuple(map(self._threshold, self.grounds.bounds(test)))

    def _threshold(self, bound: Bound) -> m.Threshold:
        kind, value = kind_of(bound.expression, self.words.program), bound.value
        first, *rest = bound.uses
        return m.Threshold(
            **vars(self.use(first)),
            value=Value(value, kind) if isinstance(value, Interval) else None,
            also=tuple(map(self.use, rest)),
        )

    def use(self, use: ParameterUse) -> m.Parameter:
        """Return a figure of the law with its window and documents."""
        return m.Parameter(
            parameter=use.name,
            title=self.words.text(use.title),
            from_=use.start,
            to=use.end,
            cite=_first(use.cite),
            status=use.status,
            cites=_several(use.cite),
            local=use.local,
            own=_own(use),
        )

    def definitions(self) -> tuple[m.Definition, ...]:
        """Return each definition that was named so far, and those these name."""
        # The list grows while it is read: what is written names others.
        derived = map(self.grounds.derived, self._named)
        return tuple([self._definition(how) for how in derived])

    def _name(self, facts: Iterable[str]) -> tuple[str, ...]:
        named = tuple(facts)
        self._named += [fact for fact in named if fact not in self._known]
        self._known.update(named)
        return named

    def _definition(self, how: Derived) -> m.Definition:
        spec = self.words.program.facts[how.fact]
        return m.Definition(
            fact=how.fact,
            says=self.words.title(how.fact),
            value=Value(how.value, spec.type, spec),
            given=how.given,
            parameters=tuple(map(self.use, how.uses)),
            of=tuple(map(self.tree, how.trees)),
            because=self._name(how.facts),
            cite=_first(how.cite),
            cites=_several(how.cite),
        )


def _first(cites: Iterable[Citation]) -> m.Cite | None:
    return next(map(_cite, cites), None)


def _own(use: ParameterUse) -> Value | None:
    if use.value is None or use.type is None:
        return None
    return Value(exactly(use.value), use.type)


def _several(cites: tuple[Citation, ...]) -> tuple[m.Cite, ...]:
    """Return all citations where there is more than one."""
    return tuple(map(_cite, cites)) if len(cites) > 1 else ()


def _cite(cite: Citation) -> m.Cite:
    return m.Cite(source=cite.source, article=cite.article or None)
