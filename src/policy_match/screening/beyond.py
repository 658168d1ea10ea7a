"""Rows with an amount that no result can hold: refused and listed, never cut.

Results have money as decimal(18,2). One such row must not stop the others, so a
part that has some is answered in halves until each stands alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.errors import OverflowsError
from policy_match.firms.registers import ROW, USCC, rejects

if TYPE_CHECKING:
    from policy_match.backends.columnar.screener import Screener
    from policy_match.firms.registers import Part

MOST_CENTS = 10**18 - 1
"""The largest amount of decimal(18,2)."""


def answered(screener: Screener, part: Part) -> tuple[Part, pl.DataFrame]:
    """Return a part without the rows whose amounts are beyond, and its answers.

    Those rows are among the rejects, with the reason `beyond`.
    """
    pieces = _answers(screener, part.frame, part)
    answers = pl.concat(found for found, _ in pieces)
    fits = pl.concat([flags for _, flags in pieces])
    if fits.all():
        return part, answers
    gone = part.frame.filter(~fits).select(
        pl.col(ROW).alias("row"),
        pl.lit(None, pl.String).alias("column"),
        pl.lit(None, pl.String).alias("value"),
        pl.lit("beyond").alias("reason"),
        pl.lit("row").alias("effect"),
        pl.col(USCC).alias("uscc"),
        pl.lit(part.sheet).alias("sheet"),
    )
    listed = rejects([part.rejects, gone])
    return part._replace(frame=part.frame.filter(fits), rejects=listed), answers


def _answers(
    screener: Screener, frame: pl.DataFrame, part: Part
) -> list[tuple[pl.DataFrame, pl.Series]]:
    """Return answers piece by piece, and which rows of each piece they are for."""
    try:
        found = screener.part(frame, part.scale)
    except OverflowsError:
        if frame.height <= 1:
            return [
                (screener.part(frame.clear(), part.scale), _flags(frame, fit=False))
            ]
        half = frame.height // 2
        pieces = _answers(screener, frame[:half], part)
        return [*pieces, *_answers(screener, frame[half:], part)]
    ends = [n for n, kind in found.schema.items() if n.endswith((".low", ".high"))]
    if not ends or not found.height:
        return [(found, _flags(found, fit=True))]
    fits = found.select(
        pl.all_horizontal(
            pl.col(end).is_between(-MOST_CENTS, MOST_CENTS).fill_null(value=True)
            for end in ends
        )
    ).to_series()
    # Answers are large: where all of them fit, they are not copied.
    return [(found if fits.all() else found.filter(fits), fits)]


def _flags(rows: pl.DataFrame, *, fit: bool) -> pl.Series:
    """Return a flag for each row, the same for all."""
    return pl.Series([fit], dtype=pl.Boolean).new_from_index(0, rows.height)
