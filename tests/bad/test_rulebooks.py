"""A rulebook with one fault: its code, its place to the column, and the mend."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.bad.run import run
from tests.chinese import chinese
from tests.rulebooks import HARBOUR

if TYPE_CHECKING:
    from pathlib import Path

RULEBOOK = 4
MARK = "¦"
FILES = {path.name: path.read_text(encoding="utf-8") for path in HARBOUR.glob("*.yaml")}
WHEN = "small_firm\n"


class Change(NamedTuple):
    """What is written instead of `old`; `¦` marks where the fault stands."""

    old: str
    new: str
    code: str
    words: str


CHANGES = {
    # YAML
    "a key twice": Change(
        "  port: Port Authority", "  port: A\n  ¦port: B", "Y103", "stands twice"
    ),
    "an alias": Change("currency: EUR", "currency: ¦*x", "Y104", "write the value out"),
    "a tab": Change("  currency: EUR", "¦\tcurrency: EUR", "Y102", "tab"),
    # shape
    "a key is missing": Change(
        "  berth-fee-waiver:\n    title: Berth fee waiver\n    summary",
        "  berth-fee-waiver:\n    ¦summary",
        "R201",
        "`title` is missing",
    ),
    "a key nobody knows": Change(
        "    kind: subsidy", "    ¦kinde: subsidy\n    kind: subsidy", "R202", "`kind`"
    ),
    "no such kind": Change("kind: subsidy", "kind: ¦bounty", "R203", "`bounty`"),
    "a text for keys": Change(
        "departments: {lead: port, granting: treasury}",
        "departments: ¦port",
        "R203",
        "expected keys and values",
    ),
    "a figure that is no number": Change(
        "is: 40", "is: ¦1e999", "R203", "`1e999` of `small_crew` is not a number"
    ),
    "two tiers by one name": Change(
        "benefit: {form: recognition}",
        "benefit:\n      form: grant\n      tiers:\n"
        "        - {tier: first, if: small_firm, amount: 1}\n"
        "        - {tier: ¦first, amount: 2}",
        "R204",
        "two tiers are named `first`",
    ),
    "a number without end": Change(
        WHEN, f"crew <= ¦{'9' * 5000}\n", "R301", f"`{'9' * 59}…`"
    ),
    "no day": Change(
        "in_force: {from: 2020-01-01}",
        "in_force: {from: ¦2020-02-30}",
        "R203",
        "`2020-02-30` is not a day",
    ),
    "declared twice": Change(
        "definitions:\n",
        "definitions:\n  ¦crew: {type: bool, title: x, is: crew > 1}\n",
        "R204",
        "keep one",
    ),
    "no such department": Change(
        "{lead: port, granting: treasury}",
        "{lead: ¦prot, granting: treasury}",
        "R306",
        "did you mean `port`?",
    ),
    "a figure of no policy": Change(
        "definitions:\n",
        "definitions:\n  hands: {type: int, title: x, is: crew, informs: ¦berth}\n",
        "R306",
        "unknown policy `berth`",
    ),
    "a name for no section": Change(
        "    divisions:\n",
        "    names: {B: ¦mining}\n    divisions:\n",
        "R306",
        "`B` is not a section",
    ),
    "a group with a stranger": Change(
        "definitions:\n",
        "relations:\n  - at_most_one_of: [berth-fee-waiver, ¦berth]\ndefinitions:\n",
        "R306",
        "unknown policy `berth`",
    ),
    "replaced by nothing": Change(
        "title: Byelaw on small firms}",
        "title: Byelaw on small firms, superseded_by: ¦bylaw}",
        "R306",
        "did you mean `byelaw`?",
    ),
    # expressions
    "not an expression": Change(WHEN, "crew <= ¦<= 5\n", "R301", "understood"),
    "a bracket is open": Change(WHEN, "(crew <= 5¦\n", "R301", "ends too early"),
    "nested without end": Change(
        WHEN, f"¦{'not ' * 3000}small_firm\n", "R301", "nested deeper than 100 levels"
    ),
    "a chain without end": Change(
        WHEN, f"¦crew{' + crew' * 5000} > 5\n", "R301", "in `definitions`"
    ),
    "no such fact": Change(
        WHEN, "small_firm and ¦turnovr > 5\n", "R302", "did you mean `turnover`?"
    ),
    "no such fact, folded": Change(
        WHEN,
        ">-\n            small_firm\n            and ¦turnovr > 5\n",
        "R302",
        "did you mean `turnover`?",
    ),
    "no such fact, quoted": Change(
        WHEN, '"small_firm and ¦turnovr > 5"\n', "R302", "did you mean `turnover`?"
    ),
    "no such parameter": Change(
        WHEN, "crew <= ¦$smal_crew\n", "R303", "did you mean `small_crew`?"
    ),
    "a bool is no number": Change(WHEN, "¦small_firm <= 5\n", "R304", "small_firm"),
    "money beside a share": Change(
        WHEN, "¦turnover <= $berth_share\n", "R304", "compare like with like"
    ),
    "a day beside a number": Change(WHEN, "¦joined_on <= 5\n", "R304", "compares"),
    "never none": Change(WHEN, "crew = ¦none\n", "R304", "never none"),
    "a fact that is no condition": Change(WHEN, "¦crew\n", "R304", "not a yes or no"),
    "no such function": Change(
        "amount: min(berth_fee * $berth_share, $berth_cap)",
        "amount: ¦average(berth_fee, 5)",
        "R302",
        "unknown function",
    ),
    "no such code": Change(
        "activity in [H50, C30]", "activity in [H50, ¦Z9]", "R309", "not a code"
    ),
    "no amount at all": Change(
        "amount: min(berth_fee * $berth_share, $berth_cap)",
        "¦amount: []",
        "R203",
        "`amount` has 0 parts; write at least 1",
    ),
    "half a range": Change(
        "range: [50, 50]", "¦range: [50]", "R203", "write at least 2"
    ),
    "a single figure for bands": Change(
        "type: int\n    title: Most people of a small firm\n    values:\n"
        "      - {from: 2020-01-01, to: 2022-12-31, is: 40,",
        "type: brackets\n    title: Most people of a small firm\n    values:\n"
        "      - {from: 2020-01-01, to: 2022-12-31, is: ¦40,",
        "R203",
        "`small_crew` is of type brackets",
    ),
    # the whole
    "a language too many": Change(
        "title: Berth fee waiver",
        "¦title: {en: Berth fee waiver, zh: 泊位费减免}",
        "R205",
        "zh",
    ),
    "defined in two ways": Change(
        "  small_firm:\n",
        "  ¦small_firm:\n    cases: [{is: crew}]\n",
        "R207",
        "small_firm",
    ),
    "it rests on itself": Change(
        "  small_firm:\n    type: bool\n    title: small firm\n    is: crew",
        "  ¦small_firm:\n    type: bool\n    title: small firm\n"
        "    is: not small_firm and crew",
        "R305",
        "rests on itself",
    ),
    "windows overlap": Change(
        "{from: 2023-01-01, is: 50,",
        "¦{from: 2022-12-31, is: 50,",
        "R307",
        "overlap",
    ),
    "a window ends before it starts": Change(
        "{from: 2020-01-01, to: 2025-12-31}",
        "¦{from: 2020-01-01, to: 2019-12-31}",
        "R307",
        "ends before it starts",
    ),
    "a hole in the law": Change(
        "when:\n      all:\n        - small_firm\n",
        "when:\n      all:\n        - crew <= ¦$berth_crew\n",
        "R303",
        "berth_crew",
    ),
    "no such document": Change(
        "cite: byelaw Article 2", "cite: ¦bylaw Article 2", "R306", "`byelaw`"
    ),
    "no such placeholder": Change(
        "summary: A small carrier is let off {$berth_share} of its berth fee, up to"
        " {$berth_cap}.",
        "summary: ¦Up to {$berth_cup}.",
        "R311",
        "did you mean `berth_cap`?",
    ),
}


def _written(change: Change, into: Path) -> tuple[str, int, int]:
    """Write the rulebook with the change; return the file, line and column."""
    place = ("", 0, 0)
    for name, text in FILES.items():
        changed = text.replace(change.old, change.new, 1)
        at = changed.find(MARK)
        if at >= 0:
            before = changed[:at].split("\n")
            place = (name, len(before), len(before[-1]) + 1)
        (into / name).write_text(changed.replace(MARK, ""), encoding="utf-8")
    return place


@pytest.mark.parametrize("kind", CHANGES)
def test_one_fault(kind: str, tmp_path: Path) -> None:
    """`lint` tells it, and no firm is answered by a rulebook that has it."""
    change = CHANGES[kind]
    file, line, column = _written(change, tmp_path)
    ran = run("lint", tmp_path)
    assert ran.code == RULEBOOK
    assert (line, column, change.code) in ran.faults
    assert f"{file}:{line}:{column}: {change.code}" in ran.err
    assert change.words in ran.err
    firm = tmp_path.parent / f"{tmp_path.name}.txt"
    firm.write_text("facts:\n  crew: 5\n", encoding="utf-8")
    asked = run("check", firm, "--rules", tmp_path, "--on", "2022-12-31")
    assert (asked.code, asked.out) == (RULEBOOK, "")
    assert asked.faults == ran.faults
    read = run("lint", tmp_path, lang="zh")
    assert read.faults == ran.faults
    assert all(map(chinese, read.told))


def _changed(into: Path, *changes: tuple[str, str]) -> Path:
    for name, text in FILES.items():
        for old, new in changes:
            text = text.replace(old, new)  # noqa: PLW2901
        (into / name).write_text(text, encoding="utf-8")
    return into


def test_a_hole_in_a_parameters_windows_is_named(tmp_path: Path) -> None:
    """From which day on there is a value, and where it is used without one."""
    first = "{from: 2020-01-01, to: 2022-12-31, is: 40, cite: byelaw Article 1}"
    rules = _changed(tmp_path, (f"      - {first}\n", ""))
    ran = run("lint", rules)
    assert ran.code == RULEBOOK
    assert "R308" in {code for _, _, code in ran.faults}
    assert "`$small_crew`" in ran.err
    assert "2023-01-01" in ran.err


def test_an_example_that_the_rules_do_not_bear_out(tmp_path: Path) -> None:
    """Lint says what was expected and what came of it."""
    rules = _changed(tmp_path, ("eligible, amount: 15000", "eligible, amount: 15001"))
    ran = run("lint", rules)
    assert ran.code == RULEBOOK
    assert [code for _, _, code in ran.faults] == ["R402"]
    assert "15001" in ran.err
    assert "15,000" in ran.err or "15000" in ran.err


@pytest.mark.parametrize(
    ("expected", "told"),
    {
        "outcome: ineligible": "应为“ineligible”，结果为“eligible”（缺少：无）",
        "outcome: not-in-force": "应为“not-in-force”，该政策当日施行",
        "outcome: eligible, amount: 15001": "应为15001..15001，结果为15000..15000",
        "outcome: eligible, amount: unset": "应无金额，结果为15000..15000",
        "outcome: eligible, tier: large": "应为“large”，结果为无",
        "outcome: eligible, missing: [crew]": "并不缺少：crew；另外缺少：无",
        "outcome: eligible, selected: false": "应为“否”，结果为“是”",
    }.items(),
)
def test_what_an_example_expects_otherwise_is_told_in_chinese(
    expected: str, told: str, tmp_path: Path
) -> None:
    """What was expected and what came of it, each by the words of the example."""
    rules = _changed(tmp_path, ("outcome: eligible, amount: 15000", expected))
    ran = run("lint", rules, lang="zh")
    assert any(told in line for line in ran.told)
    assert all(map(chinese, ran.told))


def test_a_threshold_that_no_example_tries(tmp_path: Path) -> None:
    """A condition that was never seen false is named by file, line and text."""
    without = FILES["policies.yaml"]
    start = without.index(
        "      - on: 2022-12-31\n        given: {crew: 1, turnover: 1, a"
    )
    end = without.index("      - on: 2022-12-31\n        given: {crew: 30..45")
    rules = _changed(tmp_path, (without[start:end], ""))
    ran = run("lint", rules)
    assert ran.code == RULEBOOK
    assert {code for _, _, code in ran.faults} == {"R404"}
    assert "activity in [H50, C30]" in ran.err


@pytest.mark.parametrize("length", ["3000 years", "999999999999999999999 days"])
def test_a_length_of_time_beyond_the_calendar(length: str, tmp_path: Path) -> None:
    """Nothing lies before the calendar begins, so whoever joined, joined since."""
    rules = _changed(tmp_path, ("joined_on <= on,", f"joined_on >= on - {length},"))
    firm = tmp_path.parent / f"{tmp_path.name}.txt"
    firm.write_text("facts: {joined_on: 2001-01-01}\n", encoding="utf-8")
    ran = run("policies", "show", "clean-port-label", "--rules", rules)
    assert ran.code == 0
    ran = run("check", firm, "--rules", rules, "--format", "json")
    assert ran.code == 0
    found = {f["policy"]: f["outcome"] for f in json.loads(ran.out)["findings"]}
    assert found["clean-port-label"] == "eligible"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", ["check", "lint"])
def test_the_ends_of_the_calendar(command: str, day: str, tmp_path: Path) -> None:
    """Little is in force then, but it is an answer."""
    firm = tmp_path / "firm.yaml"
    firm.write_text("facts: {crew: 5}\n", encoding="utf-8")
    what = firm if command == "check" else HARBOUR
    assert run(command, what, "--rules", HARBOUR, "--on", day).code == 0


@pytest.mark.parametrize("kind", ["no files", "missing", "a file", "no manifest"])
def test_a_place_without_a_rulebook(kind: str, tmp_path: Path) -> None:
    """Nothing is answered from nothing."""
    place = tmp_path
    if kind == "missing":
        place = tmp_path / "no"
    elif kind == "a file":
        place = tmp_path / "rules.yaml"
        place.write_text("facts: {}\n", encoding="utf-8")
    elif kind == "no manifest":
        (tmp_path / "rules.yaml").write_text("facts: {}\n", encoding="utf-8")
    ran = run("lint", place)
    assert (ran.code, ran.out) == (RULEBOOK, "")
    assert ran.faults[0][2] == "R206"
    if kind != "no manifest":
        assert "目录" in run("lint", place, lang="zh").err


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    """An author mends them in one go."""
    rules = _changed(
        tmp_path,
        ("kind: recognition", "kind: honour"),
        ("activity in [H50, C30]", "activity in [H50, Z9]"),
        ("currency: EUR", "curency: EUR"),
    )
    ran = run("lint", rules)
    codes = [code for _, _, code in ran.faults]
    assert {"R201", "R202", "R203"} <= set(codes)


PARAMETERS = {
    "a name nobody knows": (
        "parameters: {berth_cup: 5}\n",
        "did you mean `berth_cap`?",
    ),
    "a wrong type": ("parameters: {berth_cap: much}\n", "much"),
    "no keys": ("berth_cap\n", "expected keys and values"),
    "a key nobody knows": ("parameter: {}\n", "did you mean `parameters`?"),
    "nothing in it": ("{}\n", "`parameters` is missing"),
    "no value": ("parameters: {berth_cap: []}\n", "write at least 1"),
    "a value without a figure": ("parameters: {berth_cap: [{}]}\n", "`is` is missing"),
    "keys for a plain figure": ("parameters: {berth_cap: {a: 5}}\n", "these keys"),
    "bands for a plain figure": (
        "parameters: {berth_cap: [{is: [{rate: 5%}]}]}\n",
        "R203 `berth_cap` is of type money",
    ),
    "windows in the wrong order": (
        "parameters: {berth_cap: [{is: 5, from: 2023-01-01}, {is: 6}]}\n",
        "R307 windows of `berth_cap` overlap",
    ),
    "a window that ends before it starts": (
        "parameters: {berth_cap: [{is: 5, from: 2023-01-01, to: 2022-01-01}]}",
        "R307 the window ends before it starts",
    ),
    "no such document": (
        "parameters: {berth_cap: [{is: 5, cite: bylaw}]}\n",
        "did you mean `byelaw`?",
    ),
}


@pytest.mark.parametrize("kind", PARAMETERS)
def test_a_parameters_file(kind: str, tmp_path: Path) -> None:
    """It is checked like the rulebook, and nothing is answered with it."""
    text, words = PARAMETERS[kind]
    file, firm = tmp_path / "local.yaml", tmp_path / "firm.yaml"
    file.write_text(text, encoding="utf-8")
    firm.write_text("facts: {crew: 5}\n", encoding="utf-8")
    asked = ("check", firm, "--rules", HARBOUR, "--parameters", file)
    ran = run(*asked)
    assert (ran.code, ran.out) == (RULEBOOK, "")
    assert words in ran.err
    assert "local.yaml:1:" in ran.err
    read = run(*asked, lang="zh")
    assert read.faults == ran.faults
    assert all(map(chinese, read.told))
