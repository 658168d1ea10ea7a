"""Decision records: exact, sealed, given again by the very rules they name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from fractions import Fraction
from math import ceil
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

import policy_match as pm
from policy_match.records import (
    NOTHING,
    canonical,
    difference,
    known_facts,
    sealed,
    written_facts,
)
from tests.bad.run import run
from tests.unit.report_rulebook import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.facts import FactSpec

AT = "2026-01-31T09:30:00+08:00"
DAY = "2022-12-31"
DAYS = (DAY, "2021-06-30", "2024-03-01")
FIRM = "examples/firms/toy-maker.yaml"
ROOT = Path(__file__).resolve().parents[2]
MANY = int(
    os.environ.get("RECORDS")
    or (300 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 40)
)
"""Records replayed in one go; `RECORDS=1000` is the whole of it."""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Return the directory of a small rulebook."""
    place = tmp_path / "town"
    place.mkdir()
    (place / "town.yaml").write_text(RULES, encoding="utf-8")
    return place


@pytest.fixture
def record(town: Path) -> bytes:
    """Return the record of an answer by that rulebook."""
    return pm.load(town).on(DAY).assess({}).record(AT, "en")


def firms(count: int) -> Iterator[dict[str, object]]:
    """Yield half-known firms, drawn from a seed, their facts in any order.

    Derived facts are given as well, some against the base facts.
    """
    specs = [*pm.load().on(DAY).facts.values()]
    random = Random(20220101)  # noqa: S311  (the same firms every time)
    for _ in range(count):
        some = random.sample(specs, random.randint(0, 60))
        yield {spec.id: value(spec, random) for spec in some if spec.id != "uscc"}


def value(spec: FactSpec, random: Random) -> object:
    """Draw what a firm may say of a fact."""
    match str(spec.type):
        case "bool":
            return random.choice([True, False])
        case "enum":
            return random.choice(sorted(spec.members))
        case "date":
            return f"{random.randint(2015, 2020)}-06-30"
        case "code":
            return random.choice(["C2451", "F5124", "I6511", "C"])
        case "text":
            return random.choice(["义乌", "Ltd"])
        case "list":
            return "10/20; 30/40"
        case "ratio":
            return random.choice(["5%", Fraction(1, 8)])
        case _:
            most = int(min(spec.high, 5_000_000))
            low = random.randint(ceil(max(spec.low, 0)), most)
            return random.choice([low, f"{low}..{most}", f"{low}.."])


