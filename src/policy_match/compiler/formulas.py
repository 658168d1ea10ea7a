"""Formulas to IR: names get meanings, constants fold, kinds must fit."""

from __future__ import annotations

import operator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, cast

from policy_match.compiler.scope import MisuseError, Schedule, Scope
from policy_match.domain.days import Unit, moved
from policy_match.domain.facts import FactType
from policy_match.domain.possible import plain
from policy_match.errors import did_you_mean
from policy_match.ir import terms as t
from policy_match.language.messages import said
from policy_match.rulebook import syntax as s

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.domain.possible import Number

Kind = FactType | Literal["schedule"]
Typed = tuple[t.Expression | Schedule, Kind]

_FUNCTIONS = ("min", "max", "mean", "brackets", "between")
_FOLD = {"+": operator.add, "-": operator.sub, "*": operator.mul}
_DATE = FactType.DATE
_PLAIN = FactType.NUMBER


def number(scope: Scope, node: s.Surface) -> tuple[t.Expression, FactType]:
    """Return the IR of a formula that denotes a number or a date."""
    value, kind = _typed(scope, node)
    if isinstance(value, Schedule) or kind == "schedule":
        message, hint = said("schedule-alone"), said("apply-schedule")
        raise MisuseError("R304", message, hint, node.at)
    return value, kind


def _typed(scope: Scope, node: s.Surface) -> Typed:
    match node:
        case s.Num(text=text):
            value = scope.number(text)
            if value is None:
                message = said("not-a-number", text=text)
                raise MisuseError("R301", message, said("write-numbers"), node.at)
            kind = FactType.RATIO if text[-1] in "%‰" else _PLAIN
            return t.Const(value, kind, text=text), kind
        case s.Day(day=day):
            return _day_const(day, str(day)), _DATE
        case s.Name(name=name):
            return named(scope, name, node.at)
        case s.Param(name=name, key=key, day=day):
            found = scope.parameter(name, key, day, node.at)
            if isinstance(found, Schedule):
                return found, "schedule"
            model = scope.book.parameters[name]
            return found, FactType(model.type)
        case s.Binary():
            return _binary(scope, node)
        case s.Call():
            return _call(scope, node)
        case s.Span() | s.Quoted():
            message = said("not-a-number", text=s.written(node))
            raise MisuseError("R304", message, said("write-numbers"), node.at)
        case _:
            message = said("condition-no-number", text=s.written(node))
            raise MisuseError("R304", message, said("use-cases"), node.at)


def named(scope: Scope, name: str, at: int) -> Typed:
    """Return what a bare name denotes in a formula: a day of the law, or a fact."""
    day = _days(scope, name)
    if day is not None:
        return day, _DATE
    spec = scope.fact(name)
    if spec is None:
        known = [*scope.book.facts, *scope.book.definitions, "on", "in_force"]
        raise unknown_fact(name, known, at)
    if not spec.type.numeric:
        message = said("of-type", name=name, type=spec.type)
        raise MisuseError("R304", message, said("only-numbers"), at)
    return t.FactRef(name), spec.type


def unknown_fact(name: str, known: Iterable[str], at: int) -> MisuseError:
    """Return that nobody declared a fact, and the nearest name that is known."""
    hint = did_you_mean(name, known, said("declare-under", section="facts"))
    return MisuseError("R302", said("no-fact", name=name), hint, at)


def _days(scope: Scope, name: str) -> t.Const | None:
    window = scope.window
    match name:
        case "on" | "year.from" | "year.to":
            return _term(scope, t.DayTerm(name), name)
        case "in_force.from":
            return _day_const((window and window.start) or date.min, name)
        case "in_force.to":
            return _day_const((window and window.end) or date.max, name)
        case _:
            return None


def _term(scope: Scope, term: t.DayTerm, text: str) -> t.Const:
    scope.trace.lasting = False
    return t.Const(term.on(scope.day), _DATE, text=text, term=term)


def _day_const(day: date, text: str) -> t.Const:
    return t.Const(day.toordinal(), _DATE, text=text)


def _binary(scope: Scope, node: s.Binary) -> Typed:
    left, left_kind = _typed(scope, node.left)
    if isinstance(node.right, s.Span):
        return _moved(scope, left, left_kind, node), _DATE
    right, right_kind = _typed(scope, node.right)
    if isinstance(left, Schedule) or isinstance(right, Schedule):
        return _scheduled(left, right, node), "schedule"
    if _DATE in {left_kind, right_kind}:
        hint = said("add-a-span")
        raise MisuseError("R304", said("dates-not-added"), hint, node.at)
    kind = _kind(
        node.operator, cast("FactType", left_kind), cast("FactType", right_kind)
    )
    sign = cast("Literal['+', '-', '*', '/']", node.operator)
    return _folded(t.Arithmetic(sign, left, right), kind, s.written(node)), kind


