"""Firms as a table: headings, units, words, and what departments do not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
from codes import credit_codes, names
from population import CODES, NEVER, Firms
from trades import COOPERATIVE, INDIVIDUAL, LEGAL_FORMS, TOWNS, TRADES

if TYPE_CHECKING:
    from collections.abc import Iterable

WORDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "town": (TOWNS, TOWNS),
    "legal_form": (
        LEGAL_FORMS,
        ("公司", "个人独资企业", "合伙企业", "个体工商户", "农民专业合作社"),
    ),
    "industry_code": (tuple(CODES.tolist()), tuple(CODES.tolist())),
    "collection_method": (("audited", "deemed"), ("查账征收", "核定征收")),
    "vat_status": (("small_scale", "general"), ("小规模纳税人", "一般纳税人")),
    "vat_period": (("month", "quarter"), ("按月", "按季")),
    "rd_q4_method": (("actual", "ratio"), ("按实际发生数", "按经营月份比例")),
    "procurement_type": (("goods", "works", "services"), ("货物", "工程", "服务")),
}
"""The words of enums in tables with fact ids, and in Chinese ones."""


class Column(NamedTuple):
    """One column: its fact, its Chinese heading, and whose data it is."""

    fact: str
    heading: str
    kind: str
    """`wan` and `yuan` are money, shown in Chinese tables in that unit."""
    department: str


_TABLE: dict[str, tuple[tuple[str, str, str], ...]] = {
    "market": (
        ("town", "所在镇街", "word"),
        ("registered_in_yiwu", "在义乌市登记注册", "bool"),
        ("registered_on", "成立日期", "date"),
        ("legal_form", "主体类型", "word"),
        ("private_owned", "民营企业", "bool"),
        ("industry_code", "行业代码", "word"),
    ),
    "lists": (
        ("serious_dishonesty_listed", "被列入严重违法失信名单", "bool"),
        ("abnormal_operation_listed", "被列入经营异常名录", "bool"),
        ("restricted_industry", "从事国家限制或禁止行业", "bool"),
        ("cert_9001_on", "质量管理体系首次认证日期", "date"),
        ("cert_14001_on", "环境管理体系首次认证日期", "date"),
        ("cert_45001_on", "职业健康安全管理体系首次认证日期", "date"),
    ),
    "statistics": (
        ("employees", "从业人数（人）", "count"),
        ("revenue", "营业收入（万元）", "wan"),
        ("total_assets", "资产总额（万元）", "wan"),
    ),
    "income tax": (
        ("tax_resident", "居民企业", "bool"),
        ("collection_method", "征收方式", "word"),
        ("taxable_income", "应纳税所得额（万元）", "wan"),
        ("employees_quarters", "各季度从业人数", "count"),
        ("assets_quarters", "各季度资产总额", "yuan"),
        ("main_business_revenue", "主营业务收入（万元）", "wan"),
        ("total_income", "收入总额（万元）", "wan"),
        ("non_taxable_income", "不征税收入（万元）", "wan"),
        ("investment_income", "投资收益（万元）", "wan"),
        ("manufacturing_revenue", "制造业主营业务收入（万元）", "wan"),
        ("slp_in_settlement", "汇算清缴结果为小型微利企业", "bool"),
        ("iit_due_within_limit", "限额内应纳个人所得税（元）", "yuan"),
        ("months_operated", "2022年度实际经营月份数", "count"),
        ("months_operated_from_october", "2022年10月1日后实际经营月份数", "count"),
    ),
    "other taxes": (
        ("vat_status", "纳税人身份", "word"),
        ("vat_period", "增值税纳税期限", "word"),
        ("vat_sales", "本期增值税销售额（万元）", "wan"),
        ("vat_sales_excluding_property", "本期扣除不动产销售后的销售额（万元）", "wan"),
        ("vat_sales_at_5pct", "其中适用5%征收率的销售额（万元）", "wan"),
        (
            "vat_sales_special_invoiced",
            "其中开具增值税专用发票的销售额（万元）",
            "wan",
        ),
        ("urban_maintenance_tax_due", "应纳城市维护建设税（元）", "yuan"),
        ("education_surcharge_due", "应缴教育费附加（元）", "yuan"),
        ("local_education_surcharge_due", "应缴地方教育附加（元）", "yuan"),
        ("stamp_tax_due", "应纳印花税（元）", "yuan"),
        ("resource_tax_due", "应纳资源税（元）", "yuan"),
        ("farmland_tax_due", "应纳耕地占用税（元）", "yuan"),
        ("property_original_value", "自用房产原值（万元）", "wan"),
        ("property_rent", "年房产租金收入（万元）", "wan"),
        ("land_area", "占用土地面积（平方米）", "count"),
        ("land_tax_grade", "城镇土地使用税税额标准", "count"),
    ),
    "science": (
        ("rd_accounts_kept", "会计核算健全并能准确归集研发费用", "bool"),
        ("rd_five_classes", "五类研发费用合计（万元）", "wan"),
        ("rd_other", "其他相关费用（万元）", "wan"),
        ("rd_commissioned_domestic", "委托境内研发费用（万元）", "wan"),
        ("rd_commissioned_overseas", "委托境外研发费用（万元）", "wan"),
        ("rd_amortisation", "研发形成无形资产的本年摊销额（万元）", "wan"),
        ("rd_q4_method", "2022年第四季度研发费用计算方法", "word"),
        ("rd_expense_q4", "2022年第四季度自主研发费用（万元）", "wan"),
        (
            "rd_commissioned_domestic_q4",
            "2022年第四季度委托境内研发费用（万元）",
            "wan",
        ),
        ("tech_sme_registered", "已取得科技型中小企业入库登记编号", "bool"),
        ("hnte_valid", "高新技术企业证书有效", "bool"),
    ),
    "banks": (
        ("has_loan_record", "征信系统有贷款记录", "bool"),
        ("loan_amount", "借款金额（万元）", "wan"),
        ("loan_from_financial_institution", "向金融机构借款", "bool"),
    ),
    "commerce": (
        ("online_fair_on", "参加网上展会日期", "date"),
        ("online_fair_international", "该网上展会为国际性展会", "bool"),
        ("online_fair_support_granted", "商务局同意补助该次网上展会", "bool"),
        (
            "three_in_one_incentive_granted",
            "按市激励政策同意给予三合一认证激励",
            "bool",
        ),
    ),
    "purchasers": (
        ("procurement_type", "政府采购类型", "word"),
        ("bid_price", "可享受扣除的投标报价（万元）", "wan"),
        ("project_reserved", "项目专门面向中小企业预留", "bool"),
        (
            "consortium_small_micro_share",
            "联合体或分包中小微企业的合同份额（%）",
            "percent",
        ),
        ("controlled_by_large_firm", "与大企业同一负责人或受其控股、管理", "bool"),
    ),
}
COLUMNS = tuple(
    Column(*column, department)
    for department, columns in _TABLE.items()
    for column in columns
)
_NO_ROW = {
    "market": 0.0,
    "lists": 0.03,
    "statistics": 0.12,
    "income tax": 0.22,
    "other taxes": 0.15,
    "science": 0.30,
    "banks": 0.45,
    "commerce": 0.30,
    "purchasers": 0.55,
}
"""The share of firms that are not found in a department's data."""
_NO_CELL = 0.03
_COARSE = 0.04
"""The share of industry codes of which only the division or the section is known."""


