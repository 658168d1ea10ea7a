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
    "whole",
    "digits",
    "unit",
    "empty-range",
    "range",
    "day",
    "bool",
    "member",
    "code",
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
)
"""Every reason a cell or a row is refused for; the words are `reject-` and it."""

REJECTS = pl.Schema(
    {
        "row": pl.Int64(),
        "column": pl.String(),
        "value": pl.String(),
        "reason": pl.Enum(REASONS),
    }
)
"""The columns of rejects: the row of the source (a heading in the first row is
row 1), the heading of the column, the value as it stands there, the reason."""


def rejects(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return rejects in the order of the source's rows."""
    empty = pl.DataFrame(schema=REJECTS)
    found = [frame.select(empty.columns).cast(REJECTS) for frame in frames]
    return pl.concat([empty, *found]).sort("row", maintain_order=True)