def _kind(sign: str, left: FactType, right: FactType) -> FactType:
    money = FactType.MONEY
    if sign in "+-":
        return money if money in {left, right} else left
    if sign == "*":
        return money if money in {left, right} else _PLAIN
    return money if left is money and right is not money else FactType.RATIO


def _folded(node: t.Arithmetic, kind: FactType, text: str) -> t.Expression:
    left, right = node.left, node.right
    if not (isinstance(left, t.Const) and isinstance(right, t.Const)):
        return node
    if node.operator == "/":
        if right.value == 0:
            return node
        value = plain(Fraction(left.value) / Fraction(right.value))
    else:
        value = _FOLD[node.operator](left.value, right.value)
    return t.Const(value, kind, (*left.uses, *right.uses), text)


def _moved(
    scope: Scope, left: t.Expression | Schedule, kind: Kind, node: s.Binary
) -> t.Expression:
    if kind != _DATE or isinstance(left, Schedule) or node.operator not in "+-":
        message = said("no-meaning", text=s.written(node))
        raise MisuseError("R304", message, said("span-and-day"), node.at)
    span = cast("s.Span", node.right)
    count, unit = length(span, -1 if node.operator == "-" else 1)
    if isinstance(left, t.Const) and left.term:
        term = t.DayTerm(left.term.of, (*left.term.moves, (count, unit)))
        return _term(scope, term, s.written(node))
    if isinstance(left, t.Const):
        day = date.fromordinal(moved(int(left.value), count, unit))
        return _day_const(day, s.written(node))
    return t.Moved(left, count, unit)


def length(span: s.Span, sign: int = 1) -> tuple[int, Unit]:
    """Return a length of time in months or in days; of a year, twelve months."""
    unit: Unit = "day" if span.unit == "day" else "month"
    return sign * span.count * (12 if span.unit == "year" else 1), unit


def _scheduled(
    left: t.Expression | Schedule, right: t.Expression | Schedule, node: s.Binary
) -> Schedule:
    sign = node.operator
    if isinstance(left, Schedule) and isinstance(right, t.Const) and sign in "+-*":
        rates = [_FOLD[sign](band.rate, right.value) for band in left.bands]
        return _rerated(left, rates, right)
    if isinstance(right, Schedule) and isinstance(left, t.Const) and sign in "+-*":
        rates = [_FOLD[sign](left.value, band.rate) for band in right.bands]
        return _rerated(right, rates, left)
    message = said("no-meaning", text=s.written(node))
    raise MisuseError("R304", message, said("schedule-and-number"), node.at)


def _rerated(schedule: Schedule, rates: list[Number], by: t.Const) -> Schedule:
    pairs = zip(schedule.bands, rates, strict=True)
    bands = tuple(t.Band(band.upto, rate) for band, rate in pairs)
    return Schedule(bands, (*by.uses, *schedule.uses))


def _call(scope: Scope, node: s.Call) -> Typed:
    if node.function not in _FUNCTIONS:
        known = said("known-names", known=_FUNCTIONS)
        hint = did_you_mean(node.function, _FUNCTIONS, known)
        message = said("no-function", name=node.function)
        raise MisuseError("R302", message, hint, node.at)
    if node.function == "mean":
        return _mean(scope, node)
    if node.function == "brackets":
        return _brackets(scope, node)
    parts = [number(scope, argument) for argument in node.arguments]
    kinds = {kind for _, kind in parts}
    if _DATE in kinds and len(kinds) > 1:
        message = said("dates-and-numbers")
        raise MisuseError("R304", message, said("one-kind"), node.at)
    values = tuple(value for value, _ in parts)
    kind = FactType.MONEY if FactType.MONEY in kinds else parts[0][1]
    if node.function == "between":
        _arity(node, 2)
        return t.Between(*values), kind
    which: Literal["min", "max"] = "min" if node.function == "min" else "max"
    return t.Extreme(which, values), kind


def _arity(node: s.Call, count: int) -> None:
    if len(node.arguments) != count:
        message = said("takes-arguments", name=node.function, count=count)
        raise MisuseError("R304", message, said("commas"), node.at)


def _mean(scope: Scope, node: s.Call) -> Typed:
    _arity(node, 1)
    argument = node.arguments[0]
    spec = scope.fact(argument.name) if isinstance(argument, s.Name) else None
    if spec is None or spec.type is not FactType.LIST:
        message = said("not-a-list", text=s.written(argument))
        raise MisuseError("R304", message, said("mean-takes"), argument.at)
    return t.Mean(spec.id), _PLAIN


def _brackets(scope: Scope, node: s.Call) -> Typed:
    _arity(node, 2)
    of, kind = number(scope, node.arguments[0])
    schedule, _ = _typed(scope, node.arguments[1])
    if not isinstance(schedule, Schedule):
        at = node.arguments[1].at
        message = said("brackets-needs")
        raise MisuseError("R304", message, said("second-argument"), at)
    return t.Brackets(of, schedule.bands, schedule.uses), kind
