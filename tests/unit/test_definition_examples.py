"""The examples of derived facts."""

from __future__ import annotations

import pytest

from policy_match.checks.definition_examples import faults_of_definitions
from policy_match.compiler.rulebook import load_texts

BOOK = """
rulebook: {id: town, title: Town, languages: [en], currency: EUR, disclaimer: None.}
departments: {council: Council}
facts:
  trade:
    {type: enum, title: Trade, asks: Which?, settled_by: firm,
     values: {shop: A shop, farm: A farm}}
definitions:
  line:
    type: money
    title: Revenue line
    cases:
      - {if: trade = shop, is: 500}
      - {is: 0 / 0}
    examples:
      - {on: 2024-01-01, given: {trade: TRADE}, is: VALUE}
policies: {}
"""


@pytest.mark.parametrize(
    ("trade", "value", "holds"),
    [
        ("shop", "500", True),
        ("shop", "none", False),
        ("farm", "none", True),
        ("farm", "0", False),
    ],
)
def test_none_is_no_figure(trade: str, value: str, *, holds: bool) -> None:
    """A trade without a line has none, which is not a line of nought."""
    text = BOOK.replace("TRADE", trade).replace("VALUE", value)
    rulebook = load_texts({"town.yaml": text})
    assert (not [*faults_of_definitions(rulebook)]) is holds
