"""Results to stdout or, whole or not at all, to files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import outputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OUTPUTS = frozenset(("out", "record", "history", "map_out"))
"""Parameters of commands that name what is written; any other path is an input."""


def ready() -> None:
    """Look at all paths of the command line, before anything is done.

    Raises UsageError where a result cannot go where it is told to: onto an
    input, onto another result, into a device.
    """
    inputs, found = list(_paths(output=False)), list(_paths(output=True))
    outputs.distinct(*found)
    for path in found:
        outputs.target(path, inputs)


def write(text: str, path: Path | None) -> None:
    """Write a result; raises UsageError where the file cannot be written."""
    if path is None:
        click.echo(text, nl=not text.endswith("\n"), file=sys.stdout)
        return
    ready()
    outputs.write_file(path, text if text.endswith("\n") else text + "\n")


def write_folder(files: Mapping[str, str] | Mapping[str, bytes], folder: Path) -> None:
    """Write a directory of files, all of them or none; raises UsageError."""
    ready()
    outputs.write_directory(folder, files)


def _paths(*, output: bool) -> Iterator[Path]:
    """Yield the paths given on the command line, of results or of what is read."""
    context = click.get_current_context()
    for param in context.command.params:
        name = param.name or ""
        if isinstance(param.type, click.Path) and (name in _OUTPUTS) is output:
            value = context.params.get(name)
            for one in value if isinstance(value, tuple) else (value,):
                if one not in {None, "-"}:
                    yield Path(one)
