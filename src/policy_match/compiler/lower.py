"""Surface trees to IR: names get meanings, constants fold, kinds must fit."""

from __future__ import annotations

import operator
from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, cast

from policy_match.compiler.scope import MisuseError, Schedule, Scope
from policy_match.domain.facts import FactType
from policy_match.domain.possible import compare, exactly, plain
from policy_match.domain.truth import TRUE
from policy_match.errors import did_you_mean
from policy_match.ir import conditions as c
from policy_match.ir import expressions as e
from policy_match.rulebook import syntax as s

if TYPE_CHECKING:
    from policy_match.domain.possible import Number

Kind = FactType | Literal["schedule"]
Typed = tuple[e.Expression | Schedule, Kind]

_FUNCTIONS = ("min", "max", "mean", "brackets", "between")
_FOLD = {"+": operator.add, "-": operator.sub, "*": operator.mul}
_DATE = FactType.DATE
_PLAIN = FactType.NUMBER


def number(scope: Scope, node: s.Surface) -> tuple[e.Expression, FactType]:
    """Return the IR of a formula that denotes a number or a date."""
    value, kind = _typed(scope, node)
    if isinstance(value, Schedule) or kind == "schedule":
        hint = "apply it: `brackets(x, $schedule)`"
        raise MisuseError(
            "R304", "a schedule of brackets is not a number", hint, node.at
        )
    return value, kind


def _typed(scope: Scope, node: s.Surface) -> Typed:
    match node:
        case s.Num(text=text):
            value = scope.locale.number(text)
            if value is None:
                hint = "numbers are written 300, 1.5, 5% …"
                raise MisuseError("R301", f"`{text}` is not a number", hint, node.at)
            kind = FactType.RATIO if text[-1] in "%‰" else _PLAIN
            return e.Const(value, kind, text=text), kind
        case s.Day(day=day):
            return _day_const(day, str(day)), _DATE
        case s.Name(name=name):
            return _named(scope, name, node.at)
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
            raise MisuseError(
                "R304", f"`{s.written(node)}` is not a number", "", node.at
            )
        case _:
            text = s.written(node)
            raise MisuseError(
                "R304", f"`{text}` is a condition, not a number", "", node.at
            )


def _named(scope: Scope, name: str, at: int) -> Typed:
    day = _days(scope, name)
    if day is not None:
        return _day_const(day, name), _DATE
    spec = scope.fact(name)
    if spec is None:
        known = [*scope.book.facts, *scope.book.definitions, "on", "in_force"]
        hint = did_you_mean(name, known, "declare it under `facts`")
        raise MisuseError("R302", f"unknown fact `{name}`", hint, at)
    if not spec.type.numeric:
        hint = "only numbers and dates take part in formulas"
        raise MisuseError("R304", f"`{name}` is of type {spec.type}", hint, at)
    return e.FactRef(name), spec.type


def _days(scope: Scope, name: str) -> date | None:
    year = scope.day.year
    window = scope.window
    start = window.start if window else None
    end = window.end if window else None
    return {
        "on": scope.day,
        "year.from": date(year, 1, 1),
        "year.to": date(year, 12, 31),
        "in_force.from": start or date.min,
        "in_force.to": end or date.max,
    }.get(name)


def _day_const(day: date, text: str) -> e.Const:
    return e.Const(day.toordinal(), _DATE, text=text)


def _binary(scope: Scope, node: s.Binary) -> Typed:
    left, left_kind = _typed(scope, node.left)
    if isinstance(node.right, s.Span):
        return _shifted(left, left_kind, node), _DATE
    right, right_kind = _typed(scope, node.right)
    if isinstance(left, Schedule) or isinstance(right, Schedule):
        return _scheduled(left, right, node), "schedule"
    if _DATE in {left_kind, right_kind}:
        hint = "add or take a length of time: `on - 2 years`"
        raise MisuseError("R304", "dates do not take part in arithmetic", hint, node.at)
    kind = _kind(
        node.operator, cast("FactType", left_kind), cast("FactType", right_kind)
    )
    sign = cast("Literal['+', '-', '*', '/']", node.operator)
    return _folded(e.Arithmetic(sign, left, right), kind, s.written(node)), kind


