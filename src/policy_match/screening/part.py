"""One part of a register: screened, and written as files of its own.

A part is a directory that is moved into place when it is whole; what stands in
one is never changed again.
"""

from __future__ import annotations

import json
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.firms.registers import KEPT, USCC, lost
from policy_match.screening import gaps, near, tallies
from policy_match.screening.beyond import answered
from policy_match.screening.findings import FINDINGS, OUTCOME, findings, money
from policy_match.screening.left import Left
from policy_match.screening.patterns import Partitions
from policy_match.screening.policy_rows import AS_WRITTEN, Claimed, see
from policy_match.screening.segments import own, segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.firms.registers import Part
    from policy_match.screening.plan import Plan
    from policy_match.screening.policy_rows import Seen

NAMES = ("name", "town")
_AT_ONCE = 6
"""Policies that are looked at together."""
_HANDS = 3
"""Threads that look at policies: small queries do not keep a second processor busy,
two of them at a time do."""


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
    firms = _firms(plan, frame)
    places = firms.lazy().select(USCC).with_row_index("at").drop_nulls()
    mine = claims.join(places, on=USCC).drop(USCC).collect(engine="streaming")
    _outcomes(plan, answers, firms).write_ipc(
        directory / "outcomes.arrow", compression="lz4"
    )
    known = Partitions()
    sums = _Sums(plan, part, answers, known)
    claimed = Claimed(mine, frame.height)

    def looked_at(number: int, sheets: Sequence[Sheet]) -> _Group:
        seen = see(sheets, answers, claimed, plan.bit, plan.sheets, known)
        rows = [findings(one, firms, everything=plan.everything) for one in seen]
        group, tables = sums.of(seen, rows)
        found = pl.concat([pl.DataFrame(schema=dict(FINDINGS)), *tables])
        place = directory / f"findings-{number:04d}.parquet"
        found.write_parquet(place, compression="lz4")
        return group

    with ThreadPoolExecutor(_HANDS) as hands:
        for group in _in_turn(hands, looked_at, _groups(plan.sheets)):
            sums.add(group)
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


def _firms(plan: Plan, frame: pl.DataFrame) -> pl.DataFrame:
    """Return by what lists tell a firm, and what a mapping or a manifest keeps."""
    kept = [name for name in frame.columns if name.startswith(KEPT)]
    return frame.select(
        USCC,
        *kept,
        *(own(frame, name).alias(KEPT + name)
          for name in plan.own_facts if KEPT + name not in kept),
        *(pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
          for name in NAMES),
    )  # fmt: skip


def _lost(rejects: pl.DataFrame) -> tuple[int, int]:
    """Return how many rows are refused, and how many are of firms that are gone."""
    gone = lost(rejects).select(pl.col("effect", "reason").cast(pl.String))
    refused = int((gone["effect"] == "row").sum())
    return refused, int((gone["reason"] == "left-out").sum())


def _groups(sheets: Sequence[Sheet]) -> list[Sequence[Sheet]]:
    """Return the policies some at a time; no policy, where there is none."""
    starts = range(0, len(sheets) or 1, _AT_ONCE)
    return [sheets[start : start + _AT_ONCE] for start in starts]


def _in_turn(
    hands: Executor,
    look: Callable[[int, Sequence[Sheet]], _Group],
    groups: Sequence[Sequence[Sheet]],
) -> Iterator[_Group]:
    """Yield what is seen of each group in order, while the next ones are looked at."""
    coming: deque[Future[_Group]] = deque()
    for number, sheets in enumerate(groups):
        if len(coming) > _HANDS:
            yield coming.popleft().result()
        coming.append(hands.submit(look, number, sheets))
    while coming:
        yield coming.popleft().result()


class _Group(NamedTuple):
    """What is seen of some policies, and the tables that are added up of it."""

    seen: Sequence[Seen]
    tallied: Sequence[pl.DataFrame]
    alone: Sequence[pl.DataFrame]
    near: Sequence[pl.DataFrame]


class _Sums:
    """Tallies, gaps and near misses of a part, policy by policy."""

    def __init__(
        self, plan: Plan, part: Part, answers: pl.DataFrame, known: Partitions
    ) -> None:
        self._plan = plan
        self._tally = tallies.Tally(segments(plan, part.frame, answers))
        self._missing = gaps.Missing()
        self._misses = near.Misses(plan, part, answers, known)
        self._left = Left()
        self._tallied: list[pl.DataFrame] = []
        self._alone: list[pl.DataFrame] = []
        self._near: list[pl.DataFrame] = []

    def of(
        self, seen: Sequence[Seen], wanted: Sequence[pl.LazyFrame]
    ) -> tuple[_Group, list[pl.DataFrame]]:
        """Return what is added up of some policies, and the tables `wanted` besides."""
        asked = self._asked(seen)
        queries = (
            [self._tally.of(one) for one in seen],
            [query for one in asked for query in gaps.alone(one)],
            [query for one in asked for query in self._misses.of(one)],
        )
        every = [query for some in queries for query in some]
        tables = iter(pl.collect_all([*every, *wanted], optimizations=AS_WRITTEN))
        found = ([next(tables) for _ in some] for some in queries)
        return _Group(seen, *found), list(tables)

    def add(self, group: _Group) -> None:
        """Add what is seen of some policies."""
        self._tallied += group.tallied
        self._alone += group.alone
        self._near += group.near
        for seen in group.seen:
            self._left.add(seen)
        for seen in self._asked(group.seen):
            self._missing.add(seen)

    def _asked(self, seen: Sequence[Seen]) -> list[Seen]:
        """Return what is seen of the policies that firms are asked about."""
        whole = self._plan.everything
        return [one for one in seen if whole or not one.sheet.policy.indirect]

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
