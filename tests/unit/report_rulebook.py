"""A small rulebook of a made-up town, with one of everything reports must say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from policy_match.compiler.rulebook import load_texts
from policy_match.firms.profile import read_profile
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Assessment

RULES = """
rulebook:
  id: town
  title: {zh: 某市规则书, en: Rulebook of a town}
  languages: [zh, en]
  jurisdiction: {zh: 某市, en: a town}
  currency: CNY
  locale: zh-CN
  disclaimer: {zh: 仅供参考，以主管部门认定为准。, en: For reference only.}
departments:
  tax: {zh: 税务局, en: Tax Bureau}
  trade: {zh: 商务局, en: Trade Bureau}
sources:
  law: {number: 某发〔2021〕1号, title: {zh: 关于扶持的通知, en: Notice on support}}
facts:
  name:
    type: text
    settled_by: firm
    title: {zh: 企业名称, en: name}
    asks: {zh: 名称？, en: Name?}
  staff:
    type: int
    settled_by: firm
    unit: {zh: 人, en: persons}
    title: {zh: 从业人数, en: staff}
    asks: {zh: 从业人数是多少？, en: How many people?}
  sales:
    type: money
    settled_by: firm
    title: {zh: 营业收入, en: sales}
    asks: {zh: 营业收入是多少？, en: What are the sales?}
  costs:
    type: money
    settled_by: firm
    title: {zh: 研发费用, en: research cost}
    asks: {zh: 研发费用是多少？, en: What is the research cost?}
  size:
    type: enum
    settled_by: firm
    values:
      small: {zh: 小型, en: small}
      micro: {zh: 微型, en: micro}
      large: {zh: 大型, en: large}
    title: {zh: 企业规模, en: size}
    asks: {zh: 规模？, en: Which size?}
  fair_on:
    type: date
    settled_by: firm
    may_be_none: true
    title: {zh: 参展日期, en: fair date}
    asks: {zh: 何时参展？, en: When was the fair?}
  agreed:
    type: bool
    settled_by: officer
    title: {zh: 商务局同意补助, en: support agreed}
    asks: {zh: 商务局是否同意？, en: Has the bureau agreed?}
parameters:
  staff_limit:
    title: {zh: 人数上限, en: staff limit}
    type: int
    values:
      - {from: 2021-01-01, to: 2025-12-31, is: 300, cite: law 第二条, status: known}
  rate:
    title: {zh: 扣除比例, en: rate of deduction}
    type: ratio
    values: [{from: 2021-01-01, is: 75%, cite: law 第三条, status: known}]
  award:
    title: {zh: 奖励, en: award}
    type: money
    values: [{from: 2021-01-01, is: unset, set_by: trade, status: known}]
definitions:
  eligible_firm:
    type: bool
    title: {zh: 适用企业, en: firm in scope}
    is:
      all:
        - {if: staff <= $staff_limit, cite: law 第二条}
        - sales <= 2000万
policies:
  deduction:
    title: {zh: 研发扣除, en: research deduction}
    summary: {zh: "按{$rate}扣除。", en: "Deduct {$rate}."}
    kind: tax
    reaches: directly
    departments: {lead: tax, granting: tax}
    in_force: {from: 2021-01-01, to: 2025-12-31}
    when: {all: [eligible_firm, costs > 0]}
    benefit: {form: deduction, amount: costs * $rate}
    claim: {channel: {zh: 申报时享受, en: when filing}}
    cite: [law]
    examples: []
  fair-grant:
    title: {zh: 参展补助, en: fair grant}
    summary: {zh: 参展可补助。, en: A grant for fairs.}
    kind: subsidy
    reaches: directly
    departments: {lead: trade, granting: trade}
    in_force: {from: 2021-01-01, to: 2023-12-31, because: plan-period}
    when:
      all:
        - "size in [small, micro]"
        - fair_on within in_force
        - {if: agreed, why: {zh: 可予以补助, en: the text says may}}
    benefit: {form: grant, amount: $award, set_by: trade}
    cite: [law 第四条]
    examples: []
  large-service:
    title: {zh: 大型企业服务, en: service for large firms}
    summary: {zh: 服务。, en: A service.}
    kind: service
    reaches: indirectly
    departments: {lead: trade, granting: trade}
    in_force: {from: 2021-01-01}
    when: size = large
    benefit: {form: service}
    cite: [law]
    examples: []
"""


def program(day: date = date(2022, 12, 31), rules: str = RULES) -> Program:
    """Return the town's law on a day."""
    return load_texts({"town.yaml": rules}).on(day)


def assessment(facts: str, day: date = date(2022, 12, 31)) -> Assessment:
    """Return the answer for a firm with these facts, a line each."""
    law = program(day)
    lines = "".join(f"  {line.strip()}\n" for line in facts.strip().splitlines())
    return assess(law, read_profile(f"facts:\n{lines}", law.facts, law.systems))
