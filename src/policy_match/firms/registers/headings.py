"""The headings of a table: which column is which fact, and in which unit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.errors import nearest
from policy_match.firms.registers.heading_text import (
    SEVERAL,
    bare,
    even,
    splits,
    year_of,
)
from policy_match.firms.registers.named_units import named_units
from policy_match.firms.registers.one_heading import (
    LONGEST,
    Column,
    HeadingReader,
    with_own_words,
)
from policy_match.firms.registers.table_units import StrangeUnitError, unit_above
from policy_match.firms.values.texts import plain
from policy_match.firms.values.units import power, resized
from policy_match.language.messages import Message, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.firms.registers.mapping import TableMapping
    from policy_match.firms.values.conventions import Habits

__all__ = ["SEVERAL", "Column", "Headings", "Names"]

_LISTED = 30
"""Columns that are not known, each told by its name."""
_WORDS = {FactType.TEXT, FactType.CODE, FactType.ENUM}
"""Types of which two columns are one thing said twice, and not two figures."""


@dataclass(frozen=True)
class Headings:
    """What is known of a table's columns, and what had to be left out."""

    columns: tuple[Column, ...]
    warnings: tuple[Message, ...]
    twice: tuple[tuple[str, str], ...]
    """Two headings that mean the same fact."""
    strange_unit: str = ""
    """A unit that is not understood, and that figures would be misread by."""
    weak: tuple[Column, ...] = ()
    """Columns whose cells have to tell whether they are the fact."""
    again: tuple[Column, ...] = ()
    """Columns of words that say again what another one says."""


