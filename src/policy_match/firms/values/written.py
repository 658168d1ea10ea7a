"""One cell to what is possible of its fact, however it was typed.

The slow and thorough reader: columns go through it once for each distinct
value that the fast readers do not know.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.possible import NO_VALUE, Choice, Interval, Listing, one
from policy_match.domain.possible import plain as exact
from policy_match.firms.values.days import days
from policy_match.firms.values.reasons import BadCellError
from policy_match.firms.values.typed import ValueFault, typed
from policy_match.firms.values.units import plain, power

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.possible import Number, Possible
    from policy_match.firms.values.conventions import Habits
    from policy_match.language.locales import Locale

_BLANK = re.compile(r"[-‐-―−─_/\\.\s]*")
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+"
_UNIT = r"[^\d\s.,~+\-<>=≥≤][^\d.~+\-<>=≥≤]*?2?|"
_ONE = re.compile(rf"({_NUMBER})(?:e([+-]?\d{{1,2}}))?\s*({_UNIT})")
_LOSS = re.compile(r"\((.*)\)")
_TITLED_CODE = re.compile(r"([a-t]?\d{2,4}|[a-t])\s*[-:.]?\s*[\u4e00-\u9fff].*")
_BARE_CODE = re.compile(r"(\d{2,4})(?:\.0)?")
_SHORT = 3
_MOST_DIGITS = 30


@dataclass(frozen=True)
class Reader:
    """Reads cells of any fact in one locale."""

    locale: Locale
    habits: Habits
    systems: Mapping[str, CodeSystem]

    def cell(self, spec: FactSpec, text: str, shift: int = 0) -> Possible | None:
        """Return what a cell says of a fact; None where it says nothing.

        `shift` is the heading's unit, as a power of ten; a unit in the cell
        goes before it. Raises BadCellError.
        """
        low = plain(text)
        if self.blank(low):
            return None
        if spec.type is FactType.TEXT:
            return self._as_in_a_profile(spec, text.strip(), "member")
        if spec.type is FactType.BOOL:
            return self._bool(spec, low)
        if low in self.locale.none:
            return self._as_in_a_profile(spec, low, "none")
        if spec.type is FactType.DATE:
            return self._date(spec, low)
        if spec.type is FactType.LIST:
            return self._list(spec, low, shift)
        if spec.type.numeric:
            return self.number(spec, low, shift)
        return self._members(spec, unicodedata.normalize("NFKC", text).strip())

    def blank(self, low: str) -> bool:
        """Return whether a plain cell says that nothing is known."""
        return bool(_BLANK.fullmatch(low)) or low in self.habits.unknown

    def _as_in_a_profile(
        self, spec: FactSpec, text: str, reason: str
    ) -> Possible | None:
        try:
            return typed(spec, text, self.locale, self.systems)
        except ValueFault as fault:
            raise BadCellError("range" if fault.code == "F504" else reason) from None

    def _bool(self, spec: FactSpec, low: str) -> Possible | None:
        if low in self.locale.none:
            return self._as_in_a_profile(spec, low, "bool")
        if low in self.habits.true:
            return one(True)  # noqa: FBT003
        if low in self.habits.false:
            return one(False)  # noqa: FBT003
        return self._as_in_a_profile(spec, low, "bool")

    # ---- enums and codes

    def _members(self, spec: FactSpec, text: str) -> Choice:
        found: set[str | bool] = set()
        for part in re.split(r"[|;、]|或", text):
            if spec.type is FactType.CODE:
                found |= self._codes(spec, part)
            else:
                found.add(self._member(spec, plain(part)))
        return Choice(frozenset(found))

    def _member(self, spec: FactSpec, low: str) -> str:
        for member, title in spec.members.items():
            if low in {plain(member), *map(plain, title.by_language.values())}:
                return member
        raise BadCellError("member")

    def _codes(self, spec: FactSpec, text: str) -> set[str]:
        low = plain(text)
        if found := _TITLED_CODE.fullmatch(low):
            low = found[1]
        bare = _BARE_CODE.fullmatch(low)
        code = bare[1] if bare else low
        system = self.systems.get(spec.system)
        if system is None:
            return {code.upper()}
        if not bare and "." in code:
            raise BadCellError("code")
        candidates = {system.normal(code)}
        if bare and len(code) == _SHORT and system.divisions:
            # A spreadsheet may have dropped the zero of a four-digit code.
            candidates.add(system.normal("0" + code))
        codes = {code for code in candidates if code is not None}
        if not codes:
            raise BadCellError("code")
        return codes

    # ---- numbers

    def number(self, spec: FactSpec, low: str, shift: int = 0) -> Interval:
        """Return the numbers that a plain cell may mean; raises BadCellError."""
        found = self._comparison(spec, low, shift)
        if found is None:
            found = self._single(spec, low, shift) or self._range(spec, low, shift)
        if found is None:
            raise BadCellError("number")
        if found.low > found.high:
            raise BadCellError("empty-range")
        for end in found[:2]:
            if isinstance(end, float):
                continue
            if spec.type is FactType.INT and isinstance(end, Fraction):
                raise BadCellError("whole")
            if not spec.low <= end <= spec.high:
                raise BadCellError("range")
        return found

    def _single(self, spec: FactSpec, text: str, shift: int) -> Interval | None:
        if found := _LOSS.fullmatch(text):  # accountants put losses in brackets
            inner = self._single(spec, found[1], shift)
            if inner is None or inner.low < 0:
                return None
            return Interval(-inner.high, -inner.low)
        for name in self.habits.currency if spec.type is FactType.MONEY else ():
            text = text.removeprefix(name).strip()
        found = _ONE.fullmatch(text)
        if not found:
            return None
        unit = power(found[3], spec, self.habits)
        if unit is None:
            raise BadCellError("unit")
        digits = found[1].replace(",", "")
        if len(digits) > _MOST_DIGITS:
            raise BadCellError("digits")
        if spec.type is FactType.RATIO and found[3] == "" and shift:
            unit = 0
        scale = unit if found[3] else shift
        value = Fraction(digits) * Fraction(10) ** (scale + int(found[2] or 0))
        if not found[2]:
            return Interval(exact(value), exact(value))
        # What a spreadsheet shows in this form is rounded to its last digit.
        places = len(digits.partition(".")[2])
        half = Fraction(10) ** (scale + int(found[2]) - places) / 2
        return Interval(*_whole(spec, value - half, value + half))

    def _range(self, spec: FactSpec, text: str, shift: int) -> Interval | None:
        for sign in self.habits.to:
            # The first sign that is not the minus of the first number.
            at = text.find(sign, 1)
            if at < 0:
                continue
            left, right = text[:at].strip(), text[at + len(sign) :].strip()
            if sign == ".." and not right:
                low = self._single(spec, left, shift)
                return low and Interval(low.low, spec.high)
            high = self._single(spec, right, shift)
            low = self._single(spec, left, shift)
            if low is None or high is None:
                return None
            unit = _unit(right)
            if unit and not _unit(left) and sign != "..":
                same = self._single(spec, left + unit, shift)
                # `800-1.2万` has only one sense: the unit is the second one's.
                low = same if same is not None and same.low <= high.high else low
            return Interval(low.low, high.high)
        if text.startswith(".."):
            high = self._single(spec, text[2:].strip(), shift)
            return high and Interval(spec.low, high.high)
        return None

    def _comparison(self, spec: FactSpec, text: str, shift: int) -> Interval | None:
        habits = self.habits
        kinds = (
            (habits.at_least, "low", 0),
            (habits.at_most, "high", 0),
            (habits.more_than, "low", 1),
            (habits.less_than, "high", -1),
        )
        best: tuple[int, str, str, int] | None = None
        for words, end, step in kinds:
            for word in words:
                if text.startswith(word) or text.endswith(word):
                    rest = text.removesuffix(word).removeprefix(word).strip()
                    if best is None or len(word) > best[0]:
                        best = (len(word), rest, end, step)
        if best is None:
            return None
        _, rest, end, step = best
        found = self._single(spec, rest, shift)
        if found is None:
            return None
        step = step if spec.type is FactType.INT else 0
        if end == "low":
            return Interval(found.low + step, spec.high)
        return Interval(spec.low, found.high + step)

    # ---- lists and dates

    def _list(self, spec: FactSpec, low: str, shift: int) -> Listing:
        items: list[Interval] = []
        for pair in re.split(r"\s*;\s*", low.strip("; ")):
            ends = [end.strip() for end in pair.split("/")]
            if len(ends) != 2:  # noqa: PLR2004
                raise BadCellError("list")
            for end in ends:
                if self.blank(end):
                    items.append(Interval(spec.low, spec.high))
                else:
                    items.append(self.number(spec, end, shift))
        return Listing(tuple(items))

    def _date(self, spec: FactSpec, low: str) -> Interval:
        found = days(low)
        if found is None:
            found = self._span(spec, low)
        if found is None:
            raise BadCellError("day")
        if found.low > found.high:
            raise BadCellError("empty-range")
        if not spec.low <= found.low <= found.high <= spec.high:
            raise BadCellError("range")
        return found

    def _span(self, spec: FactSpec, low: str) -> Interval | None:
        for sign in self.habits.to:
            if low.count(sign) != 1:
                continue
            left, right = (part.strip() for part in low.split(sign))
            start = days(left) if left else Interval(spec.low, spec.low)
            end = days(right) if right else Interval(spec.high, spec.high)
            if start and end and (sign == ".." or (left and right)):
                return Interval(start.low, end.high)
        return None


def _unit(text: str) -> str:
    found = _ONE.fullmatch(text)
    return found[3] if found else ""


def _whole(spec: FactSpec, low: Fraction, high: Fraction) -> tuple[Number, Number]:
    if spec.type is not FactType.INT:
        return exact(low), exact(high)
    return -(-low.numerator // low.denominator), high.numerator // high.denominator


__all__ = ["NO_VALUE", "Reader"]
