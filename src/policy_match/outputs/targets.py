"""Where a result may be written."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from policy_match.errors import UsageError, reason
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterable


def target(path: Path, inputs: Iterable[Path] = ()) -> Path:
    """Return the file or directory that `path` leads to, links followed.

    Raises UsageError where it is a device, a pipe or a socket, where it is one
    of the run's own inputs or a directory that holds one, and for a link that
    leads nowhere.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG
    except (OSError, ValueError) as error:
        raise cannot_write(path, error) from None
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise UsageError(said("not-a-file-out", path=path), said("name-a-file"))
    found = _real(path)
    for one in inputs:
        if there(one) and _real(one).is_relative_to(found):
            message = said("own-input", path=path, input=one)
            raise UsageError(message, said("name-another-output"))
    return found


def there(path: Path) -> Literal["", "file", "directory", "other"]:
    """Return what a path leads to, links followed.

    Nothing where it cannot be asked for: in a closed directory, under a name that
    is too long, or one with a null.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return ""
    if stat.S_ISREG(mode):
        return "file"
    return "directory" if stat.S_ISDIR(mode) else "other"


def distinct(*outputs: Path | None) -> None:
    """Raise UsageError where two outputs of one run are one, or one holds another."""
    found: list[tuple[Path, Path]] = []
    for path in filter(None, outputs):
        place = _real(path)
        for other, there in found:
            if place.is_relative_to(there) or there.is_relative_to(place):
                message = said("same-output", one=other, other=path)
                raise UsageError(message, said("name-another-output"))
        found.append((path, place))


def inside(directory: Path, name: str) -> Path:
    """Return the path of a file whose name is made of data.

    Raises UsageError where it would not lie inside `directory`.
    """
    parts = PurePosixPath(name).parts
    strange = "\\" in name or ":" in name or any(ord(mark) < ord(" ") for mark in name)
    if not parts or strange or name.startswith("/") or ".." in parts:
        raise UsageError(said("outside", name=name, path=directory))
    return directory.joinpath(*parts)


def _real(path: Path) -> Path:
    try:
        return Path(os.path.realpath(path))
    except ValueError as error:
        raise cannot_write(path, error) from None


def cannot_write(path: Path, error: OSError | ValueError) -> UsageError:
    """Return the error that says why a path cannot be written."""
    return UsageError(said("cannot-write", path=path, reason=reason(error)))
