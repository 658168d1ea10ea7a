"""What was compiled for one day serves another only where nothing differs."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from policy_match.compiler.rulebook import Rulebook, load_texts
from policy_match.ir.codec import encode

RULES = """
rulebook:
  {id: town, title: Town, languages: [en], jurisdiction: a town, currency: EUR,
   locale: en, disclaimer: none}
departments: {office: Office}
sources:
  act:
    {number: Act 1, title: Act,
     in_force: [{from: 2020-01-01, to: 2022-12-31, prolonged_by: [later 2]},
                {from: 2023-01-01, to: 2024-06-30}]}
  later: {number: Act 2, title: Later, in_force: [{from: 2022-01-01}]}
facts:
  staff: {type: int, settled_by: firm, title: staff, asks: staff, cite: [later 1]}
  born: {type: date, settled_by: firm, title: born, asks: born}
parameters:
  most:
    {type: int, title: most, values:
      [{to: 2021-06-30, is: 10, cite: [act 3]}, {from: 2021-07-01, is: 20}]}
definitions:
  small: {type: bool, title: small, is: staff <= $most, cite: [act 4]}
  young: {type: bool, title: young, is: born > on - 3 years}
  of_the_year: {type: bool, title: of the year, is: born within year}
  rate:
    type: number
    title: rate
    cases:
      - {in: 2022, is: 3}
      - {in: {from: 2024-01-01}, is: 4}
      - {if: staff <= $most, is: 1}
      - {is: 2}
policies:
  grant:
    title: Grant
    summary: A grant.
    kind: subsidy
    departments: {lead: office, granting: office}
    in_force: [{from: 2020-01-01, to: 2021-12-31}, {from: 2022-07-01}]
    basis: [{cite: [act 1]}, {cite: [later 1], if: staff > $most}]
    when: {all: [small, young, of_the_year, born within in_force, staff <= $most]}
    benefit: {form: grant, amount: rate * $most@2021-01-01}
    claim: {channel: office, cite: [later 5]}
"""
DAYS = [
    date(2019, 5, 1),
    date(2021, 6, 30),
    date(2021, 7, 1),
    date(2022, 3, 1),
    date(2022, 8, 1),
    date(2024, 3, 1),
    date(2024, 3, 2),
    date(2024, 7, 1),
]


def compiled(rulebook: Rulebook, day: date) -> tuple[bytes, bytes]:
    """Return the law of a day as bytes, as it is written and as it is evaluated."""
    return encode(rulebook.as_written(day)), encode(rulebook.on(day))


@pytest.fixture(scope="module")
def apart() -> dict[date, tuple[bytes, bytes]]:
    """The law of each day, from a rulebook that was asked for no other."""
    return {day: compiled(load_texts({"town.yaml": RULES}), day) for day in DAYS}


@pytest.mark.parametrize("order", [*permutations(DAYS, 3)][::7])
def test_the_law_of_a_day_is_the_same_whatever_was_asked_before(
    apart: dict[date, tuple[bytes, bytes]], order: tuple[date, ...]
) -> None:
    """Figures, windows of cases, documents and days are those of the day asked for."""
    rulebook = load_texts({"town.yaml": RULES})
    for day in order:
        assert compiled(rulebook, day) == apart[day]


def test_every_day_here_has_a_law_of_its_own(
    apart: dict[date, tuple[bytes, bytes]],
) -> None:
    """So that what serves a wrong day would be seen."""
    assert len({*apart.values()}) == len(DAYS)


def test_what_two_spans_share_is_one_and_the_same() -> None:
    """What rests on a document that has ended is compiled anew, as is what reads on."""
    rulebook = load_texts({"town.yaml": RULES})
    one, other = rulebook.on(date(2024, 3, 1)), rulebook.on(date(2024, 8, 1))
    same = {
        name
        for name, definition in one.definitions.items()
        if other.definitions[name] is definition
    }
    assert same == {"rate"}
