"""Values that stand for all that a fact may be, as far as some tests ask."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import NO_VALUE, Choice, exactly
from policy_match.ir import terms as t

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number, Possible


def simple(test: t.Test) -> bool:
    """Return whether a test sets one fact against constants."""
    match test:
        case t.Compare(left=t.FactRef(), right=t.Const()):
            return True
        case t.Compare(left=t.Const(), right=t.FactRef()):
            return True
        case t.Within(of=t.FactRef(), low=t.Const(), high=t.Const()):
            return True
        case t.Holds() | t.Absent():
            return True
        case _:
            return False


def points(spec: FactSpec, tests: Iterable[t.Test]) -> list[Possible]:
    """Return values that stand for all a fact may have, as far as tests ask."""
    found: list[Possible] = []
    if spec.type.numeric:
        bounds = sorted({n for test in tests for n in _bounds(spec.id, test)})
        found += map(exactly, _between(spec, bounds))
        if spec.may_be_none and spec.type is FactType.DATE:
            found.append(NO_VALUE)
        return found
    unknown = spec.unknown
    if isinstance(unknown, Choice) and unknown.members is not None:
        found += [Choice(frozenset({member})) for member in unknown.members]
        if unknown.absent:
            found.append(Choice(frozenset(), absent=True))
    return found


def _bounds(fact: str, test: t.Test) -> Iterator[Number]:
    match test:
        case t.Compare(left=t.FactRef(fact=name), right=t.Const(value=value)):
            yield from [value] * (name == fact)
        case t.Compare(left=t.Const(value=value), right=t.FactRef(fact=name)):
            yield from [value] * (name == fact)
        case t.Within(
            of=t.FactRef(fact=name), low=t.Const(value=low), high=t.Const(value=high)
        ):
            yield from [low, high] * (name == fact)
        case _:
            return


def _between(spec: FactSpec, bounds: list[Number]) -> list[Number]:
    """Return each bound within the range, and a value between each two."""
    whole = spec.type in {FactType.INT, FactType.DATE}
    inside = [bound for bound in bounds if spec.low <= bound <= spec.high]
    ends = [spec.low, *inside, spec.high]
    found = {n for n in ends if abs(n) != inf}
    for low, high in pairwise(ends):
        if low == -inf and high == inf:
            found.add(0)
        elif low == -inf:
            found.add(high - 1)
        elif high == inf:
            found.add(low + 1)
        else:
            middle = (low + high) // 2 if whole else low + _half(high - low)
            found.add(middle)
    return sorted(n for n in found if not whole or n == int(n))


def _half(number: Number) -> Number:
    return Fraction(number) / 2
