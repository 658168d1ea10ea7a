"""Commands killed at any moment, and two at once: nothing half-done, nothing mixed."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import time
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tests.conftest import THOROUGH
from tests.screening.command import DAY, command, credit_code, environment, run
from tests.screening.town import write_rules

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.stopping

FIRM = "examples/firms/toy-maker.yaml"
MOMENTS = 20 if THOROUGH else 2
"""Times that a command is killed, each at a random moment of its run."""
FIRMS = 400


def _register(path: Path, first: int) -> Path:
    rows = [f"{credit_code(first + i)},{i % 600},{i * 37 % 9000}" for i in range(FIRMS)]
    path.write_text("\n".join(["uscc,staff,sales", *rows]), encoding="utf-8")
    return path


def _commands(place: Path) -> dict[str, tuple[tuple[object, ...], Path]]:
    rules = write_rules(place)
    firms = _register(place / "firms.csv", 0)
    answer, record = place / "answer.json", place / "record.json"
    out, book, notices = place / "out", place / "book", place / "notices"
    return {
        "check": (("check", FIRM, "--format", "json", "--out", answer), answer),
        "record": (
            (
                "check",
                FIRM,
                "--record",
                record,
                "--recorded-at",
                "2023-01-31T09:30:00+08:00",
            ),
            record,
        ),
        "screen": (
            ("screen", firms, "--rules", rules, "--on", DAY, "--out", out),
            out,
        ),
        "handbook": (("policies", "handbook", "--rules", rules, "--out", book), book),
        "schema": (("schema", "--rules", rules, "--out", notices), notices),
    }


def _whole(result: Path) -> object:
    """Return what a result holds; of files that tell the time taken, that they are."""
    if result.is_file():
        return result.read_bytes()
    return sorted(
        (str(p.relative_to(result)), p.name in _TIMED or p.stat().st_size)
        for p in result.rglob("*")
        if p.is_file()
    )


_TIMED = {"summary.json", "report.html", "worklist.xlsx"}


@pytest.mark.parametrize("name", ["check", "record", "screen", "handbook", "schema"])
def test_killed_at_random_moments(tmp_path: Path, name: str) -> None:
    """The earlier result is still there, whole, and the next run succeeds."""
    words, result = _commands(tmp_path)[name]
    begun = time.perf_counter()
    assert run(*words).returncode == 0
    whole, spent = _whole(result), time.perf_counter() - begun
    chance = random.Random(name)  # noqa: S311
    for _ in range(MOMENTS):
        _killed(words, chance.uniform(0, spent))
        if name == "schema":  # files of their own: each is whole
            assert {p.suffix for p in result.iterdir() if p.name[0] != "."} == {".json"}
        else:
            assert _whole(result) == whole
    assert run(*words).returncode == 0
    assert _whole(result) == whole
    assert not [path for path in tmp_path.rglob(".*") if path.name != ".policy-match"]


def _killed(words: tuple[object, ...], after: float) -> None:
    process = _started(*words)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()


def _started(*words: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        command(*words),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )


@pytest.mark.parametrize("pause", [0.0, 0.5])
def test_two_screenings_into_one_directory(tmp_path: Path, pause: float) -> None:
    """One of them is there, whole; the other ended before, after, or said so."""
    rules, out = write_rules(tmp_path), tmp_path / "out"
    registers = [_register(tmp_path / f"{n}.csv", n * 100_000) for n in (0, 1)]
    runs = []
    for register in registers:
        words = ("screen", register, "--rules", rules, "--on", DAY, "--out", out)
        runs.append(_started(*words))
        time.sleep(pause)
    codes = [process.wait() for process in runs]
    assert sorted(set(codes)) in ([0], [0, 2])
    found = set(pl.read_parquet(out / "outcomes.parquet")["uscc"])
    sides = [{credit_code(n * 100_000 + i) for i in range(FIRMS)} for n in (0, 1)]
    assert found in sides
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    assert summary["inputs"]["firms"]["file"] == f"{sides.index(found)}.csv"
    assert not list(tmp_path.glob(".*"))


def test_a_locked_history_is_told(tmp_path: Path) -> None:
    """And the earlier result is still there."""
    rules, out = write_rules(tmp_path), tmp_path / "out"
    firms, history = _register(tmp_path / "firms.csv", 0), tmp_path / "history"
    words = ("screen", firms, "--rules", rules, "--on", DAY, "--out", out)
    assert run(*words, "--history", history).returncode == 0
    before = (out / "summary.json").read_bytes()
    base = sqlite3.connect(history)
    base.execute("BEGIN EXCLUSIVE")
    done = run(*words, "--history", history, "--lang", "en")
    base.close()
    assert done.returncode == 2
    assert "is in use by another program" in done.stderr
    assert (out / "summary.json").read_bytes() == before
