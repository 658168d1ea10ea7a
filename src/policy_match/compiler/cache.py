"""Programs kept between runs, by the content they were made from.

One is kept for each span of days on which the law is the same. It is used only where
the rulebook's bytes, the local parameters and this package are the very ones it was
made from, where the day lies in its span, where its own checksum holds, and where
nobody but the present user can have written it. In every other case it is made anew;
a cache that cannot be used is no error.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policy_match.ir.codec import DamagedError, decode_spans, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from policy_match.domain.texts import Window
    from policy_match.ir.spans import SpanProgram

_KEPT = 24
_CHECKSUM = 32
_OTHERS_WRITE = 0o022


def directory() -> Path:
    """Return where programs are kept: the user's own cache directory."""
    chosen = os.environ.get("POLICY_MATCH_CACHE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path  # noqa: PLC0415  (only here)

    return user_cache_path("policy-match")


def key(parts: Iterable[bytes]) -> str:
    """Return the name of what is made from `parts` by this very package."""
    made_by = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        status = path.stat()
        made_by.update(f"{path.name} {status.st_size} {status.st_mtime_ns}".encode())
    for part in parts:
        made_by.update(hashlib.sha256(part).digest())
    return made_by.hexdigest()


def named(key_: str, window: Window) -> str:
    """Return the name of the program of a span of days."""
    first, last = window.start or date.min, window.end or date.max
    return f"{key_}.{first.isoformat()}.{last.isoformat()}"


def names(key_: str, day: date) -> Iterator[str]:
    """Yield the names under which a program of a day is kept."""
    with contextlib.suppress(OSError):
        for path in directory().glob(f"{key_}.*.program"):
            _, _, days = path.stem.partition(".")
            first, _, last = days.partition(".")
            if first <= day.isoformat() <= last:
                yield path.stem


def recall(name: str) -> SpanProgram | None:
    """Return the program kept under `name`, or None where none can be trusted."""
    path = directory() / f"{name}.program"
    try:
        if not (_own(path.parent) and _own(path)):
            return None
        data = path.read_bytes()
    except OSError:
        return None
    checksum, body = data[:_CHECKSUM], data[_CHECKSUM:]
    if hashlib.sha256(name.encode() + body).digest() != checksum:
        return None
    try:
        (found,) = decode_spans(body)
    except (DamagedError, ValueError):  # make it anew
        return None
    return found


def keep(name: str, program: SpanProgram) -> None:
    """Keep a program for later runs, or do nothing where that is impossible."""
    place = directory()
    body = encode((program,))
    checksum = hashlib.sha256(name.encode() + body).digest()
    with contextlib.suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _own(place):
            return
        handle, temporary = tempfile.mkstemp(dir=place, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(checksum + body)
        Path(temporary).replace(place / f"{name}.program")
        _prune(place)


def _own(path: Path) -> bool:
    status = path.lstat()
    if not hasattr(os, "getuid"):
        return not path.is_symlink()
    writable = status.st_mode & _OTHERS_WRITE
    return status.st_uid == os.getuid() and not writable and not path.is_symlink()


def _prune(place: Path) -> None:
    kept = sorted(place.glob("*.program"), key=lambda p: p.stat().st_mtime)
    for old in kept[:-_KEPT]:
        old.unlink(missing_ok=True)
