"""A formula of one number alone, cut where it bends: between bends it is a line."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.ir import terms as t
from policy_match.ir.schedules import tax
from policy_match.ir.traversal import facts_of, operands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.possible import Number
    from policy_match.ir.terms import Expression

_MOST = 12
"""Pieces; what bends more often stays as written."""


class Piece(NamedTuple):
    """From one number to another, both included, a line: `slope * x + start`."""

    low: Number
    high: Number
    slope: Fraction
    start: Fraction


class _BentError(Exception):
    """It is no line between bends."""


def pieces(formula: Expression) -> tuple[Piece, ...] | None:
    """Return a formula of one fact as lines, the lowest part first.

    None where it is made of something else than lines, or of too many.
    """
    try:
        bends = sorted(_bends(formula))
        return None if len(bends) >= _MOST else tuple(_lines(formula, bends))
    except _BentError:
        return None


def _lines(formula: Expression, bends: list[Fraction]) -> Iterator[Piece]:
    ends: list[Number] = [-inf, *bends, inf]
    for low, high in pairwise(ends):
        one, other = _inside(low, high)
        a, b = _at(formula, one), _at(formula, other)
        slope = (b - a) / (other - one)
        yield Piece(low, high, slope, a - slope * one)


def _inside(low: Number, high: Number) -> tuple[Fraction, Fraction]:
    """Return two numbers between two ends."""
    if low == -inf:
        end = Fraction(0) if high == inf else Fraction(high)
        return end - 2, end - 1
    start = Fraction(low)
    return (start + 1, start + 2) if high == inf else (start, Fraction(high))


def directions(formula: Expression, sign: int = 1) -> Iterator[tuple[str, int]]:
    """Yield each place of a fact, and whether a formula rises or falls with it.

    A place of which that is not known is told as both.
    """
    match formula:
        case t.FactRef(fact=fact):
            yield fact, sign
        case t.Arithmetic(operator="+" | "-" as operator, left=left, right=right):
            yield from directions(left, sign)
            yield from directions(right, sign if operator == "+" else -sign)
        case t.Arithmetic(operator="*" | "/", left=left, right=t.Const(value=value)):
            yield from directions(left, sign if value >= 0 else -sign)
        case t.Arithmetic(operator="*", left=t.Const(value=value), right=right):
            yield from directions(right, sign if value >= 0 else -sign)
        case t.Extreme(of=parts):
            for part in parts:
                yield from directions(part, sign)
        case t.Brackets(of=of, bands=bands) if all(b.rate >= 0 for b in bands):
            yield from directions(of, sign)
        case _:
            for part in operands(formula) or (formula,):
                for fact in facts_of(part):
                    yield from ((fact, sign), (fact, -sign))


def _bends(formula: Expression) -> set[Fraction]:
    """Return every number at which a formula may bend."""
    match formula:
        case t.Const() | t.FactRef():
            return set()
        case t.Arithmetic(operator="*", left=left, right=right) if not (
            isinstance(left, t.Const) or isinstance(right, t.Const)
        ):
            raise _BentError
        case t.Arithmetic(operator="/", right=right) if not (
            isinstance(right, t.Const) and right.value
        ):
            raise _BentError
        case t.Arithmetic(left=left, right=right):
            return _bends(left) | _bends(right)
        case t.Extreme(of=(first, *rest), kind=kind):
            found, whole = _bends(first), first
            for part in rest:
                gap = t.Arithmetic("-", whole, part)
                found |= _bends(part)
                found |= set(_crossings(gap, sorted(found)))
                whole = t.Extreme(kind, (whole, part))
            return found
        case t.Brackets(of=of, bands=bands):
            found = _bends(of)
            bounds = [Fraction(b.upto) for b in bands if b.upto is not None]
            for bound in (Fraction(0), *bounds):
                gap = t.Arithmetic("-", of, t.Const(bound, FactType.NUMBER))
                found |= set(_crossings(gap, sorted(_bends(of))))
            return found
        case _:
            raise _BentError


def _crossings(gap: Expression, bends: list[Fraction]) -> Iterator[Fraction]:
    """Yield where a formula that bends at some numbers is zero."""
    for low, high, slope, start in _lines(gap, bends):
        if slope and low < (zero := -start / slope) < high:
            yield zero


def _at(formula: Expression, x: Fraction) -> Fraction:
    """Return what a formula comes to where its fact is `x`."""
    match formula:
        case t.Const(value=value):
            return Fraction(value)
        case t.FactRef():
            return x
        case t.Arithmetic(operator=sign, left=left, right=right):
            a, b = _at(left, x), _at(right, x)
            return {
                "+": lambda: a + b,
                "-": lambda: a - b,
                "*": lambda: a * b,
                "/": lambda: a / b,
            }[sign]()
        case t.Extreme(kind=kind, of=parts):
            return (min if kind == "min" else max)(_at(part, x) for part in parts)
        case t.Brackets(of=of, bands=bands):
            return Fraction(tax(_at(of, x), bands))
        case _:
            raise _BentError
