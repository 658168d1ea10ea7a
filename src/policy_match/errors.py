"""Every way policy-match can refuse, as data.

An error carries a code, a place, a message and a hint; it never carries a
sentence that only a terminal understands. Messages are lower case, one line,
without a full stop. Only the command line catches these and prints them.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file; lines and columns count from one."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return `file:line:column`, the form editors turn into a link."""
        return f"{self.file}:{self.line}:{self.column}"

    def right(self, columns: int) -> Place:
        """Return the place `columns` further along the same line."""
        return Place(self.file, self.line, self.column + columns)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, where it is, and what to do about it.

    `code` is documented in docs/error-codes.md; `line` is the offending source
    line, so that a caret can be drawn without reading the file again.
    """

    place: Place
    code: str
    message: str
    hint: str = ""
    line: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return the fault as one line: place, code, message and hint."""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.place}: {self.code} {self.message}{hint}"

    def caret(self) -> str:
        """Return the source line with a caret below the place, or nothing."""
        if not self.line.strip():
            return ""
        lead = "".join(_blank(c) for c in self.line[: self.place.column - 1])
        return f"    {self.line}\n    {lead}^"


def _blank(char: str) -> str:
    # A full-width character is two columns wide, so its blank must be as well.
    if char == "\t":
        return char
    return "\u3000" if ord(char) >= 0x1100 else " "  # noqa: PLR2004


class PolicyMatchError(Exception):
    """The root of all errors this package raises on purpose."""


class FaultsError(PolicyMatchError):
    """Input that cannot be used, with all its faults at once, in file order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults sorted by place and without repetition."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[type[FaultsError], tuple[tuple[Fault, ...]]]:
        """Rebuild from the faults, so that the error crosses processes whole."""
        return type(self), (self.faults,)


class RulebookError(FaultsError):
    """A rulebook that is not sound; nothing is evaluated with it."""


class ProfileError(FaultsError):
    """A firm's profile that cannot be read as its author meant it."""


class UsageError(PolicyMatchError):
    """A request that makes no sense as asked: an unknown policy, a bad date."""


class BackendError(PolicyMatchError):
    """A backend that cannot answer; never a wrong answer instead."""


class BackendUnavailableError(BackendError):
    """An optional engine that is not installed, with the command that mends it."""

    def __init__(self, backend: str, mend: str) -> None:
        """Name the backend and the mend."""
        self.backend, self.mend = backend, mend
        super().__init__(f"{backend} is not available; {mend}")


class UnsupportedError(BackendError):
    """A program that is outside what one backend can express."""


class OverflowsError(BackendError):
    """A number beyond what exact columns hold; an error, never a wrap."""


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, or an empty string.

    >>> nearest("employes", ["employees", "revenue"])
    'employees'
    """
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return close[0] if close else ""


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return the hint that names the nearest known name, or `otherwise`."""
    guess = nearest(name, known)
    return f"did you mean `{guess}`?" if guess else otherwise
