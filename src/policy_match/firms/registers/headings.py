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
    from collections.abc import Mapping, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.firms.values.conventions import Habits

_SPLITS = (
    re.compile(r"(.+?)\s*[(\[【]([^()\[\]【】]*)[)\]】]"),
    re.compile(r"(.+?)\s*[,:;/、]\s*([^,:;/、]+)"),
)
_TABLE_UNIT = re.compile(r"\(?(?:金额)?(?:单位|unit)\s*:\s*([^()]+?)\)?")


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


class Names:
    """Every name a column may go by, as spreadsheets vary it."""

    def __init__(self, specs: Mapping[str, FactSpec], habits: Habits) -> None:
        """Collect ids, titles and aliases; the first has precedence."""
        self._habits = habits
        self.specs = specs
        self._shown: dict[str, str] = {}
        self._found: dict[str, FactSpec] = {}
        every = [(spec.id, spec) for spec in specs.values()]
        for spec in specs.values():
            every += [(title, spec) for title in spec.title.by_language.values()]
        for spec in specs.values():
            every += [(alias, spec) for alias in spec.aliases]
        for name, spec in every:
            self._found.setdefault(_bare(name), spec)
            self._shown.setdefault(_bare(name), name)

    def recognised(self, cells: Sequence[str]) -> int:
        """Return how many cells of a row are headings that mean something."""
        return sum(self._column(0, cell, 0) is not None for cell in cells if cell)

    def headings(self, cells: Sequence[str], above: Sequence[str] = ()) -> Headings:
        """Return what the row of headings means.

        `above` are the cells of the rows above it, of which one may name the
        unit of all money in the table (`单位：万元`).
        """
        columns: dict[str, Column] = {}
        warnings: list[Message] = []
        twice: list[tuple[str, str]] = []
        shift = self._unit_above(above)
        for place, cell in enumerate(cells):
            if not plain(cell):
                continue
            found = self._column(place, cell, shift)
            if found is None:
                warnings.append(self._unknown(cell))
            elif found.spec.id in columns:
                twice.append((columns[found.spec.id].heading, cell))
            else:
                columns[found.spec.id] = found
        return Headings(tuple(columns.values()), tuple(warnings), tuple(twice))

    def _column(self, place: int, cell: str, money: int) -> Column | None:
        whole = self._found.get(_bare(cell))
        if whole is not None:
            shift = money if whole.type is FactType.MONEY else 0
            return Column(place, cell, whole, shift)
        for name, unit in _splits(cell):
            spec = self._found.get(_bare(name))
            if spec is None:
                continue
            shift_ = self._shift(unit, spec)
            if shift_ is not None:
                return Column(place, cell, spec, shift_)
        return None

    def _shift(self, unit: str, spec: FactSpec) -> int | None:
        if plain(unit) in self._habits.hints:
            return 0
        if spec.type.numeric or spec.type is FactType.LIST:
            return power(plain(unit), spec, self._habits)
        return None

    def _unit_above(self, cells: Sequence[str]) -> int:
        for cell in cells:
            found = _TABLE_UNIT.fullmatch(plain(cell))
            money = next(
                (s for s in self.specs.values() if s.type is FactType.MONEY), None
            )
            if found and money is not None:
                return power(found[1], money, self._habits) or 0
        return 0

    def _unknown(self, cell: str) -> Message:
        for name, unit in _splits(cell):
            spec = self._found.get(_bare(name))
            if spec is not None:
                return said("unknown-unit", heading=cell, unit=unit, fact=spec.id)
        guess = nearest(_bare(cell), self._found)
        if not guess:
            return said("unknown-column", heading=cell)
        return said("unknown-column-near", heading=cell, guess=self._shown[guess])


def _splits(cell: str) -> list[tuple[str, str]]:
    text = plain(cell)
    found = [pattern.fullmatch(text) for pattern in _SPLITS]
    return [(match[1], match[2]) for match in found if match]


def _bare(name: str) -> str:
    """Return a name without what people put into headings to lay them out."""
    return re.sub(r"[\s_*]+", "", plain(name))
