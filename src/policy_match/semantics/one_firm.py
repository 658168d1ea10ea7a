"""One firm: the domain in which a value is what is possible of it.

Numbers are intervals, everything else a choice among members, a truth one of
Kleene's three; a flag is a plain yes or no, and what is flagged no is not even
evaluated. This is the reference: every other backend must agree with it.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from policy_match.domain import possible as p
from policy_match.domain.codes import look_up, under
from policy_match.domain.possible import Choice, Interval, Listing
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth, negation
from policy_match.ir.schedules import tax
from policy_match.semantics.interpreter import Interpreter
from policy_match.semantics.missing_facts import MissingFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.days import Unit
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Member, Number, Possible
    from policy_match.ir import terms as t
    from policy_match.ir.narrowing import Narrowing
    from policy_match.ir.program import Policy, Program

_ARITHMETIC = {"+": p.add, "-": p.subtract, "*": p.multiply, "/": p.divide}
_EXTREMES = {"min": p.smallest, "max": p.largest}


class OneFirm:
    """What is possible of one firm's facts, and what can be done with it."""

    nothing: Possible = p.NO_VALUE
    always = True
    never = False

    def __init__(self, given: Mapping[str, Possible]) -> None:
        """Know what is given of a firm."""
        self._given = given

    def read(self, spec: FactSpec) -> Possible:
        """Return what is given of a fact, else all that its declaration allows."""
        found = self._given.get(spec.id)
        return spec.unknown if found is None else found

    def given(self, fact: str) -> bool:
        """Return whether a fact is given."""
        return fact in self._given

    # ---- values

    def constant(self, value: Number) -> Possible:
        """Return one number."""
        return Interval(value, value)

    def label(self, member: Member | None) -> Possible:
        """Return one member, or absence."""
        return p.NONE if member is None else p.one(member)

    def boolean(self, truth: Truth) -> Possible:
        """Return what a bool may be where a condition says it."""
        return p.yes_or_no(truth)

    def arithmetic(self, sign: t.Sign, left: Possible, right: Possible) -> Possible:
        """Return the hull of every result."""
        return _ARITHMETIC[sign](number(left), number(right))

    def moved(self, of: Possible, count: int, unit: Unit) -> Possible:
        """Return the hull of every day so much later."""
        return p.moved(number(of), count, unit)

    def extreme(self, kind: t.ExtremeKind, left: Possible, right: Possible) -> Possible:
        """Return every minimum, or maximum."""
        return _EXTREMES[kind](number(left), number(right))

    def brackets(self, of: Possible, bands: tuple[t.Band, ...]) -> Possible:
        """Return the tax of a progressive schedule."""
        return progressive(number(of), bands)

    def mean(self, of: Possible) -> Possible:
        """Return the mean of a list."""
        return p.mean(of) if isinstance(of, Listing) else p.NO_VALUE

    def lookup(self, of: Possible, table: t.Lookup) -> Possible:
        """Return the labels that the longest matching prefix may give."""
        return look_up(choice(of), table.rows, table.system)

    def members(
        self, of: Possible, among: Sequence[str], spec: FactSpec
    ) -> Iterator[tuple[str | None, bool]]:
        """Yield what is possible of an enum; None for absence."""
        del spec
        on = choice(of)
        if on.absent:
            yield None, True
        for member in among if on.members is None else on.members:
            yield str(member), True

    def joined(self, candidates: Sequence[tuple[bool, Possible]]) -> Possible:
        """Return what is possible where one of several values is."""
        live = [value for flag, value in candidates if flag]
        if not live:
            return p.NO_VALUE
        found, *rest = live
        for value in rest:
            found = p.join(found, value)
        return found

    def pick(
        self, flag: bool, yes: Possible, otherwise: Possible, spec: FactSpec
    ) -> Possible:
        """Return one of two values."""
        del spec
        return yes if flag else otherwise

    def meet(self, value: Possible, to: Possible, spec: FactSpec) -> Possible:
        """Return what lies within `to` too, or the value where nothing does."""
        del spec
        return p.meet(value, to) or value

    def unsettled(self, value: Possible) -> bool:
        """Return whether more than one thing is possible."""
        return not value.settled

    def kept(self, value: Possible) -> Possible:
        """Return the value itself."""
        return value

    # ---- truths

    def fixed(self, holds: bool) -> Truth:
        """Return true or false."""
        return TRUE if holds else FALSE

    def contained(self, of: Possible, members: frozenset[Member]) -> Truth:
        """Return how `of in members` stands."""
        return p.contained(choice(of), members)

    def under(self, of: Possible, codes: frozenset[str], system: CodeSystem) -> Truth:
        """Return how it stands that a code lies at or below some codes."""
        return under(choice(of), codes, system)

    def compare(self, operator: t.Comparison, left: Possible, right: Possible) -> Truth:
        """Return how a comparison stands."""
        return p.compare(operator, number(left), number(right))

    def compare_quotient(
        self, operator: t.Comparison, left: Possible, divisor: Possible, right: Possible
    ) -> Truth | None:
        """Return None: a quotient is exact, and compared like any number."""
        del operator, left, divisor, right
        return None

    def is_absent(self, of: Possible, spec: FactSpec) -> Truth:
        """Return how it stands that there is no value."""
        del spec
        return p.is_absent(of)

    def all(self, parts: Iterable[Truth]) -> Truth:
        """Return the least of the truths."""
        return min(parts, default=TRUE)

    def any(self, parts: Iterable[Truth]) -> Truth:
        """Return the greatest of the truths."""
        return max(parts, default=FALSE)

    def negated(self, part: Truth) -> Truth:
        """Return the truth of `not`."""
        return negation(part)

    def kept_truth(self, truth: Truth) -> Truth:
        """Return the truth itself."""
        return truth

    # ---- flags

    def perhaps(self, truth: Truth) -> bool:
        """Return whether a condition may hold."""
        return truth is not FALSE

    def surely(self, truth: Truth) -> bool:
        """Return whether a condition holds."""
        return truth is TRUE

    def open(self, truth: Truth) -> bool:
        """Return whether a condition is not settled."""
        return truth is UNKNOWN

    def both(self, a: bool, b: bool) -> bool:
        """Return whether both hold."""
        return a and b

    def either(self, flags: Sequence[bool]) -> bool:
        """Return whether one holds."""
        return any(flags)

    def no(self, flag: bool) -> bool:
        """Return whether it does not hold."""
        return not flag

    def kept_flag(self, flag: bool) -> bool:
        """Return the flag itself."""
        return flag


