"""Spark finds what one machine finds: the same function over the same parts."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import TYPE_CHECKING

import polars as pl
import pytest

from policy_match.screening.request import Progress, Request
from policy_match.screening.run import screen
from tests.city import city

if TYPE_CHECKING:
    from pathlib import Path

    from policy_match.compiler.rulebook import Rulebook

FIRMS, PART = 900, 250
LISTS = ("takeup", "takeup_by", "data_gaps", "near_misses", "rejects")

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(
        find_spec("pyspark") is None, reason="pyspark, the extra `spark`, is not there"
    ),
    pytest.mark.skipif(
        shutil.which("java") is None and "JAVA_HOME" not in os.environ,
        reason="Spark needs a Java runtime, and there is none",
    ),
    pytest.mark.filterwarnings("ignore"),  # Spark's own
]


def test_spark_finds_what_one_machine_finds(
    tmp_path: Path, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every table, list and sum, of a register in several parts."""
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    place = city.generate(tmp_path / "city", "--firms", FIRMS)
    outs = {name: tmp_path / name for name in ("polars", "spark")}
    for backend, out in outs.items():
        request = Request(
            rulebook.on(city.DAY),
            place / "firms.csv",
            place / "claims.csv",
            out,
            "zh",
            rows=PART,
            backend=backend,
        )
        assert screen(request, Progress()).screened == FIRMS
    here, there = outs["polars"], outs["spark"]
    for name in ("outcomes", "findings"):
        one, other = (pl.read_parquet(o / f"{name}.parquet") for o in (here, there))
        assert one.equals(other), name
    for name in LISTS:
        one_, other_ = ((o / f"{name}.csv").read_bytes() for o in (here, there))
        assert one_ == other_, name
