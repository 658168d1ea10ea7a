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
from policy_match.ir.traversal import facts_of, formulas, operands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_match.ir.program import Program
    from policy_match.ir.terms import Expression

_MOST = 60
"""Nodes of a formula that is gathered; a longer one stays as written."""
_SHAPES = t.Const | t.FactRef | t.Arithmetic | t.Extreme | t.Brackets
"""What a definition may be made of that is put in place of its fact."""


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
    if len(read) == sum(read.values()) or _long(spelt) or not _opposed(spelt):
        return None
    if len(read) == 1:
        (fact,) = read
        cut = pieces(spelt)
        if cut is not None:
            return Gathered(None, cut, fact, hiding)
    found = _Terms.of(spelt).written(program)
    return None if found is None else Gathered(found, (), "", hiding)


def _opposed(formula: Expression) -> bool:
    """Return whether a formula may rise with a fact in one place and fall in another.

    Where none does, its ends are those of its facts.
    """
    ways = set(directions(formula))
    return any((fact, -sign) in ways for fact, sign in ways)


def _long(formula: Expression) -> bool:
    return sum(1 for _ in formulas(formula)) > _MOST


def _references(formula: Expression) -> Iterator[str]:
    """Yield the facts that stand in a formula as numbers, as often as they do."""
    for node in formulas(formula):
        if isinstance(node, t.FactRef):
            yield node.fact


# ---- definitions in place of their facts


def _spelt(program: Program, formula: Expression) -> tuple[Expression, tuple[str, ...]]:
    """Return a formula with what it shares with itself spelt out, and the facts so."""
    hiding: dict[str, None] = {}
    while (fact := _shared(program, formula, hiding)) and not _long(formula):
        body = program.definitions[fact].body
        assert body is not None  # noqa: S101  # INVARIANT: `_shared` looks for one
        formula = _with(formula, fact, body)
        hiding[fact] = None
    return formula, tuple(hiding)


def _shared(program: Program, formula: Expression, done: Iterable[str]) -> str:
    """Return a derived fact that rests on something the formula reads besides."""
    rests, read = dependences(program), dict.fromkeys(_references(formula))
    for fact in read:
        definition = program.definitions.get(fact)
        if definition is None or definition.body is None or fact in done:
            continue
        others = 0
        for other in read:
            others |= rests.of(other) if other != fact else 0
        plain = all(isinstance(x, _SHAPES) for x in formulas(definition.body))
        if plain and not program.facts[fact].asked and rests.of(fact) & others:
            return fact
    return ""


def _with(formula: Expression, fact: str, body: Expression) -> Expression:
    match formula:
        case t.FactRef(fact=name) if name == fact:
            return body
        case t.Arithmetic(operator=sign, left=left, right=right):
            return t.Arithmetic(sign, _with(left, fact, body), _with(right, fact, body))
        case t.Extreme(kind=kind, of=parts):
            return t.Extreme(kind, tuple(_with(part, fact, body) for part in parts))
        case t.Brackets(of=of, bands=bands, uses=uses):
            return t.Brackets(_with(of, fact, body), bands, uses)
        case _:
            return formula


# ---- sums


class _Term(NamedTuple):
    times: Fraction
    of: Expression


class _Terms:
    """A sum: so many times each of some formulas, and a number."""

    def __init__(self) -> None:
        self.terms: dict[object, _Term] = {}
        self.number = Fraction(0)
        self.merged = False

    @classmethod
    def of(cls, formula: Expression) -> _Terms:
        found = cls()
        found.add(formula, Fraction(1))
        return found

    def add(self, formula: Expression, times: Fraction) -> None:
        """Add so many times a formula."""
        match formula:
            case t.Const(value=value):
                self.number += times * Fraction(value)
            case t.Arithmetic(operator="+" | "-" as sign, left=left, right=right):
                self.add(left, times)
                self.add(right, times if sign == "+" else -times)
            case t.Arithmetic(operator="*", left=left, right=t.Const(value=value)):
                self.add(left, times * Fraction(value))
            case t.Arithmetic(operator="*", left=t.Const(value=value), right=right):
                self.add(right, times * Fraction(value))
            case t.Arithmetic(operator="/", left=left, right=t.Const(value=v)) if v:
                self.add(left, times / Fraction(v))
            case _:
                key = _key(formula)
                if key in self.terms:
                    self.merged = True
                    times += self.terms[key].times
                self.terms[key] = _Term(times, formula)

    def written(self, program: Program) -> Expression | None:
        """Return the sum as a formula; None where nothing has become of it."""
        terms = list(self.terms.values())
        taken = _taken_in(program, terms, self.number)
        if taken is not None:
            return taken
        common = _factored(terms)
        if common is None and not self.merged:
            return None
        return _sum(common or terms, self.number)


def _sum(terms: Sequence[_Term], number: Fraction) -> Expression:
    """Return a sum as a formula, each term as often as it stands in it."""
    parts = [
        of if times == 1 else t.Arithmetic("*", of, _const(times))
        for times, of in terms
    ]
    if number or not parts:
        parts.append(_const(number))
    found, *rest = parts
    for part in rest:
        found = t.Arithmetic("+", found, part)
    return found


def _const(number: Fraction) -> t.Const:
    return t.Const(number, FactType.NUMBER, (), str(number))


def _taken_in(
    program: Program, terms: Sequence[_Term], number: Fraction
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
        sums = (_sum([_Term(times, part), *rest], number) for part in of.of)
        return t.Extreme(kind, tuple(sums))
    return None


_TURNED: dict[t.ExtremeKind, t.ExtremeKind] = {"min": "max", "max": "min"}


def _factored(terms: Sequence[_Term]) -> list[_Term] | None:
    """Return terms of which those with a factor in common are one product."""
    for _, of in terms:
        for factor in _factors(of):
            key, own = _key(factor), []
            rest: list[_Term] = []
            for term in terms:
                other = _without(term.of, key)
                if other is None:
                    rest.append(term)
                else:
                    own.append(_Term(term.times, other))
            if len(own) > 1:
                product = t.Arithmetic("*", factor, _folded(own))
                return [_Term(Fraction(1), product), *rest]
    return None


def _folded(terms: Sequence[_Term]) -> Expression:
    found = _Terms()
    for times, of in terms:
        found.add(of, times)
    return _sum(list(found.terms.values()), found.number)


def _factors(formula: Expression) -> tuple[Expression, ...]:
    match formula:
        case t.Arithmetic(operator="*", left=left, right=right):
            return (left, right)
        case _:
            return (formula,)


def _without(formula: Expression, key: object) -> Expression | None:
    """Return what a product has besides a factor; None where it has not got it."""
    factors = _factors(formula)
    for place, factor in enumerate(factors):
        if _key(factor) == key:
            return factors[1 - place] if len(factors) > 1 else _const(Fraction(1))
    return None


def _key(formula: Expression) -> object:
    """Return what two formulas have in common that always come to the same."""
    match formula:
        case t.FactRef(fact=fact):
            return fact
        case t.Const(value=value):
            return Fraction(value)
        case t.Arithmetic(operator=sign):
            return sign, *map(_key, operands(formula))
        case t.Extreme(kind=kind, of=parts):
            return kind, *map(_key, parts)
        case t.Brackets(of=of, bands=bands):
            return "brackets", _key(of), tuple((b.upto, b.rate) for b in bands)
        case _:
            return id(formula)
