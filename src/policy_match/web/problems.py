"""What is wrong with a request: problem details (RFC 9457) with our own codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from policy_match.errors import Fault, Place
from policy_match.language.messages import said
from policy_match.records.sealing import canonical
from policy_match.web.negotiation import language_of
from policy_match.web.told import QUERY, REQUEST, details

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import HTTPConnection

    from policy_match.errors import Hint
    from policy_match.language.messages import Message

MEDIA = "application/problem+json"
_AFTER = 2
"""Seconds after which somebody who is turned away may come back."""


class FaultModel(BaseModel):
    """One thing that is wrong, where it is, and what to do about it."""

    model_config = ConfigDict(extra="forbid")

    code: str
    """As on the command line (docs/error-codes.md)."""
    message: str
    hint: str | None = None
    pointer: str | None = None
    """Where in the body (RFC 6901)."""
    parameter: str | None = None
    """Which parameter of the address."""
    place: str | None = None
    """Where in any other text, as `file:line:column`."""


class ProblemModel(BaseModel):
    """All that is wrong with a request, at once."""

    model_config = ConfigDict(extra="forbid")

    type: str
    title: str
    status: int
    faults: list[FaultModel]


class Problem(Exception):  # noqa: N818  (the name of RFC 9457)
    """A request that is refused."""

    def __init__(self, status: int, faults: Iterable[Fault], **headers: str) -> None:
        """Keep the status, the faults in their order, and headers of the response."""
        super().__init__()
        self.status, self.faults = status, tuple(faults)
        self.headers = {name.replace("_", "-"): text for name, text in headers.items()}


def refused(
    status: int, code: str, message: Message, hint: Hint = "", **headers: str
) -> Problem:
    """Return the problem of a request that cannot be taken at all."""
    return Problem(status, [Fault(Place(REQUEST), code, message, hint)], **headers)


def of_parameter(name: str, message: Message, hint: Hint = "") -> Problem:
    """Return the problem of a parameter of the address."""
    place = Place(QUERY, pointer=name)
    return Problem(422, [Fault(place, "H809", message, hint)])


def busy() -> Problem:
    """Return the problem of a request that comes when there are too many."""
    hint = said("come-back", seconds=_AFTER)
    return refused(503, "H808", said("busy"), hint, Retry_After=str(_AFTER))


def response(problem: Problem, request: HTTPConnection) -> Response:
    """Return a problem as JSON in the language of the request."""
    lang = language_of(request)
    data = details(problem.status, problem.faults, lang)
    headers = {"Cache-Control": "no-store", "Content-Language": lang}
    return Response(
        canonical(data), problem.status, headers | problem.headers, media_type=MEDIA
    )
