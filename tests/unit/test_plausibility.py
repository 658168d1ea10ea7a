"""What the shipped rulebook warns of: days and figures that cannot go together."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from policy_match.firms.profile import read_profile
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook
    from policy_match.ir.program import Program


@cache
def law(book: Rulebook) -> Program:
    """Return the law of a day after all the days below."""
    return book.on(date(2023, 12, 31))


def warned(book: Rulebook, **facts: object) -> bool:
    """Return whether an answer on these facts warns of anything."""
    lines = ["facts:", *(f"  {name}: {value}" for name, value in facts.items())]
    program = law(book)
    known = read_profile("\n".join(lines), program.facts, program.systems)
    return bool(assess(program, known).warnings)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("joint_stock_on", "listed_on"),
        ("listing_guidance_filed_on", "listed_on"),
        ("registered_on", "listing_guidance_filed_on"),
        ("renewal_applied_on", "renewal_contract_on"),
        ("hnte_issued_on", "hnte_expires_on"),
        ("registered_on", "first_settlement_on"),
        ("own_investor_property_transfer_on", "real_estate_registered_on"),
        ("bid_closing_on", "procurement_result_noticed_on"),
        ("procurement_result_noticed_on", "procurement_objection_answered_on"),
    ],
)
def test_what_comes_first_lies_before(
    rulebook: Rulebook, first: str, second: str
) -> None:
    """The wrong order is told; the same day, and the right order, are not."""
    early, late = "2022-05-01", "2022-05-02"
    assert warned(rulebook, **{first: late, second: early})
    assert not warned(rulebook, **{first: early, second: early})
    assert not warned(rulebook, **{first: early, second: late})


def test_parts_of_total_income_lie_within_it(rulebook: Rulebook) -> None:
    """Main revenue and investment income together are at most total income."""
    facts = {"main_business_revenue": 900, "total_income": 1000}
    assert not warned(rulebook, **facts, investment_income=100)
    assert warned(rulebook, **facts, investment_income=101)


def test_a_joint_stock_company_is_a_company(rulebook: Rulebook) -> None:
    """Not an individual business; a form that is not known is no reason to warn."""
    day = "2022-05-01"
    assert warned(rulebook, joint_stock_on=day, legal_form="individual_business")
    assert not warned(rulebook, joint_stock_on=day, legal_form="company")
    assert not warned(rulebook, joint_stock_on=day)
    assert not warned(rulebook, joint_stock_on="none", legal_form="partnership")
