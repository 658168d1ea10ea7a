"""Formulas in words: facts by their titles, figures by their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from policy_match.domain.facts import FactType
from policy_match.ir.terms import (
    Arithmetic,
    Between,
    Brackets,
    Cases,
    Const,
    Extreme,
    FactRef,
    Label,
    Lookup,
    Mean,
    Moved,
    Switch,
    Unset,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.ir.program import Program
    from policy_match.ir.terms import Band, Expression
    from policy_match.reports.words.vocabulary import Vocabulary

SIGNS = {"+": "+", "-": "-", "*": "×", "/": "÷"}
_TIGHT = frozenset("*/")


def kind_of(  # noqa: PLR0911  (one case a node)
    expression: Expression, program: Program
) -> FactType:
    """Return the kind of value that a formula denotes."""
    match expression:
        case FactRef(fact=fact) | Lookup(fact=fact):
            return program.facts[fact].type
        case Const(type=kind):
            return kind
        case Mean():
            return FactType.NUMBER
        case Moved():
            return FactType.DATE
        case Arithmetic(operator=sign, left=left, right=right):
            return _combined(sign, kind_of(left, program), kind_of(right, program))
        case Extreme(of=parts):
            kinds = [kind_of(part, program) for part in parts]
            return FactType.MONEY if FactType.MONEY in kinds else kinds[0]
        case Brackets(of=part) | Between(low=part):
            return kind_of(part, program)
        case Cases(branches=branches):
            return kind_of(branches[0].value, program)
        case Switch(arms=arms):
            return kind_of(arms[0][1], program)
        case Label():
            return FactType.ENUM
        case Unset():
            return FactType.MONEY
        case _ as never:
            assert_never(never)


def _combined(sign: str, left: FactType, right: FactType) -> FactType:
    money = FactType.MONEY
    if sign == "/":
        return money if left is money and right is not money else FactType.RATIO
    if money in {left, right}:
        return money
    return FactType.NUMBER if sign == "*" else left


def unit_of(expression: Expression, words: Vocabulary) -> str:
    """Return the unit that a formula's value is counted in."""
    match expression:
        case FactRef(fact=fact) | Mean(fact=fact):
            return words.text(words.program.facts[fact].unit)
        case Extreme(of=(first, *_)):
            return unit_of(first, words)
        case Arithmetic(operator="+" | "-", left=left):
            return unit_of(left, words)
        case _:
            return ""


def formula(  # noqa: PLR0911  (one case a node)
    expression: Expression, words: Vocabulary
) -> str:
    """Return a formula in words.

    A figure of the law reads as its value; what it is called and where it
    stands is told beside it.
    """
    match expression:
        case FactRef(fact=fact) | Lookup(fact=fact):
            return words.title(fact)
        case Const(value=value, type=kind):
            return words.amount(value, kind, bare=True)
        case Mean(fact=fact):
            return words.label("mean", title=words.title(fact))
        case Arithmetic(operator=sign, left=left, right=right):
            spaced = f" {SIGNS[sign]} "
            return _part(left, sign, words) + spaced + _part(right, sign + "r", words)
        case Moved(of=of):
            of_ = formula(of, words)
            return moved(expression, _closed(of, of_, words), words)
        case Extreme(kind=kind, of=parts):
            listed = words.listed((formula(part, words) for part in parts), "comma")
            return words.label(kind, parts=listed)
        case Brackets(of=of, bands=bands, uses=uses):
            titles = dict.fromkeys(f"“{words.text(use.title)}”" for use in uses)
            schedule = words.listed(titles, "and")
            key = "progressive" if schedule else "flat-bands"
            told = words.label("semicolon").join(_bands(bands, of, words))
            of_ = formula(of, words)
            return words.label(key, of=of_, schedule=schedule, bands=told)
        case Between(low=low, high=high):
            ends = {"low": formula(low, words), "high": formula(high, words)}
            return words.label("range", **ends)
        case Cases() | Switch():
            return words.label("by-case")
        case Label(member=None):
            return words.label("none")
        case Label(member=member):
            return str(member) if not isinstance(member, bool) else words.label("yes")
        case Unset(set_by=set_by):
            who = words.text(set_by)
            if who:
                return words.label("set-by", who=who)
            return words.label("set-by-authority")
        case _ as never:
            assert_never(never)


def moved(node: Moved, of: str, words: Vocabulary) -> str:
    """Return a day so much later or earlier than `of`, which is in words already."""
    count = abs(node.count)
    if node.unit == "day":
        length = words.label("days", count=count)
    elif count % 12:
        length = words.label("months", count=count)
    else:
        length = words.label("years", count=count // 12)
    return words.label("after" if node.count >= 0 else "before", of=of, length=length)


def _closed(of: Expression, text: str, words: Vocabulary) -> str:
    return text if isinstance(of, FactRef) else in_brackets(text, words)


def _bands(bands: Sequence[Band], of: Expression, words: Vocabulary) -> Iterator[str]:
    """Yield each band's rate; the last one is open above whatever its bound."""
    kind = kind_of(of, words.program)
    for place, band in enumerate(bands):
        rate = words.amount(band.rate, FactType.RATIO)
        if band.upto is not None and place < len(bands) - 1:
            upto = words.amount(band.upto, kind)
            yield words.label("band-upto", upto=upto, rate=rate)
        else:
            yield words.label("band-rest" if place else "band-all", rate=rate)


def _part(expression: Expression, sign: str, words: Vocabulary) -> str:
    text = formula(expression, words)
    return in_brackets(text, words) if in_need(expression, sign) else text


def in_need(expression: Expression, sign: str) -> bool:
    """Whether an operand of a sign needs brackets; `r` marks the right one."""
    if not isinstance(expression, Arithmetic):
        return False
    loose = expression.operator not in _TIGHT
    return (sign[0] in _TIGHT and loose) or sign in {"-r", "/r"}


def in_brackets(text: str, words: Vocabulary) -> str:
    """Return an operand in brackets."""
    return words.bracketed(text).strip()
