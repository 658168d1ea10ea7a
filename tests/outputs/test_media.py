"""What a firm calls itself changes nothing but its own letters, in any medium."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import polars as pl
import pytest

from policy_match.language.media import cell, encodable, markdown, terminal
from policy_match.screening.csv_files import write_csv
from tests.bad.run import run

if TYPE_CHECKING:
    from pathlib import Path

NAME = "义乌\\e[2J\\u202e\\a<b>x</b>\\n# 甲 [乙](丙)\\u2028厂"
"""As YAML writes it: a screen cleared, a direction turned, a bell, a heading."""
HARMFUL = "\x1b\u202e\a\u2028"


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """Return the profile of a firm of that name."""
    path = tmp_path / "firm.yaml"
    path.write_text(f'on: 2022-12-31\nfacts:\n  name: "{NAME}"\n', encoding="utf-8")
    return path


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_name_is_made_harmless(firm: Path, form: str) -> None:
    """No control, no turn of direction, no line of its own, no markup."""
    ran = run("check", firm, "--format", form, lang="zh")
    assert ran.code == 0
    assert not set(HARMFUL) & set(ran.out)
    assert "<b>x</b>" not in ran.out or form == "text"
    assert not any(line.startswith("# 甲") for line in ran.out.splitlines()[:5])
    assert "甲" in ran.out


def test_json_keeps_the_name_as_it_is(firm: Path) -> None:
    """There it is data, and escaped as such."""
    out = run("check", firm, "--format", "json").out
    assert "\\u001b[2J" in out
    assert "\x1b" not in out


def test_a_cell_is_never_a_formula(tmp_path: Path) -> None:
    """However it begins; a number stays one."""
    risky = ["=1+1", "@a", "+1+A1", "-1+A1", "\t=1", " =1", "＝1", "-cmd|'/c'!A1"]
    plain = ["-5", "+3.5", "-1,200", "12%", "义乌", "C2451", ""]
    frame = pl.DataFrame({"name": [*risky, *plain]})
    write_csv(frame, tmp_path / "list.csv")
    text = (tmp_path / "list.csv").read_text("utf-8-sig")
    found = [row["name"] for row in csv.DictReader(io.StringIO(text))]
    assert all(one.startswith("'") for one in found[: len(risky)])
    assert found[len(risky) :] == plain
    assert found == [cell(one) for one in (*risky, *plain)]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "big5", "utf-8"])
def test_a_mark_that_a_console_lacks_becomes_a_word(encoding: str) -> None:
    """Never `?`, which says that something is open."""
    shown = encodable("✓ met ✗ not met ─ · …", encoding)
    assert "?" not in shown.encode(encoding, errors="replace").decode(encoding)


def test_our_own_colours_stay() -> None:
    """And no other sequence does."""
    assert terminal("\x1b[32mok\x1b[0m\n\x1b]0;t\a") == "\x1b[32mok\x1b[0m\n�]0;t�"
    assert markdown("a|b\n* c") == "a\\|b \\* c"
