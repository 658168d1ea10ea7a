"""Runs `policy-match screen` and reads what it has written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from stdnum.cn import uscc

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2022-12-31"


@dataclass
class Result:
    """A finished run: its exit code, what it said, and its directory."""

    code: int
    out: str
    err: str
    path: Path

    def csv(self, name: str) -> pl.DataFrame:
        """Return a list, every cell a text."""
        data = (self.path / f"{name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf"), "a spreadsheet needs the mark"
        return pl.read_csv(data, infer_schema=False)

    def parquet(self, name: str) -> pl.DataFrame:
        """Return one of the two tables."""
        return pl.read_parquet(self.path / f"{name}.parquet")

    @property
    def summary(self) -> dict[str, Any]:
        """The summary."""
        text = (self.path / "summary.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
        return found

    def status(self, firm: str, policy: str) -> str | None:
        """Return the status of a finding; None where there is none."""
        found = self.finding(firm, policy)
        return None if found is None else str(found["status"])

    def finding(self, firm: str, policy: str) -> dict[str, Any] | None:
        """Return a finding, or None."""
        rows = self.parquet("findings").filter(uscc=firm, policy=policy).to_dicts()
        assert len(rows) <= 1
        return rows[0] if rows else None

    def takeup(self, policy: str) -> dict[str, str | None]:
        """Return the row of a policy."""
        return self.csv("takeup").row(
            by_predicate=pl.col("policy") == policy, named=True
        )


def environment() -> dict[str, str]:
    """Return an environment without a terminal's language or colour."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    return {**kept, "LANG": "zh_CN.UTF-8"}


def command(*arguments: object) -> list[str]:
    """Return the command line of `policy-match`."""
    return [sys.executable, "-m", "policy_match", *map(str, arguments)]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `policy-match` to its end."""
    return subprocess.run(  # noqa: S603
        command(*arguments),
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=environment(),
    )


def screen(firms: Path, *more: object, out: Path | None = None) -> Result:
    """Screen a register, by the law of the end of 2022 unless told otherwise."""
    out = out or firms.parent / "out"
    day = () if "--on" in more else ("--on", DAY)
    done = run("screen", firms, "--out", out, *day, *more)
    return Result(done.returncode, done.stdout, done.stderr, out)


def credit_code(number: int) -> str:
    """Return a valid credit code of a firm in Yiwu.

    >>> credit_code(7)[:8]
    '91330782'
    """
    body = f"91330782{number:09d}"
    return body + uscc.calc_check_digit(body)
