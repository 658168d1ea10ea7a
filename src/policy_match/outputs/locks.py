"""Locks that die with the process that holds them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from policy_match.errors import UsageError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from pathlib import Path

_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


def locked(path: Path, result: Path) -> int:
    """Open a file that only its owner can read, and lock it; return its descriptor.

    The file is made where it is missing. Raises UsageError, which names
    `result`, where another run holds the lock, and OSError.
    """
    while True:
        descriptor = os.open(path, _OPEN, 0o600)
        try:
            _lock(descriptor)
            if _stands(path, descriptor):
                return descriptor
        except BlockingIOError:
            os.close(descriptor)
            message = said("taken", path=result)
            raise UsageError(message, said("name-another-output")) from None
        except BaseException:
            os.close(descriptor)
            raise
        # Whoever held it has renamed or removed the file meanwhile.
        os.close(descriptor)


def _stands(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
