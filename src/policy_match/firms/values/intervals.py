"""Numbers as people write them: single ones, ranges, bounds, and about so many."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.frozen import dataclass
from policy_match.domain.possible import Interval
from policy_match.domain.possible import plain as exact
from policy_match.firms.values.faults import ValueFault, wrong
from policy_match.firms.values.units import power, resized
from policy_match.language.messages import said

if TYPE_CHECKING:
    from policy_match.domain.possible import Number
    from policy_match.firms.values.conventions import Habits

_NUMBER = (
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:_[0-9]+)*)(?:\.[0-9]+)?"
    r"|[+-]?\.[0-9]+"
)
_UNIT = r"[^\d\s.,~+\-<>=≥≤][^\d.~+\-<>=≥≤]*?2?|"
_ONE = re.compile(rf"({_NUMBER})(?:e([+-]?[0-9]{{1,3}}))?\s*({_UNIT})")
_LOSS = re.compile(r"\((.*)\)")
_MOST_DIGITS = 40


@dataclass(frozen=True)
class Figure:
    """One number as it was written: what it may be, and whether it had a unit."""

    low: Number
    high: Number
    scale: int
    unit: bool

    @property
    def interval(self) -> Interval:
        """The numbers that it may be."""
        return Interval(self.low, self.high)


@dataclass(frozen=True)
class NumberGrammar:
    """Reads numbers of one locale; texts are plain."""

    habits: Habits

    def read(self, spec: FactSpec, text: str, shift: int = 0) -> Interval:
        """Return the numbers that a text may mean; raises ValueFault.

        `shift` is the unit that stands for the whole column, as a power of ten.
        """
        other = resized(text, spec, self.habits)
        if other is not None:
            told, size = self.read(other[0], text), other[1]
            low, high = (
                end if isinstance(end, float) else exact(end * size)
                for end in (told.low, told.high)
            )
            return told._replace(low=low, high=high)
        found = self._read(spec, text, shift)
        if found is None:
            raise wrong(spec, "number", "not-a-number", text=text)
        if found.low > found.high:
            raise ValueFault(
                "F502",
                said("empty-range", text=text),
                said("lower-first"),
                "empty-range",
            )
        for end in found[:2]:
            if isinstance(end, float):
                continue
            if spec.type is FactType.INT and isinstance(end, Fraction):
                raise wrong(spec, "whole", "not-whole", text=text)
            inside(spec, end, text)
        return found

    def about(self, text: str) -> bool:
        """Return whether a plain text says that its number is not exact."""
        return self._about(text) is not None

    def _read(self, spec: FactSpec, text: str, shift: int) -> Interval | None:
        strange: ValueFault | None = None
        try:
            single = self._single(spec, text, shift)
        except ValueFault as fault:  # what looks like a unit may be words
            single, strange = None, fault
        if single is not None:
            return single.interval
        found = (
            self._roughly(spec, text, shift)
            or self._bound(spec, text, shift)
            or self._range(spec, text, shift)
        )
        if found is None and strange is not None:
            raise strange
        return found

    # ---- one number

    def _single(self, spec: FactSpec, text: str, shift: int) -> Figure | None:
        if found := _LOSS.fullmatch(text):  # accountants put losses in brackets
            inner = self._single(spec, found[1], shift)
            if inner is None or inner.low < 0:
                return None
            return Figure(-inner.high, -inner.low, inner.scale, inner.unit)
        for name in self.habits.currency if spec.type is FactType.MONEY else ():
            text = text.removeprefix(name).strip()
        if spec.type is FactType.RATIO:
            for name in self.habits.percent:
                if text.startswith(name):
                    text = text.removeprefix(name) + "%"
        found = _ONE.fullmatch(text)
        if not found:
            return None
        digits, exponent, unit = found.groups()
        return self._figure(spec, (digits, exponent or "", unit.strip()), shift, text)

    def _figure(
        self, spec: FactSpec, parts: tuple[str, str, str], shift: int, text: str
    ) -> Figure:
        digits, exponent, unit = parts
        scale = power(unit, spec, self.habits) if unit else shift
        if scale is None:
            raise wrong(spec, "unit", "not-its-unit", text=text)
        digits = digits.replace(",", "").replace("_", "")
        if len(digits) + abs(int(exponent or 0)) > _MOST_DIGITS:
            raise wrong(spec, "digits", "more-digits-than-kept", text=text)
        value = Fraction(digits) * Fraction(10) ** (scale + int(exponent or 0))
        if not exponent:
            one = exact(value)
            return Figure(one, one, scale, bool(unit))
        # What a program shows in this form is rounded to its last digit.
        places = len(digits.partition(".")[2])
        half = Fraction(10) ** (scale + int(exponent) - places) / 2
        low, high = _whole(spec, value - half, value + half)
        if low > high:
            raise wrong(spec, "whole", "not-whole", text=text)
        # Rounding never leaves the range of a fact that the number itself is in.
        if spec.low <= value <= spec.high:
            low, high = max(low, spec.low), min(high, spec.high)
        return Figure(low, high, scale, bool(unit))

    # ---- about so many, a range, a bound

    def _about(self, text: str) -> str | None:
        rest = text
        for word in self.habits.about:
            if rest.startswith(word):
                rest = rest.removeprefix(word).strip()
                break
        for word in self.habits.or_so:
            rest = rest.removesuffix(word).strip()
        return None if rest == text else rest

    def _roughly(self, spec: FactSpec, text: str, shift: int) -> Interval | None:
        rest = self._about(text)
        one = None if rest is None else self._single(spec, rest, shift)
        if one is None:
            return None
        step = self._whole_one(spec)
        ends = Fraction(one.low), Fraction(one.high)
        off = max(*(abs(end) / 10 for end in ends), step)
        low: Number = floor((ends[0] - off) / step) * step
        high: Number = ceil((ends[1] + off) / step) * step
        if spec.low <= one.low and one.high <= spec.high:
            low, high = max(low, spec.low), min(high, spec.high)
        return Interval(exact(low), exact(high))

    def _whole_one(self, spec: FactSpec) -> Fraction:
        """Return to what a number that is about so much is rounded outwards.

        A share to whole percents, as it is written; what is told in a unit of
        another size to whole ones of the fact's own.
        """
        if spec.type is FactType.RATIO:
            return Fraction(1, 100)
        _, size = self.habits.sized.get(spec.unit.to("zh"), ("", Fraction(1)))
        return 1 / size

    def _range(self, spec: FactSpec, text: str, shift: int) -> Interval | None:
        for sign in self.habits.to:
            # The first sign that is not the minus of the first number.
            at = text.find(sign, 0 if sign == ".." else 1)
            if at < 0:
                continue
            left, right = text[:at].strip(), text[at + len(sign) :].strip()
            return self._ends(spec, (left, right, sign), shift)
        return None

    def _ends(
        self, spec: FactSpec, parts: tuple[str, str, str], shift: int
    ) -> Interval | None:
        left, right, sign = parts
        if sign == ".." and not (left and right):
            return self._open(spec, left, right, shift)
        low, high = self._single(spec, left, shift), self._single(spec, right, shift)
        if low is None or high is None:
            return None
        if high.unit and not low.unit:
            if sign == "..":
                if low.low and low.scale != high.scale:
                    text = f"{left}..{right}"
                    hint = said("write-both-units")
                    raise wrong(spec, "ambiguous", "ambiguous-range", hint, text=text)
            else:
                low = self._single(spec, left, high.scale) or low
        return Interval(low.low, high.high)

    def _open(
        self, spec: FactSpec, left: str, right: str, shift: int
    ) -> Interval | None:
        if not left and not right:
            raise wrong(spec, "number", "open-range")
        one = self._single(spec, left or right, shift)
        if one is None:
            return None
        if left:
            return Interval(one.low, spec.high)
        return Interval(spec.low, one.high)

    def _bound(self, spec: FactSpec, text: str, shift: int) -> Interval | None:
        """Return what one bound leaves, or two: `50人以上100人以下`."""
        one = self._one_bound(spec, text, shift)
        if one is not None:
            return one
        for word in (*self.habits.at_least, *self.habits.more_than):
            at = text.find(word, 1)
            if at < 0 or at + len(word) == len(text):
                continue
            cut = at + len(word)
            low = self._one_bound(spec, text[:cut], shift)
            high = self._one_bound(spec, text[cut:].lstrip(" ,、;至到"), shift)
            if low is not None and high is not None:
                return Interval(low.low, high.high)
        return None

    def _one_bound(self, spec: FactSpec, text: str, shift: int) -> Interval | None:
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


def inside(spec: FactSpec, value: Number, text: str) -> Number:
    """Return a number that the fact can be; raises ValueFault for any other."""
    if spec.low <= value <= spec.high:
        return value
    low, high = spec.low, spec.high
    key = "lies-within"
    if isinstance(high, float):
        key = "not-below"
    elif isinstance(low, float):
        key = "not-above"
    hint = said(key, low=_end(low), high=_end(high))
    raise wrong(spec, "range", "cannot-be", hint, text=text)


def _end(value: Number) -> str:
    return "" if isinstance(value, float) else str(value)


def _whole(spec: FactSpec, low: Fraction, high: Fraction) -> tuple[Number, Number]:
    if spec.type is not FactType.INT:
        return exact(low), exact(high)
    return ceil(low), floor(high)
