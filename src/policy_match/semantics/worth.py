"""What amounts of a form of benefit are worth in money to one firm.

By what the rulebook says under `worth`: so much a unit; or, of a form that is
taken off a figure, what would be due of that figure without it, less what is due.
What is due rises with the figure, by bands and perhaps by leaps; the figure is
what it is after all that is taken off it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import (
    NO_VALUE,
    Interval,
    exactly,
    multiply,
    plain,
)
from policy_match.domain.truth import FALSE, TRUE
from policy_match.ir import terms as t
from policy_match.ir.analysis import dependences
from policy_match.ir.program import Due
from policy_match.ir.traversal import roots, walk
from policy_match.semantics.elsewhere import Elsewhere
from policy_match.semantics.one_firm import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.domain.possible import Number
    from policy_match.ir.program import Rate
    from policy_match.ir.traversal import Node
    from policy_match.semantics.one_firm import Evaluation
    from policy_match.semantics.outcome import Finding


_NO_FIGURES = (FactType.RATIO, FactType.DATE)


class Worths:
    """What forms are worth to one firm, as far as the rulebook says."""

    def __init__(self, verdicts: Evaluation) -> None:
        """Ask these verdicts."""
        self.verdicts = verdicts
        self._savings: dict[str, _Saving] = {}

    def knows(self, form: str) -> bool:
        """Return whether the rulebook says what a form is worth."""
        return form in self.verdicts.program.worth

    def of(self, form: str, amount: Interval) -> Interval | None:
        """Return what an amount of a form is worth; None where nobody says.

        A unit is never worth less than nothing, and nothing is saved by less.
        """
        found = self.verdicts.program.worth.get(form)
        if found is None:
            return None
        if isinstance(found, Due):
            return self._saving(form, found).of(amount)
        return multiply(amount, self._rate(found))

    def saves(self, finding: Finding) -> Interval | None:
        """Return what a benefit saves of what is due: tax without it, less tax with.

        Unrounded, in the currency of the rulebook. None where the form is taken off
        no figure, or no amount is fixed; no value where the amount has none.
        """
        form = finding.policy.form
        due = self.verdicts.program.worth.get(form)
        amount = finding.benefit.amount if finding.benefit else None
        return (
            None
            if amount is None or not isinstance(due, Due)
            else self.of(form, amount)
        )

    def _rate(self, rate: Rate) -> Interval:
        found = self.verdicts.number(rate.value)
        return found._replace(low=max(found.low, 0), high=max(found.high, 0))

    def _saving(self, form: str, due: Due) -> _Saving:
        if form not in self._savings:
            self._savings[form] = _Saving(self.verdicts, due)
        return self._savings[form]


class _Saving:
    """What is not due of a figure, since something was taken off it.

    Each branch of what is due is followed by itself, so that a firm whose branch is
    not known is at least in the same one with and without.
    """

    def __init__(self, verdicts: Evaluation, due: Due) -> None:
        self._due = due
        self._elsewhere = Elsewhere(verdicts, due.off)
        self._verdicts = self._elsewhere.here
        self._known: dict[tuple[t.Expression, Number], Interval] = {}

    def of(self, amount: Interval) -> Interval:
        figure = number(self._verdicts.value(self._due.off))
        if not amount.some or not figure.some:
            return NO_VALUE
        low, high = max(amount.low, 0), max(amount.high, 0)
        found = [self._between(branch, figure, low, high) for branch in self._branches]
        whole = Interval(min(f.low for f in found), max(f.high for f in found))
        return whole._replace(absent=amount.absent or figure.absent)

    @cached_property
    def _branches(self) -> tuple[t.Expression, ...]:
        return tuple(self._possible(self._due.value))

    def _possible(self, formula: t.Expression) -> Iterator[t.Expression]:
        """Yield the formulas of the branches that may be the firm's."""
        if isinstance(formula, t.FactRef):
            definition = self._verdicts.program.definitions.get(formula.fact)
            if definition is not None and isinstance(definition.body, t.Cases):
                formula = definition.body
        if not isinstance(formula, t.Cases):
            yield formula
            return
        for branch in formula.branches:
            guard = branch.guard
            truth = TRUE if guard is None else self._verdicts.truth(guard)
            if truth is not FALSE:
                yield branch.value
            if truth is TRUE:
                return

    def _between(
        self, branch: t.Expression, figure: Interval, low: Number, high: Number
    ) -> Interval:
        """Return the hull of what is saved: the more is taken off, the more."""
        least = 0 if low == inf else self._ends(branch, figure, low)[0]
        most = inf if high == inf else self._ends(branch, figure, high)[1]
        return Interval(least, most)

    def _ends(
        self, branch: t.Expression, figure: Interval, amount: Number
    ) -> tuple[Number, Number]:
        """Return the least and the most that one amount saves.

        Between the places where the figure, with the amount or without, meets a bend
        or a leap, what is saved is linear: its ends lie at those places, or just
        beside them, where it is extrapolated to.
        """
        if figure.settled:
            saved = self._at(branch, figure.low, amount)
            return saved.low, saved.high
        bends = self._bends(branch)
        places = {p for bend in bends for p in (bend, plain(bend - amount))}
        inner = sorted(p for p in places if figure.low < p < figure.high)
        edges = [figure.low, *inner, figure.high]
        found = [self._at(branch, p, amount) for p in edges if p not in {-inf, inf}]
        for a, b in pairwise(edges):
            found += self._beside(branch, (a, b), amount)
        return min(f.low for f in found), max(f.high for f in found)

    def _beside(
        self, branch: t.Expression, cell: tuple[Number, Number], amount: Number
    ) -> Iterable[Interval]:
        """Yield what is saved at the ends of a cell, seen from inside it."""
        a, b = cell
        start = a if a != -inf else (b - 3 if b != inf else 0)
        third = 1 if inf in {-a, b} else Fraction(b - a) / 3
        first = self._at(branch, plain(start + third), amount)
        second = self._at(branch, plain(start + 2 * third), amount)
        for far, near, end in ((first, second, b), (second, first, a)):
            low = _beyond(far.low, near.low, end)
            yield Interval(low, _beyond(far.high, near.high, end))

    def _at(self, branch: t.Expression, figure: Number, amount: Number) -> Interval:
        """Return what an amount saves of one figure, never less than nothing."""
        without, due = (self._of(branch, plain(x)) for x in (figure + amount, figure))
        low, high = without.low - due.high, without.high - due.low
        return Interval(plain(max(low, 0)), plain(max(high, 0)))

    def _of(self, branch: t.Expression, figure: Number) -> Interval:
        """Return what is due of one figure."""
        if (branch, figure) not in self._known:
            due = self._elsewhere.at(figure).number(branch)
            self._known[branch, figure] = due if due.some else exactly(0)
        return self._known[branch, figure]

    def _bends(self, branch: t.Expression) -> set[Number]:
        """Return every number that what is due holds its figure against."""
        program = self._verdicts.program
        below = dependences(program).listed(branch)
        parts: list[Node] = [branch]
        for fact in below:
            parts += roots(program.definitions.get(fact))
        return {0, *(bend for part in parts for n in walk(part) for bend in _bounds(n))}


def _beyond(far: Number, near: Number, end: Number) -> Number:
    """Return where a line that goes through two values ends, never below nothing.

    As far behind the second value as the first lies before it; where it never ends,
    it ends nowhere.
    """
    if end in {-inf, inf} and far != near:
        return inf if near > far else 0
    return plain(max(2 * near - far, 0))


def _bounds(node: Node) -> Iterator[Number]:
    """Yield the numbers at which a formula may bend, or a test turn."""
    if isinstance(node, t.Const) and node.type not in _NO_FIGURES:
        yield node.value
    elif isinstance(node, t.Brackets):
        yield from (band.upto for band in node.bands if band.upto is not None)
