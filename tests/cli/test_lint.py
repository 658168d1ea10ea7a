"""`lint` in steps: by code, in formats for tools, and beyond a baseline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

import policy_match as pm
from policy_match.checks.selection import CODES
from tests.bad.run import Ran, run
from tests.docs.markdown import ROOT
from tests.rulebooks import KIOSK

if TYPE_CHECKING:
    from pathlib import Path

RULEBOOK, USAGE = 4, 2
TWO = """\
policies:
  q:
    title: Q
    summary: Q.
    kind: bounty
    departments: {lead: c, granting: c}
    when: s > 1
    benefit: {form: grant, amount: 1}
"""


def rules(place: Path, more: str = "") -> Path:
    """Write the least rulebook, of which there is something to tell."""
    place.mkdir(exist_ok=True)
    for path in KIOSK.glob("*.yaml"):
        (place / path.name).write_text(path.read_text("utf-8"), encoding="utf-8")
    if more:
        (place / "more.yaml").write_text(more, encoding="utf-8")
    return place


def codes(ran: Ran) -> set[str]:
    """Return the codes that were told."""
    return {code for *_, code in ran.faults}


def found(ran: Ran) -> list[dict[str, Any]]:
    """Return the findings of a result in JSON, which is as its schema says."""
    schema: Any = pm.load().schemas()["lint.schema.json"]
    data = json.loads(ran.out)
    jsonschema.validate(data, schema)
    findings: list[dict[str, Any]] = data["findings"]
    return findings


def test_findings_are_chosen_by_code(tmp_path: Path) -> None:
    """By a whole code or its beginning; the longer of two says what is done."""
    place = rules(tmp_path / "rules")
    everything = codes(run("lint", place))
    assert {"R401", "R403"} <= everything
    assert codes(run("lint", place, "--select", "R401")) == {"R401"}
    assert codes(run("lint", place, "--ignore", "R401")) == everything - {"R401"}
    both = run("lint", place, "--select", "R4", "--ignore", "R403,R404")
    assert codes(both) == everything - {"R403", "R404"}
    one = run("lint", place, "--ignore", "R4", "--select", "R401")
    assert codes(one) == {"R401"}


def test_nothing_of_what_was_asked_for_is_exit_0(tmp_path: Path) -> None:
    """Findings stop nothing; whoever asks for none is told of none."""
    ran = run("lint", rules(tmp_path / "rules"), "--ignore", "R4")
    assert (ran.code, ran.faults) == (0, [])


def test_an_error_is_never_left_out_of_the_exit_code(tmp_path: Path) -> None:
    """Nothing is answered by such a rulebook, whatever was asked for."""
    place = rules(tmp_path / "rules", TWO)
    ran = run("lint", place, "--select", "R4")
    assert (ran.code, ran.faults) == (RULEBOOK, [])
    assert "2 errors are not among what is shown" in ran.err
    assert codes(run("lint", place, "--ignore", "R203")) == {"R302"}


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_code_that_does_not_exist(option: str) -> None:
    """It would choose nothing, or ignore nothing, without a word."""
    ran = run("lint", KIOSK, option, "R999")
    assert (ran.code, ran.out) == (USAGE, "")
    assert "no code begins with `R999`" in ran.err


def test_json_has_severity_and_place(tmp_path: Path) -> None:
    """Errors of shape and of meaning; warnings of what is unwise."""
    wrong = found(run("lint", rules(tmp_path / "a", TWO), "--format", "json"))
    assert [(f["code"], f["severity"], f["line"]) for f in wrong] == [
        ("R203", "error", 5),
        ("R302", "error", 7),
    ]
    unwise = found(run("lint", rules(tmp_path / "b"), "--format", "json"))
    assert {f["severity"] for f in unwise} == {"warning"}
    chinese = run("lint", tmp_path / "a", "--format", "json", "--lang", "zh")
    assert "没有名为“s”的事实" in [f["message"] for f in found(chinese)]


def test_sarif_names_rule_level_and_place(tmp_path: Path) -> None:
    """As SARIF 2.1.0 has it."""
    place = rules(tmp_path / "rules", TWO)
    log = json.loads(run("lint", place, "--format", "sarif").out)
    (made,) = log["runs"]
    ids = [rule["id"] for rule in made["tool"]["driver"]["rules"]]
    assert (log["version"], ids) == ("2.1.0", ["R203", "R302"])
    first, _ = made["results"]
    assert first["level"] == "error"
    assert ids[first["ruleIndex"]] == first["ruleId"] == "R203"
    (where,) = first["locations"]
    physical = where["physicalLocation"]
    assert physical["artifactLocation"]["uri"].endswith("/rules/more.yaml")
    assert physical["region"] == {"startLine": 5, "startColumn": 11}


def test_a_baseline_leaves_only_what_is_new(tmp_path: Path) -> None:
    """Wherever the known ones have moved; what is gone is counted."""
    place = rules(tmp_path / "rules")
    known = tmp_path / "known.json"
    known.write_text(run("lint", place, "--format", "json").out, encoding="utf-8")
    policies = place / "policies.yaml"
    text = policies.read_text("utf-8")
    policies.write_text("# moved\n\n" + text, encoding="utf-8")
    same = run("lint", place, "--baseline", known)
    assert (same.code, same.faults) == (0, [])
    more = "facts:\n  y: {type: int, title: y, asks: How?, settled_by: firm}\n"
    (place / "more.yaml").write_text(more, encoding="utf-8")
    new = run("lint", place, "--baseline", known)
    assert (new.code, new.faults) == (RULEBOOK, [(2, 3, "R401")])
    again = json.loads(run("lint", place, "--baseline", known, "--format", "json").out)
    assert len(again["findings"]) == 1
    manifest = place / "rulebook.yaml"
    without = [x for x in manifest.read_text("utf-8").splitlines() if "  r:" not in x]
    manifest.write_text("\n".join(without), encoding="utf-8")
    assert "1 findings of the baseline are gone" in (
        run("lint", place, "--baseline", known).err
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": [{}]}', "\0"])
def test_a_baseline_that_is_none(text: str, tmp_path: Path) -> None:
    """It is refused, with the way to make one."""
    file = tmp_path / "known.json"
    file.write_text(text, encoding="utf-8")
    ran = run("lint", KIOSK, "--baseline", file)
    assert (ran.code, ran.out) == (USAGE, "")
    assert "lint --format json" in ran.err
    assert run("lint", KIOSK, "--baseline", tmp_path / "no").code == USAGE


def test_the_codes_that_can_be_chosen_are_those_of_the_page() -> None:
    """Each has its heading in docs/error-codes.md."""
    page = (ROOT / "docs" / "error-codes.md").read_text("utf-8")
    told = [x[4:8] for x in page.splitlines() if x[:5] in {"### Y", "### R"}]
    assert list(CODES) == told
