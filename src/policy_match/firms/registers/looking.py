"""How a table would be read, without screening it: column by column."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from policy_match.errors import nearest
from policy_match.firms.registers.columns import without_blank_rows
from policy_match.firms.registers.table import place_name
from policy_match.firms.values.reasons import lost
from policy_match.ir.traversal import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.firms.registers.register import Register
    from policy_match.ir.program import Program

_ROWS = 200_000
_COMMON = 5
_UNITS = {-3: "‰", -2: "%", 3: "1000", 4: "10000", 6: "million", 8: "100 million"}


@dataclass
class Looked:
    """One column: what it is taken for, how full it is, what cannot be read."""

    heading: str
    fact: str = ""
    power: int = 0
    """The unit, as a power of ten of the fact's own."""
    filled: int = 0
    unreadable: int = 0
    common: list[str] = field(default_factory=list)
    """The commonest values that cannot be read."""
    proposal: str = ""
    """A fact that the heading may mean."""


@dataclass
class Look:
    """A register, looked at."""

    file: str
    row: int
    encoding: str
    rows: int
    refused: int
    columns: list[Looked]
    answered: list[str]
    """The policies for which there is a column of every fact they read."""
    warnings: list[str]

    @property
    def unreadable(self) -> int:
        """How many cells and rows cannot be read as they stand."""
        return self.refused + sum(column.unreadable for column in self.columns)

    @property
    def mapping(self) -> str:
        """A mapping file to complete: what is known, and what is not."""
        return _as_mapping(self)

    def to_dict(self) -> dict[str, Any]:
        """Return it as data."""
        return asdict(self)


def look(register: Register, program: Program) -> Look:
    """Return how an open register would be read; raises ProfileError."""
    places = {column.place: column for column in register.headings.columns}
    found = {
        place: Looked(heading, *_taken(places, place))
        for place, heading in enumerate(register.table.headings)
        if heading.strip()
    }
    names = {title: f for f, s in program.facts.items() for title in (f, *s.aliases)}
    for place, one in found.items():
        if place not in places:
            one.proposal = names.get(nearest(one.heading, names), "")
    rows = refused = 0
    bad: list[pl.DataFrame] = []
    for frame in register.table.parts(_ROWS):
        for place, one in found.items():
            cells = frame[place_name(place)].cast(pl.String).str.strip_chars()
            one.filled += int((cells.fill_null("") != "").sum())
        rows += without_blank_rows(frame).height
    keyed = program.identity.key in register.facts
    for part in register.parts(program, _ROWS) if keyed else ():
        refused += lost(part.rejects).height
        bad.append(part.rejects)
    every = pl.concat(bad) if bad else None
    for place, one in found.items():
        if every is not None and place in places:
            mine = every.filter(pl.col("column") == one.heading)
            one.unreadable = mine.height
            counted = mine["value"].drop_nulls().value_counts()
            counted = counted.sort("count", "value", descending=[True, False])
            one.common = counted["value"].head(_COMMON).to_list()
    answered = [*_answered(program, {column.spec.id for column in places.values()})]
    warnings = [str(warning) for warning in register.warnings]
    table = register.table
    columns = [*found.values()]
    return Look(
        register.path.name, table.row, table.encoding, rows, refused, columns, answered,
        warnings,
    )  # fmt: skip


def _taken(places: object, place: int) -> tuple[str, int]:
    column = places.get(place)  # type: ignore[attr-defined]
    return ("", 0) if column is None else (column.spec.id, column.shift)


def _answered(program: Program, facts: set[str]) -> Iterator[str]:
    """Yield the policies whose every fact has a column, or follows from columns."""
    known = set(facts)
    for name, definition in program.definitions.items():
        if all(fact in known for fact in facts_of(definition)):
            known.add(name)
    for policy in program.policies:
        if all(fact in known for fact in facts_of(policy.when)):
            yield policy.id


def _as_mapping(found: Look) -> str:
    lines = ["sheets: all", f"headings: {found.row}", "columns:"]
    for one in found.columns:
        heading = '"' + one.heading.replace("\\", "\\\\").replace('"', '\\"') + '"'
        heading = heading.replace("\n", "\\n")
        if one.fact and one.power:
            unit = _UNITS.get(one.power, "")
            lines.append(f"  {heading}: {{fact: {one.fact}, unit: '{unit}'}}")
        elif one.fact:
            lines.append(f"  {heading}: {one.fact}")
        else:
            note = f"   # {one.proposal}?" if one.proposal else ""
            lines.append(f"  {heading}: ignore{note}")
    return "\n".join([*lines, "constants: {}", "complete: []", ""])
