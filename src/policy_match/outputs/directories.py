"""A directory of results, written in a hidden one and swapped in whole."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from policy_match.domain.frozen import dataclass
from policy_match.errors import UsageError
from policy_match.language.messages import said
from policy_match.outputs.locks import locked
from policy_match.outputs.targets import cannot_write, inside, target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MARK = ".policy-match"
"""A file in a folder we wrote, so that we replace that and nothing else."""
_LOCK = "lock"
_AT_CWD, _EXCHANGE = -100, 2
"""Of renameat2(2), which puts two names in each other's place at once."""
_MOST_SYNCED = 200


@dataclass(frozen=True)
class Place:
    """A directory of results, and the hidden one beside it that becomes it.

    The hidden one can be read by its owner only; what is made in `result` gets
    the rights that new files of the process have.
    """

    out: Path
    suffix: str = "part"

    @property
    def root(self) -> Path:
        """The hidden directory."""
        return self.out.parent / f".{self.out.name}.{self.suffix}"

    @property
    def result(self) -> Path:
        """What takes the place of `out` in the end."""
        return self.root / "result"

    @property
    def _earlier(self) -> Path:
        return self.out.parent / f".{self.out.name}.earlier"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the hidden directory for one run; it is made where it is missing.

        What an earlier run has left in it is still there; an earlier result that
        it left without its name gets that back. Raises UsageError
        where another run holds it, and OSError.
        """
        while True:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Whoever held it before may be just about to remove it.
            with suppress(FileNotFoundError):
                descriptor = locked(self.root / _LOCK, self.out)
                break
        try:
            if self._earlier.exists() and not self.out.exists():
                # A run has died between two names.
                self._earlier.rename(self.out)
            yield
        finally:
            os.close(descriptor)

    def clear(self, *but: Path) -> None:
        """Remove what an earlier run has left, all but the lock and what is named."""
        for path in self.root.iterdir():
            if path.name != _LOCK and path not in but:
                _remove(path)

    def publish(self) -> None:
        """Give the result its name, in place of an earlier one."""
        _synced(self.result)
        shutil.rmtree(self._earlier, ignore_errors=True)
        if not self.out.exists():
            self.result.rename(self.out)
        elif not _exchanged(self.result, self.out):
            self.out.rename(self._earlier)
            self.result.rename(self.out)
        self.discard()

    def discard(self) -> None:
        """Remove everything but the result, the lock last.

        Once the lock has gone, what is in the hidden directory is another run's.
        """
        if self.out.exists():
            shutil.rmtree(self._earlier, ignore_errors=True)
        with suppress(OSError):
            self.clear()
            (self.root / _LOCK).unlink()
            self.root.rmdir()


def write_directory(out: Path, files: Mapping[str, str] | Mapping[str, bytes]) -> None:
    """Write a directory of files, all of them or none.

    An earlier directory of ours is replaced. Raises UsageError where it is
    somebody else's, where another run is writing it, where a name would lie
    outside it, and where it cannot be written.
    """
    place = Place(target(out))
    try:
        with place.held():
            try:
                # Before this run had it, another may have written something else.
                _ours(place.out)
                place.clear()
                for name, text in (*files.items(), (MARK, "")):
                    path = inside(place.result, name)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    data = text.encode() if isinstance(text, str) else text
                    path.write_bytes(data)
                place.publish()
            except BaseException:
                place.discard()
                raise
    except OSError as error:
        raise cannot_write(out, error) from None


def _ours(out: Path) -> None:
    """Raise UsageError where a directory is there that somebody else has written."""
    if out.is_file():
        raise UsageError(said("not-a-directory-out", path=out))
    if out.is_dir() and any(out.iterdir()) and not (out / MARK).exists():
        raise UsageError(said("not-ours", path=out), said("name-another"))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _synced(directory: Path) -> None:
    """See to it that what is renamed is on the disk, should the machine stop."""
    files = [path for path in directory.rglob("*") if path.is_file()]
    if len(files) > _MOST_SYNCED and hasattr(os, "sync"):
        os.sync()
        return
    for path in files:
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _exchanged(one: Path, other: Path) -> bool:
    """Swap two directories at once, where the system can."""
    if not sys.platform.startswith("linux"):
        return False
    swap = getattr(ctypes.CDLL(None), "renameat2", None)
    if swap is None:
        return False
    names = (os.fsencode(path) for path in (one, other))
    first, second = names
    failed: int = swap(_AT_CWD, first, _AT_CWD, second, _EXCHANGE)
    return not failed
