"""Another country's rulebook is answered like the shipped one, by the same engine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import policy_match
from tests.bad.run import run
from tests.rulebooks import HARBOUR

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook

SOURCE = Path(policy_match.__file__).parent
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
LAW: tuple[str | Path, ...] = ("--rules", HARBOUR, "--on", "2022-12-31")
SHIPPER = """\
facts:
  activity: H5020
  crew: 40
  turnover: 9.5m
  berth_fee: "30,000"
  joined_on: 2021-05-01
"""


@pytest.fixture
def shipper(tmp_path: Path) -> Path:
    """Return the profile of a firm of the port."""
    firm = tmp_path / "shipper.yaml"
    firm.write_text(SHIPPER, encoding="utf-8")
    return firm


def test_it_is_sound() -> None:
    """No fault, no idle fact, every condition tried both ways by an example."""
    ran = run("lint", HARBOUR)
    assert (ran.code, ran.faults) == (0, [])


def test_a_firm_is_answered_by_its_law(shipper: Path) -> None:
    """Half of a berth fee of 30,000 euros; a label without money."""
    ran = run("check", shipper, *LAW, "--format", "json", "--lang", "en")
    answer = json.loads(ran.out)
    found = {finding["policy"]: finding for finding in answer["findings"]}
    waiver = found["berth-fee-waiver"]
    assert answer["rulebook"]["id"] == "harbour"
    assert waiver["outcome"] == "eligible"
    assert waiver["benefit"]["amount"] == "15000.00"
    assert waiver["benefit"]["unit"] == "EUR"
    assert found["clean-port-label"]["outcome"] == "eligible"


def test_both_backends_agree(shipper: Path) -> None:
    """Whoever does the inference."""
    pytest.importorskip("durable")
    answers = []
    for backend in ("reference", "durable-rules"):
        ran = run("check", shipper, *LAW, "--format", "json", "--backend", backend)
        answers.append({**json.loads(ran.out), "backend": ""})
    assert answers[0] == answers[1]


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
@pytest.mark.parametrize(
    "command", ["check", "policies list", "policies show berth-fee-waiver"]
)
def test_an_english_reader_meets_no_chinese(
    shipper: Path, command: str, form: str
) -> None:
    """In no format of any page."""
    words = command.split()
    firm = (shipper, "--explain", "all") if words == ["check"] else ()
    ran = run(*words, *firm, *LAW, "--format", form, "--lang", "en")
    assert ran.code == 0
    assert "erth fee waiver" in ran.out
    assert not CHINESE.search(ran.out + ran.err)


def test_a_blank_profile_is_in_english_and_can_be_read(tmp_path: Path) -> None:
    """It asks the port's questions, and is itself a profile of nothing known."""
    ran = run("profile", "--rules", HARBOUR, "--lang", "en")
    assert "What berth fee is due this year?" in ran.out
    assert not CHINESE.search(ran.out)
    blank = tmp_path / "blank.yaml"
    blank.write_text(ran.out, encoding="utf-8")
    assert run("check", blank, *LAW).code == 0


def test_numbers_are_read_as_its_locale_writes_them(tmp_path: Path) -> None:
    """`9.5m` here is nine and a half million, and `950万` is no number."""
    firm = tmp_path / "firm.yaml"
    firm.write_text("facts: {turnover: 950万}\n", encoding="utf-8")
    ran = run("check", firm, *LAW)
    assert (ran.code, ran.faults) == (3, [(1, 19, "F502")])


# ---- what the engine may not know


def sources() -> list[tuple[str, str]]:
    """Return every file of the package but the shipped rules."""
    return [
        (str(path.relative_to(SOURCE)), path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*"))
        if path.suffix in {".py", ".j2"} and "rules" not in path.parts
    ]


def test_the_engine_knows_no_place() -> None:
    """Neither the town nor the province of the shipped rulebook."""
    place = re.compile("yiwu|zhejiang|jinhua|义乌|浙江|金华", re.IGNORECASE)
    assert [name for name, text in sources() if place.search(text)] == []


def test_the_engine_knows_no_policy(rulebook: Rulebook) -> None:
    """Not by id, not by title."""
    policies = rulebook.book.policies
    names = [name for name in policies if "-" in name]
    names += [t for p in policies.values() for t in p.title.by_language.values()]
    known = re.compile("|".join(map(re.escape, names)))
    assert [(f, m[0]) for f, text in sources() if (m := known.search(text))] == []


OF_REGISTERS = {"sme_class", "industry_code"}
"""Facts by which a screening groups firms, where a rulebook has them."""


def test_the_engine_knows_no_fact(rulebook: Rulebook) -> None:
    """Nor any other id of the rulebook that is more than a plain word."""
    book = rulebook.book
    names = {*book.facts, *book.definitions, *book.parameters, *book.sources}
    ids = [n for n in names - OF_REGISTERS if "_" in n or "-" in n]
    known = re.compile(rf"\b({'|'.join(map(re.escape, ids))})\b")
    assert [(f, m[0]) for f, text in sources() if (m := known.search(text))] == []
