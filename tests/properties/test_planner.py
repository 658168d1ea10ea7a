"""The interview is short, and nothing is left to change when it stops."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_match.advice.planner import Planner
from policy_match.domain.facts import Facts
from policy_match.semantics.assessment import assess
from tests.properties.claims import contradicted
from tests.properties.firms import exactly as as_known
from tests.properties.interviews import expected, shortest, small_rulebooks
from tests.properties.small_domains import small_firms, small_programs
from tests.properties.strategies import completions

if TYPE_CHECKING:
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from tests.properties.interviews import Small

Given = dict[str, "Possible"]


@pytest.mark.long
@pytest.mark.cases(250)
@given(small_rulebooks())
def test_an_interview_played_through_is_as_short_as_can_be(small: Small) -> None:
    """No order of questions needs fewer on average."""
    assert _asked(small, states=10**9) == shortest(small)


@pytest.mark.cases(250)
@settings(derandomize=True, max_examples=25)
@given(small_rulebooks())
def test_looking_a_few_answers_ahead_costs_little(small: Small) -> None:
    """Of these rulebooks, always the same, none needs a quarter more questions."""
    assert _asked(small, states=400) <= shortest(small) * Fraction(5, 4)


def _asked(small: Small, states: int) -> Fraction:
    planner = Planner(small.program, states=states)

    def choose(known: Given) -> str | None:
        following = planner.following(known)
        return following[0].fact if following else None

    return expected(small, choose)


@given(small_programs(), small_firms(), st.data())
def test_when_it_stops_no_other_answer_changes_anything(
    program: Program, firm: Given, data: st.DataObject
) -> None:
    """Outcome, tier and amount hold for every completion of what was not asked."""
    planner = Planner(program, states=1)
    complete = data.draw(completions(program, firm))
    known = dict(firm)
    while following := planner.following(known):
        fact = following[0].fact
        assert fact not in known or not known[fact].settled
        known[fact] = as_known(program.facts[fact], complete[fact])
    answer = assess(program, Facts(known))
    for found in answer.findings:
        assert found.missing == ()
    other = data.draw(completions(program, known))
    assert list(contradicted(answer, other, Fraction(1, 2))) == []
