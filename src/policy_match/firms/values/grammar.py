"""One grammar of values: from a text, however it was written, to what is possible.

A profile, a prompt, Python, HTTP and a register's cell all read texts by it; the
readers of whole columns know the plain ones themselves and ask it for the rest.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.frozen import dataclass
from policy_match.domain.possible import (
    NO_VALUE,
    NONE,
    Interval,
    Listing,
    exactly,
    one,
)
from policy_match.firms.values.conventions import HABITS
from policy_match.firms.values.days import days
from policy_match.firms.values.faults import ValueFault, wrong
from policy_match.firms.values.intervals import NumberGrammar
from policy_match.firms.values.members import MemberGrammar
from policy_match.firms.values.texts import DAMAGED, MERGED, normal, plain
from policy_match.language.locales import LOCALES, well_formed
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.possible import Possible
    from policy_match.firms.values.conventions import Habits
    from policy_match.language.locales import Locale

_BLANK = re.compile(r"[-‐-―−─_/\\.\s]*")
_ERROR = re.compile(r"#(?:n/a|div/0!|value!|ref!|name\?|num!|null!|spill!|calc!|#+)")
"""What a spreadsheet shows where a formula has no value."""
_NOTHING = "None"
"""What Python writes where nothing is known; `none` is somebody's answer."""
FIRST_DAY, LAST_DAY = date(1901, 1, 1), date(9998, 12, 31)
"""Beyond them lie 1900-01-01 and 9999-12-31, which programs write for no day."""
LONGEST = 1000
"""Characters of a value; what is longer is no value but a mistake."""
_FIRST, _LAST = FIRST_DAY.toordinal(), LAST_DAY.toordinal()


