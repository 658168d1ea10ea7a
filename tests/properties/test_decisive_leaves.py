"""The decisive leaves settle an outcome by themselves, and none is idle."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from policy_match.domain.facts import Facts
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from tests.properties.brute_force import failed, leaves, tractable, unsettling
from tests.properties.dependencies import read_by
from tests.properties.strategies import Case, cases, possibles


@given(cases())
def test_the_decisive_leaves_settle_the_outcome_and_none_is_idle(case: Case) -> None:
    """Other leaves may take any truth; without one of them it is not settled."""
    program, given_ = case
    for found in assess(program, Facts(given_)).findings:
        assert not tractable(found.evidence) or not list(unsettling(found.evidence))


@given(cases(), st.data())
def test_facts_outside_the_decisive_leaves_change_no_outcome(
    case: Case, data: st.DataObject
) -> None:
    """Even given facts may change, if no decisive leaf rests on them."""
    program, given_ = case
    before = assess(program, Facts(given_))
    found = data.draw(st.sampled_from(before.findings))
    read: set[str] = set()
    for leaf in leaves(found.evidence):
        if leaf.decisive:
            read |= read_by(program, leaf.condition, given_)
    others = [
        spec
        for fact, spec in program.facts.items()
        if fact not in read and (fact in given_ or not spec.derived)
    ]
    assume(others)
    kept = {fact: value for fact, value in given_.items() if fact in read}
    some = [spec for spec in others if data.draw(st.booleans())]
    changed = {spec.id: data.draw(possibles(spec)) for spec in some}
    after = assess(program, Facts({**kept, **changed}))
    assert after.finding(found.policy.id).outcome is found.outcome


@given(cases())
def test_every_ineligible_has_a_decisive_failed_leaf(case: Case) -> None:
    """A refusal always names a condition that was not met."""
    program, given_ = case
    for found in assess(program, Facts(given_)).findings:
        if found.outcome is Outcome.INELIGIBLE:
            assert list(failed(found.evidence))