def _kind(sign: str, left: FactType, right: FactType) -> FactType:
    money = FactType.MONEY
    if sign in "+-":
        return money if money in {left, right} else left
    if sign == "*":
        return money if money in {left, right} else _PLAIN
    return money if left is money and right is not money else FactType.RATIO


def _folded(node: e.Arithmetic, kind: FactType, text: str) -> e.Expression:
    left, right = node.left, node.right
    if not (isinstance(left, e.Const) and isinstance(right, e.Const)):
        return node
    if node.operator == "/":
        if right.value == 0:
            return node
        value = plain(Fraction(left.value) / Fraction(right.value))
    else:
        value = _FOLD[node.operator](left.value, right.value)
    return e.Const(value, kind, (*left.uses, *right.uses), text)


def _shifted(left: e.Expression | Schedule, kind: Kind, node: s.Binary) -> e.Const:
    if kind != _DATE or not isinstance(left, e.Const) or node.operator not in "+-":
        hint = "a length of time is added to or taken from a known day"
        raise MisuseError("R304", f"`{s.written(node)}` has no meaning", hint, node.at)
    span = cast("s.Span", node.right)
    count = span.count if node.operator == "+" else -span.count
    day = date.fromordinal(int(left.value))
    return _day_const(_moved(day, count, span.unit), s.written(node))


def _moved(day: date, count: int, unit: str) -> date:
    if unit == "day":
        return day + timedelta(days=count)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _scheduled(
    left: e.Expression | Schedule, right: e.Expression | Schedule, node: s.Binary
) -> Schedule:
    sign = node.operator
    if isinstance(left, Schedule) and isinstance(right, e.Const) and sign in "+-*":
        rates = [_FOLD[sign](band.rate, right.value) for band in left.bands]
        return _rerated(left, rates, right)
    if isinstance(right, Schedule) and isinstance(left, e.Const) and sign in "+-*":
        rates = [_FOLD[sign](left.value, band.rate) for band in right.bands]
        return _rerated(right, rates, left)
    hint = "a schedule combines with one number by `+`, `-` or `*`"
    raise MisuseError("R304", f"`{s.written(node)}` has no meaning", hint, node.at)


def _rerated(schedule: Schedule, rates: list[Number], by: e.Const) -> Schedule:
    pairs = zip(schedule.bands, rates, strict=True)
    bands = tuple(e.Band(band.upto, rate) for band, rate in pairs)
    return Schedule(bands, (*by.uses, *schedule.uses))


def _call(scope: Scope, node: s.Call) -> Typed:
    if node.function not in _FUNCTIONS:
        hint = did_you_mean(
            node.function, _FUNCTIONS, f"known: {', '.join(_FUNCTIONS)}"
        )
        raise MisuseError("R302", f"unknown function `{node.function}`", hint, node.at)
    if node.function == "mean":
        return _mean(scope, node)
    if node.function == "brackets":
        return _brackets(scope, node)
    parts = [number(scope, argument) for argument in node.arguments]
    kinds = {kind for _, kind in parts}
    if _DATE in kinds and len(kinds) > 1:
        raise MisuseError("R304", "dates and numbers do not mix", "", node.at)
    values = tuple(value for value, _ in parts)
    kind = FactType.MONEY if FactType.MONEY in kinds else parts[0][1]
    if node.function == "between":
        _arity(node, 2)
        return e.Between(*values), kind
    which: Literal["min", "max"] = "min" if node.function == "min" else "max"
    return e.Extreme(which, values), kind


def _arity(node: s.Call, count: int) -> None:
    if len(node.arguments) != count:
        message = f"`{node.function}` takes {count} arguments"
        raise MisuseError("R304", message, "", node.at)


def _mean(scope: Scope, node: s.Call) -> Typed:
    _arity(node, 1)
    argument = node.arguments[0]
    spec = scope.fact(argument.name) if isinstance(argument, s.Name) else None
    if spec is None or spec.type is not FactType.LIST:
        hint = "`mean` takes one fact of type list"
        raise MisuseError(
            "R304", f"`{s.written(argument)}` is not a list", hint, argument.at
        )
    return e.Mean(spec.id), _PLAIN


