"""Firms for the sixty policies: sixty facts, of which each lacks 20 to 40 %.

One value or none for each fact, as the peers that know no ranges need it, in
the layout of the columnar backend: money in whole cents, days as days, members
as categories.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from peers.sixty_policies import BOOLS, CODES, COUNTS, DATES, DAY, ENUMS, MONEY, WAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

BLOCK = 125_000
SCALE = dict.fromkeys(MONEY, 100)
_LIKELY = dict(
    zip(
        BOOLS,
        (
            0.2,
            0.12,
            0.05,
            0.06,
            0.03,
            0.03,
            0.02,
            0.02,
            0.2,
            0.15,
            0.9,
            0.1,
            0.35,
            0.05,
        ),
        strict=True,
    )
)
_INDUSTRY = np.array([4, 20, 6, 9, 18, 4, 2, 3, 7, 2, 8, 4, 2, 1, 6, 4]) / 100
_SHARES: dict[str, list[float]] = {
    "ownership": [0.7, 0.05, 0.05, 0.05, 0.05, 0.1],
    "credit_grade": [0.15, 0.4, 0.2, 0.2, 0.05],
    "taxpayer_type": [0.6, 0.4],
    "stage": [0.1, 0.3, 0.3, 0.25, 0.05],
    "park": [0.7, 0.06, 0.08, 0.12, 0.04],
    "reg_status": [0.93, 0.05, 0.02],
}


def firms(count: int) -> Iterator[pl.DataFrame]:
    """Yield so many firms, a block at a time."""
    for start in range(0, count, BLOCK):
        yield _block(start)[: count - start]


def _block(start: int) -> pl.DataFrame:
    rng = np.random.default_rng([7, start])
    values = {**_members(rng), **_counts(rng)}
    values |= _money(rng, values["employees"])
    for fact, chance in _LIKELY.items():
        values[fact] = rng.random(BLOCK) < chance
    today = (DAY - DAY.replace(year=1970, month=1, day=1)).days
    for fact, age in zip(DATES, (2800, 900, 500), strict=True):
        values[fact] = today - rng.exponential(age, BLOCK).astype(np.int32)
    missing = np.random.default_rng(20250630).uniform(0.2, 0.4, len(values))
    columns: list[pl.Series] = []
    for (fact, cells), share in zip(sorted(values.items()), missing, strict=True):
        known = pl.Series(rng.random(BLOCK) >= share)
        series = pl.select(pl.when(known).then(pl.Series(cells))).to_series()
        columns.append(_typed(fact, series).alias(fact))
    number = pl.Series("firm", np.arange(start, start + BLOCK))
    return pl.DataFrame([number, *columns])


def _typed(fact: str, series: pl.Series) -> pl.Series:
    members = CODES if fact == "ind4" else ENUMS.get(fact)
    if members is not None:
        return series.cat.to(pl.Enum(members))
    if fact in DATES:
        return series.cast(pl.Date)
    if fact in BOOLS:
        return series
    return series.cast(pl.Int32 if fact in COUNTS else pl.Int64)


def _members(rng: np.random.Generator) -> dict[str, NDArray[np.generic]]:
    industry = rng.choice(16, BLOCK, p=_INDUSTRY)
    province = rng.integers(0, 31, BLOCK)
    found: dict[str, NDArray[np.generic]] = {
        "industry": industry.astype(np.uint32),
        "ind4": (industry * 25 + rng.integers(0, 25, BLOCK)).astype(np.uint32),
        "province": province.astype(np.uint32),
        "city": (province * 10 + rng.integers(0, 10, BLOCK)).astype(np.uint32),
    }
    for fact, shares in _SHARES.items():
        drawn = rng.choice(len(shares), BLOCK, p=shares)
        found[fact] = drawn.astype(np.uint32)
    return found


def _counts(rng: np.random.Generator) -> dict[str, NDArray[np.generic]]:
    staff = np.minimum(np.exp(rng.normal(2.7, 1.5, BLOCK)), 50_000).astype(int) + 1

    def share(mean: float) -> NDArray[np.generic]:
        part = staff * np.minimum(rng.exponential(mean, BLOCK), 1)
        return part.astype(np.int32)

    return {
        "employees": staff.astype(np.int32),
        "rd_staff": share(0.12),
        "grads_hired": share(0.06),
        "disabled_emp": share(0.015),
        "interns": share(0.03),
        "veterans": share(0.02),
        "patents_inv": rng.poisson(0.8, BLOCK),
        "patents_util": rng.poisson(2, BLOCK),
        "software_cr": rng.poisson(1.5, BLOCK),
        "standards": rng.poisson(0.2, BLOCK),
        "export_countries": rng.poisson(1.2, BLOCK),
        "layoff_bp": np.minimum(rng.exponential(300, BLOCK), 10_000).astype(int),
        "loan_months": rng.integers(1, 61, BLOCK),
    }


def _money(
    rng: np.random.Generator, staff: NDArray[np.generic]
) -> dict[str, NDArray[np.generic]]:
    sales = np.minimum(staff * np.exp(rng.normal(3.6, 0.9, BLOCK)) * WAN, 5e12)
    before = sales * np.exp(rng.normal(-0.06, 0.25, BLOCK))
    earlier = before * np.exp(rng.normal(-0.06, 0.25, BLOCK))

    def of(whole: NDArray[np.floating], low: float, high: float) -> NDArray[np.generic]:
        return whole * rng.beta(low, high, BLOCK)

    def around(log: float, spread: float) -> NDArray[np.generic]:
        return np.exp(rng.normal(log, spread, BLOCK)) * WAN

    exports = rng.random(BLOCK) < 0.2  # noqa: PLR2004
    found = {
        "revenue_y1": sales,
        "revenue_y2": before,
        "revenue_y3": earlier,
        "assets": sales * np.exp(rng.normal(0, 0.8, BLOCK)),
        "reg_capital": around(5.3, 1.4),
        "tax_paid_y1": of(sales, 2, 40),
        "tax_paid_y2": of(before, 2, 40),
        "vat_paid": of(sales, 2, 60),
        "rd_spend_y1": of(sales, 1, 25),
        "rd_spend_y2": of(before, 1, 25),
        "equip_invest": of(sales, 1, 20),
        "export_value": of(sales, 2, 5) * exports,
        "wages": staff * around(2, 0.4),
        "social_ins": staff * around(0.6, 0.4),
        "loan_principal": around(5, 1.3),
        "loan_interest": around(1.9, 1.4),
        "power_cost": of(sales, 1, 50),
        "rent_paid": around(2.5, 1),
        "training_spend": staff * around(-2, 1),
        "profit_y1": of(sales, 3, 30) - sales * 0.03,
    }
    return {fact: np.round(cells).astype(np.int64) for fact, cells in found.items()}
