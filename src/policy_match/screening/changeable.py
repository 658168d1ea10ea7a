"""Which condition alone stands between a firm and a policy, if it can be changed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import Change, FactType
from policy_match.ir.analysis import dependences
from policy_match.ir.terms import All, AnyOf, Compare, Const, FactRef, Holds, Leaf, Not

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.domain.facts import FactSpec
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Condition


class Bound(NamedTuple):
    """A limit that a number of the firm has to reach, and from which side."""

    fact: str
    limit: Fraction
    up: bool


def alone_in_the_way(sheet: Sheet, failed: Sequence[Leaf]) -> int | None:
    """Return the place of the one leaf that fails, if a firm can change it.

    None where several conditions fail, or where the one that does cannot be
    helped, or where changing it would still leave the policy failing.
    """
    if len(failed) != 1:
        return None
    leaf = failed[0]
    for place, other in enumerate(sheet.leaves):
        if other is leaf:
            up = not negated(sheet.policy.when, leaf)
            return place if _changeable(sheet, leaf, holds=up) else None
    return None


def negated(condition: Condition, leaf: Leaf) -> bool:
    """Return whether a leaf stands below an odd number of `not`."""
    return next(_sides(condition, leaf, below=False), False)


def _sides(condition: Condition, leaf: Leaf, *, below: bool) -> Iterator[bool]:
    match condition:
        case Leaf():
            if condition is leaf:
                yield below
        case Not(of=part):
            yield from _sides(part, leaf, below=not below)
        case All(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _sides(part, leaf, below=below)


def _changeable(sheet: Sheet, leaf: Leaf, *, holds: bool) -> bool:
    """Return whether a firm can bring about that a leaf holds, or that it fails."""
    program = sheet.program
    test = leaf.test
    if isinstance(test, Holds):
        spec = program.facts[test.fact]
        derived = test.fact in program.definitions
        if spec.type is FactType.BOOL and not derived:
            return _moves(spec, up=(True in test.members) is holds)
        if derived and not (spec.type is FactType.BOOL and holds):
            # Nobody shrinks, or changes trade, to fall into another class.
            return False
        if (movers := who_may_move(program, leaf, holds=holds)) is not None:
            return bool(movers) and not _for_good(program.facts[test.fact])
    bound = bound_of(program, leaf)
    if bound is not None:
        return _moves(program.facts[bound.fact], up=bound.up is holds)
    specs = (program.facts[fact] for fact in dependences(sheet.program).listed(leaf))
    return any(
        x.changeable is not Change.NO and not _for_good(x)
        for x in specs
        if not x.derived
    )


def _for_good(spec: FactSpec) -> bool:
    """Return whether a firm becomes another one thereby, and cannot go back on it.

    An individual business may become a company, but for reasons of its own: no
    benefit is near that would take that.
    """
    return spec.type is FactType.ENUM and spec.changeable in {Change.UP, Change.DOWN}


def who_may_move(program: Program, leaf: Leaf, *, holds: bool) -> frozenset[str] | None:
    """Return from which members of an enum a firm can move so that a leaf is as wished.

    An individual business may become a company, and none of them the other way
    round. None where a leaf is about no such fact.
    """
    test = leaf.test
    if not isinstance(test, Holds) or test.fact in program.definitions:
        return None
    spec = program.facts[test.fact]
    if spec.type is not FactType.ENUM:
        return None
    wished = [m for m in spec.members if (m in test.members) is holds]
    return frozenset(
        member
        for member in spec.members
        if any(spec.may_become((member,), to) for to in wished if to != member)
    )


def _moves(spec: FactSpec, *, up: bool) -> bool:
    if spec.changeable in {Change.EITHER, Change.LATER}:
        return True
    return spec.changeable is (Change.UP if up else Change.DOWN)


def bound_of(program: Program, leaf: Leaf, *, negated: bool = False) -> Bound | None:
    """Return the limit that a leaf sets to one number a firm reports, if it does.

    Of a leaf below `not`, the limit is reached from the other side.
    """
    test = leaf.test
    match test:
        case Compare(left=FactRef(fact=fact), right=Const(value=limit)):
            up = test.operator in {">", ">="}
        case Compare(left=Const(value=limit), right=FactRef(fact=fact)):
            up = test.operator in {"<", "<="}
        case _:
            return None
    if test.operator == "=" or fact in program.definitions:
        return None
    return Bound(fact, Fraction(limit), up is not negated)
