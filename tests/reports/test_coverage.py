"""Which conditions the examples have shown, by file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bad.run import run
from tests.rulebooks import HARBOUR

if TYPE_CHECKING:
    from pathlib import Path


def test_every_condition_is_listed_with_what_was_seen_of_it() -> None:
    """Three of its policies and two of the definition they rest on."""
    ran = run("lint", HARBOUR, "--coverage")
    *lines, counted = ran.out.splitlines()
    assert ran.code == 0
    assert all("✓ ✗ ?" in line for line in lines)
    assert any("policies.yaml:11" in x and "[H50, C30]" in x for x in lines)
    assert counted == "5 conditions, 5 of them seen true, false and unknown"


def test_what_no_example_shows_is_left_blank(tmp_path: Path) -> None:
    """Without the example of another trade, that condition was never false."""
    for file in HARBOUR.glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        text = text.replace("{crew: 1, turnover: 1, activity: H49}", "{crew: 99}")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    ran = run("lint", tmp_path, "--coverage")
    (line,) = [line for line in ran.out.splitlines() if "[H50, C30]" in line]
    assert "✓   ?" in line
