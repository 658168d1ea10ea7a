"""What the complete firms are entitled to on 31 December 2022, by hand.

A second opinion that shares nothing with the engine or its rule files: whole
numbers in NumPy, written from the documents named beside each policy (the
list of figures that the rulebook was written from, too).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from population import NEVER, TODAY, WAN, Array, Firms, Mask, under
from trades import COMPANY, COOPERATIVE, INDIVIDUAL

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGE, MEDIUM, SMALL, MICRO, NO_SIZE = range(5)
SIZES = ("large", "medium", "small", "micro", None)
PLAN = tuple(
    (day - date(1970, 1, 1)).days for day in (date(2021, 1, 1), date(2023, 12, 31))
)
"""义政办发〔2021〕38号: 2021 to 2023."""


class Entitled(NamedTuple):
    """Who is entitled under one policy, and to how many cents."""

    to_it: Mask
    low: Array | None = None
    """None where no document fixes the amount."""
    high: Array | None = None
    """Where an authority chooses from a range."""


def half_up(over: Array, under_: Array | int) -> Array:
    """Return a quotient of numbers not below zero in whole cents, half up."""
    return (2 * over + under_) // (2 * under_)


# ---- 工信部联企业〔2011〕300号 with 国统字〔2017〕213号: the lesser class decides

_STAFF, _SALES, _ASSETS = "employees", "revenue", "total_assets"
_STANDARD: tuple[tuple[tuple[str, ...], dict[str, tuple[int, int, int]]], ...] = (
    (("A",), {_SALES: (20000, 500, 50)}),
    (("B", "C", "D"), {_STAFF: (1000, 300, 20), _SALES: (40000, 2000, 300)}),
    (("E",), {_SALES: (80000, 6000, 300), _ASSETS: (80000, 5000, 300)}),
    (("F51",), {_STAFF: (200, 20, 5), _SALES: (40000, 5000, 1000)}),
    (("F52",), {_STAFF: (300, 50, 10), _SALES: (20000, 500, 100)}),
    (("G54", "G591"), {_STAFF: (1000, 300, 20), _SALES: (30000, 3000, 200)}),
    (("G599",), {_STAFF: (200, 100, 20), _SALES: (30000, 1000, 100)}),
    (("G60",), {_STAFF: (1000, 300, 20), _SALES: (30000, 2000, 100)}),
    (("H",), {_STAFF: (300, 100, 10), _SALES: (10000, 2000, 100)}),
    (("I63", "I64"), {_STAFF: (2000, 100, 10), _SALES: (100000, 1000, 100)}),
    (("I65",), {_STAFF: (300, 100, 10), _SALES: (10000, 1000, 50)}),
    (("K7010",), {_SALES: (200000, 1000, 100), _ASSETS: (10000, 5000, 2000)}),
    (("K7020",), {_STAFF: (1000, 300, 100), _SALES: (5000, 1000, 500)}),
    (("L",), {_STAFF: (300, 100, 10), _ASSETS: (120000, 8000, 100)}),
    # What the standard does not name goes by reference to the other industries.
    (
        ("G53", "J", "K7030", "K7040", "K7090", "M", "N", "O", "P", "Q", "R", "S", "T"),
        {_STAFF: (300, 100, 10)},
    ),
)
"""Staff in persons, sales and assets in 万元; large, medium, small from."""


def size_class(firms: Firms) -> Array:
    """Return the class of each firm as a place in SIZES."""
    found = np.full(len(firms), NO_SIZE)
    for prefixes, bounds in _STANDARD:
        here = under(*prefixes)[firms.trade]
        lesser = np.full(len(firms), LARGE)
        for measure, (large, medium, small) in bounds.items():
            unit = 1 if measure == _STAFF else WAN
            value = firms.facts[measure]
            own = np.select(
                [value >= large * unit, value >= medium * unit, value >= small * unit],
                [LARGE, MEDIUM, SMALL],
                MICRO,
            )
            lesser = np.maximum(lesser, own)
        found[here] = lesser[here]
    return found


def entitlements(firms: Firms) -> Mapping[str, Entitled]:
    """Return who is entitled to what, by policy."""
    f = {name: np.asarray(values) for name, values in firms.facts.items()}
    sizes = size_class(firms)
    small = (sizes == SMALL) | (sizes == MICRO)
    halved = _six_taxes_status(firms, f)
    return {
        "small-low-profit-cit": _small_low_profit(firms, f),
        "hnte-cit-rate": Entitled(
            # 企业所得税法第二十八条: 15 % instead of 25 %.
            f["hnte_valid"],
            half_up(np.maximum(f["taxable_income"], 0) * 10, 100),
        ),
        "rd-super-deduction": _research(firms, f),
        "six-taxes-two-fees-relief": Entitled(halved, half_up(_six_levies(f), 2)),
        # 房产税暂行条例: 1.2 % of the value less 30 %, 12 % of the rent; half of it.
        "property-tax-relief": Entitled(
            halved,
            half_up(f["property_original_value"] * 84 + f["property_rent"] * 1200,
                    20_000),
        ),
        # 城镇土地使用税暂行条例: area times grade, in yuan; half of it.
        "urban-land-use-tax-relief": Entitled(
            halved, f["land_area"] * f["land_tax_grade"] * 50
        ),
        "vat-small-scale-exemption": _vat(f),
        # 财税〔2017〕77号第二条: 0.05‰; not for individual businesses.
        "loan-stamp-tax-exemption": Entitled(
            f["loan_from_financial_institution"] & small & (firms.form != INDIVIDUAL),
            half_up(f["loan_amount"] * 5, 100_000),
        ),
        # 财政部 税务总局公告2021年第12号: half, of the tax on up to 100万.
        "individual-business-iit-halving": Entitled(
            firms.form == INDIVIDUAL, half_up(f["iit_due_within_limit"], 2)
        ),
        "procurement-price-preference": _procurement(f, small),
        "three-in-one-certification-incentive": Entitled(_three_in_one(f, small)),
        "online-international-fair-subsidy": Entitled(
            # 义政办发〔2021〕38号 二(二)8.
            small & f["registered_in_yiwu"] & f["online_fair_international"]
            & f["online_fair_support_granted"] & _within(f["online_fair_on"], PLAN)
        ),
    }  # fmt: skip


Facts = dict[str, np.ndarray]


def _within(days: Array, window: tuple[int, ...]) -> Mask:
    return (days >= window[0]) & (days <= window[1])


def mean_times(firms: Firms, f: Facts, name: str) -> tuple[Array, Array]:
    """Return the sum of starts and ends of the quarters, and of how many."""
    quarters = f["quarters"]
    total = np.zeros(len(firms), np.int64)
    for place in range(4):
        both = f[f"{name}.{place}"] + f[f"{name}.{place + 1}"]
        total += np.where(quarters > place, both, 0)
    return total, 2 * quarters


def _small_low_profit(firms: Firms, f: Facts) -> Entitled:
    """财税〔2019〕13号第二条; 2021年第12号; 2022年第13号."""
    staff, ends = mean_times(firms, f, "employees")
    assets, _ = mean_times(firms, f, "assets")
    income = f["taxable_income"]
    to_it = (firms.form == COMPANY) | (firms.form == COOPERATIVE)
    to_it &= ~f["restricted_industry"] & (income <= 300 * WAN)
    to_it &= (staff <= 300 * ends) & (assets <= 5000 * WAN * ends)
    first = np.clip(income, 0, 100 * WAN)
    second = np.clip(income, 100 * WAN, None) - 100 * WAN
    # 25 % instead of 2.5 % up to 100万, instead of 5 % above that.
    return Entitled(to_it, half_up(first * 225 + second * 200, 1000))


def _research(firms: Firms, f: Facts) -> Entitled:
    """财税〔2015〕119号, 财税〔2018〕64号; 2021年第13号, 2022年第16号, 2022年第28号."""
    listed = under("C16", "F51", "F52", "H61", "H62", "K70", "L71", "L72", "R90")
    income = f["total_income"] - f["non_taxable_income"] - f["investment_income"]
    mostly = 2 * f["main_business_revenue"] > income
    excluded = listed[firms.trade] & mostly
    # In 810ths of a cent, so that a ninth, four fifths and two thirds are whole.
    five, other = f["rd_five_classes"], f["rd_other"]
    own = 810 * five + np.minimum(810 * other, 90 * five)
    domestic = own + 648 * f["rd_commissioned_domestic"]
    overseas = np.minimum(648 * f["rd_commissioned_overseas"], domestic // 3 * 2)
    base = domestic + overseas + 810 * f["rd_amortisation"]
    to_it = f["tax_resident"] & (f["collection_method"] == 0)
    to_it &= f["rd_accounts_kept"] & ~excluded & (base > 0)
    makes = under("C")[firms.trade] & (f["total_income"] > 0)
    makes &= 2 * f["manufacturing_revenue"] >= f["total_income"]
    full = makes | f["tech_sme_registered"]
    # Others: 75 %, and 100 % for the fourth quarter, by cost or by months.
    late = 810 * f["rd_expense_q4"] + 648 * f["rd_commissioned_domestic_q4"]
    months = f["months_operated"]
    by_cost = half_up(3 * base + late, 4 * 810)
    by_months = half_up(
        base * (3 * months + f["months_operated_from_october"]), 4 * 810 * months
    )
    mixed = np.where(f["rd_q4_method"] == 0, by_cost, by_months)
    return Entitled(to_it, np.where(full, half_up(base, 810), mixed))


def _six_taxes_status(firms: Firms, f: Facts) -> Mask:
    """2022年第10号; 国家税务总局公告2022年第3号."""
    new = f["slp_in_settlement"] == NEVER
    new &= (firms.form == COMPANY) | (firms.form == COOPERATIVE)
    new &= ~f["restricted_industry"] & (f["employees"] <= 300)
    new &= f["total_assets"] <= 5000 * WAN
    small_scale = f["vat_status"] == 0
    settled = f["slp_in_settlement"] == 1
    return small_scale | (firms.form == INDIVIDUAL) | settled | new


def _six_levies(f: Facts) -> Array:
    names = (
        "resource_tax_due", "urban_maintenance_tax_due", "stamp_tax_due",
        "farmland_tax_due",
    )  # fmt: skip
    # 财税〔2016〕12号第一条: no surcharges on sales of up to 10万 a month.
    exempt = f["vat_sales"] <= np.where(f["vat_period"] == 0, 10 * WAN, 30 * WAN)
    surcharges = f["education_surcharge_due"] + f["local_education_surcharge_due"]
    return np.sum([f[name] for name in names], axis=0) + np.where(exempt, 0, surcharges)


def _vat(f: Facts) -> Entitled:
    """2021年第11号; 2022年第15号: from April to December 2022 all sales at 3 %.

    The only sales at 5 % are those of real estate, and none is on special invoices.
    """
    limit = np.where(f["vat_period"] == 0, 15 * WAN, 45 * WAN)
    whole, rest = f["vat_sales"], f["vat_sales_excluding_property"]
    at_five = f["vat_sales_at_5pct"]
    exempt = 3 * rest + np.where(whole <= limit, 5 * at_five, 0)
    to_it = (f["vat_status"] == 0) & ((rest <= limit) | (at_five < whole))
    return Entitled(to_it, half_up(exempt, 100))


def _procurement(f: Facts, small: Mask) -> Entitled:
    """财库〔2020〕46号第九条; 财库〔2022〕19号: the agency chooses within the range."""
    itself = small & ~f["controlled_by_large_firm"]
    partner = f["consortium_small_micro_share"] >= 30
    to_it = ~f["project_reserved"] & (f["bid_price"] > 0) & (itself | partner)
    works = f["procurement_type"] == 1
    low = np.where(itself, np.where(works, 3, 10), np.where(works, 1, 4))
    high = np.where(itself, np.where(works, 5, 20), np.where(works, 2, 6))
    price = f["bid_price"]
    return Entitled(to_it, half_up(price * low, 100), half_up(price * high, 100))


def _three_in_one(f: Facts, small: Mask) -> Mask:
    """义政办发〔2021〕38号 二(一)3: all three, the last of them within the plan."""
    days = np.stack([f[f"cert_{n}_on"] for n in (9001, 14001, 45001)])
    held = ((days != NEVER) & (days <= TODAY)).all(axis=0)
    first = held & _within(days.max(axis=0), PLAN)
    return first & small & f["registered_in_yiwu"] & f["three_in_one_incentive_granted"]
