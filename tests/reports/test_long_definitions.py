"""An answer grows with the rulebook, not with the paths through it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import policy_match as pm

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """
rulebook: {id: town, title: Town, languages: [en], currency: EUR, locale: en,
           disclaimer: For reference only.}
departments: {council: Council}
sources: {by-law: {number: By-law 4}}
facts:
  name: {type: text, title: name, asks: Name?, settled_by: firm}
  rent: {type: money, title: rent, asks: Rent?, settled_by: firm}
policies:
  grant:
    title: Grant
    summary: Part of the rent.
    kind: subsidy
    departments: {lead: council, granting: council}
    in_force: {from: 2020-01-01}
    when: WHEN
    benefit: {form: grant, amount: rent / 2}
definitions:
"""


def law(place: Path, kind: str, first: str, step: str, levels: int) -> pm.Law:
    """Return a law in which each definition rests on the one below."""
    when = f"level{levels - 1}" if kind == "bool" else f"level{levels - 1} > 10"
    lines = [
        f"  level{i}: {{type: {kind}, title: level {i}, "
        f"is: {step.replace('BELOW', f'level{i - 1}') if i else first}}}"
        for i in range(levels)
    ]
    text = HEAD.replace("WHEN", when) + "\n".join(lines) + "\n"
    (place / "town.yaml").write_text(text, encoding="utf-8")
    return pm.load(place).on("2024-06-30")


def depth(data: Any) -> int:
    """Return how deep JSON nests."""
    if isinstance(data, dict):
        return 1 + max(map(depth, data.values()), default=0)
    return 1 + max(map(depth, data), default=0) if isinstance(data, list) else 0


@pytest.mark.parametrize("rent", [2, 2000])
def test_a_long_chain_of_formulas_is_told_in_every_format(
    tmp_path: Path, rent: int
) -> None:
    """Each definition once, however deep it lies."""
    answer = law(tmp_path, "money", "rent", "BELOW + 0", 400).assess({"rent": rent})
    told = answer.to_dict("en")
    names = [found["fact"] for found in told["definitions"]]
    assert sorted(names) == sorted(["rent", *(f"level{i}" for i in range(400))])
    assert depth(told) < 10
    for form in ("text", "markdown", "html"):
        page = answer.render(form, "en", explain=["all"])
        assert "level 399" in page
        assert "level 3 " in page.replace("<", " ").replace("\n", " ")


@pytest.mark.parametrize("rent", [2, 2000])
def test_what_is_used_twice_at_each_level_is_told_once(
    tmp_path: Path, rent: int
) -> None:
    """Two to the power of 60 paths, 60 definitions."""
    step = "{any: [BELOW, {all: [BELOW, rent > 100]}]}"
    answer = law(tmp_path, "bool", "rent > 10", step, 60).assess({"rent": rent})
    told = answer.to_dict("en")
    assert len(told["definitions"]) == 60
    assert len(json.dumps(told)) < 100_000
    for form in ("text", "markdown", "html"):
        assert "Grant" in answer.render(form, "en", explain=["all"])
