"""One answer at a time: what waits for its turn, and when no more may wait."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from anyio import CapacityLimiter, to_thread

from policy_match.language.messages import said
from policy_match.web.problems import busy, refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

T = TypeVar("T")


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
            raise busy()
        self._here += 1
        try:
            yield
        finally:
            self._here -= 1

    async def turn(
        self, job: Callable[[], T], gone: Callable[[], Awaitable[bool]]
    ) -> T:
        """Wait for a turn, and return what a job returns.

        Raises Problem where whoever asked is gone by then: nobody else waits longer
        for an answer that nobody reads.
        """
        if self._turn is None:
            self._turn = CapacityLimiter(1)
        async with self._turn:
            if await gone():
                raise refused(408, "H811", said("nobody-waits"), said("send-at-once"))
            return await to_thread.run_sync(job)
