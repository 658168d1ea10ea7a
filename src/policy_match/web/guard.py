"""What stands around every request: names, headers, the log, defects of ours.

Plain ASGI, so that nothing stands between a response and its client.
"""

from __future__ import annotations

import base64
import hashlib
import re
import time
from asyncio import CancelledError
from secrets import token_hex
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection

from policy_match.language.messages import said
from policy_match.web.logs import log, where
from policy_match.web.negotiation import takes_gzip
from policy_match.web.problems import busy, refused, response

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from policy_match.web.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_ALONE = "frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_DEFECT = 500
_NAME = "policy-match.id"


def framed_by(origins: Collection[str]) -> str:
    """Return the content policy of a page that pages of these sites may show."""
    named = " ".join(origins) or "'none'"
    return POLICY.replace(_ALONE, f"frame-ancestors {named}")


def allowing(text: str) -> str:
    """Return the policy under which the styles and the scripts of a page count.

    Each is named by its digest: what somebody brought into the page would not be.
    """
    found: dict[str, list[str]] = {"script": [], "style": []}
    for kind, inside in _INLINE.findall(text):
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        found[kind].append(f"'sha256-{digest}'")
    policy = POLICY
    for kind, digests in found.items():
        ours = " ".join([f"{kind}-src 'self'", *digests])
        policy = policy.replace(f"{kind}-src 'self'", ours)
    return policy


def defect(request: HTTPConnection) -> Response:
    """Return what is told of a defect of ours: the id under which it is logged."""
    hint = said("tell-the-id", id=request.scope[_NAME])
    problem = refused(_DEFECT, "H800", said("web-defect"), hint)
    return response(problem, request)


class Guard:
    """The outermost part of the server."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        """Stand around `app`."""
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, whatever happens, and log that it was."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, name, status = time.perf_counter(), token_hex(8), 0
        bodiless = scope["method"] == "HEAD"
        asked = {**_plainly(scope), _NAME: name}

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = name
                for key, text in HEADERS.items():
                    headers.setdefault(key, text)
                if _ALONE not in headers["Content-Security-Policy"]:
                    # It can name no sites, and older browsers would heed it alone.
                    del headers["X-Frame-Options"]
            elif bodiless:
                message["body"] = b""
            await send(message)

        try:
            await self._answered(asked, receive, sent)
        except CancelledError:
            # The server was told to stop, and has waited as long as it may.
            if not status:
                problem = busy()
                await response(problem, HTTPConnection(asked))(asked, receive, sent)
        except Exception as error:  # noqa: BLE001  (told as a defect of ours)
            log(id=name, defect=type(error).__name__, at=where(error))
            if not status:
                await defect(HTTPConnection(asked))(asked, receive, sent)
        finally:
            route = getattr(asked.get("route"), "path", None)
            spent = round((time.perf_counter() - began) * 1000)
            method = scope["method"]
            log(id=name, method=method, route=route, status=status, ms=spent)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        host = _host(Headers(scope=scope).get("host", ""))
        if self.settings.hosts and host not in self.settings.hosts:
            # A name that is made to lead here (DNS rebinding) is not ours.
            message, hint = said("host-not-named"), said("name-the-host")
            if host:
                message = said("host-not-known", name=host)
                hint = said("allow-host", name=host)
            problem = refused(421, "H810", message, hint)
            await response(problem, HTTPConnection(scope))(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _host(text: str) -> str:
    """Return a host without its port.

    >>> _host("localhost:8000"), _host("[::1]:80")
    ('localhost', '::1')
    """
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0].lower().rstrip(".")


def _plainly(scope: Scope) -> Scope:
    """Return a request as the routes know it.

    HEAD asks for what GET does, without its body; whether an answer may be compressed
    depends on the qualities in the header, which the compressor does not read.
    """
    headers = Headers(scope=scope)
    kept = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
    if takes_gzip(headers.get("accept-encoding", "")):
        kept.append((b"accept-encoding", b"gzip"))
    method = "GET" if scope["method"] == "HEAD" else scope["method"]
    return {**scope, "headers": kept, "method": method}
