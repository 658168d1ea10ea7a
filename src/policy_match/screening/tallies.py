"""Counts and sums of one part, small enough to add up over all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.screening.segments import SEGMENTS
from policy_match.screening.statuses import CLAIMED, KIND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.backends.columnar.sheet import Sheet

_SEGMENT, _KEY = "·segment", "·key"
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
        count = len(KIND.categories)
        key = (self._segment * count + seen["status"].cast(pl.UInt32)).alias(_KEY)
        columns: list[pl.Series | pl.Expr] = [key, pl.col(CLAIMED).alias("claimed")]
        none = pl.lit(0, pl.Int128)
        low = high = none
        if sheet.policy.tiers:
            columns += [pl.col(sheet.name(end)).alias(end) for end in ("low", "high")]
            low = pl.col("low").cast(pl.Int128).sum()
            high = pl.col("high").fill_null(pl.col("low")).cast(pl.Int128).sum()
        sums = (
            seen.select(columns)
            .group_by(_KEY)
            .agg(
                pl.len().cast(pl.Int64).alias("firms"),
                low.alias("low"),
                high.alias("high"),
                pl.col("claimed").cast(pl.Int128).sum(),
            )
            .with_columns(
                (pl.col(_KEY) // count).alias(_SEGMENT),
                (pl.col(_KEY) % count).cast(pl.UInt8).alias("status"),
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


def added(frames: pl.LazyFrame) -> pl.DataFrame:
    """Return the tallies of all parts as one."""
    keys = ["policy", *SEGMENTS, "status"]
    return frames.group_by(keys).agg(pl.col(SUMS).sum()).collect().sort(keys)