class Evaluation(Interpreter["Possible", Truth, bool]):
    """One firm under one program: the interpreter in the domain of one firm."""

    def __init__(
        self,
        program: Program,
        given: Mapping[str, Possible],
        narrowings: Iterable[Narrowing] = (),
        base: Evaluation | None = None,
        moved: Iterable[str] = (),
    ) -> None:
        """Evaluate nothing yet; `base` differs in facts that `moved`, and no others."""
        super().__init__(program, OneFirm(given), narrowings, base, moved)
        self.given = given
        if base is None:
            self._facts = {**program.unknown, **given}

    def moved(self, to: Mapping[str, Possible]) -> Evaluation:
        """Return the firm with other values of some base facts; the rest is shared."""
        return Evaluation(
            self.program, {**self.given, **to}, base=self, moved=to.keys()
        )

    def narrowed(self, narrowings: Iterable[Narrowing]) -> Evaluation:
        """Return this evaluation where conditions have narrowed some facts.

        Narrowing to nothing is no narrowing: nobody is eligible then, and any
        amount is as good as another.
        """
        applicable = [
            narrowing
            for narrowing in narrowings
            if not self.value(narrowing.fact).settled
            and self.given.keys().isdisjoint(narrowing.unless_given)
        ]
        if not applicable:
            return self
        return Evaluation(self.program, self.given, applicable, self)

    @cached_property
    def missing(self) -> Missing:
        """The facts on a path to what is not settled."""
        base = self.base.missing if isinstance(self.base, Evaluation) else None
        return Missing(self, base)

    def number(self, formula: t.Expression) -> Interval:
        """Return what is possible of a formula that denotes a number."""
        return number(self.evaluate(formula))

    def tiers(self, policy: Policy) -> tuple[int, ...]:
        """Return the positions of the tiers that may be the firm's, in order."""
        return tuple(i for i, flag in enumerate(self.tier_flags(policy)) if flag)

    def amount(self, policy: Policy) -> Interval | None:
        """Return the amount if eligible, unrounded; None where none is fixed.

        The range covers every tier still possible. It is None as soon as one of
        them rests on a parameter that no document fixes.
        """
        found, unset = self.worth(policy)
        return None if unset or not self.tiers(policy) else number(found)


class Missing(MissingFacts["Possible", Truth, bool]):
    """The open facts of one firm: of a condition, or of a benefit.

    With plain flags every step is taken or not, so that each derived fact is
    followed once for whatever is asked.
    """

    def followed(self, met: Mapping[str, bool]) -> Mapping[str, bool]:
        """Return what is met, each derived fact replaced by what it rests on."""
        found: dict[str, bool] = {}
        seen: set[str] = set()
        pending = [*met][::-1]
        while pending:
            fact = pending.pop()
            if fact in seen:
                continue
            seen.add(fact)
            if self._asked(fact) or self._domain.given(fact):
                found[fact] = True
            else:
                pending += [*self._steps(fact)][::-1]
        return found

    def _gated(
        self,
        gate: bool,
        parts: Iterable[Mapping[str, bool]],
    ) -> Mapping[str, bool]:
        del gate
        found: dict[str, bool] = {}
        for part in parts:
            found.update(part)
        return found


def number(value: Possible) -> Interval:
    """Return a number; what is none has no value as one."""
    return value if isinstance(value, Interval) else p.NO_VALUE


def choice(value: Possible) -> Choice:
    """Return a choice; what is none is absent as one."""
    return value if isinstance(value, Choice) else p.NONE


def progressive(value: Interval, bands: tuple[t.Band, ...]) -> Interval:
    """Return the tax of a progressive schedule, for every value possible.

    Piecewise linear, so its ends lie at the ends of the value or at a bound
    between them.
    """
    if not value.some:
        return p.NO_VALUE
    bends = [b.upto for b in bands if b.upto is not None]
    inner = [b for b in (0, *bends) if value.low < b < value.high]
    taxes = [tax(x, bands) for x in (value.low, *inner, value.high)]
    return Interval(min(taxes), max(taxes), value.absent)
