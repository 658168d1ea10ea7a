"""Sheets of one workbook whose money stands in different units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.firms.registers.table import fault
from policy_match.language.messages import said

if TYPE_CHECKING:
    from pathlib import Path

    from policy_match.errors import ProfileError
    from policy_match.firms.registers.headings import Column, Headings, Names
    from policy_match.firms.registers.table import Table


def by_sheet(
    path: Path, table: Table, names: Names, first: Headings
) -> dict[str, list[Column]]:
    """Return the columns of each sheet, its money in the unit that stands above it.

    Where but one sheet is read they are those of the table.
    """
    found: dict[str, list[Column]] = {}
    taken = [sheet for sheet in table.sheets if sheet.taken]
    for sheet in taken if len(taken) > 1 else ():
        mine = names.headings(table.headings, sheet.above)
        if mine.strange_unit:
            raise strange(path, mine.strange_unit)
        shifts = {one.spec.id: one.shift for one in (*mine.columns, *mine.weak)}
        found[sheet.name] = [
            one._replace(shift=shifts.get(one.spec.id, one.shift))
            if one.spec.type is FactType.MONEY
            else one
            for one in first.columns
        ]
    return found


def strange(path: Path, unit: str, row: int = 1) -> ProfileError:
    """Return the error of a unit that is not understood, and in which row it stands."""
    message = said("strange-unit", text=unit)
    return fault(path, "F611", message, said("write-the-unit"), row)
