"""The static site: handbook and self-assessment, whole in one directory.

The engine runs in the browser: the runtime is that of `--runtime`, and our code, with
what it needs, is packed as it is installed. Nothing is fetched from elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from policy_match.errors import UsageError
from policy_match.ir.codec import encode
from policy_match.language.messages import said
from policy_match.language.words import LANGUAGES
from policy_match.web import pages
from policy_match.web.packs import PACKS, packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from policy_match import api

RUNTIME = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
"""What the browser's runtime consists of, as its npm package has it."""
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; "
    "form-action 'none'"
)


def build(book: api.Rulebook, days: Sequence[date], runtime: Path) -> dict[str, bytes]:
    """Return the files of the site by their paths.

    Raises UsageError where the runtime is not whole or a package is missing,
    RulebookError where a day has no law.
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
    listed = [law.day.isoformat() for law in laws]
    found["laws/days.json"] = json.dumps(listed).encode()
    for law in laws:
        found[f"laws/{law.day.isoformat()}.json"] = encode(law.program)
    found |= {name: text.encode() for name, text in _pages(book, laws)}
    names = sorted(found)
    version = hashlib.sha256(b"".join(found[name] for name in names)).hexdigest()
    kept = ["./", *(f"./{name}" for name in names)]
    told = f"const VERSION = {json.dumps(version[:16])};\nconst FILES = "
    found["files.js"] = f"{told}{json.dumps(kept, indent=1)};\n".encode()
    found["sw.js"] = pages.script("sw.js").encode()
    return found


def _pages(book: api.Rulebook, laws: Sequence[api.Law]) -> Iterator[tuple[str, str]]:
    latest = laws[-1]
    site = pages.Site(
        engine="worker",
        links={
            "home": "index.{lang}.html",
            "firm": "firm.{lang}.html",
            "check": "check.{lang}.html",
            "handbook": "handbook/{lang}/sections.html",
        },
        policy=POLICY,
        days=tuple(law.day for law in laws),
    )
    for lang in LANGUAGES:
        yield f"index.{lang}.html", pages.start(site, latest, lang)
        yield f"firm.{lang}.html", pages.firm(site, latest, lang)
        themes = book.themes(lang)
        yield f"check.{lang}.html", pages.check(site, latest, lang, themes)
    yield "index.html", pages.start(site, latest, LANGUAGES[0])
    yield "static/style.css", pages.style()
    for name in (*pages.STATIC, "worker.js"):
        yield f"static/{name}", pages.script(name)
    yield "static/embed.js", pages.embed(site)
    for name, text in book.handbook(latest.day).items():
        yield f"handbook/{name}", text
