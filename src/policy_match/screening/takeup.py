"""Take-up: who is entitled, who has claimed, and what is left unclaimed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from policy_match.screening.segments import SEGMENTS
from policy_match.screening.statuses import UNASKED
from policy_match.screening.tallies import SUMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from policy_match.ir.program import Program

Row = dict[str, object]
_ELIGIBLE = ("claimed", "unclaimed", "excluded", "claimed-instead", "needs-choice")
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
    """Counts and cents of some firms and policies."""

    firms: int = 0
    eligible: int = 0
    claimed: int = 0
    unclaimed: int = 0
    undetermined: int = 0
    over_claimed: int = 0
    due: int = 0
    due_high: int = 0
    paid: int = 0
    left: int = 0
    left_high: int = 0

    def add(self, row: Mapping[str, int], status: str) -> None:
        """Add one row of a tally."""
        firms, low, high = row["firms"], row["low"], row["high"]
        self.firms += firms
        self.paid += row["claimed"]
        self.eligible += firms * (status in _ELIGIBLE)
        self.undetermined += firms * (status in _UNDETERMINED)
        self.over_claimed += firms * (status == "over-claimed")
        self.claimed += firms * (status == "claimed")
        if status == "unclaimed":
            self.unclaimed += firms
            self.left += low
            self.left_high += high
        if status in {"claimed", "unclaimed"}:
            self.due += low
            self.due_high += high

    @property
    def rate(self) -> Decimal | None:
        """The share of firms surely entitled that have claimed."""
        whole = self.claimed + self.unclaimed
        return (Decimal(self.claimed) / whole).quantize(_PLACES) if whole else None


@dataclass(frozen=True)
class TakeUp:
    """The take-up of one screening, added up in every way that is shown."""

    program: Program
    tally: pl.DataFrame
    known: bool
    """Whether there was a claims file; without one nothing is known of claims."""

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
    def claimable(self) -> frozenset[str]:
        """The policies with something to claim, or for which claims were made."""
        return frozenset(
            policy.id
            for policy in self.program.policies
            if (policy.form not in UNASKED and not policy.indirect)
            or self.policies[policy.id].paid
            or self.policies[policy.id].claimed
        )

    @property
    def whole(self) -> Total:
        """The total over every policy with something to claim."""
        return _sum(self.policies[policy] for policy in self.claimable)

    def by_policy(self, title: Callable[[str], str]) -> list[Row]:
        """Return the rows of takeup.csv."""
        return [
            {"policy": id_, "title": title(id_), **self.cells(total)}
            for id_, total in self.policies.items()
        ]

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
        by = {segment: self._totals(segment) for segment in SEGMENTS}
        return {"department": self.by_department(), **by}

    def together(self, parts: Mapping[str, Total]) -> Total:
        """Return the total of the policies with something to claim."""
        return _sum(total for id_, total in parts.items() if id_ in self.claimable)

    def cells(self, total: Total) -> Row:
        """Return a total as the columns of a table."""
        return {
            "firms": total.firms,
            "eligible": total.eligible,
            "claimed": total.claimed if self.known else None,
            "unclaimed": total.unclaimed,
            "takeup_rate": total.rate if self.known else None,
            "amount_due": yuan(total.due),
            "amount_claimed": yuan(total.paid) if self.known else None,
            "amount_unclaimed": yuan(total.left),
            "undetermined": total.undetermined,
            "over_claimed": total.over_claimed if self.known else None,
            "amount_due_high": yuan(total.due_high),
            "amount_unclaimed_high": yuan(total.left_high),
        }


def _sum(totals: Iterable[Total]) -> Total:
    found = Total()
    for total in totals:
        for one in fields(Total):
            mine = getattr(found, one.name)
            setattr(found, one.name, mine + getattr(total, one.name))
    return found


def yuan(cents: int) -> Decimal:
    """Return cents as an amount of money.

    >>> yuan(-5)
    Decimal('-0.05')
    """
    return (Decimal(cents) / 100).quantize(_CENT)
