"""Two laws set against each other; what must be told is written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import policy_match as pm
from tests.bad.run import run

ROOT = Path(__file__).resolve().parents[2]
DAY = "2024-06-30"
OLD = """
rulebook: {id: town, title: Town, languages: [en], currency: EUR, locale: en,
           disclaimer: For reference only.}
departments: {council: Council}
sources: {by-law: {number: By-law 4}}
facts:
  name: {type: text, title: name, asks: Name?, settled_by: firm}
  uscc: {type: text, title: code, asks: Code?, settled_by: firm}
  staff: {type: int, title: staff, asks: How many?, settled_by: firm}
  rent: {type: money, title: rent, asks: Rent?, settled_by: firm}
  export: {type: bool, title: exports, asks: Export?, settled_by: firm}
parameters:
  limit:
    title: staff limit
    type: int
    values: [{from: 2020-01-01, is: 50, cite: by-law}]
  share:
    title: rent share
    type: ratio
    values:
      - {from: 2020-01-01, to: 2024-12-31, is: 10%, cite: by-law}
      - {from: 2025-01-01, is: 20%, cite: by-law}
definitions:
  small: {type: bool, title: small firm, is: staff <= $limit}
policies:
  rent-grant:
    title: Rent grant
    summary: Part of the rent is paid.
    kind: subsidy
    departments: {lead: council, granting: council}
    in_force: {from: 2020-01-01}
    when: {all: [small, rent > 0]}
    benefit: {form: grant, amount: rent * $share}
  export-advice:
    title: Export advice
    summary: Advice for exporters.
    kind: service
    departments: {lead: council, granting: council}
    in_force: {from: 2020-01-01, to: 2024-12-31}
    when: export
    benefit: {form: service}
"""
FIRMS = {
    "gains": {"name": "Gains", "staff": 60, "rent": 1000},
    "stays": {"name": "Stays", "staff": 10, "rent": 2000},
    "loses": {"name": "Loses", "staff": 10, "rent": 400},
    "unknown": {"name": "Unknown", "staff": "40..70", "rent": 500},
}
"""By what the amendment does to each: up to 80 people, from a rent of 500."""


BESIDE = ["small"]


def amended() -> str:
    """Return the town's rules, amended."""
    new = OLD.replace("is: 50,", "is: 80,").replace("rent > 0", "rent >= 500")
    return new.replace("Advice for exporters", "Free advice for exporters")


def town(place: Path, text: str) -> Path:
    """Write a rulebook."""
    place.mkdir()
    (place / "town.yaml").write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def both(tmp_path: Path) -> tuple[pm.Law, pm.Law]:
    """Return the law before and after the amendment."""
    places = town(tmp_path / "old", OLD), town(tmp_path / "new", amended())
    old, new = (pm.load(place).on(DAY) for place in places)
    return old, new


def profiles(place: Path) -> list[Path]:
    """Write a profile for each firm."""
    paths = []
    for name, facts in FIRMS.items():
        path = place / f"{name}.yaml"
        path.write_text(yaml.safe_dump({"facts": facts}), encoding="utf-8")
        paths.append(path)
    return paths


def register(place: Path) -> Path:
    """Write the same firms as a table."""
    lines = ["uscc,name,staff,rent"]
    for number, facts in enumerate(FIRMS.values()):
        lines.append(f"F{number},{facts['name']},{facts['staff']},{facts['rent']}")
    path = place / "firms.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def changes(found: pm.Comparison) -> dict[str, dict[str, Any]]:
    """Return what is told of each policy."""
    return {c["policy"]: c for c in found.to_dict("en")["policies"]}


def test_an_amendment_is_told_by_what_it_means(both: tuple[pm.Law, pm.Law]) -> None:
    """The condition, the figure, the derived fact that rests on it; words apart."""
    found = pm.compare(*both)
    told = changes(found)
    assert told["rent-grant"] == {
        "policy": "rent-grant",
        "change": "changed",
        "parts": ["condition", "derived"],
        "conditions_before": ["rent > 0"],
        "conditions_after": ["rent >= 500"],
        "through": ["small"],
        "conditions": [
            {"change": "removed", "under": "all", "of": ["rent > 0"], "beside": BESIDE},
            {
                "change": "added",
                "under": "all",
                "of": ["rent >= 500"],
                "beside": BESIDE,
            },
        ],
    }
    assert told["export-advice"]["change"] == "reworded"
    assert found.to_dict()["figures"] == [
        {"figure": "limit", "before": 50, "after": 80}
    ]


