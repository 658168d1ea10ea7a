"""The interview at a real pseudo-terminal."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from wcwidth import wcswidth

from tests.unit.test_counterfactuals import RULES

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("prompt_toolkit")
pexpect = pytest.importorskip("pexpect")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a small rulebook."""
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "rules.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def started(folder: Path) -> Any:
    """Start the interview in Chinese, 80 columns wide."""
    arguments = ["-m", "policy_match", "assess", str(folder / "firm.yaml")]
    arguments += ["--rules", str(folder / "rules"), "--on", "2022-12-31"]
    return pexpect.spawn(
        sys.executable,
        [*arguments, "--lang", "zh"],
        encoding="utf-8",
        dimensions=(40, 80),
        timeout=30,
        env={
            **os.environ,
            "TERM": "xterm",
            "PYTHONUTF8": "1",
            "NO_COLOR": "1",
            "PROMPT_TOOLKIT_NO_CPR": "1",
        },
    )


ANSWERS = {
    "是否民营": "1",
    "研发费用多少": "60万",
    "何时成立": "2015-01-01",
    "利润多少": "290万 至 295万",
    "是否有意": "否",
}
DONE = "没有其他问题会改变结果"


def questioned(child: Any) -> str:
    """Wait for the next question, and return which one of `ANSWERS` it is."""
    names = [*ANSWERS, DONE]
    found: int = child.expect([*(f"{name}？[^>]*>" for name in ANSWERS), DONE])
    return names[found]


def saved(folder: Path) -> dict[str, object]:
    """Return the facts of the profile that was saved."""
    facts: dict[str, object] = yaml.safe_load(
        (folder / "firm.yaml").read_text(encoding="utf-8")
    )["facts"]
    return facts


def test_an_interview_ends_with_the_answer_and_a_profile(folder: Path) -> None:
    """Every question is answered once; the answer of `check` follows."""
    child = started(folder)
    asked = []
    while (question := questioned(child)) != DONE:
        asked.append(question)
        child.send(ANSWERS[question] + "\r")
    child.expect("仅供参考")
    child.expect(pexpect.EOF)
    assert sorted(asked) == sorted(ANSWERS)
    assert saved(folder) == {
        "private": "yes",
        "research": "60万",
        "registered_on": "2015-01-01",
        "profit": "290万..295万",
        "wants": "no",
    }


def test_a_number_may_be_answered_by_one_of_the_ranges_offered(folder: Path) -> None:
    """The limits of the rules make the ranges; a letter chooses one of them."""
    child = started(folder)
    while questioned(child) != "利润多少":
        child.send("\r")
    assert "a. 不超过300万元" in child.after
    assert "b. 超过300万元" in child.after
    child.send("b\r")
    questioned(child)
    child.send("q\r")
    child.expect(pexpect.EOF)
    assert saved(folder)["profit"] == "3000000.01.."


def test_the_tally_tells_the_money_while_one_answers(folder: Path) -> None:
    """59 of 295 thousand: a fifth, as soon as the profit is known."""
    (folder / "firm.yaml").write_text("facts:\n  profit: 295万\n", "utf-8")
    child = started(folder)
    child.expect("第 1 步，最多还有 3 步　符合 1　不符合 0　待定 3")
    child.expect("可享受：减免税额59万元")
    child.send("q\r")
    child.expect(pexpect.EOF)


def test_answers_survive_an_interruption_and_are_not_asked_again(
    folder: Path,
) -> None:
    """Ctrl-C after one answer; the next interview starts with the others."""
    child = started(folder)
    first = questioned(child)
    child.send(ANSWERS[first] + "\r")
    questioned(child)
    child.sendintr()
    child.expect("已保存")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert len(saved(folder)) == 1
    again = started(folder)
    assert questioned(again) != first
    again.send("q\r")
    again.expect("已保存")
    again.expect(pexpect.EOF)


def test_a_wrong_answer_is_refused_at_once_and_one_can_go_back(
    folder: Path,
) -> None:
    """The question is put again; `<` returns to the one before."""
    child = started(folder)
    first = questioned(child)
    child.send("多得很\r")
    assert questioned(child) == first
    child.send(ANSWERS[first] + "\r")
    assert questioned(child) != first
    child.send("<\r")
    assert questioned(child) == first
    child.send("q\r")
    child.expect(pexpect.EOF)
    assert saved(folder) == {}


def test_every_line_fits_eighty_columns(folder: Path) -> None:
    """Chinese characters are two columns wide."""
    child = started(folder)
    told = ""
    while questioned(child) != DONE:
        told += child.before + child.after
        child.send("\r")
    lines = [re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", x) for x in told.splitlines()]
    assert max(wcswidth(line.strip("\r")) for line in lines) <= 80
