"""The directory a screening works in, and how its result gets its final name.

Everything is written beside the result under a hidden name. A part is renamed
when it is whole, and the result when all of it is: whoever stops a screening at
any moment leaves no incomplete file under a final name.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from policy_match.domain.frozen import dataclass
from policy_match.errors import UsageError
from policy_match.firms.registers.tables import files_of
from policy_match.language.messages import said
from policy_match.outputs import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SCHEMA = "policy-match/screening/1"
SUMMARY = "summary.json"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Work(Place):
    """The hidden directory beside a result, and the parts in it."""

    suffix: str = "screening"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the directory for one run, and its name against every other command.

        Parts stay where a run is stopped; what other commands lock does not. Raises
        UsageError where another run holds either, and OSError.
        """
        name = Place(self.out)
        with name.held():
            try:
                with super().held():
                    yield
            finally:
                name.discard()

    @property
    def scratch(self) -> Path:
        """For what has to be converted."""
        return self.root / "scratch"

    def scratch_of(self, table: str) -> Path:
        """Return where what is made of a table is put.

        Of two tables by the same name in two directories neither is the other's.
        """
        place = self.scratch / table
        place.mkdir(exist_ok=True)
        return place

    def check(self) -> None:
        """Raise UsageError where `out` is there and is not a screening's result."""
        if not self.out.exists():
            return
        if not self.out.is_dir():
            raise UsageError(said("not-a-directory-out", path=str(self.out)))
        if any(self.out.iterdir()) and not _is_result(self.out):
            message = said("not-a-result", path=str(self.out))
            raise UsageError(message, said("name-another"))

    def prepare(self) -> None:
        """Make room for the result, and for what has to be converted."""
        for place in (self.result, self.scratch):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()

    def keep(self, inputs: Mapping[str, object], *, resume: bool) -> None:
        """Keep finished parts of the very same inputs, and no others."""
        written = json.dumps(inputs, sort_keys=True)
        known = self.root / "inputs.json"
        same = resume and known.is_file() and known.read_text() == written
        if not same:
            self.clear(self.result, self.scratch)
        known.write_text(written)

    def asked_on(self, today: date) -> date:
        """Return the day of asking: of a run that goes on, the one it began with."""
        kept = self.root / "today"
        if not kept.is_file():
            kept.write_text(today.isoformat())
        return date.fromisoformat(kept.read_text())

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
