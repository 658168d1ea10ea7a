"""The headings of a table: which column is which fact, and in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.errors import nearest
from policy_match.firms.values.texts import plain
from policy_match.firms.values.units import power
from policy_match.language.messages import Message, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.firms.registers.mapping import TableMapping
    from policy_match.firms.values.conventions import Habits

_SPLITS = (
    re.compile(r"(.+?)\s*[(\[【]([^()\[\]【】]*)[)\]】]"),
    re.compile(r"(.+?)\s*[,:;/、_ ]\s*([^,:;/、_ ]+)"),
)
_TABLE_UNIT = re.compile(
    r"(?:计量|金额|货币|数据)?(?:单位|unit)(?:\s*:\s*|为|\()(?P<unit>[^():;]{1,20}?)"
    r"(?=\)|;|:|\s*币种|\s*$|\s{2,})"
)
_PART = re.compile(r"[·;\n\r]+")
_COUNTER = re.compile(r"^(?:[(]?[0-9一二三四五六七八九十]{1,3}[).、．]+)")
_MARKS = re.compile(r"[\s_*★]+|[【(](?:必填|选填)[】)]|:$")
_UNIT_WORDS = re.compile(r"[、,，/和\s]+")
_LONGEST = 200
"""Characters of a heading."""
SEVERAL = "·"
"""What stands between the parts of a heading that is in several rows."""


class Column(NamedTuple):
    """One column that means something: its place, its fact, its unit."""

    place: int
    heading: str
    spec: FactSpec
    shift: int
    """The unit of the heading, as a power of ten of the fact's own."""


@dataclass(frozen=True)
class Headings:
    """What is known of a table's columns, and what had to be left out."""

    columns: tuple[Column, ...]
    warnings: tuple[Message, ...]
    twice: tuple[tuple[str, str], ...]
    """Two headings that mean the same fact."""
    strange_unit: str = ""
    """A unit that is not understood, and that figures would be misread by."""


class _StrangeUnitError(Exception):
    pass


