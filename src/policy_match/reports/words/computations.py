"""How an amount came about: formulas with the firm's own figures, step by step.

A figure of which a range is known reads as its range; a progressive schedule is
spelt out bracket by bracket, at both ends where they differ.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.domain.money import cents
from policy_match.domain.possible import NO_VALUE, Interval
from policy_match.domain.truth import FALSE, TRUE
from policy_match.ir.terms import (
    Arithmetic,
    Between,
    Brackets,
    Cases,
    Extreme,
    FactRef,
    Mean,
    Moved,
    Switch,
)
from policy_match.reports.words.formulas import (
    SIGNS,
    formula,
    in_brackets,
    in_need,
    kind_of,
    moved,
)
from policy_match.semantics.branches import distinct, own_uses, taken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.possible import Number
    from policy_match.ir.program import Policy
    from policy_match.ir.terms import Band, Expression, ParameterUse
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.one_firm import Evaluation


class Step(NamedTuple):
    """One step of a computation: in words, its value, and the figures it takes."""

    says: str
    value: Interval
    kind: FactType
    uses: tuple[ParameterUse, ...] = ()
    fact: str | None = None
    """The derived fact that the step is about; None of the amount itself."""


def step_in_words(says: str, value: Interval, kind: FactType, words: Vocabulary) -> str:
    """Return a step with what it comes to."""
    if value.some and not (value.low <= 0 and value.high == inf):
        told = words.interval(value, kind)
        return words.label("computed-step", how=says, value=told)
    return says


def computation(
    policy: Policy, amount: Interval | None, verdicts: Evaluation, words: Vocabulary
) -> list[Step]:
    """Return how a benefit's amount came about, its rounded ends last.

    Empty where there is no amount. `verdicts` are those the amount was read off.
    """
    if amount is None:
        return []
    return [*_Told(verdicts, words).steps(policy, amount)]


class _Told:
    """Tells of one firm's figures in one language."""

    def __init__(self, verdicts: Evaluation, words: Vocabulary) -> None:
        self.verdicts, self.words = verdicts, words

    def steps(self, policy: Policy, amount: Interval) -> Iterator[Step]:
        tiers = [policy.tiers[place] for place in self.verdicts.tiers(policy)]
        formulas = [tier.amount for tier in tiers if tier.amount is not None]
        for fact in self._derived(formulas):
            yield self._of_fact(fact)
        several = len(formulas) > 1
        for tier in tiers:
            if tier.amount is None:
                continue
            says = self.spelt(tier.amount)
            if several and tier.title:
                title = self.words.text(tier.title)
                says = title + self.words.label("colon") + says
            value = self._number(tier.amount) if several else amount
            yield Step(says, value, FactType.MONEY, self._uses(tier.amount))
        if several:
            yield Step(self.words.label("computed-tiers"), amount, FactType.MONEY)
        ends = {end for end in (amount.low, amount.high) if end not in {-inf, inf}}
        if amount.some and any(cents(end) != end * 100 for end in ends):
            yield Step(self.words.label("computed-rounded"), amount, FactType.MONEY)

    def _of_fact(self, fact: str) -> Step:
        body = self.words.program.definitions[fact].body
        assert body is not None  # noqa: S101  # INVARIANT: only formulas are told
        title = self.words.title(fact)
        value, kind = self._fact(fact), self.words.program.facts[fact].type
        says = self.words.label("computed-is", title=title, how=self.spelt(body))
        return Step(says, value, kind, self._uses(body), fact)

    def _derived(self, formulas: list[Expression]) -> list[str]:
        """Return the derived figures that formulas rest on, each before its users."""
        order: list[str] = []
        seen: set[str] = set()
        pending = [(fact, False) for x in reversed(formulas) for fact in self._reads(x)]
        while pending:
            fact, done = pending.pop()
            if done:
                order.append(fact)
            elif fact not in seen:
                seen.add(fact)
                body = self.words.program.definitions[fact].body
                pending.append((fact, True))
                pending += [(below, False) for below in self._reads(body)]
        return order

    def _reads(self, expression: Expression | None) -> list[str]:
        """Return the derived figures that a formula reads, the last one first."""
        nodes = () if expression is None else taken(self.verdicts, expression)
        read = dict.fromkeys(n.fact for n in nodes if isinstance(n, FactRef))
        return [fact for fact in reversed(read) if self._is_computed(fact)]

    def _is_computed(self, fact: str) -> bool:
        program = self.words.program
        definition = program.definitions.get(fact)
        if definition is None or fact in self.verdicts.given:
            return False
        return definition.body is not None and program.facts[fact].type.numeric

    def _uses(self, expression: Expression) -> tuple[ParameterUse, ...]:
        nodes = taken(self.verdicts, expression)
        return distinct(use for node in nodes for use in own_uses(node))

    def _fact(self, fact: str) -> Interval:
        value = self.verdicts.value(fact)
        return value if isinstance(value, Interval) else NO_VALUE

    def _number(self, expression: Expression) -> Interval:
        value = self.verdicts.evaluate(expression)
        return value if isinstance(value, Interval) else NO_VALUE

    # ---- in words

    def spelt(  # noqa: PLR0911  (a case a node)
        self, expression: Expression
    ) -> str:
        """Return a formula with the firm's figures in it."""
        words = self.words
        match expression:
            case FactRef(fact=fact):
                spec = words.program.facts[fact]
                value, title = self.verdicts.value(fact), words.title(fact)
                if value == spec.unknown:
                    return title + words.bracketed(words.label("unknown"))
                said = words.value(value, spec)
                return words.label("computed-fact", title=title, value=said)
            case Mean(fact=fact):
                said = words.interval(self._number(expression), FactType.NUMBER)
                title = formula(expression, words)
                return words.label("computed-fact", title=title, value=said)
            case Arithmetic(operator=sign, left=left, right=right):
                sides = self._side(left, sign), self._side(right, sign + "r")
                return f" {SIGNS[sign]} ".join(sides)
            case Moved(of=of):
                return moved(expression, self.spelt(of), words)
            case Extreme(kind=kind, of=parts):
                listed = words.label("semicolon").join(map(self.spelt, parts))
                return words.label(f"computed-{kind}", parts=listed)
            case Brackets(of=of, bands=bands):
                return self._brackets(of, bands)
            case Between(low=low, high=high):
                ends = {"low": self.spelt(low), "high": self.spelt(high)}
                return words.label("computed-between", **ends)
            case Cases() | Switch():
                branches = [self.spelt(one) for one in self._branches(expression)]
                return words.label("computed-or").join(dict.fromkeys(branches))
            case _:
                return formula(expression, words)

    def _side(self, expression: Expression, sign: str) -> str:
        text = self.spelt(expression)
        if isinstance(expression, Brackets | Cases | Switch):
            return in_brackets(text, self.words)
        return in_brackets(text, self.words) if in_need(expression, sign) else text

    def _branches(self, expression: Cases | Switch) -> Iterator[Expression]:
        """Yield the branches that may be the firm's."""
        if isinstance(expression, Switch):
            members = getattr(self.verdicts.value(expression.fact), "members", None)
            for member, arm in expression.arms:
                if members is None or member in members:
                    yield arm
            return
        for branch in expression.branches:
            guard = branch.guard
            truth = TRUE if guard is None else self.verdicts.truth(guard)
            if truth is not FALSE:
                yield branch.value
            if truth is TRUE:
                return

    def _brackets(self, of: Expression, bands: tuple[Band, ...]) -> str:
        words, value = self.words, self._number(of)
        kind, base = kind_of(of, words.program), self.spelt(of)
        ends = {"computed-low": value.low, "computed-high": value.high}
        told = {
            key: " + ".join(self._bands(end, bands, kind))
            for key, end in ends.items()
            if end not in {-inf, inf}
        }
        if not value.some or not told:
            return formula(Brackets(of, bands), words)
        if value.low == value.high:
            how = told["computed-low"]
        else:
            both = (words.label(key, how=how) for key, how in told.items())
            how = words.label("semicolon").join(both)
        return base + words.label("colon") + how

    def _bands(
        self, value: Number, bands: tuple[Band, ...], kind: FactType
    ) -> Iterator[str]:
        floor: Number = 0
        for place, band in enumerate(bands):
            last = band.upto is None or place == len(bands) - 1
            top = value if last or band.upto is None else min(value, band.upto)
            if top > floor or not place:
                part = self.words.amount(max(top - floor, 0), kind)
                yield f"{part} × {self.words.amount(band.rate, FactType.RATIO)}"
            floor = max(top, floor)
