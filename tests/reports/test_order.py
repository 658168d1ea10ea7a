"""Money first, then certificates and credit, then services in one line."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import policy_match as pm

ROOT = Path(__file__).parents[2]
FIRMS = [
    ROOT / "examples" / "firms" / f"{name}.yaml"
    for name in ("toy-maker", "individual-business")
]
CLASSES = {"recognition": 1, "credit": 1, "service": 2}
"""All other forms are money, and come first."""


OUTCOMES = ["eligible", "undetermined", "ineligible"]


@pytest.fixture(params=FIRMS, ids=lambda f: f.stem, scope="module")
def answer(request: pytest.FixtureRequest) -> pm.Answer:
    """Return the answer for each of the example firms."""
    (found,) = pm.load().check([request.param], day="2022-12-31", backend="reference")
    return found


def test_data_are_in_the_order_of_the_pages(answer: pm.Answer) -> None:
    """By outcome; within one by class of form, what another excludes behind."""
    found = answer.to_dict("zh")["findings"]
    told = [f for f in found if f["outcome"] == "eligible" and f["selected"]]
    forms = [CLASSES.get(f["benefit"]["form"], 0) for f in told]
    assert forms == sorted(forms)
    outcomes = list(dict.fromkeys(f["outcome"] for f in found))
    assert outcomes == sorted(outcomes, key=OUTCOMES.index)
    page = answer.render("text", "zh", indirect=True, width=1000)
    all_told = answer.to_dict("zh", indirect=True)["findings"]
    places = [page.index(f["title"]) for f in all_told if page.count(f["title"]) == 1]
    assert places == sorted(places)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_counts_are_those_of_the_data(answer: pm.Answer, form: str, lang: str) -> None:
    """So many of each outcome, at the head of a page and over each of its lists."""
    data = answer.to_dict(lang)
    total = Counter(found["outcome"] for found in data["findings"])
    assert {k: data["totals"][k] for k in OUTCOMES} == {k: total[k] for k in OUTCOMES}
    page = answer.render(form, lang, width=1000)
    names = {
        "zh": ("符合", "只差一项信息", "尚不能确定", "不符合", "当日未施行"),
        "en": (
            "Eligible", "One fact away", "Not settled yet", "Not eligible",
            "Not in force that day",
        ),
    }  # fmt: skip
    seen = [_counted(page, name, form) for name in names[lang]]
    got, one, open_, failed, outside = seen
    assert [got, one + open_, failed] == [total[outcome] for outcome in OUTCOMES]
    assert outside == len(data["not_in_force"])


def _counted(page: str, name: str, form: str) -> int:
    """Return how many a page says there are, at its head and over its list alike."""
    head, over = {
        "text": (rf"(?:^| ){name} (\d+)(?: |$)", rf"^{name} ?[（(](\d+)[）)]"),
        "html": (
            rf"<b>(\d+)</b>{name}<",
            rf'<h2><span>{name} <span class="[^"]+">(\d+)<',
        ),
        "markdown": (rf"(?:\*\*| · ){name} (\d+)", rf"^## {name} ?[（(](\d+)[）)]"),
    }[form]
    first = re.search(head, page, re.MULTILINE)
    second = re.search(over, page, re.MULTILINE)
    assert first is not None
    assert second is not None
    assert first[1] == second[1]
    return int(first[1])


def test_services_are_one_line_until_somebody_asks(answer: pm.Answer) -> None:
    """As many as there are; nothing of them is lost on the whole page."""
    short = answer.render("text", "en", width=1000)
    whole = answer.render("text", "en", width=1000, indirect=True)
    asked = re.findall(r"(\d+) more services, on request", short)
    ready = re.findall(r"(\d+) more services, open now", short)
    assert asked
    assert "more services" not in whole
    shown = answer.to_dict("en")["findings"]
    forms = {p.id: p.form for p in answer.assessed.program.policies}
    services = [
        f
        for f in shown
        if forms[f["policy"]] == "service" and f["outcome"] != "ineligible"
    ]
    assert sum(map(int, asked + ready)) <= len(services)
    assert all(f["title"].lower() in whole.lower() for f in services)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_is_cut(answer: pm.Answer, width: int) -> None:
    """A long title or reason wraps, at every width."""
    page = answer.render("text", "zh", width=width)
    assert "…" not in page
    assert "".join(page.split()).count("按需申请") >= 1
