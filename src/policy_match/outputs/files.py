"""One file, written beside its target and renamed."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from policy_match.outputs.locks import locked
from policy_match.outputs.targets import cannot_write, target

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_file(path: Path, text: str | bytes, inputs: Iterable[Path] = ()) -> None:
    """Write a file whole, or leave what was there.

    Raises UsageError where `target` refuses it, where another run is writing
    it, and where it cannot be written.
    """
    found = target(path, inputs)
    data = text.encode() if isinstance(text, str) else text
    beside = found.with_name(f".{found.name}.part")
    try:
        with os.fdopen(locked(beside, path), "wb") as file:
            try:
                file.truncate()
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                os.chmod(beside, 0o666 & ~umask())  # noqa: PTH101
                beside.replace(found)
            except BaseException:
                # Once the lock has gone, the file is another run's.
                with contextlib.suppress(OSError):
                    beside.unlink()
                raise
    except OSError as error:
        raise cannot_write(path, error) from None


def umask() -> int:
    """Return which rights new files of this process do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
