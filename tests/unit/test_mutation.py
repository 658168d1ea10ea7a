"""What slips a rulebook may have, and which of them its examples notice."""

from __future__ import annotations

from functools import cache

import pytest

from policy_match.checks.mutation.cases import cases
from policy_match.checks.mutation.equivalence import Equivalence
from policy_match.checks.mutation.laws import Laws
from policy_match.checks.mutation.mutants import Mutant, mutants
from policy_match.checks.mutation.trial import Trial, Verdict
from policy_match.compiler.rulebook import Rulebook, load_texts

BOOK = """
rulebook: {id: town, title: T, languages: [en], currency: EUR, disclaimer: None.}
departments: {council: Council}
facts:
  trade:
    {type: enum, title: Trade, asks: Which?, settled_by: firm,
     values: {shop: A shop, farm: A farm, mill: A mill}}
  staff: {type: int, title: Staff, asks: How many?, settled_by: firm}
  fee: {type: money, title: Fee, asks: How much?, settled_by: firm}
parameters:
  rate:
    title: Rate
    type: ratio
    values:
      - {from: 2024-01-01, to: 2024-12-31, is: 50%}
      - {from: 2025-01-01, is: 60%}
policies:
  relief:
    title: Relief
    summary: Part of the fee.
    kind: subsidy
    departments: {lead: council, granting: council}
    in_force: {from: 2024-01-01}
    when:
      all:
        - trade in [shop, farm]
        - staff <= 10
    benefit: {form: grant, amount: "min(fee * $rate, 1000)"}
    examples:
EXAMPLES
"""
WEAK = """
2024-06-01  trade: shop, staff: 5, fee: 100     outcome: eligible, amount: 50
"""
STRONG = f"""{WEAK}
2023-12-31  staff: 5                            outcome: not-in-force
2024-01-01  trade: farm, staff: 10, fee: 100    outcome: eligible, amount: 50
2024-12-31  trade: farm, staff: 10, fee: 10000  outcome: eligible, amount: 1000
2024-12-31  trade: shop, staff: 1, fee: 100     outcome: eligible, amount: 50
2025-01-01  trade: shop, staff: 1, fee: 100     outcome: eligible, amount: 60
2024-06-01  trade: shop, staff: 11, fee: 100    outcome: ineligible
2024-06-01  trade: mill, staff: 5, fee: 100     outcome: ineligible
"""


def _text(examples: str, book: str = BOOK) -> str:
    rows = [row.split("  ") for row in examples.splitlines() if row]
    lines = [
        f"      - {{on: {on}, given: {{{given}}}, then: {{{then.strip()}}}}}"
        for on, given, *_, then in rows
    ]
    return book.replace("EXAMPLES", "\n".join(lines))


@cache
def _book(examples: str) -> Rulebook:
    return load_texts({"town.yaml": _text(examples)})


@cache
def _verdicts(examples: str) -> dict[str, Verdict]:
    rulebook = _book(examples)
    trial = Trial(Laws(rulebook), cases(rulebook))
    return {mutant.key: trial.of(mutant) for mutant in mutants(rulebook.book)}


def _alive(examples: str) -> set[str]:
    return {
        key
        for key, verdict in _verdicts(examples).items()
        if not verdict.noticed_by and not verdict.refused
    }


@pytest.mark.parametrize(
    "key",
    [
        "policies/relief/when/all/1: operator: staff <= 10 → staff < 10",
        "policies/relief/when/all/1: figure: 10 → 11",
        "policies/relief/when/all/0: member-dropped: without farm",
        "policies/relief/when/all/0: member-added: trade in [shop, farm] or mill",
        "policies/relief/when/all/1: condition-dropped: staff <= 10",
        "policies/relief/in_force/0: window: 2024-01-01 → 2023-12-31",
        "parameters/rate/values/0: window: 2025-01-01 → 2025-01-02",
        "policies/relief/benefit/amount: figure: 1000 → 1001",
    ],
)
def test_a_slip_at_an_edge_lives_until_an_example_stands_there(key: str) -> None:
    """One firm in the middle notices none of them; one at each edge, all."""
    assert key in _alive(WEAK)
    assert _verdicts(STRONG)[key].noticed_by.startswith("policies/relief/examples/")


def test_examples_at_every_edge_leave_nothing_alive() -> None:
    """But for a rate that begins before the measure does, which is the same law."""
    early = "parameters/rate/values/0: window: 2024-01-01 → 2023-12-31"
    assert len(_verdicts(STRONG)) > 20
    assert _alive(STRONG) == {early}
    assert _same(early)


def _same(key: str, text: str = BOOK) -> bool:
    rulebook = load_texts({"town.yaml": _text(WEAK, text)})
    (found,) = (m for m in mutants(rulebook.book) if m.key == key)
    return Equivalence(Laws(rulebook)).of(found)


def test_the_same_law_is_proved() -> None:
    """A figure that is used up before its last day, a bound that no firm reaches."""
    twice = BOOK.replace("- staff <= 10", "- staff <= 10\n        - staff < 20")
    dropped = "policies/relief/when/all/2: condition-dropped: staff < 20"
    assert _same(dropped, twice)
    assert not _same("policies/relief/when/all/1: figure: 10 → 11", twice)


def test_a_day_on_which_something_reads_a_figure_makes_a_difference() -> None:
    """The second rate begins when the measure is in force."""
    assert not _same("parameters/rate/values/0: window: 2025-01-01 → 2025-01-02")


def test_a_mutant_knows_its_place() -> None:
    """File, line and column of the text that is changed."""
    rulebook = _book(WEAK)
    key = "policies/relief/when/all/1: operator: staff <= 10 → staff < 10"
    found: Mutant = next(m for m in mutants(rulebook.book) if m.key == key)
    place = found.place(rulebook.book)
    line = rulebook.book.origin.texts[place.file].splitlines()[place.line - 1]
    assert line.strip() == "- staff <= 10"
