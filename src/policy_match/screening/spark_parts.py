"""Parts screened by Spark: staged as Parquet, then mapped by the same function.

The register is read here, once and in order: which row repeats an earlier firm
is a question about all of it. What is staged, and what is written of a part,
lies in the working directory, which every worker has to see.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.spark import Cluster
from policy_match.firms.registers import Part, claims_in
from policy_match.ir.codec import decode, encode
from policy_match.screening.part import screen_part
from policy_match.screening.plan import Plan
from policy_match.screening.segments import names
from policy_match.screening.tallies import SUMS, TALLY
from policy_match.screening.work import Work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TALLY = "tally.parquet"


class Task(NamedTuple):
    """One part, for a worker."""

    program: bytes
    everything: bool
    headings: tuple[str, ...]
    out: Path
    number: int

    @property
    def place(self) -> Path:
        """Where the rows of the part are staged."""
        return Work(self.out).scratch / f"staged-{self.number:05d}"


class Spread:
    """The parts of one screening, on the workers of a cluster."""

    def __init__(self, plan: Plan, work: Work) -> None:
        """Start Spark; raises BackendUnavailableError where it cannot be started."""
        self._cluster = Cluster()
        program, out = encode(plan.program), work.out.absolute()
        self._first = Task(program, plan.everything, plan.headings, out, 0)
        self._waiting: list[Task] = []
        self._plan = plan

    def stage(self, number: int, part: Part) -> None:
        """Write a part for a worker to read."""
        task = self._first._replace(number=number)
        task.place.mkdir()
        part.frame.write_parquet(task.place / "frame.parquet")
        part.rejects.write_parquet(task.place / "rejects.parquet")
        about = json.dumps({"scale": dict(part.scale), "rows": part.rows})
        (task.place / "part.json").write_text(about)
        self._waiting.append(task)

    def run(self, parts: int) -> None:
        """Screen what is staged, and add up the tallies of all `parts`."""
        every = [self._first._replace(number=number) for number in range(parts)]
        with self._cluster as cluster:
            cluster.each(screen_staged, self._waiting)
            sums = cluster.sums(tallied, every)
        rows = [(*keys, *values) for keys, values in sums]
        keys = _keys(self._plan)
        kinds = {name: TALLY.get(name, pl.String()) for name in (*keys, *SUMS)}
        found = pl.DataFrame(rows, schema=kinds, orient="row")
        found.write_parquet(whole_tally(Work(self._first.out)))


def whole_tally(work: Work) -> Path:
    """Return where the tally of all parts is, where Spark has added it up."""
    return work.root / _TALLY


# ---- on a worker


def screen_staged(task: Task) -> None:
    """Screen one part that is staged."""
    about = json.loads((task.place / "part.json").read_text())
    part = Part(
        pl.read_parquet(task.place / "frame.parquet"),
        about["scale"],
        pl.read_parquet(task.place / "rejects.parquet"),
        about["rows"],
    )
    work = Work(task.out)
    claims = claims_in(work.scratch_of("claims"))
    plan = _plan(task.program, task.everything, task.headings)
    screen_part(plan, part, claims, work.begin(task.number))
    work.finish(task.number)


@lru_cache(maxsize=1)
def _plan(program: bytes, everything: bool, headings: tuple[str, ...]) -> Plan:
    return Plan(decode(program), everything, headings)


def _keys(plan: Plan) -> tuple[str, ...]:
    return ("policy", *names(plan.own_segments), "status")


def tallied(task: Task) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Yield the sums of one part that is screened, by policy, segment and status."""
    frame = pl.read_parquet(Work(task.out).part(task.number) / _TALLY)
    keys = [name for name in frame.columns if name not in SUMS]
    for row in frame.select(pl.col(keys).cast(pl.String), *SUMS).iter_rows():
        yield row[: len(keys)], row[len(keys) :]
