"""What would make a firm eligible, and what it stands to lose by growing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from policy_match.advice.counterfactuals import cliffs, proposals
from policy_match.compiler.rulebook import Rulebook, load_texts
from policy_match.domain.possible import exactly, one
from policy_match.firms.profile import read_profile

if TYPE_CHECKING:
    from policy_match.domain.facts import Facts

RULES = """
rulebook:
  id: town
  title: {zh: 某市规则书, en: Rulebook of a town}
  languages: [zh, en]
  jurisdiction: {zh: 某市, en: a town}
  currency: CNY
  locale: zh-CN
  disclaimer: {zh: 仅供参考, en: For reference only.}
departments:
  trade: {zh: 商务局, en: Trade Bureau}
sources:
  law: {number: 某发〔2021〕1号, title: {zh: 通知, en: Notice}}
facts:
  registered_on:
    type: date
    settled_by: firm
    title: {zh: 成立日期, en: registered on}
    asks: {zh: 何时成立？, en: When?}
  private:
    type: bool
    settled_by: firm
    title: {zh: 民营, en: private}
    asks: {zh: 是否民营？, en: Private?}
  research:
    type: money
    settled_by: firm
    changeable: up
    title: {zh: 研发费用, en: research cost}
    asks: {zh: 研发费用多少？, en: How much?}
  profit:
    type: money
    settled_by: firm
    title: {zh: 利润, en: profit}
    asks: {zh: 利润多少？, en: How much?}
  wants:
    type: bool
    settled_by: firm
    changeable: up
    title: {zh: 有意, en: wants}
    asks: {zh: 是否有意？, en: Wants it?}
  agreed:
    type: bool
    settled_by: officer
    title: {zh: 同意, en: agreed}
    asks: {zh: 是否同意？, en: Agreed?}
policies:
  research-grant:
    title: {zh: 研发补助, en: research grant}
    summary: {zh: 研发补助。, en: A grant.}
    kind: subsidy
    plan: {section: 一, phrase: 补助}
    departments: {lead: trade, granting: trade}
    in_force: {from: 2020-01-01}
    when:
      all:
        - {if: "research >= 500000", cite: law 第一条}
        - {if: private, cite: law 第一条}
    benefit: {form: grant, amount: "research * 10%"}
  settled-firm:
    title: {zh: 满一年补助, en: after a year}
    summary: {zh: 补助。, en: A grant.}
    kind: subsidy
    plan: {section: 一, phrase: 补助}
    departments: {lead: trade, granting: trade}
    in_force: {from: 2020-01-01, to: 2024-02-29}
    when: {if: registered_on <= on - 1 year, cite: law 第二条}
    benefit: {form: grant, amount: "1000"}
  small-profit:
    title: {zh: 小利优惠, en: small profit}
    summary: {zh: 优惠。, en: Relief.}
    kind: tax
    plan: {section: 一, phrase: 补助}
    departments: {lead: trade, granting: trade}
    in_force: {from: 2020-01-01}
    when: {if: "profit <= 3000000", cite: law 第三条}
    benefit: {form: tax-reduction, amount: "profit * 20%"}
  support:
    title: {zh: 扶持, en: support}
    summary: {zh: 扶持。, en: Support.}
    kind: subsidy
    plan: {section: 一, phrase: 补助}
    departments: {lead: trade, granting: trade}
    in_force: {from: 2020-01-01}
    when:
      all:
        - {if: wants, cite: law 第四条}
        - {if: agreed, cite: law 第四条}
    benefit: {form: grant, amount: unset, set_by: trade}