@dataclass(frozen=True)
class Grammar:
    """Reads texts of any fact in one locale."""

    locale: Locale
    systems: Mapping[str, CodeSystem]
    zone: str = ""
    """Where a time with an offset is turned into a day; the locale's own if empty."""

    @classmethod
    def of(
        cls, locale: str, systems: Mapping[str, CodeSystem], zone: str = ""
    ) -> Grammar:
        """Return the grammar of a locale by its id; English where it has none."""
        return cls(LOCALES.get(locale, LOCALES["en"]), systems, zone)

    @cached_property
    def habits(self) -> Habits:
        """What people and programs leave in cells."""
        return HABITS.get(self.locale.id, HABITS["en"])

    @cached_property
    def numbers(self) -> NumberGrammar:
        """How numbers are written."""
        return NumberGrammar(self.habits)

    @cached_property
    def words(self) -> MemberGrammar:
        """How yes and no, members and codes are written."""
        return MemberGrammar(self.locale, self.habits, self.systems)

    def value(self, spec: FactSpec, text: str, shift: int = 0) -> Possible | None:
        """Return what a text says of a fact; None where it says nothing.

        `shift` is a unit that stands for all of a column, as a power of ten; one
        in the text goes before it. Raises ValueFault, in time that grows with
        the length of the text.
        """
        if len(text) > LONGEST and len(text.strip()) > LONGEST:
            message = said("too-long-a-value", count=LONGEST)
            raise ValueFault("F502", message, said("shorten-it"), "long")
        low = plain(text)
        if low.startswith(MERGED.casefold()):
            raise wrong(spec, "merged", "merged", text=text)
        if DAMAGED in low:
            raise wrong(spec, "damaged", "damaged-text", text=text)
        if _ERROR.fullmatch(low):
            raise wrong(spec, "error-cell", "error-cell", text=text)
        if self.blank(low) or text.strip() == _NOTHING:
            return None
        if spec.type is FactType.BOOL:
            return self.words.truth(spec, normal(text))
        if low in self.locale.none or (spec.type.numeric and low in self.locale.some):
            return _none(spec) if low in self.locale.none else spec.some
        match spec.type:
            case FactType.DATE:
                return self._days(spec, low)
            case FactType.LIST:
                return self.listing(spec, _pairs(spec, low), shift)
            case FactType.TEXT:
                return one(self._text(spec, text.strip()))
            case FactType.ENUM:
                return self.words.members(spec, normal(text))
            case FactType.CODE:
                return self.words.codes(spec, normal(text))
            case _:
                return self.numbers.read(spec, low, shift)

    def blank(self, low: str) -> bool:
        """Return whether a plain text says that nothing is known."""
        words = self.habits.unknown, self.locale.unknown
        silent = low != ".." and _BLANK.fullmatch(low)
        return bool(silent) or any(low in some for some in words)

    def about(self, spec: FactSpec, text: str) -> bool:
        """Return whether a text gives a number as about so much, and no more."""
        counted = spec.type.numeric and spec.type is not FactType.DATE
        return counted and self.numbers.about(plain(text))

    def listing(
        self, spec: FactSpec, pairs: list[tuple[str, str]], shift: int = 0
    ) -> Listing:
        """Return the numbers of each pair; raises ValueFault."""
        items = []
        for pair in pairs:
            for end in map(plain, pair):
                whole = Interval(spec.low, spec.high)
                known = not self.blank(end)
                items.append(self.numbers.read(spec, end, shift) if known else whole)
        return Listing(tuple(items))

    def _text(self, spec: FactSpec, text: str) -> str:
        if not spec.format:
            return text
        known = well_formed(self.locale, spec.format, normal(text))
        if known is None:
            form = spec.format.upper()
            message = said("not-valid", text=text, format=form, title=spec.title)
            raise ValueFault("F503", message, said("copy-from-licence"), "identifier")
        return known

    # ---- days

    def _days(self, spec: FactSpec, low: str) -> Interval:
        found = days(low, self.zone or self.locale.timezone) or self._span(spec, low)
        if found is None or found.high < _FIRST or found.low > _LAST:
            raise wrong(spec, "day", "not-a-day", text=low)
        if found.low > found.high:
            message = said("empty-range", text=low)
            raise ValueFault("F502", message, said("lower-first"), "empty-range")
        if not spec.low <= found.low <= found.high <= spec.high:
            first, last = (date.fromordinal(int(e)) for e in (spec.low, spec.high))
            hint = said("lies-within", low=first, high=last)
            raise wrong(spec, "range", "cannot-be", hint, text=low)
        return found

    def _span(self, spec: FactSpec, low: str) -> Interval | None:
        zone = self.zone or self.locale.timezone
        for sign in self.habits.to:
            between = f" {sign} " if sign == "-" else sign
            if low.count(between) != 1:
                continue
            left, right = (part.strip() for part in low.split(between))
            if sign == ".." and not (left or right):
                raise wrong(spec, "day", "open-range")
            start = days(left, zone) if left else Interval(spec.low, spec.low)
            end = days(right, zone) if right else Interval(spec.high, spec.high)
            if start and end and (sign == ".." or (left and right)):
                return Interval(start.low, end.high)
        return None


def _none(spec: FactSpec) -> Possible:
    if spec.type is FactType.DATE and spec.may_be_none:
        return NO_VALUE
    if spec.type is FactType.LIST:
        raise wrong(spec, "list", "a-list")
    if spec.type.numeric and spec.type is not FactType.DATE:
        if spec.low <= 0 <= spec.high:
            return exactly(0)
        raise wrong(spec, "none", "cannot-be-none")
    if spec.may_be_none:
        return NONE
    raise wrong(spec, "none", "never-none", code="F502")


def _pairs(spec: FactSpec, low: str) -> list[tuple[str, str]]:
    pairs = [pair.split("/") for pair in low.strip("; ").split(";")]
    for pair in pairs:
        if len(pair) != 2:  # noqa: PLR2004
            raise wrong(spec, "list", "pairs")
    return [(start, end) for start, end in pairs]
