"""Everything that is shipped or written is as its schema says.

YAML is read as editors read it, by YAML 1.2: `on` is a text, `yes` too.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

import policy_match as pm

ROOT = Path(__file__).parents[2]
FIRMS = sorted((ROOT / "examples" / "firms").glob("*.yaml"))
RULES = sorted((ROOT / "rules").rglob("*.yaml"))
ASKED = [("2021-04-01", "zh"), ("2022-12-31", "en"), ("2026-01-01", "zh")]


class Editor(SafeConstructor):
    """What YAML 1.2 means by a scalar: it has no type for days."""


Editor.add_constructor("tag:yaml.org,2002:timestamp", Editor.construct_yaml_str)


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """Return what validates by one of the schemas that `schema` writes."""
    schema: Any = pm.load().schemas()[f"{name}.schema.json"]
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.FormatChecker()
    )


def faults(name: str, data: object) -> list[str]:
    """Return what is wrong with data, the deepest place first."""
    found = validator(name).iter_errors(data)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def as_editors(file: Path) -> object:
    """Return a YAML file as YAML 1.2 has it; days are texts in a schema."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = Editor
    return yaml.load(file.read_text("utf-8"))


def test_the_shipped_schemas_are_those_that_are_written() -> None:
    """What stands in `schemas/` is up to date."""
    for name, schema in pm.load().schemas().items():
        shipped = (ROOT / "schemas" / name).read_text("utf-8")
        assert json.loads(shipped) == schema


@pytest.mark.parametrize("file", RULES, ids=lambda f: f.stem)
def test_rule_files(file: Path) -> None:
    """Every shipped rule file is green in an editor."""
    assert faults("rule-file", as_editors(file)) == []


@pytest.mark.parametrize("file", FIRMS, ids=lambda f: f.stem)
def test_profiles(file: Path) -> None:
    """Every example profile is green in an editor."""
    assert faults("profile", as_editors(file)) == []


def test_a_blank_profile(tmp_path: Path) -> None:
    """The profile that is offered to fill in is green in an editor."""
    for lang in ("zh", "en"):
        file = tmp_path / "blank.yaml"
        file.write_text(pm.load().on("2022-12-31").blank_profile(lang), "utf-8")
        assert faults("profile", as_editors(file)) == []


@pytest.mark.parametrize(("day", "lang"), ASKED)
def test_answers(day: str, lang: str) -> None:
    """Every answer, alone or in a list, is as the schema of assessments says."""
    answers = pm.load().check(FIRMS, day=day, backend="reference")
    told = [answer.to_dict(lang, indirect=True) for answer in answers]
    assert faults("assessment", told) == []


def test_records() -> None:
    """Every record is as the schema of records says."""
    for answer in pm.load().check(FIRMS, day="2022-12-31", backend="reference"):
        record = answer.record("2023-03-01T09:00:00+08:00", "en")
        assert faults("record", json.loads(record)) == []


def test_comparisons() -> None:
    """A comparison of two days, with firms and without, is as its schema says."""
    book = pm.load()
    laws = book.on("2021-04-01"), book.on("2023-12-31")
    assert faults("comparison", pm.compare(*laws).to_dict()) == []
    assert faults("comparison", pm.compare(*laws, FIRMS).to_dict("en")) == []


def test_an_answer_that_is_not_one_is_refused() -> None:
    """The schema says something: a damaged answer is no answer."""
    told = pm.load().on("2022-12-31").assess({}).to_dict()
    told["findings"][0]["outcome"] = "perhaps"
    assert faults("assessment", told)
    del told["findings"]
    assert faults("assessment", told)
