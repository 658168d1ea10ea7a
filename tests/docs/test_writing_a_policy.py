"""The tutorial: its rulebook grows step by step, and says what the page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.bad.run import Ran, run
from tests.docs.markdown import ROOT, blocks

PAGE = blocks(ROOT / "docs" / "writing-a-policy.md")


def _of(kind: str) -> list[str]:
    return [block.text for block in PAGE if block.kind == kind]


def _whole() -> list[str]:
    """Return every step, with the examples in their place."""
    (examples,) = _of("yaml example")
    *steps, policy = _of("yaml step")
    listed = "\n".join(f"      {line}" for line in examples.splitlines())
    return [*steps, f"{policy}    examples:\n{listed}\n"]


def _linted(steps: list[str], *options: str) -> Ran:
    Path("rules").mkdir()
    for number, step in enumerate(steps):
        Path(f"rules/{number}.yaml").write_text(step, encoding="utf-8")
    return run("lint", "rules", *options)


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_examples_lint_says_what_the_page_says() -> None:
    """After step four."""
    (told,) = _of("text findings")
    ran = _linted(_of("yaml step"))
    assert told.strip() in ran.err
    assert {code for _, _, code in ran.faults} == {"R403"}


def test_with_its_examples_the_rulebook_is_sound() -> None:
    """Nothing is found, and each condition has been seen three ways."""
    ran = _linted(_whole(), "--coverage")
    assert (ran.code, ran.faults) == (0, [])
    (shown,) = _of("text coverage")
    printed = [line.partition("  ")[2] or line for line in ran.out.splitlines()]
    assert shown.splitlines() == printed


def test_a_slip_gives_the_message_shown() -> None:
    """With its place, the name that was meant, and a caret."""
    (told,) = _of("text mistake")
    slip = [text.replace("employees <= ", "employes <= ") for text in _whole()]
    assert told in _linted(slip).err


def test_an_example_tells_of_a_wrong_comparison() -> None:
    """The one that stands on the threshold; then nothing shows it false."""
    (told,) = _of("text wrong")
    slip = [text.replace("rent > ", "rent >= ") for text in _whole()]
    faults = [line for line in _linted(slip).err.splitlines() if ": R" in line]
    assert [line.split(": ", 1)[1] for line in faults] == told.splitlines()


def test_a_firm_is_answered_as_the_page_shows() -> None:
    """With the evidence unfolded."""
    _linted(_whole())
    (firm,), (answer,) = _of("yaml firm"), _of("text answer")
    Path("shop.yaml").write_text(firm, encoding="utf-8")
    words = ("--rules", "rules", "--explain", "shop-rent", "--today", "2024-06-30")
    ran = run("check", "shop.yaml", *words)
    assert re.sub("digest [0-9a-f]{12}", "digest …", ran.out) == answer
