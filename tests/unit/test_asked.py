"""A derived fact that is asked for stands for those below it, in every backend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import exactly
from policy_match.ir.terms import Arithmetic, FactRef
from policy_match.semantics.assessment import assess
from tests.properties.backends import columnar
from tests.unit import small_programs as s
from tests.unit.agreement import agree

BOTH = Arithmetic("+", FactRef("own"), FactRef("bought"))
SPENT = replace(s.fact("spent", FactType.MONEY, low=0, derived=True), asked=True)
BOOK = s.program(
    [s.fact("own", FactType.MONEY, low=0), s.fact("bought", FactType.MONEY, low=0)],
    [s.policy("p", s.compare("spent", ">=", 100), FactRef("spent"))],
    [s.defined(SPENT, BOTH)],
)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ("spent",)),
        ({"own": exactly(30)}, ("spent",)),
        ({"own": exactly(30), "bought": exactly(90)}, ()),
        ({"spent": exactly(120)}, ()),
    ],
)
def test_what_is_missing_is_the_figure_that_a_firm_knows(
    given: dict[str, object], missing: tuple[str, ...]
) -> None:
    """Unless what is given says it already."""
    known = dict(given)
    assert assess(BOOK, Facts(known)).finding("p").missing == missing  # type: ignore[arg-type]
    agree(BOOK, known)  # type: ignore[arg-type]
    found = columnar(BOOK, Facts(known))["p"]  # type: ignore[arg-type]
    assert tuple(found.missing) == missing
