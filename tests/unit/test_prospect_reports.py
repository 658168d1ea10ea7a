"""What would change an answer, as people and tools read it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from policy_match.advice.counterfactuals import prospects
from policy_match.firms.profile import read_profile
from policy_match.reports import FORMATS, render
from policy_match.semantics.assessment import assess
from tests.bad.run import run
from tests.unit.test_counterfactuals import DAY, RULES, town

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook
    from policy_match.semantics.outcome import Assessment

__all__ = ["RULES", "town"]

FIRM = """
facts:
  research: 38万
  private: yes
  registered_on: 2022-11-20
  profit: 295万
  wants: no
"""


@pytest.fixture
def answer(town: Rulebook) -> Assessment:
    """Return the answer for a firm a little short of several policies."""
    program = town.on(DAY)
    facts = read_profile(FIRM, program.facts, program.systems)
    found = assess(program, facts)
    return replace(found, prospects=prospects(found, town.on))


@pytest.mark.parametrize("form", [f for f in FORMATS if f not in {"json", "sheet"}])
def test_every_format_for_people_tells_what_would_change_it(
    answer: Assessment, form: str
) -> None:
    """The distance, the wait in days, the worth, and the room below a limit."""
    told = " ".join(render([answer], form, "zh").split()).replace(" ", "")
    assert "研发费用再增加12万元（达到50万元），即可符合（奖补资金5万元）" in told
    assert "再过324天（2023年11月20日起）" in told
    assert "：有意，即可符合（奖补资金" in told
    assert "仍待主管部门认定：同意" in told
    assert "利润再增加超过5万元（即超过300万元），将失去：小利优惠（59万元）" in told


def test_english_is_complete(answer: Assessment) -> None:
    """No Chinese is left between English words."""
    told = " ".join(render([answer], "text", "en").split())
    assert "research cost up by CNY 120,000, to CNY 500,000: grant CNY 50,000" in told
    assert "in 324 days, from 20 November 2023" in told
    assert "more than CNY 50,000 above today (over CNY 3,000,000) loses" in told


def test_tools_get_each_change_with_its_distance(answer: Assessment) -> None:
    """Money in two places, days as a date; nothing where nothing is proposed."""
    data = json.loads(render([answer], "json", "zh"))
    found = {f["policy"]: f["would_change"] for f in data["findings"]}
    assert found["research-grant"] == [
        {
            "changes": [
                {
                    "fact": "research",
                    "now": "380000.00",
                    "to": "500000.00",
                    "distance": "120000.00",
                }
            ],
            "day": None,
            "to_decide": [],
            "loses": [],
            "amount": "50000.00",
            "range": None,
        }
    ]
    assert found["settled-firm"][0]["day"] == "2023-11-20"
    assert found["small-profit"] == []
    (cliff,) = data["cliffs"]
    assert (cliff["last"], cliff["room"]) == ("3000000.00", "50000.00")


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            [
                "最优组合",
                "建议选择：按实际发生数",
                "不选“高新技术企业减征企业所得税”",
                "少得30.5万元",
            ],
        ),
        (
            "en",
            [
                "The best combination",
                "choose: as actually incurred",
                "Not “Reduced enterprise income tax rate",
                "CNY 305,000 less",
            ],
        ),
    ],
)
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_best_combination_is_told(form: str, lang: str, lines: list[str]) -> None:
    """What to take and to choose, what was dropped and what that would cost."""
    ran = run(
        "check", "examples/firms/high-tech-choice.yaml", "--format", form, lang=lang
    )
    told = "".join(ran.out.split())
    assert all("".join(line.split()) in told for line in lines)
