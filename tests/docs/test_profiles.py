"""docs/profiles.md: every writing means what its table says, every message is told."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

import pytest

from policy_match.domain.possible import NO_VALUE, Choice, Interval, exactly, one
from policy_match.firms.profile import read_profile
from tests.bad.run import run
from tests.docs.markdown import ROOT, Block, blocks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program

PAGE = ROOT / "docs" / "profiles.md"
BLOCKS = blocks(PAGE)
ROW = re.compile(r"^\| `(\w+)` \| (`.*`) \| ([^|]+) \|$", re.MULTILINE)
WRITINGS = [
    pytest.param(fact, written, means, id=f"{fact} {written}")
    for fact, several, means in ROW.findall(PAGE.read_text(encoding="utf-8"))
    for written in re.findall("`(.*?)`", several)
]
TOLD = [
    pytest.param(block, told.text.strip(), id=f"line {block.line}")
    for block, told in pairwise(BLOCKS)
    if told.kind == "text"
]


def of_kind(kind: str) -> list[Block]:
    return [block for block in BLOCKS if block.kind == kind]


@pytest.fixture(scope="module")
def program(rulebook: Rulebook) -> Program:
    return rulebook.on(date(2022, 12, 31))


def given(program: Program, text: str) -> Mapping[str, Possible]:
    return read_profile(text, program.facts, program.systems).given


def as_profile(facts: str) -> str:
    return "on: 2022-12-31\nfacts:\n" + "".join(f"  {f}\n" for f in facts.splitlines())


def number(text: str) -> Fraction | int:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return date.fromisoformat(text).toordinal()
    return Fraction(text)


def meant(text: str) -> Possible | None:
    """Return what a word of the column `means` stands for."""
    if text in {"none", "unknown"}:
        return NO_VALUE if text == "none" else None
    if text in {"true", "false"}:
        return one(text == "true")
    if found := re.fullmatch(r"(\d[\d-]*)\.\.(\d[\d-]*)?", text):
        return Interval(number(found[1]), number(found[2]) if found[2] else inf)
    if re.fullmatch(r"-?[\d.-]+", text):
        return exactly(number(text))
    return Choice(frozenset(text.split(" or ")))


@pytest.mark.parametrize(("fact", "written", "means"), WRITINGS)
def test_a_writing_means_what_the_table_says(
    fact: str, written: str, means: str, program: Program
) -> None:
    found = given(program, as_profile(f"{fact}: {written}"))
    assert found.get(fact) == meant(means)


def test_the_profile_shown_is_read_as_the_page_says(program: Program) -> None:
    """Units, ranges, dates, none and a coarse code."""
    (block,) = of_kind("yaml profile")
    found = given(program, block.text)
    assert found == {
        "name": one("义乌市星禾玩具有限公司"),
        "employees": exactly(86),
        "revenue": exactly(23_500_000),
        "rd_expense": Interval(1_100_000, 1_300_000),
        "registered_on": exactly(date(2016, 5, 18).toordinal()),
        "online_fair_on": NO_VALUE,
        "private_owned": one(member=True),
        "industry_code": Choice(frozenset({"C"})),
    }


def test_a_fact_goes_by_other_names(program: Program) -> None:
    ids, titles = (given(program, as_profile(b.text)) for b in of_kind("yaml same"))
    assert ids == titles
    assert set(ids) == {"employees", "revenue", "legal_form"}


@pytest.mark.parametrize("block", of_kind("yaml pair"), ids=lambda b: f"line {b.line}")
def test_none_and_unknown_differ_as_the_page_says(block: Block, tmp_path: Path) -> None:
    profile = tmp_path / "firm.yaml"
    profile.write_text(as_profile(block.text), encoding="utf-8")
    answer = json.loads(run("check", profile, "--format", "json").out)
    ((policy, outcome),) = re.findall(r"# ([\w-]+): (\w+)", block.text)
    found = {f["policy"]: f["outcome"] for f in answer["findings"]}
    assert found[policy] == outcome


@pytest.mark.parametrize(("block", "told"), TOLD)
def test_a_message_is_told_as_the_page_shows_it(
    block: Block, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Faults at once and nothing else; a warning with the answer."""
    monkeypatch.chdir(tmp_path)
    refused = block.kind == "yaml wrong"
    text = block.text if refused else as_profile(block.text)
    (tmp_path / "firm.yaml").write_text(text, encoding="utf-8")
    ran = run("check", "firm.yaml", "--format", "json")
    if refused:
        faults = [line for line in ran.err.splitlines() if line.startswith("firm")]
        assert (ran.code, faults, ran.out) == (3, told.splitlines(), "")
    else:
        assert json.loads(ran.out)["warnings"] == told.splitlines()
