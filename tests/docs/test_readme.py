"""README shows what a command prints, names commands that exist, links to what is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policy_match.cli.main import COMMANDS
from tests.bad.run import run

README = Path("README.md").read_text(encoding="utf-8")


def test_the_answer_shown_is_the_answer_given() -> None:
    """Its first lines, to the character."""
    shown = README.split("<!-- answer -->\n```\n")[1].split("```")[0]
    ran = run("check", "examples/firms/toy-maker.yaml", lang="zh")
    assert ran.out.startswith(shown)


def test_every_command_is_in_the_table_and_no_other() -> None:
    """A person finds there what there is."""
    named = set(re.findall(r"^\| `policy-match (\w+)", README, re.MULTILINE))
    assert named == set(COMMANDS)


@pytest.mark.parametrize("target", re.findall(r"\]\(([^):]+)\)", README))
def test_a_link_leads_somewhere(target: str) -> None:
    """Files and folders of the project."""
    assert Path(target).exists()
