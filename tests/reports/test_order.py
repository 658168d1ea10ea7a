"""Money first, then certificates and credit, then services in one line."""

from __future__ import annotations

import re
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
