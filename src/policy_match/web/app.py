"""The application: routes, refusals and what stands around them."""

from __future__ import annotations

import json
import os
from functools import cache

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, Response

from policy_match.language.messages import said
from policy_match.version import __version__
from policy_match.web import openapi, problems, routes, site_routes
from policy_match.web.caching import content
from policy_match.web.face import Face
from policy_match.web.guard import Guard, defect
from policy_match.web.logs import take_over
from policy_match.web.settings import Settings

SETTINGS = "POLICY_MATCH_SERVE"
"""The variable by which worker processes are told how they are set up."""
_NO_METHOD = 405
_SMALL = 1024


def create(settings: Settings) -> Guard:
    """Return the application; raises RulebookError where its rulebook is not sound."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.router.redirect_slashes = False
    app.state.face = face = Face(settings)
    app.include_router(routes.router)

    @cache
    def description() -> str:
        return json.dumps(openapi.described(app, face), ensure_ascii=False)

    async def described(request: Request) -> Response:
        return content(request, description(), "application/json", {})

    async def health() -> JSONResponse:
        told = {"status": "ok", "version": __version__, "digest": face.digest}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    app.add_api_route("/openapi.json", described, include_in_schema=False)
    app.add_api_route("/health", health, include_in_schema=False)
    app.include_router(site_routes.router)
    app.add_exception_handler(problems.Problem, _refused)
    app.add_exception_handler(HTTPException, _missed)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALL)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.origins,
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["Content-Type", "If-Match", "If-None-Match"],
            expose_headers=["ETag", "Policy-Match-Digest", "X-Request-Id"],
        )
    return Guard(app, settings)


def from_environment() -> Guard:
    """Return the application of a worker process."""
    take_over()
    return create(Settings.read(os.environ[SETTINGS]))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, problems.Problem)  # noqa: S101  # INVARIANT: registered so
    return problems.response(error, request)


async def _missed(request: Request, error: Exception) -> Response:
    """Answer what leads nowhere: no such page, no such method."""
    assert isinstance(error, HTTPException)  # noqa: S101  # INVARIANT: registered so
    headers = dict(error.headers or {})
    if error.status_code == _NO_METHOD:
        if "GET" in headers.get("Allow", ""):
            headers["Allow"] += ", HEAD"
        message = said("no-method", method=request.method)
        problem = problems.refused(_NO_METHOD, "H805", message, said("see-openapi"))
    else:
        problem = problems.refused(404, "H804", said("no-page"), said("see-openapi"))
    problem.headers |= headers
    return problems.response(problem, request)


async def _failed(request: Request, error: Exception) -> Response:  # noqa: ARG001  (logged by the guard, without its message)
    return defect(request)
