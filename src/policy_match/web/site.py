"""The static site: handbook and self-assessment, whole in one directory.

The engine runs in the browser: the runtime is that of `--runtime`, and our code, with
what it needs, is packed as it is installed. Nothing is fetched from elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from policy_match.errors import UsageError
from policy_match.ir.codec import encode
from policy_match.language.messages import said
from policy_match.language.words import LANGUAGES
from policy_match.web import pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

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
_LEFT_OUT = (
    "backends/columnar/",
    "backends/forward_chaining/",
    "backends/spark/",
    "checks/",
    "cli/",
    "firms/registers/",
    "reports/handbook/",
    "reports/templates/",
    "screening/",
    "web/static/",
)
"""Parts of the package that no page asks."""
_PYTHON = {
    "babel": (
        "*.py",
        "localtime/*.py",
        "locale-data/root.dat",
        "locale-data/en*.dat",
        "global.dat",
    ),
    "stdnum": ("*.py", "cn/*.py"),
    "yaml": ("*.py",),
}
"""What else is needed, by package: its files."""
_LOCALES = "locale-data/zh*.dat"


def build(book: api.Rulebook, days: Sequence[date], runtime: Path) -> dict[str, bytes]:
    """Return the files of the site by their paths.

    Raises UsageError where the runtime is not whole, RulebookError where a day has
    no law.
    """
    laws = [book.on(day) for day in sorted(set(days))]
    found: dict[str, bytes] = {}
    for name in RUNTIME:
        path = runtime / name
        if not path.is_file():
            raise UsageError(said("no-runtime", path=path), said("take-runtime"))
        found[f"runtime/{name}"] = path.read_bytes()
    found["app.zip"] = _packed()
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
    for name, text in book.handbook(latest.day).items():
        yield f"handbook/{name}", text


def _packed() -> bytes:
    """Return our code and what it needs as a zip, the same whenever it is made."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as zipped:
        for name, path in sorted(_sources()):
            entry = zipfile.ZipInfo(name)  # of a fixed moment
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, path.read_bytes())
    return packed.getvalue()


def _sources() -> Iterator[tuple[str, Path]]:
    ours = Path(__file__).parents[1]
    for path in ours.rglob("*"):
        name = path.relative_to(ours).as_posix()
        if path.suffix in {".py", ".json"} and not name.startswith(_LEFT_OUT):
            yield f"policy_match/{name}", path
    for package, patterns in _PYTHON.items():
        spec = find_spec(package)
        assert spec is not None  # noqa: S101  # INVARIANT: a dependency
        assert spec.origin is not None  # noqa: S101  # INVARIANT: the same
        home = Path(spec.origin).parent
        locales = (_LOCALES,) if package == "babel" else ()
        for pattern in (*patterns, *locales):
            for path in home.glob(pattern):
                yield f"{package}/{path.relative_to(home).as_posix()}", path
