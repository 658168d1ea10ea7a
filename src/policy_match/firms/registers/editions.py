"""Which edition of a classification the codes of a table are of."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from policy_match.domain.facts import FactType
from policy_match.firms.registers.columns import without_blank_rows
from policy_match.firms.registers.heading_text import named_in
from policy_match.firms.registers.mapping import EDITION
from policy_match.firms.registers.table import place_name
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.domain.wording import Wording
    from policy_match.firms.registers.headings import Column, Headings
    from policy_match.firms.registers.mapping import TableMapping
    from policy_match.firms.registers.table import Table
    from policy_match.firms.values.grammar import Grammar
    from policy_match.language.messages import Message

_ROWS = 20_000
"""Rows whose codes are looked at."""
_TRIED = 50
"""Cells by which a column of names beside codes is known."""
_SLIPS = 0.01
"""The share of codes that may speak for another edition than the rest."""
_A_STANDARD = 7
"""Characters of a name that tells an edition even in a line above the table, where
`2011版` may be said of the table itself."""


def with_editions(
    table: Table, headings: Headings, mapping: TableMapping, grammar: Grammar
) -> tuple[Headings, list[Message]]:
    """Return headings whose columns of codes know their edition, and what is said.

    It is told by the mapping, by the heading, by a line above the table, or by the
    codes themselves: those that only one edition has, and names beside them.
    """
    columns: list[Column] = []
    told: list[Message] = []
    for column in headings.columns:
        wording = column.spec.wording
        if column.spec.type is not FactType.CODE or not wording.editions:
            columns.append(column)
            continue
        mapped = mapping.of(column.heading)
        said_ = mapped.edition if mapped is not None else ""
        said_ = said_ or _named(wording, column.heading, table.above)
        edition = said_ or _shown(table, column, headings, grammar)
        if edition and wording.editions[edition].changed:
            key = "edition-said" if said_ else "edition-shown"
            named = {"heading": column.heading, "edition": edition, "key": EDITION}
            told.append(said(key, **named))
        elif not edition and _differ(table, column, grammar):
            years = tuple(wording.editions)
            named = {"heading": column.heading, "key": EDITION}
            told.append(said("edition-open", **named, editions=years))
        spec = replace(column.spec, wording=replace(wording, edition=edition))
        columns.append(column._replace(spec=spec))
    return replace(headings, columns=tuple(columns)), told


def _differ(table: Table, column: Column, grammar: Grammar) -> bool:
    """Return whether some code among the first means different things by edition."""
    frame = table.first(_ROWS)
    if frame is None:
        return False
    cells = frame[place_name(column.place)].cast(pl.String).str.strip_chars()
    some = cells.drop_nulls().unique()
    return any(grammar.words.undecided(column.spec, text) for text in some)


def _named(wording: Wording, heading: str, above: Sequence[str]) -> str:
    for year, edition in wording.editions.items():
        if named_in(heading, edition.called):
            return year
    for year, edition in wording.editions.items():
        long = [name for name in edition.called if len(name) >= _A_STANDARD]
        if any(named_in(line, long) for line in above):
            return year
    return ""


def _shown(table: Table, column: Column, headings: Headings, grammar: Grammar) -> str:
    """Return the edition that nearly all codes speak for which speak for any."""
    frame = table.first(_ROWS)
    if frame is None:
        return ""
    frame = without_blank_rows(frame)
    place = place_name(column.place)
    beside = _names_beside(frame, column, headings, grammar)
    cells = frame.select(pl.col(place, *beside).cast(pl.String).str.strip_chars())
    counted = cells.filter(pl.col(place).is_not_null()).group_by(cells.columns).len()
    votes: Counter[str] = Counter()
    for text, *names, count in counted.iter_rows():
        names = [name for name in names if name]  # noqa: PLW2901
        if edition := grammar.words.speaks_for(column.spec, text, names):
            votes[edition] += count
    if not votes:
        return ""
    ((edition, most),) = votes.most_common(1)
    return edition if most >= (1 - _SLIPS) * votes.total() else ""


def _names_beside(
    frame: pl.DataFrame, column: Column, headings: Headings, grammar: Grammar
) -> list[str]:
    """Return the columns in which names of the classification stand."""
    taken = {place_name(one.place) for one in headings.columns}
    found = []
    for name, kind in frame.schema.items():
        if kind != pl.String or name in taken:
            continue
        some = frame[name].drop_nulls().head(_TRIED).str.strip_chars()
        if any(grammar.words.names_codes(column.spec, text) for text in some):
            found.append(name)
    return found
