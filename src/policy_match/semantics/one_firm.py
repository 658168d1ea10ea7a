"""The reference evaluator: what a program means, in plain recursion.

A value is what is possible; a condition is true when it holds for all that is
possible, false when for none, else unknown (contract, section 1). Every other
backend is a translation of this module and must agree with it.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, assert_never

from policy_match.domain import possible as p
from policy_match.domain.codes import look_up, under
from policy_match.domain.possible import Choice, Interval, Listing
from policy_match.domain.truth import FALSE, TRUE, Truth, negation
from policy_match.ir.terms import (
    Absent,
    All,
    AnyOf,
    Arithmetic,
    Band,
    Between,
    Brackets,
    Case,
    Cases,
    Compare,
    Const,
    Extreme,
    FactRef,
    Fixed,
    Holds,
    Label,
    Leaf,
    Lookup,
    Mean,
    Not,
    Switch,
    Under,
    Unset,
    Within,
)
from policy_match.ir.traversal import unset_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.narrowing import Narrowing
    from policy_match.ir.program import Policy, Program
    from policy_match.ir.terms import Condition, Expression, Test

_ARITHMETIC = {"+": p.add, "-": p.subtract, "*": p.multiply, "/": p.divide}


class Evaluation:
    """One firm under one program: values and truths, each computed once.

    `given` wins over any definition. A fact that is neither given nor derived
    is everything its declaration allows.
    """

    def __init__(self, program: Program, given: Mapping[str, Possible]) -> None:
        """Evaluate nothing yet."""
        self.program = program
        self.given = given
        self._narrowed: dict[str, list[Possible]] = {}
        self._facts: dict[str, Possible] = {**program.unknown, **given}
        self._truths: dict[Condition, Truth] = {}
        self._tests: dict[Test, Truth] = {}
        self._formulas: dict[Expression, Possible] = {}

    def narrowed(self, narrowings: Iterable[Narrowing]) -> Evaluation:
        """Return this evaluation where conditions have narrowed some facts.

        Narrowing to nothing is no narrowing: nobody is eligible then, and any
        amount is as good as another.
        """
        applicable: dict[str, list[Possible]] = {}
        for narrowing in narrowings:
            value = self.value(narrowing.fact)
            if value.settled or any(f in self.given for f in narrowing.unless_given):
                continue
            applicable.setdefault(narrowing.fact, []).append(narrowing.to)
        if not applicable:
            return self
        other = Evaluation(self.program, self.given)
        other._narrowed = applicable
        for fact in applicable:
            other._facts.pop(fact, None)
        return other

    # ---- facts

    def value(self, fact: str) -> Possible:
        """Return what is possible of a fact, given or derived."""
        found = self._facts.get(fact)
        if found is None:
            found = self.given.get(fact)
            if found is None:
                found = self._derived(fact)
            for limit in self._narrowed.get(fact, ()):
                found = p.meet(found, limit) or found
            self._facts[fact] = found
        return found

    def _derived(self, fact: str) -> Possible:
        definition = self.program.definitions.get(fact)
        if definition is None:
            return self.program.facts[fact].unknown
        if definition.condition is not None:
            return p.yes_or_no(self.truth(definition.condition))
        assert definition.body is not None  # noqa: S101  # INVARIANT: one of the two
        return self.evaluate(definition.body)

    # ---- conditions

    def truth(self, condition: Condition) -> Truth:
        """Return how a condition stands (strong Kleene)."""
        found = self._truths.get(condition)
        if found is None:
            found = self._truths[condition] = self._judge(condition)
        return found

    def _judge(self, condition: Condition) -> Truth:
        match condition:
            case Leaf(test=test):
                found = self._tests.get(test)
                if found is None:
                    found = self._tests[test] = self._test(test)
                return found
            case All(of=parts):
                return min(map(self.truth, parts), default=TRUE)
            case AnyOf(of=parts):
                return max(map(self.truth, parts), default=FALSE)
            case Not(of=part):
                return negation(self.truth(part))
            case _ as never:
                assert_never(never)

    def _test(self, test: Test) -> Truth:
        match test:
            case Holds(fact=fact, members=members):
                return p.contained(self._choice(fact), members)
            case Compare(operator=operator, left=left, right=right):
                return p.compare(operator, self.number(left), self.number(right))
            case Under(fact=fact, codes=codes, system=system):
                return under(self._choice(fact), codes, system)
            case Within(of=of, low=low, high=high):
                value = self.number(of)
                above = p.compare(">=", value, self.number(low))
                return min(above, p.compare("<=", value, self.number(high)))
            case Absent(fact=fact):
                return p.is_absent(self.value(fact))
            case Fixed(holds=holds):
                return TRUE if holds else FALSE
            case _ as never:
                assert_never(never)

    # ---- formulas

    def number(self, expression: Expression) -> Interval:
        """Return what is possible of a formula that denotes a number."""
        value = self.evaluate(expression)
        return value if isinstance(value, Interval) else p.NO_VALUE

    def evaluate(self, expression: Expression) -> Possible:
        """Return what is possible of a formula."""
        match expression:
            case FactRef(fact=fact):
                return self.value(fact)
            case _:
                found = self._formulas.get(expression)
                if found is None:
                    found = self._formulas[expression] = self._formula(expression)
                return found

    def _formula(self, expression: Expression) -> Possible:  # noqa: PLR0911
        match expression:
            case Arithmetic(operator=operator, left=left, right=right):
                apply = _ARITHMETIC[operator]
                return apply(self.number(left), self.number(right))
            case Extreme(kind=kind, of=parts):
                pick = p.smallest if kind == "min" else p.largest
                first, *rest = map(self.number, parts)
                for part in rest:
                    first = pick(first, part)
                return first
            case Mean(fact=fact):
                listing = self.value(fact)
                return p.mean(listing) if isinstance(listing, Listing) else p.NO_VALUE
            case Brackets(of=of, bands=bands):
                return progressive(self.number(of), bands)
            case Between(low=low, high=high):
                return p.join(self.number(low), self.number(high))
            case Cases(branches=branches):
                return self._first(branches)
            case Switch(fact=fact, arms=arms):
                return self._switch(self._choice(fact), dict(arms))
            case Lookup(fact=fact, rows=rows, system=system):
                return look_up(self._choice(fact), rows, system)
            case Label(member=member):
                return p.one(member)
            case Unset():
                return p.NO_VALUE
            case Const(value=value):
                return Interval(value, value)
            case FactRef(fact=fact):
                return self.value(fact)
            case _ as never:
                assert_never(never)

    def _choice(self, fact: str) -> Choice:
        value = self.value(fact)
        return value if isinstance(value, Choice) else p.NONE

    def _first(self, branches: Iterable[Case]) -> Possible:
        found: Possible | None = None
        for branch in branches:
            guard = TRUE if branch.guard is None else self.truth(branch.guard)
            if guard is not FALSE:
                value = self.evaluate(branch.value)
                found = value if found is None else p.join(found, value)
            if guard is TRUE and found is not None:
                return found
        return p.NO_VALUE if found is None else p.join(found, p.NO_VALUE)

    def _switch(self, on: Choice, arms: Mapping[str, Expression]) -> Possible:
        found: Possible | None = p.NO_VALUE if on.absent else None
        members = arms.keys() if on.members is None else on.members
        for member in members:
            arm = arms.get(str(member))
            value = p.NO_VALUE if arm is None else self.evaluate(arm)
            found = value if found is None else p.join(found, value)
        return p.NO_VALUE if found is None else found

    # ---- benefits

    def tiers(self, policy: Policy) -> tuple[int, ...]:
        """Return the positions of the tiers that may be the firm's, in order."""
        possible: list[int] = []
        for position, tier in enumerate(policy.tiers):
            guard = TRUE if tier.guard is None else self.truth(tier.guard)
            if guard is not FALSE:
                possible.append(position)
            if guard is TRUE:
                break
        return tuple(possible)

    def amount(self, policy: Policy) -> Interval | None:
        """Return the amount if eligible, unrounded; None where none is fixed.

        The range covers every tier still possible. It is None as soon as one of
        them rests on a parameter that no document fixes.
        """
        found: Interval | None = None
        for position in self.tiers(policy):
            amount = policy.tiers[position].amount
            if amount is None or unset_in(amount):
                return None
            value = self.number(amount)
            joined = value if found is None else p.join(found, value)
            found = joined if isinstance(joined, Interval) else found
        return found


def progressive(value: Interval, bands: tuple[Band, ...]) -> Interval:
    """Return the tax of a progressive schedule, for every value possible.

    Piecewise linear, so its ends lie at the ends of the value or at a bound
    between them.
    """
    if not value.some:
        return p.NO_VALUE
    bends = [b.upto for b in bands if b.upto is not None]
    inner = [b for b in (0, *bends) if value.low < b < value.high]
    taxes = [_tax(x, bands) for x in (value.low, *inner, value.high)]
    return Interval(min(taxes), max(taxes), value.absent)


def _tax(value: Number, bands: tuple[Band, ...]) -> Number:
    if value <= 0:
        return 0
    total: Number = 0
    floor: Number = 0
    for band in bands:
        top = inf if band.upto is None or band is bands[-1] else band.upto
        if value <= top:
            width = value - floor
            return p.plain(total + (width * band.rate if band.rate else 0))
        total = total + (top - floor) * band.rate
        floor = top
    return p.plain(total)
