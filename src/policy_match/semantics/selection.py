"""The choice among policies that exclude each other.

A *bundle* is what a firm may take of the policies it is, or may be, eligible
for: no two of one group. One bundle beats another if all it has beyond it is
surely the firm's, and worth at least what the other has beyond it can be worth;
at a tie, if it has the first, in the order declared, of those in which they
differ. To add a policy never makes a bundle worse, so a bundle that leaves out
what nothing in it excludes is not what a firm ends with.

A policy is *selected* if it is eligible and every bundle without it that a firm
may end with is beaten by one that has it; it is not if every bundle with it is
beaten by one that has a rival of it; else that is open, as it is where the worth
of a rival cannot be compared. For one group, in which every bundle is one policy,
this is contract section 1: selected if eligible and its low amount is at least
every rival's high, not if a surely eligible rival beats it. Among policies tied
by several groups or a limit, an amount below nothing, and no value at all, count
as nothing.
"""

from __future__ import annotations

from functools import cached_property
from math import inf, isnan
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.possible import exactly
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy_match.domain.possible import Interval, Number
    from policy_match.ir.program import Cap, Component
    from policy_match.semantics.outcome import Finding
    from policy_match.semantics.worth import Worths

Bundle = int
"""A set of a contest's policies, a bit each in the order that settles ties."""


class Choice(NamedTuple):
    """Whether a policy is selected, and the rival that beats it where it is not."""

    selected: bool | None
    excluded_by: str | None


def ends(amount: Interval | None) -> tuple[Number, Number]:
    """Return the least and the most something is worth, unrounded.

    No value at all is worth less than any.
    """
    if amount is None:
        return -inf, inf
    low = -inf if amount.absent or not amount.some else amount.low
    return low, amount.high if amount.some else -inf


def amount_of(finding: Finding) -> Interval | None:
    """Return the amount of a benefit; None where it has none that is fixed."""
    return finding.benefit.amount if finding.benefit else None


