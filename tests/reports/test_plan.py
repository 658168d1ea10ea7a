"""The firm's plan: what to do, by when, with which papers, in every format."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import icalendar
import jsonschema
import pytest

from tests.bad.run import run
from tests.reports.paper import FIRMS

if TYPE_CHECKING:
    from collections.abc import Callable

SHOP = ("individual-business", "2024-01-05")
PLANT = ("toy-maker", "2023-03-15")
TRADER = ("market-trader", "2023-10-09")


@cache
def plan(firm: str, today: str, form: str, lang: str = "zh") -> str:
    """Return the plan of an example firm."""
    words = ("--plan", "--today", today, "--format", form, "--lang", lang)
    ran = run("check", f"examples/firms/{firm}.yaml", *words)
    assert ran.code == 0
    return ran.out


def told(text: str) -> str:
    """Return a text without its line breaks and blanks."""
    return "".join(text.split())


@pytest.mark.parametrize(
    "words",
    [
        "期限从2024年1月5日（今天）算起",
        "最近期限：2024年1月15日（还有10天）",
        "1. 最迟2024年1月15日（还有10天） 个体工商户减半征收个人所得税",
        "减免税额 8750元",
        "去处 自然人电子税务局",
        "个人所得税经营所得纳税申报表（B表、C表，汇算清缴）（最迟2024年4月1日）",
        "□ 个人所得税减免税事项报告表 第1件",
        "留存备查",
        "个体工商户减半征收个人所得税：2022年度最迟2026年1月1日",
        "市场监管局：小微企业“成长之星”评选奖励",
        "但将不再符合：个体工商户减半征收个人所得税（8750元）",
        "仅供参考，以主管部门认定为准。",
    ],
)
def test_a_shop_is_told(words: str) -> None:
    """Days, worth, where, papers, what to keep, other years, who decides, what next."""
    assert told(words) in told(plan(*SHOP, "text"))


def test_every_format_tells_the_same_steps() -> None:
    """In the same order."""
    steps = json.loads(plan(*PLANT, "json"))["actions"]
    titles = [x["title"] for x in steps if x["form"] != "service"]
    assert titles == ["研发费用加计扣除", "小型微利企业减免企业所得税"]
    for form in ("text", "html", "markdown"):
        page = plan(*PLANT, form)
        places = [page.index(f"{n}. ", 0) for n in (1, 2)]
        found = [
            page.index(title, place)
            for title, place in zip(titles, places, strict=True)
        ]
        assert found == sorted(found)


def test_a_deduction_is_told_as_tax_saved_too() -> None:
    """And all of it together: 15 % of 294万 to 25 % of 314万, then 5.9万."""
    text = told(plan(*PLANT, "text"))
    assert "相当于当年少缴企业所得税6.3万元至72.6万元" in text
    assert "企业所得税由44.1万元至78.5万元降为5.9万元" in text


def test_its_json_is_as_its_schema_says() -> None:
    """Of one firm, or of several."""
    schema = json.loads(Path("schemas/plan.schema.json").read_text("utf-8"))
    checker = jsonschema.FormatChecker()
    validator = jsonschema.Draft202012Validator(schema, format_checker=checker)
    for firm in (SHOP, PLANT, TRADER):
        validator.validate(json.loads(plan(*firm, "json")))
    firms = (f"examples/firms/{firm}.yaml" for firm, _ in (SHOP, PLANT))
    ran = run("check", *firms, "--plan", "--today", "2024-01-05", "--format", "json")
    several = json.loads(ran.out)
    validator.validate(several)
    assert len(several) == 2


def test_what_presses_comes_first() -> None:
    """By the last day; of one day the larger worth."""
    found: dict[str, Any] = json.loads(plan(*SHOP, "json"))
    days = [a["by"] for a in found["actions"] if a["state"] == "open" and a["by"]]
    assert all(one <= other for one, other in pairwise(map(str, days)))


def test_a_calendar_has_every_last_day_to_come_once() -> None:
    """The quarter's, and the yearly return; each with a reminder before it."""
    calendar = icalendar.Calendar.from_ical(plan(*SHOP, "ics"))
    events = calendar.walk("VEVENT")
    days = {(str(e["summary"]), e.decoded("dtstart")) for e in events}
    title = "个体工商户减半征收个人所得税（8750元）"
    assert {(title, date(2024, 1, 15)), (title, date(2024, 4, 1))} <= days
    assert all(e.decoded("dtstart") >= date(2024, 1, 5) for e in events)
    assert len({str(e["uid"]) for e in events}) == len(events)
    alarms = [e.walk("VALARM")[0].decoded("trigger") for e in events]
    assert all(timedelta(days=-7) <= gap <= timedelta() for gap in alarms)


def test_a_calendar_is_of_a_plan_alone() -> None:
    """And a sheet is none of a plan's formats."""
    firm = "examples/firms/toy-maker.yaml"
    for words in (("--format", "ics"), ("--plan", "--format", "sheet")):
        ran = run("check", firm, *words)
        assert (ran.code, ran.out) == (2, "")


def test_a_firm_with_nothing_to_do_is_told_so() -> None:
    """Of nothing known nothing is certain, and nothing is lost."""
    text = plan("nothing-known", "2023-03-15", "text", "en")
    assert "No amount is certain yet" in text


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("firm", FIRMS)
def test_it_prints_on_two_pages(
    firm: str, lang: str, printed: Callable[[str], list[str]]
) -> None:
    """A4, of every example firm."""
    assert len(printed(plan(firm, FIRMS[firm], "html", lang))) <= 2