def identity(firms: Firms) -> pl.DataFrame:
    """Return the credit codes and names of firms."""
    kinds = np.select(
        [firms.form == INDIVIDUAL, firms.form == COOPERATIVE], [2, 3], default=1
    )
    goods = pl.Series([trade.goods for trade in TRADES]).gather(firms.trade)
    codes = credit_codes(firms.numbers, kinds)
    called = names(firms.facts["called"], goods, firms.form)
    return pl.DataFrame({"uscc": codes, "name": called})


def table(firms: Firms, identity_: pl.DataFrame, *, chinese: bool) -> pl.DataFrame:
    """Return complete firms as a table, money as decimals of its unit."""
    found = [identity_["uscc"], identity_["name"]]
    if chinese:
        found = [found[0].alias("统一社会信用代码"), found[1].alias("企业名称")]
    for column in COLUMNS:
        name = column.heading if chinese else column.fact
        found.append(_series(firms, column, chinese=chinese).alias(name))
    return pl.DataFrame(found)


def _series(firms: Firms, column: Column, *, chinese: bool) -> pl.Series:
    fact, kind = column.fact, column.kind
    wan = chinese and kind == "wan"
    if fact.endswith("_quarters"):
        return _quarters(firms, fact.removesuffix("_quarters"), wan=wan)
    values = firms.facts[fact]
    match kind:
        case "word":
            return pl.Series(WORDS[fact][chinese]).gather(values)
        case "bool":
            words = ("否", "是", "无") if chinese else ("false", "true", "none")
            return pl.Series(words).gather(np.where(values == NEVER, 2, values))
        case "date":
            days = pl.Series(values).cast(pl.Int32).cast(pl.Date).dt.to_string()
            never = "无" if chinese else "none"
            return days.scatter(np.flatnonzero(values == NEVER), never)
        case "wan" | "yuan":
            return _money(pl.Series(values), wan=wan)
        case "percent":
            return pl.Series(values if chinese else values / 100)
        case _:
            return pl.Series(values)


