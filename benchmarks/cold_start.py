"""A cold `policy-match check`, answer printed, beside the imports it rests on.

    python benchmarks/cold_start.py [ROUNDS]

Each is a fresh process. `first` has an empty cache: it reads, checks and
compiles the whole rulebook; `again` finds the compiled program in the cache.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from machine import described, interleaved, table

if TYPE_CHECKING:
    from collections.abc import Callable

FIRM = "examples/firms/toy-maker.yaml"
CHECK = [str(Path(sys.executable).parent / "policy-match"), "check", FIRM]
IMPORTS = [sys.executable, "-c", "import click, pydantic, yaml, jinja2"]


def process(command: list[str], cache: str = "") -> Callable[[], None]:
    """Return a task that runs one process to its end."""
    env = os.environ | ({"POLICY_MATCH_CACHE": cache} if cache else {})

    def run() -> None:
        subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)

    return run


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    print(f"{described()}\n{rounds} rounds, interleaved, medians\n")
    with tempfile.TemporaryDirectory() as kept:
        process(CHECK, kept)()

        def first() -> None:
            with tempfile.TemporaryDirectory() as empty:
                process(CHECK, empty)()

        found = interleaved(
            {
                "imports": process(IMPORTS),
                "again": process(CHECK, kept),
                "first": first,
            },
            rounds,
        )
    print(table(found, "imports"))


if __name__ == "__main__":
    main()
