"""Readings: what a firm's values look like to tests in the engine.

The engine compares a property of a message with a constant, in 64-bit
integers, and knows nothing of intervals, sets or absence. So what tests
ask about is asserted as a message, its reading:

* A number by four ends. `surely_from` and `surely_to` bound what it may be if
  it is sure to be there at all; `maybe_from` and `maybe_to` bound what it may
  be. Where it may be absent the sure ends are out of reach, so that nothing
  holds surely; where it has no value the possible ends are, so that everything
  fails. The ends are scaled until every constant they are compared with is
  whole, and given as floor and ceiling (`…_up`): exact rationals need no more,
  for x >= c just if floor(x) >= c, and x > c just if ceil(x) > c.
* A choice by two counts for each test: how many of what it may be lie inside,
  how many outside, absence among these.
* A comparison of two formulas by the signs of their difference's ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor, inf, lcm
from typing import TYPE_CHECKING, NamedTuple, assert_never

from policy_match.domain.codes import under
from policy_match.domain.possible import NO_VALUE, NONE, Choice, Interval, is_absent
from policy_match.domain.truth import FALSE, TRUE
from policy_match.ir.terms import (
    Absent,
    Compare,
    Const,
    FactRef,
    Fixed,
    Holds,
    Under,
    Within,
)
from policy_match.semantics.one_firm import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.backends.forward_chaining.engine import Fact, Term
    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.terms import Expression, Test
    from policy_match.semantics.one_firm import Evaluation

BEYOND = 2**62
"""Stands for infinity: no constant a reading is compared with is as large."""
MOST_DEMANDS = 24
"""On one reading: a message may pass 64 tests at a time, two for each demand."""

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}


class Side(NamedTuple):
    """One demand of a test: how a reading shows that it is met or missed."""

    met: Term
    not_met: Term
    missed: Term
    not_missed: Term


def verdicts(sides: tuple[Side, ...]) -> Iterator[tuple[str, tuple[Term, ...]]]:
    """Yield each truth (T, F, U) with a conjunction that leads to it.

    Every reading satisfies at least one, and none of different truths.
    """
    yield "T", tuple(side.met for side in sides)
    for side in sides:
        yield "F", (side.missed,)
    for side in sides:
        yield "U", (side.not_met, *(other.not_missed for other in sides))


def _demand(operator: str, bound: int, prefix: str = "") -> Side:
    up = "_up" if operator in {">", "<="} else ""
    sure, maybe = ("from", "to") if operator in {">", ">="} else ("to", "from")
    surely, possibly = f"{prefix}surely_{sure}{up}", f"{prefix}maybe_{maybe}{up}"
    fails = _OPPOSITE[operator]
    return Side(
        met=(operator, surely, bound),
        not_met=(fails, surely, bound),
        missed=(fails, possibly, bound),
        not_missed=(operator, possibly, bound),
    )


def ends(value: Interval, scale: int, prefix: str = "") -> Fact:
    """Return the properties that show a number to tests."""
    sure = value.some and not value.absent
    shown: Fact = {}
    for name, end in (
        ("surely_from", value.low if sure else -inf),
        ("surely_to", value.high if sure else inf),
        ("maybe_from", value.low if value.some else inf),
        ("maybe_to", value.high if value.some else -inf),
    ):
        shown[prefix + name] = _within_reach(end, scale, up=False)
        shown[f"{prefix}{name}_up"] = _within_reach(end, scale, up=True)
    return shown


def _within_reach(end: Number, scale: int, *, up: bool) -> int:
    if end in (inf, -inf):
        return BEYOND if end > 0 else -BEYOND
    whole = ceil(end * scale) if up else floor(end * scale)
    return max(-BEYOND, min(BEYOND, whole))


@dataclass
class Numbers:
    """A formula, and the tests that compare it with constants."""

    of: Expression
    scale: int = 1
    bounds: dict[Test, tuple[tuple[str, Fraction], ...]] = field(default_factory=dict)

    def takes(self, test: Test, bounds: tuple[tuple[str, Fraction], ...]) -> bool:
        """Add a test, or return False where this reading has no room for it."""
        scale = lcm(self.scale, *(bound.denominator for _, bound in bounds))
        every = [b for pairs in (*self.bounds.values(), bounds) for _, b in pairs]
        if len(every) > MOST_DEMANDS or max(map(abs, every)) * scale >= BEYOND:
            return False
        self.scale = scale
        self.bounds[test] = bounds
        return True

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The formulas that are read."""
        return (self.of,)

    def tests(self) -> Iterator[tuple[Test, tuple[Side, ...]]]:
        """Yield each test with what it demands of the reading."""
        for test, bounds in self.bounds.items():
            yield test, tuple(_demand(op, int(b * self.scale)) for op, b in bounds)

    def read(self, values: Evaluation) -> Fact:
        """Return the reading for one firm."""
        return ends(values.number(self.of), self.scale)


