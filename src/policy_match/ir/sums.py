"""Sums: so many times each of some formulas, and a number."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.ir import terms as t
from policy_match.ir.traversal import facts_of, formulas, operands

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.ir.program import Program
    from policy_match.ir.terms import Expression

_MOST = 60
"""Nodes of a formula that is looked into; a longer one stays as written."""
_SHAPES = t.Const | t.FactRef | t.Arithmetic | t.Extreme | t.Brackets
"""What a definition may be made of that is put in place of its fact."""


class Term(NamedTuple):
    """So many times a formula."""

    times: Fraction
    of: Expression


class Sum:
    """A formula as a sum: each other formula in it once, and a number."""

    def __init__(self, formula: Expression) -> None:
        """Take a formula apart."""
        self.terms: dict[object, Term] = {}
        self.number = Fraction(0)
        self.merged = False
        """Whether something stood in it more than once."""
        self._add(formula, Fraction(1))

    def _add(self, formula: Expression, times: Fraction) -> None:
        match formula:
            case t.Const(value=value):
                self.number += times * Fraction(value)
            case t.Arithmetic(operator="+" | "-" as sign, left=left, right=right):
                self._add(left, times)
                self._add(right, times if sign == "+" else -times)
            case t.Arithmetic(operator="*", left=left, right=t.Const(value=value)):
                self._add(left, times * Fraction(value))
            case t.Arithmetic(operator="*", left=t.Const(value=value), right=right):
                self._add(right, times * Fraction(value))
            case t.Arithmetic(operator="/", left=left, right=t.Const(value=v)) if v:
                self._add(left, times / Fraction(v))
            case _:
                found = key(formula)
                if found in self.terms:
                    self.merged = True
                    times += self.terms[found].times
                self.terms[found] = Term(times, formula)


def written(terms: Sequence[Term], number: Fraction) -> Expression:
    """Return a sum as a formula, each term as often as it stands in it."""
    parts = [
        of if times == 1 else t.Arithmetic("*", of, constant(times))
        for times, of in terms
    ]
    if number or not parts:
        parts.append(constant(number))
    found, *rest = parts
    for part in rest:
        found = t.Arithmetic("+", found, part)
    return found


def constant(number: Fraction) -> t.Const:
    """Return a number that no parameter gives."""
    return t.Const(number, FactType.NUMBER, (), str(number))


def key(formula: Expression) -> object:
    """Return what two formulas have in common that always come to the same."""
    match formula:
        case t.FactRef(fact=fact):
            return fact
        case t.Const(value=value):
            return Fraction(value)
        case t.Arithmetic(operator=sign):
            return sign, *map(key, operands(formula))
        case t.Extreme(kind=kind, of=parts):
            return kind, *map(key, parts)
        case t.Brackets(of=of, bands=bands):
            return "brackets", key(of), tuple((b.upto, b.rate) for b in bands)
        case _:
            return id(formula)


# ---- definitions in place of their facts


def long(formula: Expression) -> bool:
    """Return whether a formula is too long to be looked into."""
    return sum(1 for _ in formulas(formula)) > _MOST


def plain(program: Program, fact: str) -> Expression | None:
    """Return the formula that may stand in place of a derived fact, if one may.

    What is asked for in place of the facts below it stands for its own.
    """
    definition = program.definitions.get(fact)
    body = definition.body if definition else None
    if body is None or program.facts[fact].asked:
        return None
    return body if all(isinstance(x, _SHAPES) for x in formulas(body)) else None


def put(formula: Expression, fact: str, body: Expression) -> Expression:
    """Return a formula with another in place of a fact."""
    match formula:
        case t.FactRef(fact=name) if name == fact:
            return body
        case t.Arithmetic(operator=sign, left=left, right=right):
            return t.Arithmetic(sign, put(left, fact, body), put(right, fact, body))
        case t.Extreme(kind=kind, of=parts):
            return t.Extreme(kind, tuple(put(part, fact, body) for part in parts))
        case t.Brackets(of=of, bands=bands, uses=uses):
            return t.Brackets(put(of, fact, body), bands, uses)
        case _:
            return formula


def spelt(program: Program, formula: Expression) -> tuple[Expression, tuple[str, ...]]:
    """Return a formula with every plain definition in it, and the facts so put."""
    hiding: dict[str, None] = {}
    pending = [*facts_of(formula)]
    while pending and not long(formula):
        fact = pending.pop()
        body = plain(program, fact)
        if body is not None and fact not in hiding:
            formula = put(formula, fact, body)
            hiding[fact] = None
            pending += facts_of(body)
    return formula, tuple(hiding)
