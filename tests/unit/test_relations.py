"""What relations cannot say is refused, with its place and what to do."""

from __future__ import annotations

import json
from datetime import date

import pytest

from policy_match.compiler.rulebook import load_texts
from policy_match.errors import RulebookError
from policy_match.reports import show_policy

HEAD = """
rulebook: {id: town, title: Town, languages: [en], currency: EUR, locale: en,
           disclaimer: none}
departments: {council: Council}
facts:
  ok: {type: bool, title: ok, asks: Ok?, settled_by: firm}
policies:
"""


def rules(count: int, relations: str) -> dict[str, str]:
    """Return a rulebook of so many grants, with relations in a file of their own."""
    policies = "".join(
        f"  p{n}: {{title: p{n}, summary: s, kind: tax, when: ok,"
        " departments: {lead: council, granting: council},"
        " in_force: {from: 2020-01-01}, benefit: {form: grant, amount: 1}}\n"
        for n in range(count)
    )
    return {"a.yaml": HEAD + policies, "b.yaml": relations}


def faults(files: dict[str, str]) -> list[str]:
    """Return what is wrong with a rulebook."""
    with pytest.raises(RulebookError) as refused:
        load_texts(files)
    return [str(fault) for fault in refused.value.faults]


def test_the_page_of_a_policy_tells_its_relations() -> None:
    """Which others it excludes, why, and what it has a limit with."""
    text = (
        "relations:\n"
        "  - {at_most_one_of: [p0, p1], why: one for each firm}\n"
        "  - {together: [p1, p2], at_most: 5}\n"
    )
    law = load_texts(rules(4, text)).on(date(2024, 1, 1))
    told = {
        name: json.loads(show_policy(law, name, "json", "en"))["relations"]
        for name in ("p0", "p1", "p3")
    }
    assert told == {
        "p0": ["Only one of this and “P1”: one for each firm"],
        "p1": [
            "Only one of this and “P0”: one for each firm",
            "Together with “P2” at most 5",
        ],
        "p3": [],
    }


def test_a_policy_stands_under_one_limit() -> None:
    """What is left of two limits at once would be nobody's meaning."""
    text = (
        "relations:\n"
        "  - {together: [p0, p1], at_most: 5}\n"
        "  - {together: [p1, p2], at_most: 5}\n"
    )
    (fault,) = faults(rules(3, text))
    assert fault.startswith("b.yaml:3:17: R310 `p1` stands under two limits")


def test_too_many_combinations_are_refused() -> None:
    """All of them are weighed for every firm."""
    pairs = (f"  - at_most_one_of: [p{n}, p{n + 1}]\n" for n in range(15))
    (fault,) = faults(rules(16, "relations:\n" + "".join(pairs)))
    assert fault.startswith("b.yaml:2:5: R313 more than 1024 ways to combine")


def test_many_policies_of_one_group_are_few_combinations() -> None:
    """One of forty, or none."""
    names = ", ".join(f"p{n}" for n in range(40))
    book = load_texts(rules(40, f"relations:\n  - at_most_one_of: [{names}]\n"))
    assert len(book.book.policies) == 40


def test_what_a_firm_chooses_has_values_to_choose_from() -> None:
    """A number has none."""
    text = (
        "facts:\n  sum: {type: money, title: sum, asks: Sum?, settled_by: firm,\n"
        "    elected: true}\n"
    )
    (fault,) = faults(rules(1, text))
    assert "R203 `sum` is elected, and has no values to choose from" in fault
