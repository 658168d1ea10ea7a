"""What is due with all that a firm takes, and what would be due without.

Of a figure that a form of benefit is taken off (`off` and `due` under `worth`):
without, the figure is larger by all that is taken off it, and nothing is let off
what is due of it.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.possible import Interval, add, exactly, plain
from policy_match.domain.truth import FALSE, TRUE
from policy_match.ir.analysis import facts_beneath, narrowed_by
from policy_match.ir.program import Due
from policy_match.semantics.one_firm import Evaluation, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.domain.incentives import Form
    from policy_match.domain.possible import Number
    from policy_match.domain.texts import Text
    from policy_match.ir.program import Policy
    from policy_match.semantics.outcome import Finding

_NOTHING = exactly(0)


class Relief(NamedTuple):
    """What is due of one kind: its title, and how much without and with."""

    title: Text
    before: Interval
    after: Interval


def reliefs(verdicts: Evaluation, taken: Iterable[Finding]) -> tuple[Relief, ...]:
    """Return what is due without the findings `taken`, and with them.

    Nothing where the figure has no ends, or where none of them changes it.
    """
    some = [f for f in taken if f.benefit and f.benefit.amount]
    found = (
        _Kind(verdicts, form, due).relief(some)
        for form, due in verdicts.program.worth.items()
        if isinstance(due, Due)
    )
    return tuple(filter(None, found))


class _Kind:
    """What is due of one figure."""

    def __init__(self, verdicts: Evaluation, form: str, due: Due) -> None:
        self.verdicts, self.form, self.due = verdicts, form, due

    def relief(self, taken: Iterable[Finding]) -> Relief | None:
        figure = number(self.verdicts.value(self.due.off))
        off, reductions = _NOTHING, []
        for finding in taken:
            amount = finding.benefit.amount if finding.benefit else None
            if finding.policy.form == self.form and amount is not None:
                off = add(off, Interval(max(amount.low, 0), max(amount.high, 0)))
            elif self._reduces(finding.policy):
                reductions.append(finding.policy)
        known = figure.some and not {figure.low, figure.high, off.high} & {inf, -inf}
        if not known or not (off.high > 0 or reductions):
            return None
        ends = [
            self._at(low, plain(low + more), reductions)
            for low, more in ((figure.low, off.low), (figure.high, off.high))
        ]
        before = Interval(min(b.low for b, _ in ends), max(b.high for b, _ in ends))
        after = Interval(min(a.low for _, a in ends), max(a.high for _, a in ends))
        if {before.high, after.high} & {inf}:
            return None
        return Relief(self.due.title, before, after)

    def _reduces(self, policy: Policy) -> bool:
        """Whether a policy lets off a part of what is due of the figure."""
        form: Form = policy.form
        reads = self.due.off in facts_beneath(self.verdicts.program, policy.tiers)
        return form == "tax-reduction" and reads

    def _at(
        self, figure: Number, whole: Number, reductions: Iterable[Policy]
    ) -> tuple[Interval, Interval]:
        """Return what is due of the whole without relief, and of what is left."""
        before = self._of(whole).number(self.due.value)
        for let_off in self._let_off(whole, reductions):
            before = add(before, let_off)
        return before, self._of(figure).number(self.due.value)

    def _of(self, figure: Number) -> Evaluation:
        given = {**self.verdicts.given, self.due.off: exactly(figure)}
        return Evaluation(self.verdicts.program, given)

    def _let_off(
        self, figure: Number, reductions: Iterable[Policy]
    ) -> Iterator[Interval]:
        """Yield what each policy would let off, were the figure this one."""
        verdicts = self._of(figure)
        for policy in reductions:
            truth = verdicts.truth(policy.when)
            if truth is FALSE:
                continue
            narrowings = narrowed_by(verdicts.program)[policy.id]
            amount = verdicts.narrowed(narrowings).amount(policy) or _NOTHING
            least = max(amount.low, 0) if truth is TRUE else 0
            yield Interval(least, max(amount.high, 0))
