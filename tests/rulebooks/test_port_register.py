"""A register of another rulebook: its own key, names, groups and currency."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import polars as pl
import pytest

from tests.rulebooks import HARBOUR
from tests.screening.command import Result, run, screen

if TYPE_CHECKING:
    from pathlib import Path

_IDENTITY = """\
  identity: {key: vat_no, name: trade_name}
  segments: [quay]
"""
_FACTS = """\
facts:
  vat_no:
    type: text
    settled_by: register
    title: VAT number
    asks: What is the VAT number?
  trade_name:
    type: text
    settled_by: register
    title: trade name
    asks: What is the trade name?
  quay:
    type: enum
    settled_by: register
    title: quay
    asks: At which quay does the firm lie?
    values: {north: North quay, south: South quay}
"""
_FIRMS = """\
VAT number,Trade name,quay,Main activity,crew,turnover,berth fee,agent
NL1,Albatros,North quay,H5020,40,9.5m,"30,000",Jones
NL2,Bison,south,H5020,12,1m,"10,000",Smith
NL3,Condor,South quay,C3011,41,1m,5000,Smith
,Nobody,south,H5020,12,1m,1,Smith
"""
_CLAIMS = """\
vat_no,policy,amount,on
NL1,berth-fee-waiver,15000,2022-05-01
NL3,Berth fee waiver,99.5,2022-05-01
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the rulebook of the port, with firms that have a key of their own."""
    place = tmp_path_factory.mktemp("port") / "rules"
    shutil.copytree(HARBOUR, place)
    book = place / "rulebook.yaml"
    text = book.read_text(encoding="utf-8")
    mark = "  disclaimer: For reference only.\n"
    told = text.replace(mark, mark + _IDENTITY, 1).replace("facts:\n", _FACTS, 1)
    book.write_text(told, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def screened(rules: Path) -> Result:
    """Return the firms of the port, screened in English."""
    firms, claims = rules.parent / "firms.csv", rules.parent / "claims.csv"
    firms.write_text(_FIRMS, encoding="utf-8")
    claims.write_text(_CLAIMS, encoding="utf-8")
    (rules.parent / "m.yaml").write_text("segments: [agent]\n", encoding="utf-8")
    asked = ("--claims", claims, "--rules", rules, "--map", rules.parent / "m.yaml")
    return screen(firms, *asked, "--lang", "en")


def test_take_up_is_split_by_what_the_rulebook_knows(screened: Result) -> None:
    """It has no towns, sizes or sections; quays are its own, agents the bureau's."""
    by = screened.csv("takeup_by")
    assert set(by["by"]) == {"department", "quay", "agent"}
    whole = by.filter(by="quay", policy="berth-fee-waiver")
    counts = whole.select("label", "firms", "claimed", "unclaimed", "over_claimed")
    assert counts.rows() == [
        ("North quay", "1", "1", "0", "0"),
        ("South quay", "2", "0", "1", "1"),
    ]


def test_worklists_call_firms_and_money_as_the_rulebook_does(screened: Result) -> None:
    """The key, the name, the group and the currency are its own."""
    sheets = pl.read_excel(screened.path / "worklist.xlsx", sheet_id=0)
    (row,) = sheets["Town Treasury"].to_dicts()
    assert [*row][:4] == ["VAT number", "Trade name", "agent", "Quay"]
    assert [*row.values()][:4] == ["NL2", "Bison", "Smith", "South quay"]
    assert row["Amount (EUR, at least)"] == 5000
    (over,) = sheets["Claimed, not entitled"].to_dicts()
    assert (over["VAT number"], over["Claimed (EUR)"]) == ("NL3", 99.5)


def test_a_row_without_a_key_is_told_in_its_words(screened: Result) -> None:
    """It is no credit code that is missing."""
    (row,) = screened.csv("rejects").to_dicts()
    assert (row["column"], row["reason"]) == ("VAT number", "there is no VAT number")


def test_letters_lie_by_its_own_groups(
    screened: Result, rules: Path, tmp_path: Path
) -> None:
    """What the manifest groups firms by stands in letters.csv too."""
    (row,) = screened.csv("letters").to_dicts()
    assert (row["uscc"], row["quay"], row["amount_left"]) == (
        "NL2", "South quay", "5000.00"
    )  # fmt: skip
    out = tmp_path / "letters"
    done = run("notices", screened.path, "--rules", rules, "--out", out,
               "--by", "quay", "--lang", "en")  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {x.relative_to(out).as_posix() for x in out.rglob("*.txt")} == {
        "South quay/NL2.txt"
    }
