"""What a condition that holds says of single facts.

A benefit is what a firm gets if it is eligible. Where its condition says
`profit <= 3000000`, the amount is taken over that range and not over
every profit there is. What `not` says counts where nothing can be absent: on an
absent value a comparison is false, and its `not` true, whatever the limit.
"""

from __future__ import annotations

from math import ceil, floor, inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.domain.possible import (
    ANYTHING,
    NONE,
    Choice,
    Interval,
    add,
    exactly,
    join,
    meet,
    multiply,
    plain,
)
from policy_match.ir.sums import Sum, spelt
from policy_match.ir.terms import (
    Absent,
    All,
    AnyOf,
    Arithmetic,
    Cases,
    Compare,
    Const,
    Extreme,
    FactRef,
    Fixed,
    Holds,
    Leaf,
    Not,
    Switch,
    Within,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.program import Program
    from policy_match.ir.sums import Term
    from policy_match.ir.terms import Comparison, Condition, Expression, Test

_DEEPEST = 50
"""Definitions followed one below the other; what lies deeper narrows nothing."""
_ALTERNATIVES = 2
"""Alternatives within alternatives that are looked into."""
_MIRRORED: dict[Comparison, Comparison] = {
    "=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<=",
}  # fmt: skip
_OPPOSITE: dict[Comparison, Comparison] = {
    "<": ">=", "<=": ">", ">": "<=", ">=": "<",
}  # fmt: skip
_WHOLE = frozenset({FactType.INT, FactType.DATE})
_MOST_WAYS = 8
"""Ways by which one definition is reached that are followed."""


class Narrowing(NamedTuple):
    """A fact lies within `to`, unless one of some derived facts is given."""

    fact: str
    to: Possible
    unless_given: tuple[str, ...] = ()


def narrowings(program: Program, condition: Condition) -> tuple[Narrowing, ...]:
    """Return what every firm that meets `condition` has in common.

    To leave some of it out is no error: an amount is then taken over more.
    """
    return tuple(_narrowings(program, condition, _ALTERNATIVES))


def _narrowings(
    program: Program, condition: Condition, depth: int
) -> Iterator[Narrowing]:
    ways: dict[str, list[frozenset[str]]] = {}
    pending: list[tuple[Condition, tuple[str, ...]]] = [(condition, ())]
    while pending:
        found, unless = pending.pop()
        match found:
            case All(of=parts):
                pending += [(part, unless) for part in reversed(parts)]
            case AnyOf(of=parts):
                live = [part for part in parts if not _never_holds(part)]
                if len(live) == 1:
                    pending.append((live[0], unless))
                elif live and depth:
                    yield from _common(program, live, unless, depth - 1)
            case Leaf(test=test):
                yield from _of_test(program, test, unless)
                if isinstance(test, Holds) and test.members == {True}:
                    definition = program.definitions.get(test.fact)
                    inner = (*unless, test.fact)
                    if definition and definition.condition and _is_new(ways, inner):
                        pending.append((definition.condition, inner))
            case Not(of=Leaf(test=test)):
                yield from _of_no_test(program, test, unless)
                if isinstance(test, Holds) and test.members == {True}:
                    definition = program.definitions.get(test.fact)
                    inner = (*unless, test.fact)
                    if definition and definition.condition and _is_new(ways, inner):
                        pending.append((Not(definition.condition), inner))
            case Not(of=part):
                pending.append((_without_not(part), unless))


def _without_not(part: Condition) -> Condition:
    """Return what `not` says of a condition of several parts."""
    match part:
        case All(of=parts):
            return AnyOf(tuple(map(Not, parts)))
        case AnyOf(of=parts):
            return All(tuple(map(Not, parts)))
        case Not(of=inner):
            return inner
        case Leaf():
            return Not(part)


def _never_holds(condition: Condition, holds: bool = True) -> bool:  # noqa: FBT002
    """Return whether the day alone says that a condition does not hold.

    With `holds` false: that it does.
    """
    match condition:
        case Leaf(test=Fixed(holds=found)):
            return found is not holds
        case Not(of=part):
            return _never_holds(part, not holds)
        case All(of=parts) | AnyOf(of=parts):
            some = any if isinstance(condition, All) is holds else all
            return some(_never_holds(part, holds) for part in parts)
        case _:
            return False


def _common(
    program: Program, parts: list[Condition], unless: tuple[str, ...], depth: int
) -> Iterator[Narrowing]:
    """Yield what firms have in common of which each meets one of some conditions."""
    ways = [_by_fact(_narrowings(program, part, depth)) for part in parts]
    for fact, first in ways[0].items():
        to, hiding = first
        for way in ways[1:]:
            if fact not in way:
                break
            other, more = way[fact]
            to, hiding = join(to, other), (*hiding, *more)
        else:
            yield Narrowing(fact, to, tuple(dict.fromkeys((*unless, *hiding))))


def _by_fact(
    found: Iterator[Narrowing],
) -> dict[str, tuple[Possible, tuple[str, ...]]]:
    """Return what several narrowings say of each fact together."""
    known: dict[str, tuple[Possible, tuple[str, ...]]] = {}
    for fact, to, unless in found:
        before, hiding = known.get(fact, (to, ()))
        both = meet(before, to)
        if both is not None:
            known[fact] = both, tuple(dict.fromkeys((*hiding, *unless)))
    return known


def _is_new(ways: dict[str, list[frozenset[str]]], way: tuple[str, ...]) -> bool:
    """Return whether a way to its last definition is worth following.

    It is not where another leads there by some of the same facts only.
    """
    if len(way) > _DEEPEST:
        return False
    known, facts = ways.setdefault(way[-1], []), frozenset(way)
    if len(known) == _MOST_WAYS or any(other <= facts for other in known):
        return False
    known.append(facts)
    return True


def _of_test(
    program: Program, test: Test, unless: tuple[str, ...]
) -> Iterator[Narrowing]:
    match test:
        case Holds(fact=fact, members=members):
            yield Narrowing(fact, Choice(members), unless)
        case Absent(fact=fact):
            yield Narrowing(fact, NONE, unless)
        case Within(
            of=FactRef(fact=fact), low=Const(value=low), high=Const(value=high)
        ):
            yield Narrowing(fact, Interval(low, high), unless)
        case Compare(operator=op, left=FactRef(fact=fact), right=right):
            yield from _by_sum(program, test, unless)
            yield from _bounded(program, fact, op, right, unless)
            if isinstance(right, FactRef):
                mirrored = _MIRRORED[op]
                yield from _bounded(program, right.fact, mirrored, test.left, unless)
        case Compare(operator=op, left=left, right=FactRef(fact=fact)):
            yield from _by_sum(program, test, unless)
            yield from _bounded(program, fact, _MIRRORED[op], left, unless)
        case Compare():
            yield from _by_sum(program, test, unless)
        case _:
            return


def _of_no_test(
    program: Program, test: Test, unless: tuple[str, ...]
) -> Iterator[Narrowing]:
    """Yield what it says that a test does not hold."""
    match test:
        case Holds(fact=fact, members=members):
            universe = program.facts[fact].unknown
            if isinstance(universe, Choice) and universe.members is not None:
                rest = Choice(universe.members - members, universe.absent)
                yield Narrowing(fact, rest, unless)
        case Compare(operator=op, left=left, right=right) if op in _OPPOSITE:
            if _always_some(program, left) and _always_some(program, right):
                turned = Compare(test.text, _OPPOSITE[op], left, right)
                yield from _of_test(program, turned, unless)
        case _:
            return


def _always_some(program: Program, formula: Expression, depth: int = 4) -> bool:
    """Return whether a number has a value whatever a firm is."""
    parts: tuple[Expression, ...]
    match formula:
        case Const():
            return True
        case FactRef(fact=fact):
            definition = program.definitions.get(fact)
            if definition is None:
                spec = program.facts[fact]
                return spec.type.numeric and spec.type is not FactType.DATE
            parts = (definition.body,) if definition.body and depth else ()
        case Arithmetic(operator=sign, left=left, right=right):
            parts = (left, right) if sign != "/" else ()
        case Extreme(of=parts):
            pass
        case Cases(branches=branches) if branches[-1].guard is None:
            parts = tuple(branch.value for branch in branches)
        case _:
            return False
    return bool(parts) and all(_always_some(program, x, depth - 1) for x in parts)


def _bounded(
    program: Program,
    fact: str,
    operator: Comparison,
    limit: Expression,
    unless: tuple[str, ...],
) -> Iterator[Narrowing]:
    """Yield where a fact lies that stands so to a limit of which the ends are known."""
    if isinstance(limit, FactRef):
        # A derived limit that is given may be anything.
        definition = program.definitions.get(limit.fact)
        unless = (*unless, limit.fact)
        limit = definition.body if definition and definition.body else limit
    bound = _span(limit)
    low = -inf if operator in {"<", "<="} else bound.low
    high = inf if operator in {">", ">="} else bound.high
    spec = program.facts[fact]
    if spec.type in _WHOLE and not spec.derived:
        low, high = _whole(operator, low, high)
    if (low, high) != (-inf, inf):
        yield Narrowing(fact, Interval(low, high), unless)


def _by_sum(
    program: Program, test: Compare, unless: tuple[str, ...]
) -> Iterator[Narrowing]:
    """Yield what a comparison of sums says of each base fact in them.

    Of the others no more is known than their ranges; what a definition says counts
    where its fact is not given.
    """
    whole, hiding = spelt(program, Arithmetic("-", test.left, test.right))
    terms = Sum(whole)
    if not hiding and len(terms.terms) == 1 and FactRef in _kinds(test):
        return
    ranges = {key: _range_of(program, term) for key, term in terms.terms.items()}
    for key, (times, of) in terms.terms.items():
        if not isinstance(of, FactRef) or not times or ranges[key] is ANYTHING:
            continue
        rest = Interval(terms.number, terms.number)
        for other, found in ranges.items():
            rest = rest if other == key else add(rest, found)
        # `times * fact + rest` stands so to nothing.
        bound = multiply(rest, exactly(plain(-1 / times)))
        operator = test.operator if times > 0 else _MIRRORED[test.operator]
        low = -inf if operator in {"<", "<="} else bound.low
        high = inf if operator in {">", ">="} else bound.high
        spec = program.facts[of.fact]
        if spec.type in _WHOLE:
            low, high = _whole(operator, low, high)
        if low > spec.low or high < spec.high:
            yield Narrowing(spec.id, Interval(low, high), (*unless, *hiding))


def _kinds(test: Compare) -> tuple[type, type]:
    return type(test.left), type(test.right)


def _range_of(program: Program, term: Term) -> Interval:
    """Return how much a term may be: of a base number, so many times its range."""
    if not isinstance(term.of, FactRef) or term.of.fact in program.definitions:
        return ANYTHING
    spec = program.facts[term.of.fact]
    if not spec.type.numeric or spec.type is FactType.DATE:
        return ANYTHING
    return multiply(Interval(spec.low, spec.high), exactly(plain(term.times)))


def _whole(operator: Comparison, low: Number, high: Number) -> tuple[Number, Number]:
    """Return the ends of the whole numbers that lie so to a limit."""
    if abs(low) != inf:
        low = floor(low) + 1 if operator == ">" else ceil(low)
    if abs(high) != inf:
        high = ceil(high) - 1 if operator == "<" else floor(high)
    return low, high


def _span(limit: Expression) -> Interval:
    """Return what a limit may be: a constant, or one of several."""
    match limit:
        case Const(value=value):
            return Interval(value, value)
        case Cases(branches=branches):
            spans = [_span(branch.value) for branch in branches]
        case Switch(arms=arms):
            spans = [_span(arm) for _, arm in arms]
        case _:
            return ANYTHING
    return Interval(min(s.low for s in spans), max(s.high for s in spans))
