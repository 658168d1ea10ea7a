"""The shipped rulebook on all backends, for random firms, as long as one likes.

    python3 tasks.py fuzz [SECONDS] [SEED]

A firm is put together of values that examples have and of numbers beside the
thresholds of the law. Ends with 1 at the first firm on which two backends
differ, and prints it.
"""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from itertools import count, pairwise
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from policy_match.advice.planner.answers import Marks
from policy_match.checks.examples import given_of
from policy_match.compiler.rulebook import Rulebook, load_files
from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Interval, exactly
from policy_match.rulebook.files import read_directory, shipped_rules
from tests.backends import BACKENDS
from tests.properties.equality import differences, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from tests.backends import Answer

DAYS = tuple(
    date(*day) for day in ((2021, 6, 30), (2022, 12, 31), (2023, 12, 31), (2025, 6, 30))
)
_FIRMS = 100
"""Firms of one round, which one register holds."""
_SECONDS = 60


class Round(NamedTuple):
    """What one round of firms came to."""

    verdicts: int
    faults: tuple[str, ...]


def played(seed: int) -> Round:
    """Put some firms to all backends, on a day that the seed chooses."""
    chance = Random(seed)  # noqa: S311
    program, pool = _law(DAYS[seed % len(DAYS)])
    firms = [Facts(_drawn(pool, chance)) for _ in range(_FIRMS)]
    answers = {name: ask(program, firms) for name, ask in BACKENDS.items()}
    faults = [
        f"seed {seed}, {program.day}, {name}: {fault}\n  {dict(firm.given)}"
        for name in answers.keys() - {"reference"}
        for firm, one, other in zip(
            firms, answers["reference"], answers[name], strict=True
        )
        for fault in _differ(one, other, whole=name != "polars")
    ]
    return Round(len(firms) * len(program.policies) * len(answers), tuple(faults))


@cache
def _law(day: date) -> tuple[Program, Mapping[str, list[Possible]]]:
    rulebook = load_files(read_directory(shipped_rules()))
    program = rulebook.on(day)
    return program, _pool(program, _examples(rulebook, program))


def _examples(rulebook: Rulebook, program: Program) -> Iterator[Mapping[str, Possible]]:
    """Yield what is given in the examples of policies, as this day reads it."""
    for name, policy in rulebook.book.policies.items():
        for number, example in enumerate(policy.examples):
            path = ("policies", name, "examples", number)
            yield given_of(rulebook, program, example, path)[0]


def _differ(one: Answer, other: Answer, *, whole: bool) -> Iterator[str]:
    if whole:
        return differences(one.told, other.told)
    told = {policy: rounded(found) for policy, found in one.told.items()}
    columns = {policy: rounded(found) for policy, found in other.told.items()}
    return differences(told, columns)


def _pool(
    program: Program, seen: Iterator[Mapping[str, Possible]]
) -> Mapping[str, list[Possible]]:
    """Return what each base fact may be: as in examples, or beside a threshold."""
    pool: dict[str, list[Possible]] = {
        fact: [] for fact, spec in program.facts.items() if not spec.derived
    }
    for given in seen:
        for fact, value in given.items():
            if fact in pool and value not in pool[fact]:
                pool[fact].append(value)
    for fact, numbers in Marks(program).numbers.items():
        spec = program.facts[fact]
        if fact in pool and spec.type is not FactType.LIST:
            around = {n + step for n, *_ in numbers for step in (-1, 0, 1)}
            inside = sorted(n for n in around if spec.low <= n <= spec.high)
            pool[fact] += [exactly(n) for n in inside]
            pool[fact] += [Interval(a, b) for a, b in pairwise(inside)]
    return {fact: values for fact, values in pool.items() if values}


def _drawn(pool: Mapping[str, list[Possible]], chance: Random) -> dict[str, Possible]:
    much = chance.random()
    return {
        fact: chance.choice(values)
        for fact, values in pool.items()
        if chance.random() < much
    }


def main() -> int:
    """Play for as long as is asked; return an exit code."""
    seconds, seed, *_ = (*map(int, sys.argv[1:]), *(_SECONDS, 0)[len(sys.argv) - 1 :])
    begun = time.perf_counter()
    verdicts, seeds = 0, count(seed)
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores) as workers:
        while time.perf_counter() - begun < seconds:
            some = [next(seeds) for _ in range(cores)]
            for found in workers.map(played, some):
                verdicts += found.verdicts
                if found.faults:
                    sys.stdout.write("\n".join(found.faults) + "\n")
                    return 1
    spent, worked = time.perf_counter() - begun, sum(os.times()[2:4])
    sys.stdout.write(
        f"{verdicts:,} verdicts of {len(BACKENDS)} backends without a difference, "
        f"{verdicts / spent * 3600:,.0f} an hour on {cores} cores "
        f"({verdicts / worked * 3600:,.0f} an hour of one core's own time)\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
