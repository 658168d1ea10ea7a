"""The slips of conditions, formulas and cases, wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from policy_match.checks.mutation.formulas import ALWAYS, Words, changes
from policy_match.checks.mutation.slips import Slip, at, into, told
from policy_match.checks.mutation.windows import of_cases
from policy_match.domain.facts import FactType
from policy_match.rulebook import condition_models as w
from policy_match.rulebook import syntax as s

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.rulebook import models as m


@dataclass(frozen=True)
class Trees:
    """What can slip in a condition or a formula, by what its names mean."""

    words: Words

    def formula(self, parsed: s.Parsed) -> Iterator[Slip]:
        """Yield the slips of one text."""
        for change in changes(parsed.tree, self.words):
            new = s.Parsed(s.written(change.tree), change.tree)
            yield Slip(change.kind, change.told, new, (), change.at)

    def guard(self, tree: w.Tree) -> Iterator[Slip]:
        """Yield the slips of a condition that stands by itself."""
        junction = isinstance(tree, s.Parsed) and isinstance(tree.tree, s.Junction)
        if not junction and not isinstance(tree, w.AllOf | w.AnyOfThem):
            yield Slip("condition-dropped", told(tree), ALWAYS)
        yield from self._tree(tree)

    def _tree(self, tree: w.Tree) -> Iterator[Slip]:
        match tree:
            case w.AllOf(all=parts):
                other = w.AnyOfThem.model_construct(any=parts, **_noted(tree))
                yield Slip("and-or", "all → any", other, ("all",))
                yield from self._joined(tree, "all", parts)
            case w.AnyOfThem(any=parts):
                both = w.AllOf.model_construct(all=parts, **_noted(tree))
                yield Slip("and-or", "any → all", both, ("any",))
                yield from self._joined(tree, "any", parts)
            case w.NotThis(negated=part):
                yield Slip("not-dropped", told(part), part, ("not",))
                for slip in self._tree(part):
                    yield slip.within("not", into(tree, "negated"))
            case w.If(condition=formula):
                for slip in self.formula(formula):
                    yield slip.within("if", into(tree, "condition"))
            case _:
                yield from self.formula(tree)

    def _joined(
        self, tree: w.Tree, field: str, parts: Sequence[w.Tree]
    ) -> Iterator[Slip]:
        whole = into(tree, field)
        for place, part in enumerate(parts):
            left = (*parts[:place], *parts[place + 1 :])
            new = whole(left) if left else ALWAYS
            yield Slip("condition-dropped", told(part), new, (field, place))
            for slip in self._tree(part):
                yield slip.within(place, at(parts, place)).within(field, whole)

    def amount(
        self,
        amount: s.Parsed | tuple[m.CaseModel, ...],
        model: m.DefinitionModel | None = None,
    ) -> Iterator[Slip]:
        """Yield the slips of a formula, or of first-match cases."""
        if isinstance(amount, s.Parsed):
            return self.formula(amount)
        return self.cases(amount, model)

    def cases(
        self, cases: tuple[m.CaseModel, ...], model: m.DefinitionModel | None
    ) -> Iterator[Slip]:
        """Yield the slips of first-match cases; the last of them is unguarded."""
        yield from of_cases(cases)
        last = len(cases) - 1
        for place, case in enumerate(cases):
            whole = at(cases, place)
            if place < last:
                left = cases[:place] + cases[place + 1 :]
                yield Slip("case-dropped", _case(case), left, (place,))
            if place < last - 1:
                after = cases[place + 1]
                new = (*cases[:place], after, case, *cases[place + 2 :])
                yield Slip("order", f"{_case(after)} first", new, (place,))
            if case.guard is not None:
                for slip in self.guard(case.guard):
                    yield slip.within("if", into(case, "guard")).within(place, whole)
            for slip in self.value(case.value, model):
                yield slip.within("is", into(case, "value")).within(place, whole)

    def value(
        self, parsed: s.Parsed, model: m.DefinitionModel | None
    ) -> Iterator[Slip]:
        """Yield the slips of a result: of a formula, or the members beside one."""
        if model is None or model.type.numeric:
            yield from self.formula(parsed)
            return
        bool_ = model.type is FactType.BOOL
        names = ("true", "false") if bool_ else tuple(model.values or ())
        word = str(parsed)
        if word not in names:
            return
        place = names.index(word)
        for other in (*names[max(place - 1, 0) : place], *names[place + 1 : place + 2]):
            yield Slip("member", f"{word} → {other}", s.Parsed(other, s.Name(other)))


def _noted(tree: w.Noted) -> dict[str, Any]:
    return {"cite": tree.cite, "says": tree.says, "why": tree.why}


def _case(case: m.CaseModel) -> str:
    return str(case.guard or case.within)
