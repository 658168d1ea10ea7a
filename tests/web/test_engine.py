"""The engine of a page: the law of all days, and nothing but that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import policy_match as pm
from policy_match.ir.codec import encode
from policy_match.web.engine import Engine
from tests.unit.report_rulebook import RULES

if TYPE_CHECKING:
    from pathlib import Path

RATE = "values: [{from: 2021-01-01, is: 75%, cite: law 第三条, status: known}]"
RATES = """values:
      - {from: 2021-01-01, to: 2023-02-28, is: 75%, status: known}
      - {from: 2023-03-01, is: 80%, status: known}"""
TOWN = RULES.replace("fair_on within in_force", "fair_on <= on - 1 year").replace(
    RATE, RATES
)
FIRM = {"size": "small", "fair_on": "2022-06-01", "agreed": True, "staff": 5}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> pm.Rulebook:
    """Return a rulebook whose law changes between a day and the one waited for."""
    place: Path = tmp_path_factory.mktemp("town")
    (place / "town.yaml").write_text(TOWN, "utf-8")
    return pm.load(place)


@pytest.fixture(scope="module")
def engine(town: pm.Rulebook) -> Engine:
    """Return an engine that was given all of the town's law."""
    found = Engine()
    found.add(encode(tuple(town.spans())))
    return found


def ask(engine: Engine, **body: Any) -> dict[str, Any]:
    """Return what the engine answers."""
    found: dict[str, Any] = json.loads(engine.ask("check", json.dumps(body), "en"))
    return found


@pytest.mark.parametrize(
    "day", ["1999-01-01", "2022-12-31", "2023-02-28", "2024-02-29", "2099-07-01"]
)
def test_any_day_is_answered_as_by_the_rulebook(
    town: pm.Rulebook, engine: Engine, day: str
) -> None:
    said = ask(engine, on=day, today="2026-01-01", facts=FIRM)
    assert said["status"] == 200
    answer = town.on(day).assess(FIRM, today="2026-01-01")
    assert said["data"] == json.loads(json.dumps(answer.to_dict("en")))


def test_waiting_is_told_beyond_the_next_change_of_the_law(engine: Engine) -> None:
    """A year after the fair, by the law of that day."""
    findings = ask(engine, on="2022-12-31", facts=FIRM)["data"]["findings"]
    (grant,) = (one for one in findings if one["policy"] == "fair-grant")
    assert [one["day"] for one in grant["would_change"] if one["day"]] == ["2023-06-01"]


def test_facts_are_told_as_by_the_rulebook(town: pm.Rulebook, engine: Engine) -> None:
    """With what each is called: a page that was opened by a link asks for it."""
    found = json.loads(engine.ask("facts", json.dumps({"on": "2022-12-31"}), "en"))
    assert found["data"] == town.on("2022-12-31").list_facts("en")


def test_without_a_day_it_is_that_of_asking(engine: Engine) -> None:
    assert ask(engine, today="2022-06-01", facts=FIRM)["data"]["on"] == "2022-06-01"
    assert ask(engine, facts=FIRM)["data"]["on"] == pm.api.today().isoformat()
