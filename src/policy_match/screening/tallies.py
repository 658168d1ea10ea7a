"""Counts and sums of one part, small enough to add up over all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.screening.segments import SEGMENTS
from policy_match.screening.statuses import CLAIMED, KIND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.backends.columnar.sheet import Sheet

_SEGMENT = "·segment"
SUMS = ("firms", "low", "high", "claimed")
"""Firms, and cents: the least and the most due to them, and what they claimed."""
TALLY: Mapping[str, pl.DataType] = {
    "policy": pl.String(),
    **dict.fromkeys(SEGMENTS, pl.String()),
    "status": KIND,
    "firms": pl.Int64(),
    "low": pl.Int128(),
    "high": pl.Int128(),
    "claimed": pl.Int128(),
}


class Tally:
    """Adds up, policy by policy, what a part says of each segment and status."""

    def __init__(self, segment: pl.DataFrame) -> None:
        """Number the segments that occur."""
        self._every = segment.unique().sort(SEGMENTS).with_row_index(_SEGMENT)
        on = list(SEGMENTS)
        joined = segment.join(self._every, on=on, how="left", maintain_order="left")
        self._segment = joined[_SEGMENT]
        self._found: list[pl.DataFrame] = []

    def add(self, sheet: Sheet, seen: pl.DataFrame) -> None:
        """Add one policy; `seen` has its columns, CLAIMED and `status`."""
        low: pl.Expr = pl.lit(None, pl.Int64)
        high = low
        if sheet.policy.tiers:
            low, high = pl.col(sheet.name("low")), pl.col(sheet.name("high"))
            high = high.fill_null(low)
        sums = (
            seen.select(
                "status",
                self._segment,
                low.alias("low"),
                high.alias("high"),
                pl.col(CLAIMED).alias("claimed"),
            )
            .group_by(_SEGMENT, "status")
            .agg(
                pl.len().cast(pl.Int64).alias("firms"),
                pl.col("low", "high", "claimed").cast(pl.Int128).sum(),
            )
        )
        self._found.append(
            sums.join(self._every, on=_SEGMENT)
            .with_columns(
                pl.lit(sheet.policy.id).alias("policy"),
                pl.col("status").cat.to(KIND),
            )
            .select(list(TALLY))
        )

    def frame(self) -> pl.DataFrame:
        """Return a row for each policy, segment and status that occurs."""
        return pl.concat([pl.DataFrame(schema=dict(TALLY)), *self._found])

    def firms(self) -> pl.DataFrame:
        """Return how many firms each segment has."""
        counted = self._segment.value_counts(name="firms")
        return self._every.join(counted, on=_SEGMENT).select(
            *SEGMENTS, pl.col("firms").cast(pl.Int64)
        )


def added(frames: pl.LazyFrame) -> pl.DataFrame:
    """Return the tallies of all parts as one."""
    keys = ["policy", *SEGMENTS, "status"]
    return frames.group_by(keys).agg(pl.col(SUMS).sum()).collect().sort(keys)