@pytest.mark.long
def test_many_records_replay_in_a_fresh_process(tmp_path: Path) -> None:
    """With another hash seed: nothing rests on the order of a set."""
    book = pm.load()
    doubtful = 0
    for number, firm in enumerate(firms(MANY)):
        answer = book.on(DAYS[number % len(DAYS)]).assess(firm)
        made = answer.record(AT, ("zh", "en")[number % 2])
        (tmp_path / f"{number}.json").write_bytes(made)
        doubtful += len(answer.warnings) > 1
    assert doubtful
    code = (
        "import sys, pathlib, policy_match as pm\n"
        "book, paths = pm.load(), [*pathlib.Path(sys.argv[1]).iterdir()]\n"
        "bad = [p for p in paths if pm.replay(p, book).difference]\n"
        "print(len(paths), bad)"
    )
    env = {**os.environ, "PYTHONHASHSEED": "4711"}
    command = [sys.executable, "-c", code, str(tmp_path)]
    ran = subprocess.run(  # noqa: S603  (our own interpreter)
        command, env=env, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split(maxsplit=1) == [str(MANY), "[]\n"]


def test_what_is_known_reads_back_exactly() -> None:
    """Thirds, open ends, sets, absence, lists."""
    law = pm.load().on(DAY)
    given: dict[str, object] = {
        "revenue": pm.Interval(Fraction(1, 3), float("inf")),
        "taxable_income": "-50万..20万",
        "online_fair_on": "none",
        "registered_on": "2020-01-01..2021-12-31",
        "legal_form": ["company", "cooperative"],
        "tax_resident": True,
        "industry_code": "C",
        "employees_quarters": [["10", "20..30"], ["5", "unknown"]],
        "name": "某企业",
    }
    facts = law.known(given)
    through = json.loads(canonical(written_facts(facts, law.facts)))
    assert known_facts(through, law.facts, facts.day).given == facts.given


def test_the_same_answer_at_the_same_time_is_the_same_record(town: Path) -> None:
    """Wherever it is made."""
    other = town.parent / "copy"
    shutil.copytree(town, other)
    made = [pm.load(x).on(DAY).assess({}).record(AT, "en") for x in (town, other)]
    assert made[0] == made[1]


def test_every_byte_counts(record: bytes, town: Path) -> None:
    """Whichever is another, the record is refused."""
    for at in range(len(record)):
        for flip in (0x01, 0x20, 0x80):
            changed = record[:at] + bytes([record[at] ^ flip]) + record[at + 1 :]
            with pytest.raises(pm.RecordError):
                pm.replay(changed, town)


@pytest.mark.parametrize("cut", [0, 1, 2, 100])
def test_what_is_cut_off_is_refused(record: bytes, town: Path, cut: int) -> None:
    """Or added."""
    with pytest.raises(pm.RecordError):
        pm.replay(record[: len(record) - cut] if cut else record + b"\n", town)


def test_every_rule_file_counts(tmp_path: Path) -> None:
    """A byte in a comment, too: the record names the very files."""
    rules = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", rules)
    made = pm.load(rules).on(DAY).assess({}).record(AT)
    assert pm.replay(made, rules).difference is None
    files = sorted(rules.rglob("*.yaml"))
    for path in files:
        data = path.read_bytes()
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
        with pytest.raises(pm.RecordError, match=path.relative_to(rules).as_posix()):
            pm.replay(made, rules)
        path.write_bytes(data)
    assert len(files) > 10


def test_an_older_rulebook_replays_from_its_files(record: bytes, town: Path) -> None:
    """And from no other."""
    old = town.parent / "old"
    shutil.copytree(town, old)
    with (town / "town.yaml").open("a", encoding="utf-8") as file:
        file.write("# amended\n")
    with pytest.raises(pm.RecordError, match=r"F704 .*: town.yaml \(1 in all"):
        pm.replay(record, town)
    assert pm.replay(record, old).difference is None


def test_the_first_difference_is_named(record: bytes, town: Path) -> None:
    """Its place, what was, and what is."""
    content: dict[str, Any] = json.loads(record)
    content["answer"]["findings"][0]["outcome"] = "eligible"
    name = content["answer"]["findings"][0]["policy"]
    found = pm.replay(sealed(content), town)
    assert found.difference is not None
    place, then, now = found.difference
    assert (place, then) == (f"findings.{name}.outcome", "eligible")
    assert now != "eligible"
    (town.parent / "r.json").write_bytes(sealed(content))
    ran = run("replay", town.parent / "r.json", "--rules", town, lang="zh")
    assert (ran.code, ran.err) == (6, "")
    assert f"findings.{name}.outcome" in ran.out


def test_a_record_is_as_its_schema_says(record: bytes) -> None:
    """The one in schemas/."""
    schema = json.loads((ROOT / "schemas" / "record.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(record), schema)


def test_the_command_records_and_replays(tmp_path: Path) -> None:
    """By the shipped rules, and who answered is kept."""
    path = tmp_path / "decision.json"
    ran = run("check", FIRM, "--record", path, "--recorded-at", AT)
    assert ran.code == 0
    again = run("replay", path, "--format", "json")
    told = json.loads(again.out)
    assert (again.code, told["identical"], told["recorded_at"]) == (0, True, AT)
    assert told["backend"] == json.loads(path.read_bytes())["answer"]["backend"]


def test_what_the_firm_does_not_know_is_in_the_record(tmp_path: Path) -> None:
    firm, place = tmp_path / "firm.yaml", tmp_path / "record.json"
    known = "{employees: 86, total_assets: null, revenue: 不清楚}"
    text = f"on: 2022-12-31\nfacts: {known}\n"
    firm.write_text(text, encoding="utf-8")
    assert run("check", str(firm), "--record", str(place)).code == 0
    facts = json.loads(place.read_text())["profile"]["facts"]
    assert facts == {"employees": "86", "revenue": None, "total_assets": None}
    assert run("replay", str(place)).code == 0


def test_parameters_are_in_the_record(town: Path, tmp_path: Path) -> None:
    """So that their file is not needed again."""
    path = tmp_path / "local.yaml"
    path.write_text("parameters: {staff_limit: 10}\n", encoding="utf-8")
    made = pm.load(town, parameters=path).on(DAY).assess({}).record(AT)
    path.unlink()
    assert pm.replay(made, town).difference is None
    assert (
        json.loads(made)["rulebook"]["parameters"] == "parameters: {staff_limit: 10}\n"
    )


def test_no_number_is_written_in_two_ways() -> None:
    """Each language writes 0.05 in its own way; a record has whole numbers only."""
    record = pm.load().on(DAY).assess(FIRM).record(AT)

    def refuse(text: str) -> None:
        raise AssertionError(text)

    content = json.loads(record, parse_float=refuse, parse_constant=refuse)
    assert content["answer"]["derived"]["hnte_rd_ratio_min"] == "0.05"


def test_a_rule_file_goes_by_where_it_stands(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link by its own name; and the caller may go elsewhere meanwhile."""
    (town / "town.yaml").rename(tmp_path / "shared.yaml")
    (town / "town.yaml").symlink_to(tmp_path / "shared.yaml")
    monkeypatch.chdir(tmp_path)
    answer = pm.load(town).on(DAY).assess({})
    monkeypatch.chdir("/")
    made = answer.record(AT)
    assert [*json.loads(made)["rulebook"]["files"]] == ["town.yaml"]
    assert pm.replay(made, town).difference is None


def test_many_records_share_a_rulebook(town: Path, tmp_path: Path) -> None:
    """Each with the parameters it was made with, none among them."""
    path = tmp_path / "local.yaml"
    path.write_text("parameters: {staff_limit: 10}\n", encoding="utf-8")
    plain, local = pm.load(town), pm.load(town, parameters=path)
    made = [book.on(DAY).assess({"staff": 20}).record(AT) for book in (plain, local)]
    assert made[0] != made[1]
    for book in (plain, local):
        assert [pm.replay(record, book).difference for record in made] == [None, None]


def test_a_moment_may_be_a_datetime(town: Path) -> None:
    """Written in ISO 8601."""
    answer = pm.load(town).on(DAY).assess({})
    assert answer.record(datetime.fromisoformat(AT)) == answer.record(AT)
    with pytest.raises(pm.UsageError, match="offset from UTC"):
        answer.record(datetime(2026, 1, 31))  # noqa: DTZ001  (that is the point)


GRANT, LOAN = {"policy": "grant", "worth": "5"}, {"policy": "loan", "worth": None}


@pytest.mark.parametrize(
    ("then", "now", "place", "values"),
    [
        ({"a": 1}, {"a": 2}, "a", (1, 2)),
        ({"a": True}, {"a": 1}, "a", (True, 1)),
        ({"a": None}, {}, "a", (None, NOTHING)),
        ({}, {"a": None}, "a", (NOTHING, None)),
        ({"a": [1, 2]}, {"a": [1]}, "a.1", (2, NOTHING)),
        ({"a": []}, {"a": {}}, "a", ([], {})),
        ([GRANT, LOAN], [LOAN], "grant", (GRANT, NOTHING)),
        ([LOAN], [GRANT, LOAN], "grant", (NOTHING, GRANT)),
        ([GRANT, LOAN], [GRANT, {**LOAN, "worth": "1"}], "loan.worth", (None, "1")),
        ([GRANT, LOAN], [LOAN, GRANT], "", (["grant", "loan"], ["loan", "grant"])),
        ([GRANT, GRANT], [GRANT], "1", (GRANT, NOTHING)),
    ],
)
def test_where_two_answers_differ(
    then: object, now: object, place: str, values: tuple[object, object]
) -> None:
    """What is missing is told from null, and one entry more shifts no other."""
    assert difference(then, now) == (place, *values)
    assert difference(then, then) is None


def test_a_replay_asks_on_the_recorded_day(town: Path) -> None:
    """Whatever day it is now; the record names it."""
    law = pm.load(town).on(DAY)
    kept = law.assess({}, today="2023-03-15").record(AT)
    content = json.loads(kept)
    assert (content["today"], content["answer"]["today"]) == ("2023-03-15",) * 2
    assert pm.replay(kept, town).difference is None
