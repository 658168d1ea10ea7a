"""One heading: which fact it is, and in which unit its figures stand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.firms.registers.heading_text import (
    bare,
    even,
    named_in,
    parts_of,
    pieces,
    splits,
    without,
)
from policy_match.firms.registers.table_units import StrangeUnitError
from policy_match.firms.values.texts import plain
from policy_match.firms.values.units import power, resized

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.firms.values.conventions import Habits

LONGEST = 200
"""Characters of a heading."""
_LONGEST_UNIT = 4
_EDGE = " *★:"
_DEEPEST = 4
"""Brackets and marks that are taken off a heading, one after the other."""


class Column(NamedTuple):
    """One column that means something: its place, its fact, its unit."""

    place: int
    heading: str
    spec: FactSpec
    shift: int
    """The unit of the heading, as a power of ten of the fact's own."""
    size: Fraction = Fraction(1)
    """What else the unit is of the fact's own; `spec` is told in it then."""


def with_own_words(column: Column | None) -> Column | None:
    """Return a column with what words mean below its heading alone."""
    wording = column and column.spec.wording
    if not column or not wording or not wording.by_heading:
        return column
    parts = {bare(part) for part in (column.heading, *parts_of(column.heading))}
    for heading, words in wording.by_heading.items():
        if bare(heading) in parts:
            spec = replace(column.spec, wording=replace(wording, own=words))
            return column._replace(spec=spec)
    return column


class _Meant(NamedTuple):
    """A fact, its unit, and whether the heading itself names one."""

    spec: FactSpec
    shift: int
    explicit: bool = False
    size: Fraction = Fraction(1)


