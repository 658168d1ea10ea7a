"""The static site: handbook and self-assessment, whole in one directory.

The engine runs in the browser: the runtime is that of `--runtime`, and our code, with
what it needs, is packed as it is installed. Nothing is fetched from elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from policy_match import api
from policy_match.errors import UsageError
from policy_match.ir.codec import encode
from policy_match.language.messages import said
from policy_match.language.words import LANGUAGES
from policy_match.web import pages
from policy_match.web.editor import modules
from policy_match.web.packs import PACKS, authors, packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

RUNTIME = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
"""What the browser's runtime consists of, as its npm package has it."""
_WHEEL = "wheels/pydantic_core-*wasm32.whl"
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; "
    "form-action 'none'"
)


def build(
    book: api.Rulebook,
    days: Sequence[date],
    runtime: Path,
    playground: Path | None = None,
) -> dict[str, bytes]:
    """Return the files of the site by their paths.

    It has the law of all days; its pages offer `days`, or any where none is given.
    `playground` is where the editor's packages and the wheel for browsers are; without
    it the site has none. Raises UsageError where the runtime is not whole or a package
    is missing, RulebookError where a day that is offered has no law.
    """
    laws = [book.on(day) for day in sorted(set(days))]
    found: dict[str, bytes] = {}
    for name in RUNTIME:
        path = runtime / name
        if not path.is_file():
            raise UsageError(said("no-runtime", path=path), said("take-runtime"))
        found[f"runtime/{name}"] = path.read_bytes()
    for name in PACKS:
        found[name] = packed(name)
    found["laws.json"] = encode(tuple(book.spans()))
    found |= {name: text.encode() for name, text in _pages(book, laws, playground)}
    later: dict[str, bytes] = {}
    if playground is not None:
        later = dict(_playground(book, playground))
    found |= later
    names = sorted(found)
    version = hashlib.sha256(b"".join(found[name] for name in names)).hexdigest()
    told = {
        "VERSION": version[:16],
        "FILES": ["./", *(f"./{name}" for name in names if name not in later)],
        "LATER": [f"./{name}" for name in later],
    }
    lines = [f"const {key} = {json.dumps(v, indent=1)};" for key, v in told.items()]
    found["files.js"] = "\n".join([*lines, ""]).encode()
    found["sw.js"] = pages.script("sw.js").encode()
    return found


def _pages(
    book: api.Rulebook, laws: Sequence[api.Law], playground: Path | None
) -> Iterator[tuple[str, str]]:
    latest = laws[-1] if laws else book.on(api.today())
    site = pages.Site(
        engine="worker",
        links={
            "home": "index.{lang}.html",
            "firm": "firm.{lang}.html",
            "check": "check.{lang}.html",
            "handbook": "handbook/{lang}/sections.html",
            **({"playground": "playground.{lang}.html"} if playground else {}),
        },
        policy=POLICY,
        days=tuple(law.day for law in laws),
    )
    for lang in LANGUAGES:
        yield f"index.{lang}.html", pages.start(site, latest, lang)
        yield f"firm.{lang}.html", pages.firm(site, latest, lang)
        if playground:
            yield f"playground.{lang}.html", pages.playground(site, latest, lang)
        themes = book.themes(lang)
        yield f"check.{lang}.html", pages.check(site, latest, lang, themes)
    yield "index.html", pages.start(site, latest, LANGUAGES[0])
    yield "static/style.css", pages.style()
    for name in (*pages.STATIC, "worker.js"):
        yield f"static/{name}", pages.script(name)
    yield "static/embed.js", pages.embed(site)
    for name, text in book.handbook(latest.day).items():
        yield f"handbook/{name}", text


def _playground(book: api.Rulebook, place: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what only the playground takes, and what nobody else waits for."""
    for name, text in modules(place / "node_modules").items():
        yield f"playground/editor/{name}", text.encode()
    wheel = next(iter(sorted(place.glob(_WHEEL))), None)
    if wheel is None:
        raise UsageError(said("no-wheel", path=place), said("take-editor"))
    yield "playground/authors.zip", authors(wheel)
    schema = book.schemas()["rule-file.schema.json"]
    yield "playground/rule-file.schema.json", json.dumps(schema).encode()
    for lang in LANGUAGES:
        rules, firm = f"playground.{lang}.yaml", f"playground-firm.{lang}.yaml"
        yield f"playground/rules.{lang}.yaml", pages.script(rules).encode()
        yield f"playground/firm.{lang}.yaml", pages.script(firm).encode()
    for name in ("playground.js", "schema.js"):
        yield f"static/{name}", pages.script(name).encode()
