"""What an officer determined moves the answer on the days on which it counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import policy_match as pm
from tests.bad.run import run
from tests.screening.town import write_rules

if TYPE_CHECKING:
    from pathlib import Path

FIRM = """
facts:
  staff: 10
determinations:
  - fact: 商务局同意补助
    value: 是
    by: 商务局 王建军
    on: 2022-03-01
    ground: 商务〔2022〕4号
    until: 2022-10-31
    withdrawn_on: 2022-08-15
"""


def outcome(place: Path, text: str, day: str) -> tuple[str, str]:
    """Return how the grant stands that needs the bureau's consent, and the JSON."""
    firm = place / "firm.yaml"
    firm.write_text(text, encoding="utf-8")
    book = pm.load(place / "rules")
    answer = book.on(day).assess(firm)
    found = next(f for f in answer.findings if f.policy.id == "agreed-grant")
    return found.outcome.value, answer.render("json", "zh")


@pytest.mark.parametrize(
    ("day", "expected", "counts"),
    [
        ("2022-02-28", "undetermined", False),
        ("2022-03-01", "eligible", True),
        ("2022-08-14", "eligible", True),
        ("2022-08-15", "undetermined", False),  # withdrawn
        ("2022-11-01", "undetermined", False),  # expired besides
    ],
)
def test_it_counts_on_its_days(
    tmp_path: Path, day: str, expected: str, counts: bool
) -> None:
    """From its day on, until it expires or is withdrawn; the answer tells it always."""
    write_rules(tmp_path)
    found, data = outcome(tmp_path, FIRM, day)
    assert found == expected
    told = json.loads(data)["determinations"]
    assert told == [
        {
            "fact": "agreed",
            "value": True,
            "by": "商务局 王建军",
            "on": "2022-03-01",
            "ground": "商务〔2022〕4号",
            "until": "2022-10-31",
            "withdrawn_on": "2022-08-15",
            "counts": counts,
        }
    ]


def test_it_expires(tmp_path: Path) -> None:
    """The last day is one on which it counts."""
    write_rules(tmp_path)
    text = FIRM.replace("    withdrawn_on: 2022-08-15\n", "")
    assert outcome(tmp_path, text, "2022-10-31")[0] == "eligible"
    assert outcome(tmp_path, text, "2022-11-01")[0] == "undetermined"


def test_a_record_seals_it(tmp_path: Path) -> None:
    """Replayed, the answer is the same; what was determined stands in the record."""
    rules, firm = write_rules(tmp_path), tmp_path / "firm.yaml"
    firm.write_text(FIRM, encoding="utf-8")
    record = tmp_path / "record.json"
    where = ("--rules", rules, "--on", "2022-05-01")
    assert run("check", firm, *where, "--record", record).code == 0
    sealed = json.loads(record.read_text(encoding="utf-8"))
    assert sealed["profile"]["determinations"][0]["ground"] == "商务〔2022〕4号"
    assert run("replay", record, "--rules", rules).code == 0


def test_it_stands_in_the_text(tmp_path: Path) -> None:
    """With who, when, on what ground, and that it does not count on the day."""
    rules, firm = write_rules(tmp_path), tmp_path / "firm.yaml"
    firm.write_text(FIRM, encoding="utf-8")
    told = run("check", firm, "--rules", rules, "--on", "2022-09-01", lang="en").out
    text = " ".join(told.split())
    assert "support agreed: yes (by 商务局 王建军 on 1 March 2022" in text
    assert "withdrawn on 15 August 2022" in text
    assert "does not count on this day" in text


ENTRY = {"fact": "agreed", "value": "是", "by": "王", "on": "2022-03-01", "ground": "x"}
BAD = {
    "no ground": ({"ground": ""}, "F508"),
    "no officer's fact": ({"fact": "staff", "value": "5"}, "F508"),
    "a fact nobody knows": ({"fact": "agred"}, "F501"),
    "a value it cannot have": ({"value": "7"}, "F502"),
    "no day": ({"on": "soon"}, "F502"),
    "ends before it begins": ({"until": "2021-01-01"}, "F508"),
    "a key nobody knows": ({"til": "2023-01-01"}, "F508"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_determination_that_is_none(tmp_path: Path, kind: str) -> None:
    """One line with its place and its code, and nothing is answered."""
    changes, code = BAD[kind]
    assert faults(tmp_path, "{staff: 10}", [json.dumps({**ENTRY, **changes})]) == [code]


def test_what_is_no_list(tmp_path: Path) -> None:
    """Told once."""
    assert faults(tmp_path, "{staff: 10}", ["agreed"]) == ["F508"]


def test_what_is_stated_and_determined(tmp_path: Path) -> None:
    """Two sources of one fact are a fault."""
    assert faults(tmp_path, "{agreed: 否}", [json.dumps(ENTRY)]) == ["Y103"]


def test_an_officer_determines_what_the_firm_does_not_know(tmp_path: Path) -> None:
    """That is no second source."""
    rules, firm = write_rules(tmp_path), tmp_path / "firm.yaml"
    firm.write_text(
        f"facts: {{agreed: null}}\ndeterminations: [{json.dumps(ENTRY)}]\n",
        encoding="utf-8",
    )
    place = tmp_path / "record.json"
    words = ("--rules", rules, "--on", "2022-05-01", "--record", place)
    assert run("check", firm, *words).code == 0
    facts = json.loads(place.read_text("utf-8"))["profile"]["facts"]
    assert facts == {"agreed": True}


def faults(place: Path, facts: str, entries: list[str]) -> list[str]:
    """Return the codes of what is wrong with a profile; nothing else is printed."""
    rules, firm = write_rules(place), place / "firm.yaml"
    listed = "".join(f"\n  - {entry}" for entry in entries)
    firm.write_text(f"facts: {facts}\ndeterminations:{listed}\n", encoding="utf-8")
    told = run("check", firm, "--rules", rules, "--on", "2022-05-01", lang="en")
    assert (told.code, told.out) == (3, "")
    return [code for _, _, code in told.faults]
