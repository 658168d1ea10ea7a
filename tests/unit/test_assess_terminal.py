"""The interview at a real pseudo-terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

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
    "研发费用多少": "38万",
    "何时成立": "2015-01-01",
    "利润多少": "290万 至 295万",
    "是否有意": "否",
}


SAVED = {
    "是否民营": ("private", "yes"),
    "研发费用多少": ("research", "38万"),
    "何时成立": ("registered_on", "2015-01-01"),
    "利润多少": ("profit", "290万..295万"),
    "是否有意": ("wants", "no"),
}


def questioned(child: Any, done: str = "没有这句话") -> str:
    """Wait for the next question, or for `done`, and return which it is."""
    names = list(ANSWERS)
    found: int = child.expect([*(f"{name}？[^>]*>" for name in names), done])
    return [*names, done][found]


def saved(folder: Path) -> dict[str, object]:
    """Return the facts of the profile that was saved."""
    facts: dict[str, object] = yaml.safe_load(
        (folder / "firm.yaml").read_text(encoding="utf-8")
    )["facts"]
    return facts


def test_an_interview_ends_with_the_answer_and_a_profile(folder: Path) -> None:
    """Every question is answered once; the answer of `check` follows."""
    child = started(folder)
    asked: list[str] = []
    done = "没有其他问题会改变结果"
    while (found := questioned(child, done)) != done:
        child.send(ANSWERS[found] + "\r")
        asked.append(found)
    child.expect("已保存")
    child.expect("仅供参考")
    child.expect(pexpect.EOF)
    assert len(set(asked)) == len(asked)
    assert saved(folder) == dict(SAVED[name] for name in asked)


def test_answers_survive_an_interruption_and_are_not_asked_again(
    folder: Path,
) -> None:
    """Ctrl-C after one answer; the next interview starts with the others."""
    child = started(folder)
    first = questioned(child)
    child.send(ANSWERS[first] + "\r")
    questioned(child)
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130
    assert len(saved(folder)) == 1
    again = started(folder)
    assert questioned(again) != first
    again.send("q\r")
    again.expect("仅供参考")
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
