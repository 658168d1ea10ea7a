"""The conditions of a policy as rows: what holds, by whose word, by which article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.ir.terms import Holds
from policy_match.ir.traversal import facts_of
from policy_match.reports.document import models as m
from policy_match.reports.sheet.view import Condition
from policy_match.reports.views.evidence import (
    MARKS,
    leaf_test,
    tested,
    thresholds_of,
)
from policy_match.reports.words.conditions import subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.domain.facts import Facts
    from policy_match.reports.views.evidence import Trees

_DEEPEST = 6
"""Derived yes-or-no facts that are looked through, one within the other."""


class Rows:
    """Tells of conditions what they ask, and of facts who states them."""

    def __init__(self, trees: Trees, facts: Facts) -> None:
        """Tell of one firm's facts."""
        self.trees, self.facts, self.words = trees, facts, trees.words
        day = self.words.program.day
        self._by = {x.fact: x.by for x in facts.determinations if x.counts_on(day)}

    def of(self, found: m.Finding) -> tuple[Condition, ...]:
        """Return the conditions that the outcome rests on, none twice."""
        return tuple(dict.fromkeys(self._rows(found.evidence, (), 0)))

    def _rows(
        self, found: m.Evidence, above: tuple[str, ...], depth: int
    ) -> Iterator[Condition]:
        cites = self.trees.cites(found) or above
        test = tested(found)
        if test is not None:
            inner = self._inside(found, depth)
            if inner is None:
                yield self._row(found, test, cites)
            else:
                yield from self._rows(inner, cites, depth + 1)
        elif isinstance(found, m.Tree) and _told_in_parts(found):
            for part in found.of:
                if found.condition == "all" or part.truth == found.truth:
                    yield from self._rows(part, cites, depth)
        else:
            yield self._row(found, None, cites)

    def _inside(self, found: m.Evidence, depth: int) -> m.Evidence | None:
        """Return what a derived yes-or-no fact is defined by, where it is one."""
        if not isinstance(found, m.Test) or depth >= _DEEPEST:
            return None
        test = leaf_test(found)
        if not isinstance(test, Holds) or test.members != {True}:
            return None
        how = self.trees.definitions.get(test.fact)
        definition = self.words.program.definitions.get(test.fact)
        if how is None or how.given or definition is None or not how.of:
            return None
        return how.of[0] if definition.condition is not None else None

    def _row(
        self, found: m.Evidence, test: m.Test | None, above: tuple[str, ...]
    ) -> Condition:
        trees, comma = self.trees, self.words.label("comma")
        bounds = thresholds_of(test) if test else ()
        cites = trees.cites(found, *(use for one in bounds for use in (one, *one.also)))
        return Condition(
            mark=MARKS[found.truth],
            says=trees.says(found),
            value=self._value(found, test) if test else "",
            who=comma.join(self._who(facts_of(found.rule.condition))),
            cites=comma.join(cites or above),
        )

    def _value(self, found: m.Evidence, test: m.Test) -> str:
        """Return the firm's value; a settled yes or no as the condition has it."""
        about = subject(leaf_test(test))
        told = self.trees.value(test)
        if told or test.value is None or not isinstance(about, str):
            return told
        if test.value.possible.settled and found.truth != "unknown":
            return self.words.label("yes" if found.truth == "true" else "no")
        return self.words.value(test.value.possible, self.words.program.facts[about])

    def _who(self, facts: Iterable[str]) -> tuple[str, ...]:
        """Return who states what some facts rest on, each once."""
        program, found = self.words.program, dict[str, None]()
        pending, seen = [*facts][::-1], set[str]()
        while pending:
            fact = pending.pop()
            if fact in seen:
                continue
            seen.add(fact)
            definition = program.definitions.get(fact)
            if fact in self._by:
                found[self._by[fact]] = None
            elif fact in self.facts.given:
                who = program.facts[fact].settled_by.value
                found[self.words.label(f"stated-{who}")] = None
            elif definition is not None:
                pending += [*facts_of(definition)][::-1]
        return tuple(found)


def _told_in_parts(found: m.Tree) -> bool:
    """Whether the parts of a condition are told in its place."""
    if found.condition == "any" and found.truth != "true":
        return not found.says
    return found.condition != "not"
