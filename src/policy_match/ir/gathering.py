"""A formula in which each fact has its say once.

Of `income - 30% * income` the two incomes are one: whoever takes the least of the
first and the most of the second tells of a firm that there is not. Like terms are
gathered, what shares facts with a `min` or a `max` is taken into it, and a formula
of one fact alone is cut where it bends. Of a complete firm each comes to the same
number; of what is possible, to no more than there is. Backends meet only what they
know, and agree on it as on any other formula.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from policy_match.domain.facts import FactType
from policy_match.ir import terms as t
from policy_match.ir.analysis import dependences
from policy_match.ir.bends import Piece, directions, pieces
from policy_match.ir.sums import Sum, Term, constant, key, long, plain, put, written
from policy_match.ir.traversal import facts_of, formulas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_match.ir.program import Program
    from policy_match.ir.terms import Expression


class Gathered(NamedTuple):
    """What a formula comes to: another formula, or the pieces of one fact."""

    formula: Expression | None
    pieces: tuple[Piece, ...]
    fact: str
    """The fact that the pieces are of."""
    unless_given: tuple[str, ...]
    """Derived facts that void it where they are given."""


_FOUND: WeakKeyDictionary[Program, dict[Expression, Gathered | None]] = (
    WeakKeyDictionary()
)


def gathered(program: Program, formula: Expression) -> Gathered | None:
    """Return a formula with each fact once; None where it stays as written."""
    known = _FOUND.setdefault(program, {})
    if formula not in known:
        known[formula] = _gathered(program, formula)
    return known[formula]


def difference(program: Program, test: t.Compare) -> Expression | None:
    """Return how far two numbers are apart, where facts that both read are gathered.

    None where the two are compared as they are.
    """
    found = _difference(test)
    if found is None:
        return None
    dated = any(program.facts[f].type is FactType.DATE for f in facts_of(found))
    return None if dated or gathered(program, found) is None else found


@lru_cache(maxsize=4096)
def _difference(test: t.Compare) -> Expression | None:
    left, right = test.left, test.right
    if isinstance(right, t.Const) or isinstance(left, t.Const):
        return None
    return t.Arithmetic("-", left, right)


def _gathered(program: Program, formula: Expression) -> Gathered | None:
    if not isinstance(formula, t.Arithmetic | t.Extreme | t.Brackets):
        return None
    spelt, hiding = _spelt(program, formula)
    read = Counter(_references(spelt))
    if len(read) == sum(read.values()) or long(spelt) or not _opposed(spelt):
        return None
    if len(read) == 1:
        (fact,) = read
        cut = pieces(spelt)
        if cut is not None:
            return Gathered(None, cut, fact, hiding)
    found = _sum(program, spelt)
    return None if found is None else Gathered(found, (), "", hiding)


def _opposed(formula: Expression) -> bool:
    """Return whether a formula may rise with a fact in one place and fall in another.

    Where none does, its ends are those of its facts.
    """
    ways = set(directions(formula))
    return any((fact, -sign) in ways for fact, sign in ways)


def _references(formula: Expression) -> Iterator[str]:
    """Yield the facts that stand in a formula as numbers, as often as they do."""
    for node in formulas(formula):
        if isinstance(node, t.FactRef):
            yield node.fact


# ---- definitions in place of their facts


def _spelt(program: Program, formula: Expression) -> tuple[Expression, tuple[str, ...]]:
    """Return a formula with what it shares with itself spelt out, and the facts so."""
    hiding: dict[str, None] = {}
    while (found := _shared(program, formula, hiding)) and not long(formula):
        fact, body = found
        formula = put(formula, fact, body)
        hiding[fact] = None
    return formula, tuple(hiding)


def _shared(
    program: Program, formula: Expression, done: Iterable[str]
) -> tuple[str, Expression] | None:
    """Return a derived fact that rests on something the formula reads besides."""
    rests, read = dependences(program), dict.fromkeys(_references(formula))
    for fact in read:
        body = None if fact in done else plain(program, fact)
        if body is None:
            continue
        others = 0
        for other in read:
            others |= rests.of(other) if other != fact else 0
        if rests.of(fact) & others:
            return fact, body
    return None


# ---- sums


def _sum(program: Program, formula: Expression) -> Expression | None:
    """Return a formula as a sum; None where nothing becomes of it."""
    found = Sum(formula)
    terms = list(found.terms.values())
    taken = _taken_in(program, terms, found.number)
    if taken is not None:
        return taken
    common = _factored(terms)
    if common is None and not found.merged:
        return None
    return written(common or terms, found.number)


def _taken_in(
    program: Program, terms: Sequence[Term], number: Fraction
) -> Expression | None:
    """Return a sum as the `min` or `max` of sums, where it shares facts with one."""
    rests = dependences(program)
    for place, (times, of) in enumerate(terms):
        rest = [*terms[:place], *terms[place + 1 :]]
        others = 0
        for term in rest:
            others |= rests.of(term.of)
        if not isinstance(of, t.Extreme) or not rests.of(of) & others or not times:
            continue
        kind = of.kind if times > 0 else _TURNED[of.kind]
        sums = (written([Term(times, part), *rest], number) for part in of.of)
        return t.Extreme(kind, tuple(sums))
    return None


_TURNED: dict[t.ExtremeKind, t.ExtremeKind] = {"min": "max", "max": "min"}


def _factored(terms: Sequence[Term]) -> list[Term] | None:
    """Return terms of which those with a factor in common are one product."""
    for _, of in terms:
        for factor in _factors(of):
            own: list[Term] = []
            rest: list[Term] = []
            for term in terms:
                other = _without(term.of, key(factor))
                if other is None:
                    rest.append(term)
                else:
                    own.append(Term(term.times, other))
            if len(own) > 1:
                inner = Sum(written(own, Fraction(0)))
                by = written([*inner.terms.values()], inner.number)
                return [Term(Fraction(1), t.Arithmetic("*", factor, by)), *rest]
    return None


def _factors(formula: Expression) -> tuple[Expression, ...]:
    match formula:
        case t.Arithmetic(operator="*", left=left, right=right):
            return (left, right)
        case _:
            return (formula,)


def _without(formula: Expression, known: object) -> Expression | None:
    """Return what a product has besides a factor; None where it has not got it."""
    factors = _factors(formula)
    for place, factor in enumerate(factors):
        if key(factor) == known:
            return factors[1 - place] if len(factors) > 1 else constant(Fraction(1))
    return None
