"""Knowing less never contradicts, and what comes open is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from policy_match.domain.facts import Facts
from policy_match.semantics.assessment import assess
from tests.properties.claims import answers, contradicts, unnamed
from tests.properties.strategies import Case, cases, possibles, widened_cases

if TYPE_CHECKING:
    from tests.properties.strategies import Widened


@given(widened_cases())
def test_knowing_less_never_contradicts(widened: Widened) -> None:
    """A settled outcome stays or opens; tiers and amounts only grow."""
    (program, known), _, less = widened
    narrow, wide = assess(program, Facts(known)), assess(program, Facts(less))
    assert list(contradicts(wide, narrow)) == []


@given(widened_cases())
def test_what_comes_open_names_the_fact(widened: Widened) -> None:
    """The fact of which less is known is missing wherever that opens anything."""
    (program, known), fact, less = widened
    narrow, wide = assess(program, Facts(known)), assess(program, Facts(less))
    assert list(unnamed(wide, narrow, fact)) == []


@given(cases(), st.data())
def test_facts_that_are_not_missing_change_nothing(
    case: Case, data: st.DataObject
) -> None:
    """Whatever becomes known of other base facts, the policy's answer stays."""
    program, known = case
    before = assess(program, Facts(known))
    found = data.draw(st.sampled_from(before.findings))
    closed = [
        spec
        for fact, spec in program.facts.items()
        if not spec.derived and fact not in known and fact not in found.missing
    ]
    more = {spec.id: data.draw(possibles(spec)) for spec in closed}
    after = assess(program, Facts({**known, **more}))
    policy = found.policy.id
    assert answers(after)[policy] == answers(before)[policy]
    assert set(after.finding(policy).missing) == set(found.missing)
