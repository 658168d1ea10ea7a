"""Classifications of other countries are data; a code that is none is an error."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.bad.run import run
from tests.rulebooks import KIOSK

if TYPE_CHECKING:
    from pathlib import Path

NAICS = """\
code,title
31,Manufacturing
311,Food Manufacturing
3111,Animal Food Manufacturing
31111,Animal Food Manufacturing
311111,Dog and Cat Food Manufacturing
311119,Other Animal Food Manufacturing
312,Beverage and Tobacco Product Manufacturing
44,Retail Trade
"""
NACE = "10.11\tmeat\n10.12\tpoultry\n10.1\tmeat and poultry\n10\tfood\n11\tdrinks\n"
SYSTEMS = {
    "naics": "{title: NAICS 2022, codes: list.csv}",
    "nace": "{title: NACE, divisions: {C: ['10', '11'], H: ['49']}}",
    "nace listed": "{title: NACE, divisions: {C: ['10', '11']}, codes: list.txt}",
    "naf": "{title: NAF, divisions: {C: ['10', '11']},"
    " levels: {division: 3, group: 4, class: 5, subclass: A9999A}}",
    "sic": "{title: SIC 1987, levels: {major: 2, group: 3, industry: 4}}",
    "uk sic": "{title: UK SIC, divisions: {C: ['10', '11']},"
    " levels: {division: 3, group: 4, class: 5, subclass: 6}}",
    "gbt": "{title: GB/T 4754, divisions: {C: ['13', '24']}}",
}
FACT = """\
facts:
  trade: {type: code, system: s, title: trade, asks: Which?, settled_by: firm}
policies:
  q:
    title: Q
    summary: Q.
    kind: subsidy
    departments: {lead: c, granting: c}
    when: trade in [%s]
    benefit: {form: grant, amount: 1}
"""


def rules(place: Path, system: str, codes: str) -> Path:
    """Write a rulebook with a policy for firms of some codes."""
    place.mkdir(exist_ok=True)
    for path in KIOSK.glob("*.yaml"):
        (place / path.name).write_text(path.read_text("utf-8"), encoding="utf-8")
    text = f"code_systems:\n  s: {SYSTEMS[system]}\n" + FACT % codes
    (place / "trade.yaml").write_text(text, encoding="utf-8")
    for name, listed in {"list.csv": NAICS, "list.txt": NACE}.items():
        if name in text:
            (place / name).write_text(listed, encoding="utf-8")
    return place


def outcome(place: Path, trade: str) -> str:
    """Return what becomes of a firm of a trade, or the code of the fault."""
    firm = place.parent / "firm.yaml"
    firm.write_text(f"facts:\n  trade: '{trade}'\n", encoding="utf-8")
    ran = run("check", firm, "--rules", place, "--format", "json", "--on", "2022-12-31")
    if ran.code:
        return ran.faults[0][2]
    found = {f["policy"]: f["outcome"] for f in json.loads(ran.out)["findings"]}
    return str(found["q"])


YES, NO, OPEN = "eligible", "ineligible", "undetermined"


@pytest.mark.parametrize(
    ("system", "codes", "trade", "expected"),
    [
        ("naics", "311", "311111", YES),
        ("naics", "311", "312", NO),
        ("naics", "311", "31", OPEN),
        ("naics", "311, 312", "31", YES),
        ("naics", "311111, 311119", "311", YES),
        ("naics", "311", "311112", "F502"),
        ("naics", "311", "99", "F502"),
        ("nace", "C10", "10.11", YES),
        ("nace", "C10", "C.10.11", YES),
        ("nace", "C10", "49", NO),
        ("nace", "C10", "12.00", "F502"),
        ("nace listed", "1011", "C1012", NO),
        ("nace listed", "1011, 1012", "10", YES),
        ("nace listed", "1011", "10.13", "F502"),
        ("naf", "C10", "10.11Z", YES),
        ("naf", "C1011Z", "10.11", OPEN),
        ("naf", "C10", "10.11ZZ", "F502"),
        ("naf", "C10", "10.1Z", "F502"),
        ("sic", "20", "2011", YES),
        ("sic", "20", "21", NO),
        ("sic", "20", "20111", "F502"),
        ("sic", "20", "2O11", "F502"),
        ("uk sic", "C10", "10110", YES),
        ("uk sic", "C10", "101100", "F502"),
        ("gbt", "C24", "2451", YES),
        ("gbt", "C24", "C13", NO),
        ("gbt", "C24", "C245X", "F502"),
        ("gbt", "C24", "C24511", "F502"),
    ],
)
def test_a_firm_by_its_code(
    system: str, codes: str, trade: str, expected: str, tmp_path: Path
) -> None:
    """However it is spelt; a code that the system does not have is an error."""
    assert outcome(rules(tmp_path / "rules", system, codes), trade) == expected


@pytest.mark.parametrize(
    ("system", "codes"),
    [
        ("naics", "319"),
        ("nace", "C12"),
        ("nace listed", "1013"),
        ("naf", "C10111"),
        ("sic", "2"),
        ("gbt", "C99"),
    ],
)
def test_a_code_in_a_rule_that_is_none(system: str, codes: str, tmp_path: Path) -> None:
    """It is a fault, never a silent no."""
    ran = run("lint", rules(tmp_path / "rules", system, codes))
    assert ran.code == 4
    assert [code for *_, code in ran.faults] == ["R309"]
    assert f"`{codes}`" in ran.err


def test_a_list_with_faults(tmp_path: Path) -> None:
    """Each is told at its line in the list."""
    place = rules(tmp_path / "rules", "naics", "31")
    (place / "list.csv").write_text("31,a\n31,b\n—,c\n", encoding="utf-8")
    ran = run("lint", place)
    assert ran.faults == [(2, 1, "R204"), (3, 1, "R309")]
    assert "list.csv:2:1: R204 `31` stands twice" in ran.err
