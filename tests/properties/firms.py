"""Random firms: partly known ones, and the complete ones they may be.

Both are drawn from the same small grid of numbers, days, members and codes.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.possible import NO_VALUE, NONE, Choice, Interval, Listing
from tests.properties import rule_text
from tests.properties import vocabulary as v

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from policy_match.domain.possible import Member, Possible
    from policy_match.ir.program import Program
    from tests.properties.concrete import Firm, Value

Given = dict[str, "Possible"]
"""What is known of a firm, by fact id."""


class Case(NamedTuple):
    """A rulebook, and what is known of one firm."""

    program: Program
    known: Given

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Print what can be read; the whole program is a thousand lines."""
        printer.text("\n".join(rule_text.listing(self.program)))
        for fact, possible in self.known.items():
            printer.text(f"\n  {fact}: {tuple(possible)}")


def points(spec: FactSpec) -> tuple[int | Fraction, ...]:
    """Return the numbers of the grid that a fact may have."""
    if spec.type is FactType.DATE:
        return v.DAYS
    whole = spec.type is FactType.INT
    return tuple(
        n.numerator if whole else n
        for n in v.GRID
        if spec.low <= n <= spec.high and (n.denominator == 1 or not whole)
    )


@st.composite
def possibles(draw: DrawFn, spec: FactSpec) -> Possible:
    """Draw what a firm may answer: one value, a range, some members, none."""
    if spec.may_be_none and draw(st.integers(0, 4)) == 4:
        return NO_VALUE if spec.type is FactType.DATE else NONE
    if spec.type is FactType.LIST:
        items = st.lists(_ranges(spec, v.GRID[6:], 0, inf), min_size=1, max_size=2)
        pairs = [(one, one) if draw(st.booleans()) else (one, Interval(0, 1))
                 for one in draw(items)]  # fmt: skip
        return Listing(tuple(item for pair in pairs for item in pair))
    if spec.type.numeric:
        return draw(_ranges(spec, points(spec), spec.low, spec.high))
    if spec.type is FactType.BOOL:
        return Choice(frozenset((draw(st.booleans()),)))
    if spec.type is FactType.CODE:
        code = st.sampled_from(v.COARSE if draw(st.integers(0, 3)) else v.CODES)
        return Choice(frozenset((draw(code),)))
    members = tuple(spec.members) or v.TOWNS
    size = 1 if draw(st.booleans()) or spec.type is FactType.TEXT else len(members)
    some = st.sets(st.sampled_from(members), min_size=1, max_size=size)
    return Choice(frozenset(draw(some)))


@st.composite
def _ranges(
    draw: DrawFn,
    spec: FactSpec,
    grid: tuple[int | Fraction, ...],
    least: float | Fraction,
    most: float | Fraction,
) -> Interval:
    one = draw(st.sampled_from(grid))
    kind = draw(st.integers(0, 5))
    if kind <= 2 or spec.type is FactType.BOOL:
        return Interval(one, one)
    if kind == 3:
        return Interval(one, most)
    if kind == 4:
        return Interval(least, one)
    other = draw(st.sampled_from(grid))
    return Interval(min(one, other), max(one, other))


@st.composite
def profiles(draw: DrawFn, program: Program) -> Given:
    """Draw what is known of a firm; much is not, some derived facts are given."""
    given: Given = {}
    for fact, spec in program.facts.items():
        likely = 1 if spec.derived else 3
        if draw(st.integers(0, 6)) <= likely:
            given[fact] = draw(possibles(spec))
    return given


@st.composite
def cases(draw: DrawFn, programs: st.SearchStrategy[Program]) -> Case:
    """Draw a rulebook and what is known of one firm."""
    program = draw(programs)
    return Case(program, draw(profiles(program)))


