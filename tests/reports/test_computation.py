"""How an amount came about: worked out by hand, told in every format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import policy_match as pm
from tests.bad.run import run

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


def test_what_is_due_without_all_of_it_and_with_it_is_told() -> None:
    """Of 294万 to 314万 15 % or 25 %; at 168万 2.5万 + 68万 × 5 %.

    Whether it is a high-tech enterprise the toy maker does not say: if it is, it
    owes without the relief of small low-profit enterprises 15 % (企业所得税法
    第二十八条), 44.1万 at the least; if not, 25 %, 78.5万 at the most.
    """
    (due,) = answer("toy-maker").to_dict("zh")["totals"]["due"]
    assert due == {
        "title": "企业所得税",
        "before": {"low": "441000.00", "high": "785000.00"},
        "after": {"low": "59000.00", "high": "59000.00"},
    }


def test_a_bundle_tells_what_is_taken_given_up_and_then_due() -> None:
    """15 % of 280万 + 250万 is 79.5万; 2.5万 + 180万 × 5 % is 11.5万.

    A certificate that it holds counts without the relief of small low-profit
    enterprises: above 300万 all of its income is at 15 %, not at 25 %. Together
    58.5万 let off of 280万, and 79.5万 − 11.5万 = 68万 that the deduction saves.
    """
    bundle = answer("high-tech-choice").to_dict("en")["bundle"]
    told = {step["says"]: (step["low"], step["high"]) for step in bundle["computation"]}
    ends = ("795000.00", "115000.00", "1265000.00")
    assert [*told.values()][-3:] == [(end, end) for end in ends]
    assert bundle["computation"][-1]["low"] == bundle["value"]
    named = [step.get("policy") for step in bundle["computation"]]
    assert named[:3] == ["rd-super-deduction", "small-low-profit-cit", "hnte-cit-rate"]


def test_no_tax_is_told_where_nothing_of_the_firm_is_taken_off_it() -> None:
    """An individual business pays none; of nothing known there are no ends."""
    for firm in ("individual-business", "nothing-known"):
        assert "due" not in answer(firm).to_dict("zh")["totals"]


def test_a_share_that_a_limit_is_made_of_is_told_as_a_share() -> None:
    """Half of a firm's income is no parameter: 50 % is, whether the income is known."""
    told = "不适用加计扣除行业的收入比重（不含本数）50%（2016年1月1日起"
    firm = "examples/firms/toy-maker.yaml"
    answer = run("check", firm, "--explain", "rd-super-deduction", lang="zh")
    policy = run("policies", "show", "rd-super-deduction", lang="zh")
    for ran in (answer, policy):
        assert ran.code == 0
        assert told in "".join(c for c in ran.out if c.strip() and c not in "│├└")


def test_a_figure_of_two_windows_is_told_twice_each_with_its_own_number() -> None:
    """In 2022 the rate of other enterprises was 75 %, and 100 % from October on."""
    policy = run("policies", "show", "rd-super-deduction", "--on", DAY, lang="zh")
    assert policy.code == 0
    told = "".join(policy.out.split())
    assert "研发费用加计扣除比例·其他企业75%（2022年1月1日至2022年9月30日" in told
    assert "研发费用加计扣除比例·其他企业100%（2022年10月1日至2022年12月31日" in told
    assert "研发费用加计扣除比例·制造业企业100%" in told


def test_what_is_never_reached_is_not_told() -> None:
    """Of cases by the day and by the firm, what stands behind the last that holds."""
    policy = run("policies", "show", "rd-super-deduction", "--on", DAY, lang="zh")
    assert policy.out.count("其他企业（其他情形）") == 1