def _when(tmp_path: Path, before: str, after: str) -> pm.Comparison:
    """Return the comparison of two rulebooks that differ in one policy's `when`."""
    old, new = (
        pm.load(
            town(tmp_path / side, OLD.replace("{all: [small, rent > 0]}", when))
        ).on(DAY)
        for side, when in (("old", before), ("new", after))
    )
    return pm.compare(old, new)


def test_an_alternative_that_is_added_is_told_as_one(tmp_path: Path) -> None:
    """Not as a condition that must hold besides."""
    old, new = "{all: [small, rent > 0]}", "{all: [small, {any: [rent > 0, export]}]}"
    found = _when(tmp_path, old, new)
    assert changes(found)["rent-grant"]["conditions"] == [
        {"change": "added", "under": "any", "of": ["export"], "beside": ["rent > 0"]}
    ]
    assert "+ or instead: exports" in found.render("text", "en")
    (tmp_path / "back").mkdir()
    back = _when(tmp_path / "back", new, old)
    assert changes(back)["rent-grant"]["conditions"] == [
        {"change": "removed", "under": "any", "of": ["export"], "beside": ["rent > 0"]}
    ]
    assert "− or instead: exports" in back.render("text", "en")


def test_all_made_any_is_told(tmp_path: Path) -> None:
    """Though every test stands on both sides."""
    found = _when(tmp_path, "{all: [small, rent > 0]}", "{any: [small, rent > 0]}")
    told = changes(found)["rent-grant"]
    assert (told["change"], told["parts"]) == ("changed", ["condition"])
    assert told["conditions"] == [
        {
            "change": "all-to-any",
            "under": "any",
            "of": ["small", "rent > 0"],
            "beside": [],
        }
    ]
    text = found.render("text", "en")
    assert "− all of these: small firm; rent is more than 0" in text
    assert "+ one of these is enough: small firm; rent is more than 0" in text


@pytest.mark.parametrize(
    "after",
    [
        "{all: [rent > 0, small]}",
        "{all: [rent > 0, {all: [small, rent > 0]}]}",
    ],
)
def test_the_order_of_conditions_is_no_change(tmp_path: Path, after: str) -> None:
    """Nor is a list within a list of its kind."""
    assert _when(tmp_path, "{all: [small, rent > 0]}", after).same


def test_within_a_not_a_change_is_told_of_what_must_hold(tmp_path: Path) -> None:
    """One more reason to refuse is one more thing that must not be."""
    old, new = (
        "{not: {any: [export, small]}}",
        "{not: {any: [export, small, rent > 9]}}",
    )
    told = changes(_when(tmp_path, old, new))["rent-grant"]["conditions"]
    assert [(c["change"], c["under"], c["of"]) for c in told] == [
        ("added", "all", ["{not: rent > 9}"])
    ]


@pytest.mark.parametrize("many", [True, False], ids=["profiles", "register"])
def test_who_gains_and_who_loses(
    both: tuple[pm.Law, pm.Law], tmp_path: Path, many: bool
) -> None:
    """One by one, or as a table: the same firms, the same money, an example."""
    firms = profiles(tmp_path) if many else [register(tmp_path)]
    effects = pm.compare(*both, firms).to_dict("en")["effects"]
    assert (effects["firms"], effects["touched"]) == (4, 3)
    (grant,) = effects["policies"]
    # 60 people gain 100; a rent of 400 loses 40; 40 to 70 people are surely small now.
    assert grant["counts"] == {"gains": 2, "loses": 1}
    assert grant["amount_before"] == "240.00"
    assert grant["amount_after"] == "350.00"
    example = grant["example"]
    assert (example["change"], example["name"]) == ("gains", "Gains")
    assert "at most" in example["before"] or "small firm" in example["before"]
    assert "100" in example["after"]