@st.composite
def widened(draw: DrawFn, spec: FactSpec, possible: Possible) -> Possible | None:
    """Draw something less exact than `possible`; None leaves the fact out.

    A derived fact is never left out: its definition may well say otherwise.
    """
    if (draw(st.booleans()) or isinstance(possible, Listing)) and not spec.derived:
        return None
    if isinstance(possible, Listing):
        return possible
    absent = possible.absent or (spec.may_be_none and draw(st.booleans()))
    if isinstance(possible, Interval):
        if not possible.some:
            return possible
        more = [n for n in points(spec) if draw(st.integers(0, 3)) == 0]
        low, high = min([possible.low, *more]), max([possible.high, *more])
        return Interval(low, high, absent)
    if possible.members is None or spec.type is FactType.TEXT:
        return Choice(possible.members, absent)
    if spec.type is FactType.CODE:
        length = draw(st.integers(1, 5))
        return Choice(frozenset(str(m)[:length] for m in possible.members), absent)
    bool_ = spec.type is FactType.BOOL
    pool: tuple[Member, ...] = (True, False) if bool_ else tuple(spec.members)
    others = draw(st.frozensets(st.sampled_from(pool)))
    return Choice(possible.members | others, absent)


class Widened(NamedTuple):
    """A firm, a fact of it, and the profile in which less is known of that fact."""

    case: Case
    fact: str
    less: Given


@st.composite
def widened_cases(draw: DrawFn, cases: st.SearchStrategy[Case]) -> Widened:
    """Draw a firm and a fact of which less may be known."""
    case = draw(cases.filter(lambda case: bool(case.known)))
    fact = draw(st.sampled_from(sorted(case.known)))
    wider = draw(widened(case.program.facts[fact], case.known[fact]))
    rest = {f: possible for f, possible in case.known.items() if f != fact}
    return Widened(case, fact, rest if wider is None else {**rest, fact: wider})


# ---- complete firms


def known(program: Program, firm: Firm) -> Given:
    """Return a complete firm as a profile in which everything is exact."""
    return {f: exactly(program.facts[f], value) for f, value in firm.items()}


def exactly(spec: FactSpec, value: Value) -> Possible:
    """Return one value of a fact as the only one possible."""
    if isinstance(value, tuple):
        return Listing(tuple(Interval(n, n) for n in value))
    if spec.type.numeric:
        if value is None:
            return NO_VALUE
        assert isinstance(value, int | Fraction)
        return Interval(value, value)
    return NONE if value is None else Choice(frozenset((value,)))  # type: ignore[arg-type]


@st.composite
def completions(draw: DrawFn, program: Program, given: Given) -> Firm:
    """Draw a complete firm that what is known allows."""
    firm: Firm = {}
    for fact, spec in program.facts.items():
        if not spec.derived or fact in given:
            firm[fact] = draw(values(spec, given.get(fact, spec.unknown)))
    return firm


@st.composite
def values(draw: DrawFn, spec: FactSpec, possible: Possible) -> Value:
    """Draw one value of those possible."""
    if isinstance(possible, Listing):
        if possible.items is None:
            numbers = st.sampled_from(v.GRID[6:])
            return tuple(draw(st.lists(numbers, min_size=1, max_size=3)))
        one = [draw(values(spec, item)) for item in possible.items]
        return tuple(Fraction(n) for n in one)  # type: ignore[arg-type]
    if possible.absent and draw(st.integers(0, 3)) == 0:
        return None
    if isinstance(possible, Interval):
        return _within(draw, spec, possible)
    if spec.type is FactType.CODE:
        given = {""} if possible.members is None else possible.members
        below = [x for x in v.CODES if any(x.startswith(str(g)) for g in given)]
        return draw(st.sampled_from(below)) if below else None
    if possible.members is None:
        return draw(st.sampled_from((*v.TOWNS, "elsewhere")))
    members = sorted(possible.members, key=str)
    return draw(st.sampled_from(members)) if members else None


def _within(draw: DrawFn, spec: FactSpec, possible: Interval) -> int | Fraction | None:
    if not possible.some:
        return None
    ends = [n for n in possible[:2] if n not in (inf, -inf)]
    grid = v.DAYS if spec.type is FactType.DATE else v.GRID
    inside = [n for n in grid if possible.low <= n <= possible.high]
    if spec.type in {FactType.INT, FactType.DATE}:
        inside = [n for n in inside if Fraction(n).denominator == 1]
    options = sorted({Fraction(n) for n in (*ends, *inside)})
    return draw(st.sampled_from(options))
