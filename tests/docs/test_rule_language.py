"""Every construct in docs/rule-language.md, loaded and evaluated."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from policy_match.checks.days import boundary_days
from policy_match.checks.examples import run_examples
from policy_match.compiler.local import local_parameters
from policy_match.compiler.rulebook import Rulebook, load_texts
from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.possible import NO_VALUE, Choice, Interval, Possible
from policy_match.domain.texts import NO_TEXT
from policy_match.firms.profile import facts_of
from policy_match.firms.values.typed import typed
from policy_match.language.locales import LOCALES
from policy_match.reports import show_policy
from policy_match.rulebook import yaml_reader
from policy_match.semantics.assessment import assess
from policy_match.semantics.one_firm import Evaluation
from tests.docs.markdown import ROOT, Block, blocks

PAGE = blocks(ROOT / "docs" / "rule-language.md")
LOCALE = LOCALES["zh-CN"]
TRUTHS = {
    "true": frozenset({True}),
    "false": frozenset({False}),
    "unknown": frozenset({True, False}),
}
ANY_NUMBER = FactSpec("number", FactType.NUMBER, NO_TEXT)


def of_kind(kind: str) -> list[Block]:
    return [block for block in PAGE if block.kind == kind]


def rules() -> dict[str, str]:
    return {f"line-{block.line}.yaml": block.text for block in of_kind("yaml rules")}


def with_probes(expected: dict[str, object]) -> Rulebook:
    """Return the page's rulebook with one more definition for each expression."""
    lines = ["definitions:"]
    for index, (text, value) in enumerate(expected.items()):
        kind = "bool" if value in TRUTHS else "number"
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
            kind = "date"
        written = text.replace("'", "''")
        lines.append(
            f"  probe_{index}: {{type: {kind}, title: probe, is: '{written}'}}"
        )
    return load_texts(rules() | {"probes.yaml": "\n".join(lines)})


DAY = r"\d{4}-\d{2}-\d{2}"


def expected_number(text: str) -> Possible:
    if text == "no value":
        return NO_VALUE
    if re.fullmatch(rf"{DAY}(\.\.{DAY})?", text):
        days = [date.fromisoformat(day).toordinal() for day in text.split("..")]
        return Interval(days[0], days[-1])
    value, absent, _ = text.partition(" or no value")
    found = typed(ANY_NUMBER, value, LOCALE, {})
    assert isinstance(found, Interval)
    return Interval(found.low, found.high, bool(absent))


def test_rules_are_sound_on_every_day() -> None:
    book = load_texts(rules())
    for day in boundary_days(book.book):
        book.on(day)


def test_examples_hold() -> None:
    faults = [str(f) for run in run_examples(load_texts(rules())) for f in run.faults]
    assert faults == []


@pytest.mark.parametrize(
    "block", of_kind("yaml example"), ids=lambda b: f"line {b.line}"
)
def test_expressions(block: Block) -> None:
    data = yaml_reader.plain_data(yaml_reader.read(block.text, "example"))
    plain = load_texts(rules()).on(date(2024, 7, 1)).facts
    words = {
        name: value
        for name, value in data["is"].items()
        if name in plain and plain[name].type is FactType.ENUM
    }
    probes = {text: v for text, v in data["is"].items() if text not in words}
    day = date.fromisoformat(data.get("on", "2024-07-01"))
    program = with_probes(probes).on(day)
    given = {}
    for fact, value in data.get("given", {}).items():
        known = typed(program.facts[fact], value, LOCALE, program.systems)
        assert known is not None
        given[fact] = known
    evaluation = Evaluation(program, given)
    for index, (text, value) in enumerate(probes.items()):
        found = evaluation.value(f"probe_{index}")
        if value in TRUTHS:
            assert found == Choice(TRUTHS[value]), text
        else:
            assert found == expected_number(value), text
    for fact, value in words.items():
        wanted = typed(program.facts[fact], value, LOCALE, program.systems)
        assert evaluation.value(fact) == wanted, fact


@pytest.mark.parametrize(
    "block", of_kind("yaml bundle"), ids=lambda b: f"line {b.line}"
)
def test_bundles(block: Block) -> None:
    data = yaml_reader.plain_data(yaml_reader.read(block.text, "bundle"))
    law = load_texts(rules()).on(date.fromisoformat(data["on"]))
    given = facts_of(data["given"], law.facts, law.systems, law.locale)
    (best, wanted) = assess(law, given).best, data["best"]
    assert best is not None
    assert [*best.policies] == wanted["policies"]
    assert best.value == expected_number(wanted["value"])
    assert dict(best.options) == wanted["options"]
    assert {d.policy: [*d.instead] for d in best.dropped} == wanted["dropped"]
    cuts = {policy: expected_number(kept) for policy, kept in wanted["cut"].items()}
    assert dict(best.cuts) == cuts
    assert best.runner_up is not None
    assert best.runner_up.value == expected_number(wanted["runner_up"])


def test_parameters_file() -> None:
    (block,) = of_kind("yaml parameters")
    book = load_texts(rules())
    local = local_parameters(block.text.encode(), "local.yaml", book.book)
    changed = book.with_parameters(local)
    assert set(local) == {"prize", "grant_cap"}
    assert changed.digest != book.digest
    assert changed.on(date(2024, 7, 1)).figures["prize"].value == 20_000
    cap = {
        year: changed.on(date(year, 7, 1)).figures["grant_cap"].value
        for year in (2023, 2024, 2025)
    }
    assert cap == {2023: 50_000, 2024: 80_000, 2025: 50_000}
    assert changed.on(date(2024, 7, 1)).local == ("prize", "grant_cap")
    assert changed.on(date(2025, 7, 1)).local == ("prize",)


@pytest.mark.parametrize("day", ["2023-12-31", "2024-01-01"])
def test_a_text_is_filled_with_the_figures_of_the_day(day: str) -> None:
    (block,) = of_kind(f"text {day}")
    program = load_texts(rules()).on(date.fromisoformat(day))
    page = json.loads(show_policy(program, "rent-grant", "json", "en"))
    assert page["summary"] == block.text.strip()
