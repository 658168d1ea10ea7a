"""The plan beside the rulebook: nothing is left out, nothing is put into its mouth.

The plan's text and the table of its measures stand in `docs/plan/`; they were
drawn up from the document, not from the rulebook.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.compiler.rulebook import Rulebook

PLAN = Path("docs/plan")
TEXT = re.sub(r"\s", "", (PLAN / "plan.txt").read_text(encoding="utf-8"))
MEASURES: list[dict[str, Any]] = yaml.safe_load(
    (PLAN / "measures.yaml").read_text(encoding="utf-8")
)
OF_THE_PLAN = "yiwu-2021-38"


def _phrases(thing: str | list[str] | tuple[str, ...]) -> Iterator[str]:
    for phrase in [thing] if isinstance(thing, str) else thing:
        yield re.sub(r"\s", "", phrase)


def test_the_table_has_every_measure() -> None:
    """Ninety-two, fifteen of which reach a firm only through others."""
    assert len(MEASURES) == 92
    assert len({measure["measure"] for measure in MEASURES}) == 92
    assert sum(m["reaches"] == "indirectly" for m in MEASURES) == 15


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m["measure"])
def test_a_measure_stands_in_the_plan_and_is_coded(
    measure: dict[str, Any], rulebook: Rulebook
) -> None:
    """Its words occur in the plan, and each policy that codes it exists."""
    assert all(phrase in TEXT for phrase in _phrases(measure["phrase"]))
    for name in measure["policies"]:
        assert name in rulebook.book.policies
        policy = rulebook.book.policies[name]
        assert policy.reaches == measure["reaches"]
        assert policy.plan is not None
        assert policy.plan.section


def test_every_policy_quotes_the_plan_and_belongs_to_a_measure(
    rulebook: Rulebook,
) -> None:
    """What the plan does not name rests on the law beneath it and says so."""
    coded = {name for measure in MEASURES for name in measure["policies"]}
    beside = set(rulebook.book.policies) - coded
    assert beside == {
        "rd-super-deduction-integrated-circuit",
        "individual-to-enterprise-deed-tax-exemption",
        "disabled-employment-levy-relief",
        "job-stabilisation-refund",
    }
    for name, policy in rulebook.book.policies.items():
        if policy.plan is not None:
            assert all(phrase in TEXT for phrase in _phrases(policy.plan.phrase)), name


def test_no_figure_of_the_plan_but_those_it_gives_a_firm(rulebook: Rulebook) -> None:
    """A goal of the whole city is never a parameter, so never a test or an amount."""
    cited = {
        name
        for name, parameter in rulebook.book.parameters.items()
        for value in parameter.values
        if any(citation.source == OF_THE_PLAN for citation in value.cite)
    }
    assert cited == {
        "inclusive_loan_credit_limit",
        "measurement_training_firms",
        "metrology_firms",
        "open_instrument_sessions",
        "open_laboratory_batches",
        "trade_secret_training_sessions",
        "zhelijian_orders",
    }


def test_the_years_of_the_plan_are_said_to_be_the_plans(rulebook: Rulebook) -> None:
    """A measure without a law of its own has them as its window, marked so."""
    years = (date(2021, 1, 1), date(2023, 12, 31))
    marked = {
        name: {(window.start, window.end) for window in policy.in_force}
        for name, policy in rulebook.book.policies.items()
        if any(window.because == "plan-period" for window in policy.in_force)
    }
    assert len(marked) > 50
    assert all(windows == {years} for windows in marked.values())


def test_no_amount_without_a_document(rulebook: Rulebook) -> None:
    """Every value cites what it comes from; what is open says who sets it."""
    for name, parameter in rulebook.book.parameters.items():
        for value in parameter.values:
            assert value.set_by if value.value == "unset" else value.cite, name
