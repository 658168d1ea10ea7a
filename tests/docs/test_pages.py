"""Pages of the documentation: links, layers and profiles are as they say."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from policy_match.domain.possible import Choice, Interval, exactly, one
from policy_match.profile import read_profile
from tests.docs.markdown import PAGES, ROOT, blocks

if TYPE_CHECKING:
    from pathlib import Path

    from policy_match.compiler import Rulebook


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_somewhere(page: Path) -> None:
    """To a file of the project, and to a heading that is there."""
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        other = (page.parent / name) if name else page
        assert other.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", other.read_text("utf-8"), re.MULTILINE)
            known = {
                re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings
            }
            assert anchor in known, target


def test_the_layers_shown_are_the_layers_checked() -> None:
    """Line by line those of the contract."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    shown = text.split("<!-- layers -->\n\n")[1].split("\n\n")[0].splitlines()
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = [c["layers"] for c in contracts if c["type"] == "layers"]
    assert [line.strip() for line in shown] == layers


def test_the_profile_shown_is_read_as_the_page_says(rulebook: Rulebook) -> None:
    """Units, ranges, dates, none and a coarse code."""
    program = rulebook.on(date(2022, 12, 31))
    (block,) = [b for b in blocks(ROOT / "docs" / "profiles.md") if b.kind]
    given = read_profile(block.text, program.facts, program.systems).given
    assert given["revenue"] == exactly(23_500_000)
    assert given["rd_expense"] == Interval(1_100_000, 1_300_000)
    assert given["registered_on"] == exactly(date(2016, 5, 18).toordinal())
    assert given["private_owned"] == one(member=True)
    assert given["industry_code"] == Choice(frozenset({"C"}))
    absent = given["online_fair_on"]
    assert isinstance(absent, Interval)
    assert not absent.some