MEMBERSHIP: tuple[tuple[str, tuple[Term, ...]], ...] = (
    ("T", (("=", "outside", 0),)),
    ("F", (("=", "inside", 0),)),
    ("U", ((">", "inside", 0), (">", "outside", 0))),
)
"""The truth of any test of membership, by its counts; they are never both zero."""


@dataclass
class Membership:
    """A test of what a fact is one of."""

    test: Holds | Under | Absent

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The formulas that are read."""
        return (FactRef(self.test.fact),)

    def read(self, values: Evaluation) -> Fact:
        """Return the reading for one firm."""
        inside, outside = _counts(values.value(self.test.fact), self.test)
        return {"inside": inside, "outside": outside if inside else max(outside, 1)}


def _counts(value: Possible, test: Holds | Under | Absent) -> tuple[int, int]:
    choice = value if isinstance(value, Choice) else NONE
    if isinstance(test, Holds):
        if choice.members is None:
            return 1, 1
        inside = len(choice.members & test.members)
        return inside, len(choice.members) - inside + choice.absent
    if isinstance(test, Absent):
        truth = is_absent(value)
    else:
        truth = under(choice, test.codes, test.system)
    return int(truth is not FALSE), int(truth is not TRUE)


@dataclass
class Difference:
    """A test that compares formulas with each other."""

    test: Compare | Within

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The formulas that are read."""
        if isinstance(self.test, Compare):
            return self.test.left, self.test.right
        return self.test.of, self.test.low, self.test.high

    def _pairs(self) -> tuple[tuple[Expression, str, Expression], ...]:
        test = self.test
        if isinstance(test, Within):
            return (test.of, ">=", test.low), (test.of, "<=", test.high)
        if test.operator == "=":
            return (test.left, ">=", test.right), (test.left, "<=", test.right)
        return ((test.left, test.operator, test.right),)

    def tests(self) -> Iterator[tuple[Test, tuple[Side, ...]]]:
        """Yield the test with what it demands of the reading."""
        pairs = enumerate(self._pairs())
        yield self.test, tuple(_demand(op, 0, f"d{n}_") for n, (_, op, _) in pairs)

    def read(self, values: Evaluation) -> Fact:
        """Return the reading for one firm."""
        shown: Fact = {}
        for place, (left, _, right) in enumerate(self._pairs()):
            sides = map(values.number, (left, right))
            if isinstance(self.test, Compare):
                sides = map(number, values.sides(self.test))
            signs = _signs(*sides)
            shown |= ends(signs, 1, f"d{place}_")
        return shown


def _signs(a: Interval, b: Interval) -> Interval:
    if not (a.some and b.some):
        return NO_VALUE
    low = (a.low > b.high) - (a.low < b.high)
    high = (a.high > b.low) - (a.high < b.low)
    return Interval(low, high, a.absent or b.absent)


def subjects(
    tests: Iterable[Test],
) -> tuple[list[Numbers | Difference], list[Membership]]:
    """Return the readings that all of the tests together need."""
    numbers: list[Numbers | Difference] = []
    memberships: list[Membership] = []
    latest: dict[Expression | str, Numbers] = {}
    for test in tests:
        match test:
            case Holds() | Under() | Absent():
                memberships.append(Membership(test))
            case Compare() | Within():
                _compare(test, numbers, latest)
            case Fixed():
                pass
            case _ as never:
                assert_never(never)
    return numbers, memberships


def _compare(
    test: Compare | Within,
    found: list[Numbers | Difference],
    latest: dict[Expression | str, Numbers],
) -> None:
    constant = _against_constants(test)
    if constant is not None:
        of, bounds = constant
        key = of.fact if isinstance(of, FactRef) else of
        if key in latest and latest[key].takes(test, bounds):
            return
        reading = Numbers(of)
        if reading.takes(test, bounds):
            latest[key] = reading
            found.append(reading)
            return
    found.append(Difference(test))


def _against_constants(
    test: Compare | Within,
) -> tuple[Expression, tuple[tuple[str, Fraction], ...]] | None:
    match test:
        case Within(of=of, low=Const(value=low), high=Const(value=high)):
            pairs: tuple[tuple[str, Number], ...] = ((">=", low), ("<=", high))
        case Compare(operator=operator, left=of, right=Const(value=bound)):
            pairs = _bounds(operator, bound)
        case Compare(operator=operator, left=Const(value=bound), right=of):
            pairs = _bounds(_FLIPPED[operator], bound)
        case _:
            return None
    if any(bound in (inf, -inf) for _, bound in pairs):
        return None
    return of, tuple((operator, Fraction(bound)) for operator, bound in pairs)


def _bounds(operator: str, bound: Number) -> tuple[tuple[str, Number], ...]:
    if operator == "=":
        return (">=", bound), ("<=", bound)
    return ((operator, bound),)
