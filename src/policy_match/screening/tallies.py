"""Counts and sums of one part, small enough to add up over all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.screening.segments import SEGMENTS
from policy_match.screening.statuses import CLAIMED, KIND, STATUS

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

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
        self._first_key = joined[_SEGMENT] * len(KIND.categories)
        self._known: dict[Hashable, pl.DataFrame] = {}

    def of(self, seen: Seen) -> pl.LazyFrame:
        """Return a row for each segment and status that occurs, both as one number."""
        summed, unset = _summed(seen)
        fixed = {name: pl.lit(0, TALLY[name]) for name in SUMS if name not in summed}
        rows = self._added(seen, summed) if summed else self._counted(seen).lazy()
        return rows.with_columns(
            pl.lit(seen.sheet.policy.id).alias("policy"),
            **{**fixed, "firms": pl.col("firms"), **unset},
        )

    def _added(self, seen: Seen, summed: Mapping[str, pl.Expr]) -> pl.LazyFrame:
        key = pl.lit(self._first_key) + pl.col(STATUS).cast(pl.UInt32)
        rows = seen.rows.lazy().select(key.alias(_KEY), **summed)
        return rows.group_by(_KEY).agg(
            pl.len().cast(pl.Int64).alias("firms"),
            *(pl.col(name).sum().cast(TALLY[name]) for name in summed),
        )

    def _counted(self, seen: Seen) -> pl.DataFrame:
        """Return the firms of a policy without sums, counted once for all alike."""
        idle = tuple(one.statuses.idle for one in seen.patterns.every)
        alike = (seen.patterns.partition, idle)
        found = self._known.get(alike)
        if found is None:
            found = self._known[alike] = self._added(seen, {}).collect()
        return found

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


def _summed(seen: Seen) -> tuple[dict[str, pl.Expr], dict[str, pl.Expr]]:
    """Return what is added up, by the names of its sums; and a sum that needs none.

    What is not among them is nought throughout.
    """
    sheet, cents = seen.sheet, pl.Int128()
    claimed = pl.lit(0, pl.Int64)
    found: dict[str, pl.Expr] = {}
    if seen.rows[CLAIMED].null_count() < seen.rows.height:
        claimed = pl.col(CLAIMED).fill_null(0)
        found["claimed"] = claimed.cast(cents)
    if not sheet.policy.tiers:
        by_a_body = sheet.policy.set_by is not None
        return found, {"unset": pl.col("firms")} if by_a_body else {}
    low, high, state = (pl.col(sheet.name(x)) for x in ("low", "high", "state"))
    unset = (state & s.UNSET) != 0
    least = low.fill_null(0)
    due = {
        "low": least.cast(cents),
        "high": high.fill_null(least).cast(cents),
        "of_due": pl.min_horizontal(least, claimed).cast(cents),
        "unset": unset,
        "unbounded": high.is_null() & ~unset,
    }
    return found | due, {}


def tally_columns(segments: Sequence[str]) -> list[str]:
    """Return the columns of a tally, split by some segments."""
    return ["policy", *segments, "status", *SUMS]


def added(frames: pl.LazyFrame, segments: Sequence[str]) -> pl.DataFrame:
    """Return the tallies of all parts as one."""
    keys = ["policy", *segments, "status"]
    return frames.group_by(keys).agg(pl.col(SUMS).sum()).collect().sort(keys)
