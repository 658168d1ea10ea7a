"""Arithmetic and comparison of what is possible, by hand from the contract."""

from __future__ import annotations

from fractions import Fraction
from math import inf

import pytest

from policy_match.domain import possible as p
from policy_match.domain.possible import NO_VALUE, NONE, Choice, Interval, Listing
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth

I = Interval  # noqa: E741  (an interval a line, many lines)
HALF = Fraction(1, 2)


def perhaps(low: p.Number, high: p.Number) -> Interval:
    """Return a range, or no value."""
    return Interval(low, high, absent=True)


@pytest.mark.parametrize(
    ("a", "b", "plus", "minus", "times"),
    [
        (I(2, 2), I(3, 3), I(5, 5), I(-1, -1), I(6, 6)),
        (I(1, 2), I(3, 5), I(4, 7), I(-4, -1), I(3, 10)),
        (I(-1, 2), I(-3, 5), I(-4, 7), I(-6, 5), I(-6, 10)),
        (I(0, inf), I(1, 2), I(1, inf), I(-2, inf), I(0, inf)),
        (I(0, 0), I(-inf, inf), I(-inf, inf), I(-inf, inf), I(0, 0)),
        (I(-inf, -1), I(2, 2), I(-inf, 1), I(-inf, -3), I(-inf, -2)),
        (perhaps(1, 2), I(1, 1), perhaps(2, 3), perhaps(0, 1), perhaps(1, 2)),
        (NO_VALUE, I(1, 1), NO_VALUE, NO_VALUE, NO_VALUE),
    ],
)
def test_sums_differences_products(
    a: Interval, b: Interval, plus: Interval, minus: Interval, times: Interval
) -> None:
    """The ends of an operation lie at the ends of its sides; absence spreads."""
    assert p.add(a, b) == plus
    assert p.subtract(a, b) == minus
    assert p.multiply(a, b) == p.multiply(b, a) == times


@pytest.mark.parametrize(
    ("a", "b", "quotient"),
    [
        (I(1, 1), I(3, 3), I(Fraction(1, 3), Fraction(1, 3))),
        (I(6, 12), I(2, 3), I(2, 6)),
        (I(6, 6), I(-3, -2), I(-3, -2)),
        (I(6, 6), I(2, inf), I(0, 3)),
        # by exactly zero: no value
        (I(6, 6), I(0, 0), NO_VALUE),
        (I(0, 0), I(0, 0), NO_VALUE),
        # by a range that touches zero: the quotients by the rest, or no value
        (I(6, 6), I(0, 3), I(2, inf, absent=True)),
        (I(6, 6), I(-3, 0), I(-inf, -2, absent=True)),
        (I(0, 0), I(0, 3), I(0, 0, absent=True)),
        (I(-6, 6), I(0, 3), I(-inf, inf, absent=True)),
        (I(6, 6), I(0, inf), I(0, inf, absent=True)),
        # by one that straddles it: anything, or no value
        (I(6, 6), I(-1, 3), I(-inf, inf, absent=True)),
        # absence spreads
        (I(6, 6), I(2, 3, absent=True), I(2, 3, absent=True)),
        (NO_VALUE, I(1, 1), NO_VALUE),
        (I(1, 1), NO_VALUE, NO_VALUE),
    ],
)
def test_quotients(a: Interval, b: Interval, quotient: Interval) -> None:
    """Division is exact, and by what may be zero possibly without a value."""
    assert p.divide(a, b) == quotient


@pytest.mark.parametrize(
    ("a", "b", "least", "most"),
    [
        (I(1, 5), I(2, 3), I(1, 3), I(2, 5)),
        (I(0, inf), I(4, 4), I(0, 4), I(4, inf)),
        (perhaps(1, 1), I(0, 2), perhaps(0, 1), perhaps(1, 2)),
        (NO_VALUE, I(0, 2), NO_VALUE, NO_VALUE),
    ],
)
def test_extremes(a: Interval, b: Interval, least: Interval, most: Interval) -> None:
    """Of no value there is neither a smaller nor a larger."""
    assert p.smallest(a, b) == p.smallest(b, a) == least
    assert p.largest(a, b) == p.largest(b, a) == most


