"""An interview without a screen: what is asked, what is kept, what is offered."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

from policy_match.advice.interview import Interview, written
from policy_match.domain.possible import exactly
from policy_match.errors import ProfileError
from policy_match.firms.profile import Profile
from tests.bad.run import run
from tests.unit.test_counterfactuals import DAY, RULES, town

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook

__all__ = ["RULES", "town"]

NOTED = """\
# 某企业
on: 2022-12-31
facts:
  研发费用: unknown   # 还没结账
  private: yes

  # 下面是日期
  registered_on:
"""


def interview(town: Rulebook, text: str | None = None) -> Interview:
    """Return an interview that goes on with a profile."""
    profile = Profile(text.encode(), "firm.yaml") if text else None
    return Interview(town.on(DAY), profile)


def facts(holding: Interview) -> list[str]:
    """Return what is worth asking."""
    return [one.fact for one in holding.questions()]


def test_answers_are_written_where_the_profile_left_them_open(town: Rulebook) -> None:
    """Its comments, its names and its order stay as they are."""
    holding = interview(town, NOTED)
    holding.answer("research", "38万 到 40万")
    holding.answer("profit", "3万")
    holding.answer("registered_on", "2022年6月1日")
    assert (
        holding.profile()
        == """\
# 某企业
on: 2022-12-31
facts:
  研发费用: 38万..40万   # 还没结账
  private: yes

  # 下面是日期
  registered_on: 2022年6月1日
  profit: 3万
"""
    )


@pytest.mark.parametrize(
    "text",
    [
        "facts:\n",
        "facts: {}  # nothing yet\n",
        "facts: {private: yes}\n",
        "facts:\n  private: >\n    yes\n",
        "facts:\r\n    private: yes\r\n",
        "facts:\n  private: yes\non: 2022-12-31\n",
    ],
)
def test_however_a_profile_is_laid_out_answers_get_into_it(
    town: Rulebook, text: str
) -> None:
    """What was read from it is still read from it, and the answers too."""
    holding = interview(town, text)
    before = dict(holding.given)
    holding.answer("profit", "5万")
    again = interview(town, holding.profile())
    assert again.given == {**before, "profit": exactly(50_000)}


def test_what_a_firm_does_not_know_is_kept_and_not_asked_again(town: Rulebook) -> None:
    """Not today, nor when its profile is taken up again."""
    holding = interview(town)
    first = facts(holding)[0]
    holding.answer(first, "")
    assert first not in facts(holding)
    again = interview(town, holding.profile())
    assert facts(again) == facts(holding)


def test_going_back_leaves_the_profile_as_it_was(town: Rulebook) -> None:
    """Every answer of the interview can be taken back, the last one first."""
    holding = interview(town, NOTED)
    holding.answer("profit", "3万")
    holding.answer("research", "unknown")
    assert [holding.back(), holding.back(), holding.back()] == [
        "research",
        "profit",
        None,
    ]
    assert holding.profile() == NOTED


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("private", "perhaps"),
        ("research", "-5"),
        ("profit", "much"),
        ("registered_on", "31 February"),
        ("registered_on", "none"),
    ],
)
def test_an_impossible_answer_is_refused_and_changes_nothing(
    town: Rulebook, fact: str, text: str
) -> None:
    """The message is the one a profile would get."""
    holding = interview(town)
    with pytest.raises(ProfileError):
        holding.answer(fact, text)
    assert fact in facts(holding)
    assert holding.given == {}


def test_an_event_is_not_later_than_the_day_described(rulebook: Rulebook) -> None:
    """A fair that is still to come was not attended."""
    holding = Interview(rulebook.on(DAY))
    with pytest.raises(ProfileError, match="F505"):
        holding.answer("online_fair_on", "2023-01-01")
    ranges = holding.choices("online_fair_on")
    assert [date.fromordinal(int(one.high)) for one in ranges] == [
        date(2020, 12, 31),
        DAY,
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("20 to 50", "20..50"), ("20到50", "20..50"), ("20-50", "20..50"), ("20", "20")],
)
def test_ranges_are_typed_as_people_say_them(
    rulebook: Rulebook, typed: str, kept: str
) -> None:
    """And kept as a profile writes them."""
    holding = Interview(rulebook.on(DAY))
    holding.answer("employees", typed)
    assert f"employees: {kept}\n" in holding.profile().replace("'", "")


def test_ranges_offered_are_those_that_matter_to_this_firm(rulebook: Rulebook) -> None:
    """A toy maker is medium-sized from 300 people on, a wholesaler from 20."""
    bounds = {}
    for industry in ("C2451", "F5137"):
        holding = Interview(rulebook.on(DAY))
        for fact, text in (
            ("registered_in_yiwu", "yes"),
            ("industry_code", industry),
            ("revenue", "5000万"),
        ):
            holding.answer(fact, text)
        ranges = holding.choices("employees")
        bounds[industry] = [one.low for one in ranges]
    assert 300 in bounds["C2451"]
    assert 20 in bounds["F5137"]
    assert 300 not in bounds["F5137"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_another_front_end_learns_all_it_needs(lang: str) -> None:
    """The questions are as the schema says, and every choice is an answer."""
    ran = run(
        "assess", "examples/firms/half-known.yaml", "--questions", "json", lang=lang
    )
    found = json.loads(ran.out)
    schema = json.loads(Path("schemas/questions.schema.json").read_text("utf-8"))
    jsonschema.validate(found, schema)
    assert found["remaining"] == len(found["questions"]) > 0
    assert all(one["explanation"] for one in found["questions"])
    asked = {one["fact"]: one for one in found["questions"]}
    assert next(iter(asked)) == found["next"]["facts"][0]
    for fact in found["next"]["facts"]:
        assert asked[fact]["type"] not in {"bool", "enum"} or asked[fact]["choices"]


def test_every_choice_offered_is_an_answer(rulebook: Rulebook) -> None:
    """Of every question about the half-known firm."""
    file = Path("examples/firms/half-known.yaml")
    holding = Interview(rulebook.on(DAY), Profile(file.read_bytes(), str(file)))
    ran = run("assess", file, "--questions", "json")
    for question in json.loads(ran.out)["questions"]:
        for choice in question["choices"]:
            holding.answer(question["fact"], choice["value"])
            assert question["fact"] in holding.given


def test_a_range_that_was_chosen_is_not_asked_again(rulebook: Rulebook) -> None:
    """That there is some is no range to choose: it is said by yes."""
    holding = Interview(rulebook.on(DAY))
    holding.answer("legal_form", "个体工商户")
    assert not holding.choices("business_taxable_income")
    for fact in ("vat_sales", "employees", "taxable_income"):
        spec = holding.program.facts[fact]
        for part in holding.choices(fact):
            holding.answer(fact, written(part, spec))
            assert fact not in facts(holding)


def test_a_profile_that_cannot_be_written_is_refused_before_any_question(
    tmp_path: Path,
) -> None:
    """Nobody answers in vain."""
    file = tmp_path / "firm.yaml"
    file.write_text("facts: {}\n", "utf-8")
    file.chmod(0o444)
    ran = run("assess", file)
    assert (ran.code, ran.out) == (2, "")
    assert "firm.yaml" in ran.err
    assert run("assess", tmp_path / "nowhere" / "firm.yaml").code == 2
