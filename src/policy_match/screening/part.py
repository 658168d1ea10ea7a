"""One part of a register: screened, and written as files of its own.

A part is a directory that is moved into place when it is whole; what stands in
one is never changed again.
"""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar import sheet as s
from policy_match.registers import USCC
from policy_match.screening import gaps, near, tallies
from policy_match.screening.decode import with_failed, with_missing, with_open_words
from policy_match.screening.segments import segments
from policy_match.screening.statuses import CLAIMED, KIND, status, written

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from policy_match.backends.columnar.sheet import Sheet
    from policy_match.registers import Part
    from policy_match.screening.plan import Plan

OUTCOMES = ("ineligible", "undetermined", "eligible")
_OUTCOME = pl.Enum(OUTCOMES)
MONEY = pl.Decimal(18, 2)
_HUNDRED = pl.Decimal(38, 2)
NAMES = ("name", "town")


class Counts(NamedTuple):
    """What a part adds to the summary."""

    rows: int
    firms: int
    rejected: int
    claims: int
    claimed: int
    """In cents."""
    kernel: float
    """Seconds of screening alone."""
    write: float


def screen_part(
    plan: Plan, part: Part, claims: pl.DataFrame, directory: Path
) -> Counts:
    """Screen one part and write its files into an existing, empty directory.

    `claims` are those of any firm (`uscc`, `policy`, `cents`, `row`). Raises
    OverflowsError where an amount is beyond 64 bits of cents.
    """
    frame = part.frame
    if USCC not in frame.columns:
        frame = frame.with_columns(pl.lit(None, pl.String).alias(USCC))
    started = time.perf_counter()
    answers = plan.screener.part(frame, part.scale)
    kernel = time.perf_counter() - started
    firms = frame.select(
        USCC,
        *(pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
          for name in NAMES),
    )  # fmt: skip
    segment = segments(plan, frame, answers)
    mine = claims.join(
        firms.select(USCC).with_row_index("at").drop_nulls(), on=USCC, how="inner"
    )
    tally = tallies.Tally(segment)
    gap = gaps.Gaps()
    misses = near.Misses(plan, frame, part.scale, answers)
    lock = Lock()

    def one(sheet: Sheet) -> pl.DataFrame:
        seen = with_open_words(sheet, answers.select(list(sheet.schema)))
        seen = seen.with_columns(_claimed(sheet, mine, frame.height))
        seen = seen.with_columns(status(sheet))
        tally.add(sheet, seen)
        if plan.everything or not sheet.policy.indirect:
            misses.add(sheet, seen)
            with lock:
                gap.add(sheet, seen)
        return _findings(plan, sheet, seen, firms)

    with ThreadPoolExecutor(pl.thread_pool_size()) as threads:
        found = list(threads.map(one, plan.sheets))
    _outcomes(plan, answers, firms).write_parquet(
        directory / "outcomes.parquet", compression="lz4"
    )
    findings = pl.concat([empty_findings(), *found])
    findings.write_parquet(directory / "findings.parquet", compression="lz4")
    firms.write_parquet(directory / "firms.parquet")
    tally.frame().write_parquet(directory / "tally.parquet")
    gap.frame().write_parquet(directory / "gaps.parquet")
    misses.frame().write_parquet(directory / "near.parquet")
    part.rejects.write_parquet(directory / "rejects.parquet")
    mine.select("row").write_parquet(directory / "claims.parquet")
    counts = Counts(
        part.rows,
        frame.height,
        part.rejects["row"].n_unique(),
        mine.height,
        int(mine["cents"].sum()),
        kernel,
        time.perf_counter() - started - kernel,
    )
    (directory / "counts.json").write_text(json.dumps(counts._asdict()))
    return counts


def _claimed(sheet: Sheet, mine: pl.DataFrame, height: int) -> pl.Series:
    """Return what each firm has claimed of a policy in the year, in cents."""
    column = pl.Series(CLAIMED, [None], pl.Int64).new_from_index(0, height)
    some = mine.filter(pl.col("policy") == sheet.policy.id)
    if some.is_empty():
        return column
    sums = some.group_by("at").agg(pl.col("cents").sum())
    return column.scatter(sums["at"], sums["cents"])


def money(cents: pl.Expr) -> pl.Expr:
    """Return whole cents as decimal(18,2), exactly."""
    return (cents.cast(_HUNDRED) / 100).cast(MONEY)


def _outcomes(plan: Plan, answers: pl.DataFrame, firms: pl.DataFrame) -> pl.DataFrame:
    columns: list[pl.Expr] = []
    for sheet in plan.sheets:
        outcome = pl.col(sheet.name("outcome"))
        columns.append(outcome.cat.to(_OUTCOME).alias(sheet.policy.id))
        if sheet.policy.tiers:
            columns += [
                money(pl.col(sheet.name(end))).alias(sheet.name(end))
                for end in ("low", "high")
            ]
    return pl.concat([firms.select(USCC), answers.select(columns)], how="horizontal")


# ---- findings

_FINDINGS: Mapping[str, pl.DataType] = {
    "uscc": pl.String(),
    "policy": pl.String(),
    "outcome": _OUTCOME,
    "status": KIND,
    "tier": pl.String(),
    "amount": MONEY,
    "amount_low": MONEY,
    "amount_high": MONEY,
    "selected": pl.Boolean(),
    "missing": pl.List(pl.String()),
    "failed": pl.List(pl.String()),
    "claimed_amount": MONEY,
}


def empty_findings() -> pl.DataFrame:
    """Return findings without a row."""
    return pl.DataFrame(schema=dict(_FINDINGS))


def _findings(
    plan: Plan, sheet: Sheet, seen: pl.DataFrame, firms: pl.DataFrame
) -> pl.DataFrame:
    rows = seen.with_columns(firms[USCC]).filter(
        written(sheet, everything=plan.everything)
    )
    rows = with_failed(sheet, with_missing(sheet, rows))
    outcome = pl.col(sheet.name("outcome"))
    live = outcome != s.INELIGIBLE
    selected = outcome == s.ELIGIBLE
    if sheet.component is not None:
        selected = pl.col(sheet.name("selected"))
    none = pl.lit(None, pl.Int64)
    low = high = amount = none
    if sheet.policy.tiers:
        low, high = pl.col(sheet.name("low")), pl.col(sheet.name("high"))
        settled = (low == high) & (pl.col(sheet.name("state")) == 0)
        amount = pl.when(settled).then(low)
    nothing = pl.lit(None, pl.List(pl.String)).fill_null([])
    return rows.select(
        "uscc",
        pl.lit(sheet.policy.id).alias("policy"),
        outcome.cat.to(_OUTCOME).alias("outcome"),
        pl.col("status").cat.to(KIND),
        _tier(sheet).alias("tier"),
        money(amount).alias("amount"),
        money(low).alias("amount_low"),
        money(high).alias("amount_high"),
        selected.alias("selected"),
        pl.when(live).then("missing").otherwise(nothing).alias("missing"),
        pl.when(live).then(nothing).otherwise("failed").alias("failed"),
        money(pl.col(CLAIMED)).alias("claimed_amount"),
    )


def _tier(sheet: Sheet) -> pl.Expr:
    tier: pl.Expr = pl.lit(None, pl.String)
    if sheet.policy.tiered:
        mask = pl.col(sheet.name("tiers"))
        for place, one in enumerate(sheet.policy.tiers):
            tier = pl.when(mask == 1 << place).then(pl.lit(one.name)).otherwise(tier)
    return tier