class Names:
    """Every name a column may go by, as spreadsheets vary it."""

    def __init__(
        self,
        specs: Mapping[str, FactSpec],
        habits: Habits,
        mapping: TableMapping | None = None,
        year: int | None = None,
    ) -> None:
        """Collect ids, titles and aliases; the first has precedence.

        What a mapping says of a heading goes before what it looks like. Figures of
        a year after `year` are left out.
        """
        self._habits, self._year = habits, year
        self._mapping = mapping
        self._left = {bare(name) for name in mapping.left_out} if mapping else set()
        self._used = {bare(name) for name in mapping.segments} if mapping else set()
        self.specs = specs
        self._shown: dict[str, str] = {}
        self._found: dict[str, FactSpec] = {}
        every = [(spec.id, spec) for spec in specs.values()]
        for spec in specs.values():
            every += [(title, spec) for title in spec.title.by_language.values()]
        for spec in specs.values():
            every += [(alias, spec) for alias in spec.aliases]
        for spec in specs.values():
            every += [(name, spec) for name in spec.wording.headings]
        for name, spec in every:
            self._found.setdefault(bare(name), spec)
            self._shown.setdefault(bare(name), name)
        self._alike = {
            bare(name): spec
            for spec in specs.values()
            for name in spec.wording.look_alikes
        }
        weak = {
            bare(name): spec
            for spec in specs.values()
            for name in spec.wording.weak_headings
        }
        self._reader = HeadingReader(specs, habits, self._found, self._alike)
        self._weak = HeadingReader(specs, habits, weak, self._alike)
        self._asked: dict[str, bool] = {}

    def recognised(self, cells: Sequence[str]) -> int:
        """Return how many cells of a row are headings that mean something."""
        return sum(map(self._is_known, cells))

    def _is_known(self, cell: str) -> bool:
        """Return whether a cell is a heading that means something; each is asked once.

        Rows of data are asked too, before it is known that they are.
        """
        found = self._asked.get(cell)
        if found is None:
            worded = any(map(str.isalpha, cell))
            found = self._asked[cell] = worded and self._means(cell) is not None
        return found

    def units(self, cells: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
        """Return headings with the units that stand in a row below them.

        None at all where the row below is no row of units.
        """
        if not any(map(plain, below)) or len(below) > len(cells):
            return ()
        found: list[str] = []
        for place, cell in enumerate(cells):
            unit = plain(below[place]) if place < len(below) else ""
            if not unit:
                found.append(cell)
                continue
            spec = self._means(cell)
            if spec is None or not self._reader.is_unit(unit, spec):
                return ()
            found.append(f"{cell}（{unit}）")
        return tuple(found)

    def unit_above(self, cells: Sequence[str]) -> int:
        """Return the unit of money that cells about a table name.

        Raises StrangeUnitError.
        """
        return unit_above(cells, self._reader.money, self._habits)

    def tells_of_a_group(self, cell: str) -> bool:
        """Return whether a cell says of which year, or in which unit, others are."""
        return self._reader.tells_of_a_group(cell)

    def tells_units_alone(self, cell: str) -> bool:
        """Return whether a cell is a unit of money and nothing else: `（万元）`."""
        text = even(plain(cell))
        return not any(splits(text)) and self.is_money_unit(text.strip("() "))

    def tells_units(self, cell: str) -> bool:
        """Return whether a heading is that of a column of units."""
        return bare(cell) in self._habits.unit_headings

    def is_money_unit(self, text: str) -> bool:
        """Return whether a plain text is a unit of money, and no name."""
        money = self._reader.money
        return money is not None and bool(text) and self._reader.is_unit(text, money)

    def _means(self, cell: str) -> FactSpec | None:
        try:
            found = self._column(0, cell, 0)
        except StrangeUnitError:
            return self._reader.money
        return found and found.spec

    def headings(self, cells: Sequence[str], above: Sequence[str] = ()) -> Headings:
        """Return what the row of headings means.

        `above` are the cells of the rows above it, of which one may name the
        unit of all money in the table (`单位：万元`).
        """
        columns: dict[str, Column] = {}
        warnings: list[Message] = []
        twice: list[tuple[str, str]] = []
        weak: list[Column] = []
        unknown: list[str] = []
        again: list[Column] = []
        try:
            placed, perhaps = self._placed(cells, above)
        except StrangeUnitError as error:
            return Headings((), (), (), str(error))
        for place, cell, found in placed:
            if not plain(cell) or bare(cell) in self._left:
                continue
            if found is None:
                maybe = perhaps[place]
                if maybe is None and bare(cell) in self._used:
                    continue
                if maybe is None:
                    unknown.append(cell)
                else:
                    weak.append(maybe)
                continue
            other = columns.get(found.spec.id)
            kept, told = self._kept(other, found)
            if kept is None:
                twice.append((columns[found.spec.id].heading, cell))
                continue
            if other is not None and kept.spec.type in _WORDS:
                again.append(found if kept is other else other)
            warnings += told
            if self._too_late(kept):
                columns.pop(kept.spec.id, None)
            else:
                columns[kept.spec.id] = kept
        weak = [one for one in weak if one.spec.id not in columns]
        warnings += map(self._unknown, unknown[:_LISTED])
        if more := len(unknown[_LISTED:]):
            warnings.append(said("more-unknown-columns", count=more))
        return Headings(
            tuple(columns.values()), tuple(warnings), tuple(twice), weak=tuple(weak),
            again=tuple(again),
        )  # fmt: skip

    def _placed(
        self, cells: Sequence[str], above: Sequence[str]
    ) -> tuple[list[tuple[int, str, Column | None]], dict[int, Column | None]]:
        """Return what headings mean by their place, and what others may mean."""
        named = named_units(above, self._either, self.money_unit)
        shift = 0 if named else self.unit_above(above)

        def column(place: int, cell: str, *, weak: bool) -> Column | None:
            reader = self._weak.column if weak else self._column
            read = partial(reader, place, cell)
            found = read(shift)
            return read(named.of(found, read)) if named and found else found

        placed = [(n, c, column(n, c, weak=False)) for n, c in enumerate(cells)]
        rest = [(n, c) for n, c, found in placed if not found]
        return placed, {n: column(n, c, weak=True) for n, c in rest}

    def _either(self, text: str, money: int) -> Column | None:
        found = self._reader.column(0, text, money)
        return found or self._weak.column(0, text, money)

    def money_unit(self, text: str) -> int | None:
        """Return which power of ten a unit of money is, 0 for one of a count."""
        money = self._reader.money
        counts = any(text in same for same in self._habits.units)
        return 0 if counts or not money else power(text, money, self._habits)

    def _kept(
        self, other: Column | None, found: Column
    ) -> tuple[Column | None, list[Message]]:
        """Return which of two columns of a fact is kept, and what is said of it."""
        year = self._year_of(found)
        if other is None:
            stale = year is not None and self._year is not None and year < self._year
            if self._too_late(found):
                return found, [said("later-year", heading=found.heading)]
            if stale:
                named = {"heading": found.heading, "year": str(year)}
                return found, [said("earlier-year", **named)]
            return found, []
        before = self._year_of(other)
        if year != before and found.spec.type not in _WORDS:
            # Without a year a column is of the period that the table is about.
            ours = [self._year if y is None else y for y in (before, year)]
            if None in ours or ours[0] == ours[1]:
                return None, []
            late = [y is not None and y > (self._year or y) for y in ours]
            newer = (ours[1] or 0) > (ours[0] or 0)
            second = late[0] or (newer and not late[1])
            kept, left = (found, other) if second else (other, found)
            named = {"heading": left.heading, "other": kept.heading}
            return kept, [said("older-year", **named)]
        if found.spec.type not in _WORDS:
            return None, []
        kept = self._finer(other, found)
        left = found if kept is other else other
        return kept, [said("same-again", heading=left.heading, other=kept.heading)]

    def _year_of(self, column: Column) -> int | None:
        kind = column.spec.type
        figure = kind.numeric and kind is not FactType.DATE
        return year_of(column.heading) if figure else None

    def _too_late(self, column: Column) -> bool:
        year = self._year_of(column)
        return year is not None and self._year is not None and year > self._year

    def _finer(self, one: Column, other: Column) -> Column:
        """Return the column to keep of two: of a classification's levels the finest.

        Of words and of a list's numbers for them, the words.
        """
        if one.spec.type is FactType.ENUM:
            coded = any(word in one.heading for word in self._habits.coded)
            return other if coded else one
        levels = self._habits.levels
        first, second = (
            next(
                (n for n, word in enumerate(levels) if word in it.heading), len(levels)
            )
            for it in (one, other)
        )
        finer = one.spec.type is FactType.CODE and second > first
        return other if finer else one

    def _column(self, place: int, cell: str, money: int) -> Column | None:
        """Return what a heading means; None where that is not known."""
        if bare(cell) in self._left:
            return None
        mapped = self._mapping.of(cell) if self._mapping else None
        if mapped is None:
            return with_own_words(self._reader.column(place, cell, money))
        spec = self.specs[mapped.fact]
        if not mapped.unit:
            return with_own_words(self._reader.mapped(place, cell, spec, money))
        shift = power(plain(mapped.unit), spec, self._habits)
        other = resized(plain(mapped.unit), spec, self._habits)
        if other is not None:
            spec, shift = other[0], power(plain(mapped.unit), other[0], self._habits)
        if shift is None:
            raise StrangeUnitError(mapped.unit)
        size = Fraction(1) if other is None else other[1]
        return with_own_words(Column(place, cell, spec, shift, size))

    def _unknown(self, cell: str) -> Message:
        if plain(cell) in self._habits.kept:
            return said("column-to-keep", heading=cell)
        alike = self._alike.get(bare(cell))
        if alike is not None:
            return said("look-alike", heading=cell, fact=alike.id, title=alike.title)
        for name, unit in splits(plain(cell)[:LONGEST]):
            spec = self._found.get(bare(name))
            if spec is not None:
                return said("unknown-unit", heading=cell, unit=unit, fact=spec.id)
        guess = nearest(bare(cell), self._found) if len(cell) <= LONGEST else ""
        if not guess:
            return said("unknown-column", heading=cell)
        return said("unknown-column-near", heading=cell, guess=self._shown[guess])
