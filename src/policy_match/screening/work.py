"""The directory a screening works in, and how its result gets its final name.

Everything is written beside the result under a hidden name. A part is renamed
when it is whole, and the result when all of it is: whoever stops a screening at
any moment leaves no incomplete file under a final name.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy_match.errors import UsageError
from policy_match.firms.registers.tables import files_of
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCHEMA = "policy-match/screening/1"
SUMMARY = "summary.json"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Work:
    """The hidden directory beside a result."""

    out: Path

    @property
    def root(self) -> Path:
        """The hidden directory itself."""
        return self.out.parent / f".{self.out.name}.screening"

    @property
    def result(self) -> Path:
        """Where the files of the result are written before they are whole."""
        return self.root / "result"

    @property
    def scratch(self) -> Path:
        """For what has to be converted."""
        return self.root / "scratch"

    @property
    def _earlier(self) -> Path:
        return self.out.parent / f".{self.out.name}.earlier"

    def check(self) -> None:
        """Raise UsageError where `out` is there and is not a screening's result."""
        if self._earlier.exists() and not self.out.exists():
            # A run was stopped between the two renames.
            self._earlier.rename(self.out)
        if not self.out.exists():
            return
        if not self.out.is_dir():
            raise UsageError(said("not-a-directory-out", path=str(self.out)))
        if any(self.out.iterdir()) and not _is_result(self.out):
            message = said("not-a-result", path=str(self.out))
            raise UsageError(message, said("name-another"))

    def prepare(self, inputs: Mapping[str, object], *, resume: bool) -> None:
        """Make the directory; keep finished parts of the very same inputs."""
        written = json.dumps(inputs, sort_keys=True)
        known = self.root / "inputs.json"
        same = resume and known.is_file() and known.read_text() == written
        if not same:
            shutil.rmtree(self.root, ignore_errors=True)
        self.root.mkdir(parents=True, exist_ok=True)
        known.write_text(written)
        for place in (self.result, self.scratch):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()

    def part(self, number: int) -> Path:
        """Return where a part stands once it is whole."""
        return self.root / f"part-{number:05d}"

    def begin(self, number: int) -> Path:
        """Return an empty directory to write a part into."""
        unfinished = self.root / f"unfinished-{number:05d}"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        return unfinished

    def finish(self, number: int) -> None:
        """Give a part that is whole its name."""
        (self.root / f"unfinished-{number:05d}").rename(self.part(number))

    def publish(self) -> None:
        """Give the result its final name, in place of an earlier result."""
        shutil.rmtree(self._earlier, ignore_errors=True)
        if self.out.exists():
            self.out.rename(self._earlier)
        self.result.rename(self.out)
        self.discard()

    def discard(self) -> None:
        """Remove everything but the result."""
        shutil.rmtree(self._earlier, ignore_errors=True)
        shutil.rmtree(self.root, ignore_errors=True)


def _is_result(path: Path) -> bool:
    try:
        summary = json.loads((path / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(summary, dict) and summary.get("schema") == SCHEMA


def looked_at(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a table and how many lines it has; raises OSError."""
    digest, lines = hashlib.sha256(), 0
    for part in files_of(path):
        with part.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                lines += chunk.count(b"\n")
    return f"sha256:{digest.hexdigest()}", lines
