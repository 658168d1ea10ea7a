"""Near misses ask for what a firm would want, and can go about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_match.ir.terms import Holds, Leaf
from policy_match.screening.changeable import who_may_move

if TYPE_CHECKING:
    from policy_match.ir.program import Program


@pytest.mark.parametrize(
    ("members", "holds", "movers"),
    [
        ({"company"}, True,
         {"sole_proprietorship", "partnership", "individual_business", "cooperative"}),
        ({"individual_business"}, False, {"individual_business", "cooperative"}),
        ({"cooperative"}, True, set()),
    ],
)  # fmt: skip
def test_a_legal_form_is_left_for_one_that_is_declared_before_it(
    program: Program, members: set[str], holds: bool, movers: set[str]
) -> None:
    """An individual business may become a company, and not the other way round."""
    leaf = Leaf(Holds("", "legal_form", frozenset(members)))
    found = who_may_move(program, leaf, holds=holds)
    assert found is not None
    assert {"individual_business"} & found == {"individual_business"} & movers
    assert "company" not in found
    assert bool(found) is bool(movers)
