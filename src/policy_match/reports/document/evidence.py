"""Evidence as a tree of plain objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.possible import Interval
from policy_match.ir.terms import Leaf, name
from policy_match.reports.document.values import encoded, interval
from policy_match.reports.words.conditions import spoken, subject
from policy_match.reports.words.formulas import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.domain.texts import Citation
    from policy_match.ir.terms import Condition, ParameterUse, Test
    from policy_match.reports.document.values import Json
    from policy_match.reports.views.provenance import Bound, Derived, Grounds
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.outcome import Evidence

Object = dict[str, "Json"]


class EvidenceJson:
    """Writes the evidence of one assessment, each derived fact once."""

    def __init__(self, grounds: Grounds, words: Vocabulary) -> None:
        """Write nothing yet."""
        self.grounds, self.words = grounds, words
        self._because: dict[str, Object] = {}

    def tree(self, found: Evidence) -> Object:
        """Return the evidence of a condition, with all it rests on."""
        condition = found.condition
        node: Object = {"condition": name(condition), "truth": found.truth.word}
        if isinstance(condition, Leaf):
            node |= {"decisive": found.decisive} | self._leaf(condition.test)
            node["says"] = spoken(condition, self.words)
        else:
            node["of"] = [self.tree(part) for part in found.of]
            if condition.note.says:
                node["says"] = self.words.text(condition.note.says)
        return node | self._note(condition)

    def _leaf(self, test: Test) -> Object:
        node: Object = {"value": self._value(test)}
        bounds = [self._threshold(b) for b in self.grounds.bounds(test)]
        if bounds:
            node["threshold"] = bounds[0] if len(bounds) == 1 else [*bounds]
        because = [self._derived(d) for d in self.grounds.because(test)]
        if because:
            node["because"] = [*because]
        return node

    def _value(self, test: Test) -> Json:
        value, about = self.grounds.value(test), subject(test)
        if value is None or about is None:
            return None
        if isinstance(about, str):
            return encoded(value, self.words.program.facts[about])
        if not isinstance(value, Interval):
            return None
        fact = getattr(about, "fact", "")
        if fact and not hasattr(about, "rows") and self._is_number(fact):
            return encoded(value, self.words.program.facts[fact])
        return interval(value, kind_of(about, self.words.program))

    def _is_number(self, fact: str) -> bool:
        return self.words.program.facts[fact].type.numeric

    def _threshold(self, bound: Bound) -> Object:
        kind = kind_of(bound.expression, self.words.program)
        value = bound.value
        node: Object = {
            "value": interval(value, kind) if isinstance(value, Interval) else None
        }
        first, *rest = [self._use(use) for use in bound.uses]
        node |= first
        if rest:
            node["also"] = [*rest]
        return node

    def _use(self, use: ParameterUse) -> Object:
        node: Object = {
            "parameter": use.name,
            "title": self.words.text(use.title),
            "from": use.start.isoformat() if use.start else None,
            "to": use.end.isoformat() if use.end else None,
            "cite": self._cite(use.cite[0]) if use.cite else None,
            "status": use.status,
        }
        if len(use.cite) > 1:
            node["cites"] = [self._cite(c) for c in use.cite]
        if use.local:
            node["local"] = True
        return node

    def _derived(self, how: Derived) -> Object:
        found = self._because.get(how.fact)
        if found is None:
            found = self._because[how.fact] = self._derive(how)
        return found

    def _derive(self, how: Derived) -> Object:
        spec = self.words.program.facts[how.fact]
        node: Object = {
            "fact": how.fact,
            "says": self.words.title(how.fact),
            "value": encoded(how.value, spec),
        }
        if how.given:
            node["given"] = True
        if how.uses:
            node["parameters"] = [self._use(use) for use in how.uses]
        facts = [self._derived(self.grounds.derived(fact)) for fact in how.facts]
        trees = [self.tree(tree) for tree in how.trees]
        if facts or trees:
            node["of"] = [*trees, *facts]
        return node | self._cites(how.cite)

    def _note(self, condition: Condition) -> Object:
        node = self._cites(condition.note.cite)
        if condition.note.why:
            node["why"] = self.words.text(condition.note.why)
        return node

    def _cites(self, cites: Iterable[Citation]) -> Object:
        listed = [self._cite(cite) for cite in cites]
        if not listed:
            return {}
        first: Object = {"cite": listed[0]}
        return first | {"cites": [*listed]} if len(listed) > 1 else first

    def _cite(self, cite: Citation) -> Object:
        return {"source": cite.source, "article": cite.article or None}