class HeadingReader:
    """Reads headings as spreadsheets vary them; `known` are bare names of facts."""

    def __init__(
        self,
        specs: Mapping[str, FactSpec],
        habits: Habits,
        known: Mapping[str, FactSpec],
        alike: Mapping[str, FactSpec],
    ) -> None:
        """Take the names; `alike` are those that look like a fact and are none."""
        self._habits, self._known, self._alike = habits, known, alike
        self._editions = sorted(
            {
                name
                for spec in specs.values()
                for edition in spec.wording.editions.values()
                for name in edition.called
            },
            key=len,
            reverse=True,
        )
        self.money = next((s for s in specs.values() if s.type is FactType.MONEY), None)

    def column(self, place: int, cell: str, money: int) -> Column | None:
        """Return what a heading means; None where that is not known.

        `money` is the unit of all money in the table. Raises StrangeUnitError.
        """
        if len(cell) > LONGEST:
            return None
        found = self._column(place, cell, cell, money)
        if found is None and named_in(cell, self._editions):
            rest = (without(part, self._editions) for part in parts_of(cell))
            found = self._column(place, cell, "\n".join(filter(None, rest)), money)
        return found

    def _column(self, place: int, cell: str, text: str, money: int) -> Column | None:
        parts = parts_of(text)
        if len(parts) > 1:
            found = self._of_parts(parts, money)
        else:
            text = even(plain(text)).strip(_EDGE)
            found = self._single(text, money) or self._without_year(text, money)
        return found and Column(place, cell, found.spec, found.shift, found.size)

    def _without_year(self, text: str, money: int) -> _Meant | None:
        bare_ = self._habits.a_year.sub("", text, count=1)
        return self._single(bare_, money) if bare_ not in {"", text} else None

    def mapped(self, place: int, cell: str, spec: FactSpec, money: int) -> Column:
        """Return a column that somebody says is a fact, in the unit of its heading.

        Raises StrangeUnitError.
        """
        parts = parts_of(cell) or [cell]
        money = self._unit_within(parts, money)
        meant = _Meant(spec, money if spec.type is FactType.MONEY else 0)
        last = parts[-1]
        tails = [tail for _, tail in splits(last)]
        tails += [last] if len(parts) > 1 else []
        ends = (last[-length:] for length in range(_LONGEST_UNIT, 1, -1))
        tails += [end for end in ends if self._shift(end, spec)]
        for tail in tails:
            found = self._qualified(meant, pieces(tail))
            if found is not None and found.explicit:
                meant = found
                break
        return Column(place, cell, meant.spec, meant.shift, meant.size)

    def is_unit(self, text: str, spec: FactSpec) -> bool:
        """Return whether a plain text is a unit, be it of a fact or of any money."""
        known = self._shift(text, spec) is not None if text else False
        return known or self._strange(text, spec) or text in self._habits.hints

    def tells_of_a_group(self, cell: str) -> bool:
        """Return whether a cell above others says their year, or their unit."""
        text = even(plain(cell)).strip(_EDGE)
        spec = self.money
        if self._period(text) is not None:
            return True
        return spec is not None and any(
            (name and self._period(name) is None and self.is_unit(tail, spec))
            or self._period(name) is not None
            for name, tail in splits(text)
        )

    def _of_parts(self, parts: list[str], money: int) -> _Meant | None:
        """Return what a heading in several rows or parts means, as a set of them."""
        periods = {part: self._period(part) for part in parts}
        if False in periods.values():
            return None
        # A number of its own is that of a line of the form.
        named = [p for p in parts if periods[p] is None and not p.isdigit()]
        if not named:
            return None
        money = self._unit_within(named, money)
        for text in ("".join(named), named[-1]):
            if found := self._single(text, money):
                return found
        # The last part may say of the one above it in which unit it is.
        return self._single(f"{named[-2]}({named[-1]})", money) if named[1:] else None

    def _unit_within(self, groups: Sequence[str], money: int) -> int:
        """Return the unit that a heading above others gives them all."""
        spec = self.money
        if spec is None:
            return money
        for group in groups[:-1]:
            tails = [tail for _, tail in splits(group)]
            for tail in (group, *tails):
                shift = power(tail, spec, self._habits)
                if shift is not None:
                    return shift
                if tail is not group and self._is_money(tail):
                    raise StrangeUnitError(tail)
        return money

    def _single(self, text: str, money: int, depth: int = 0) -> _Meant | None:
        whole = self._known.get(bare(text)) or self._known.get(self._undated(text))
        if whole is not None:
            return _Meant(whole, money if whole.type is FactType.MONEY else 0)
        if bare(text) in self._alike or depth > _DEEPEST:
            return None
        for name, tail in splits(text):
            inner = self._single(name, money, depth + 1)
            found = inner and self._qualified(inner, pieces(tail))
            if found:
                return found
        return self._run_on(text)

    def _qualified(self, meant: _Meant, tail: Sequence[str]) -> _Meant | None:
        """Return a fact with what stands behind its name; None where that is odd."""
        for piece in tail:
            period = self._period(piece)
            if period is False:
                return None
            if period or plain(piece) in self._habits.hints:
                continue
            found = self._shift(piece, meant.spec)
            told = None if found is not None else self._told(piece, meant.spec)
            if told and not meant.explicit:
                meant = told
                continue
            if found is None and not self._strange(piece, meant.spec):
                return None
            other = meant.explicit and found not in {0, meant.shift}
            if found is None or other:
                raise StrangeUnitError(piece)
            if not meant.explicit:
                meant = _Meant(meant.spec, found, explicit=True)
        return meant

    def _run_on(self, text: str) -> _Meant | None:
        """Return a fact whose unit stands right behind its name: `营业收入万元`."""
        for length in range(1, _LONGEST_UNIT + 1):
            name, unit = text[:-length], text[-length:]
            spec = self._known.get(bare(name)) if name else None
            if spec is None:
                continue
            shift = self._shift(unit, spec)
            if shift is not None:
                return _Meant(spec, shift, explicit=True)
            if told := self._told(unit, spec):
                return told
            if self._strange(unit, spec):
                raise StrangeUnitError(unit)
        return None

    def _told(self, unit: str, spec: FactSpec) -> _Meant | None:
        """Return a fact that is told in a unit which is another share of its own."""
        other = resized(unit, spec, self._habits)
        shift = other and power(unit, other[0], self._habits)
        if other is None or shift is None:
            return None
        return _Meant(other[0], shift, explicit=True, size=other[1])

    def _strange(self, unit: str, spec: FactSpec) -> bool:
        """Return whether a text is a unit, and not one that the fact can be read in."""
        if not spec.type.numeric or spec.type is FactType.DATE:
            return False
        if spec.type is FactType.MONEY and self._is_money(unit):
            return True
        return unit in self._habits.measures

    def _is_money(self, unit: str) -> bool:
        """Return whether a text is a unit of money of some kind, if not of ours."""
        ours = any(unit.startswith(word) for word in self._habits.currency)
        return ours or any(unit.endswith(word) for word in self._habits.money)

    def _period(self, text: str) -> bool | None:
        """Return whether a text says this period, or another; None: it says none."""
        name = bare(text)
        if name in self._habits.this_period or self._habits.a_year.fullmatch(name):
            return True
        return False if name in self._habits.other_period else None

    def _undated(self, text: str) -> str:
        """Return a name without a year or a word for this period before it."""
        name = self._habits.a_year.sub("", bare(text), count=1)
        for word in self._habits.this_period:
            name = name.removeprefix(word) if name != word else name
        return name

    def _shift(self, unit: str, spec: FactSpec) -> int | None:
        if spec.type.numeric or spec.type is FactType.LIST:
            return power(plain(unit), spec, self._habits)
        return None