def test_two_days_of_one_rulebook(tmp_path: Path) -> None:
    """What is in force, and at which figures."""
    book = pm.load(town(tmp_path / "town", OLD))
    found = pm.compare(book.on("2024-12-31"), book.on("2025-01-01"))
    told = changes(found)
    assert told["export-advice"]["change"] == "ends"
    assert (told["rent-grant"]["change"], told["rent-grant"]["parts"]) == (
        "changed",
        ["amount"],
    )
    text = found.render("text", "en")
    assert "rent share: 10% → 20%" in text
    assert "No longer in force" in text


def test_a_figure_says_for_whom_it_is() -> None:
    """The rate of the R&D deduction, for other firms and for technology SMEs."""
    book = pm.load()
    text = pm.compare(book.on("2021-12-31"), book.on("2023-06-30")).render("text", "zh")
    for whom in ("其他企业", "科技型中小企业"):
        assert f"研发费用加计扣除比例 · {whom}：75% → 100%" in text


def test_new_and_gone(tmp_path: Path) -> None:
    """A policy on one side only."""
    cut = OLD[: OLD.index("  export-advice:")]
    old = pm.load(town(tmp_path / "old", OLD)).on(DAY)
    new = pm.load(town(tmp_path / "new", cut)).on(DAY)
    assert changes(pm.compare(old, new))["export-advice"]["change"] == "gone"
    assert changes(pm.compare(new, old))["export-advice"]["change"] == "new"


@pytest.mark.long
def test_reformatting_shows_no_difference(tmp_path: Path) -> None:
    """The shipped rulebook: other layout, key order, file names, no comments."""
    place = tmp_path / "rules"
    place.mkdir()
    for number, path in enumerate(sorted((ROOT / "rules").rglob("*.yaml"))):
        data = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  (texts only)
        text = yaml.safe_dump(shuffled(data), allow_unicode=True, width=40)
        (place / f"{number}.yaml").write_text(text, encoding="utf-8")
    for day in ("2021-06-30", "2022-12-31", "2024-01-01"):
        found = pm.compare(pm.load().on(day), pm.load(place).on(day))
        assert found.same


def shuffled(data: Any) -> Any:
    """Return the same with the keys of its outer mappings in another order."""
    if not isinstance(data, dict):
        return data
    return {
        section: dict(sorted(part.items(), reverse=True))
        if isinstance(part, dict) and section != "rulebook"
        else part
        for section, part in sorted(data.items(), reverse=True)
    }


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_tells_of_every_change(form: str, lang: str) -> None:
    """Two days of the shipped rulebook, with firms."""
    firms = sorted((ROOT / "examples" / "firms").glob("*.yaml"))
    days = ["--on", "2022-12-31", "--on", "2023-01-01"]
    ran = run("compare", *days, "--format", form, "--lang", lang, *firms)
    assert (ran.code, ran.err) == (0, "")
    law = pm.load().on("2023-01-01")
    for policy in ("small-low-profit-cit", "vat-small-scale-reduced-rate"):
        title = law.policy(policy).about.title.to(lang)
        assert title.lower() in " ".join(ran.out.split()).lower()


def test_the_data_is_as_its_schema_says(
    both: tuple[pm.Law, pm.Law], tmp_path: Path
) -> None:
    """The one in schemas/."""
    path = ROOT / "schemas" / "comparison.schema.json"
    found = pm.compare(*both, profiles(tmp_path)).to_dict()
    jsonschema.validate(found, json.loads(path.read_text("utf-8")))


TWICE = ["--on", DAY, "--on", DAY]
BAD = [
    ([], 2, "given twice"),
    (["--on", DAY], 2, "given twice"),
    ([*TWICE, "--on", DAY], 2, "given twice"),
    ([*TWICE, "a.csv", "b.csv"], 2, "one register"),
    ([*TWICE, "no-such.yaml"], 3, "no such file"),
    ([*TWICE, "no-such.csv"], 3, "no such file"),
    (["--rules", "no-such", "--rules", "nor-such"], 4, "nor-such"),
    (["--on", "2024-13-01", "--on", DAY], 2, "is not a day"),
]


@pytest.mark.parametrize(("words", "code", "told"), BAD)
def test_what_cannot_be_compared_is_told(
    words: list[str], code: int, told: str
) -> None:
    """One line a fault, and the exit code of its kind."""
    ran = run("compare", *words)
    assert ran.code == code
    assert told in ran.err
    assert ran.out == ""
