"""What is due with all that a firm takes, and what would be due without.

Of a figure that a form of benefit is taken off (`off` and `due` under `worth`):
without, the figure is larger by all that is taken off it, and what is let off of it
is what the firm has all the same: of reductions that exclude each other the one
that it did not take.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.possible import Interval, add, exactly, plain
from policy_match.domain.truth import FALSE, TRUE
from policy_match.ir.analysis import facts_beneath, narrowed_by
from policy_match.ir.program import Due
from policy_match.semantics.elsewhere import Elsewhere
from policy_match.semantics.one_firm import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_match.domain.incentives import Form
    from policy_match.domain.possible import Number
    from policy_match.domain.texts import Text
    from policy_match.ir.program import Policy
    from policy_match.semantics.one_firm import Evaluation
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
        self._elsewhere = Elsewhere(verdicts, due.off)

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
        before = _hull(
            self._without(plain(low + more), reductions)
            for low, more in ((figure.low, off.low), (figure.high, off.high))
        )
        after = _hull(
            self._elsewhere.at(end).number(self.due.value)
            for end in (figure.low, figure.high)
        )
        if {before.high, after.high} & {inf}:
            return None
        return Relief(self.due.title, before, after)

    def _reduces(self, policy: Policy) -> bool:
        """Whether a policy lets off a part of what is due of the figure."""
        form: Form = policy.form
        reads = self.due.off in facts_beneath(self.verdicts.program, policy.tiers)
        return form == "tax-reduction" and reads

    def _without(self, whole: Number, reductions: Sequence[Policy]) -> Interval:
        """Return what is due of the whole by a firm that takes no reduction of some.

        What it then has in the place of one that it cannot have beside it is let off.
        """
        verdicts = self._elsewhere.at(whole)
        due = verdicts.number(self.due.value)
        for policy in reductions:
            truth = verdicts.truth(policy.when)
            if truth is FALSE:
                continue
            mine = _let_off(verdicts, policy)
            instead = self._instead(verdicts, policy, reductions)
            least = max(mine.low - instead.high, 0) if truth is TRUE else 0
            due = add(due, Interval(least, max(mine.high - instead.low, 0)))
        return due

    def _instead(
        self, verdicts: Evaluation, policy: Policy, taken: Sequence[Policy]
    ) -> Interval:
        """Return what is let off in the place of one: of each group the most."""
        found, seen = _NOTHING, {other.id for other in taken}
        for group in verdicts.program.groups:
            if policy.id not in group.policies:
                continue
            rivals = [
                rival
                for name in group.policies
                if name not in seen
                and (rival := verdicts.program.by_id.get(name)) is not None
                and self._reduces(rival)
            ]
            seen |= {rival.id for rival in rivals}
            each = [_let_off(verdicts, rival) for rival in rivals]
            low = max((one.low for one in each), default=0)
            high = max((one.high for one in each), default=0)
            found = add(found, Interval(low, high))
        return found


def _let_off(verdicts: Evaluation, policy: Policy) -> Interval:
    """Return what a policy lets off; nothing to whom it does not apply."""
    truth = verdicts.truth(policy.when)
    if truth is FALSE:
        return _NOTHING
    narrowings = narrowed_by(verdicts.program)[policy.id]
    amount = verdicts.narrowed(narrowings).amount(policy) or _NOTHING
    least = max(amount.low, 0) if truth is TRUE else 0
    return Interval(least, max(amount.high, 0))


def _hull(ends: Iterable[Interval]) -> Interval:
    found = [*ends]
    return Interval(min(one.low for one in found), max(one.high for one in found))
