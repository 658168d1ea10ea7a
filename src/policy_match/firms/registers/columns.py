"""The columns of one part of a table, read: what they say, and what they cannot."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

import polars as pl

from policy_match.domain.facts import FactType
from policy_match.firms.registers.numbers import Numbers, Read
from policy_match.firms.registers.options import Options, Texts
from policy_match.firms.registers.repeated import Repeated, repeated
from policy_match.firms.registers.table import (
    ABOUT_ROWS,
    DAMAGE,
    MORE,
    ROW,
    place_name,
)
from policy_match.firms.values.texts import MERGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.firms.registers.headings import Column
    from policy_match.firms.values.grammar import Grammar

_AT_ONCE = 24
"""Columns."""
Reader = Numbers | Options | Texts


def reader_of(column: Column, grammar: Grammar) -> Reader:
    """Return what reads a column."""
    kind = column.spec.type
    if kind.numeric or kind is FactType.LIST:
        return Numbers(column, grammar)
    return (Texts if kind is FactType.TEXT else Options)(column, grammar)


def read(
    frame: pl.DataFrame, readers: Sequence[tuple[Column, Reader]]
) -> Iterator[tuple[Column, Read]]:
    """Read the columns, some at a time: their texts are larger than what they say."""
    for start in range(0, len(readers), _AT_ONCE):
        some = readers[start : start + _AT_ONCE]
        yield from _read(frame, some)


def _read(
    frame: pl.DataFrame, readers: Sequence[tuple[Column, Reader]]
) -> Iterator[tuple[Column, Read]]:
    """Read columns at once, those of which texts repeat by their texts."""
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        places = (frame[place_name(column.place)] for column, _ in readers)
        found = [*pool.map(repeated, places)]
        known = [*zip(readers, found, strict=True)]
        plain = [one for one, again in known if again is None]
        some = [(one, again.texts) for one, again in known if again is not None]
        queries = [_reading(texts.to_frame(), [one]) for one, texts in some]
        whole, *parts = pl.collect_all([_reading(frame, plain), *queries])
        of_texts = iter(parts)
        seen = [whole if again is None else next(of_texts) for again in found]
        yield from pool.map(_finished, readers, seen, found)


def _finished(
    reading: tuple[Column, Reader], seen: pl.DataFrame, again: Repeated | None
) -> tuple[Column, Read]:
    column, reader = reading
    read = reader.rest(seen)
    return column, read if again is None else read.spread(again)


def _reading(
    frame: pl.DataFrame, readers: Sequence[tuple[Column, Reader]]
) -> pl.LazyFrame:
    """Return what can be read of all columns at once, and the texts left over."""
    trimmed: list[pl.Expr] = []
    first: list[pl.Expr] = []
    second: list[pl.Expr] = []
    for column, reader in readers:
        place = place_name(column.place)
        dtype = frame.schema[place]
        if reader.texts:
            trimmed.append(pl.col(place).cast(pl.String).str.strip_chars())
        made = reader.fast(pl.col(place), dtype)
        first, second = first + made[0], second + made[1]
    # One stage after the other: an expression within two others is computed twice.
    lazy = frame.lazy().with_columns(trimmed).with_columns(first)
    return lazy.select(second)


def without_blank_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows in which anything stands at all."""
    filled = pl.col(c for c in frame.columns if c not in ABOUT_ROWS)
    blank = frame.select(pl.all_horizontal(filled.is_null())).to_series()
    return frame.filter(~blank) if blank.any() else frame


def without_guards(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the cells without what programs put around long numbers: `="…"`, `'`."""
    texts = [
        name
        for name, kind in frame.schema.items()
        if kind == pl.String and name not in {*ABOUT_ROWS, MORE}
    ]
    if not texts or not frame.height:
        return frame
    guards = (pl.col(texts).str.starts_with(mark) for mark in ('="', "'"))
    guarded = frame.select(reduce(or_, guards).any()).row(0, named=True)
    mended: list[pl.Expr] = []
    for name in (name for name, some in guarded.items() if some):
        cell = pl.col(name)
        inside = cell.str.extract(r'^="(.*)"$', 1)
        mended.append(pl.coalesce(inside, cell.str.strip_prefix("'")).alias(name))
    return frame.with_columns(mended) if mended else frame


# ---- what cannot be taken


def bad_cells(
    frame: pl.DataFrame, column: Column, reasons: pl.Series, effect: str = "row"
) -> pl.DataFrame:
    """Return the cells of a column that have a reason against them."""
    name = place_name(column.place)
    place = pl.col(name).cast(pl.String)
    # The other cells, of which there are many, need no look.
    return (
        frame.select(*dict.fromkeys((ROW, name)))
        .with_columns(reasons.alias("reason"))
        .filter(pl.col("reason").is_not_null())
        .select(
            pl.col(ROW).cast(pl.Int64).alias("row"),
            pl.lit(column.heading).alias("column"),
            place.str.strip_prefix(MERGED).alias("value"),
            "reason",
            pl.lit(effect).alias("effect"),
        )
    )


def bad_rows(
    frame: pl.DataFrame, column: Column, rows: pl.Expr, reason: str, effect: str = "row"
) -> pl.DataFrame:
    """Return the cells of a column in the rows that one reason is against."""
    reason_ = pl.when(rows).then(pl.lit(reason)).alias("reason")
    # A reason that is against every row, or none, is one value until it is spread.
    reasons = frame.with_columns(reason_).select("reason")
    return bad_cells(frame, column, reasons["reason"], effect)


def broken_rows(frame: pl.DataFrame) -> list[pl.DataFrame]:
    """Return the rows whose cells cannot be told apart."""
    found = []
    known = {*ABOUT_ROWS, MORE}
    texts = [n for n, kind in frame.schema.items() if kind == pl.String]
    texts = [name for name in texts if name not in known]
    if texts and DAMAGE in frame.columns:
        damaged = pl.any_horizontal(
            pl.col(texts).str.contains("\ufffd", literal=True)
        ).fill_null(value=False)
        shown = pl.concat_str(texts, separator=" ", ignore_nulls=True)
        shown = shown.str.strip_prefix("\ufffd")
        found.append(_whole(frame.filter(damaged), shown, "damaged"))
    if MORE in frame.columns:
        more = frame.filter(pl.col(MORE).is_not_null())
        found.append(_whole(more, pl.col(MORE), "cells"))
    return found


def _whole(frame: pl.DataFrame, value: pl.Expr, reason: str) -> pl.DataFrame:
    return frame.select(
        pl.col(ROW).cast(pl.Int64).alias("row"),
        pl.lit("").alias("column"),
        value.alias("value"),
        pl.lit(reason).alias("reason"),
    )
