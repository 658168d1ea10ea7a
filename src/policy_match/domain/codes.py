"""Hierarchical codes: a coarse code means every code below it.

The hierarchy is by prefix (`C2451` lies below `C245`, `C24` and `C`). What a
classification consists of is data: the divisions of each section (`C` → `C13`
… `C43`), so that a section is known to consist of its divisions and of nothing
else; the shape of a code at each level; or the list of all its codes.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from policy_match.domain.frozen import dataclass
from policy_match.domain.possible import Choice
from policy_match.domain.texts import NO_TEXT, Text
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth, of_possibilities

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 64
"""Characters of a code."""
_PICTURE = {"9": "[0-9]", "A": "[A-Z]", "X": "[0-9A-Z]"}


def is_picture(text: str) -> bool:
    """Return whether a text draws a code: `A` a letter, `9` a digit, `X` either."""
    return bool(text) and len(text) <= _LONGEST and set(text) <= _PICTURE.keys()


@dataclass(frozen=True, eq=False)
class CodeSystem:
    """A classification by code.

    `divisions` are its sections and the divisions each consists of, `names`
    what some of its codes are called. `shapes` draws a code of each level, as
    `is_picture` says (`A99`, `A999`); without any, a system of divisions has
    two to four digits behind a section. `codes` are all there are, where they
    are listed; then nothing else is a code.
    """

    id: str
    divisions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: Text = NO_TEXT
    names: Mapping[str, Text] = field(default_factory=dict)
    shapes: tuple[str, ...] = ()
    codes: frozenset[str] | None = None

    def below(self, code: str) -> tuple[str, ...]:
        """Return the codes that `code` consists of, where they are all known."""
        if self._listed:
            return self._children.get(code, ())
        if not code:
            return tuple(self.divisions)
        return self.divisions.get(code, ())

    def normal(self, text: str) -> str | None:
        """Return the code as the system writes it, or None where it has no place.

        Digits alone are given their section, and a point behind the section or
        the division is left out: `2451`, `C24.51` and `C.24.51` are `C2451`.
        """
        placed = self.spelt(text)
        if placed is None:
            return None
        if self.codes is not None:
            return placed if placed in self._listed else None
        if self.shapes:
            return placed if self._shaped.fullmatch(placed) else None
        return placed if self._two_to_four_digits(placed) else None

    def spelt(self, text: str) -> str | None:
        """Return a text as a code would be written, below its section."""
        parts = text.strip().upper().split(".")
        code = "".join(parts)
        if not code or len(text) > _LONGEST:
            return None
        heads = ("".join(parts[:count]) for count in range(1, len(parts)))
        if self.divisions and not all(map(self._before_a_point, heads)):
            return None
        return self._placed(code)

    def _before_a_point(self, head: str) -> bool:
        section = self._sections.get(head.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        return (
            head in self.divisions
            or head in self._sections
            or (section is not None and head.startswith(section))
        )

    def _placed(self, code: str) -> str | None:
        """Return a code below its section; None where there is no such section."""
        if not self.divisions or code in self.divisions:
            return code
        for length in self._lengths:
            if (section := self._sections.get(code[:length])) is not None:
                return section + code
        for section, divisions in self.divisions.items():
            if code.startswith(section) and code.startswith(divisions):
                return code
        return None

    def _two_to_four_digits(self, code: str) -> bool:
        if not self.divisions or code in self.divisions:
            return True
        digits = code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return digits.isascii() and digits.isdigit() and len(digits) <= 4  # noqa: PLR2004

    @cached_property
    def _sections(self) -> Mapping[str, str]:
        """The section of each division, by the division without it."""
        return {
            division.removeprefix(section): section
            for section, divisions in self.divisions.items()
            for division in divisions
        }

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(division) for division in self._sections}))

    @cached_property
    def _shaped(self) -> re.Pattern[str]:
        drawn = ("".join(_PICTURE[mark] for mark in shape) for shape in self.shapes)
        return re.compile("|".join(drawn))

    @cached_property
    def _listed(self) -> frozenset[str]:
        """Every code there is: those listed, and what levels lie above them."""
        if self.codes is None:
            return frozenset()
        above = {code[: len(shape)] for code in self.codes for shape in self.shapes}
        if self.shapes:
            above = {code for code in above if self._shaped.fullmatch(code)}
        return frozenset(self.codes | above | self.divisions.keys())

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        """The codes next below each code, and the topmost below the empty text."""
        found: dict[str, list[str]] = {}
        for code in sorted(self._listed):
            above = (code[:length] for length in range(len(code) - 1, 0, -1))
            parent = next((a for a in above if a in self._listed), "")
            found.setdefault(parent, []).append(code)
        return {code: tuple(below) for code, below in found.items()}


def under(value: Choice, codes: frozenset[str], system: CodeSystem) -> Truth:
    """Return how `value in codes` stands; absence is in nothing."""
    possible = {""} if value.members is None else {str(m) for m in value.members}
    truths = {_under(code, codes, system) for code in possible}
    can_hold = bool(truths & {TRUE, UNKNOWN})
    can_fail = bool(truths & {FALSE, UNKNOWN}) or value.absent
    return of_possibilities(can_hold, can_fail)


@lru_cache(maxsize=1 << 16)
def _under(code: str, codes: frozenset[str], system: CodeSystem) -> Truth:
    if any(code.startswith(c) for c in codes):
        return TRUE
    if not any(c.startswith(code) for c in codes):
        return FALSE
    parts = {_under(c, codes, system) for c in system.below(code)}
    return parts.pop() if len(parts) == 1 else UNKNOWN


def look_up(
    value: Choice, rows: tuple[tuple[str, str], ...], system: CodeSystem
) -> Choice:
    """Return the labels that the longest matching prefix may give.

    `rows` pairs a code with its label. A code no row covers gives no label:
    absence.
    """
    possible = {""} if value.members is None else {str(m) for m in value.members}
    labels: set[str | None] = {None} if value.absent else set()
    for code in possible:
        labels |= _labels(code, rows, system)
    found = frozenset(label for label in labels if label is not None)
    return Choice(found, absent=None in labels)


@lru_cache(maxsize=1 << 16)
def _labels(
    code: str, rows: tuple[tuple[str, str], ...], system: CodeSystem
) -> frozenset[str | None]:
    parts = system.below(code)
    if parts:
        return frozenset().union(*(_labels(part, rows, system) for part in parts))
    above = [(prefix, label) for prefix, label in rows if code.startswith(prefix)]
    finer = {
        label for prefix, label in rows if prefix.startswith(code) and prefix != code
    }
    own = max(above, key=lambda row: len(row[0]), default=("", None))[1]
    return frozenset((own, *finer))
