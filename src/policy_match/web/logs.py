"""The log: a JSON object a line, without facts, addresses or messages of defects."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import PurePath


def log(**fields: object) -> None:
    """Write a line of the log: never a fact, nor an address, which may hold some."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    print(json.dumps({"time": now, **fields}), file=sys.stderr, flush=True)  # noqa: T201


def where(error: BaseException) -> list[str]:
    """Return where a defect is; what its message says may be a firm's."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{PurePath(f.filename).name}:{f.lineno} {f.name}" for f in frames]


class Lines(logging.Handler):
    """What the libraries below say, as lines of the same log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; of a defect, its kind and its places alone."""
        told: dict[str, object] = {"level": record.levelname, "from": record.name}
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            told["message"] = record.getMessage()
        else:
            told |= {"defect": type(error).__name__, "at": where(error)}
        log(**told)


def take_over() -> None:
    """Have warnings of the libraries written to this log, by whatever process."""
    logging.basicConfig(handlers=[Lines(logging.WARNING)], level=logging.WARNING)
