"""The money that is at stake: what a firm may get beyond what is certain."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.incentives import IN_MONEY
from policy_match.domain.possible import Interval
from policy_match.semantics.outcome import Outcome
from policy_match.semantics.selection import amount_of
from policy_match.semantics.worth import Worths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_match.domain.incentives import Form
    from policy_match.domain.possible import Number
    from policy_match.semantics.one_firm import Evaluation
    from policy_match.semantics.outcome import Finding

_SAVED: Form = "tax-reduction"
"""What is taken off a taxable figure saves tax."""


class Stake(NamedTuple):
    """What one policy may bring beyond what is certain, in one form of money.

    `gain` is from the least that it brings if it brings anything to the most.
    Of policies of one `group` a firm gets one. What no document fixes is not
    `priced`: its gain has no upper end.
    """

    form: Form
    gain: Interval
    group: str
    priced: bool
    width: Number
    """How far the amount itself is open, whatever the outcome."""

    def narrowed(self) -> Stake:
        """Return what is at stake where an answer bears on the amount alone."""
        return self._replace(gain=Interval(0, min(self.width, self.gain.high)))


def stakes(verdicts: Evaluation, findings: Sequence[Finding]) -> dict[str, Stake]:
    """Return what is at stake, by policy; a policy that can add nothing has none.

    Of a policy that excludes others only what it brings beyond the best of them
    that is certain: a choice that cannot beat what is chosen is no money.
    """
    groups = {
        name: group.policies[0]
        for group in reversed(verdicts.program.groups)
        for name in group.policies
    }
    worths = Worths(verdicts)
    money = {f.policy.id: _Money.of(f, worths) for f in findings}
    certain: dict[str, _Money] = {}
    for finding in findings:
        own = money[finding.policy.id]
        group = groups.get(finding.policy.id)
        if own and group and finding.outcome is Outcome.ELIGIBLE:
            best = certain.get(group)
            if best is None or own.worth.low > best.worth.low:
                certain[group] = own
    rates = verdicts.program.worth.keys()
    found: dict[str, Stake] = {}
    for finding in findings:
        name = finding.policy.id
        own = money[name]
        beaten = name in groups and finding.selected is False
        if own is None or beaten:
            continue
        group = groups.get(name, name)
        best = certain.get(group)
        if best and best.form != own.form and not {best.form, own.form} <= rates:
            best = None
        chosen = best.worth if best else None
        gain = own.beyond(chosen, finding.outcome is Outcome.ELIGIBLE)
        if gain.high > 0:
            width = own.worth.high - own.worth.low
            found[name] = Stake(own.form, gain, group, own.priced, width)
    return found


class _Money(NamedTuple):
    """The amount of a policy that is not ruled out, and the form it is told in."""

    form: Form
    worth: Interval
    priced: bool = True

    @classmethod
    def of(cls, finding: Finding, worths: Worths) -> _Money | None:
        form, amount = finding.policy.form, amount_of(finding)
        if form not in IN_MONEY or finding.outcome is Outcome.INELIGIBLE:
            return None
        if amount is None:
            return cls(form, Interval(0, inf), priced=False)
        if not amount.some:
            return None
        low = 0 if amount.absent else max(amount.low, 0)
        worth = Interval(low, max(amount.high, 0))
        saved = worths.saves(finding)
        if saved is None or not saved.some:
            return cls(form, worth)
        return cls(_SAVED, Interval(max(saved.low, 0), max(saved.high, 0)))

    def beyond(self, chosen: Interval | None, eligible: bool) -> Interval:
        """Return what is to be gained beyond what is certain, or chosen."""
        low, high = self.worth.low, self.worth.high
        if eligible:
            return Interval(0, high - max(low, chosen.low if chosen else 0))
        if chosen is not None:
            least = 0 if chosen.high == inf else max(low - chosen.high, 0)
            return Interval(least, max(high - chosen.low, 0))
        return Interval(low, high)


def together(some: Iterable[Stake]) -> Mapping[Form, Interval]:
    """Return several stakes by form: the least of any, the most of all."""
    most: dict[Form, dict[str, Interval]] = {}
    for form, gain, group, *_ in some:
        of = most.setdefault(form, {})
        known = of.get(group, gain)
        of[group] = Interval(min(known.low, gain.low), max(known.high, gain.high))
    return {
        form: Interval(
            min(gain.low for gain in of.values()),
            sum(gain.high for gain in of.values()),
        )
        for form, of in most.items()
    }
