"""Take-up: who is entitled, who has claimed, and what is left unclaimed."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from policy_match.screening.segments import SEGMENTS
from policy_match.screening.statuses import UNASKED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import polars as pl

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
    segments: pl.DataFrame
    known: bool
    """Whether there was a claims file; without one nothing is known of claims."""
    policies: Mapping[str, Total] = field(init=False)
    statuses: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Add up by policy and by status."""
        policies = {policy.id: Total() for policy in self.program.policies}
        statuses: dict[str, int] = {}
        for row in self.tally.iter_rows(named=True):
            policies[row["policy"]].add(row, row["status"])
            statuses[row["status"]] = statuses.get(row["status"], 0) + row["firms"]
        object.__setattr__(self, "policies", policies)
        object.__setattr__(self, "statuses", statuses)

    @property
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

    def by_segment(self, segment: str) -> dict[str, dict[str, Total]]:
        """Return totals by one of SEGMENTS and policy."""
        found: dict[str, dict[str, Total]] = {}
        for row in self.tally.iter_rows(named=True):
            part = found.setdefault(row[segment], {})
            part.setdefault(row["policy"], Total()).add(row, row["status"])
        return dict(sorted(found.items()))

    def breakdowns(self) -> dict[str, dict[str, dict[str, Total]]]:
        """Return every breakdown of takeup_by.csv."""
        by = {segment: self.by_segment(segment) for segment in SEGMENTS}
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
