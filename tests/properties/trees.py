"""Random conditions: trees over tests, the same test in several places."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st

from policy_match.domain.facts import FactType
from policy_match.ir import terms as t
from tests.properties import rule_text
from tests.properties import vocabulary as v
from tests.properties.formulas import Formulas

if TYPE_CHECKING:
    from policy_match.domain.days import Unit

TESTS = (
    "bound",
    "bound",
    "comparison",
    "member",
    "member",
    "truth",
    "code",
    "code",
    "dated",
    "absent",
    "fixed",
)
"""The kinds of test, each a method of `Conditions`."""

_COMPARISONS: tuple[t.Comparison, ...] = (">=", "<=", ">", "<", "=")


class Conditions(Formulas):
    """Draws tests, and trees of `all`, `any` and `not` over them.

    `focus` names the kinds of test that are drawn, as often as they stand there.
    """

    focus: tuple[str, ...] = TESTS

    def test(self) -> t.Test:
        """Draw a test, now and then one already used elsewhere."""
        if self.tests and self.chance(35):
            return self.one_of(self.tests)
        made = getattr(self, self.one_of(self.focus))()
        test: t.Test = self.once(("test", made.text), lambda: made)
        self.tests.append(test)
        return test

    def bound(self) -> t.Test:
        """Draw a test of one fact against numbers: what narrows a fact."""
        left = self.ref(self.numeric())
        low, high = self.one_of(v.GRID[6:]), self.one_of(v.GRID[6:])
        if self.chance(25):
            first, last = self.const(low), self.const(high)
            text = f"{left.fact} within {first.text}..{last.text}"
            return t.Within(text, left, first, last)
        return self.compare(left, self.const(low))

    def comparison(self) -> t.Test:
        """Draw a comparison of two formulas."""
        return self.compare(self.formula(), self.formula(1))

    def compare(self, left: t.Expression, right: t.Expression) -> t.Compare:
        """Draw how two formulas are compared."""
        operator = self.one_of(_COMPARISONS)
        text = f"{rule_text.formula(left)} {operator} {rule_text.formula(right)}"
        return t.Compare(text, operator, left, right)

    def dated(self) -> t.Test:
        """Draw a test of a date."""
        left = self.ref(self.one_of(self.of_type(FactType.DATE)))
        low, high = (
            self.const(Fraction(self.one_of(v.DAYS)), FactType.DATE) for _ in "ab"
        )
        if self.chance(50):
            text = f"{left.fact} within {low.text}..{high.text}"
            return t.Within(text, left, low, high)
        other = self.ref(self.one_of(self.of_type(FactType.DATE)))
        if self.chance(50):
            return self.counted(left, other)
        return self.compare(left, other if self.chance(30) else low)

    def counted(self, of: t.FactRef, other: t.FactRef) -> t.Test:
        """Draw a test of a day so many months or days after or before another."""
        count, unit = self.one_of(v.LENGTHS)
        later = self.later(of, count, unit)
        if self.chance(30):
            return self.compare(later, self.later(other, count, unit))
        months, days = (count, 0) if unit == "month" else (0, count)
        start = date.fromordinal(self.one_of(v.DAYS))
        there = start + relativedelta(months=months, days=days)
        mark = Fraction(there.toordinal() + self.one_of((0, 0, -1, 1)))
        return self.compare(later, self.const(mark, FactType.DATE))

    def later(self, of: t.Expression, count: int, unit: Unit) -> t.Moved:
        """Return a day moved by a length of time."""
        node = t.Moved(of, count, unit)
        return self.once(rule_text.formula(node), lambda: node)

    def member(self) -> t.Test:
        """Draw a test of an enum or a text."""
        spec = self.one_of(self.of_type(FactType.ENUM, FactType.TEXT))
        members = self.some_of(tuple(spec.members) or v.TOWNS)
        text = f"{spec.id} in [{', '.join(sorted(members))}]"
        return t.Holds(text, spec.id, frozenset(members))

    def truth(self) -> t.Test:
        """Draw a test of a bool."""
        found = self.of_type(FactType.BOOL)
        derived = [spec for spec in found if spec.derived]
        spec = self.one_of(derived if derived and self.chance(50) else found)
        return t.Holds(spec.id, spec.id, frozenset((True,)))

    def code(self) -> t.Test:
        """Draw a test of a code."""
        fact = self.one_of(tuple(v.SYSTEMS))
        codes = sorted(self.some_of(v.COARSE))
        text = f"{fact} in [{', '.join(codes)}]"
        return t.Under(text, fact, frozenset(codes), v.SYSTEMS[fact])

    def absent(self) -> t.Test:
        """Draw a test that a fact has no value."""
        spec = self.one_of([s for s in self.facts.values() if s.may_be_none])
        return t.Absent(f"{spec.id} = none", spec.id)

    def fixed(self) -> t.Test:
        """Draw a test that the day decides."""
        before = self.chance(50)
        text = f"on {'>=' if before else '<'} 2022-01-01"
        return t.Fixed(text, before)

    def condition(self, depth: int = 2) -> t.Condition:
        """Draw a tree over tests."""
        pick = self.draw(st.integers(0, 10 if depth else 2))
        if pick <= 1 or pick == 10:
            return t.Leaf(self.test())
        if pick == 2:
            return t.Not(t.Leaf(self.test()))
        if pick == 3:
            return t.Not(self.condition(depth - 1))
        size = self.draw(st.integers(2, 3))
        parts = tuple(self.condition(depth - 1) for _ in range(size))
        return t.All(parts) if pick <= 6 else t.AnyOf(parts)
