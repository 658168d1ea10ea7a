"""An amount too large for a result is a fault of its row, not of the run."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import polars as pl

from tests.deep.test_deep import DAY, rulebook

if TYPE_CHECKING:
    from pathlib import Path

ROWS = {"K1": 5, "K2": 9_999, "K3": 10_000, "K4": 10**14, "K5": 7}
"""How many of a trillion each: the results hold less than ten thousand trillion."""


def test_a_row_beyond_is_listed_and_the_others_stay(tmp_path: Path) -> None:
    law = rulebook(tmp_path / "rules", "int", ["x"], "x >= 1", f"x * {10**12}").on(DAY)
    firms, out = tmp_path / "firms.csv", tmp_path / "out"
    with firms.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(("uscc", "name", "x"))
        table.writerows((key, "A", x) for key, x in ROWS.items())
    found = law.screen(firms, out, lang="en")
    assert (found.screened, found.rejected) == (3, 2)
    with (out / "rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert [(one["uscc"], one["row"], one["code"]) for one in listed] == [
        ("K3", "4", "beyond"),
        ("K4", "5", "beyond"),
    ]
    told = pl.read_parquet(out / "outcomes.parquet")
    amounts = dict(zip(told["uscc"], told["grant.high"], strict=True))
    assert amounts == {key: ROWS[key] * 10**12 for key in ("K1", "K2", "K5")}
