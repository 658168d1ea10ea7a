"""The files of a rulebook, found and read; nothing is parsed here."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from policy_match.errors import Fault, Place, RulebookError, reason
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Mapping


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


def digests(directory: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the digest of each file's bytes, by its name below `directory`.

    `files` are those that `read_directory` gave, from where it was called.
    """
    root = directory.resolve()
    return {
        _placed(Path(name)).relative_to(root).as_posix(): "sha256:"
        + hashlib.sha256(data).hexdigest()
        for name, data in files.items()
    }


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
        return str(_placed(path).relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _placed(path: Path) -> Path:
    """Return where a file stands; a link stands where it is, not where it leads."""
    return path.parent.resolve() / path.name
