"""Results to stdout or, whole or not at all, to a file."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match.errors import UsageError, reason
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Mapping


def write(text: str, path: Path | None) -> None:
    """Write a result; raises UsageError where the file cannot be written."""
    if path is None:
        click.echo(text, nl=not text.endswith("\n"), file=sys.stdout)
        return
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent or Path(), suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text if text.endswith("\n") else text + "\n")
            umask = os.umask(0)
            os.umask(umask)
            Path(temporary).chmod(0o666 & ~umask)
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            raise
    except OSError as error:
        message = said("cannot-write", path=path, reason=reason(error))
        raise UsageError(message) from None


MARK = ".policy-match"
"""A file in a folder we wrote, so that we replace that and nothing else."""


def write_folder(files: Mapping[str, str], folder: Path) -> None:
    """Write a folder of files, all of them or none.

    An earlier folder of ours is replaced. Raises UsageError where the folder
    is somebody else's, or cannot be written.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise UsageError(said("not-ours", path=folder), said("name-another"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
            fresh, earlier = Path(temporary) / "fresh", Path(temporary) / "earlier"
            for name, text in {**files, MARK: ""}.items():
                path = fresh / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            if folder.exists():
                folder.rename(earlier)
            fresh.rename(folder)
    except OSError as error:
        message = said("cannot-write", path=folder, reason=reason(error))
        raise UsageError(message) from None
