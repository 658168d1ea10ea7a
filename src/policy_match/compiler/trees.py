"""Trees, cases and tables of the models to IR, with a path for every fault."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from policy_match.compiler.conditions import condition
from policy_match.compiler.formulas import number
from policy_match.compiler.scope import MisuseError, Scope
from policy_match.domain.facts import FactType
from policy_match.errors import did_you_mean
from policy_match.ir import terms as t
from policy_match.language.messages import said
from policy_match.rulebook import condition_models as w
from policy_match.rulebook import models as m
from policy_match.rulebook import syntax as s

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.texts import Citation, Text
    from policy_match.errors import Fault

Path = tuple[str | int, ...]
_T = TypeVar("_T")
_UNKNOWN = {
    "policies": "unknown-policy",
    "sources": "unknown-source",
    "departments": "unknown-department",
}


class Driver:
    """Lowers parts of a book, and collects what they may not say."""

    def __init__(self, scope: Scope) -> None:
        """Start without faults."""
        self.scope = scope
        self.faults: list[Fault] = []

    def fault(self, path: Path, error: MisuseError) -> None:
        """Keep a fault found at `path`."""
        found = self.scope.book.origin.fault(
            path, error.code, error.message, error.hint, error.at
        )
        self.faults.append(found)
        self.scope.trace.sound = False

    def attempt(self, path: Path, work: Callable[[], _T]) -> _T | None:
        """Return what `work` returns, or None and a fault."""
        try:
            return work()
        except MisuseError as error:
            self.fault(path, error)
            return None

    # ---- conditions

    def tree(self, tree: w.Tree, path: Path) -> t.Condition:
        """Return the IR of a condition tree; a faulty part never holds."""
        note = self._note(tree, path)
        match tree:
            case w.AllOf(all=parts):
                return t.All(self._parts(parts, (*path, "all")), note)
            case w.AnyOfThem(any=parts):
                return t.AnyOf(self._parts(parts, (*path, "any")), note)
            case w.NotThis(negated=part):
                return t.Not(self.tree(part, (*path, "not")), note)
            case w.If(condition=formula):
                path = (*path, "if")
            case _:
                formula = tree
        scope = self.scope
        found = self.attempt(path, lambda: condition(scope, formula.tree, note))
        return found or t.Leaf(t.Fixed(str(formula), holds=False), note)

    def _parts(self, parts: Sequence[w.Tree], path: Path) -> tuple[t.Condition, ...]:
        return tuple(self.tree(part, (*path, i)) for i, part in enumerate(parts))

    def _note(self, tree: w.Tree, path: Path) -> t.Note:
        place = self.scope.book.origin.place(path)
        if not isinstance(tree, w.Noted):
            return t.Note(place=place)
        cites = self.cites(tree.cite, (*path, "cite"))
        return t.Note(cites, tree.says, tree.why, place)

    def cites(self, cites: Sequence[Citation], path: Path) -> tuple[Citation, ...]:
        """Return the citations in force; a fault for each that nobody declares."""
        for index, citation in enumerate(cites):
            self.known("sources", citation.source, (*path, index))
        return self.scope.in_force(cites)

    def known(self, section: str, name: str, path: Path) -> None:
        """Add a fault where `name` is not declared in `section`."""
        declared = getattr(self.scope.book, section)
        if name not in declared:
            otherwise = said("declare-under", section=section)
            hint = did_you_mean(name, declared, otherwise)
            message = said(_UNKNOWN[section], name=name)
            self.fault(path, MisuseError("R306", message, hint))

    def undeclared(
        self, section: str, name: str, declared: Iterable[str], path: Path
    ) -> None:
        """Add a fault: `name` is none of what is declared in `section`."""
        otherwise = said("declare-under", section=section)
        hint = did_you_mean(name, declared, otherwise)
        message = said("not-declared", name=name, section=section)
        self.fault(path, MisuseError("R306", message, hint))

    # ---- formulas

    def formula(self, parsed: s.Parsed, path: Path) -> t.Expression | None:
        """Return the IR of a formula."""
        found = self.attempt(path, lambda: number(self.scope, parsed.tree))
        return found[0] if found else None

    def result(
        self, parsed: s.Parsed, spec: FactSpec | None, path: Path
    ) -> t.Expression | None:
        """Return the IR of a case's result: a number, or a member of an enum."""
        if spec is None or spec.type.numeric:
            return self.formula(parsed, path)
        return self.attempt(path, lambda: _member(parsed, spec))

    def cases(
        self, cases: Sequence[m.CaseModel], spec: FactSpec | None, path: Path
    ) -> t.Expression | None:
        """Return first-match cases; those for other days are left out."""
        last = cases[-1]
        if last.guard is not None or last.within is not None:
            message, hint = said("last-case-guarded"), said("leave-guards-out")
            error = MisuseError("R312", message, hint)
            self.fault((*path, len(cases) - 1), error)
        branches: list[t.Case] = []
        for index, case in enumerate(cases):
            here = (*path, index)
            if case.within is not None and not self._today(case.within, here):
                continue
            guard = None
            if case.guard is not None:
                guard = self.tree(case.guard, (*here, "if"))
            value = self.result(case.value, spec, (*here, "is"))
            if value is not None:
                branches.append(t.Case(guard, value))
        if branches and branches[0].guard is None:
            return branches[0].value
        return t.Cases(tuple(branches))

    def _today(self, within: str | m.WindowModel, path: Path) -> bool:
        scope = self.scope
        if isinstance(within, m.WindowModel):
            return scope.lenient or scope.within(within.start, within.end)
        if not within.isdigit():
            message, hint = said("not-a-year", text=within), said("write-a-year")
            self.fault((*path, "in"), MisuseError("R203", message, hint))
            return False
        if scope.lenient or not date.min.year <= int(within) <= date.max.year:
            return scope.lenient
        year = int(within)
        return scope.within(date(year, 1, 1), date(year, 12, 31))

    def amount(
        self,
        amount: s.Parsed | Sequence[m.CaseModel] | None,
        set_by: Text | None,
        path: Path,
    ) -> t.Expression | None:
        """Return the IR of an amount; `unset` is one that `set_by` fixes."""
        if amount is None:
            return None
        if not isinstance(amount, s.Parsed):
            return self.cases(amount, None, path)
        if amount.tree == s.Name("unset"):
            use = t.ParameterUse("", self.scope.department(set_by), None, None, (), "")
            return t.Unset(use, self.scope.department(set_by))
        return self.formula(amount, path)


def _member(parsed: s.Parsed, spec: FactSpec) -> t.Label:
    word = parsed.tree.name if isinstance(parsed.tree, s.Name) else str(parsed)
    if word == "none" and spec.may_be_none:
        return t.Label(None)
    if spec.type is FactType.BOOL:
        if word not in {"true", "false"}:
            message = said("not-a-flag", text=word)
            raise MisuseError("R309", message, said("one-of-both"))
        return t.Label(word == "true")
    if word not in spec.members:
        hint = did_you_mean(word, spec.members)
        raise MisuseError("R309", said("no-member", fact=spec.id, word=word), hint)
    return t.Label(word)
