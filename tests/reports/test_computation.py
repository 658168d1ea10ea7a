"""How an amount came about: worked out by hand, told in every format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import policy_match as pm

ROOT = Path(__file__).parents[2]
DAY = "2022-12-31"
FIRMS = sorted((ROOT / "examples" / "firms").glob("*.yaml"))


def answer(firm: str) -> pm.Answer:
    """Return the answer for one of the example firms."""
    (found,) = pm.load().check(
        [ROOT / "examples" / "firms" / f"{firm}.yaml"], day=DAY, backend="reference"
    )
    return found


def steps(firm: str, policy: str, lang: str) -> list[dict[str, Any]]:
    """Return the steps of one amount in JSON."""
    findings = answer(firm).to_dict(lang)["findings"]
    (found,) = (f["computation"] for f in findings if f["policy"] == policy)
    return list(found)


def test_a_progressive_rate_is_told_bracket_by_bracket() -> None:
    """100万 × 22.5 % + 68万 × 20 % = 36.1万."""
    (step,) = steps("toy-maker", "small-low-profit-cit", "zh")
    assert step["says"] == "应纳税所得额168万元：100万元 × 22.5% + 68万元 × 20%"
    assert (step["low"], step["high"]) == ("361000.00", "361000.00")
    assert {p["parameter"] for p in step["parameters"]} == {"cit_rate", "slp_bands"}
    assert all(p["cite"] for p in step["parameters"])


def test_a_range_is_told_at_both_ends() -> None:
    """80万 × 22.5 % = 18万, 100万 × 22.5 % + 20万 × 20 % = 26.5万."""
    (step,) = steps("half-known", "small-low-profit-cit", "en")
    assert step["says"] == (
        "taxable income CNY 800,000 to 1,200,000: at the low end CNY 800,000 × 22.5%; "
        "at the high end CNY 1,000,000 × 22.5% + CNY 200,000 × 20%"
    )
    assert (step["low"], step["high"]) == ("180000.00", "265000.00")


def test_what_an_amount_rests_on_comes_before_it() -> None:
    """Own expenses 110 to 130, commissioned 20 × 80 %: the base, then the amount."""
    found = steps("toy-maker", "rd-super-deduction", "zh")
    assert [step.get("fact") for step in found] == ["rd_domestic", "rd_base", None]
    first, _, last = found
    assert first["says"].endswith("110万元至130万元 + 80% × 委托境内研发费用20万元")
    assert last["says"] == "加计扣除基数126万元至146万元 × 100%"
    assert (last["low"], last["high"]) == ("1260000.00", "1460000.00")


@pytest.mark.parametrize("firm", FIRMS, ids=lambda f: f.stem)
def test_the_last_step_is_the_amount(firm: Path) -> None:
    """Of every example: null where there is no amount, and both rounded ends."""
    for found in answer(firm.stem).to_dict("en")["findings"]:
        benefit, told = found["benefit"], found["computation"]
        if benefit is None or benefit["amount"] == benefit["range"]:
            assert told is None
            continue
        exact = benefit["amount"]
        ends = benefit["range"] or {"low": exact, "high": exact}
        assert (told[-1]["low"], told[-1]["high"]) == (ends["low"], ends["high"])


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_pages_tell_it(form: str) -> None:
    """Beside the amount, and step by step where the policy is unfolded."""
    found = answer("toy-maker")
    page = " ".join(found.render(form, "zh").split())
    assert "100万元 × 22.5% + 68万元 × 20% = 36.1万元" in page
    page = found.render(form, "zh", explain=["rd-super-deduction"])
    assert "80% × 委托境内研发费用20万元" in "".join(page.split("\n      "))
