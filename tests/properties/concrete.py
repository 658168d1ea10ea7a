"""A second opinion: two-valued evaluation of one complete firm.

Written from contract section 1 and from nothing else; it shares no code with
the engine. A complete firm has one value for every fact, or surely none, so
there is neither `unknown` nor a range: a comparison holds or it does not, and
a formula has one exact value or none. Dates are ordinals.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from dateutil.relativedelta import relativedelta

from policy_match.ir import terms as t

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.ir.program import Policy, Program

Value = bool | str | int | Fraction | tuple[Fraction, ...] | None
"""One value of a fact; None is known absence."""

Firm = dict[str, Value]
"""A complete firm: every base fact, and derived facts where they were given."""


class NotFixedError(Exception):
    """The formula rests on a parameter that no document fixes."""


class Verdict(NamedTuple):
    """How one policy stands for one complete firm.

    `amount` is None where the formula has no value; `fixed` is false where
    there is no formula or no document fixes it.
    """

    eligible: bool
    tier: str | None = None
    amount: Fraction | None = None
    fixed: bool = True


class Concrete:
    """One complete firm under one program.

    `share` says where between its ends an authority fixes an amount.
    """

    def __init__(
        self, program: Program, firm: Firm, share: Fraction = Fraction(1, 2)
    ) -> None:
        """Take the firm as it is; facts in it win over definitions."""
        self.program, self.firm, self.share = program, firm, share

    def value(self, fact: str) -> Value:
        """Return the value of a fact, or None for no value."""
        if fact in self.firm:
            return self.firm[fact]
        definition = self.program.definitions[fact]
        if definition.condition is not None:
            return self.holds(definition.condition)
        assert definition.body is not None
        return self.of(definition.body)

    def holds(self, condition: t.Condition) -> bool:  # noqa: PLR0911
        """Return whether a condition holds; on no value nothing does."""
        if isinstance(condition, t.All):
            return all(self.holds(part) for part in condition.of)
        if isinstance(condition, t.AnyOf):
            return any(self.holds(part) for part in condition.of)
        if isinstance(condition, t.Not):
            return not self.holds(condition.of)
        test = condition.test
        if isinstance(test, t.Fixed):
            return test.holds
        if isinstance(test, t.Compare):
            left, right = self.number(test.left), self.number(test.right)
            return _compare(test.operator, left, right)
        if isinstance(test, t.Within):
            low, high = self.number(test.low), self.number(test.high)
            value = self.number(test.of)
            return _compare("<=", low, value) and _compare("<=", value, high)
        value_ = self.value(test.fact)
        if isinstance(test, t.Absent):
            return value_ is None
        if value_ is None:
            return False
        if isinstance(test, t.Under):
            return any(str(value_).startswith(code) for code in test.codes)
        return value_ in test.members

    def number(self, expression: t.Expression) -> Fraction | None:
        """Return the number a formula denotes, or None."""
        value = self.of(expression)
        if value is None:
            return None
        assert isinstance(value, int | Fraction)
        return Fraction(value)

    def of(self, expression: t.Expression) -> Value:  # noqa: C901, PLR0911, PLR0912
        """Return the value a formula denotes, or None."""
        if isinstance(expression, t.Const):
            return Fraction(expression.value)
        if isinstance(expression, t.Label):
            return expression.member
        if isinstance(expression, t.Unset):
            raise NotFixedError
        if isinstance(expression, t.FactRef):
            return self.value(expression.fact)
        if isinstance(expression, t.Mean):
            numbers = self.value(expression.fact)
            assert isinstance(numbers, tuple)
            return sum(numbers, Fraction(0)) / len(numbers) if numbers else None
        if isinstance(expression, t.Cases):
            for case in expression.branches:
                if case.guard is None or self.holds(case.guard):
                    return self.of(case.value)
            return None
        if isinstance(expression, t.Switch):
            arm = dict(expression.arms).get(str(self.value(expression.fact)))
            return None if arm is None else self.of(arm)
        if isinstance(expression, t.Lookup):
            return self._look_up(expression)
        if isinstance(expression, t.Brackets):
            return _tax(self.number(expression.of), expression.bands)
        if isinstance(expression, t.Extreme):
            parts = [self.number(part) for part in expression.of]
            known = [part for part in parts if part is not None]
            if len(known) < len(parts):
                return None
            return min(known) if expression.kind == "min" else max(known)
        if isinstance(expression, t.Between):
            low, high = self.number(expression.low), self.number(expression.high)
            if low is None or high is None:
                return None
            return low + self.share * (high - low)
        if isinstance(expression, t.Moved):
            return _moved(self.number(expression.of), expression)
        left, right = self.number(expression.left), self.number(expression.right)
        return _calculate(expression.operator, left, right)

    def _look_up(self, lookup: t.Lookup) -> str | None:
        code = self.value(lookup.fact)
        best, found = -1, None
        for prefix, label in lookup.rows:
            if str(code or "").startswith(prefix) and code and len(prefix) > best:
                best, found = len(prefix), label
        return found

    def verdict(self, policy: Policy) -> Verdict:
        """Return whether the firm is eligible, for which tier and amount."""
        if not self.holds(policy.when):
            return Verdict(eligible=False)
        for tier in policy.tiers:
            if tier.guard is not None and not self.holds(tier.guard):
                continue
            if tier.amount is None:
                return Verdict(eligible=True, tier=tier.name, fixed=False)
            try:
                return Verdict(True, tier.name, self.number(tier.amount))  # noqa: FBT003
            except NotFixedError:
                return Verdict(eligible=True, tier=tier.name, fixed=False)
        return Verdict(eligible=True, fixed=False)


def _compare(operator: str, left: Fraction | None, right: Fraction | None) -> bool:
    if left is None or right is None:
        return False
    return {
        "=": left == right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[operator]


def _calculate(
    operator: str, left: Fraction | None, right: Fraction | None
) -> Fraction | None:
    if left is None or right is None:
        return None
    if operator == "+":
        return left + right
    if operator == "-":
        return left - right
    if operator == "*":
        return left * right
    return left / right if right else None


def _moved(day: Fraction | None, by: t.Moved) -> Fraction | None:
    if day is None:
        return None
    months, days = (by.count, 0) if by.unit == "month" else (0, by.count)
    there = date.fromordinal(int(day)) + relativedelta(months=months, days=days)
    return Fraction(there.toordinal())


def _tax(value: Fraction | None, bands: tuple[t.Band, ...]) -> Fraction | None:
    if value is None:
        return None
    total, floor = Fraction(0), Fraction(0)
    for position, band in enumerate(bands):
        last = position == len(bands) - 1 or band.upto is None
        top = value if last else min(value, Fraction(band.upto or 0))
        total += max(top - floor, Fraction(0)) * Fraction(band.rate)
        floor = value if last else Fraction(band.upto or 0)
    return total


def judge(
    program: Program, firm: Firm, share: Fraction = Fraction(1, 2)
) -> Mapping[str, Verdict]:
    """Return the verdict on every policy in force."""
    concrete = Concrete(program, firm, share)
    return {policy.id: concrete.verdict(policy) for policy in program.policies}