def _money(cents: pl.Series, *, wan: bool) -> pl.Series:
    """Return cents in yuan, or in 万元: those are whole hundreds of yuan."""
    whole = cents.cast(pl.Decimal(38, 2)) / (1_000_000 if wan else 100)
    return whole.cast(pl.Decimal(18, 2))


def _quarters(firms: Firms, what: str, *, wan: bool) -> pl.Series:
    """Return starts and ends of the quarters operated, `120/200; 200/210`."""
    values = [pl.Series(firms.facts[f"{what}.{place}"]) for place in range(5)]
    if what != "employees":
        values = [_money(cents, wan=wan) for cents in values]
    ends = [cells.cast(pl.String) for cells in values]
    frame = pl.DataFrame(
        {f"{place}": ends[place + 1] + "/" + ends[place] for place in range(3, -1, -1)}
    )
    operated = pl.Series(firms.facts["quarters"])
    shown = [
        pl.when(pl.lit(operated) > int(name)).then(pl.col(name))
        for name in frame.columns
    ]
    return frame.select(
        pl.concat_str(shown, separator="; ", ignore_nulls=True)
    ).to_series()


def with_gaps(firms: Firms, whole: pl.DataFrame) -> pl.DataFrame:
    """Return the table as the city has it: by department, and cell by cell."""
    gone = {name: firms.happens(share) for name, share in _NO_ROW.items()}
    # Individual businesses keep no books that a department could ask for.
    gone["statistics"] |= (firms.form == INDIVIDUAL) & firms.happens(0.35)
    columns: list[pl.Series] = [whole.to_series(0), whole.to_series(1)]
    for place, column in enumerate(COLUMNS, start=2):
        series = whole.to_series(place)
        if column.fact == "industry_code":
            series = _coarse(firms, series)
        if column.department != "market":
            lost = gone[column.department] | firms.happens(_NO_CELL)
            series = pl.select(pl.when(pl.Series(~lost)).then(series)).to_series()
        columns.append(series)
    return pl.DataFrame(columns)


def _coarse(firms: Firms, codes: pl.Series) -> pl.Series:
    """Shorten some codes to the division, some to the section."""
    length = np.full(len(firms), 5, np.int64)
    length[firms.happens(_COARSE)] = 3
    length[firms.happens(_COARSE / 4)] = 1
    frame = pl.DataFrame({"code": codes, "length": length})
    cut = pl.col("code").str.slice(0, pl.col("length"))
    return frame.select(cut.alias(codes.name)).to_series()


def headings(*, chinese: bool) -> Iterable[str]:
    """Return the headings of a claims table."""
    if chinese:
        return ("统一社会信用代码", "政策", "金额（元）", "日期")
    return ("uscc", "policy", "amount", "on")
