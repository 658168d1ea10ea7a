"""The files of a rulebook, found and read; nothing is parsed here."""

from __future__ import annotations

from pathlib import Path

from policy_match.errors import Fault, Place, RulebookError, reason
from policy_match.messages import said


def shipped_rules() -> Path:
    """Return the directory of the rulebook that comes with the package."""
    package = Path(__file__).parent.parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parents[1] / "rules"


def read_directory(directory: Path) -> dict[str, bytes]:
    """Return the bytes of every YAML file below `directory`, in name order.

    Raises RulebookError where there is none, or one cannot be read.
    """
    files = [
        path
        for path in sorted(directory.rglob("*"))
        if path.suffix in {".yaml", ".yml"} and path.is_file()
    ]
    if not files:
        there = directory.is_dir()
        message = said("no-yaml-file" if there else "no-directory", path=directory)
        hint = said("name-a-rulebook")
        raise RulebookError([Fault(Place(str(directory)), "R206", message, hint)])
    return {shown(path): _read(path) for path in files}


def parameters_file(path: Path) -> bytes:
    """Return the bytes of a parameters file; raises RulebookError."""
    return _read(path)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = said("unreadable", reason=reason(error))
        fault = Fault(Place(shown(path)), "R206", message)
        raise RulebookError([fault]) from None


def shown(path: Path) -> str:
    """Return a path as people would type it from where they are."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
