"""Every way policy-match can refuse, as data.

An error carries a code, a place, a message and a hint; it never carries a
sentence that only a terminal understands. Messages are lower case, one line,
without a full stop. Only the command line catches these and prints them, in
the language of whoever reads them.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from policy_match.language.messages import (
    Message,
    clean,
    in_language,
    said,
    shortened_path,
)
from policy_match.language.words import label

if TYPE_CHECKING:
    from collections.abc import Iterable


class Place(NamedTuple):
    """A position in a file, or in JSON; lines and columns count from one.

    In JSON it is a `pointer` (RFC 6901); `line` then counts the values in the order
    in which they were read, so that faults keep that order.
    """

    file: str
    line: int = 1
    column: int = 1
    pointer: str | None = None

    def __str__(self) -> str:
        """Return `file:line:column`, the form editors turn into a link."""
        if self.pointer is not None:
            return f"{shortened_path(self.file)}#{self.pointer}"
        return f"{shortened_path(self.file)}:{self.line}:{self.column}"

    def right(self, columns: int) -> Place:
        """Return the place `columns` further along the same line."""
        return self._replace(column=self.column + columns)


Severity = Literal["error", "warning", "note"]
"""An error stops what it is in; a warning and a note are told, and stop nothing."""
_TOLD, _NOTED = "R4", frozenset({"R413"})
"""What codes of findings begin with; those that say nothing is wrong."""

Hint = Message | Literal[""]
"""What to do about a fault, where there is something to say."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, where it is, and what to do about it.

    `code` is documented in docs/error-codes.md; `line` is the offending source
    line, so that a caret can be drawn without reading the file again.
    """

    place: Place
    code: str
    message: Message
    hint: Hint = ""
    line: str = field(default="", compare=False)

    @property
    def severity(self) -> Severity:
        """Whether it stops what it is in, or is only told."""
        if not self.code.startswith(_TOLD):
            return "error"
        return "note" if self.code in _NOTED else "warning"

    def __str__(self) -> str:
        """Return the fault in English as one line: place, code, message, hint."""
        return self.to("en")

    def to(self, language: str) -> str:
        """Return the fault as one line in a language."""
        message = clean(self.message.to(language))
        place = clean(str(self.place))
        hint = clean(in_language(self.hint, language))
        between = label("semicolon", language) if hint else ""
        return f"{place}: {self.code} {message}{between}{hint}"

    def caret(self) -> str:
        """Return the source line with a caret below the place, or nothing.

        Of a long line only the part around the place is shown.
        """
        if not self.line.strip():
            return ""
        at = min(self.place.column - 1, len(self.line))
        start = max(0, at - _AROUND)
        shown = self.line[start : at + _AROUND]
        lead = "".join(map(_blank, self.line[start:at]))
        return f"    {_visible(shown)}\n    {lead}^"


_AROUND = 60


def _visible(text: str) -> str:
    return "".join(c if c == "\t" else clean(c) for c in text).rstrip()


def _blank(char: str) -> str:
    """Return what takes the room of `char` in the line below it."""
    if char == "\t":
        return char
    if unicodedata.combining(char):
        return ""
    return "\u3000" if unicodedata.east_asian_width(char) in "WF" else " "


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


class RecordError(FaultsError):
    """A decision record that cannot be used: no record, changed, or of other rules."""


class UsageError(PolicyMatchError):
    """A request that makes no sense as asked: an unknown policy, a bad date."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the message, and what to do about it."""
        self.message, self.hint = message, hint
        super().__init__(message + (f"; {hint}" if hint else ""))

    def __reduce__(self) -> tuple[type[UsageError], tuple[str, str]]:
        """Rebuild from both parts."""
        return type(self), (self.message, self.hint)


class BackendError(PolicyMatchError):
    """A backend that cannot answer; never a wrong answer instead."""


class BackendUnavailableError(BackendError):
    """An optional engine that is not installed, with the command that mends it."""

    def __init__(self, backend: str, mend: str) -> None:
        """Name the backend and the mend."""
        self.backend, self.mend = backend, mend
        super().__init__(said("backend-unavailable", backend=backend, mend=mend))

    def __reduce__(self) -> tuple[type[BackendUnavailableError], tuple[str, str]]:
        """Rebuild from both parts."""
        return type(self), (self.backend, self.mend)


class UnsupportedError(BackendError):
    """A program that is outside what one backend can express."""


class OverflowsError(BackendError):
    """A number beyond what exact columns hold; an error, never a wrap."""


_LONGEST_NAME = 100
"""Characters of a name that is compared with those that are known."""
_ALIKE = 0.6


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, or an empty string.

    >>> nearest("alhpa", ["alpha", "beta"])
    'alpha'
    """
    import difflib  # noqa: PLC0415  (only where something is wrong)

    if len(name) > _LONGEST_NAME:
        return ""
    # What shares too few characters cannot be alike: that is cheap to see.
    some = [
        other
        for other in known
        if 2 * sum(map(other.__contains__, name)) >= _ALIKE * (len(name) + len(other))
    ]
    close = difflib.get_close_matches(name, some, n=1, cutoff=_ALIKE)
    return close[0] if close else ""


def did_you_mean(name: str, known: Iterable[str], otherwise: Hint = "") -> Hint:
    """Return the hint that names the nearest known name, or `otherwise`."""
    guess = nearest(name, known)
    return said("did-you-mean", guess=guess) if guess else otherwise


_IN_WORDS = re.compile(r"\(os error (\d+)\)")
_REASONS = {
    errno.ENOENT: "no-such-file",
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.EROFS: "no-permission",
    errno.EISDIR: "is-a-directory",
    errno.ENOTDIR: "not-a-directory",
    errno.EEXIST: "file-exists",
    errno.ENOSPC: "disk-full",
    errno.ENAMETOOLONG: "name-too-long",
}


def reason(error: OSError | ValueError) -> Message:
    """Return why a file could not be used, without the words of the system.

    A path that no system can have, for it holds a null, is a ValueError. Polars
    tells the system's number in its own words.
    """
    if isinstance(error, ValueError):
        return said("no-such-file")
    told = _IN_WORDS.search(str(error)) if error.errno is None else None
    number = int(told[1]) if told else error.errno or 0
    return said(_REASONS.get(number, "other-reason"), number=number)
