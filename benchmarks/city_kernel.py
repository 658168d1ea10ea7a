"""The kernel alone, on the shipped rulebook and a register that is in memory.

    python examples/city/generate.py --firms 1000000 --seed 1 --out city
    python benchmarks/city_kernel.py city/firms.csv

A screening reads the next part while one is screened, so the seconds that its
summary gives the kernel are shared; these are not.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import click
from machine import described, interleaved

import policy_match as pm
from policy_match.firms.registers import open_register
from policy_match.screening.plan import Plan
from policy_match.screening.request import MOST_ROWS


@click.command()
@click.argument("firms", type=click.Path(path_type=Path))
@click.option("--rounds", default=3, show_default=True)
def main(firms: Path, rounds: int) -> None:
    """Print the seconds of the kernel for a register."""
    program = pm.load().on(date(2022, 12, 31)).program
    plan = Plan(program)
    with tempfile.TemporaryDirectory() as scratch:
        register = open_register(firms, program, Path(scratch))
        parts = list(register.parts(program, MOST_ROWS))

    def kernel() -> None:
        for part in parts:
            plan.screener.part(part.frame, part.scale)

    seconds = interleaved({"kernel": kernel}, rounds)["kernel"]
    rows = sum(part.rows for part in parts)
    print(f"{described()}: {rows:,} firms, {seconds:.2f} s in the kernel alone")


if __name__ == "__main__":
    main()
