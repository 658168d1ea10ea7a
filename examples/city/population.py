"""Complete firms: a value for every fact, drawn block by block.

Block after block is drawn from the seed and the block's own number, so a
small city is the beginning of a large one. Money is in whole cents, dates are
days since 1970; -1 stands for a date there never was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray
from trades import (
    COMPANY,
    COOPERATIVE,
    INDIVIDUAL,
    PARTNERSHIP,
    PLANTS_STAND,
    SOLE,
    TOWNS,
    TRADERS_LIVE,
    TRADES,
)

DAY = date(2022, 12, 31)
"""The day the facts describe."""
TODAY = (DAY - date(1970, 1, 1)).days
NEVER = -1
WAN = 10_000 * 100
"""Cents."""
BLOCK = 50_000

Array = NDArray[np.int64]
Mask = NDArray[np.bool_]

CODES = np.array([trade.code for trade in TRADES])
_STAFF, _SALES, _MARGIN, _RESEARCH = (
    np.array([getattr(trade, name) for trade in TRADES])
    for name in ("staff", "sales", "margin", "research")
)
_SHOPS, _FIRMS = (
    np.array([getattr(trade, name) for trade in TRADES]) for name in ("shops", "firms")
)


def under(*prefixes: str) -> Mask:
    """Return which trades have a code below one of `prefixes`.

    >>> CODES[under("I")].tolist()
    ['I6432', 'I6513']
    """
    return np.array([code.startswith(prefixes) for code in CODES.tolist()])


@dataclass
class Firms:
    """A block of firms: the numbers of its members, and every fact by name."""

    numbers: Array
    rng: np.random.Generator
    trade: Array
    form: Array
    facts: dict[str, Array | Mask] = field(default_factory=dict)
    """Numbers and answers; enums as places in the words of `tables.WORDS`."""

    def __len__(self) -> int:
        """Return how many firms there are."""
        return len(self.numbers)

    def first(self, count: int) -> Firms:
        """Return the first so many."""
        cut = {name: values[:count] for name, values in self.facts.items()}
        some = (part[:count] for part in (self.numbers, self.trade, self.form))
        numbers, trade, form = some
        return Firms(numbers, self.rng, trade, form, cut)

    def happens(self, chance: float | NDArray[np.float64]) -> Mask:
        """Return for which firms something of that probability happens."""
        return self.rng.random(len(self)) < chance

    def around(self, median: float | NDArray[np.float64], spread: float) -> Array:
        """Return whole numbers of a log-normal spread around a median."""
        drawn = np.log(median) + self.rng.normal(0, spread, len(self))
        return np.exp(np.minimum(drawn, 30)).astype(np.int64)

    def some_day(self, since: date) -> Array:
        """Return days between `since` and the day described."""
        return self.rng.integers((since - date(1970, 1, 1)).days, TODAY, len(self))


def block(seed: int, number: int) -> Firms:
    """Return one block of complete firms."""
    rng = np.random.default_rng([seed, number])
    form = rng.choice(5, BLOCK, p=[0.34, 0.025, 0.01, 0.615, 0.01])
    small = form == INDIVIDUAL
    trade = np.where(small, _trades(rng, _SHOPS), _trades(rng, _FIRMS))
    numbers = np.arange(number * BLOCK, (number + 1) * BLOCK)
    firms = Firms(numbers, rng, trade, form)
    for part in (_register, _size, _income, _vat, _levies, _premises, _research,
                 _certificates, _markets):  # fmt: skip
        part(firms)
    return firms


def _trades(rng: np.random.Generator, weights: NDArray[np.float64]) -> Array:
    return rng.choice(len(TRADES), BLOCK, p=weights / weights.sum())


def hundreds(cents: NDArray[np.float64] | Array) -> Array:
    """Return amounts rounded down to whole hundreds of yuan."""
    return (np.asarray(cents) // 10_000).astype(np.int64) * 10_000


# ---- who they are


def _register(firms: Firms) -> None:
    count, facts = len(firms), firms.facts
    makes = under("C")[firms.trade]
    towns = [np.array(w) / sum(w) for w in (TRADERS_LIVE, PLANTS_STAND)]
    trading, making = (firms.rng.choice(len(TOWNS), count, p=p) for p in towns)
    facts["town"] = np.where(makes, making, trading)
    age = firms.rng.exponential(2000, count) + firms.rng.integers(1, 400, count)
    born = np.maximum(TODAY - age.astype(np.int64), 5500)
    facts["registered_on"] = born
    facts["registered_in_yiwu"] = np.ones(count, bool)
    facts["called"] = firms.rng.integers(0, 10_000, count)
    facts["private_owned"] = ~firms.happens(0.015)
    facts["legal_form"] = firms.form
    facts["industry_code"] = firms.trade
    facts["tax_resident"] = (firms.form == COMPANY) | (firms.form == COOPERATIVE)
    facts["restricted_industry"] = firms.happens(0.003)
    facts["serious_dishonesty_listed"] = firms.happens(0.004)
    facts["abnormal_operation_listed"] = firms.happens(0.03)
    opened = born - (date(2022, 1, 1) - date(1970, 1, 1)).days
    facts["months_operated"] = 12 - np.clip(opened, 0, 364) // 31
    facts["months_operated_from_october"] = np.minimum(facts["months_operated"], 3)


def _size(firms: Firms) -> None:
    facts, trade = firms.facts, firms.trade
    alone = firms.form == INDIVIDUAL
    few = 1 + firms.rng.geometric(0.4, len(firms))
    staff = np.where(alone, few, 1 + firms.around(_STAFF[trade], 1.05))
    staff = np.minimum(staff, 8000)
    facts["employees"] = staff
    a_head = np.exp(firms.rng.normal(np.log(_SALES[trade]), 0.8))
    sales = hundreds(staff * a_head * np.where(alone, 0.35, 1.0) * WAN)
    facts["revenue"] = sales
    assets = sales * np.exp(firms.rng.normal(-0.25, 0.7, len(firms)))
    facts["total_assets"] = hundreds(assets)
    quarters = -(-np.asarray(facts["months_operated"]) // 3)
    facts["quarters"] = quarters
    for name, value in (("employees", staff), ("assets", facts["total_assets"])):
        ends = [value]
        for _ in range(4):
            earlier = ends[-1] * (1 + firms.rng.normal(-0.01, 0.06, len(firms)))
            step = 10_000 if name == "assets" else 1
            ends.append(np.maximum(earlier // step * step, 0).astype(np.int64))
        for place, cells in enumerate(ends):
            facts[f"{name}.{place}"] = cells


def _income(firms: Firms) -> None:
    facts, sales = firms.facts, firms.facts["revenue"]
    main = hundreds(sales * firms.rng.uniform(0.8, 1.0, len(firms)))
    rare = firms.happens(0.04)
    gains = hundreds(sales * 0.08 * firms.rng.random(len(firms)) * rare)
    given = hundreds(sales * 0.03 * firms.rng.random(len(firms)) * firms.happens(0.03))
    facts["main_business_revenue"] = main
    facts["investment_income"], facts["non_taxable_income"] = gains, given
    facts["total_income"] = sales + gains + given
    makes = under("C")[firms.trade] | firms.happens(0.01)
    share = np.where(firms.happens(0.8), 1.0, firms.rng.uniform(0.2, 1, len(firms)))
    facts["manufacturing_revenue"] = hundreds(main * share * makes)
    margin = firms.rng.normal(_MARGIN[firms.trade], 0.06)
    facts["taxable_income"] = hundreds(sales * margin)
    audited = np.where(firms.form == INDIVIDUAL, 0.2, 0.85)
    facts["collection_method"] = (~firms.happens(audited)).astype(np.int64)
    pays = (firms.form == INDIVIDUAL) | (firms.form == SOLE)
    pays |= firms.form == PARTNERSHIP
    personal = np.clip(facts["taxable_income"], 0, 100 * WAN) * 0.06
    facts["iit_due_within_limit"] = (personal * pays).astype(np.int64)
    settled = np.asarray(facts["registered_on"]) < TODAY - 550
    small = (facts["taxable_income"] <= 300 * WAN) & (facts["employees"] <= 300)
    small &= facts["tax_resident"] & (facts["total_assets"] <= 5000 * WAN)
    # Who pays no enterprise income tax is never settled as a payer of it.
    pays = (firms.form == COMPANY) | (firms.form == COOPERATIVE)
    result = (small ^ firms.happens(0.02)) & pays
    facts["slp_in_settlement"] = np.where(settled, result, NEVER)


def _vat(firms: Firms) -> None:
    facts, sales = firms.facts, firms.facts["revenue"]
    small = (sales <= 500 * WAN) & firms.happens(0.93)
    facts["vat_status"] = (~small).astype(np.int64)
    monthly = ~small | firms.happens(0.06)
    facts["vat_period"] = (~monthly).astype(np.int64)
    season = firms.rng.uniform(0.6, 1.4, len(firms))
    period = hundreds(sales / np.where(monthly, 12, 4) * season)
    facts["vat_sales"] = period
    sold = np.where(firms.happens(0.004), firms.rng.uniform(0.1, 0.9, len(firms)), 0)
    rest = hundreds(period * (1 - sold))
    facts["vat_sales_excluding_property"] = rest
    facts["vat_sales_at_5pct"] = period - rest
    facts["vat_sales_special_invoiced"] = np.zeros(len(firms), np.int64)


def _levies(firms: Firms) -> None:
    facts, sales = firms.facts, firms.facts["revenue"]
    vat = sales * firms.rng.uniform(0.002, 0.03, len(firms))
    vat = np.where(facts["vat_status"] == 0, vat * firms.happens(0.1), vat)
    for name, share in (
        ("urban_maintenance_tax_due", 0.07),
        ("education_surcharge_due", 0.03),
        ("local_education_surcharge_due", 0.02),
    ):
        facts[name] = (vat * share).astype(np.int64)
    facts["stamp_tax_due"] = (sales * 0.0003 * firms.happens(0.7)).astype(np.int64)
    facts["resource_tax_due"] = firms.around(2e5, 1) * firms.happens(0.001)
    facts["farmland_tax_due"] = firms.around(4e6, 1) * firms.happens(0.0005)


def _premises(firms: Firms) -> None:
    facts, trade = firms.facts, firms.trade
    owns = firms.happens(np.where(under("C", "H61", "K")[trade], 0.25, 0.04))
    owns &= firms.form != INDIVIDUAL
    worth = np.asarray(facts["total_assets"]) * firms.rng.uniform(0.1, 0.6, len(firms))
    facts["property_original_value"] = hundreds(worth * owns)
    lets = firms.happens(np.where(under("K7040")[trade], 0.9, 0.02))
    facts["property_rent"] = hundreds(firms.around(15.0 * WAN, 1.0) * lets)
    area = firms.around(1500.0, 1.0) * owns
    facts["land_area"] = area
    grade = firms.rng.choice([2, 4, 6, 8, 10], len(firms), p=[0.2, 0.3, 0.2, 0.2, 0.1])
    facts["land_tax_grade"] = grade.astype(np.int64)
    borrows = firms.happens(np.where(firms.form == INDIVIDUAL, 0.06, 0.2))
    loan = hundreds(firms.around(80.0 * WAN, 1.1) * borrows)
    facts["loan_amount"] = loan
    facts["loan_from_financial_institution"] = (loan > 0) & firms.happens(0.85)
    facts["has_loan_record"] = (loan > 0) | firms.happens(0.25)


# ---- what they do


def _research(firms: Firms) -> None:
    facts, trade = firms.facts, firms.trade
    does = firms.happens(_RESEARCH[trade]) & (firms.form != INDIVIDUAL)
    does |= firms.happens(0.004)
    facts["rd_accounts_kept"] = does & firms.happens(0.85)
    spent = np.asarray(facts["revenue"]) * firms.rng.beta(1.5, 30, len(firms))
    five = hundreds(spent * does)
    facts["rd_five_classes"] = five
    facts["rd_other"] = hundreds(five * firms.rng.uniform(0, 0.2, len(firms)))
    abroad = firms.happens(0.03)
    bought = hundreds(five * 0.5 * firms.rng.random(len(firms)) * firms.happens(0.2))
    facts["rd_commissioned_domestic"] = bought
    facts["rd_commissioned_overseas"] = hundreds(five * 1.2 * abroad)
    facts["rd_amortisation"] = hundreds(five * 0.1 * firms.happens(0.1))
    facts["rd_q4_method"] = firms.happens(0.6).astype(np.int64)
    late = firms.rng.uniform(0.1, 0.4, len(firms))
    facts["rd_expense_q4"] = hundreds(five * late)
    facts["rd_commissioned_domestic_q4"] = hundreds(bought * late)
    facts["tech_sme_registered"] = does & firms.happens(0.3)
    high = does & firms.happens(0.12) & (firms.form == COMPANY)
    facts["hnte_valid"] = high & (facts["employees"] >= 10)


def _certificates(firms: Firms) -> None:
    facts = firms.facts
    wants = np.where(under("C")[firms.trade] & (firms.form == COMPANY), 0.22, 0.005)
    has = firms.happens(wants)
    for name, among in (
        ("cert_9001_on", 1.0),
        ("cert_14001_on", 0.55),
        ("cert_45001_on", 0.6),
    ):
        has = has & firms.happens(among)
        facts[name] = np.where(has, firms.some_day(date(2017, 1, 1)), NEVER)
    facts["three_in_one_incentive_granted"] = has & firms.happens(0.6)


def _markets(firms: Firms) -> None:
    facts = firms.facts
    went = firms.happens(np.where(firms.form == INDIVIDUAL, 0.02, 0.07))
    days = firms.some_day(date(2020, 3, 1))
    facts["online_fair_on"] = np.where(went, days, NEVER)
    facts["online_fair_international"] = went & firms.happens(0.6)
    agreed = facts["online_fair_international"] & firms.happens(0.6)
    facts["online_fair_support_granted"] = agreed
    bids = firms.happens(np.where(firms.form == INDIVIDUAL, 0.001, 0.02))
    facts["bid_price"] = hundreds(firms.around(60.0 * WAN, 0.9) * bids)
    facts["procurement_type"] = firms.rng.integers(0, 3, len(firms))
    facts["project_reserved"] = bids & firms.happens(0.35)
    partners = bids & firms.happens(0.15)
    share = firms.rng.integers(5, 100, len(firms)) * partners
    facts["consortium_small_micro_share"] = share
    facts["controlled_by_large_firm"] = firms.happens(0.01)