class Contest:
    """The policies of one component that a firm may be eligible for.

    `worths` says what amounts of a form are worth beside those of others.
    """

    def __init__(
        self,
        component: Component,
        findings: Iterable[Finding],
        worths: Worths,
    ) -> None:
        """Keep the policies that are not ineligible, in the order of ties."""
        known = {f.policy.id: f for f in findings}
        self.live = tuple(
            known[name]
            for name in component.policies
            if name in known and known[name].outcome is not Outcome.INELIGIBLE
        )
        self.component, self._worths = component, worths
        place = {f.policy.id: i for i, f in enumerate(self.live)}
        self.bits = {name: 1 << i for name, i in place.items()}
        self.rivals = [0] * len(self.live)
        for group in component.groups:
            members = [place[name] for name in group.policies if name in place]
            everyone = sum(1 << i for i in members)
            for i in members:
                self.rivals[i] |= everyone & ~(1 << i)
        self.sure = sum(
            1 << i for i, f in enumerate(self.live) if f.outcome is Outcome.ELIGIBLE
        )
        self.contested = sum(1 << i for i, r in enumerate(self.rivals) if r)
        self._beats: dict[tuple[Bundle, Bundle, Bundle], bool] = {}
        self._plain = len(component.groups) == 1 and not component.caps

    @property
    def disputed(self) -> bool:
        """Whether two policies that are surely the firm's exclude each other."""
        return any(
            self.sure >> place & 1 and rivals & self.sure
            for place, rivals in enumerate(self.rivals)
        )

    # ---- bundles

    @cached_property
    def bundles(self) -> tuple[Bundle, ...]:
        """Every bundle of the contested policies, those with the first ones first."""
        return tuple(self.bundles_of(self.contested))

    @cached_property
    def final(self) -> tuple[Bundle, ...]:
        """The bundles that a firm may end with: nothing sure can be added."""
        return tuple(b for b in self.bundles if self.is_full(b, self.contested))

    def is_full(self, bundle: Bundle, pool: Bundle) -> bool:
        """Return whether nothing of `pool` that is sure can be added to a bundle."""
        left = pool & self.sure & ~bundle
        return all(
            bundle & rivals
            for place, rivals in enumerate(self.rivals)
            if left >> place & 1
        )

    def bundles_of(self, pool: Bundle) -> Iterator[Bundle]:
        """Yield the bundles of some policies, those with the first ones first."""
        places = [i for i in range(len(self.live)) if pool >> i & 1]

        def grown(at: int, taken: Bundle) -> Iterator[Bundle]:
            if at == len(places):
                yield taken
                return
            place = places[at]
            if not taken & self.rivals[place]:
                yield from grown(at + 1, taken | 1 << place)
            yield from grown(at + 1, taken)

        yield from grown(0, 0)

    # ---- duels

    def comparable(self, some: Bundle) -> bool:
        """Return whether the worth of these policies can be compared."""
        found = self.members(some)
        if any(amount_of(f) is None for f in found):
            return False
        forms = {f.policy.form for f in found}
        return len(forms) == 1 or all(map(self._worths.knows, forms))

    def beats(self, a: Bundle, b: Bundle) -> bool:
        """Return whether bundle `a` surely is the better one."""
        gain, loss, beside = a & ~b, b & ~a, a & b if self.component.caps else 0
        if not gain or gain & ~self.sure:
            return False
        known = self._beats.get((gain, loss, beside))
        if known is None:
            known = self._better(gain, loss, beside)
            self._beats[gain, loss, beside] = known
        return known

    def _better(self, gain: Bundle, loss: Bundle, beside: Bundle) -> bool:
        if not self.comparable(gain | loss):
            return False
        ahead, behind = self.difference(gain, loss, beside | ~self.contested)
        first = (gain | loss) & -(gain | loss)
        return ahead > behind or (ahead == behind and bool(gain & first))

    def difference(
        self, gain: Bundle, loss: Bundle, common: Bundle
    ) -> tuple[Number, Number]:
        """Return the least that `gain` adds and the most that `loss` would have.

        Policies under a cap add what is left of it beside those in `common`.
        """
        mixed = len({f.policy.form for f in self.members(gain | loss)}) > 1
        ahead: Number = 0
        behind: Number = 0
        free = gain | loss
        for cap in self.component.caps:
            inside = sum(self.bits.get(name, 0) for name in cap.policies)
            under = self.members(free & inside)
            if under:
                sets = (gain & inside, loss & inside, common & inside)
                less = self._under(cap, sets)
                ahead += self._scaled(less, under[0], mixed=mixed)
            free &= ~inside
        for finding in self.members(free & gain):
            ahead += self._worth(amount_of(finding), finding, mixed=mixed)[0]
        for finding in self.members(free & loss):
            behind += self._worth(amount_of(finding), finding, mixed=mixed)[1]
        return ahead, behind

    def members(self, some: Bundle) -> list[Finding]:
        """Return the findings of a set of policies."""
        return [f for i, f in enumerate(self.live) if some >> i & 1]

    def _worth(
        self, amount: Interval | None, finding: Finding, *, mixed: bool
    ) -> tuple[Number, Number]:
        """Return what an amount of a policy's form is worth, beside other forms."""
        if mixed and amount is not None:
            amount = self._worths.of(finding.policy.form, amount)
        low, high = ends(amount)
        return (low, high) if self._plain else (max(low, 0), max(high, 0))

    def _scaled(self, number: Number, finding: Finding, *, mixed: bool) -> Number:
        """Return the least that a difference of a policy's form is worth."""
        if not mixed or not number:
            return number
        size = exactly(number if number > 0 else 0 - number)
        worth = self._worths.of(finding.policy.form, size)
        if worth is None or not worth.some:
            return min(number, 0)
        low, high = ends(worth)
        return max(low, 0) if number > 0 else -max(high, 0)

    def _under(self, cap: Cap, sets: tuple[Bundle, Bundle, Bundle]) -> Number:
        """Return the least by which one set under a cap is worth more than another.

        With x in common, a on one side, b on the other and a limit c, that is
        min(c, x + a) - min(c, x + b), which is monotone in x and in c: its least
        lies at a corner.
        """
        gain, loss, common = sets
        a = sum(_counted(f)[0] for f in self.members(gain))
        b = sum(_counted(f)[1] for f in self.members(loss))
        beside = [_counted(f, self._is_sure(f)) for f in self.members(common)]
        limit = self._worths.verdicts.number(cap.limit)
        bounds = (max(limit.low, 0), max(limit.high, 0)) if limit.some else (0, 0)
        found = [
            min(c, x + a) - min(c, x + b)
            for x in (sum(low for low, _ in beside), sum(high for _, high in beside))
            for c in bounds
        ]
        return -inf if any(map(isnan, found)) else min(found)

    def _is_sure(self, finding: Finding) -> bool:
        return bool(self.bits[finding.policy.id] & self.sure)

    # ---- who is selected

    def choices(self) -> dict[str, Choice]:
        """Return the choice for each policy of a group that is not ineligible."""
        grouped = {name for group in self.component.groups for name in group.policies}
        return {
            f.policy.id: self._choice(1 << i, self.rivals[i])
            for i, f in enumerate(self.live)
            if f.policy.id in grouped
        }

    def _choice(self, mine: Bundle, rivals: Bundle) -> Choice:
        eligible = bool(mine & self.sure)
        if not rivals:
            return Choice(True if eligible else None, None)
        if not all(
            self.comparable(mine | 1 << i)
            for i in range(len(self.live))
            if rivals >> i & 1
        ):
            return Choice(None, None)
        mine_too = [b for b in self.bundles if b & mine]
        without = [b for b in self.final if not b & mine]
        if eligible and all(self._beaten(b, mine_too) for b in without):
            return Choice(selected=True, excluded_by=None)
        rivalling = [b for b in self.bundles if b & rivals]
        winners = [self._beaten(b, rivalling) for b in self.final if b & mine]
        if winners and all(winners):
            by = rivals & _union(winners)
            return Choice(selected=False, excluded_by=self._first(by))
        return Choice(None, None)

    def _beaten(self, bundle: Bundle, others: Sequence[Bundle]) -> Bundle:
        """Return the first of `others` that beats a bundle, or nothing."""
        return next((other for other in others if self.beats(other, bundle)), 0)

    def _first(self, some: Bundle) -> str | None:
        return next((f.policy.id for f in self.members(some)), None)


def _counted(finding: Finding, sure: bool = True) -> tuple[Number, Number]:  # noqa: FBT002
    """Return what a policy adds under a cap: never less than nothing."""
    low, high = ends(amount_of(finding))
    return (max(low, 0) if sure else 0), max(high, 0)


def _union(bundles: Iterable[Bundle]) -> Bundle:
    found = 0
    for bundle in bundles:
        found |= bundle
    return found
