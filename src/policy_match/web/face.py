"""What a server answers by: one rulebook, its laws by day, and the queue."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from anyio import Lock, fail_after
from starlette.requests import ClientDisconnect

from policy_match import api
from policy_match.errors import (
    Fault,
    ProfileError,
    RecordError,
    RulebookError,
    UsageError,
)
from policy_match.language.messages import said
from policy_match.web.parameters import wrong_parameters
from policy_match.web.problems import Problem, of_parameter, refused
from policy_match.web.work import Queue

if TYPE_CHECKING:
    from asyncio import Task
    from collections.abc import Callable, Collection, Mapping
    from datetime import date

    from starlette.requests import Request

    from policy_match.api.bodies import Bodies, Body
    from policy_match.web.settings import Settings

T = TypeVar("T")
_JSON = "application/json"
_PLAIN = "identity"
UNPROCESSABLE = 422


class Face:
    """The rulebook behind a server, and how requests reach it."""

    def __init__(self, settings: Settings) -> None:
        """Load the rulebook; raises RulebookError where it is not sound."""
        self.settings = settings
        self.book = api.load(settings.rules, parameters=settings.parameters)
        self.digest = self.book.on(api.today()).program.digest
        self.queue = Queue(settings.waiting)
        self.handbook: Mapping[str, str] | None = None
        """Its pages, once one of them was asked for; each is made when it is read."""
        self.making = Lock()
        self.reading: Task[Any] | None = None

    def law(self, day: date | str | None) -> api.Law:
        """Return the law of a day, by default of today; raises Problem."""
        try:
            return self.book.on(day or api.today())
        except UsageError as error:
            raise of_parameter("on", *_told(error)) from None

    async def turn(self, request: Request, job: Callable[[], T]) -> T:
        """Return what a job returns in its turn; raises Problem for its faults."""
        try:
            return await self.queue.turn(job, request.is_disconnected)
        except (ProfileError, RecordError, RulebookError) as error:
            raise Problem(UNPROCESSABLE, error.faults) from None
        except UsageError as error:
            message, hint = _told(error)
            raise refused(UNPROCESSABLE, "H809", message, hint) from None

    async def data(self, request: Request, most: int) -> bytes:
        """Return the body of a request: JSON, not too long, not too slow."""
        kind = request.headers.get("content-type", "").partition(";")[0].strip()
        if kind.lower() != _JSON:
            hint = said("declare-json")
            raise refused(415, "H803", said("not-json-type"), hint)
        if request.headers.get("content-encoding", _PLAIN).strip().lower() != _PLAIN:
            raise refused(415, "H803", said("body-encoded"), said("send-plain"))
        size = request.headers.get("content-length", "")
        if size.isdigit() and int(size[:20]) > most:
            raise _too_large(most)
        found = bytearray()
        seconds = self.settings.slow
        try:
            with fail_after(seconds):
                async for part in request.stream():
                    found += part
                    if len(found) > most:
                        raise _too_large(most)
        except TimeoutError:
            message = said("body-too-slow", seconds=seconds)
            raise refused(408, "H811", message, said("send-at-once")) from None
        except ClientDisconnect:
            raise refused(408, "H811", said("not-json"), said("send-at-once")) from None
        return bytes(found)

    async def firms(self, request: Request, beside: Collection[str]) -> Bodies:
        """Return the firms that a request sends; raises Problem."""
        self.takes(request)
        data = await self.data(request, self.settings.body)
        try:
            found = api.read_bodies(data, beside)
        except ProfileError as error:
            lost = any(fault.code == "F509" for fault in error.faults)
            raise Problem(400 if lost else UNPROCESSABLE, error.faults) from None
        count, most = len(found.firms), self.settings.batch
        if not 1 <= count <= most:
            message, hint = (
                said("batch-size", count=count),
                said("batch-limit", most=most),
            )
            raise refused(UNPROCESSABLE, "H806", message, hint)
        return found

    def takes(self, request: Request) -> None:
        """Raise Problem where a POST has parameters, or names another rulebook."""
        if faults := wrong_parameters(request):
            raise Problem(UNPROCESSABLE, faults)
        wanted = request.headers.get("if-match", "*").split(",")
        if {one.strip().strip('"') for one in wanted}.isdisjoint({"*", self.digest}):
            message = said("rulebook-changed", digest=self.digest)
            raise refused(412, "H807", message, said("ask-again"))

    async def answers(
        self, request: Request, bodies: Bodies, answer: Callable[[api.Law, Body], Any]
    ) -> bytes:
        """Return the answer to each firm as JSON: all of them, or none.

        Raises Problem with the faults of all firms.
        """
        async with self.queue.place():
            faults: list[Fault] = []
            for body in bodies.firms:
                try:
                    await self.turn(request, partial(self._read, body))
                except Problem as problem:
                    if problem.status != UNPROCESSABLE:
                        raise
                    faults += problem.faults
            if faults:
                raise Problem(UNPROCESSABLE, dict.fromkeys(faults))
            found = [
                await self.turn(request, partial(self._answer, body, answer))
                for body in bodies.firms
            ]
        return written(found if bodies.several else found[0])

    def _law(self, body: Body) -> api.Law:
        return self.book.on(body.day)

    def _answer(self, body: Body, answer: Callable[[api.Law, Body], Any]) -> Any:  # noqa: ANN401
        return answer(self._law(body), body)

    def _read(self, body: Body) -> None:
        """Raise ProfileError with all that is wrong with a firm."""
        self._law(body).known(body.profile)


def _told(error: UsageError) -> tuple[Any, Any]:
    return error.message, error.hint


def _too_large(most: int) -> Problem:
    message = said("body-too-large", size=most // 1024)
    return refused(413, "H802", message, said("send-less"))


def written(found: Any) -> bytes:  # noqa: ANN401  (any JSON)
    """Return data as JSON in UTF-8, keys in the order of the command line."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"
