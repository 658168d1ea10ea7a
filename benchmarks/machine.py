"""What the figures were measured on, and how two things are timed side by side."""

from __future__ import annotations

import os
import platform
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def described() -> str:
    """Return processor, cores, memory and Python in one line."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [x for x in info.read_text().splitlines() if x.startswith("model name")]
        cpu = names[0].split(":", 1)[1].strip() if names else cpu
    cores = os.cpu_count()
    return (
        f"{cpu}, {cores} cores, {platform.system()}, Python {platform.python_version()}"
    )


def interleaved(
    tasks: Mapping[str, Callable[[], object]],
    rounds: int,
    row: int = 1,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, float]:
    """Return the median seconds of each task, all run in turn in every round.

    In a round a task runs `row` times in a row, and the fastest counts: the
    first runs after another task pay for what that one left in the processor.
    """

    def timed(task: Callable[[], object]) -> float:
        start = clock()
        task()
        return clock() - start

    seconds: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            seconds[name].append(min(timed(task) for _ in range(row)))
    return {name: statistics.median(found) for name, found in seconds.items()}


def table(found: Mapping[str, float], *against: str) -> str:
    """Return a Markdown table of milliseconds and of ratios to some rows."""
    heads = "".join(f" ÷ {name} |" for name in against)
    rows = [f"| | ms |{heads}", "|---|" + "---|" * (len(against) + 1)]
    for name, seconds in found.items():
        ratios = "".join(f" {seconds / found[other]:.2f} |" for other in against)
        rows.append(f"| {name} | {seconds * 1000:.2f} |{ratios}")
    return "\n".join(rows)
