"""The Python API: values as programs hold them, answers, errors, laziness."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

import policy_match as pm
from tests.bad.run import run

if TYPE_CHECKING:
    from pathlib import Path

HALF = Fraction(47_000_001, 2)
FIRM = "examples/firms/toy-maker.yaml"


@pytest.fixture(scope="module")
def law() -> pm.Law:
    """Return the law of the end of 2022."""
    return pm.load().on(date(2022, 12, 31))


def given(law: pm.Law, fact: str, value: object) -> object:
    """Return what is known of a fact that was given this value."""
    return law.known({fact: value}).given.get(fact)


@pytest.mark.parametrize(
    ("fact", "value", "means"),
    [
        ("employees", 86, pm.Interval(86, 86)),
        ("revenue", Decimal("23500000.50"), pm.Interval(HALF, HALF)),
        ("revenue", Fraction(1, 3), pm.Interval(Fraction(1, 3), Fraction(1, 3))),
        ("revenue", "2350万", pm.Interval(23_500_000, 23_500_000)),
        ("employees", "20..50", pm.Interval(20, 50)),
        ("employees", pm.Interval(20, 50), pm.Interval(20, 50)),
        ("tax_resident", True, pm.Choice(frozenset({True}))),
        ("tax_resident", False, pm.Choice(frozenset({False}))),
        ("legal_form", ["company", "cooperative"],
         pm.Choice(frozenset({"company", "cooperative"}))),
        ("registered_on", date(2020, 1, 1), pm.Interval(737425, 737425)),
        ("online_fair_on", "none", pm.Interval(0, 0, absent=True, some=False)),
        ("employees_quarters", [[10, 20], (30, 40)],
         pm.Listing(tuple(pm.Interval(n, n) for n in (10, 20, 30, 40)))),
        ("从业人数", 86, None),
        ("employees", None, None),
    ],
)  # fmt: skip
def test_values_are_what_they_are(
    law: pm.Law, fact: str, value: object, means: object
) -> None:
    """Numbers, days and bools; strings as in a profile; sets of what is possible."""
    assert given(law, fact, value) == means


def test_a_fact_may_go_by_its_title(law: pm.Law) -> None:
    """As in a profile."""
    title = law.facts["employees"].title.to("zh")
    assert law.known({title: 86}).given == {"employees": pm.Interval(86, 86)}


def test_all_faults_come_at_once(law: pm.Law) -> None:
    """With the entry that is wrong, and what to do."""
    with pytest.raises(pm.ProfileError) as refused:
        law.assess({"employes": 86, "employees": -1, "registered_on": "2099-01-01"})
    codes = [(f.place.line, f.code) for f in refused.value.faults]
    assert codes == [(1, "F501"), (2, "F504"), (3, "F505")]
    assert refused.value.faults[1].line == "employees: -1"


def test_the_command_line_says_the_same() -> None:
    """To the character."""
    answer = pm.load().check([FIRM])[0]
    ran = run("check", FIRM, "--format", "json", lang="en")
    assert ran.out == answer.render("json", "en")


def test_an_answer_is_a_collection_of_findings(law: pm.Law) -> None:
    """Every policy in force has one outcome."""
    answer = law.assess(FIRM)
    outcomes = (answer.eligible, answer.undetermined, answer.ineligible)
    assert sorted(map(len, outcomes)) == sorted(
        [len([f for f in answer if f.outcome == kind]) for kind in pm.Outcome]
    )
    assert "rd-super-deduction" in answer
    assert "no-such-policy" not in answer
    with pytest.raises(KeyError):
        answer["no-such-policy"]


def test_a_notebook_shows_a_page_that_cannot_disturb_it(law: pm.Law) -> None:
    """In a frame, so that its style stays inside; a name is never markup."""
    shown = law.assess({"name": "<script>alert(1)</script>"})._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "<script>alert" not in shown


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda law: law.assess({}, backend="refrence"), "`reference`"),
        (lambda law: law.assess({}).render("pdf"), "text"),
        (lambda law: law.assess({}).render(lang="fr"), "zh"),
        (lambda law: law.policy("rd-super"), "rd-super-deduction"),
        (lambda _: pm.load().on("2022-02-30"), "2022-02-30"),
    ],
)
def test_what_makes_no_sense_is_told(law: pm.Law, call: object, words: str) -> None:
    """With what would."""
    assert callable(call)
    with pytest.raises(pm.UsageError, match=words):
        call(law)


def test_a_directory_without_rules_is_refused(tmp_path: Path) -> None:
    """At once."""
    with pytest.raises(pm.RulebookError):
        pm.load(tmp_path)


@pytest.mark.parametrize("heavy", ["polars", "jinja2", "pydantic", "lark", "click"])
def test_importing_costs_little(heavy: str) -> None:
    """What a question does not need stays away."""
    code = f"import sys, policy_match; print({heavy!r} in sys.modules)"
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  (our own interpreter)
    assert ran.stdout.strip() == "False"
