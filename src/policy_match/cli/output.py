"""Results to stdout or, whole or not at all, to a file."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path

import click

from policy_match.errors import UsageError, reason
from policy_match.messages import said


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
