"""Neither the length of a chain nor how often a definition is used matters."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

import policy_match as pm

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from policy_match.language.messages import Message

DAY = "2022-12-31"
HEAD = """
rulebook: {id: deep, title: Deep, languages: [en], currency: EUR, locale: en,
  disclaimer: For reference only.}
departments: {port: Port}
sources: {law: {number: Law 1, title: Law}}
facts:
  uscc: {type: text, settled_by: register, title: code, asks: "Which code?"}
  name: {type: text, settled_by: register, title: name, asks: "Which name?"}
  x: {type: int, settled_by: firm, title: x, asks: "How many?"}
  b: {type: bool, settled_by: firm, title: b, asks: "Is it so?"}
"""
POLICY = """
policies:
  grant:
    title: Grant
    summary: A grant.
    kind: subsidy
    departments: {{lead: port, granting: port}}
    in_force: {{from: 2020-01-01}}
    when: {{if: {when}, cite: law Article 2}}
    benefit: {{form: grant, amount: {amount}}}
    claim: {{channel: At the office}}
"""


def rulebook(
    place: Path, kind: str, bodies: Iterable[str], when: str, amount: str
) -> pm.Rulebook:
    """Return a rulebook of definitions d0, d1, … with these bodies."""
    place.mkdir()
    defined = "".join(
        f"  d{n}: {{type: {kind}, title: d{n}, cite: law Article 1, is: {body}}}\n"
        for n, body in enumerate(bodies)
    )
    policy = POLICY.format(when=when, amount=amount)
    (place / "rules.yaml").write_text(f"{HEAD}definitions:\n{defined}{policy}")
    return pm.load(place)


def numbers(place: Path, length: int) -> pm.Rulebook:
    """Return a chain in which each number is one more than that below."""
    bodies = ["x + 1", *(f"d{n} + 1" for n in range(length - 1))]
    return rulebook(place, "int", bodies, f"d{length - 1} >= {length + 5}", "x * 100")


def conditions(place: Path, length: int) -> pm.Rulebook:
    """Return a chain in which each condition needs that below."""
    bodies = ["b", *(f'"d{n} and x >= 1"' for n in range(length - 1))]
    return rulebook(place, "bool", bodies, f"d{length - 1}", "x * 100")


def shared(place: Path, levels: int) -> pm.Rulebook:
    """Return conditions of which each uses the one below twice."""
    bodies = [
        "b",
        *(f'"(d{n} and x >= {n}) or (d{n} and x < {n})"' for n in range(levels - 1)),
    ]
    return rulebook(place, "bool", bodies, f"d{levels - 1}", "x * 100")


def summed(place: Path, levels: int) -> pm.Rulebook:
    """Return numbers of which each uses the one below twice."""
    bodies = ["x", *(f'"min(d{n}, d{n} + 1)"' for n in range(levels - 1))]
    return rulebook(place, "int", bodies, f"d{levels - 1} >= 5", f"d{levels - 1} * 100")


KINDS = {
    "numbers": (numbers, 600),
    "conditions": (conditions, 600),
    "shared conditions": (shared, 60),
    "shared numbers": (summed, 60),
}


@pytest.fixture(scope="module", params=KINDS)
def book(request: pytest.FixtureRequest, tmp_path_factory: Any) -> pm.Rulebook:
    make, size = KINDS[request.param]
    return make(tmp_path_factory.mktemp("deep") / "rules", size)


def test_every_answer_is_given(book: pm.Rulebook) -> None:
    law = book.on(DAY)
    answer = law.assess({"x": 5, "b": True})
    assert [found.outcome.value for found in answer] == ["eligible"]
    assert answer["grant"].benefit is not None
    assert answer["grant"].benefit.amount == (500, 500, False, True)
    assert law.assess({"x": 5})["grant"].missing in {(), ("b",)}
    assert law.assess({"b": True})["grant"].open_for_outcome in {("x",), ()}
    assert [q.fact for q in law.assess({"b": True}).questions] == ["x"]


def test_every_report_is_written(book: pm.Rulebook) -> None:
    law = book.on(DAY)
    answer = law.assess({"b": True})
    for form in ("text", "json", "markdown", "html"):
        assert "Grant" in answer.render(form, "en", explain=["all"])
    assert b"grant" in answer.record("2023-01-01T00:00:00+08:00", "en")
    assert "Grant" in law.show_policy("grant", lang="en")
    assert "x" in {ask.fact for ask in law.interview().questions()}
    assert pm.compare(law, book.on("2022-12-30")).same
    assert book.lint()


def test_a_definition_stands_once_in_json(book: pm.Rulebook) -> None:
    found = book.on(DAY).assess({"b": True}).to_dict("en")
    facts = [entry["fact"] for entry in found["definitions"]]
    assert len(facts) == len(set(facts))
    assert set(facts) >= book.on(DAY).program.definitions.keys()
    text = json.dumps(found)
    assert len(text) < 3_000 * len(facts)


def test_columns_and_the_engine_agree(book: pm.Rulebook) -> None:
    import polars as pl  # noqa: PLC0415

    from policy_match.backends.columnar.findings import findings_of  # noqa: PLC0415
    from policy_match.backends.columnar.screener import Screener  # noqa: PLC0415

    law = book.on(DAY)
    screener = Screener(law.program)
    rows = pl.DataFrame({"x": [5, None, 0], "b": [True, True, None]})
    found = [one for (one,) in findings_of(screener.sheets, screener.part(rows))]
    known: list[dict[str, object]] = [{"x": 5, "b": True}, {"b": True}, {"x": 0}]
    for row, firm in zip(found, known, strict=True):
        expected = law.assess(firm)["grant"]
        assert row.outcome is expected.outcome
        assert row.missing == set(expected.missing)
    said: list[Message] = []
    answer = law.assess(known[1], backend="durable-rules", warn=said.append)
    assert answer.backend == ("reference" if said else "durable-rules")
    assert answer["grant"].missing == law.assess(known[1])["grant"].missing


def test_beyond_its_limit_the_engine_says_who_answered(tmp_path: Path) -> None:
    said: list[Message] = []
    law = conditions(tmp_path / "rules", 2_000).on(DAY)
    answer = law.assess({"x": 5}, backend="durable-rules", warn=said.append)
    assert answer.backend == "reference"
    (message,) = said
    assert message.to("en").startswith("the rulebook is more than durable-rules can")


def test_a_register_is_screened(book: pm.Rulebook, tmp_path: Path) -> None:
    firms = tmp_path / "firms.csv"
    with firms.open("w", newline="") as file:
        csv.writer(file).writerows([("uscc", "name", "x", "b"), ("K1", "A", 5, "true")])
    found = book.on(DAY).screen(firms, tmp_path / "out", lang="en")
    assert found.screened == 1
