"""What is asked of one screening, what is told meanwhile, and what it found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from policy_match.domain.texts import Window
    from policy_match.ir.program import Program
    from policy_match.language.messages import Message
    from policy_match.screening.takeup import TakeUp

MOST_ROWS = 150_000
MOST_REJECTS = 0.1


@dataclass(frozen=True)
class Request:
    """What is asked of one screening."""

    program: Program
    firms: Path
    claims: Path | None
    out: Path
    lang: str
    law: str = ""
    """What else, besides the rulebook's digest, the program was made from."""
    everything: bool = False
    resume: bool = False
    history: Path | None = None
    """Where what is found is kept beside earlier screenings."""
    rows: int = MOST_ROWS
    """Rows a part, at most."""
    strict: bool = False
    """Whether a cell that cannot be read costs the row, and not only the fact."""
    mapping: Path | None = None
    """A file that says of the register what its headings do not."""
    sheet: str = ""
    """The sheet of a workbook to read; empty: all with the same headings."""
    most_rejects: float = MOST_REJECTS
    """The share of rows that may be refused before the register itself is."""
    today: date | None = None
    """The day from which deadlines are dated; left out: that of the law."""
    same_law: Window | None = None
    """The days whose law is that of the program; left out: its own alone."""
    backend: str = "polars"
    """Who screens the parts: this process, or Spark."""

    @property
    def asked_on(self) -> date:
        """The day from which deadlines are dated; no finding depends on it."""
        return self.today or self.program.day


@dataclass
class Screening:
    """What a screening found, for whoever asked."""

    takeup: TakeUp
    screened: int
    rejected: int
    """Rows, of the register and of the claims."""
    claims: int
    """Claims that count."""
    listed: int = 0
    """Cells and rows that `rejects.csv` tells of."""
    left_out: int = 0
    """Firms that are no firms any more."""
    claims_rejected: int = 0
    """Claims that cannot be read, and those of firms that are not screened."""
    settling: Sequence[tuple[str, int]] = ()
    """Facts, and how many findings each would settle by itself; most first."""


@dataclass
class Progress:
    """What is told while a screening runs; silent unless overridden."""

    warnings: list[Message] = field(default_factory=list)

    def warn(self, message: Message) -> None:
        """Take a warning."""
        self.warnings.append(message)

    def expect(self, rows: int | None) -> None:
        """Take how many rows the register has, about; None where unknown."""

    def rows(self, number: int) -> None:
        """Take that so many more rows are done."""

    def stage(self, name: str) -> None:
        """Take what is done now."""
