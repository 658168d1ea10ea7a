"""Counts and sums of one part, small enough to add up over all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.screening.segments import SEGMENTS
from policy_match.screening.statuses import CLAIMED, KIND, STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.screening.policy_rows import Seen

_SEGMENT, _KEY = "·segment", "·key"
SUMS = ("firms", "low", "high", "claimed", "of_due", "unset", "unbounded")
"""Firms; cents: the least and the most due to them, what they claimed, and what of
that was surely due; and firms for which a body sets the amount, or it has no bound."""
TALLY: Mapping[str, pl.DataType] = {
    "policy": pl.String(),
    **dict.fromkeys(SEGMENTS, pl.String()),
    "status": KIND,
    "firms": pl.Int64(),
    "low": pl.Int128(),
    "high": pl.Int128(),
    "claimed": pl.Int128(),
    "of_due": pl.Int128(),
    "unset": pl.Int64(),
    "unbounded": pl.Int64(),
}

_ROW = (_KEY, "policy", *SUMS)


class Tally:
    """Adds up, policy by policy, what a part says of each segment and status."""

    def __init__(self, segment: pl.DataFrame) -> None:
        """Number the segments that occur."""
        on = segment.columns
        self._columns = tally_columns(on)
        self._every = segment.unique().sort(on).with_row_index(_SEGMENT)
        joined = segment.join(self._every, on=on, how="left", maintain_order="left")
        self._segment = joined[_SEGMENT]

    def of(self, seen: Seen) -> pl.LazyFrame:
        """Return a row for each segment and status that occurs, both as one number."""
        sheet, count = seen.sheet, len(KIND.categories)
        key = pl.lit(self._segment) * count + pl.col(STATUS).cast(pl.UInt32)
        return (
            seen.rows.lazy()
            .group_by(key.alias(_KEY))
            .agg(
                pl.len().cast(pl.Int64).alias("firms"),
                pl.col(CLAIMED).cast(pl.Int128).sum().alias("claimed"),
                **_due(sheet),
            )
            .with_columns(pl.lit(sheet.policy.id).alias("policy"))
        )

    def named(self, rows: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """Return the rows of all policies with their segments and statuses."""
        count = len(KIND.categories)
        nothing = pl.DataFrame(schema={_KEY: pl.UInt32, **TALLY}).select(_ROW)
        return (
            pl.concat([nothing, *(some.select(_ROW) for some in rows)])
            .with_columns(
                (pl.col(_KEY) // count).alias(_SEGMENT),
                (pl.col(_KEY) % count).cast(pl.UInt8).cat.to(KIND).alias("status"),
            )
            .join(self._every, on=_SEGMENT)
            .select(self._columns)
        )


def _due(sheet: Sheet) -> dict[str, pl.Expr]:
    """Return the sums of what is due, by their names."""
    count, cents = pl.Int64(), pl.Int128()
    if not sheet.policy.tiers:
        unset = pl.len() if sheet.policy.set_by is not None else pl.lit(0)
        names = ("low", "high", "of_due")
        return {
            **{name: pl.lit(0, cents) for name in names},
            "unset": unset.cast(count),
            "unbounded": pl.lit(0, count),
        }
    low, high, state = (pl.col(sheet.name(x)) for x in ("low", "high", "state"))
    unset = (state & s.UNSET) != 0
    least = low.fill_null(0)
    return {
        "low": least.cast(cents).sum(),
        "high": high.fill_null(least).cast(cents).sum(),
        "of_due": pl.min_horizontal(least, pl.col(CLAIMED).fill_null(0))
        .cast(cents)
        .sum(),
        "unset": unset.sum().cast(count),
        "unbounded": (high.is_null() & ~unset).sum().cast(count),
    }


def tally_columns(segments: Sequence[str]) -> list[str]:
    """Return the columns of a tally, split by some segments."""
    return ["policy", *segments, "status", *SUMS]


def added(frames: pl.LazyFrame, segments: Sequence[str]) -> pl.DataFrame:
    """Return the tallies of all parts as one."""
    keys = ["policy", *segments, "status"]
    return frames.group_by(keys).agg(pl.col(SUMS).sum()).collect().sort(keys)
