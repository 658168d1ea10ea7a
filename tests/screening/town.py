"""A made-up town with one policy of each sort that a status tells apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_POLICY = """
  {id}:
    title: {{zh: {title}, en: {id}}}
    summary: {{zh: {title}。, en: About {id}.}}
    kind: {kind}
    reaches: directly
    departments: {{lead: tax, granting: {granting}}}
    in_force: {{from: 2021-01-01, to: 2025-12-31}}
    when: {when}
    benefit: {{form: {form}{amount}}}
    claim: {{channel: {{zh: 网上申报, en: online}}}}
    cite: [law]
    examples: []
"""


def _policy(
    id_: str, title: str, when: str, *, form: str, granting: str, amount: str = ""
) -> str:
    kind = "service" if form == "service" else "subsidy"
    money = f", amount: {amount}" if amount else ""
    return _POLICY.format(
        id=id_, title=title, kind=kind, granting=granting, when=when, form=form,
        amount=money,
    )  # fmt: skip


_HEAD = """
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
  uscc:
    type: text
    format: uscc
    settled_by: firm
    title: {zh: 统一社会信用代码, en: credit code}
    asks: {zh: 代码？, en: Code?}
  name:
    type: text
    settled_by: firm
    title: {zh: 企业名称, en: name}
    asks: {zh: 名称？, en: Name?}
  town:
    type: text
    settled_by: firm
    title: {zh: 所在镇街, en: town}
    asks: {zh: 镇街？, en: Which town?}
  staff:
    type: int
    settled_by: firm
    changeable: down
    unit: {zh: 人, en: persons}
    title: {zh: 从业人数, en: staff}
    asks: {zh: 人数？, en: How many people?}
  sales:
    type: money
    settled_by: firm
    title: {zh: 营业收入, en: sales}
    asks: {zh: 收入？, en: Sales?}
  fair_on:
    type: date
    settled_by: firm
    may_be_none: true
    title: {zh: 参展日期, en: fair date}
    asks: {zh: 何时参展？, en: When was the fair?}
  hightech:
    type: bool
    settled_by: register
    title: {zh: 高新技术企业, en: high-tech}
    asks: {zh: 是否高新？, en: Is it high-tech?}
  agreed:
    type: bool
    settled_by: officer
    title: {zh: 商务局同意补助, en: support agreed}
    asks: {zh: 是否同意？, en: Has the bureau agreed?}
definitions:
  small_firm:
    type: bool
    title: {zh: 小企业, en: small firm}
    is: {all: [staff <= 300]}
relations:
  - at_most_one_of: [low-rate, hightech-rate]
    why: {zh: 不得叠加, en: they do not stack}
policies:
"""

RULES = _HEAD + "".join(
    (
        _policy("small-grant", "小企业补助", "small_firm", form="grant",
                granting="trade", amount="sales * 1%"),
        _policy("agreed-grant", "认定补助", "{all: [agreed, staff >= 1]}",
                form="grant", granting="trade", amount="1000"),
        _policy("low-rate", "低税率", "sales > 0", form="tax-reduction",
                granting="tax", amount="sales * 5%"),
        _policy("hightech-rate", "高新税率", "hightech", form="tax-reduction",
                granting="tax", amount="sales * 10%"),
        _policy("advice", "政策咨询", "staff >= 1", form="service", granting="trade"),
    )
)  # fmt: skip


def write_rules(directory: Path) -> Path:
    """Write the rulebook and return its directory."""
    place = directory / "rules"
    place.mkdir()
    (place / "town.yaml").write_text(RULES, encoding="utf-8")
    return place
