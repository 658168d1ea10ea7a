"""One part of a register: screened, and written as files of its own.

A part is a directory that is moved into place when it is whole; what stands in
one is never changed again.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.firms.registers import KEPT, USCC, lost
from policy_match.screening import gaps, near, tallies
from policy_match.screening.beyond import answered
from policy_match.screening.findings import FINDINGS, OUTCOME, findings, money
from policy_match.screening.left import Left
from policy_match.screening.policy_rows import AS_WRITTEN, Claimed, see
from policy_match.screening.segments import own, segments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from policy_match.firms.registers import Part
    from policy_match.screening.plan import Plan
    from policy_match.screening.policy_rows import Seen

NAMES = ("name", "town")
_AT_ONCE = 16
"""Policies whose findings are in memory together."""


class Counts(NamedTuple):
    """What a part adds to the summary."""

    rows: int
    firms: int
    rejected: int
    left_out: int
    """Firms that are no firms any more."""
    claims: int
    claimed: int
    """In cents."""
    kernel: float
    write: float
    """Seconds; the next part may have been read meanwhile."""


def screen_part(
    plan: Plan, part: Part, claims: pl.LazyFrame, directory: Path
) -> Counts:
    """Screen one part and write its files into an existing, empty directory.

    `claims` are those of any firm (`uscc`, `policy`, `cents`, `row`).
    """
    if USCC not in part.frame.columns:
        none = pl.lit(None, pl.String).alias(USCC)
        part = part._replace(frame=part.frame.with_columns(none))
    started = time.perf_counter()
    part, answers = answered(plan.screener, part)
    frame = part.frame
    kernel = time.perf_counter() - started
    kept = [name for name in frame.columns if name.startswith(KEPT)]
    firms = frame.select(
        USCC,
        *kept,
        *(own(frame, name).alias(KEPT + name)
          for name in plan.own_facts if KEPT + name not in kept),
        *(pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
          for name in NAMES),
    )  # fmt: skip
    places = firms.lazy().select(USCC).with_row_index("at").drop_nulls()
    mine = claims.join(places, on=USCC).drop(USCC).collect(engine="streaming")
    _outcomes(plan, answers, firms).write_ipc(
        directory / "outcomes.arrow", compression="lz4"
    )
    sums = _Sums(plan, frame, part, answers)
    for number, seen in enumerate(_seen(plan, answers, Claimed(mine, frame.height))):
        rows = [findings(one, firms, everything=plan.everything) for one in seen]
        found = pl.concat([pl.DataFrame(schema=dict(FINDINGS)), *sums.add(seen, rows)])
        place = directory / f"findings-{number:04d}.parquet"
        found.write_parquet(place, compression="lz4")
    sums.write(directory, firms)
    firms.write_parquet(directory / "firms.parquet")
    part.rejects.write_parquet(directory / "rejects.parquet")
    mine.select("row").write_parquet(directory / "claims.parquet")
    counts = Counts(
        part.rows,
        frame.height,
        *_lost(part.rejects),
        mine.height,
        int(mine["cents"].sum()),
        kernel,
        time.perf_counter() - started - kernel,
    )
    (directory / "counts.json").write_text(json.dumps(counts._asdict()))
    return counts


def _lost(rejects: pl.DataFrame) -> tuple[int, int]:
    """Return how many rows are refused, and how many are of firms that are gone."""
    gone = lost(rejects).select(pl.col("effect", "reason").cast(pl.String))
    refused = int((gone["effect"] == "row").sum())
    return refused, int((gone["reason"] == "left-out").sum())


def _seen(plan: Plan, answers: pl.DataFrame, claimed: Claimed) -> Iterator[list[Seen]]:
    """Yield what is seen of some policies at a time; of none, where there is none."""
    for start in range(0, len(plan.sheets) or 1, _AT_ONCE):
        some = plan.sheets[start : start + _AT_ONCE]
        yield see(some, answers, claimed, plan.bit, plan.sheets)


class _Sums:
    """Tallies, gaps and near misses of a part, policy by policy."""

    def __init__(
        self, plan: Plan, frame: pl.DataFrame, part: Part, answers: pl.DataFrame
    ) -> None:
        self._plan = plan
        self._tally = tallies.Tally(segments(plan, frame, answers))
        self._missing = gaps.Missing()
        self._misses = near.Misses(plan, frame, part.scale, answers)
        self._left = Left()
        self._tallied: list[pl.DataFrame] = []
        self._alone: list[pl.DataFrame] = []
        self._near: list[pl.DataFrame] = []

    def add(
        self, every: Sequence[Seen], wanted: Sequence[pl.LazyFrame]
    ) -> list[pl.DataFrame]:
        """Add some policies; return the tables `wanted` of them besides."""
        whole = self._plan.everything
        asked = [x for x in every if whole or not x.sheet.policy.indirect]
        queries = (
            (self._tallied, [self._tally.of(seen) for seen in every]),
            (self._alone, [query for x in asked for query in gaps.alone(x)]),
            (self._near, [query for x in asked for query in self._misses.of(x)]),
        )
        for seen in every:
            self._left.add(seen)
        for seen in asked:
            self._missing.add(seen)
        ours = [query for _, some in queries for query in some]
        tables = iter(pl.collect_all([*ours, *wanted], optimizations=AS_WRITTEN))
        for found, some in queries:
            found += [next(tables) for _ in some]
        return list(tables)

    def write(self, directory: Path, firms: pl.DataFrame) -> None:
        """Write all of it into a part."""
        left = self._left.frame(firms)
        left.write_ipc(directory / "left.arrow", compression="lz4")
        tables = {
            "tally": self._tally.named(self._tallied),
            "gaps": pl.concat(
                [*self._alone, self._missing.frame(tuple(self._plan.bit))]
            ),
            "near": pl.concat([pl.DataFrame(schema=near.NEAR), *self._near]),
        }
        for name, table in tables.items():
            table.write_parquet(directory / f"{name}.parquet")


def _outcomes(plan: Plan, answers: pl.DataFrame, firms: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of the answers of which the file of outcomes is made."""
    columns: list[str] = []
    for sheet in plan.sheets:
        ends = ("low", "high") if sheet.policy.tiers else ()
        columns += [sheet.name(column) for column in ("outcome", *ends)]
    return pl.concat([firms.select(USCC), answers.select(columns)], how="horizontal")


def outcomes(plan: Plan, answers: pl.LazyFrame) -> pl.LazyFrame:
    """Return a row a firm and a column a policy, of what parts say of outcomes."""
    columns: list[pl.Expr] = []
    for sheet in plan.sheets:
        outcome = pl.col(sheet.name("outcome"))
        columns.append(outcome.cat.to(OUTCOME).alias(sheet.policy.id))
        if sheet.policy.tiers:
            columns += [
                money(pl.col(sheet.name(end))).alias(sheet.name(end))
                for end in ("low", "high")
            ]
    return answers.select(USCC, *columns)
