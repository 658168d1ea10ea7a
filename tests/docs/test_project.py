"""What a person who takes the project up finds: licence, hooks, the house in order."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import click
import tasks
import yaml

from policy_match.cli.main import commands
from tests.docs.markdown import ROOT


def _data(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_licence_is_the_one_that_the_metadata_names() -> None:
    """Apache-2.0, its whole text."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_hook_for_rulebooks_is_a_command() -> None:
    """With an argument that it takes."""
    (hook,) = _data(".pre-commit-hooks.yaml")
    program, command, *_ = hook["entry"].split()
    assert program == "policy-match"
    known = commands.get_command(click.Context(commands), command)
    assert known is not None
    assert any(isinstance(p, click.Argument) for p in known.params)
    assert hook["args"] == ["rules"]


def test_the_hooks_of_the_project_are_its_tasks() -> None:
    """Whoever commits and CI run the same."""
    (repository,) = _data(".pre-commit-config.yaml")["repos"]
    for hook in repository["hooks"]:
        assert hook["entry"].split()[:2] == ["python3", "tasks.py"]
        assert hook["entry"].split()[2] in tasks.TASKS


def test_every_task_and_file_that_contributing_names_is_there() -> None:
    """So that no page tells of what was."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"tasks\.py (\w+)", text))
    assert named <= set(tasks.TASKS)
    assert {"test", "pytest", "lint", "tidy"} <= named
    package = ROOT / "src" / "policy_match"
    files = set(re.findall(r"`([\w/]+(?:/|\.py))`", text))
    assert [
        f for f in files if not ((package / f).exists() or (ROOT / f).exists())
    ] == []


def test_every_marker_left_out_is_one_that_there_is() -> None:
    """A misspelt one would leave nothing out."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    markers = settings["tool"]["pytest"]["ini_options"]["markers"]
    assert set(tasks.SLOW) <= {re.split("[:(]", marker)[0] for marker in markers}
