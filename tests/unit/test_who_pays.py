"""Who pays no enterprise income tax is asked nothing about it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from policy_match.advice.planner import ranked
from policy_match.firms.profile import read_profile
from policy_match.ir.analysis import dependences
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook

OF_INCOME_TAX = (
    "small-low-profit-cit",
    "hnte-cit-rate",
    "rd-super-deduction",
    "equipment-one-off-deduction",
    "ten-year-loss-carryforward",
    "cross-border-deemed-cit",
)
"""Policies of enterprise income tax alone."""


@pytest.mark.parametrize(
    "form", ["individual_business", "sole_proprietorship", "partnership"]
)
def test_who_pays_no_enterprise_income_tax_is_asked_nothing_about_it(
    rulebook: Rulebook, form: str
) -> None:
    """Its policies are out at once; what only they ask for is no question."""
    program = rulebook.on(date(2023, 12, 31))
    known = read_profile(
        f"facts:\n  legal_form: {form}", program.facts, program.systems
    )
    answer = assess(program, known)
    outcomes = {answer.finding(policy).outcome.value for policy in OF_INCOME_TAX}
    assert outcomes == {"ineligible"}
    asked = {question.fact for question in ranked(answer)}
    assert asked
    rests = dependences(program)
    elsewhere = {
        fact
        for policy in program.policies
        if policy.id not in OF_INCOME_TAX
        and answer.finding(policy.id).outcome.value != "ineligible"
        for fact in rests.beneath(answer.finding(policy.id).missing)
    }
    assert asked <= elsewhere
    assert not asked & {
        "collection_method",
        "rd_accounts_kept",
        "tax_resident",
        "taxable_income",
        "hnte_expires_on",
        "losses_kept_ten_years",
    }
