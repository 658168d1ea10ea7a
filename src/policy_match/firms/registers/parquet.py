"""Parquet as tables: a file, or a directory of them whose names may hold columns."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING

import polars as pl

from policy_match.firms.registers.delimited import even
from policy_match.firms.registers.table import BATCH, ROW, Table, fault, place_name
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


_STRANGE = (pl.Binary, pl.Object, pl.Duration)
"""Types that are no values of a table, and are shown as a program would."""


def files_of(path: Path) -> list[Path]:
    """Return the files of a table: one, or all Parquet files of a directory."""
    return sorted(path.rglob("*.parquet")) if path.is_dir() else [path]


def _as_cells(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the values of other types as texts, as a table would show them."""
    changed: list[pl.Expr] = []
    for name, kind in frame.schema.items():
        if kind.is_nested() or kind.base_type() in _STRANGE:
            changed.append(pl.col(name).map_elements(_shown, pl.String))
        elif kind.is_float():
            # A number is exact; as text an exponent would make it a range.
            text = pl.col(name).cast(pl.String)
            whole = pl.col(name).map_elements(_digits, pl.String)
            changed.append(
                pl.when(text.str.contains("e", literal=True))
                .then(whole)
                .otherwise(text)
                .alias(name)
            )
    return frame.with_columns(changed) if changed else frame


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, pl.Series | list | tuple):
        parts = [
            "/".join(map(str, part))
            if isinstance(part, pl.Series | list)
            else str(part)
            for part in value
        ]
        return "; ".join(parts)
    return str(value)


def _digits(value: float) -> str:
    return format(Decimal(repr(value)), "f") if isfinite(value) else ""


def parquet(path: Path) -> Table:
    """Open a Parquet file, or a directory of them whose names may hold columns."""
    files = files_of(path)
    if not files:
        message = said("no-parquet")
        raise fault(path, "F602", message, said("name-a-register"))
    broken = fault(path, "F605", said("broken-parquet"), said("write-again"))
    hive = path.is_dir()
    lazy = pl.scan_parquet(
        files, hive_partitioning=hive, row_index_name=ROW, row_index_offset=1
    )
    try:
        headings = [name for name in lazy.collect_schema() if name != ROW]
        height: int = lazy.select(pl.len()).collect().item()
    except pl.exceptions.PolarsError:
        raise broken from None
    names = {name: place_name(place) for place, name in enumerate(headings)}

    def batches(
        size: int, only: Sequence[str] = (), most: int | None = None
    ) -> Iterator[pl.DataFrame]:
        rows = lazy.rename(names) if most is None else lazy.rename(names).head(most)
        found = (rows.select(only) if only else rows).collect_batches(
            chunk_size=BATCH, maintain_order=True
        )
        try:
            yield from even(map(_as_cells, found), size)
        except pl.exceptions.PolarsError:
            raise broken from None

    return Table(tuple(headings), (), batches, height)
