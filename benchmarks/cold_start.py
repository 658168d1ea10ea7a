"""A cold `policy-match check`, answer printed, beside the imports it rests on.

    python benchmarks/cold_start.py [ROUNDS]

Each is a fresh process. `check, first` has an empty cache: it reads, checks and
compiles the whole rulebook; `check, again` finds the compiled program in the
cache. `lint` never looks there.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from machine import described, interleaved, table

if TYPE_CHECKING:
    from collections.abc import Callable

FIRM = "examples/firms/toy-maker.yaml"
COMMAND = str(Path(sys.executable).parent / "policy-match")
CHECK = [COMMAND, "check", FIRM]
LINT = [COMMAND, "lint"]
IMPORTS = [sys.executable, "-c", "import click, pydantic, yaml, jinja2"]


def process(command: list[str], cache: str) -> int:
    """Run one process to its end and return its peak memory in kilobytes."""
    env = os.environ | {"POLICY_MATCH_CACHE": cache}
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(command, env=env, stdout=quiet, stderr=quiet)
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode:
        sys.exit(f"{command} failed")
    return usage.ru_maxrss


def processor_time() -> float:
    """Return the seconds that processes have used; none has more than a thread."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first() -> int:
    """Check a firm with an empty cache."""
    with tempfile.TemporaryDirectory() as empty:
        return process(CHECK, empty)


def main() -> None:
    """Print the table, and how much memory each takes."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    print(f"{described()}\n{rounds} rounds, interleaved; medians of processor time\n")
    with tempfile.TemporaryDirectory() as kept:
        tasks: dict[str, Callable[[], int]] = {
            "imports": partial(process, IMPORTS, kept),
            "check, first": first,
            "check, again": partial(process, CHECK, kept),
            "lint": partial(process, LINT, kept),
        }
        process(CHECK, kept)
        memory = {name: task() / 1000 for name, task in tasks.items()}
        found = interleaved(tasks, rounds, clock=processor_time)
    print(table(found, "imports"))
    print("\npeak memory: " + ", ".join(f"{n} {mb:.0f} MB" for n, mb in memory.items()))


if __name__ == "__main__":
    main()
