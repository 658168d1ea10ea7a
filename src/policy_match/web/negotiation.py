"""What a client prefers, of what there is: a language, a compression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.words import LANGUAGES

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

LANGUAGE = "lang"
"""The parameter of an address that names a language before any header does."""


def weights(header: str) -> dict[str, float]:
    """Return what a header names, each with its quality, in their order.

    >>> weights("fr, en-GB ; q=0.8, gzip;q=0, x;q=nan")
    {'fr': 1.0, 'en-gb': 0.8, 'gzip': 0.0, 'x': 0.0}
    """
    found: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *how = (one.strip() for one in part.split(";"))
        given = [one.removeprefix("q=") for one in how if one.startswith("q=")]
        if name:
            found.setdefault(name, _quality(given[0] if given else "1"))
    return found


def _quality(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if 0 <= found <= 1 else 0.0


def language_of(request: HTTPConnection) -> str:
    """Return the language that a request prefers, of those there are; else `zh`.

    >>> from starlette.requests import HTTPConnection
    >>> head = [(b"accept-language", b"fr, en-GB;q=0.8, zh;q=0.5")]
    >>> scope = {"type": "http", "headers": head, "query_string": b""}
    >>> language_of(HTTPConnection(scope))
    'en'
    >>> language_of(HTTPConnection(scope | {"query_string": b"lang=zh"}))
    'zh'
    """
    asked = request.query_params.get(LANGUAGE, "")
    if asked in LANGUAGES:
        return asked
    best = (0.0, LANGUAGES[0])
    for name, quality in weights(request.headers.get("accept-language", "")).items():
        found = name.partition("-")[0]
        if found in LANGUAGES and quality > best[0]:
            best = (quality, found)
    return best[1]


def takes_gzip(header: str) -> bool:
    """Whether `Accept-Encoding` lets an answer be compressed.

    >>> takes_gzip("br, gzip"), takes_gzip("gzip;q=0, *"), takes_gzip("*")
    (True, False, True)
    """
    found = weights(header)
    return found.get("gzip", found.get("*", 0.0)) > 0
