"""Words of bits to names: once for each distinct word."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar import sheet as s
from policy_match.backends.columnar.findings import facts_of
from policy_match.screening.statuses import open_names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from policy_match.backends.columnar.sheet import Sheet

_Words = tuple[int, ...]


def with_open_words(sheet: Sheet, frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` with the words of facts open for the outcome, all 64 bits."""
    names = open_names(sheet)
    if not names:
        return frame
    if sheet.opens:
        given = zip(names, sheet.opens, strict=True)
        return frame.with_columns(
            pl.col(old).cast(pl.UInt64).alias(name) for name, old in given
        )
    place = {fact: bit for bit, fact in enumerate(sheet.open_facts)}

    def words(reasons: _Words) -> list[int]:
        whole = sum(1 << place[fact] for fact in sheet.read(reasons).open)
        mask = (1 << s.WORD) - 1
        return [whole >> s.WORD * i & mask for i in range(len(names))]

    return _looked_up(frame, sheet.reasons, dict.fromkeys(names, pl.UInt64()), words)


def with_missing(sheet: Sheet, frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` with the list of facts missing for outcome, tier or amount."""
    names = (*open_names(sheet), *sheet.wants)
    split = len(open_names(sheet))
    if not names:
        nothing = pl.lit(None, pl.List(pl.String)).fill_null([])
        return frame.with_columns(nothing.alias("missing"))

    def missing(words: _Words) -> list[list[str]]:
        opened = facts_of(sheet.open_facts, words[:split])
        wanted = facts_of(sheet.wanted_facts, words[split:])
        every = dict.fromkeys((*sheet.open_facts, *sheet.wanted_facts))
        return [[fact for fact in every if fact in opened | wanted]]

    return _looked_up(frame, names, {"missing": pl.List(pl.String())}, missing)


def with_failed(sheet: Sheet, frame: pl.DataFrame) -> pl.DataFrame:
    """Return `frame` with the list of conditions by which the policy fails."""

    @lru_cache(maxsize=1 << 12)
    def failed(words: _Words) -> list[list[str]]:
        texts = (leaf.test.text for leaf in sheet.read(words).failed)
        return [list(dict.fromkeys(texts))]

    kinds = {"failed": pl.List(pl.String())}
    return _looked_up(frame, sheet.reasons, kinds, failed)


def _looked_up(
    frame: pl.DataFrame,
    keys: tuple[str, ...],
    kinds: Mapping[str, pl.DataType],
    decode: Callable[[_Words], Sequence[object]],
) -> pl.DataFrame:
    """Return `frame` with columns found from distinct rows of `keys`."""
    distinct = frame.select(keys).unique()
    decoded = [decode(words) for words in distinct.rows()]
    columns = [
        pl.Series(name, [cells[place] for cells in decoded], kind)
        for place, (name, kind) in enumerate(kinds.items())
    ]
    table = distinct.with_columns(columns)
    return frame.join(table, on=keys, how="left", maintain_order="left")
