"""What the engine of a static site is unpacked from: our code, and what it needs.

Each package is taken as it is installed. What only some calls need lies apart, and is
read when the first of them comes.
"""

from __future__ import annotations

import zipfile
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from policy_match.errors import UsageError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_OURS = "policy_match"
_AUTHORS = ("checks/",)
_LEFT_OUT = (
    *_AUTHORS,
    "backends/columnar/",
    "backends/forward_chaining/",
    "backends/spark/",
    "cli/",
    "firms/registers/",
    "reports/handbook/",
    "reports/templates/",
    "screening/",
    "web/static/",
)
"""Parts of the package that no page asks, or not at first."""
PACKS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "app.zip": {
        "babel": (
            "*.py",
            "localtime/*.py",
            "locale-data/root.dat",
            "locale-data/en*.dat",
            "locale-data/zh*.dat",
            "global.dat",
        ),
        "stdnum": ("*.py", "cn/*.py"),
        "yaml": ("*.py",),
    },
    "calendar.zip": {
        "icalendar": (
            "*.py",
            "cal/*.py",
            "parser/**/*.py",
            "prop/**/*.py",
            "timezone/*.py",
        ),
        "dateutil": ("*.py", "parser/*.py", "tz/*.py", "zoneinfo/*.py"),
        "six": ("six.py",),
        "tzdata": ("__init__.py", "zoneinfo/__init__.py", "zoneinfo/UTC", "zones"),
    },
    "sheet.zip": {
        "jinja2": ("*.py",),
        "markupsafe": ("*.py",),
        _OURS: ("reports/templates/sheet*",),
    },
}
"""By name: the packages in it, and which of their files; ours besides in the first."""


_AUTHORS_NEED: Mapping[str, Sequence[str]] = {
    "annotated_types": ("*.py",),
    "lark": ("*.py", "grammars/*.lark", "parsers/*.py"),
    "pydantic": ("*.py", "_internal/*.py", "plugin/*.py", "deprecated/*.py"),
    "typing_extensions": ("typing_extensions.py",),
    "typing_inspection": ("*.py",),
}


def packed(name: str) -> bytes:
    """Return a pack as a zip, the same whenever it is made.

    Raises UsageError where a package of it is not installed.
    """
    found = dict(_installed(PACKS[name]))
    if name == "app.zip":
        found |= dict(_ours())
    return _zipped(found)


def authors(wheel: Path) -> bytes:
    """Return what reads rulebooks, with the wheel of pydantic-core for browsers."""
    found = dict(_installed(_AUTHORS_NEED))
    home = _home(_OURS)
    for part in _AUTHORS:
        for path in home.joinpath(part).rglob("*.py"):
            found[f"{_OURS}/{path.relative_to(home).as_posix()}"] = path.read_bytes()
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.startswith("pydantic_core/"):
                found[name] = archive.read(name)
    return _zipped(found)


def _installed(packages: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, bytes]]:
    for package, patterns in packages.items():
        home = _home(package)
        for pattern in patterns:
            for path in home.glob(pattern):
                name = path.relative_to(home).as_posix()
                alone = patterns == (f"{package}.py",)
                yield name if alone else f"{package}/{name}", path.read_bytes()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip in which nothing tells when it was made."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name)  # of a fixed moment
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return data.getvalue()


def _ours() -> Iterator[tuple[str, bytes]]:
    home = _home(_OURS)
    for path in home.rglob("*"):
        name = path.relative_to(home).as_posix()
        if path.suffix in {".py", ".json"} and not name.startswith(_LEFT_OUT):
            yield f"{_OURS}/{name}", path.read_bytes()


def _home(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise UsageError(said("no-calendar"), said("install-calendar"))
    return Path(spec.origin).parent
