"""What every value of one fact makes true or false asks nothing."""

from __future__ import annotations

import pytest

from policy_match.advice.planner import ranked
from policy_match.domain.facts import Facts, FactType
from policy_match.ir.folding import folded
from policy_match.ir.terms import All, AnyOf, Condition, Holds, Leaf, Not
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from tests.unit.small_programs import compare, fact, holds, policy, program
from tests.unit.test_narrowing import SIZES

FACTS = [
    fact("people", FactType.INT, low=0),
    fact("resident", FactType.BOOL),
    fact("settled", FactType.BOOL, may_be_none=True),
    fact("met_on", FactType.DATE, low=1, may_be_none=True),
    fact("size", FactType.ENUM, members=SIZES),
]
MANY, FEW = compare("people", ">", 5), compare("people", "<=", 5)
NOT_SETTLED = Leaf(Holds("not settled", "settled", frozenset((False,))))
LATE, EARLY = compare("met_on", ">", 700_000), compare("met_on", "<=", 700_000)


@pytest.mark.parametrize(
    ("condition", "outcome"),
    [
        (AnyOf((MANY, FEW)), Outcome.ELIGIBLE),
        (AnyOf((MANY, holds("resident"), FEW)), Outcome.ELIGIBLE),
        (All((MANY, holds("resident"), FEW)), Outcome.INELIGIBLE),
        (compare("people", ">=", 0), Outcome.ELIGIBLE),
        (AnyOf((holds("resident"), Not(holds("resident")))), Outcome.ELIGIBLE),
        (holds("size", *SIZES), Outcome.ELIGIBLE),
        (AnyOf((holds("settled"), NOT_SETTLED)), Outcome.UNDETERMINED),
        (AnyOf((LATE, EARLY)), Outcome.UNDETERMINED),
        (AnyOf((holds("settled"), Not(holds("settled")))), Outcome.ELIGIBLE),
        (AnyOf((MANY, compare("people", "<", 5))), Outcome.UNDETERMINED),
    ],
)
def test_what_no_value_of_a_fact_changes_is_settled(
    condition: Condition, outcome: Outcome
) -> None:
    """A fact that may be none has that value too."""
    book = folded(program(FACTS, [policy("p", condition)]))
    answer = assess(book, Facts({}))
    assert answer.finding("p").outcome is outcome
    asked = bool(ranked(answer))
    assert asked is (outcome is Outcome.UNDETERMINED)


def test_what_says_something_stays_the_very_same() -> None:
    """Nothing is made anew where there is nothing to fold."""
    book = program(FACTS, [policy("p", All((MANY, holds("resident"))))])
    assert folded(book) is book
