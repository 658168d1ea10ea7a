"""Tables of all parts as a dataset of files of one schema."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def write_dataset(parts: Sequence[Path], out: Path) -> None:
    """Make a directory of the parts that have rows, or of one that has none.

    They stand in order as `part-00000.parquet` and so on, and nothing beside
    them; rows are not copied where both lie on one file system.
    """
    out.mkdir()
    for number, part in enumerate([p for p in parts if _rows(p)] or parts[:1]):
        _same_file(part, out / f"part-{number:05d}.parquet")


def _rows(part: Path) -> int:
    rows: int = pl.scan_parquet(part).select(pl.len()).collect().item()
    return rows


def _same_file(part: Path, out: Path) -> None:
    try:
        os.link(part, out)
    except OSError:  # this file system has no links
        shutil.copyfile(part, out)
