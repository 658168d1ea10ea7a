"""The commands: the only place that catches errors and prints."""

import atexit
import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

# A command is over before its garbage counts, and to look for it takes a tenth of
# its time, most of it while modules are imported.
gc.set_threshold(200_000, 50, 50)

# Columns of a large table come and go some ten times a second: memory that Polars
# gives back at once, as it does by default, is asked for again at once. It is read
# when Polars is first imported; what somebody has set stands.
os.environ.setdefault(
    "_RJEM_MALLOC_CONF", "narenas:2,dirty_decay_ms:5000,muzzy_decay_ms:5000"
)

from policy_match.cli.main import main as _run  # noqa: E402

_ended_with: int | None = None


@atexit.register  # as one of the first, so that it is called after all others
def _leave() -> None:
    """Leave at once: the system takes memory back faster than piece by piece."""
    if _ended_with is not None:
        with suppress(OSError, ValueError):
            sys.stderr.flush()
        os._exit(_ended_with)


def main() -> NoReturn:
    """Run a command as a program of its own, and leave it with the command's code."""
    global _ended_with  # noqa: PLW0603  (what a process ends with is of the process)
    try:
        _run()
    except SystemExit as end:
        if isinstance(end.code, int):
            _ended_with = end.code
        raise


__all__ = ["main"]
