"""What a firm may take, once it has made the choices that are its own.

Over policies that exclude each other and limits that several share, each worth
what the rulebook says a unit of its form is worth.
"""

from __future__ import annotations

from functools import cached_property
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.possible import Interval, add, exactly, one
from policy_match.domain.truth import FALSE
from policy_match.ir.analysis import narrowed_by
from policy_match.semantics.one_firm import Evaluation
from policy_match.semantics.outcome import Cut, Dropped, Outcome
from policy_match.semantics.selection import Contest, amount_of, ends
from policy_match.semantics.worth import Worths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_match.domain.possible import Number
    from policy_match.semantics.outcome import Finding
    from policy_match.semantics.selection import Bundle

_NOTHING = exactly(0)
Sums = dict[str, Interval]
"""Amounts by form."""


def contests(worths: Worths, findings: Sequence[Finding]) -> list[Contest]:
    """Return the contests of all components."""
    components = worths.verdicts.program.components
    return [Contest(c, findings, worths) for c in components]


class Taken(NamedTuple):
    """What a firm would take, of what it is surely eligible for."""

    options: Mapping[str, str | bool]
    policies: tuple[str, ...]
    value: Interval
    cuts: tuple[Cut, ...]


class Way:
    """One way to make the firm's choices, and what is then to be had."""

    def __init__(
        self,
        verdicts: Evaluation,
        options: Mapping[str, str | bool],
        findings: Sequence[Finding],
    ) -> None:
        """Work out what the findings are once the choices are made."""
        self.options = options
        if options:
            chosen = {fact: one(option) for fact, option in options.items()}
            given = {**verdicts.given, **chosen}
            verdicts = Evaluation(verdicts.program, given)
        self.worths = Worths(verdicts)
        self.findings = [self._after(f) for f in findings] if options else [*findings]
        self.contests = contests(self.worths, self.findings)

    def _after(self, finding: Finding) -> Finding:
        """Return a finding once the choices are made."""
        verdicts, policy = self.worths.verdicts, finding.policy
        truth = verdicts.truth(policy.when)
        benefit = finding.benefit
        if truth is not FALSE and benefit is not None and policy.tiers:
            narrowings = narrowed_by(verdicts.program)[policy.id]
            amount = verdicts.narrowed(narrowings).amount(policy)
            benefit = benefit._replace(amount=amount)
        return finding._replace(outcome=Outcome.of(truth), benefit=benefit)

    @cached_property
    def certain(self) -> bool:
        """Whether no answer still open can change who is selected."""
        choices = (c for contest in self.contests for c in contest.choices().values())
        return all(choice.selected is not None for choice in choices)

    def taken(self) -> Iterator[Taken]:
        """Yield the best of what may be taken first, then what is one step from it."""
        ranked = [self._ranked(contest) for contest in self.contests]
        best = [bundles[0] for bundles in ranked]
        yield self._of(best)
        for place, bundles in enumerate(ranked):
            for bundle in bundles[1:2]:
                yield self._of([*best[:place], bundle, *best[place + 1 :]])

    def _ranked(self, contest: Contest) -> list[Bundle]:
        """Return the bundles of what the firm surely has, the best ones first.

        One group whose worth cannot be compared leaves the choice to the firm:
        then nothing of it is taken.
        """
        pool = contest.contested & contest.sure
        if pool and not contest.comparable(pool):
            return [contest.sure & ~contest.contested]
        rest = contest.sure & ~contest.contested
        bundles = [
            bundle | rest
            for bundle in contest.bundles_of(pool)
            if contest.is_full(bundle, pool)
        ]
        values = [self._value(contest, bundle) for bundle in bundles]
        order = sorted(range(len(bundles)), key=lambda i: (-ends(values[i])[0], i))
        return [bundles[i] for i in order]

    def _value(self, contest: Contest, bundle: Bundle) -> Interval:
        return self._priced(self._sums(contest, bundle))

    def _sums(self, contest: Contest, bundle: Bundle) -> Sums:
        """Return the amounts of a bundle, those of one form added up."""
        kept = self._kept(contest, bundle)
        found: Sums = {}
        for finding in contest.members(bundle):
            name, form = finding.policy.id, finding.policy.form
            _add(found, form, kept.get(name, amount_of(finding)))
        return found

    def _priced(self, sums: Sums) -> Interval:
        """Return what amounts are worth, nothing where there is no saying.

        Those of one form together: what two deductions save is what would be due
        without both, less what is due.
        """
        found = _NOTHING
        for form, amount in sums.items():
            worth = self.worths.of(form, amount)
            if worth is None:
                worth = _NOTHING if self.worths.verdicts.program.worth else amount
            found = add(found, _at_least_nothing(worth))
        return found

    def _kept(self, contest: Contest, bundle: Bundle) -> dict[str, Interval]:
        """Return what caps leave of the amounts of a bundle, in their order."""
        kept: dict[str, Interval] = {}
        for cap in contest.component.caps:
            left = self.worths.verdicts.number(cap.limit)
            for name in cap.policies:
                if not bundle & contest.bits.get(name, 0):
                    continue
                (finding,) = contest.members(contest.bits[name])
                amount = amount_of(finding)
                if amount is None or not amount.some:
                    continue
                low, high = min(amount.low, left.low), min(amount.high, left.high)
                kept[name] = Interval(max(low, 0), max(high, 0))
                left = Interval(
                    max(left.low - amount.high, 0) if amount.high < inf else 0,
                    max(left.high - amount.low, 0) if left.high < inf else inf,
                )
        return kept

    def _of(self, bundles: Sequence[Bundle]) -> Taken:
        taken: set[str] = set()
        kept: dict[str, Interval] = {}
        sums: Sums = {}
        for contest, bundle in zip(self.contests, bundles, strict=True):
            taken |= {f.policy.id for f in contest.members(bundle)}
            kept |= self._kept(contest, bundle)
            for form, amount in self._sums(contest, bundle).items():
                _add(sums, form, amount)
        related = {p for c in self.contests for p in c.component.policies}
        for finding in self.findings:
            name, own = finding.policy.id, Sums()
            if name not in related and finding.outcome is Outcome.ELIGIBLE:
                _add(own, finding.policy.form, amount_of(finding))
                if self._priced(own) != _NOTHING:
                    taken.add(name)
                    _add(sums, finding.policy.form, amount_of(finding))
        names = tuple(f.policy.id for f in self.findings if f.policy.id in taken)
        cuts = tuple(Cut(name, kept[name]) for name in names if self._cut(name, kept))
        return Taken(self.options, names, self._priced(sums), cuts)

    def _cut(self, name: str, kept: Mapping[str, Interval]) -> bool:
        (finding,) = [f for f in self.findings if f.policy.id == name]
        amount = amount_of(finding)
        whole = None if amount is None else Interval(amount.low, amount.high)
        return name in kept and kept[name] != whole

    def dropped(self, policies: Sequence[str]) -> Iterator[Dropped]:
        """Yield what the firm is eligible for and does not take, and why not."""
        for contest in self.contests:
            taken = sum(contest.bits.get(name, 0) for name in policies)
            for place, finding in enumerate(contest.live):
                rivals = contest.rivals[place] & taken
                if not contest.sure >> place & 1 or not rivals:
                    continue
                instead = tuple(f.policy.id for f in contest.members(rivals))
                with_it = max(
                    (
                        self._value(contest, bundle | contest.sure & ~contest.contested)
                        for bundle in contest.bundles_of(
                            contest.contested & contest.sure
                        )
                        if bundle >> place & 1
                    ),
                    key=lambda value: ends(value)[0],
                )
                behind = less(self._value(contest, taken), with_it)
                yield Dropped(finding.policy.id, instead, behind)


def _add(sums: Sums, form: str, amount: Interval | None) -> None:
    if amount is not None and amount.some:
        sums[form] = add(sums.get(form, _NOTHING), _at_least_nothing(amount))


def _at_least_nothing(value: Interval) -> Interval:
    """Return a value as it counts: no value, and less than nothing, are nothing."""
    if not value.some:
        return _NOTHING
    return Interval(0 if value.absent else max(value.low, 0), max(value.high, 0))


def less(more: Interval, less: Interval) -> Interval:
    """Return by how much one worth is less than another, never below nothing."""
    low: Number = more.low - less.high if less.high < inf else -inf
    high: Number = more.high - less.low if more.high < inf else inf
    return Interval(max(low, 0), max(high, 0))
