"""Conditions in plain words: what must hold, and by which figure of which document."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, assert_never

from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice
from policy_match.ir.terms import (
    Absent,
    All,
    AnyOf,
    Compare,
    Const,
    FactRef,
    Fixed,
    Holds,
    Leaf,
    Mean,
    Not,
    Under,
    Within,
)
from policy_match.reports.words.figures import ordinal_day
from policy_match.reports.words.formulas import formula, kind_of, unit_of
from policy_match.reports.words.vocabulary import Vocabulary, value_words

if TYPE_CHECKING:
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Condition, Expression, Test

__all__ = ["says", "spoken", "subject", "value_words"]

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "not="}


def says(condition: Condition, program: Program, lang: str) -> str:
    """Return a condition in words of `lang`: the author's, or generated."""
    return spoken(condition, Vocabulary.of(program, lang))


def spoken(condition: Condition, words: Vocabulary) -> str:
    """Return a condition in the words of one vocabulary."""
    note = condition.note.says
    if note:
        return words.text(note)
    match condition:
        case Leaf(test=test):
            return _test(test, words)
        case Not(of=part):
            return _negated(part, words)
        case All(of=parts):
            return words.label("and-then").join(_joined(p, words) for p in parts)
        case AnyOf(of=parts):
            return words.label("or-else").join(_joined(p, words) for p in parts)
        case _ as never:
            assert_never(never)


def _joined(condition: Condition, words: Vocabulary) -> str:
    text = spoken(condition, words)
    if isinstance(condition, All | AnyOf) and not condition.note.says:
        return words.bracketed(text).strip()
    return text


def subject(test: Test) -> Expression | str | None:
    """Return what a test is about: a fact's id, or a formula."""
    match test:
        case Holds(fact=fact) | Under(fact=fact) | Absent(fact=fact):
            return fact
        case Within(of=of):
            return of
        case Compare(left=left, right=right):
            return right if isinstance(left, Const) else left
        case Fixed():
            return None
        case _ as never:
            assert_never(never)


def _test(test: Test, words: Vocabulary) -> str:
    match test:
        case Holds(fact=fact, members=members):
            return _holds(fact, members, words)
        case Under(fact=fact, codes=codes):
            listed = words.listed(sorted(codes), "or")
            return words.label("is-under", title=words.title(fact), members=listed)
        case Compare():
            return _compare(test, words, negated=False)
        case Within():
            return _within(test, words, "is-within")
        case Absent(fact=fact):
            return words.label("has-no", title=words.title(fact))
        case Fixed(holds=holds):
            return words.label("day-holds" if holds else "day-fails")
        case _ as never:
            assert_never(never)


def _negated(part: Condition, words: Vocabulary) -> str:
    """Return `not part`; a comparison is turned round where absence cannot matter."""
    if isinstance(part, Not):
        return spoken(part.of, words)
    if isinstance(part, Leaf) and not part.note.says:
        match part.test:
            case Holds(fact=fact, members=members) if members != {True}:
                rest = _rest(fact, members, words.program)
                if rest:
                    return _holds(fact, rest, words)
                spec = words.program.facts[fact]
                listed = words.listed(words.members(members, spec), "or")
                return words.label("is-not", title=words.title(fact), members=listed)
            case Under(fact=fact, codes=codes):
                listed = words.listed(sorted(codes), "or")
                title = words.title(fact)
                return words.label("not-under", title=title, members=listed)
            case Absent(fact=fact):
                return words.label("has", title=words.title(fact))
            case Within():
                return _within(part.test, words, "not-within")
            case Compare(left=left, right=right) as test if _total(
                left, words
            ) and _total(right, words):
                return _compare(test, words, negated=True)
            case _:
                pass
    return _not_so(spoken(part, words), words)


def _not_so(says: str, words: Vocabulary) -> str:
    """Return that something is not so: by its own verb, where that can be negated."""
    for pair in words.label("negated-verbs").split("|"):
        verb, _, negated = pair.partition("=")
        if verb and says.startswith(verb) and says.count(verb) == 1:
            return negated + says.removeprefix(verb)
    return words.label("not-so", says=says)


def _rest(
    fact: str, members: frozenset[str | bool], program: Program
) -> frozenset[str | bool]:
    """Return the one member left, where `not in` means just that one."""
    universe = program.facts[fact].unknown
    if not isinstance(universe, Choice) or universe.absent or not universe.members:
        return frozenset()
    rest = universe.members - members
    return rest if len(rest) == 1 else frozenset()


def _total(expression: Expression, words: Vocabulary) -> bool:
    # Whether a side always has a value: then `not <` is `>=`.
    if isinstance(expression, FactRef):
        return not words.program.facts[expression.fact].may_be_none
    return isinstance(expression, Const | Mean)


def _holds(fact: str, members: frozenset[str | bool], words: Vocabulary) -> str:
    title = words.title(fact)
    if members == {True}:
        return title
    if members == {False}:
        return _not_so(title, words)
    listed = words.listed(words.members(members, words.program.facts[fact]), "or")
    return words.label("is-one", title=title, members=listed)


def _compare(test: Compare, words: Vocabulary, *, negated: bool) -> str:
    left, right, operator = test.left, test.right, str(test.operator)
    if isinstance(left, Const):
        left, right, operator = right, left, _FLIPPED[operator]
    if negated:
        operator = _OPPOSITE[operator]
    kind = kind_of(left, words.program)
    if kind is FactType.DATE and operator != "not=":
        operator = f"date{operator}"
    elif kind is FactType.INT and operator == ">=":
        operator = "count>="
    ends = {"left": formula(left, words), "right": _bound(left, right, words)}
    return words.label(operator, **ends)


def _bound(left: Expression, right: Expression, words: Vocabulary) -> str:
    """Return the other side, a bare number in the kind and unit of what it bounds."""
    if not isinstance(right, Const):
        return formula(right, words)
    kind = right.type
    if kind is FactType.NUMBER or kind is FactType.INT:
        kind = kind_of(left, words.program)
    return words.amount(right.value, kind, unit_of(left, words), bare=True)


def _within(test: Within, words: Vocabulary, key: str) -> str:
    title = formula(test.of, words)
    low, high = test.low, test.high
    if isinstance(low, Const) and isinstance(high, Const):
        if _open(low) and _open(high):
            return words.label("has", title=title)
        if _open(low) or _open(high):
            one_sided = (
                Compare(test.text, "<=", test.of, high)
                if _open(low)
                else Compare(test.text, ">=", test.of, low)
            )
            return _compare(one_sided, words, negated=key == "not-within")
    ends = {"low": _bound(test.of, low, words), "high": _bound(test.of, high, words)}
    return words.label(key, title=title, **ends)


def _open(end: Const) -> bool:
    if end.type is FactType.DATE:
        return ordinal_day(end.value) is None
    return end.value in (inf, -inf)