# In the order <, <=, =, >=, >.
@pytest.mark.parametrize(
    ("a", "b", "truths"),
    [
        (I(1, 1), I(2, 2), (TRUE, TRUE, FALSE, FALSE, FALSE)),
        (I(2, 2), I(2, 2), (FALSE, TRUE, TRUE, TRUE, FALSE)),
        (I(3, 3), I(2, 2), (FALSE, FALSE, FALSE, TRUE, TRUE)),
        (I(1, 2), I(2, 2), (UNKNOWN, TRUE, UNKNOWN, UNKNOWN, FALSE)),
        (I(2, 3), I(2, 2), (FALSE, UNKNOWN, UNKNOWN, TRUE, UNKNOWN)),
        (I(1, 3), I(2, 2), (UNKNOWN,) * 5),
        (I(0, 1), I(2, inf), (TRUE, TRUE, FALSE, FALSE, FALSE)),
        (I(-inf, inf), I(-inf, inf), (UNKNOWN,) * 5),
        (I(1, 1, absent=True), I(2, 2), (UNKNOWN, UNKNOWN, FALSE, FALSE, FALSE)),
        (I(2, 2), I(2, 2, absent=True), (FALSE, UNKNOWN, UNKNOWN, UNKNOWN, FALSE)),
        (NO_VALUE, I(2, 2), (FALSE,) * 5),
        (I(2, 2), NO_VALUE, (FALSE,) * 5),
        (NO_VALUE, NO_VALUE, (FALSE,) * 5),
    ],
)
def test_compare(a: Interval, b: Interval, truths: tuple[Truth, ...]) -> None:
    """On an absent value every comparison is false, `=` with itself too."""
    operators = ("<", "<=", "=", ">=", ">")
    assert tuple(p.compare(op, a, b) for op in operators) == truths


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (Choice(frozenset("a")), TRUE),
        (Choice(frozenset("ab")), TRUE),
        (Choice(frozenset("ac")), UNKNOWN),
        (Choice(frozenset("c")), FALSE),
        (Choice(frozenset("a"), absent=True), UNKNOWN),
        (Choice(frozenset("c"), absent=True), FALSE),
        (NONE, FALSE),
        (Choice(None), UNKNOWN),
    ],
)
def test_contained(value: Choice, truth: Truth) -> None:
    """How `value in [a, b]` stands; absence is in nothing."""
    assert p.contained(value, frozenset("ab")) is truth


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (NO_VALUE, TRUE),
        (I(1, 2), FALSE),
        (I(1, 2, absent=True), UNKNOWN),
        (NONE, TRUE),
        (Choice(frozenset("a")), FALSE),
        (Choice(frozenset("a"), absent=True), UNKNOWN),
        (Choice(None), FALSE),
        (Choice(None, absent=True), UNKNOWN),
        (Listing(None), FALSE),
    ],
)
def test_is_absent(value: p.Possible, truth: Truth) -> None:
    """How `value = none` stands."""
    assert p.is_absent(value) is truth


@pytest.mark.parametrize(
    ("a", "b", "joined"),
    [
        (I(1, 2), I(5, 6), I(1, 6)),
        (I(1, 2), NO_VALUE, I(1, 2, absent=True)),
        (NO_VALUE, NO_VALUE, NO_VALUE),
        (Choice(frozenset("a")), Choice(frozenset("b")), Choice(frozenset("ab"))),
        (Choice(frozenset("a")), Choice(None), Choice(None)),
        (Choice(frozenset("a")), NONE, Choice(frozenset("a"), absent=True)),
        (Choice(frozenset("a")), NO_VALUE, Choice(frozenset("a"), absent=True)),
        (I(1, 2), NONE, I(1, 2, absent=True)),
    ],
)
def test_join(a: p.Possible, b: p.Possible, joined: p.Possible) -> None:
    """What is possible where either is: the hull, the union, absence kept."""
    assert p.join(a, b) == p.join(b, a) == joined


def test_join_refuses_a_number_and_a_member() -> None:
    """No formula denotes a number or a member."""
    with pytest.raises(TypeError, match="different kinds"):
        p.join(I(1, 1), Choice(frozenset("a")))


@pytest.mark.parametrize(
    ("a", "b", "met"),
    [
        (I(1, 5), I(3, inf), I(3, 5)),
        (I(1, 3), I(3, 5), I(3, 3)),
        (I(1, 2), I(3, 4), None),
        (I(1, 2, absent=True), I(1, 2), I(1, 2)),
        (I(1, 2, absent=True), NO_VALUE, NO_VALUE),
        (I(1, 2), NO_VALUE, None),
        (Choice(frozenset("ab")), Choice(frozenset("bc")), Choice(frozenset("b"))),
        (Choice(frozenset("a")), Choice(frozenset("b")), None),
        (Choice(None), Choice(frozenset("b")), Choice(frozenset("b"))),
        (Choice(None, absent=True), NONE, NONE),
        (Choice(None), Choice(None, absent=True), Choice(None)),
        (Choice(None), NONE, None),
        (Choice(frozenset("a")), NONE, None),
    ],
)
def test_meet(a: p.Possible, b: p.Possible, met: p.Possible | None) -> None:
    """What both allow, or None where they have nothing in common."""
    assert p.meet(a, b) == met


@pytest.mark.parametrize(
    ("items", "mean"),
    [
        (((120, 120), (200, 200), (400, 400), (500, 500)), I(305, 305)),
        (((1, 1), (2, 2)), I(Fraction(3, 2), Fraction(3, 2))),
        (((0, 1), (2, 4)), I(1, Fraction(5, 2))),
        ((), NO_VALUE),
    ],
)
def test_mean(items: tuple[tuple[int, int], ...], mean: Interval) -> None:
    """The mean of all numbers of all quarters; of none there is no mean."""
    assert p.mean(Listing(tuple(I(*item) for item in items))) == mean


def test_settled() -> None:
    """One number, one member, or surely nothing; a list number by number."""
    assert I(1, 1).settled
    assert NO_VALUE.settled
    assert NONE.settled
    assert not I(1, 2).settled
    assert not I(1, 1, absent=True).settled
    assert not Choice(frozenset("a"), absent=True).settled
    assert not Choice(None).settled
    assert Listing((I(1, 1),)).settled
    assert not Listing((I(1, 2),)).settled
    assert not Listing(None).settled


def test_whole_fractions_become_ints() -> None:
    """They are equal, and cheaper."""
    assert isinstance(p.plain(Fraction(4, 2)), int)
    assert p.plain(HALF) == HALF
    assert p.plain(inf) == inf
