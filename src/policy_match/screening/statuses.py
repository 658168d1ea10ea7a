"""What somebody should do about a firm and a policy, in one word."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.domain.facts import Settler

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.ir.program import Policy

STATUSES = (
    "claimed",
    "unclaimed",
    "worth-unknown",
    "nothing-to-claim",
    "excluded",
    "claimed-instead",
    "needs-choice",
    "needs-one-fact",
    "needs-data",
    "needs-judgement",
    "claimed-undetermined",
    "over-claimed",
    "not-entitled",
)
"""Every status, in the order of contract section 7; a column has their places."""
CODE = {status: code for code, status in enumerate(STATUSES)}
KIND = pl.Enum(STATUSES)
SILENT = frozenset(
    {"nothing-to-claim", "needs-data", "needs-judgement", "not-entitled"}
)
"""What is found by `--all` only."""
UNASKED = frozenset({"service"})
"""Forms of benefit that a firm asks for when it likes, and nobody misses."""
STATUS, CLAIMED = "·status", "·claimed"
"""The place of the status, and what has been claimed, in cents."""
_NO_VALUE = s.MAYBE_NOTHING | s.NOTHING


def asked_for(policy: Policy) -> bool:
    """Return whether a firm has to ask for a benefit, so that it may miss it."""
    return policy.form not in UNASKED and not policy.indirect


class Statuses(NamedTuple):
    """The status of a firm without a claim for the policy, and of one with a claim."""

    idle: str
    paid: str


def statuses(
    sheet: Sheet, outcome: int, opened: AbstractSet[str], *, selected: bool | None
) -> Statuses:
    """Return the statuses of an answer with these facts open (contract, section 7)."""
    if outcome == s.INELIGIBLE:
        return Statuses("not-entitled", "over-claimed")
    if outcome == s.UNDETERMINED:
        return Statuses(_needs(sheet, opened), "claimed-undetermined")
    if selected is None:
        # A claim for an eligible firm is the firm's own choice where figures leave
        # it open.
        return Statuses("needs-choice", "claimed")
    if selected:
        return Statuses("unclaimed", "claimed")
    return Statuses("excluded", "claimed-instead")


def _needs(sheet: Sheet, opened: AbstractSet[str]) -> str:
    specs = sheet.program.facts
    judged = {fact for fact in opened if specs[fact].settled_by is Settler.OFFICER}
    if len(opened) == 1 and not judged:
        return "needs-one-fact"
    return "needs-judgement" if opened and judged == opened else "needs-data"


def weighed(sheet: Sheet, status: pl.Expr) -> pl.Expr:
    """Return a status, of what is unclaimed, by what it is worth.

    Of an answer's rows, status given as a code. What is surely worth nothing is
    nothing to claim; what may still be worth nothing is not yet missed. Where a
    body sets the amount, or the benefit is no money, there is something to claim.
    """
    if not sheet.policy.tiers:
        return status
    low, high, state = (pl.col(sheet.name(x)) for x in ("low", "high", "state"))
    set_by_a_body = (state & s.UNSET) != 0
    nothing = ((state & s.NOTHING) != 0) | (high == 0).fill_null(value=False)
    unsure = ((state & _NO_VALUE) != 0) | (low <= 0).fill_null(value=True)
    unclaimed = (status == CODE["unclaimed"]) & ~set_by_a_body
    return (
        pl.when(unclaimed & nothing)
        .then(pl.lit(CODE["nothing-to-claim"], pl.UInt8))
        .when(unclaimed & unsure)
        .then(pl.lit(CODE["worth-unknown"], pl.UInt8))
        .otherwise(status)
    )


def written(sheet: Sheet, *, everything: bool) -> pl.Expr:
    """Return where a row of findings is worth writing."""
    if everything:
        return pl.lit(True)  # noqa: FBT003
    if not asked_for(sheet.policy):
        return pl.col(CLAIMED).is_not_null()
    quiet = {CODE[name] for name in SILENT}
    return ~pl.col(STATUS).is_in(sorted(quiet))
