"""Hierarchical codes: a coarse code means every code below it.

The hierarchy is by prefix (`C2451` lies below `C245`, `C24` and `C`). A code
system may also list the divisions of each section (`C` → `C13` … `C43`), so
that a section is known to consist of its divisions and of nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_match.domain.possible import Choice
from policy_match.domain.texts import NO_TEXT, Text
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth, of_possibilities

if TYPE_CHECKING:
    from collections.abc import Mapping


_WRITTEN = re.compile(r"[A-Z]|[A-Z]?[0-9]{2}(?:\.?[0-9]{1,2})?")


@dataclass(frozen=True, eq=False)
class CodeSystem:
    """A classification: its sections and the divisions each consists of."""

    id: str
    divisions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: Text = NO_TEXT
    names: Mapping[str, Text] = field(default_factory=dict)

    def below(self, code: str) -> tuple[str, ...]:
        """Return the codes that `code` consists of, where they are all known."""
        if not code:
            return tuple(self.divisions)
        return self.divisions.get(code, ())

    def normal(self, text: str) -> str | None:
        """Return the code as the system writes it, or None where it has no place.

        Digits alone are given their section, and a point behind the division is
        left out: `2451` and `C24.51` are `C2451`.
        """
        code = text.strip().upper()
        if not self.divisions:
            return code.replace(".", "") or None
        if not _WRITTEN.fullmatch(code):
            return None
        code = code.replace(".", "")
        if code[:2].isdigit():
            for section, divisions in self.divisions.items():
                if section + code[:2] in divisions:
                    return section + code
            return None
        section, digits = code[:1], code[1:]
        if section not in self.divisions:
            return None
        known = not digits or section + digits[:2] in self.divisions[section]
        return code if known else None


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
