"""Generates cities with the example's own command, and reads them."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from policy_match.domain.facts import Facts, FactType
from policy_match.firms.values.typed import typed
from policy_match.language.locales import LOCALES

if TYPE_CHECKING:
    from pathlib import Path

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program

DAY = date(2022, 12, 31)


def generate(out: Path, *options: object) -> Path:
    """Write a city into `out`."""
    command = [sys.executable, "examples/city/generate.py", "--out", out, *options]
    done = subprocess.run(  # noqa: S603
        [str(word) for word in command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return out


def truth(city: Path) -> pl.DataFrame:
    """Return what is true of every firm."""
    return pl.read_parquet(city / "truth.parquet")


def policies(city: Path) -> dict[str, dict[str, int]]:
    """Return what is true of every policy."""
    found: dict[str, dict[str, int]] = told(city)["policies"]
    return found


def told(city: Path) -> dict[str, Any]:
    """Return what is true of the whole city."""
    found: dict[str, Any] = json.loads((city / "truth.json").read_text("utf-8"))
    return found


def rows(register: Path) -> list[dict[str, str]]:
    """Return the rows of a register, blank cells left out."""
    with register.open(encoding="utf-8", newline="") as file:
        return [
            {name: cell for name, cell in row.items() if cell}
            for row in csv.DictReader(file)
        ]


def facts(program: Program, row: dict[str, str]) -> Facts:
    """Return a row as a profile would have it."""
    locale = LOCALES[program.locale]
    given: dict[str, Possible] = {}
    for name, cell in row.items():
        spec = program.facts[name]
        text: object = cell
        if spec.type is FactType.LIST:
            text = [pair.split("/") for pair in cell.split("; ")]
        found = typed(spec, text, locale, program.systems)
        assert found is not None
        given[name] = found
    return Facts(given)
