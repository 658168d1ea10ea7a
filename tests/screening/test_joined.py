"""Parquet files made one by copying their row groups."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl
import pytest

from policy_match.screening.joined import join

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = pl.Schema(
    {
        "uscc": pl.String(),
        "outcome": pl.Enum(["no", "perhaps", "yes"]),
        "amount": pl.Decimal(18, 2),
        "missing": pl.List(pl.String()),
        "selected": pl.Boolean(),
        "firms": pl.Int64(),
        **{f"more {number}": pl.UInt8() for number in range(20)},
    }
)


def _rows(start: int, count: int) -> pl.DataFrame:
    at = range(start, start + count)
    table = {
        "uscc": [f"firm {i}" if i % 5 else None for i in at],
        "outcome": [("no", "perhaps", "yes")[i % 3] for i in at],
        "amount": [Decimal(i) / 4 for i in at],
        "missing": [["revenue"] * (i % 3) for i in at],
        "selected": [None if i % 7 == 0 else i % 2 == 0 for i in at],
        "firms": [i - 500 for i in at],
        **{f"more {number}": [i % 200 for i in at] for number in range(20)},
    }
    return pl.DataFrame(table, schema=SCHEMA)


@pytest.mark.parametrize("compression", ["lz4", "zstd", "uncompressed"])
def test_rows_of_all_parts_stand_in_order(tmp_path: Path, compression: str) -> None:
    frames = [_rows(0, 1000), _rows(1000, 0), _rows(1000, 1), _rows(1001, 700)]
    parts = [tmp_path / f"{number}.parquet" for number in range(len(frames))]
    for part, frame in zip(parts, frames, strict=True):
        frame.write_parquet(part, compression=compression, row_group_size=256)  # type: ignore[arg-type]
    out = tmp_path / "whole.parquet"
    join(parts, out)
    whole = pl.read_parquet(out)
    assert whole.schema == SCHEMA
    assert whole.equals(_rows(0, 1701))
    late = pl.scan_parquet(out).filter(pl.col("firms") == 1100 - 500)
    assert late.collect().equals(_rows(1100, 1)), "statistics lead to the right rows"
    middle = pl.scan_parquet(out).slice(1300, 10).select("uscc", "missing")
    assert middle.collect().equals(_rows(1300, 10).select("uscc", "missing"))


def test_one_part_is_the_very_same_file(tmp_path: Path) -> None:
    part, out = tmp_path / "part.parquet", tmp_path / "whole.parquet"
    _rows(0, 1000).write_parquet(part, row_group_size=300)
    join([part], out)
    assert out.read_bytes() == part.read_bytes()


def test_no_row_at_all(tmp_path: Path) -> None:
    part, out = tmp_path / "part.parquet", tmp_path / "whole.parquet"
    _rows(0, 0).write_parquet(part)
    join([part, part], out)
    assert pl.read_parquet(out).equals(_rows(0, 0))