def _brackets(scope: Scope, node: s.Call) -> Typed:
    _arity(node, 2)
    of, kind = number(scope, node.arguments[0])
    schedule, _ = _typed(scope, node.arguments[1])
    if not isinstance(schedule, Schedule):
        at = node.arguments[1].at
        hint = "its second argument is a parameter of type brackets"
        raise MisuseError("R304", "`brackets` needs a schedule", hint, at)
    return e.Brackets(of, schedule.bands, schedule.uses), kind


# ---- conditions


def condition(scope: Scope, node: s.Surface, note: c.Note = c.NO_NOTE) -> c.Condition:
    """Return the IR of a condition; the note stays with its outermost node."""
    match node:
        case s.Junction(word=word, of=parts):
            lowered = tuple(condition(scope, part) for part in parts)
            return c.All(lowered, note) if word == "and" else c.AnyOf(lowered, note)
        case s.Negation(of=of):
            return c.Not(condition(scope, of), note)
        case s.Relation(operator="!="):
            same = s.Relation("=", node.left, node.right, node.at)
            return c.Not(condition(scope, same), note)
        case s.Relation():
            return c.Leaf(_kept(scope, _relation(scope, node)), note)
        case s.Membership():
            return c.Leaf(_kept(scope, _membership(scope, node)), note)
        case s.Inside():
            return c.Leaf(_kept(scope, _inside(scope, node)), note)
        case s.Name(name=name):
            spec = scope.fact(name)
            if spec is not None and spec.type is FactType.BOOL:
                return c.Leaf(
                    _kept(scope, c.Holds(name, name, frozenset({True}))), note
                )
            if spec is not None:
                hint = f"compare it: `{name} = …`"
                raise MisuseError("R304", f"`{name}` is not a yes or no", hint, node.at)
            known = [*scope.book.facts, *scope.book.definitions]
            hint = did_you_mean(name, known, "declare it under `facts`")
            raise MisuseError("R302", f"unknown fact `{name}`", hint, node.at)
        case _:
            text = s.written(node)
            raise MisuseError(
                "R304", f"`{text}` is not a condition", "compare it", node.at
            )


def _kept(scope: Scope, test: c.Test) -> c.Test:
    """Return the one node of this test; what depends on the window is apart."""
    window = scope.window if "in_force" in test.text else None
    return scope.tests.setdefault((test.text, window), test)


def _relation(scope: Scope, node: s.Relation) -> c.Test:
    text = s.written(node)
    spec = scope.fact(node.left.name) if isinstance(node.left, s.Name) else None
    none = isinstance(node.right, s.Name) and node.right.name == "none"
    if none and spec is not None:
        if not spec.may_be_none:
            hint = "for a number write `= 0`; else declare `may_be_none: true`"
            raise MisuseError("R304", f"`{spec.id}` is never none", hint, node.right.at)
        return c.Absent(text, spec.id)
    if spec is not None and not spec.type.numeric:
        if node.operator != "=":
            message = f"`{spec.id}` is of type {spec.type}: it has no order"
            raise MisuseError("R304", message, "use `=`, `!=` or `in`", node.at)
        return _membership(scope, s.Membership(node.left, (node.right,), node.at), text)
    left, left_kind = number(scope, node.left)
    right, right_kind = number(scope, node.right)
    _fit(left_kind, right_kind, node)
    _decided(left, right, node)
    sign = cast("c.Comparison", node.operator)
    return _fixed(c.Compare(text, sign, left, right), (left, right))


def _fit(left: FactType, right: FactType, node: s.Surface) -> None:
    kinds = {left, right}
    apart = {FactType.MONEY, FactType.RATIO} <= kinds
    if (_DATE in kinds and len(kinds) > 1) or apart:
        message = f"`{s.written(node)}` compares {left} with {right}"
        raise MisuseError("R304", message, "compare like with like", node.at)


def _decided(left: e.Expression, right: e.Expression, node: s.Surface) -> None:
    for side in (left, right):
        if isinstance(side, e.Unset):
            message = f"`${side.use.name}` is not fixed by any document"
            hint = "an unset parameter cannot decide a condition"
            raise MisuseError("R304", message, hint, node.at)


