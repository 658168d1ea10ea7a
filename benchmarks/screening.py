"""Sixty policies over very many firms: our kernel beside what else can do it.

    pip install -r benchmarks/requirements.txt
    python benchmarks/screening.py --firms 10000 --firms 100000 --firms 1000000

All run on the same policies and firms, in turn, in the same run; answers are
checked against each other before anything is timed. A peer that answers one
firm at a time is run on a sample.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import click
import polars as pl
from machine import described, interleaved, table
from peers.json_logic import Logic
from peers.json_logic import complete as without_gaps
from peers.numpy_by_hand import ByHand as NumpyByHand
from peers.openfisca import Country
from peers.polars_by_hand import ByHand as PolarsByHand
from peers.sixty_firms import SCALE, firms
from peers.sixty_policies import FACTS, draw
from peers.sixty_rulebook import program as rulebook_program
from peers.zen import Peer, complete

from policy_match.backends.columnar import compile as compiled
from policy_match.backends.columnar.answer_layout import ELIGIBLE
from policy_match.backends.columnar.row_fallback import facts_in
from policy_match.backends.forward_chaining import ForwardChaining
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from policy_match.backends.columnar import Screener
    from policy_match.ir.program import Program

PART = 250_000
"""Rows, as a screening takes them."""
_KINDS = (".outcome", ".reason", ".low", ".high")
HAND = "Polars by hand"
ZEN = "zen-engine"


@click.command()
@click.option("--firms", "sizes", type=int, multiple=True, default=(10_000, 100_000))
@click.option("--rounds", default=5, show_default=True)
@click.option("--sample", default=200, show_default=True, help="Firms, one at a time.")
@click.option("--memory", type=int, multiple=True, help="Peak memory at so many firms.")
@click.option("--alone", type=int, hidden=True)
def main(
    sizes: tuple[int, ...],
    rounds: int,
    sample: int,
    memory: tuple[int, ...],
    alone: int | None,
) -> None:
    """Print a table for each number of firms, one for single firms, and memory."""
    program = rulebook_program()
    if alone is not None:
        print(_peak(compiled(program), alone))
        return
    print(f"{described()}, {rounds} rounds, interleaved, medians\n")
    for count in sizes:
        found = _many(program, count, rounds)
        print(f"{count:,} firms\n\n{table(found, HAND)}\n")
    print(f"{_off(program):.1%} of OpenFisca's amounts are off by a cent or more\n")
    if sample:
        print(f"A firm at a time\n\n{table(_single(program, sample, rounds), ZEN)}\n")
    for count in memory:
        command = [sys.executable, __file__, "--alone", str(count)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        print(f"{count:,} firms in parts: {done.stdout.strip()} MB at most")


# ---- many firms


def _many(program: Program, count: int, rounds: int) -> dict[str, float]:
    parts = list(_parts(count))
    screener, by_hand = compiled(program), PolarsByHand(draw())
    _check(screener, by_hand, parts[0])
    answers = {name for name in screener.schema if name.endswith(_KINDS)}
    tasks: dict[str, Callable[[pl.DataFrame], object]] = {
        HAND: by_hand.run,
        "NumPy by hand, 2 threads": NumpyByHand(draw()).run,
        "OpenFisca-Core": Country(draw()).run,
        "ours: outcomes, reasons, amounts": partial(
            screener.part, scale=SCALE, only=answers
        ),
        "ours: and every open fact and tier": partial(screener.part, scale=SCALE),
    }
    return interleaved(
        {name: partial(_each, task, parts) for name, task in tasks.items()},
        rounds,
        row=2,
    )


def _each(task: Callable[[pl.DataFrame], object], parts: list[pl.DataFrame]) -> None:
    for part in parts:
        task(part)


def _parts(count: int) -> Iterator[pl.DataFrame]:
    block: list[pl.DataFrame] = []
    for frame in firms(count):
        block.append(frame)
        if sum(map(len, block)) >= PART:
            yield pl.concat(block, rechunk=True)
            block = []
    if block:
        yield pl.concat(block, rechunk=True)


def _check(screener: Screener, by_hand: PolarsByHand, part: pl.DataFrame) -> None:
    """End where an answer of ours contradicts the query by hand.

    Ours may settle what the query leaves open: it knows what two conditions
    have to do with each other.
    """
    ours, other = screener.part(part, SCALE), by_hand.run(part)
    for place, sheet in enumerate(screener.sheets):
        outcome = ours[sheet.name("outcome")]
        code = other[f"o{place}"].replace_strict([0, 1, 3], [0, 1, 2])
        both = pl.DataFrame(
            {
                "wrong": (outcome != code) & (code != 1),
                "cents": other[f"a{place}"],
                "low": ours[sheet.name("low")],
                "high": ours[sheet.name("high")],
            }
        )
        cents = pl.col("cents")
        unlike = (cents != pl.col("low")) | (cents != pl.col("high"))
        if both.filter(pl.col("wrong") | unlike).height:
            sys.exit(f"{sheet.policy.id}: the two do not agree")


def _off(program: Program) -> float:
    """Return how many of OpenFisca's amounts for eligible firms are wrong."""
    part = next(_parts(PART))
    screener = compiled(program)
    ours, theirs = screener.part(part, SCALE), Country(draw()).run(part)
    wrong = every = 0
    for sheet, amount in zip(screener.sheets, theirs[1::2], strict=True):
        low, high = ours[sheet.name("low")], ours[sheet.name("high")]
        sure = (ours[sheet.name("outcome")] == ELIGIBLE) & (low == high)
        off = (low.cast(pl.Float64) - pl.Series(amount, dtype=pl.Float64)).abs() >= 1
        wrong += (off & sure).sum()
        every += sure.sum()
    return wrong / every


# ---- one firm at a time


def _single(program: Program, count: int, rounds: int) -> dict[str, float]:
    rows = next(firms(count)).select(FACTS).to_dicts()
    facts = [facts_in(program, row, SCALE) for row in rows]
    logic, whole = Logic(draw()), [without_gaps(row) for row in rows]
    peer = Peer(program, {})
    told = [complete(program, one.given) for one in facts]
    with closing(ForwardChaining(program)) as chaining:
        tasks: dict[str, Callable[[], object]] = {
            ZEN: lambda: [peer.at_once(firm) for firm in told],
            "json-logic": lambda: [logic.run(firm) for firm in whole],
            "reference evaluator": lambda: [assess(program, one) for one in facts],
            "durable-rules": lambda: [chaining.match(one) for one in facts],
        }
        found = interleaved(tasks, rounds)
    return {name: seconds / count for name, seconds in found.items()}


# ---- memory


def _peak(screener: Screener, count: int) -> int:
    """Return the peak memory of screening part after part, in MB."""
    for part in _parts(count):
        screener.part(part, SCALE)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
