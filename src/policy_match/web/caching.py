"""What a client has already: tags of answers, and when none is sent again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import HTTPConnection

_NOT_MODIFIED = 304


def tag_of(*parts: str) -> str:
    """Return the tag of what these parts make out; weak, for it may be compressed."""
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def unchanged(
    request: HTTPConnection, tag: str, headers: Mapping[str, str]
) -> Response | None:
    """Return the answer to a client that has what a tag stands for, else None."""
    known = request.headers.get("if-none-match", "")
    tags = {one.strip().removeprefix("W/") for one in known.split(",")}
    if tags.isdisjoint({tag.removeprefix("W/"), "*"}):
        return None
    return Response(status_code=_NOT_MODIFIED, headers={**headers, "ETag": tag})


def content(
    request: HTTPConnection, text: str, kind: str, headers: Mapping[str, str]
) -> Response:
    """Return a text that clients may keep, and ask for again by its tag."""
    tag = tag_of(text)
    told = {"Cache-Control": "no-cache", **headers}
    known = unchanged(request, tag, told)
    return known or Response(text, headers={**told, "ETag": tag}, media_type=kind)
