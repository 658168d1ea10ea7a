"""Decision records: exact, sealed, given again by the very rules they name."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

import policy_match as pm
from policy_match.records import canonical, known_facts, sealed, written_facts
from tests.bad.run import run
from tests.unit.report_rulebook import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.facts import FactSpec

AT = "2026-01-31T09:30:00+08:00"
DAY = "2022-12-31"
FIRM = "examples/firms/toy-maker.yaml"
ROOT = Path(__file__).resolve().parents[2]
MANY = 1000 if os.environ.get("HYPOTHESIS_PROFILE") == "ci" else 60
"""Records replayed in one go."""


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
    """Yield half-known firms, drawn from a seed."""
    specs = pm.load().on(DAY).facts
    random = Random(20220101)  # noqa: S311  (the same firms every time)
    asked = [spec for spec in specs.values() if not spec.derived]
    for _ in range(count):
        some = random.sample(asked, random.randint(0, 40))
        yield {spec.id: value(spec, random) for spec in some if spec.id != "uscc"}


def value(spec: FactSpec, random: Random) -> object:
    """Draw what a firm may say of a fact."""
    match str(spec.type):
        case "bool":
            return random.choice([True, False])
        case "enum":
            return random.choice(sorted(spec.members))
        case "date":
            return f"{random.randint(2015, 2022)}-06-30"
        case "code":
            return random.choice(["C2451", "F5124", "I6510", "C"])
        case "text":
            return random.choice(["义乌", "Ltd"])
        case "list":
            return "10/20; 30/40"
        case "ratio":
            return random.choice(["5%", Fraction(1, 8)])
        case _:
            most = int(min(spec.high, 5_000_000))
            low = random.randint(0, most)
            return random.choice([low, f"{low}..{most}", f"{low}.."])


def test_many_records_replay_in_a_fresh_process(tmp_path: Path) -> None:
    """With another hash seed: nothing rests on the order of a set."""
    law = pm.load().on(DAY)
    for number, firm in enumerate(firms(MANY)):
        made = law.assess(firm).record(AT)
        (tmp_path / f"{number}.json").write_bytes(made)
    code = (
        "import sys, pathlib, policy_match as pm\n"
        "bad = [p for p in pathlib.Path(sys.argv[1]).iterdir()"
        " if pm.replay(p).difference]\n"
        "print(len(list(pathlib.Path(sys.argv[1]).iterdir())), bad)"
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
    with pytest.raises(pm.RecordError, match="F704 1 rule files are not those"):
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


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check", FIRM, FIRM, "--record", "x.json"], "2 are given"),
        (["check", FIRM, "--record", "no/such/place.json"], "cannot be written"),
    ],
)
def test_what_cannot_be_recorded_is_told(words: list[str], told: str) -> None:
    """In one line."""
    ran = run(*words)
    assert ran.code == 2
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
