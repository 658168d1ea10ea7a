"""One answer at a time: what waits for its turn, and when no more may wait."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from anyio import CapacityLimiter, to_thread

from policy_match.language.messages import said
from policy_match.web.problems import refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

T = TypeVar("T")
_AFTER = 2
"""Seconds after which somebody who is turned away may come back."""


class Queue:
    """The turns of one process.

    An answer is a computation under one lock: several at once would only make each
    wait for all. While one is worked out, the loop goes on taking requests.
    """

    def __init__(self, most: int) -> None:
        """Let `most` requests wait."""
        self._most, self._here = most, 0
        self._turn: CapacityLimiter | None = None

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Take a place in the queue; raises Problem where there is none."""
        if self._here >= self._most:
            hint = said("come-back", seconds=_AFTER)
            raise refused(503, "H808", said("busy"), hint, Retry_After=str(_AFTER))
        self._here += 1
        try:
            yield
        finally:
            self._here -= 1

    async def turn(self, job: Callable[[], T]) -> T:
        """Wait for a turn, and return what a job returns."""
        if self._turn is None:
            self._turn = CapacityLimiter(1)
        return await to_thread.run_sync(job, limiter=self._turn)
