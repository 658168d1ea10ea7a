"""Conditions to IR: what is compared must fit, and constants are decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from policy_match.compiler.formulas import named, number, unknown_fact
from policy_match.compiler.scope import MisuseError, Scope
from policy_match.domain.facts import FactType
from policy_match.errors import did_you_mean
from policy_match.ir import terms as t
from policy_match.ir.folding import constant_truth
from policy_match.language.messages import said
from policy_match.rulebook import syntax as s

if TYPE_CHECKING:
    from collections.abc import Callable

_Surface = TypeVar("_Surface", s.Relation, s.Membership, s.Inside, s.Name)


def condition(scope: Scope, node: s.Surface, note: t.Note = t.NO_NOTE) -> t.Condition:
    """Return the IR of a condition; the note stays with its outermost node."""
    match node:
        case s.Junction(word=word, of=parts):
            lowered = tuple(condition(scope, part) for part in parts)
            return t.All(lowered, note) if word == "and" else t.AnyOf(lowered, note)
        case s.Negation(of=of):
            return t.Not(condition(scope, of), note)
        case s.Relation(operator="!="):
            same = s.Relation("=", node.left, node.right, node.at)
            return t.Not(condition(scope, same), note)
        case s.Relation():
            return t.Leaf(_once(scope, node, _relation), note)
        case s.Membership():
            return t.Leaf(_once(scope, node, _membership), note)
        case s.Inside():
            return t.Leaf(_once(scope, node, _inside), note)
        case s.Name(name=name):
            spec = scope.fact(name)
            if spec is not None and spec.type is FactType.BOOL:
                return t.Leaf(_once(scope, node, _asked), note)
            if spec is not None:
                hint = said("compare-it-so", form=f"{name} = …")
                message = said("no-yes-or-no", name=name)
                raise MisuseError("R304", message, hint, node.at)
            known = [*scope.book.facts, *scope.book.definitions]
            raise unknown_fact(name, known, node.at)
        case _:
            message = said("no-condition", text=s.written(node))
            raise MisuseError("R304", message, said("compare-it"), node.at)


def _once(
    scope: Scope, node: _Surface, lower: Callable[[Scope, _Surface, str], t.Test]
) -> t.Test:
    """Return the one node of this test; what depends on the window is apart."""
    text = s.written(node)
    window = scope.window if "in_force" in text else None
    return scope.once(("test", text, window), lambda: lower(scope, node, text))


def _asked(_: Scope, node: s.Name, text: str) -> t.Test:
    return t.Holds(text, node.name, frozenset({True}))


def _relation(scope: Scope, node: s.Relation, text: str) -> t.Test:
    spec = scope.fact(node.left.name) if isinstance(node.left, s.Name) else None
    none = isinstance(node.right, s.Name) and node.right.name == "none"
    if none and spec is not None:
        if not spec.may_be_none:
            message = said("absent-never", name=spec.id)
            raise MisuseError("R304", message, said("write-zero"), node.right.at)
        return t.Absent(text, spec.id)
    if spec is not None and not spec.type.numeric:
        if node.operator != "=":
            message = said("no-order", name=spec.id, type=spec.type)
            raise MisuseError("R304", message, said("use-equality"), node.at)
        return _membership(scope, s.Membership(node.left, (node.right,), node.at), text)
    left, left_kind = number(scope, node.left)
    right, right_kind = number(scope, node.right)
    _fit(left_kind, right_kind, node)
    _decided(left, right, node)
    sign = cast("t.Comparison", node.operator)
    return _fixed(t.Compare(text, sign, left, right), (left, right))


def _fit(left: FactType, right: FactType, node: s.Surface) -> None:
    kinds = {left, right}
    apart = {FactType.MONEY, FactType.RATIO} <= kinds
    if (FactType.DATE in kinds and len(kinds) > 1) or apart:
        text = s.written(node)
        message = said("unlike", text=text, left=left, right=right)
        raise MisuseError("R304", message, said("like-with-like"), node.at)


def _decided(left: t.Expression, right: t.Expression, node: s.Surface) -> None:
    for side in (left, right):
        if isinstance(side, t.Unset):
            message = said("not-fixed", name=side.use.name)
            raise MisuseError("R304", message, said("unset-decides"), node.at)


def _fixed(test: t.Compare | t.Within, parts: tuple[t.Expression, ...]) -> t.Test:
    if not all(isinstance(part, t.Const) for part in parts):
        return test
    timed = any(isinstance(part, t.Const) and part.term for part in parts)
    return t.Fixed(test.text, constant_truth(test), test if timed else None)


def _membership(scope: Scope, node: s.Membership, text: str) -> t.Test:
    spec = scope.fact(node.of.name) if isinstance(node.of, s.Name) else None
    if spec is None:
        if isinstance(node.of, s.Name):
            return cast("t.Test", condition(scope, node.of))  # raises: unknown fact
        message = said("not-a-fact", text=s.written(node.of))
        raise MisuseError("R304", message, said("fact-on-left"), node.at)
    words = [(_word(item), item.at) for item in node.items]
    match spec.type:
        case FactType.CODE:
            system = scope.system(spec)
            codes = frozenset(_code(system.normal(w), w, at) for w, at in words)
            return t.Under(text, spec.id, codes, system)
        case FactType.ENUM:
            for word, at in words:
                if word not in spec.members:
                    message = said("no-member", fact=spec.id, word=word)
                    known = said("known-names", known=tuple(spec.members))
                    hint = did_you_mean(word, spec.members, known)
                    raise MisuseError("R309", message, hint, at)
            return t.Holds(text, spec.id, frozenset(w for w, _ in words))
        case FactType.BOOL:
            flags = frozenset(_flag(w, at) for w, at in words)
            return t.Holds(text, spec.id, flags)
        case FactType.TEXT:
            return t.Holds(text, spec.id, frozenset(w for w, _ in words))
        case _:
            message = said("of-type", name=spec.id, type=spec.type)
            raise MisuseError("R304", message, said("in-takes"), node.at)


def _forwards(
    scope: Scope, node: s.Inside, low: t.Expression, high: t.Expression
) -> None:
    """Refuse a window of which both ends are written, and run backwards.

    One that moves with the day may be empty on some days, and hold nothing.
    """
    written = (s.Num, s.Day) if scope.lenient else (s.Num, s.Day, s.Param)
    ends = isinstance(node.low, written) and isinstance(node.high, written)
    if not (ends and isinstance(low, t.Const) and isinstance(high, t.Const)):
        return
    if low.value > high.value:
        text = f"{low.text}..{high.text}"
        message = said("range-backwards", text=text)
        raise MisuseError("R307", message, said("swap-the-ends"), node.low.at)


def _word(node: s.Surface) -> str:
    match node:
        case s.Name(name=text) | s.Num(text=text) | s.Quoted(text=text):
            return text
        case _:
            message = said("no-word", text=s.written(node))
            raise MisuseError("R304", message, said("write-word"), node.at)


def _code(code: str | None, written: str, at: int) -> str:
    if code is None:
        message = said("no-code-of-this", text=written)
        raise MisuseError("R309", message, said("write-code"), at)
    return code


def _flag(word: str, at: int) -> bool:
    if word not in {"true", "false"}:
        message = said("not-a-flag", text=word)
        raise MisuseError("R309", message, said("one-of-both"), at)
    return word == "true"


def _inside(scope: Scope, node: s.Inside, text: str) -> t.Test:
    of, kind = number(scope, node.of)
    if node.high is None and isinstance(node.low, s.Name):
        windows = {
            "in_force": ("in_force.from", "in_force.to"),
            "year": ("year.from", "year.to"),
        }
        if node.low.name not in windows:
            message = said("not-a-window", name=node.low.name)
            raise MisuseError("R302", message, said("write-window"), node.low.at)
        ends = [named(scope, end, node.low.at) for end in windows[node.low.name]]
        (low, low_kind), (high, high_kind) = cast(
            "list[tuple[t.Expression, FactType]]", ends
        )
    elif node.high is None:
        hint = said("write-both-ends")
        raise MisuseError("R301", said("two-ends"), hint, node.low.at)
    else:
        low, low_kind = number(scope, node.low)
        high, high_kind = number(scope, node.high)
    for other in (low_kind, high_kind):
        _fit(kind, other, node)
    _decided(low, high, node)
    _forwards(scope, node, low, high)
    return _fixed(t.Within(text, of, low, high), (of, low, high))
