"""Columns of shares that are written as percents without a sign."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from policy_match.domain.facts import FactType
from policy_match.firms.registers.table import place_name
from policy_match.language.messages import said

if TYPE_CHECKING:
    from policy_match.firms.registers.headings import Column, Headings
    from policy_match.firms.registers.table import Table
    from policy_match.language.messages import Message

_ROWS = 200_000
_PERCENT = -2
_PLAIN = r"^\s*[0-9]+(?:\.[0-9]+)?\s*$"


def percents(table: Table, headings: Headings) -> tuple[Headings, list[Message]]:
    """Return headings with the columns of shares that are percents, and their names.

    One value above one, without a sign, makes the whole column percents: nobody
    writes a share and a percent into one column.
    """
    shares = [
        one
        for one in headings.columns
        if one.spec.type is FactType.RATIO and not one.shift and one.spec.high <= 1
    ]
    found: set[int] = set()
    if not shares:
        return headings, []
    names = [place_name(one.place) for one in shares]
    for frame in table.cells(names, _ROWS):
        found |= {one.place for one in shares if _above_one(frame, one)}
    columns = tuple(
        one._replace(shift=_PERCENT) if one.place in found else one
        for one in headings.columns
    )
    told = [
        said("percents", heading=one.heading) for one in shares if one.place in found
    ]
    return replace(headings, columns=columns), told


def _above_one(frame: pl.DataFrame, column: Column) -> bool:
    cell = frame[place_name(column.place)].cast(pl.String)
    plain = cell.filter(cell.str.contains(_PLAIN)).str.strip_chars()
    return bool((plain.cast(pl.Float64, strict=False) > 1).any())
