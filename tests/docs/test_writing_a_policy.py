"""The tutorial: its rulebook grows step by step, and says what the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bad.run import Ran, run
from tests.docs.markdown import ROOT, blocks

if TYPE_CHECKING:
    from pathlib import Path

PAGE = blocks(ROOT / "docs" / "writing-a-policy.md")


def _of(kind: str) -> list[str]:
    return [block.text for block in PAGE if block.kind == kind]


def _linted(place: Path, steps: list[str]) -> Ran:
    for number, step in enumerate(steps):
        (place / f"{number}.yaml").write_text(step, encoding="utf-8")
    return run("lint", place)


def test_without_examples_lint_says_what_the_page_says(tmp_path: Path) -> None:
    """After step four."""
    (told,) = _of("text findings")
    ran = _linted(tmp_path, _of("yaml step"))
    assert told.strip() in ran.err
    assert {code for _, _, code in ran.faults} == {"R403"}


def test_with_its_examples_the_rulebook_is_sound(tmp_path: Path) -> None:
    """After step six nothing is found."""
    (examples,) = _of("yaml example")
    *steps, policy = _of("yaml step")
    listed = "\n".join(f"      {line}" for line in examples.splitlines())
    ran = _linted(tmp_path, [*steps, f"{policy}    examples:\n{listed}\n"])
    assert (ran.code, ran.faults) == (0, [])


def test_a_slip_gives_the_message_shown(tmp_path: Path) -> None:
    """With the name that was meant."""
    (told,) = _of("text mistake")
    *steps, policy = _of("yaml step")
    slip = policy.replace("employees <= ", "employes <= ")
    ran = _linted(tmp_path, [*steps, slip])
    assert told.strip() in ran.err
