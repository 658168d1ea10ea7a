"""A register in many parts has the same answer as in one; finished parts are kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from policy_match.compiler.rulebook import load_files
from policy_match.rulebook.files import read_directory
from policy_match.screening.request import Progress, Request
from policy_match.screening.run import screen
from tests.screening.command import credit_code
from tests.screening.town import write_rules

if TYPE_CHECKING:
    from pathlib import Path

FIRMS = 23
LISTS = ("takeup", "takeup_by", "data_gaps", "near_misses", "rejects")


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    """Return a request for a register with a firm that stands in it twice."""
    firms, claims = tmp_path / "firms.csv", tmp_path / "claims.csv"
    rows = [
        f"{credit_code(i % (FIRMS - 1))},{i},{i * 37},{'是否'[i % 2] if i % 5 else ''}"
        for i in range(FIRMS)
    ]
    firms.write_text("\n".join(["uscc,staff,sales,hightech", *rows]), encoding="utf-8")
    paid = [f"{credit_code(i)},small-grant,{i}.01,2022-05-01" for i in range(0, 40, 3)]
    claims.write_text("\n".join(["uscc,policy,amount,on", *paid]), encoding="utf-8")
    rules = load_files(read_directory(write_rules(tmp_path)))
    program = rules.on(date(2022, 12, 31))
    return Request(program, firms, claims, tmp_path / "one", "zh")


def _in_parts(request: Request, *, resume: bool = False) -> Request:
    out = request.out.parent / "many"
    return Request(
        request.program, request.firms, request.claims, out, "zh",
        everything=request.everything, resume=resume, rows=4,
    )  # fmt: skip


def test_parts_add_up(request_: Request) -> None:
    """The duplicate is found across parts; every list and every sum is the same."""
    one, many = screen(request_, Progress()), screen(_in_parts(request_), Progress())
    assert one.rejected == many.rejected == 1 + 6
    whole, parted = request_.out, _in_parts(request_).out
    for name in LISTS:
        assert (whole / f"{name}.csv").read_bytes() == (
            parted / f"{name}.csv"
        ).read_bytes()
    outcomes = [pl.read_parquet(x / "outcomes.parquet") for x in (whole, parted)]
    assert outcomes[0].equals(outcomes[1])
    keys = ["policy", "uscc"]
    findings = [pl.read_parquet(x / "findings.parquet") for x in (whole, parted)]
    assert findings[0].sort(keys).equals(findings[1].sort(keys))


def test_findings_are_a_dataset_of_one_schema(request_: Request) -> None:
    """Files numbered without a gap, each with rows; the result has no other file."""
    screen(_in_parts(request_), Progress())
    place = _in_parts(request_).out / "findings.parquet"
    files = sorted(place.iterdir())
    assert len(files) > 1
    assert [x.name for x in files] == [
        f"part-{i:05d}.parquet" for i in range(len(files))
    ]
    frames = [pl.read_parquet(file) for file in files]
    assert all(frame.height for frame in frames)
    assert len({str(frame.schema) for frame in frames}) == 1
    assert pl.read_parquet(place).equals(pl.concat(frames))


class Stopped(Progress):
    """A progress that ends in an accident after some parts."""

    def __init__(self, after: int) -> None:
        """Set after how many parts."""
        super().__init__()
        self.left = after

    def rows(self, number: int) -> None:
        """Count a part."""
        assert number <= 4
        self.left -= 1
        if not self.left:
            raise KeyboardInterrupt


def test_a_stopped_run_is_taken_up(request_: Request) -> None:
    """Finished parts are not done again; it is asked on the day it began."""
    begun = replace(_in_parts(request_), today=date(2023, 3, 15))
    with pytest.raises(KeyboardInterrupt):
        screen(begun, Stopped(after=3))
    many = _in_parts(request_).out
    assert not many.exists()
    hidden = many.parent / ".many.screening"
    finished = sorted(path.name for path in hidden.glob("part-*"))
    assert finished == ["part-00000", "part-00001", "part-00002"]
    counts = hidden / "part-00001" / "counts.json"
    told = json.loads(counts.read_text())
    counts.write_text(json.dumps({**told, "kernel": 1000.0}))
    later = replace(_in_parts(request_, resume=True), today=date(2023, 9, 1))
    screen(later, Progress())
    summary = json.loads((many / "summary.json").read_text(encoding="utf-8"))
    assert summary["seconds"]["kernel"] > 1000
    assert summary["today"] == "2023-03-15"
    assert summary["inputs"]["firms"]["screened"] == FIRMS - 1
    assert not hidden.exists()


def test_other_inputs_start_anew(request_: Request) -> None:
    """Parts of a register that has changed since are of no use."""
    with pytest.raises(KeyboardInterrupt):
        screen(_in_parts(request_), Stopped(after=3))
    request_.firms.write_text(f"uscc,staff\n{credit_code(1)},1\n", encoding="utf-8")
    screen(_in_parts(request_, resume=True), Progress())
    outcomes = pl.read_parquet(_in_parts(request_).out / "outcomes.parquet")
    assert outcomes["uscc"].to_list() == [credit_code(1)]
