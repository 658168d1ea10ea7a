"""A command line that makes no sense, and output that cannot be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.bad.run import run
from tests.bad.test_profiles import ONE_FACT

if TYPE_CHECKING:
    from pathlib import Path

USAGE = 2
FIRM = "examples/firms/toy-maker.yaml"

LINES = {
    "no such command": (["chek", FIRM], "did you mean `check`?", "是否想写“check”"),
    "no such command below": (["policies", "shwo"], "did you mean `show`?", "“show”"),
    "no firm": (["check"], "FIRM is missing", "缺少 FIRM"),
    "no policy": (["policies", "show"], "POLICY is missing", "缺少 POLICY"),
    "nothing asked": (["policies"], "--help", "用法见"),
    "no such option": (["check", FIRM, "--bakend"], "`--backend`?", "“--backend”"),
    "no such backend": (["check", FIRM, "--backend", "x"], "durable-rules", "可写"),
    "no such format": (["check", FIRM, "--format", "pdf"], "markdown", "可写"),
    "no such language": (["check", FIRM, "--lang", "fr"], "one of zh, en", "可写"),
    "no day": (["check", FIRM, "--on", "2022-13-01"], "is not a day", "不是日期"),
    "no value": (["check", FIRM, "--on"], "needs a value", "缺少值"),
    "a value too many": (["schema", "--check=1"], "takes no value", "不能写值"),
    "a word too many": (["lint", "a", "b"], "is not expected", "多写了"),
    "no such policy": (["policies", "show", "x"], "unknown policy", "没有“x”这项政策"),
    "nothing to explain": (
        ["check", FIRM, "--explain", "rd-super-deductoin"],
        "did you mean `rd-super-deduction`?",
        "是否想写“rd-super-deduction”",
    ),
    "nowhere to write": (
        ["check", FIRM, "--out", "/no/such/place/x.html"],
        "cannot be written: no such file or directory",
        "无法写入",
    ),
    "a directory to write to": (["check", FIRM, "--out", "tests"], "tests", "tests"),
}


@pytest.mark.parametrize("kind", LINES)
def test_a_command_line(kind: str) -> None:
    """One line, in the reader's language, and exit code 2."""
    words, english, chinese = LINES[kind]
    for lang, wanted in (("en", english), ("zh", chinese)):
        ran = run(*words, lang=lang)
        assert (ran.code, ran.out) == (USAGE, "")
        assert len(ran.err.splitlines()) == 1
        assert wanted in ran.err


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """A file that stood there stays as it was."""
    place = tmp_path / "answer.json"
    place.write_text("before", encoding="utf-8")
    bad = tmp_path / "firm.yaml"
    bad.write_text("facts: {employees: x}\n", encoding="utf-8")
    assert run("check", bad, "--format", "json", "--out", place).code != 0
    assert place.read_text(encoding="utf-8") == "before"
    assert sorted(tmp_path.iterdir()) == [place, bad]


def test_a_long_path_is_told_whole(tmp_path: Path) -> None:
    """Where something could not be written is no use in part."""
    place = tmp_path / ("a" * 60) / ("b" * 60) / "answer.txt"
    ran = run("check", FIRM, "--out", place)
    assert ran.code == USAGE
    assert str(place) in ran.err


# ---- the languages of messages

_QUOTED = re.compile(r"“[^”]*”|（[a-z_]+）")
_TERMS = {"UTF", "YAML", "GBK", "policy-match", "profile", "list", "lint", "help"}


@pytest.mark.parametrize("kind", ONE_FACT)
def test_a_chinese_message_is_chinese(kind: str, tmp_path: Path) -> None:
    """No English word but what the author wrote, ids and names of formats."""
    firm = tmp_path / "firm.yaml"
    firm.write_text(f"facts:\n  {ONE_FACT[kind][0]}\n", encoding="utf-8")
    ran = run("check", firm, lang="zh")
    told = _QUOTED.sub("", ran.err.splitlines()[0].split(": ", 1)[1][5:])
    words = set(re.findall(r"[a-zA-Z][a-z-]{2,}", told)) - _TERMS
    assert words == set()
    assert re.search("[一-鿿]", told)
