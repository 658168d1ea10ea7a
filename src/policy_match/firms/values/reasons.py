"""Why a row or a cell is refused, for the people who keep the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable

REASONS = (
    "no-uscc",
    "mangled-uscc",
    "wrong-uscc",
    "duplicate",
    "number",
    "ambiguous",
    "long",
    "identifier",
    "error-cell",
    "damaged",
    "merged",
    "no-firm",
    "about",
    "left-out",
    "whole",
    "digits",
    "unit",
    "empty-range",
    "range",
    "day",
    "bool",
    "member",
    "code",
    "edition",
    "list",
    "none",
    "cells",
    "policy",
    "not-in-force",
    "unknown-firm",
    "amount",
    "cent",
    "no-day",
    "year",
    "beyond",
)
"""Every reason a cell or a row is refused for; the words are `reject-` and it."""

EFFECTS = ("fact", "row", "range", "left-out")
"""What a reason costs: the fact of a firm, the row, exactness, or nothing."""
_LOST = ("row", "left-out")
MOST_LISTED = 10_000
"""Cells of one column that are listed for one reason."""

REJECTS = pl.Schema(
    {
        "row": pl.Int64(),
        "column": pl.String(),
        "value": pl.String(),
        "reason": pl.Enum(REASONS),
        "effect": pl.Enum(EFFECTS),
        "uscc": pl.String(),
        "sheet": pl.String(),
    }
)
"""The columns of rejects: the row of the source (a heading in the first row is
row 1), the heading of the column, the value as it stands there, the reason, what
it costs, the firm where it is known, and the sheet of a workbook."""


def rejects(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return rejects in the order of the source's rows."""
    empty = pl.DataFrame(schema=REJECTS)
    found = [
        frame.with_columns(
            value.alias(name)
            for name, value in _UNLESS_SAID.items()
            if name not in frame.columns
        )
        .select(empty.columns)
        .cast(REJECTS)
        for frame in frames
    ]
    return pl.concat([empty, *found]).sort("sheet", "row", maintain_order=True)


_UNLESS_SAID = {
    "effect": pl.lit("row"),
    "uscc": pl.lit(None, pl.String),
    "sheet": pl.lit(""),
}


def lost(found: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a source that are not screened, each once."""
    gone = found.filter(pl.col("effect").cast(pl.String).is_in(_LOST))
    return gone.unique(["sheet", "row"], keep="first", maintain_order=True)


def shortened(found: pl.DataFrame) -> pl.DataFrame:
    """Return at most so many cells of one column and reason, and how many more."""
    of = ["sheet", "column", "reason"]
    numbered = found.with_columns(pl.int_range(pl.len()).over(of).alias("·at"))
    kept = numbered.filter(pl.col("·at") < MOST_LISTED).drop("·at")
    more = (
        numbered.filter(pl.col("·at") >= MOST_LISTED)
        .group_by([*of, "effect"], maintain_order=True)
        .agg(pl.len().alias("·more"))
        .with_columns(
            pl.lit(None, pl.Int64).alias("row"),
            pl.format("+{}", "·more").alias("value"),
            pl.lit(None, pl.String).alias("uscc"),
        )
    )
    return pl.concat([kept, more.select(REJECTS.names())])