def _fixed(test: c.Compare | c.Within, parts: tuple[e.Expression, ...]) -> c.Test:
    if not all(isinstance(part, e.Const) for part in parts):
        return test
    return c.Fixed(test.text, _constant_truth(test))


def _constant_truth(test: c.Compare | c.Within) -> bool:
    match test:
        case c.Compare(operator=sign, left=e.Const(value=a), right=e.Const(value=b)):
            return compare(sign, exactly(a), exactly(b)) is TRUE
        case c.Within(
            of=e.Const(value=of), low=e.Const(value=low), high=e.Const(value=high)
        ):
            return low <= of <= high
        case _:
            return False


def _membership(scope: Scope, node: s.Membership, text: str = "") -> c.Test:
    text = text or s.written(node)
    spec = scope.fact(node.of.name) if isinstance(node.of, s.Name) else None
    if spec is None:
        if isinstance(node.of, s.Name):
            return cast("c.Test", condition(scope, node.of))  # raises: unknown fact
        hint = "`in` takes a fact on its left"
        raise MisuseError(
            "R304", f"`{s.written(node.of)}` is not a fact", hint, node.at
        )
    words = [(_word(item), item.at) for item in node.items]
    match spec.type:
        case FactType.CODE:
            system = scope.system(spec)
            codes = frozenset(_code(system.normal(w), w, at) for w, at in words)
            return c.Under(text, spec.id, codes, system)
        case FactType.ENUM:
            for word, at in words:
                if word not in spec.members:
                    hint = did_you_mean(
                        word, spec.members, f"known: {', '.join(spec.members)}"
                    )
                    raise MisuseError(
                        "R309", f"`{spec.id}` has no member `{word}`", hint, at
                    )
            return c.Holds(text, spec.id, frozenset(w for w, _ in words))
        case FactType.BOOL:
            flags = frozenset(_flag(w, at) for w, at in words)
            return c.Holds(text, spec.id, flags)
        case FactType.TEXT:
            return c.Holds(text, spec.id, frozenset(w for w, _ in words))
        case _:
            hint = "`in` takes an enum, a code or a text; use `within` for ranges"
            raise MisuseError(
                "R304", f"`{spec.id}` is of type {spec.type}", hint, node.at
            )


def _word(node: s.Surface) -> str:
    match node:
        case s.Name(name=text) | s.Num(text=text) | s.Quoted(text=text):
            return text
        case _:
            raise MisuseError(
                "R304", f"`{s.written(node)}` is not a member", "", node.at
            )


def _code(code: str | None, written: str, at: int) -> str:
    if code is None:
        raise MisuseError("R309", f"`{written}` is not a code of this system", "", at)
    return code


def _flag(word: str, at: int) -> bool:
    if word not in {"true", "false"}:
        raise MisuseError("R309", f"`{word}` is neither `true` nor `false`", "", at)
    return word == "true"


def _inside(scope: Scope, node: s.Inside) -> c.Test:
    text = s.written(node)
    of, kind = number(scope, node.of)
    if node.high is None and isinstance(node.low, s.Name):
        named = {
            "in_force": ("in_force.from", "in_force.to"),
            "year": ("year.from", "year.to"),
        }
        if node.low.name not in named:
            hint = "write `low..high`, `in_force` or `year`"
            raise MisuseError(
                "R302", f"`{node.low.name}` is not a window", hint, node.low.at
            )
        ends = [_named(scope, end, node.low.at) for end in named[node.low.name]]
        (low, low_kind), (high, high_kind) = cast(
            "list[tuple[e.Expression, FactType]]", ends
        )
    elif node.high is None:
        raise MisuseError(
            "R301", "a window has two ends", "write `low..high`", node.low.at
        )
    else:
        low, low_kind = number(scope, node.low)
        high, high_kind = number(scope, node.high)
    for other in (low_kind, high_kind):
        _fit(kind, other, node)
    _decided(low, high, node)
    return _fixed(c.Within(text, of, low, high), (of, low, high))
