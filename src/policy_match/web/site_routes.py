"""The pages of a server: start, interview, form, handbook; each has its JSON."""

from __future__ import annotations

from asyncio import create_task
from functools import cache
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from policy_match.language.messages import said
from policy_match.web import pages
from policy_match.web.caching import content
from policy_match.web.face import written
from policy_match.web.guard import POLICY, allowing, framed_by
from policy_match.web.handbook import page_data
from policy_match.web.negotiation import language_of
from policy_match.web.problems import refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match import api
    from policy_match.web.face import Face
    from policy_match.web.problems import Problem

router = APIRouter(include_in_schema=False)
_SITE = pages.Site(
    engine="server",
    links={
        "home": "/?lang={lang}",
        "firm": "/firm?lang={lang}",
        "check": "/check?lang={lang}",
        "handbook": "/handbook/{lang}/sections.html",
        "api": "/openapi.json",
    },
    root="/",
)
_DATA = ".json"
_KINDS = {"css": "text/css", "js": "text/javascript", "html": "text/html"}


def _html(request: Request, text: str, lang: str, policy: str = POLICY) -> Response:
    told = {"Content-Security-Policy": policy}
    return content(request, text, "text/html", _spoken(lang) | told)


def _json(request: Request, found: Any, lang: str) -> Response:  # noqa: ANN401  (JSON)
    text = written(found).decode()
    return content(request, text, "application/json", _spoken(lang))


def _spoken(lang: str) -> dict[str, str]:
    return {"Content-Language": lang, "Vary": "Accept-Language"}


async def _law(request: Request) -> api.Law:
    face: Face = request.app.state.face
    return await face.turn(request, lambda: face.law(None))


def _nothing() -> Problem:
    return refused(404, "H804", said("no-page"), said("see-openapi"))


@router.get("/")
async def start(request: Request) -> Response:
    """The page from which everything is reached, the handbook by the next step."""
    face: Face = request.app.state.face
    lang = language_of(request)
    if face.handbook is None and face.reading is None:
        face.reading = create_task(_page(face, f"{lang}/sections.html"))
    return _html(request, pages.start(_SITE, await _law(request), lang), lang)


@router.get("/firm")
async def firm(request: Request) -> Response:
    """The interview."""
    lang = language_of(request)
    face: Face = request.app.state.face
    text = pages.firm(_SITE, await _law(request), lang)
    return _html(request, text, lang, framed_by(face.settings.frames))


@router.get("/check")
async def check(request: Request) -> Response:
    """All facts on one page."""
    face: Face = request.app.state.face
    lang, law = language_of(request), await _law(request)
    text = await face.turn(
        request, lambda: pages.check(_SITE, law, lang, face.book.themes(lang))
    )
    return _html(request, text, lang)


@router.get("/{page}.json")
async def data(request: Request, page: str) -> Response:
    """What a page is about, as data: where the API has it."""
    face: Face = request.app.state.face
    lang, law = language_of(request), await _law(request)
    about: dict[str, object] = {
        "rulebook": {"id": law.program.rulebook, "digest": face.digest},
        "on": law.day.isoformat(),
    }
    match page:
        case "index":
            found = about | {
                "pages": [link.format(lang=lang) for link in _SITE.links.values()]
            }
        case "firm":
            empty = {"on": law.day.isoformat(), "facts": {}}
            found = about | {"ask": "/api/v1/questions", "body": empty}
        case "check":
            facts = await face.turn(request, lambda: law.list_facts(lang))
            found = about | {"ask": "/api/v1/check", "facts": facts}
        case "handbook":
            async with face.making:
                names = sorted(await _handbook(face))
            found = about | {"pages": names}
        case _:
            raise _nothing()
    return _json(request, found, lang)


@router.get("/handbook")
@router.get("/handbook/")
async def handbook_start(request: Request) -> Response:
    """The first page of the handbook."""
    return RedirectResponse(f"/handbook/{language_of(request)}/sections.html")


@router.get("/handbook/{name:path}")
async def handbook(request: Request, name: str) -> Response:
    """A page of the handbook, which stands by itself, or what is on it as data."""
    face: Face = request.app.state.face
    if name.endswith(_DATA):
        law = await _law(request)
        page = name.removesuffix(_DATA)
        found = await face.turn(request, lambda: page_data(law, page))
        if found is None:
            raise _nothing()
        return _json(request, found, name.partition("/")[0])
    text = await _page(face, name)
    if text is None:
        raise _nothing()
    return _html(request, text, name.partition("/")[0], allowing(text))


async def _handbook(face: Face) -> Mapping[str, str]:
    if face.handbook is None:
        face.handbook = await to_thread.run_sync(face.book.handbook)
    return face.handbook


async def _page(face: Face, name: str) -> str | None:
    """Return a page of the handbook; the first one takes seconds, and no turn."""
    async with face.making:
        found = await _handbook(face)
        return await to_thread.run_sync(found.get, name)


@cache
def _static(name: str) -> str | None:
    if name == "style.css":
        return pages.style()
    if name == "embed.js":
        return pages.embed(_SITE)
    return pages.script(name) if name in pages.STATIC else None


@router.get("/static/{name}")
async def static(request: Request, name: str) -> Response:
    """A style sheet or a script, by its name."""
    text = _static(name)
    if text is None:
        raise _nothing()
    kind = _KINDS[name.rpartition(".")[2]]
    return content(request, text, kind, {})
