"""How a server is set up; what crosses to its worker processes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self

KB = 1024
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True)
class Settings:
    """What a server answers by, to whom, and how much at once."""

    rules: str | None = None
    parameters: str | None = None
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    """The names it answers to; none: to any."""
    origins: tuple[str, ...] = ()
    """Of other sites whose pages may ask it (CORS)."""
    frames: tuple[str, ...] = ()
    """Of other sites whose pages may show the interview in a frame."""
    body: int = 256 * KB
    """Bytes of a request with firms."""
    record: int = 4096 * KB
    """Bytes of a decision record, which has the whole answer in it."""
    batch: int = 100
    """Firms in one request."""
    waiting: int = 256
    """Requests that may wait for their turn in one process."""
    slow: int = 20
    """Seconds in which a body must have arrived."""

    def written(self) -> str:
        """Return the settings as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, line: str) -> Self:
        """Return the settings that `written` wrote."""
        found = json.loads(line)
        found |= {name: tuple(found[name]) for name in ("hosts", "origins", "frames")}
        return cls(**found)
