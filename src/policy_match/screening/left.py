"""What each firm of a part has left, form by form, added up over the policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.firms.registers import USCC
from policy_match.screening.statuses import CODE, STATUS, asked_for

if TYPE_CHECKING:
    from policy_match.screening.policy_rows import Seen

AMOUNT, POLICIES, KNOWN, UNCLAIMED = "cents", "policies", "known", "unclaimed"
"""Cents that are surely left; policies with something left, perhaps; of them those
whose amount is known; and those of which something surely is."""
_SUMS = {
    AMOUNT: pl.Int128(),
    POLICIES: pl.UInt32(),
    KNOWN: pl.UInt32(),
    UNCLAIMED: pl.UInt32(),
}
_OPEN = (CODE["unclaimed"], CODE["worth-unknown"])


class Left:
    """What the firms of one part have left, policy by policy."""

    def __init__(self) -> None:
        """Start with nothing left."""
        self._forms: dict[str, pl.DataFrame] = {}

    def add(self, seen: Seen) -> None:
        """Add what is left of one policy; nobody has services left."""
        policy = seen.sheet.policy
        if not asked_for(policy):
            return
        status, low = pl.col(STATUS), pl.lit(None, pl.Int64)
        if policy.tiers:
            low = pl.col(seen.sheet.name("low"))
        some = status.is_in(_OPEN)
        rows = seen.rows.select(
            pl.when(some).then(low).fill_null(0).alias(AMOUNT),
            some.alias(POLICIES),
            (some & low.is_not_null()).alias(KNOWN),
            (status == CODE["unclaimed"]).alias(UNCLAIMED),
        ).cast(_SUMS)  # type: ignore[arg-type]
        if not rows[POLICIES].max():
            return
        known = self._forms.get(policy.form)
        self._forms[policy.form] = rows if known is None else known + rows

    def frame(self, firms: pl.DataFrame) -> pl.DataFrame:
        """Return a row for each of the firms and form with something left."""
        nothing = firms.clear().with_columns(
            pl.lit(None, pl.String).alias("form"),
            *(pl.lit(None, kind).alias(name) for name, kind in _SUMS.items()),
        )
        found = [
            pl.concat([firms, rows], how="horizontal")
            .filter(pl.col(POLICIES) > 0, pl.col(USCC).is_not_null())
            .select(*firms.columns, pl.lit(form).alias("form"), *_SUMS)
            for form, rows in self._forms.items()
        ]
        return pl.concat([nothing, *found])
