"""The API: `/api/v1` (docs/web.md)."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from fastapi import APIRouter, Request
from starlette.responses import Response

from policy_match import api
from policy_match.errors import Fault, Place, UsageError, did_you_mean
from policy_match.language.messages import said
from policy_match.records.sealing import canonical
from policy_match.version import __version__
from policy_match.web import openapi
from policy_match.web.asked import CALLS
from policy_match.web.caching import tag_of, unchanged
from policy_match.web.face import UNPROCESSABLE, Face, written
from policy_match.web.guard import allowing
from policy_match.web.negotiation import language_of, weights
from policy_match.web.parameters import wrong_parameters
from policy_match.web.problems import Problem, of_parameter, refused

if TYPE_CHECKING:
    from collections.abc import Callable

router = APIRouter(prefix="/api/v1")
_JSON = "application/json"
_CALENDAR = "text/calendar"
_PAGE = "text/html"
_MOST_CODES = 20


class _Got(NamedTuple):
    """What a GET is answered from."""

    face: Face
    law: api.Law
    lang: str


async def _get(
    request: Request, on: str | None, make: Callable[[_Got], bytes], *beside: str
) -> Response:
    """Answer a GET: by its tag where the client has the answer already.

    `beside` are the parameters that it has besides the day.
    """
    face: Face = request.app.state.face
    lang = language_of(request)
    faults = wrong_parameters(request, "on", *beside)
    async with face.queue.place():
        try:
            law = await face.turn(request, lambda: face.law(on))
        except Problem as problem:
            faults += problem.faults
            law = await face.turn(request, lambda: face.law(None))
        got = _Got(face, law, lang)
        if faults:
            # What else is wrong is told as well, by the law of today.
            try:
                await face.turn(request, lambda: make(got))
            except Problem as problem:
                faults += problem.faults
            raise Problem(UNPROCESSABLE, faults)
        today = api.today().isoformat()
        tag = tag_of(face.digest, law.day.isoformat(), today, lang, __version__)
        headers = {
            "Cache-Control": "no-cache",
            "Content-Language": lang,
            "Policy-Match-Digest": face.digest,
            "Vary": "Accept-Language",
        }
        if known := unchanged(request, tag, headers):
            return known
        data = await face.turn(request, lambda: make(got))
    return Response(data, headers=headers | {"ETag": tag}, media_type=_JSON)


@router.get("/policies", **openapi.listing("policies"))
async def policies(request: Request, on: str | None = None) -> Response:
    """Every policy of the rulebook, in force on the day or not."""
    return await _get(request, on, lambda got: _text(got.law.list_policies, got))


@router.get("/policies/{policy}", **openapi.listing("policy"))
async def policy(request: Request, policy: str, on: str | None = None) -> Response:
    """All there is to say of one policy: conditions, figures, documents, claim."""

    def make(got: _Got) -> bytes:
        known = got.law.every_policy
        if policy not in known:
            hint = did_you_mean(policy, known, said("see-openapi"))
            raise refused(404, "H804", said("unknown-policy", name=policy), hint)
        return _text(lambda *how: got.law.show_policy(policy, *how), got)

    return await _get(request, on, make)


def _text(told: Callable[[str, str], str], got: _Got) -> bytes:
    return written(json.loads(told("json", got.lang)))


@router.get("/facts", **openapi.listing("facts"))
async def facts(request: Request, on: str | None = None) -> Response:
    """The vocabulary: every fact, what it means and what it may be."""
    return await _get(request, on, lambda got: written(got.law.list_facts(got.lang)))


@router.get("/parameters", **openapi.listing("parameters"))
async def parameters(request: Request, on: str | None = None) -> Response:
    """The figures of the law on the day, each with its window and documents."""
    return await _get(
        request, on, lambda got: written(got.law.list_parameters(got.lang))
    )


@router.get("/codes", **openapi.listing("codes"))
async def codes(
    request: Request, fact: str = "", q: str = "", on: str | None = None
) -> Response:
    """At most twenty codes of a classification by words, the likeliest first."""

    def make(got: _Got) -> bytes:
        try:
            found = got.law.list_codes(fact, q, got.lang, _MOST_CODES)
        except UsageError as error:
            raise of_parameter("fact", *_told(error)) from None
        return written(found)

    return await _get(request, on, make, "fact", "q")


def _told(error: UsageError) -> tuple[Any, Any]:
    return error.message, error.hint


async def _post(request: Request, name: str) -> Response:
    face: Face = request.app.state.face
    lang = language_of(request)
    answer, beside = CALLS[name]
    bodies = await face.firms(request, beside)
    data = await face.answers(
        request, bodies, lambda law, body: answer(law, body, lang)
    )
    return _private(data, face, lang)


def _private(data: bytes, face: Face, lang: str, kind: str = _JSON) -> Response:
    headers = {
        "Cache-Control": "no-store",
        "Content-Language": lang,
        "Policy-Match-Digest": face.digest,
    }
    return Response(data, headers=headers, media_type=kind)


@router.post("/check", **openapi.asking("check"))
async def check(request: Request) -> Response:
    """Which incentives a firm gets, how much, by which article, and why not.

    The decision sheets, to print, where HTML is asked for.
    """
    if not _wants(request, _PAGE):
        return await _post(request, "check")
    found = await _told_as_text(
        request, _PAGE, lambda some, lang: api.render(some, "sheet", lang)
    )
    found.headers["Content-Security-Policy"] = allowing(bytes(found.body).decode())
    return found


@router.post("/questions", **openapi.asking("questions"))
async def questions(request: Request) -> Response:
    """What to ask the firm next, and how its answer stands so far."""
    return await _post(request, "questions")


@router.post("/plan", **openapi.asking("plan"))
async def plan(request: Request) -> Response:
    """What to do, by when, where and with which papers; a calendar where asked for."""
    if not _wants(request, _CALENDAR):
        return await _post(request, "plan")
    return await _told_as_text(
        request, _CALENDAR, lambda found, lang: api.render_plan(found, "ics", lang)
    )


def _wants(request: Request, kind: str) -> bool:
    """Whether a client asks for another kind, and not for JSON as well or before."""
    wanted = weights(request.headers.get("accept", ""))
    return wanted.get(kind, 0.0) > wanted.get(_JSON, 0.0)


async def _told_as_text(
    request: Request, kind: str, make: Callable[[list[api.Answer], str], str]
) -> Response:
    face: Face = request.app.state.face
    lang = language_of(request)
    bodies = await face.firms(request, ())
    await face.answers(
        request, bodies, lambda law, body: law.known(body.profile) and None
    )

    def written_down() -> bytes:
        found = [
            face.book.on(body.day).assess(body.profile, today=body.today)
            for body in bodies.firms
        ]
        return make(found, lang).encode()

    async with face.queue.place():
        return _private(await face.turn(request, written_down), face, lang, kind)


@router.post("/records", **openapi.asking("records"))
async def records(request: Request) -> Response:
    """The sealed decision record of the answer for one firm."""
    face: Face = request.app.state.face
    lang = language_of(request)
    bodies = await face.firms(request, ("at",))
    if bodies.several:
        count = len(bodies.firms)
        message = said("one-firm-a-record", count=count)
        raise refused(UNPROCESSABLE, "H806", message, said("send-one"))
    (body,) = bodies.firms
    await face.answers(
        request, bodies, lambda law, body: law.known(body.profile) and None
    )
    at = body.beside.get("at") or datetime.now().astimezone().isoformat("T", "seconds")

    def sealed() -> bytes:
        answer = face.book.on(body.day).assess(body.profile, today=body.today)
        try:
            return answer.record(str(at), lang)
        except UsageError as error:
            fault = Fault(Place(api.BODY, pointer="/at"), "H809", *_told(error))
            raise Problem(UNPROCESSABLE, [fault]) from None

    async with face.queue.place():
        return _private(await face.turn(request, sealed), face, lang)


@router.post("/replay", **openapi.asking("replay"))
async def replay(request: Request) -> Response:
    """Give a recorded decision again, and say where it differs."""
    face: Face = request.app.state.face
    face.takes(request)
    data = await face.data(request, face.settings.record)
    with suppress(ValueError, RecursionError):
        # A seal is of what a record says; on its way a client may write it anew.
        data = canonical(json.loads(data))
    async with face.queue.place():
        found = await face.turn(request, lambda: api.replay(data, face.book).to_dict())
    return _private(written(found), face, language_of(request))
