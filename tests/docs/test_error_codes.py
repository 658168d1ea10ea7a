"""docs/error-codes.md names every code, and its examples say what it says."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

import policy_match
from tests.bad.run import Ran, run
from tests.chinese import chinese
from tests.docs.markdown import ROOT, Block, blocks

PAGE = ROOT / "docs" / "error-codes.md"
BLOCKS = blocks(PAGE)
CODE = re.compile(r'"([YRFH]\d{3})"')
HEADING = re.compile(r"^### ([A-Z]\d{3}) \S", re.MULTILINE)
LINTS = "R401"
"""From here on, what only `lint` finds; the page's town has such findings itself."""
CLAIM = "uscc,policy,amount,on\n91330782MA2E4TXY16,grant,100,2022-05-01\n"
SHOP = "name,uscc\nShop,91330782MA2E4TXY16\n"
QUOTED = re.compile("`([^`]+)`")
NUMBERS = re.compile("[0-9]+(?:-[0-9]+)*")
EXAMPLES = [
    pytest.param(bad, told.text.strip(), id=bad.kind)
    for bad, told in pairwise(BLOCKS)
    if told.kind == "text"
]


def town(place: Path) -> Path:
    """Write the rulebook that the page begins with."""
    place.mkdir()
    (rules,) = (block for block in BLOCKS if block.kind == "yaml rules")
    (place / "town.yaml").write_text(rules.text, encoding="utf-8")
    return place


def shown(bad: Block, lang: str = "en") -> Ran:
    """Give the example to the command that reads such a file."""
    rules, (language, code, *options) = town(Path("rules")), bad.kind.split()
    if language == "json":
        Path("decision.json").write_text(bad.text, encoding="utf-8")
        return run("replay", "decision.json", "--rules", rules, lang=lang)
    if language == "csv":
        return screened(bad.text, lang, claims="claims" in options)
    if code[0] == "R":
        (rules / "new.yaml").write_text(bad.text, encoding="utf-8")
        days = ["--on", bad.options["on"]] if "on" in bad.options else []
        return run("lint", rules, *days, lang=lang)
    Path("firm.yaml").write_text(bad.text, encoding="utf-8")
    day = ["--on", "2022-12-31"]
    return run("check", "firm.yaml", "--rules", rules, *day, lang=lang)


def screened(text: str, lang: str, *, claims: bool) -> Ran:
    """Screen with the example as the register, or as the claims."""
    firms, made = Path("firms.csv"), Path("claims.csv")
    firms.write_text(SHOP if claims else text, encoding="utf-8")
    made.write_text(text if claims else CLAIM, encoding="utf-8")
    where = ["--rules", "rules", "--out", "result", "--on", "2022-12-31"]
    return run("screen", firms, "--claims", made, *where, lang=lang)


@pytest.mark.parametrize(("bad", "told"), EXAMPLES)
def test_an_example_is_told_as_the_page_says(
    bad: Block, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word for word; and what is wrong with rules is that and nothing else."""
    monkeypatch.chdir(tmp_path)
    ran = shown(bad)
    code = bad.kind.split()[1]
    assert set(told.splitlines()) <= set(ran.err.splitlines())
    assert f" {code} " in told
    assert ran.code == (4 if code[0] == "R" else 3)
    if code < LINTS:
        assert {found for _, _, found in ran.faults if found < LINTS} == {code}


@pytest.mark.parametrize(("bad", "told"), EXAMPLES)
def test_an_example_is_told_in_chinese(
    bad: Block, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the same places, by the same codes; names, days and numbers as written."""
    monkeypatch.chdir(tmp_path)
    ran = shown(bad, "zh")
    assert ran.told
    assert all(map(chinese, ran.told))
    (rules,) = (block for block in BLOCKS if block.kind == "yaml rules")
    given = rules.text + bad.text
    for line in told.splitlines():
        place, code, said = line.split(" ", 2)
        (found,) = (x for x in ran.err.splitlines() if x.startswith(f"{place} {code} "))
        repeated = [word for word in QUOTED.findall(said) if word in given]
        assert all(word in found for word in repeated)
        assert set(NUMBERS.findall(said)) <= set(NUMBERS.findall(found))


def test_every_example_is_followed_by_its_message() -> None:
    """And there are examples of nearly every code."""
    examples = [b for b in BLOCKS if re.match(r"(yaml|csv|json) [YRF]\d", b.kind)]
    assert len(examples) == len(EXAMPLES) >= 35


def test_the_page_names_the_codes_there_are() -> None:
    """In order, each once: none that is not told, none that is told unexplained."""
    source = Path(policy_match.__file__).parent
    files = source.rglob("*.py")
    told = {code for f in files for code in CODE.findall(f.read_text("utf-8"))}
    named = HEADING.findall(PAGE.read_text(encoding="utf-8"))
    assert set(named) == told
    for letter in "YRFH":
        of_one = [code for code in named if code[0] == letter]
        assert of_one == sorted(set(of_one))
