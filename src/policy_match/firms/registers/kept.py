"""Columns that a mapping keeps as they are: for worklists, and to split take-up by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.firms.registers.heading_text import bare, parts_of
from policy_match.firms.registers.table import place_name
from policy_match.firms.values.texts import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KEPT = "·kept·"
"""What begins the name of a column that is kept; its heading follows."""


def place_of(headings: Sequence[str], name: str) -> int | None:
    """Return where a column stands that a mapping names; None where it is not there.

    By its whole heading; else by the last part of one in several rows, where but one
    column has it.
    """
    wanted = plain(name)
    whole = [n for n, cell in enumerate(headings) if plain(cell) == wanted]
    if whole:
        return whole[0]
    alike = [n for n, cell in enumerate(headings) if bare(cell) == bare(name)]
    if len(alike) == 1 and bare(name):
        return alike[0]
    last = [n for n, cell in enumerate(headings) if parts_of(cell)[-1:] == [wanted]]
    return last[0] if len(last) == 1 else None


def kept_places(headings: Sequence[str], names: Sequence[str]) -> Mapping[str, int]:
    """Return where the columns that are kept stand, by what the mapping calls them."""
    found = {name: place_of(headings, name) for name in names}
    return {name: place for name, place in found.items() if place is not None}


def as_kept(frame: pl.DataFrame, places: Mapping[str, int]) -> list[pl.Series]:
    """Return what stands in the columns that are kept; a blank is nothing."""
    found: list[pl.Series] = []
    for name, place in places.items():
        cells = frame[place_name(place)].cast(pl.String).str.strip_chars()
        found.append(cells.replace({"": None}).alias(KEPT + name))
    return found
