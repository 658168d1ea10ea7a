"""No completion of a partial profile contradicts its answer."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from policy_match.domain.facts import Facts
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from tests.properties.claims import contradicted
from tests.properties.strategies import Case, cases, completions, known

SHARES = (Fraction(0), Fraction(1, 3), Fraction(1))


@given(cases(), st.data())
def test_every_completion_is_as_the_answer_promises(
    case: Case, data: st.DataObject
) -> None:
    """Outcome, tier, amount and selection hold for each complete firm."""
    program, given_ = case
    answer = assess(program, Facts(given_))
    for share in SHARES:
        firm = data.draw(completions(program, given_))
        assert list(contradicted(answer, firm, share)) == []


@given(cases(), st.data())
def test_nothing_is_open_of_a_complete_firm(case: Case, data: st.DataObject) -> None:
    """Where every base fact is one value, so are outcome, tier and amount."""
    program, given_ = case
    firm = data.draw(completions(program, given_))
    answer = assess(program, Facts(known(program, firm)))
    for share in SHARES:
        assert list(contradicted(answer, firm, share)) == []
    for found in answer.findings:
        assert found.outcome is not Outcome.UNDETERMINED
        assert found.missing == ()
        assert found.benefit is None or len(found.benefit.tiers) <= 1
