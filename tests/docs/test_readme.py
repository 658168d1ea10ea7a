"""README shows what a command prints, names commands that exist, links to what is."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from policy_match.cli.main import COMMANDS
from tests.bad.run import run

README = Path("README.md").read_text(encoding="utf-8")
SHOWN = README.split("<!-- answer -->\n```\n")[1].split("```")[0]
KEY = README.split("| in the answer | says |\n|---|---|\n")[1].split("\n\n")[0]


def test_the_answer_shown_is_the_answer_given() -> None:
    """Its first lines, to the character; digests move with the law."""
    ran = run(
        "check", "examples/firms/toy-maker.yaml", "--today", "2023-03-15", lang="zh"
    )
    assert re.sub(r"摘要 [0-9a-f]{12}", "摘要 …", ran.out).startswith(SHOWN)


@pytest.mark.parametrize("row", KEY.splitlines())
def test_the_key_explains_what_is_shown(row: str) -> None:
    """Each of its words stands in the answer."""
    words = row.split(" | ", maxsplit=1)[0].removeprefix("| ")
    assert all(word.strip() in SHOWN for word in re.split("[,…]", words))


def test_the_key_counts_as_the_answer_does() -> None:
    """The firm's policies by outcome."""
    (row,) = [row for row in KEY.splitlines() if "当日未施行" in row]
    (line,) = [line for line in SHOWN.splitlines() if "当日未施行" in line]
    counts = re.findall(r"\d+", line)
    assert re.findall(r"\d+", row.split(" | ")[1]) == counts


def test_a_firm_of_which_nothing_is_known_is_refused_nothing() -> None:
    """As the page says."""
    ran = run("check", "examples/firms/nothing-known.yaml", "--format", "json")
    assert json.loads(ran.out)["totals"]["ineligible"] == 0


def test_there_are_as_many_policies_as_it_says() -> None:
    """The changelog keeps what each release had."""
    listed = json.loads(run("policies", "list", "--format", "json").out)
    assert re.findall(r"(\d+) policies with", README) == [str(len(listed))]


def test_the_extras_are_those_there_are() -> None:
    """Besides that for developers; the command installs all but Spark."""
    settings = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    extras = set(settings["project"]["optional-dependencies"]) - {"dev"}
    table = README.split("| extra | brings |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == extras
    (installed,) = re.findall(r"policy-match\[(.*?)\]", README)
    assert set(installed.split(",")) == extras - {"spark"} - {"spark"}


def test_every_command_is_in_the_table_and_no_other() -> None:
    """A person finds there what there is."""
    named = set(re.findall(r"^\| `policy-match (\w+)", README, re.MULTILINE))
    assert named == set(COMMANDS)


@pytest.mark.parametrize("target", re.findall(r"\]\(([^):]+)\)", README))
def test_a_link_leads_somewhere(target: str) -> None:
    """Files and folders of the project."""
    assert Path(target).exists()
