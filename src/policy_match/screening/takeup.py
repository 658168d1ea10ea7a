"""Take-up: who is entitled, who has claimed, and what is left unclaimed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.ir.terms import Unset
from policy_match.ir.traversal import walk
from policy_match.screening.segments import own_column, shared
from policy_match.screening.statuses import asked_for
from policy_match.screening.tallies import SUMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.domain.texts import Text
    from policy_match.ir.program import Policy, Program
    from policy_match.reports.words.vocabulary import Vocabulary

Row = dict[str, object]
FORMS = (
    "tax-reduction",
    "fee-reduction",
    "grant",
    "deduction",
    "deferral",
    "preference",
)
"""The forms of benefit that are told in money, what comes in hand first."""
_ELIGIBLE = (
    "claimed",
    "unclaimed",
    "worth-unknown",
    "nothing-to-claim",
    "excluded",
    "claimed-instead",
    "needs-choice",
)
_UNDETERMINED = (
    "needs-one-fact",
    "needs-data",
    "needs-judgement",
    "claimed-undetermined",
)
_CENT = Decimal("0.01")
_PLACES = Decimal("0.0001")


@dataclass
class Total:
    """Counts and cents of some firms and policies, of benefits of one form.

    Of firms that have claimed and firms that have not, the two that a rate is
    made of: what is due (`due` at the least, `due_high` at the most), what of it
    has been claimed, what is left; and in how many cases a body sets the amount,
    or no bound of it is known.
    """

    firms: int = 0
    eligible: int = 0
    claimed: int = 0
    unclaimed: int = 0
    worth_unknown: int = 0
    nothing_to_claim: int = 0
    undetermined: int = 0
    claimed_undetermined: int = 0
    over_claimed: int = 0
    due: int = 0
    due_high: int = 0
    paid: int = 0
    claimed_of_due: int = 0
    left: int = 0
    left_high: int = 0
    unset: int = 0
    unset_left: int = 0
    unbounded_left: int = 0

    def add(self, row: Mapping[str, int], status: str) -> None:
        """Add one row of a tally."""
        firms = row["firms"]
        self.firms += firms
        self.paid += row["claimed"]
        self.eligible += firms * (status in _ELIGIBLE)
        self.undetermined += firms * (status in _UNDETERMINED)
        counted = status.replace("-", "_")
        if counted in _COUNTED:
            setattr(self, counted, getattr(self, counted) + firms)
        if status == "unclaimed":
            self.left += row["low"]
            self.left_high += row["high"]
            self.unset_left += row["unset"]
            self.unbounded_left += row["unbounded"]
        if status == "claimed":
            self.claimed_of_due += row["of_due"]
        if status in {"claimed", "unclaimed"}:
            self.due += row["low"]
            self.due_high += row["high"]
            self.unset += row["unset"]

    @property
    def claimed_short(self) -> int:
        """What firms that have claimed have left of what is due to them."""
        return self.due - self.claimed_of_due - self.left

    @property
    def rate(self) -> Decimal | None:
        """The share of firms surely entitled that have claimed."""
        return share(self.claimed, self.claimed + self.unclaimed)

    @property
    def rate_low(self) -> Decimal | None:
        """The rate if every firm not settled is entitled and has not claimed."""
        unsettled = self.undetermined - self.claimed_undetermined
        missed = self.unclaimed + self.worth_unknown + unsettled
        return share(self.claimed, self.claimed + missed)

    @property
    def rate_high(self) -> Decimal | None:
        """The rate if of the firms not settled just those that claimed may."""
        had = self.claimed + self.claimed_undetermined
        return share(had, had + self.unclaimed)


_COUNTED = frozenset(
    {
        "claimed",
        "unclaimed",
        "worth_unknown",
        "nothing_to_claim",
        "claimed_undetermined",
        "over_claimed",
    }
)
"""The statuses that are counted, each under its own name."""


def share(part: int, whole: int) -> Decimal | None:
    """Return a share as it is written; None of nothing."""
    return (Decimal(part) / whole).quantize(_PLACES) if whole else None


@dataclass(frozen=True)
class TakeUp:
    """The take-up of one screening, added up in every way that is shown."""

    program: Program
    tally: pl.DataFrame
    known: bool
    """Whether there was a claims file; without one nothing is known of claims."""
    own: tuple[str, ...] = ()
    """Segments of one's own, beside SEGMENTS."""

    @cached_property
    def policies(self) -> Mapping[str, Total]:
        """The total of each policy."""
        found = {policy.id: Total() for policy in self.program.policies}
        return found | self._totals().get("", {})

    @cached_property
    def statuses(self) -> Mapping[str, int]:
        """How many findings have each status."""
        counted = self.tally.group_by("status").agg(pl.col("firms").sum())
        return dict(counted.rows())

    @cached_property
    def of_claimable(self) -> Mapping[str, int]:
        """How many findings of each status are of policies with something to claim."""
        some = self.tally.filter(pl.col("policy").is_in(sorted(self.claimable)))
        return dict(some.group_by("status").agg(pl.col("firms").sum()).rows())

    @cached_property
    def over_claimed(self) -> Mapping[str, int]:
        """What was claimed without being entitled, in cents, by form."""
        some = self.tally.filter(pl.col("status").cast(pl.String) == "over-claimed")
        found = dict.fromkeys(FORMS, 0)
        for policy, cents in some.select("policy", "claimed").iter_rows():
            form = self.program.by_id[policy].form
            found[form] = found.get(form, 0) + cents
        return {form: cents for form, cents in found.items() if cents}

    @cached_property
    def claimable(self) -> frozenset[str]:
        """The policies with something to claim, or for which claims were made."""
        return frozenset(
            policy.id
            for policy in self.program.policies
            if asked_for(policy)
            or self.policies[policy.id].paid
            or self.policies[policy.id].claimed
        )

    @property
    def whole(self) -> Whole:
        """The total over every policy with something to claim."""
        return self.together(self.policies)

    def by_policy(self, words: Vocabulary) -> list[Row]:
        """Return the rows of takeup.csv."""
        return [
            {"policy": id_, "title": words.policy(id_), **self.of(id_, total, words)}
            for id_, total in self.policies.items()
        ]

    def of(self, policy: str, total: Total, words: Vocabulary) -> Row:
        """Return one policy's total as the columns of a table."""
        found = self.program.by_id[policy]
        bodies = dict.fromkeys(map(words.text, _bodies(found)))
        set_by = "; ".join(bodies) if total.unset else ""
        return {"form": found.form, **self.cells(total), "set_by": set_by or None}

    def by_department(self) -> dict[str, dict[str, Total]]:
        """Return totals by granting department and policy."""
        found: dict[str, dict[str, Total]] = {}
        for policy in self.program.policies:
            part = found.setdefault(policy.about.granting, {})
            part[policy.id] = self.policies[policy.id]
        return found

    def _totals(self, segment: str = "") -> dict[str, dict[str, Total]]:
        """Return totals by one of SEGMENTS, or of every firm, and policy."""
        by = pl.col(segment) if segment else pl.lit("")
        rows = (
            self.tally.group_by(by.alias("value"), "policy", "status")
            .agg(pl.col(SUMS).sum())
            .sort("value", "policy", "status")
        )
        found: dict[str, dict[str, Total]] = {}
        for row in rows.iter_rows(named=True):
            part = found.setdefault(row["value"], {})
            part.setdefault(row["policy"], Total()).add(row, row["status"])
        return found

    @cached_property
    def breakdowns(self) -> Mapping[str, Mapping[str, Mapping[str, Total]]]:
        """Every breakdown of takeup_by.csv."""
        by = {segment: self._totals(segment) for segment in shared(self.program)}
        by |= {name: self._totals(own_column(name)) for name in self.own}
        return {"department": self.by_department(), **by}

    def together(self, parts: Mapping[str, Total]) -> Whole:
        """Return the totals of the policies with something to claim.

        Firms are counted where they have nothing to claim, too.
        """
        forms: dict[str, list[Total]] = {}
        for id_, total in parts.items():
            if id_ in self.claimable:
                forms.setdefault(self.program.by_id[id_].form, []).append(total)
        every = [total for totals in forms.values() for total in totals]
        whole = _sum(every)
        whole.firms = max((total.firms for total in parts.values()), default=0)
        return Whole(whole, {form: _sum(some) for form, some in forms.items()})

    def counts(self, total: Total) -> Row:
        """Return what a total counts as columns of a table."""
        return {
            "firms": total.firms,
            "eligible": total.eligible,
            "claimed": total.claimed if self.known else None,
            "unclaimed": total.unclaimed,
            "takeup_rate": total.rate if self.known else None,
            "undetermined": total.undetermined,
            "over_claimed": total.over_claimed if self.known else None,
            "worth_unknown": total.worth_unknown,
            "nothing_to_claim": total.nothing_to_claim,
            "rate_low": total.rate_low if self.known else None,
            "rate_high": total.rate_high if self.known else None,
        }

    def money(self, total: Total) -> Row:
        """Return the sums of a total as columns of a table.

        A sum is blank where bodies set all amounts in it.
        """
        due = total.due if total.due or not total.unset else None
        left = total.left if total.left or not total.unset_left else None
        return {
            "amount_due": _yuan(due),
            "amount_claimed": yuan(total.paid) if self.known else None,
            "amount_unclaimed": _yuan(left),
            "amount_due_high": _yuan(None if due is None else total.due_high),
            "amount_unclaimed_high": _yuan(None if left is None else total.left_high),
            "claimed_of_due": yuan(total.claimed_of_due) if self.known else None,
            "claimed_short": yuan(total.claimed_short) if self.known else None,
        }

    def cells(self, total: Total) -> Row:
        """Return a total of one form as the columns of a table."""
        return {**self.counts(total), **self.money(total)}


def _bodies(policy: Policy) -> Iterable[Text]:
    """Return who fixes amounts of a policy that no document fixes."""
    if policy.set_by:
        return (policy.set_by,)
    every = (node for tier in policy.tiers for node in walk(tier.amount))
    return [n.set_by for n in every if isinstance(n, Unset) and n.set_by]


class Whole(NamedTuple):
    """Totals over several policies: counts of all, money only form by form."""

    counts: Total
    forms: Mapping[str, Total]


def _sum(totals: Iterable[Total]) -> Total:
    """Return the sum; every policy is told of the same firms, which count once."""
    found = Total()
    for total in totals:
        for name in _SUMMED:
            setattr(found, name, getattr(found, name) + getattr(total, name))
        found.firms = max(found.firms, total.firms)
    return found


_SUMMED = tuple(one.name for one in fields(Total) if one.name != "firms")


def _yuan(cents: int | None) -> Decimal | None:
    return None if cents is None else yuan(cents)


def yuan(cents: int) -> Decimal:
    """Return cents as an amount of money.

    >>> yuan(-5)
    Decimal('-0.05')
    """
    return (Decimal(cents) / 100).quantize(_CENT)
