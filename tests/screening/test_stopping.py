"""A screening that is stopped leaves nothing half-done; a result is replaced whole."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

from tests.screening.command import (
    DAY,
    Result,
    command,
    credit_code,
    environment,
    run,
    screen,
)
from tests.screening.town import write_rules

if TYPE_CHECKING:
    from pathlib import Path

FIRMS = 4000
COMPLETE = {
    "outcomes.parquet", "findings.parquet", "takeup.csv", "takeup_by.csv",
    "data_gaps.csv", "worklist.xlsx", "near_misses.csv", "rejects.csv",
    "summary.json", "report.html", "letters.csv",
}  # fmt: skip


def _register(place: Path, firms: int = FIRMS) -> Path:
    path = place / "firms.csv"
    rows = [f"{credit_code(i)},{i % 600},{i * 37 % 9000}" for i in range(firms)]
    path.write_text("\n".join(["uscc,staff,sales", *rows]), encoding="utf-8")
    return path


@pytest.mark.stopping
@pytest.mark.parametrize("after", [0.2, 0.6, 0.9, 1.1, 1.3, 1.6])
def test_killed_at_any_moment(tmp_path: Path, after: float) -> None:
    """What stands under the final name is whole or not there; a rerun succeeds."""
    firms, rules = _register(tmp_path), write_rules(tmp_path)
    out = tmp_path / "out"
    arguments = ("screen", firms, "--out", out, "--on", DAY, "--rules", rules)
    process = subprocess.Popen(  # noqa: S603
        command(*arguments),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if out.exists():
        assert {file.name for file in out.iterdir()} == COMPLETE
    again = run(*arguments, "--resume")
    assert again.returncode == 0, again.stderr
    assert {file.name for file in out.iterdir()} == COMPLETE
    found = Result(0, again.stdout, again.stderr, out)
    assert found.parquet("outcomes").height == FIRMS
    assert sorted(p.name for p in tmp_path.iterdir()) == ["firms.csv", "out", "rules"]


def test_finished_parts_are_taken_up(tmp_path: Path) -> None:
    """With `--resume`, of the very same inputs, and not otherwise."""
    firms, rules = _register(tmp_path, 3), write_rules(tmp_path)
    first = screen(firms, "--rules", rules)
    before = first.parquet("findings")
    hidden = tmp_path / ".out.screening"
    part = hidden / "part-00000"
    hidden.mkdir()
    part.mkdir()
    (hidden / "inputs.json").write_text("{}", encoding="utf-8")
    (part / "counts.json").write_text("nonsense", encoding="utf-8")
    again = screen(firms, "--rules", rules, "--resume")
    assert again.code == 0, again.err
    assert again.parquet("findings").equals(before)


def test_an_earlier_result_is_replaced(tmp_path: Path) -> None:
    """Whole: a file that the new result does not have is gone."""
    firms, rules = _register(tmp_path, 3), write_rules(tmp_path)
    first = screen(firms, "--rules", rules)
    (first.path / "old.csv").write_text("old", encoding="utf-8")
    firms.write_text(f"uscc,staff\n{credit_code(1)},5\n", encoding="utf-8")
    second = screen(firms, "--rules", rules)
    assert second.code == 0, second.err
    assert {file.name for file in second.path.iterdir()} == COMPLETE
    assert second.parquet("outcomes").height == 1


def test_a_directory_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Refused, with what to do."""
    firms, rules = _register(tmp_path, 3), write_rules(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    (out / "thesis.txt").write_text("mine", encoding="utf-8")
    found = screen(firms, "--rules", rules)
    assert found.code == 2
    assert "已存在，且不是筛查结果；请另指定目录" in found.err
    assert [file.name for file in out.iterdir()] == ["thesis.txt"]


def test_a_result_lost_between_two_renames_is_found(tmp_path: Path) -> None:
    """A run that died while it replaced a result has not lost the earlier one."""
    firms, rules = _register(tmp_path, 3), write_rules(tmp_path)
    first = screen(firms, "--rules", rules)
    first.path.rename(tmp_path / ".out.earlier")
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n", encoding="utf-8")
    assert screen(bad, "--rules", rules, out=first.path).code == 3
    summary = json.loads((first.path / "summary.json").read_text(encoding="utf-8"))
    assert summary["inputs"]["firms"]["screened"] == 3
