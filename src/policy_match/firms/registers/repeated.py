"""Columns in which texts stand again and again: each is read once for all its rows.

What a cell says is told by its text alone, so that of a column in which nearly every
cell is `0.00` but few have to be read. Where texts hardly repeat nothing is won, and
the column is read as it stands.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

_LEAST = 4_000
"""Rows below which a column is read as it stands."""
_SAMPLE = 1_000
_COMMON = 0.04
"""The share of a sample that makes a text a common one."""
_MOST_COMMON = 4
"""Texts that are compared with every cell; others are looked up."""
_WORTH = 0.3
"""The share of cells that must need no reading of their own."""
_VARIED = 0.25
"""The share of different texts in a sample from which on they are not looked up."""


class Repeated(NamedTuple):
    """The texts of a column, and which of them stands in each row."""

    texts: pl.Series
    rows: pl.Series

    def spread(self, read: pl.Series) -> pl.Series:
        """Return for each row what was read of its text."""
        return read.gather(self.rows)


def repeated(cells: pl.Series) -> Repeated | None:
    """Return the texts of a column, some of them once; None where few repeat."""
    if cells.dtype != pl.String or len(cells) < _LEAST:
        return None
    sample = cells.gather_every(len(cells) // _SAMPLE)
    counted = sample.drop_nulls().value_counts(sort=True, name="count")
    common = counted.filter(pl.col("count") >= _COMMON * len(sample)).head(_MOST_COMMON)
    varied = len(counted) > _VARIED * len(sample)
    spared = sample.null_count() + int(common["count"].sum())
    if varied and spared < _WORTH * len(sample):
        return None
    firsts = common.to_series().to_list()
    cell = pl.col("cell")
    place = [pl.when(cell.is_null()).then(0)]
    place += [pl.when(cell == x).then(n) for n, x in enumerate(firsts, start=1)]
    rows = cells.alias("cell").to_frame().select(pl.coalesce(place)).to_series()
    rows = rows.cast(pl.UInt32)
    open_ = rows.is_null()
    others = cells.filter(open_)
    first = len(firsts) + 1
    places = pl.int_range(first, first + len(others), dtype=pl.UInt32, eager=True)
    if not varied:
        others, places = _each_once(others, first)
    texts = pl.concat([pl.Series([None, *firsts], dtype=pl.String), others])
    return Repeated(texts.alias(cells.name), rows.scatter(open_.arg_true(), places))


def _each_once(texts: pl.Series, first: int) -> tuple[pl.Series, pl.Series]:
    """Return texts, each once, and the place of each row's, counted from `first`."""
    different = texts.unique()
    place = texts.cast(pl.Enum(different)).to_physical().cast(pl.UInt32)
    return different, place + first