"""
DAY = date(2022, 12, 31)


@pytest.fixture(scope="module")
def town() -> Rulebook:
    """Return a small rulebook."""
    return load_texts({"rules.yaml": RULES})


def firm(town: Rulebook, **facts: str) -> Facts:
    """Return what a profile says of a firm."""
    program = town.on(DAY)
    lines = "".join(f"  {fact}: {value}\n" for fact, value in facts.items())
    return read_profile(f"facts:\n{lines}", program.facts, program.systems)


def test_the_distance_and_the_worth_of_the_nearest_amount_are_told(
    town: Rulebook,
) -> None:
    """38万 of research is 12万 short of 50万, which is worth 5万."""
    known = firm(town, research="38万", private="yes")
    (found,) = proposals(town.on(DAY), known)["research-grant"]
    (step,) = found.steps
    assert (step.fact, step.distance, step.to) == (
        "research",
        120_000,
        exactly(500_000),
    )
    assert found.benefit.amount == exactly(50_000)
    assert found.to_decide == ()


def test_a_fact_that_no_firm_can_change_is_not_proposed(town: Rulebook) -> None:
    """A firm that is not private stays out, however much it spends."""
    known = firm(town, research="38万", private="no")
    assert "research-grant" not in proposals(town.on(DAY), known)


@pytest.mark.parametrize(
    ("registered", "first"),
    [
        ("2022-02-10", date(2023, 2, 10)),
        ("2022-12-31", date(2023, 12, 31)),
    ],
)
def test_the_first_day_on_which_time_suffices(
    town: Rulebook, registered: str, first: date
) -> None:
    """A firm of one year's standing: its first anniversary is the day."""
    known = firm(town, registered_on=registered)
    (found,) = proposals(town.on(DAY), known, on=town.on)["settled-firm"]
    assert (found.day, found.steps) == (first, ())
    assert found.benefit.amount == exactly(1000)


def test_no_day_after_the_policy_has_ended_is_proposed(town: Rulebook) -> None:
    """The policy ends on 29 February 2024; a firm registered later is too late."""
    known = firm(town, registered_on="2023-03-01")
    assert "settled-firm" not in proposals(town.on(DAY), known, on=town.on)


def test_what_an_officer_is_left_to_decide_is_named(town: Rulebook) -> None:
    """A firm can only ask; whether support is granted is not its to change."""
    known = firm(town, wants="no")
    (found,) = proposals(town.on(DAY), known)["support"]
    assert [(s.fact, s.to) for s in found.steps] == [("wants", one(True))]  # noqa: FBT003
    assert found.to_decide == ("agreed",)
    refused = firm(town, wants="no", agreed="no")
    assert "support" not in proposals(town.on(DAY), refused)


def test_how_much_room_is_left_below_a_cliff(town: Rulebook) -> None:
    """At 295万 of profit, 5万 more loses nothing and a cent beyond loses it all."""
    (found,) = cliffs(town.on(DAY), firm(town, profit="295万"))
    assert (found.fact, found.last, found.room) == ("profit", 3_000_000, 50_000)
    assert [(x.policy, x.amount) for x in found.losses] == [
        ("small-profit", exactly(590_000))
    ]


@pytest.mark.parametrize("profit", ["200万", "301万"])
def test_a_cliff_far_off_or_behind_is_not_told(town: Rulebook, profit: str) -> None:
    """Only a small rise is warned of, and only of what there is to lose."""
    assert cliffs(town.on(DAY), firm(town, profit=profit)) == ()


def test_what_counts_as_a_small_rise_is_the_callers(town: Rulebook) -> None:
    """At 200万, a rise by half reaches the limit but does not pass it."""
    known = firm(town, profit="200万")
    assert cliffs(town.on(DAY), known, near=Fraction(1, 2)) == ()
    assert len(cliffs(town.on(DAY), known, near=Fraction(51, 100))) == 1


def test_what_a_change_would_cost_is_told_with_it() -> None:
    """Whoever wants support gives up the relief of those who do not, 59万 here."""
    alone = 'when: {all: ["profit <= 3000000", not wants]}'
    text = RULES.replace('when: {if: "profit <= 3000000", cite: law 第三条}', alone)
    town = load_texts({"rules.yaml": text})
    known = firm(town, wants="no", profit="295万")
    (found,) = proposals(town.on(DAY), known)["support"]
    assert [(loss.policy, loss.amount) for loss in found.loses] == [
        ("small-profit", exactly(590_000))
    ]
