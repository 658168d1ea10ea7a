"""The sixty policies in NumPy, written for them alone: what a machine can do.

Chunks of 31,250 rows on two threads, codes of two bits (0 no, 1 unknown, 3
yes: and is `&`, or is `|`), amounts of the eligible only. Like the query by
hand it knows one value or none.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from peers.sixty_policies import (
    BOOLS,
    CLASSES,
    CODES,
    DATES,
    ENUMS,
    INDUSTRIES,
    MEASURES,
    Node,
    Sixty,
    bounds,
    key,
    leaves,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa
    from numpy.typing import NDArray

    Codes = NDArray[np.uint8]
    Cells = tuple[NDArray[Any], Codes, Codes]
    """Values; all bits where known; one where not."""

CHUNK = 31_250
_SIGNS = {
    ">=": np.greater_equal,
    "<=": np.less_equal,
    ">": np.greater,
    "<": np.less,
}
_NOT = np.array([3, 1, 2, 0], np.uint8)
_LEVELS = CLASSES[1:]
_FREE = len(INDUSTRIES)
"""The row of thresholds of firms whose industry is not known."""


def _thresholds() -> dict[str, NDArray[np.int64]]:
    found: dict[str, NDArray[np.int64]] = {}
    for measure in MEASURES:
        rows = [bounds(industry, measure) for industry in INDUSTRIES]
        found[f"free {measure}"] = np.array([row is None for row in rows] + [0], int)
        for at, level in enumerate(_LEVELS):
            values = [0 if row is None else row[at] for row in rows]
            found[f"{level} {measure}"] = np.array([*values, 0])
    return found


_THRESHOLDS = _thresholds()


class ByHand:
    """The kernel, for any number of firms."""

    def __init__(self, sixty: Sixty, threads: int = 2) -> None:
        """Keep the policies: there is nothing to compile."""
        self._sixty, self._pool = sixty, ThreadPoolExecutor(threads)

    def run(self, firms: pl.DataFrame) -> list[dict[str, Any]]:
        """Return outcome, amount and reasons of every policy, chunk by chunk."""
        plain = firms.with_columns(pl.col(*ENUMS, "ind4").to_physical())
        batches = plain.rechunk().to_arrow().to_batches(max_chunksize=CHUNK)
        return list(self._pool.map(self._chunk, batches))

    def _chunk(self, batch: pa.RecordBatch) -> dict[str, Any]:
        chunk = _Chunk(batch)
        codes = {text: chunk.leaf(leaf) for text, leaf in self._sixty.leaves.items()}
        words = {text: found.astype(np.uint16) for text, found in codes.items()}
        found: dict[str, Any] = {}
        for place, (condition, amount) in enumerate(self._sixty.policies):
            outcome = found[f"o{place}"] = _tree(condition, codes)
            at = np.flatnonzero(outcome == 3)  # noqa: PLR2004
            cents, open_ = chunk.amount(amount, at, codes)
            column = np.zeros(chunk.rows, np.int64)
            known = np.zeros(chunk.rows, np.uint8)
            column[at], known[at] = cents, 1 - open_
            found[f"a{place}"] = column, np.packbits(known, bitorder="little")
            *first, last = leaves(condition)
            word = words[key(last)].copy()
            for leaf in reversed(first):
                word <<= 2
                word |= words[key(leaf)]
            found[f"r{place}"] = word
        return found


def _tree(node: Node, codes: dict[str, Codes]) -> Codes:
    for kind, join in (("all", np.bitwise_and), ("any", np.bitwise_or)):
        if kind in node:
            found: Codes = reduce(join, (_tree(part, codes) for part in node[kind]))
            return found
    return _NOT[_tree(node["not"], codes)] if "not" in node else codes[key(node)]


def _code(holds: NDArray[Any], known: Codes, open_: Codes) -> Codes:
    return (holds.view(np.uint8) * np.uint8(3) & known) | open_


class _Chunk:
    def __init__(self, batch: pa.RecordBatch) -> None:
        self._batch, self.rows = batch, batch.num_rows
        self._read: dict[str, Cells] = {}
        self._from: dict[str, Codes] = {}

    def cells(self, fact: str) -> Cells:
        """Return a column as it lies in memory."""
        if fact not in self._read:
            array = self._batch.column(fact)
            bits, data = array.buffers()
            known = np.ones(self.rows, np.uint8)
            if array.null_count:
                known = _unpacked(bits, array.offset, self.rows)
            if fact in BOOLS:
                values = _unpacked(data, array.offset, self.rows)
            else:
                kind = array.type.to_pandas_dtype()
                kind = np.int32 if fact in DATES else kind
                values = np.frombuffer(data, kind)[array.offset :][: self.rows]
            self._read[fact] = values, known * np.uint8(255), known ^ 1
        return self._read[fact]

    def wide(self, fact: str) -> Cells:
        """Return a column in 64 bits."""
        values, known, open_ = self.cells(fact)
        return values.astype(np.int64, copy=False), known, open_

    def leaf(self, leaf: Node) -> Codes:
        """Return the codes of a leaf."""
        if "size" in leaf:
            return self._size(leaf["size"])
        if "ratio" in leaf:
            (a, known_a, open_a), (b, known_b, open_b) = map(self.wide, leaf["ratio"])
            holds = _SIGNS[leaf["sign"]](a * 10_000, b * leaf["points"])
            return _code(holds, known_a & known_b, open_a | open_b)
        fact, sign, value = leaf["fact"], leaf["sign"], leaf["value"]
        values, known, open_ = self.cells(fact)
        if sign == "is":
            return _code(values, known, open_)
        if sign in {"in", "under"}:
            return _code(_table(fact, _inside(sign, value))[values], known, open_)
        if fact in DATES:
            value = (date.fromisoformat(value) - date(1970, 1, 1)).days
        holds = _SIGNS[sign](values, values.dtype.type(value))
        return _code(holds, known, open_)

    def _size(self, classes: list[str]) -> Codes:
        low, high = CLASSES.index(classes[0]), CLASSES.index(classes[-1])
        parts = [self._at_least(CLASSES[low])] if low else []
        if high < len(CLASSES) - 1:
            parts.append(_NOT[self._at_least(CLASSES[high + 1])])
        found: Codes = reduce(np.bitwise_and, parts)
        return found

    def _at_least(self, level: str) -> Codes:
        if level not in self._from:
            values, known, open_ = self.cells("industry")
            industry = np.where(known, values, _FREE)
            parts = []
            for measure in MEASURES:
                cells, known_it, open_it = self.wide(measure)
                holds = cells >= _THRESHOLDS[f"{level} {measure}"][industry]
                free = _THRESHOLDS[f"free {measure}"].astype(np.uint8)[industry]
                parts.append(_code(holds, known_it, open_it) | free * np.uint8(3))
            every: Codes = reduce(np.bitwise_and, parts)
            self._from[level] = (every & known) | open_
        return self._from[level]

    def amount(
        self, node: Node, at: NDArray[np.int64], codes: dict[str, Codes]
    ) -> tuple[NDArray[np.int64], Codes]:
        """Return cents of the rows `at`, and one where they are not known."""
        if "fixed" in node:
            return np.full(len(at), node["fixed"]), np.zeros(len(at), np.uint8)
        if "case" in node:
            cents, open_ = self.amount(node["else"], at, codes)
            for guard, value in reversed(node["case"]):
                other, unknown = self.amount(value, at, codes)
                code = codes[key(guard)][at]
                cents = np.where(code == 3, other, cents)  # noqa: PLR2004
                open_ = np.choose(code, [open_, np.uint8(1), open_, unknown])
            return cents, open_
        if "per" in node:
            values, _, missing = self.wide(node["per"])
            cents, open_ = values[at] * node["unit"], missing[at]
        else:
            base, open_ = self._base(node["base"], at)
            if "rate" in node:
                cents = (base * node["rate"] + 5_000) // 10_000
            else:
                cents = _brackets(base, node["brackets"])
        return (np.minimum(cents, node["cap"]) if node["cap"] else cents), open_

    def _base(
        self, base: Node | str, at: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], Codes]:
        if isinstance(base, dict):
            (a, _, open_a), (b, _, open_b) = map(self.wide, base["rise"])
            return np.maximum(a[at] - b[at], 0), (open_a | open_b)[at]
        values, _, open_ = self.wide(base)
        some = values[at]
        return (np.maximum(some, 0) if base == "profit_y1" else some), open_[at]


def _unpacked(data: pa.Buffer, offset: int, rows: int) -> Codes:
    whole = np.frombuffer(data, np.uint8)[offset // 8 :]
    start = offset % 8
    bits = np.unpackbits(whole[: (rows + start + 7) // 8], bitorder="little")
    return bits[start : start + rows]


def _inside(sign: str, value: list[str]) -> Callable[[str], bool]:
    if sign == "in":
        return value.__contains__
    return lambda word: word.startswith(tuple(value))


def _table(fact: str, holds: Callable[[str], bool]) -> Codes:
    return np.array([holds(word) for word in ENUMS.get(fact, CODES)], np.uint8)


def _brackets(
    base: NDArray[np.int64], bands: list[tuple[int | None, int]]
) -> NDArray[np.int64]:
    total, floor = np.zeros(len(base), np.int64), 0
    for upto, rate in bands:
        if rate:
            total += (np.clip(base, floor, upto) - floor) * rate
        floor = upto or floor
    return (total + 5_000) // 10_000