class Names:
    """Every name a column may go by, as spreadsheets vary it."""

    def __init__(
        self,
        specs: Mapping[str, FactSpec],
        habits: Habits,
        mapping: TableMapping | None = None,
    ) -> None:
        """Collect ids, titles and aliases; the first has precedence.

        What a mapping says of a heading goes before what it looks like.
        """
        self._habits = habits
        self._mapped = mapping.columns if mapping else {}
        self._left = {plain(name) for name in mapping.left_out} if mapping else set()
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
            self._found.setdefault(_bare(name), spec)
            self._shown.setdefault(_bare(name), name)
        self._alike = {
            _bare(name): spec
            for spec in specs.values()
            for name in spec.wording.look_alikes
        }

    def recognised(self, cells: Sequence[str]) -> int:
        """Return how many cells of a row are headings that mean something."""
        return sum(self._means(cell) for cell in cells if cell)

    def _means(self, cell: str) -> bool:
        try:
            return self._column(0, cell, 0) is not None
        except _StrangeUnitError:
            return True

    def headings(self, cells: Sequence[str], above: Sequence[str] = ()) -> Headings:
        """Return what the row of headings means.

        `above` are the cells of the rows above it, of which one may name the
        unit of all money in the table (`单位：万元`).
        """
        columns: dict[str, Column] = {}
        warnings: list[Message] = []
        twice: list[tuple[str, str]] = []
        try:
            shift = self._unit_above(above)
            placed = [(n, c, self._column(n, c, shift)) for n, c in enumerate(cells)]
        except _StrangeUnitError as error:
            return Headings((), (), (), str(error))
        for _, cell, found in placed:
            if not plain(cell) or plain(cell) in self._left:
                continue
            if found is None:
                warnings.append(self._unknown(cell))
                continue
            other = columns.get(found.spec.id)
            if other is None:
                columns[found.spec.id] = found
            elif found.spec.type in {FactType.TEXT, FactType.CODE}:
                kept = self._finer(other, found)
                left = found if kept is other else other
                columns[found.spec.id] = kept
                warnings.append(said("same-again", heading=left.heading,
                                     other=kept.heading))  # fmt: skip
            else:
                twice.append((other.heading, cell))
        return Headings(tuple(columns.values()), tuple(warnings), tuple(twice))

    def _finer(self, one: Column, other: Column) -> Column:
        """Return the column to keep of two: of a classification's levels the finest."""
        levels = self._habits.levels
        first, second = (
            next(
                (n for n, word in enumerate(levels) if word in it.heading), len(levels)
            )
            for it in (one, other)
        )
        finer = one.spec.type is FactType.CODE and second > first
        return other if finer else one

    # ---- one heading

    def _column(self, place: int, cell: str, money: int) -> Column | None:
        """Return what a heading means; None where that is not known."""
        if len(cell) > _LONGEST or plain(cell) in self._left:
            return None
        mapped = self._mapped.get(cell) or self._mapped.get(cell.strip())
        if mapped is not None:
            spec = self.specs[mapped.fact]
            shift = power(plain(mapped.unit), spec, self._habits)
            if shift is None:
                raise _StrangeUnitError(mapped.unit)
            whole = not mapped.unit and spec.type is FactType.MONEY
            return Column(place, cell, spec, money if whole else shift)
        parts = [part for part in _PART.split(cell) if plain(part)]
        if len(parts) > 1:
            return self._of_parts(place, cell, parts, money)
        found = self._single(plain(cell), money)
        return found and Column(place, cell, *found)

    def _of_parts(
        self, place: int, cell: str, parts: list[str], money: int
    ) -> Column | None:
        """Return what a heading in several rows or parts means, as a set of them."""
        named = [plain(part) for part in parts]
        if any(self._period(part) is False for part in named):
            return None
        named = [part for part in named if self._period(part) is None]
        for joined in ("".join(named), *reversed(named)):
            found = self._single(joined, self._unit_within(named[:-1], money))
            if found is not None:
                return Column(place, cell, *found)
        return None

    def _unit_within(self, groups: Sequence[str], money: int) -> int:
        """Return the unit that a heading above others gives them all."""
        spec = self._money
        for group in groups:
            for _, unit in _splits(group):
                shift = power(unit, spec, self._habits) if spec else None
                if shift is not None:
                    return shift
        return money

    def _single(self, text: str, money: int) -> tuple[FactSpec, int] | None:
        whole = self._found.get(_bare(text)) or self._found.get(self._undated(text))
        if whole is not None:
            return whole, money if whole.type is FactType.MONEY else 0
        if _bare(text) in self._alike:
            return None
        for name, unit in _splits(text):
            spec = self._found.get(_bare(name)) or self._found.get(self._undated(name))
            if spec is None:
                continue
            period = self._period(unit)
            if period is False:
                return None
            if period or plain(unit) in self._habits.hints:
                return spec, money if spec.type is FactType.MONEY else 0
            shift = self._shift(unit, spec)
            if shift is not None:
                return spec, shift
            if spec.type is FactType.MONEY and self._is_money(unit):
                raise _StrangeUnitError(unit)
        return None

    def _is_money(self, unit: str) -> bool:
        """Return whether a text is a unit of money of some kind, if not of ours."""
        return any(unit.endswith(word) for word in self._habits.money)

    def _period(self, text: str) -> bool | None:
        """Return whether a text says this period, or another; None: it says none."""
        bare = _bare(text)
        if bare in self._habits.this_period or self._habits.a_year.fullmatch(bare):
            return True
        return False if bare in self._habits.other_period else None

    def _undated(self, text: str) -> str:
        """Return a name without a year or a word for this period before it."""
        bare = self._habits.a_year.sub("", _bare(text), count=1)
        for word in self._habits.this_period:
            bare = bare.removeprefix(word) if bare != word else bare
        return bare

    def _shift(self, unit: str, spec: FactSpec) -> int | None:
        if spec.type.numeric or spec.type is FactType.LIST:
            return power(plain(unit), spec, self._habits)
        return None

    @property
    def _money(self) -> FactSpec | None:
        return next((s for s in self.specs.values() if s.type is FactType.MONEY), None)

    def _unit_above(self, cells: Sequence[str]) -> int:
        money = self._money
        for cell in cells:
            text = plain(cell)
            found = _TABLE_UNIT.search(text) if len(text) <= _LONGEST else None
            if not found or money is None:
                continue
            powers = [
                power(word, money, self._habits)
                for word in _UNIT_WORDS.split(found["unit"])
                if word and not self._counts(word)
            ]
            if None in powers:
                raise _StrangeUnitError(found["unit"])
            shifts = {shift for shift in powers if shift is not None}
            if len(shifts) > 1:
                raise _StrangeUnitError(found["unit"])
            if shifts:
                return shifts.pop()
        return 0

    def _counts(self, word: str) -> bool:
        return any(word in same for same in self._habits.units)

    def _unknown(self, cell: str) -> Message:
        alike = self._alike.get(_bare(cell))
        if alike is not None:
            return said("look-alike", heading=cell, fact=alike.id, title=alike.title)
        for name, unit in _splits(plain(cell)[:_LONGEST]):
            spec = self._found.get(_bare(name))
            if spec is not None:
                return said("unknown-unit", heading=cell, unit=unit, fact=spec.id)
        guess = nearest(_bare(cell), self._found) if len(cell) <= _LONGEST else ""
        if not guess:
            return said("unknown-column", heading=cell)
        return said("unknown-column-near", heading=cell, guess=self._shown[guess])


def _splits(text: str) -> Iterator[tuple[str, str]]:
    for pattern in _SPLITS:
        if found := pattern.fullmatch(text):
            yield found[1], found[2]


def _bare(name: str) -> str:
    """Return a name without what people put into headings to lay them out."""
    return _COUNTER.sub("", _MARKS.sub("", plain(name)), count=1)
