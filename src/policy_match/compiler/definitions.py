"""Derived facts: by condition or formula, cases, code table or thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.compiler.conditions import condition
from policy_match.compiler.scope import MisuseError
from policy_match.domain.facts import FactType
from policy_match.errors import did_you_mean
from policy_match.ir import terms as t
from policy_match.ir.program import Definition
from policy_match.ir.traversal import facts_of
from policy_match.language.messages import Unshortened, said
from policy_match.rulebook import syntax as s
from policy_match.rulebook.syntax import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.compiler.trees import Driver
    from policy_match.domain.facts import FactSpec
    from policy_match.rulebook.models import DefinitionModel, ThresholdsModel


def define(driver: Driver, name: str) -> None:
    """Compile a derived fact after all those it needs, once, however long the chain.

    A definition that rests on itself is a fault.
    """
    scope = driver.scope
    if name in scope.definitions:
        return
    window, scope.window = scope.window, None
    # The chain from the fact asked for to the one at hand, with what each needs.
    pending = {name: _needs(driver, name)}
    while pending:
        current = next(reversed(pending))
        definition, needs = pending[current]
        fact = next(needs, None)
        if fact is None:
            del pending[current]
            scope.definitions[current] = definition
        elif fact in pending:
            chain = [*pending]
            circle = " → ".join([*chain[chain.index(fact) :], fact])
            message = said("rests-on-itself", name=fact, circle=Unshortened(circle))
            error = MisuseError("R305", message, said("break-the-circle"))
            driver.fault(("definitions", fact), error)
        elif fact in scope.book.definitions and fact not in scope.definitions:
            pending[fact] = _needs(driver, fact)
    scope.window = window


def _needs(driver: Driver, name: str) -> tuple[Definition, Iterator[str]]:
    """Return a definition, and the facts that it needs."""
    model = driver.scope.book.definitions[name]
    definition = driver.scope.once(
        ("definitions", name), lambda: _define(driver, name, model)
    )
    return definition, iter(dict.fromkeys(facts_of(definition)))


def _define(driver: Driver, name: str, model: DefinitionModel) -> Definition:
    path = ("definitions", name)
    cites = driver.cites(model.cite, (*path, "cite"))
    spec = driver.attempt(path, lambda: driver.scope.fact(name))
    condition: t.Condition | None = None
    body: t.Expression | None = None
    ways = [model.body is not None, bool(model.cases), bool(model.match)]
    if sum((*ways, model.thresholds is not None)) != 1 or spec is None:
        message, hint = said("not-one-way", name=name), said("one-way")
        driver.fault(path, MisuseError("R207", message, hint))
    elif model.body is not None and spec.type is FactType.BOOL:
        condition = driver.tree(model.body, (*path, "is"))
    elif model.body is not None:
        if not isinstance(model.body, Parsed):
            message, hint = said("no-bool", name=name), said("formula-or-cases")
            error = MisuseError("R304", message, hint)
            driver.fault((*path, "is"), error)
        else:
            body = driver.result(model.body, spec, (*path, "is"))
    elif model.cases:
        body = driver.cases(model.cases, spec, (*path, "cases"))
    elif model.match:
        body = _lookup(driver, model, spec, path)
    elif model.thresholds is not None:
        body = _thresholds(driver, model.thresholds, spec, (*path, "thresholds"))
    if condition is None and body is None:
        body = t.Const(0, FactType.NUMBER)
    return Definition(name, body, condition, cites)


def _lookup(
    driver: Driver, model: DefinitionModel, spec: FactSpec, path: tuple[str, str]
) -> t.Expression | None:
    fact = driver.scope.fact(model.match)
    if fact is None or fact.type is not FactType.CODE:
        message = said("not-of-type", name=model.match, type=FactType.CODE)
        error = MisuseError("R302", message, said("name-one"))
        driver.fault((*path, "match"), error)
        return None
    system = driver.scope.system(fact)
    rows: list[tuple[str, str]] = []
    for label, codes in (model.rows or {}).items():
        _member(driver, label, spec, (*path, "rows", label))
        for index, text in enumerate(codes):
            code = system.normal(text)
            here = (*path, "rows", label, index)
            if code is None:
                message, hint = said("no-code", text=text), said("as-the-system")
                error = MisuseError("R309", message, hint)
                driver.fault(here, error)
            elif any(code == other for other, _ in rows):
                message = said("two-rows", code=code)
                driver.fault(here, MisuseError("R309", message, said("keep-one")))
            else:
                rows.append((code, label))
    return t.Lookup(fact.id, tuple(rows), system)


def _thresholds(
    driver: Driver, table: ThresholdsModel, spec: FactSpec, path: tuple[str, ...]
) -> t.Expression:
    """Return one arm a row: the first class all of whose bounds are reached."""
    scope = driver.scope
    for index, name in enumerate(table.classes):
        _member(driver, name, spec, (*path, "classes", index))
    _member(driver, table.otherwise, spec, (*path, "otherwise"))
    by = scope.fact(table.by)
    if by is None or by.type is not FactType.ENUM:
        message = said("not-of-type", name=table.by, type=FactType.ENUM)
        error = MisuseError("R302", message, said("name-one"))
        driver.fault((*path, "by"), error)
        return t.Label(table.otherwise)
    arms = []
    for row, bounds in table.rows.items():
        _member(driver, row, by, (*path, "rows", row))
        arms.append((row, _classes(driver, table, bounds, (*path, "rows", row))))
    return t.Switch(table.by, tuple(arms))


def _classes(
    driver: Driver,
    table: ThresholdsModel,
    bounds: dict[str, tuple[str, ...]],
    path: tuple[str, ...],
) -> t.Expression:
    scope = driver.scope
    branches = []
    for place, label in enumerate(table.classes):
        tests: list[t.Condition] = []
        for fact, numbers in bounds.items():
            spec = scope.fact(fact)
            if spec is None or not spec.type.numeric:
                hint = did_you_mean(fact, scope.book.facts)
                error = MisuseError("R302", said("no-number", name=fact), hint)
                driver.fault((*path, fact), error)
                continue
            if len(numbers) != len(table.classes):
                counts = {"bounds": len(numbers), "classes": len(table.classes)}
                message = said("bounds-for-classes", **counts)
                error = MisuseError("R203", message, said("one-a-class"))
                driver.fault((*path, fact), error)
                continue
            text = numbers[place]
            if scope.number(text) is None:
                message = said("not-a-number", text=text)
                error = MisuseError("R203", message, said("write-numbers"))
                driver.fault((*path, fact, place), error)
                continue
            note = t.Note(place=scope.book.origin.place((*path, fact, place)))
            reached = s.Relation(">=", s.Name(fact), s.Num(text))
            tests.append(condition(scope, reached, note))
        branches.append(t.Case(t.All(tuple(tests)), t.Label(label)))
    return t.Cases((*branches, t.Case(None, t.Label(table.otherwise))))


def _member(
    driver: Driver, name: str, spec: FactSpec, path: tuple[str | int, ...]
) -> None:
    if name not in spec.members:
        otherwise = said("add-member", fact=spec.id)
        hint = did_you_mean(name, spec.members, otherwise)
        message = said("no-member", fact=spec.id, word=name)
        driver.fault(path, MisuseError("R309", message, hint))
