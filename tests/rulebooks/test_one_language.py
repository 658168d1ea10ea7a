"""An English rulebook is answered in English by every command, whoever asks."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.bad.run import run
from tests.rulebooks import HARBOUR, KIOSK
from tests.rulebooks.test_harbour import CHINESE
from tests.screening.command import credit_code

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2022-12-31"
REGISTER = f"""\
uscc,n,m,r,d,k
{credit_code(1)},5,100,10%,2020-01-01,stall
{credit_code(2)},many,100,10%,,shop
"""
COMMANDS = {
    "check-only": "screen {firms} --rules {kiosk} --on {day} --check-only",
    "check-only page": (
        "screen {firms} --rules {kiosk} --on {day} --check-only --format html"
    ),
    "compare": "compare --rules {kiosk} --rules {harbour} --on {day}",
    "compare page": (
        "compare --rules {kiosk} --rules {harbour} --on {day} --format html"
    ),
    "compare markdown": (
        "compare --rules {kiosk} --rules {harbour} --on {day} --format markdown"
    ),
    "whom it touches": (
        "compare {firms} --rules {kiosk} --on 2021-12-31 --on {day} --format html"
    ),
    "list": "policies list --rules {harbour} --on {day} --format html",
    "show": "policies show berth-fee-waiver --rules {harbour} --on {day}",
    "search": "policies search berth --rules {harbour} --on {day}",
    "profile": "profile --rules {harbour}",
    "check": "check {firm} --rules {harbour} --on {day} --format markdown",
    "sheet": "check {firm} --rules {harbour} --on {day} --format sheet",
    "plan": "check {firm} --rules {harbour} --on {day} --plan",
}


@pytest.fixture
def words(tmp_path: Path) -> dict[str, object]:
    """Return what stands in the commands."""
    firms, firm = tmp_path / "firms.csv", tmp_path / "firm.yaml"
    firms.write_text(REGISTER, encoding="utf-8")
    firm.write_text("facts: {crew: 30, turnover: 9.5m, activity: H5020}\n", "utf-8")
    return {
        "firms": firms,
        "firm": firm,
        "kiosk": KIOSK,
        "harbour": HARBOUR,
        "day": DAY,
        "out": tmp_path / "out",
        "letters": tmp_path / "letters",
    }


@pytest.mark.parametrize("asked", ["en", "zh"])
@pytest.mark.parametrize("command", COMMANDS)
def test_an_answer_is_in_one_language(
    command: str, asked: str, words: dict[str, object]
) -> None:
    """The rulebook's own, where it has no texts in the language asked for."""
    line = COMMANDS[command].format(**words)
    ran = run(*line.split(), "--lang", asked)
    assert ran.code in {0, 5}, ran.err
    assert ran.out.strip()
    # A style that is meant for a page in Chinese shows on no other.
    assert not CHINESE.search(re.sub(r"(?s)<style>.*?</style>", "", ran.out))


@pytest.mark.parametrize("asked", ["en", "zh"])
def test_a_screening_and_its_notices_are_in_one_language(
    asked: str, words: dict[str, object], tmp_path: Path
) -> None:
    """Every file of them; and one firm is not `1 firms`."""
    for line in (
        "screen {firms} --rules {kiosk} --on {day} --out {out}",
        "notices {out} --rules {kiosk} --out {letters}",
    ):
        ran = run(*line.format(**words).split(), "--lang", asked)
        assert ran.code in {0, 5}, ran.err
        assert not CHINESE.search(ran.out)
        assert "1 firms" not in ran.out + ran.err
    files = [*(tmp_path / "out").iterdir(), *(tmp_path / "letters").iterdir()]
    read = [text for path in files for text in texts(path)]
    assert len(read) > len(("report", "findings", "letter", "page"))
    for text in read:
        assert not CHINESE.search(text)
        assert not re.search(r"\b1 (firms|findings)\b", text)


def test_a_handbook_is_in_the_languages_of_its_rulebook(tmp_path: Path) -> None:
    """English alone, where that is all it has."""
    out = tmp_path / "handbook"
    assert run("policies", "handbook", "--rules", HARBOUR, "--out", out).code == 0
    pages = [path for path in out.rglob("*") if path.suffix in {".html", ".md"}]
    assert pages
    for page in pages:
        assert not CHINESE.search(page.read_text(encoding="utf-8"))


def texts(path: Path) -> list[str]:
    """Return what stands in a file of a result, as far as people read it."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return [
                book.read(name).decode()
                for name in book.namelist()
                if name.startswith(("xl/worksheets/", "xl/shared", "xl/workbook"))
            ]
    if path.suffix in {".html", ".csv", ".json", ".txt"}:
        return [path.read_text(encoding="utf-8")]
    return []
