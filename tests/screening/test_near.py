"""Near misses ask for what a firm would want, and can go about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_match.advice.counterfactuals.moves import moves
from policy_match.domain.possible import one
from policy_match.ir.terms import Holds, Leaf
from policy_match.screening.changeable import alone_in_the_way, who_may_move
from policy_match.screening.plan import Plan

if TYPE_CHECKING:
    from policy_match.ir.program import Program


@pytest.mark.parametrize(
    ("members", "holds", "movers"),
    [
        ({"company"}, True,
         {"sole_proprietorship", "partnership", "individual_business"}),
        ({"individual_business"}, False, {"individual_business"}),
        ({"individual_business"}, True, set()),
        ({"cooperative"}, True, set()),
    ],
)  # fmt: skip
def test_a_legal_form_is_left_for_one_that_is_declared_before_it(
    program: Program, members: set[str], holds: bool, movers: set[str]
) -> None:
    """An individual business may become a company, and not the other way round.

    A cooperative is and stays one: in lists of near misses as in what is proposed.
    """
    leaf = Leaf(Holds("", "legal_form", frozenset(members)))
    found = who_may_move(program, leaf, holds=holds)
    assert found is not None
    assert found & {"company", "individual_business", "cooperative"} == movers & {
        "individual_business"
    }
    assert bool(found) is bool(movers)
    spec = program.facts["legal_form"]
    proposed = moves(spec, one("cooperative"), program.day.toordinal())
    assert proposed == ()


def test_no_firm_is_near_what_another_kind_of_firm_has(program: Program) -> None:
    """It is told to keep proper books, and not to become a company for a benefit."""
    near = {
        leaf.test.fact
        for sheet in Plan(program).sheets
        for leaf in sheet.leaves
        if isinstance(leaf.test, Holds) and alone_in_the_way(sheet, [leaf]) is not None
    }
    assert "legal_form" not in near
    assert {"collection_method", "rd_accounts_kept"} <= near
