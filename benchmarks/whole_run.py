"""A whole screening with claims beside its floor, in processor and wall seconds.

    python benchmarks/whole_run.py --firms 300000

The floor is what nobody can do without: Polars reads both files as text, writes the
outcomes, and seven tenths of the reading stand for deciding. Both run in turn, each in
a process of its own, on the city of examples/city; the median of the ratios counts.
No earlier result is replaced: to compare with one is no part of the floor.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
import polars as pl
from machine import described

_DAY = "2022-12-31"
_KERNEL = 0.7
_CITY = Path(__file__).parent.parent / "examples" / "city" / "generate.py"


@click.command()
@click.option("--firms", "count", default=300_000, show_default=True)
@click.option("--rounds", default=3, show_default=True)
@click.option("--city", type=click.Path(path_type=Path), help="One that is there.")
@click.option("--floor", type=click.Path(path_type=Path), hidden=True)
def main(count: int, rounds: int, city: Path | None, floor: Path | None) -> None:
    """Print the seconds of both, and their ratio."""
    if floor is not None and city is not None:
        print(*_floor(city, floor))
        return
    with tempfile.TemporaryDirectory() as work:
        place = city or Path(work) / "city"
        if city is None:
            made = ["--firms", str(count), "--seed", "1", "--out", str(place)]
            subprocess.run([sys.executable, str(_CITY), *made], check=True)
        print(f"{described()}, {rounds} rounds in turn, medians\n")
        _compare(place, Path(work) / "out", rounds)


def _compare(city: Path, out: Path, rounds: int) -> None:
    screen = [
        sys.executable, "-m", "policy_match", "screen", str(city / "firms.csv"),
        "--claims", str(city / "claims.csv"), "--out", str(out), "--on", _DAY,
    ]  # fmt: skip
    _spent(screen)
    found: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for _ in range(rounds):
        shutil.rmtree(out)
        ours = _spent(screen)
        args = ["--city", str(city), "--floor", str(out / "outcomes.parquet")]
        text = subprocess.run(
            [sys.executable, __file__, *args],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        wall, processor = map(float, text.split())
        found.append((ours, (wall, processor)))
    for at, name in enumerate(("wall", "processor")):
        ours, floor = (statistics.median(one[k][at] for one in found) for k in (0, 1))
        ratio = statistics.median(one[0][at] / one[1][at] for one in found)
        print(f"{name:9}  whole {ours:6.2f} s  floor {floor:6.2f} s  ratio {ratio:.1f}")


def _spent(command: list[str]) -> tuple[float, float]:
    """Return the wall and the processor seconds of a command."""
    before, begun = os.times(), time.perf_counter()
    subprocess.run(command, check=False, capture_output=True)
    after, wall = os.times(), time.perf_counter() - begun
    spent = after.children_user + after.children_system
    return wall, spent - before.children_user - before.children_system


def _floor(city: Path, outcomes: Path) -> tuple[float, float]:
    """Return the wall and the processor seconds of the floor."""
    table = pl.read_parquet(outcomes)
    begun, processor = time.perf_counter(), time.process_time()
    for name in ("firms", "claims"):
        pl.read_csv(city / f"{name}.csv", infer_schema=False)
    read = time.perf_counter() - begun, time.process_time() - processor
    with tempfile.TemporaryDirectory() as work:
        table.write_parquet(Path(work) / "outcomes.parquet")
    both = time.perf_counter() - begun, time.process_time() - processor
    return both[0] + _KERNEL * read[0], both[1] + _KERNEL * read[1]


if __name__ == "__main__":
    main()
