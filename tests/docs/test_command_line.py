"""docs/command-line.md: the help of every command, exit codes, the environment."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

import policy_match
from policy_match.cli.main import (
    DEFECT,
    INPUT,
    INTERRUPTED,
    RULEBOOK,
    USAGE,
    commands,
)
from policy_match.cli.replay import DIFFERS
from policy_match.cli.screen import REJECTED
from tests.bad.run import run
from tests.docs.markdown import ROOT

PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
SECTION = re.compile(
    r"^## `policy-match ?(.*?)`\n\n```text\n(.*?)```", re.MULTILINE | re.DOTALL
)
HELP = dict(SECTION.findall(PAGE))


def _all(group: click.Group, name: str = "") -> list[str]:
    found = [name]
    for word in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), word)
        below = f"{name} {word}".strip()
        found += _all(command, below) if isinstance(command, click.Group) else [below]
    return found


def test_every_command_has_its_section() -> None:
    """And no section is left of a command that is gone."""
    assert isinstance(commands, click.Group)
    assert sorted(HELP) == sorted(_all(commands))


@pytest.mark.parametrize("command", HELP)
def test_the_help_shown_is_the_help_printed(command: str) -> None:
    """To the character."""
    assert run(*command.split(), "--help").out == HELP[command]


def test_the_exit_codes_are_those_of_the_command() -> None:
    """Each once, in order."""
    listed = [int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)]
    told = {0, DEFECT, USAGE, INPUT, RULEBOOK, REJECTED, DIFFERS, INTERRUPTED}
    assert listed == sorted(told)


def test_every_variable_that_is_read_is_listed() -> None:
    """Of the environment; what is listed is read somewhere."""
    table = PAGE.split("## Environment")[1].split("## Completion")[0]
    listed = set(re.findall(r"`([A-Z_]{4,})`", table))
    package = Path(policy_match.__file__).parent
    sources = [*package.rglob("*.py"), ROOT / "tasks.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    read = set(re.findall(r'environ\.get\(\s*"([A-Z_]+)"', text))
    languages = {"LC_ALL", "LC_MESSAGES", "LANG"}
    assert all(f'"{name}"' in text for name in languages)
    assert listed == read | languages
