"""Interviews about the shipped rulebook: short, and final when they stop."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import TYPE_CHECKING

import pytest

from policy_match.advice.interview import Interview
from policy_match.advice.planner.steps import MOST_ON_A_FORM, MOST_TICKS
from policy_match.domain.facts import Facts, Settler
from policy_match.domain.possible import Choice, Interval, exactly, one
from policy_match.semantics.assessment import assess
from tests.bad.run import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Finding

DAY = date(2022, 12, 31)
MOST_STEPS = 25

_ANY = {
    "registered_in_yiwu": "是",
    "private_owned": "是",
    "collection_method": "查账征收",
}
FIRMS: dict[str, Mapping[str, str]] = {
    "breakfast shop": {
        **_ANY,
        "legal_form": "个体工商户",
        "industry_code": "H6220",
        "registered_on": "2018-03-01",
        "employees": "4",
        "vat_status": "小规模纳税人",
        "vat_period": "quarter",
        "vat_sales": "11.5万",
        "revenue": "46万",
        "business_taxable_income": "14万",
    },
    "trader": {
        **_ANY,
        "legal_form": "有限责任公司(自然人独资)",
        "industry_code": "F5146",
        "registered_on": "2016-05-01",
        "employees": "9",
        "employees_quarterly_avg": "9",
        "assets_quarterly_avg": "150万",
        "total_assets": "150万",
        "vat_status": "小规模纳税人",
        "vat_period": "quarter",
        "vat_sales": "52万",
        "vat_sales_excluding_property": "52万",
        "revenue": "约210万",
        "taxable_income": "9.8万",
        "has_exports": "是",
        "trade_fair_on": "2022-10-20",
        "trade_fair_fee": "2万",
    },
    "toy plant": {
        **_ANY,
        "legal_form": "有限责任公司(自然人投资或控股)",
        "industry_code": "C2451",
        "registered_on": "2012-05-01",
        "employees": "86",
        "employees_quarterly_avg": "86",
        "assets_quarterly_avg": "1900万",
        "total_assets": "1900万",
        "vat_status": "一般纳税人",
        "revenue": "2350万",
        "main_business_revenue": "2350万",
        "manufacturing_revenue": "2300万",
        "total_income": "2350万",
        "taxable_income": "168万",
        "rd_accounts_kept": "是",
        "rd_expense": "110万..130万",
        "rd_commissioned_domestic": "20万",
        "urban_maintenance_tax_due": "2万",
        "wants_worker_training": "是",
        "bid_price": "50万",
    },
}


@pytest.mark.long
def test_another_front_end_needs_no_more_than_what_it_is_told(tmp_path: Path) -> None:
    """It asks what `next` says, writes the answers into the profile, asks again."""
    known, file, steps = FIRMS["trader"], tmp_path / "firm.yaml", 0
    lines = ["on: 2022-12-31", "facts:"]
    while True:
        file.write_text("\n".join(lines) + "\n", "utf-8")
        ran = run("assess", file, "--questions", "json")
        assert ran.code == 0, ran.err
        told = json.loads(ran.out)
        if told["done"]:
            break
        steps += 1
        questions = {one["fact"]: one for one in told["questions"]}
        assert told["questions"][0]["fact"] == told["next"]["facts"][0]
        for fact in told["next"]["facts"]:
            question = questions[fact]
            assert question["settled_by"] in {"firm", "register"}
            assert question["type"] != "bool" or question["choices"]
            lacking = lacks(question["type"], may_be_none=question["may_be_none"])
            answer = known.get(fact, lacking)
            lines.append(f"  {fact}: {answer}")
    assert steps <= MOST_STEPS
    assert told["next"] is None
    assert told["questions"] == []


@pytest.mark.parametrize("name", FIRMS)
@pytest.mark.parametrize(
    "knows",
    [
        pytest.param(True, id="knows"),
        pytest.param(False, id="knows-little", marks=pytest.mark.long),
        pytest.param(None, id="knows-two-of-three", marks=pytest.mark.long),
    ],
)
def test_a_typical_firm_is_done_in_25_steps(
    rulebook: Rulebook, name: str, *, knows: bool | None
) -> None:
    """Whether it has none of what its profile does not say, or does not know.

    Or does not know every third thing that it is asked, whatever that is.
    """
    program = rulebook.on(DAY)
    holding = Interview(program)
    asked: list[str] = []
    steps = 0
    while (step := holding.next()) is not None:
        steps += 1
        assert len(step.facts) <= {"question": 1, "form": MOST_ON_A_FORM}.get(
            step.kind, MOST_TICKS
        )
        for fact in step.facts:
            spec = program.facts[fact]
            assert spec.settled_by is not Settler.OFFICER
            assert step.kind != "ticks" or spec.may_lack
            lacking = lacks(spec.type.value, may_be_none=spec.may_be_none)
            if not spec.may_lack:
                lacking = "unknown"
            answer = FIRMS[name].get(fact, "unknown" if knows is False else lacking)
            asked.append(fact)
            at_a_loss = knows is None and len(asked) % 3 == 0
            holding.answer(fact, "unknown" if at_a_loss else answer)
    assert steps <= MOST_STEPS
    assert len(asked) == len({*asked})
    if knows:
        assert_final(program, holding)


def assert_final(program: Program, holding: Interview) -> None:
    """Assert that no fact that was not asked can change an answer."""
    settled = told(program, holding.given)
    draw = random.Random(len(holding.asked))  # noqa: S311  (a test's choices)
    for spec in program.facts.values():
        free = not spec.derived and spec.settled_by is not Settler.OFFICER
        if free and spec.id not in holding.asked and not hidden(spec, holding):
            more = {**holding.given, spec.id: some_value(spec, draw)}
            assert told(program, more) == settled, spec.id


def hidden(spec: FactSpec, holding: Interview) -> bool:
    """Return whether a derived fact that was asked for stands for a base fact."""
    below = {
        "employees_quarters": "employees_quarterly_avg",
        "assets_quarters": "assets_quarterly_avg",
        "rd_five_classes": "rd_expense",
        "rd_other": "rd_expense",
    }
    return below.get(spec.id) in holding.unknown


def lacks(kind: str, *, may_be_none: bool) -> str:
    """Return the answer of a firm that has nothing of a fact of some type."""
    if kind == "bool":
        return "no"
    if may_be_none:
        return "none"
    return "0" if kind in {"int", "number", "money", "ratio"} else "unknown"


def told(program: Program, given: dict[str, Possible]) -> list[object]:
    """Return outcome, tiers and amount of each policy that reaches firms itself."""

    def one_of(found: Finding) -> object:
        return found.policy.id, found.outcome, found.benefit

    findings = assess(program, Facts(given)).findings
    return [one_of(found) for found in findings if not found.policy.indirect]


def some_value(spec: FactSpec, draw: random.Random) -> Possible:
    """Return any one value a fact may have."""
    whole = spec.unknown
    if isinstance(whole, Interval):
        low, high = max(whole.low, -(10**7)), min(whole.high, 10**8)
        return exactly(draw.randint(int(low), int(high)))
    if isinstance(whole, Choice) and whole.members:
        return one(draw.choice(sorted(whole.members, key=str)))
    return whole
