"""Every backend tells what the reference tells, of every policy and firm."""

from __future__ import annotations

import pytest
from hypothesis import given

from policy_match.domain.facts import Facts
from policy_match.semantics.assessment import assess
from tests.properties.backends import BACKENDS, skip_without
from tests.properties.equality import differences
from tests.properties.strategies import Case, cases


@pytest.mark.cases(5_000)
@pytest.mark.parametrize("name", BACKENDS)
@given(case=cases())
def test_the_backend_agrees_with_the_reference(name: str, case: Case) -> None:
    """Outcome, tier, amount, missing facts, selection and evidence are the same."""
    skip_without(name)
    ask, read = BACKENDS[name]
    facts = Facts(case.known)
    expected = read(assess(case.program, facts))
    assert list(differences(expected, ask(case.program, facts))) == []
