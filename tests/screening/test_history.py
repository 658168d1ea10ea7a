"""Screenings kept side by side show whether take-up comes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.screening.command import credit_code, run, screen
from tests.screening.town import write_rules

if TYPE_CHECKING:
    from pathlib import Path

FIRMS = 4


def _screened(place: Path, history: Path, rules: Path, day: str, claimed: int) -> None:
    firms, claims = place / "firms.csv", place / "claims.csv"
    rows = [f"{credit_code(i)},5,100万" for i in range(FIRMS)]
    firms.write_text("\n".join(["uscc,staff,sales", *rows]), encoding="utf-8")
    paid = [f"{credit_code(i)},small-grant,1,{day}" for i in range(claimed)]
    claims.write_text("\n".join(["uscc,policy,amount,on", *paid]), encoding="utf-8")
    found = screen(
        firms, "--claims", claims, "--rules", rules, "--on", day, "--history", history
    )
    assert found.code == 0, found.err


def test_the_trend(tmp_path: Path) -> None:
    """One line a screening; the same inputs again count once."""
    history, rules = tmp_path / "history.sqlite", write_rules(tmp_path)
    _screened(tmp_path, history, rules, "2022-06-30", 1)
    _screened(tmp_path, history, rules, "2022-12-31", 3)
    _screened(tmp_path, history, rules, "2022-12-31", 3)
    done = run("takeup", history)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines() if line.strip()]
    assert lines[2:4] == [
        ["2022-06-30", "25.0%", "1", "3", "30,000.00"],
        ["2022-12-31", "75.0%", "3", "1", "10,000.00"],
    ]
    assert ["小企业补助", "25.0%", "→", "75.0%", "3", "1", "10,000.00"] in lines
    assert sum(line[0].startswith("2022") for line in lines) == 2


def test_the_trend_as_a_page(tmp_path: Path) -> None:
    """With a chart, in either language."""
    history, rules = tmp_path / "history.sqlite", write_rules(tmp_path)
    _screened(tmp_path, history, rules, "2022-06-30", 2)
    out = tmp_path / "trend.html"
    done = run("takeup", history, "--format", "html", "--out", out, "--lang", "en")
    assert done.returncode == 0, done.stderr
    page = out.read_text(encoding="utf-8")
    assert "<svg" in page
    assert "small-grant" in page.lower()
    assert "50.0%" in page


def test_why_the_rate_moved(tmp_path: Path) -> None:
    """New claims, and another version of the rulebook; the same again stays told."""
    history, rules = tmp_path / "history.sqlite", write_rules(tmp_path)
    _screened(tmp_path, history, rules, "2022-12-31", 1)
    book = rules / "town.yaml"
    text = book.read_text(encoding="utf-8")
    book.write_text(text.replace("sales * 1%", "sales * 2%"), encoding="utf-8")
    for _ in range(2):
        _screened(tmp_path, history, rules, "2022-12-31", 3)
    done = run("takeup", history)
    assert done.returncode == 0, done.stderr
    text = " ".join(done.stdout.split())
    why = "变动原因 2022-12-31（与2022-12-31相比）新申领：已享+2项，未享−2项"
    assert why in text
    assert "规则书 2022-12-31与2022-12-31适用的版本不同" in text


_FIRST = """
CREATE TABLE run (
    id INTEGER PRIMARY KEY, on_day TEXT NOT NULL, rulebook TEXT NOT NULL,
    firms_digest TEXT NOT NULL, claims_digest TEXT,
    UNIQUE (on_day, rulebook, firms_digest, claims_digest)
);
CREATE TABLE takeup (
    run INTEGER NOT NULL REFERENCES run, policy TEXT NOT NULL,
    title_zh TEXT NOT NULL, title_en TEXT NOT NULL, claimable INTEGER NOT NULL,
    eligible INTEGER NOT NULL, claimed INTEGER, unclaimed INTEGER NOT NULL,
    undetermined INTEGER NOT NULL, over_claimed INTEGER, due_cents INTEGER NOT NULL,
    claimed_cents INTEGER, unclaimed_cents INTEGER NOT NULL,
    PRIMARY KEY (run, policy)
);
INSERT INTO run VALUES (1, '2021-12-31', 'sha256:a', 'sha256:b', 'sha256:c');
INSERT INTO takeup VALUES (1, 'small-grant', '小企业补助', 'Small help', 1, 4, 1, 3, 0,
    0, 4000000, 1000000, 3000000);
PRAGMA user_version = 1;
"""


def test_a_history_of_the_first_format_is_read_and_gone_on_with(tmp_path: Path) -> None:
    """To read it changes no byte of it; its titles stay those of its time."""
    history, rules = tmp_path / "history.sqlite", write_rules(tmp_path)
    with closing(sqlite3.connect(history)) as base:
        base.executescript(_FIRST)
    before = history.read_bytes()
    for lang, title in (("zh", "小企业补助"), ("en", "Small help")):
        done = run("takeup", history, "--lang", lang)
        assert done.returncode == 0, done.stderr
        assert title in done.stdout
    assert history.read_bytes() == before
    _screened(tmp_path, history, rules, "2022-12-31", 3)
    lines = [line.split() for line in run("takeup", history).stdout.splitlines()]
    assert ["2021-12-31", "25.0%", "1", "3", "30,000.00"] in lines
    assert ["小企业补助", "25.0%", "→", "75.0%", "3", "1", "10,000.00"] in lines


def test_a_file_that_is_no_history(tmp_path: Path) -> None:
    """Told before anything is screened, and left as it is."""
    other = tmp_path / "notes.txt"
    other.write_text("my notes, which are long enough to be read" * 9, "utf-8")
    assert run("takeup", other).returncode == 2
    firms = tmp_path / "firms.csv"
    firms.write_text(f"uscc,staff\n{credit_code(1)},1\n", encoding="utf-8")
    rules = write_rules(tmp_path)
    found = screen(firms, "--rules", rules, "--history", other)
    assert found.code == 2
    assert "不是筛查历史文件" in found.err
    assert other.read_text("utf-8").startswith("my notes")
    assert not found.path.exists()
