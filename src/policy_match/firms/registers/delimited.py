"""Delimited texts as tables: CSV in any encoding, delimiter and line ending."""

from __future__ import annotations

import csv
import io
import itertools
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.errors import Fault, Place, ProfileError
from policy_match.firms.registers.encoding import decoded, encoding_of
from policy_match.firms.registers.finding_headings import headings_in
from policy_match.firms.registers.lines import even_ends, lines_of, mended
from policy_match.firms.registers.table import (
    BATCH,
    DAMAGE,
    LOOKED_AT,
    MORE,
    ROW,
    Table,
    fault,
    place_name,
)
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from policy_match.firms.registers.encoding import Encoding
    from policy_match.firms.registers.headings import Names

_DELIMITERS = ",\t;|"
_BEYOND = 8
"""Columns to the right of the last heading in which a stray cell is noticed."""
_HEAD = 1 << 16
_LONGEST_HEAD = 1 << 24
"""Characters among which the headings are looked for, whatever the width."""
_CHUNK = 1 << 20
_MOST_COLUMNS = 1 << 14
"""Columns of a table, as in a workbook."""


def delimited(
    path: Path,
    names: Names,
    work: Path,
    headed: Sequence[int] = (),
) -> Table:
    """Open a text; `work` is for what has to be converted; raises ProfileError."""
    encoding = encoding_of(path)
    if encoding is None:
        raise fault(path, "F601", said("neither-utf8-nor-gbk"), said("save-as-utf-8"))
    text = "".join(even_ends([_head(path, encoding)]))
    if not text.strip():
        raise fault(path, "F602", said("empty-table"), said("headings-first"))
    ways = [(delimiter, *_records(text, delimiter)) for delimiter in _DELIMITERS]
    delimiter, rows, ends = max(
        ways,
        key=lambda way: max(
            (names.recognised(row[:_MOST_COLUMNS]) for row in way[1]), default=0
        ),
    )
    _refuse_wide(path, rows, ends)
    found = headings_in(rows, names, headed)
    at, headings = found.below, found.cells
    marks = _marks(path)
    shape = delimiter, len(headings)
    source, damaged = _as_utf8(path, encoding, work, shape, marks)
    places = [place_name(place) for place in range(len(headings))]
    beyond = [f"{MORE}{place}" for place in range(_BEYOND)]

    def batches(
        size: int, only: Sequence[str] = (), most: int | None = None
    ) -> Iterator[pl.DataFrame]:
        lazy = pl.scan_csv(
            source,
            has_header=False,
            skip_lines=ends[at],
            schema=dict.fromkeys([*places, *beyond], pl.String()),
            separator=delimiter,
            truncate_ragged_lines=True,
            missing_columns="insert",
            extra_columns="ignore",
            row_index_name=ROW,
            row_index_offset=at + 2,
            n_rows=most,
        )
        more = pl.coalesce(beyond).alias(MORE)
        wanted = only or (ROW, *places, MORE)
        lazy = lazy.with_columns(more).select(wanted)
        if damaged:
            lazy = lazy.with_columns(pl.lit(value=True).alias(DAMAGE))
        try:
            yield from even(
                lazy.collect_batches(chunk_size=BATCH, maintain_order=True), size
            )
        except pl.exceptions.ComputeError:
            line = _bad_line(source, delimiter)
            place = Place(str(path), line)
            message, hint = said("broken-quotes"), said("close-the-quote")
            raise ProfileError([Fault(place, "F603", message, hint)]) from None

    above = tuple(itertools.chain(*rows[: found.first]))
    rows_ = found.first + 1, found.last + 1
    return Table(
        headings, above, batches, at=rows_, encoding=encoding.name,
        guarded=marks.guards,
    )  # fmt: skip


def _refuse_wide(path: Path, rows: list[list[str]], ends: list[int]) -> None:
    """Raise ProfileError where the first rows are nothing that a table begins with."""
    if not rows:
        message = said("too-long-a-cell", size=csv.field_size_limit())
        raise fault(path, "F602", message, said("headings-first"))
    for row, line in zip(rows, [0, *ends], strict=False):
        if len(row) > _MOST_COLUMNS:
            message = said("too-many-columns", count=_MOST_COLUMNS)
            place = Place(str(path), line + 1)
            raise ProfileError([Fault(place, "F602", message, said("headings-first"))])


def _as_utf8(
    path: Path, encoding: Encoding, work: Path, shape: tuple[str, int], marks: _Marks
) -> tuple[Path, bool]:
    """Return a file as Polars can read it, and whether some lines are damaged.

    `shape` is the delimiter, and how many columns there are. The file itself is
    read where nothing has to be mended.
    """
    plain = encoding.name in {"utf-8", "utf-8-sig"} and not encoding.damaged
    wide = encoding.name.startswith("utf-16")
    source = work / f"{path.name}.utf-8"
    if not marks.quotes and not wide:
        if plain and not marks.lone_cr:
            return path, False
        with source.open("w", encoding="utf-8", newline="") as file:
            file.writelines(even_ends(decoded(path, encoding)))
        return source, encoding.damaged
    broken = changed = False
    with source.open("w", encoding="utf-8", newline="") as file:
        texts = lines_of(even_ends(decoded(path, encoding)))
        for line in mended(texts, *shape):
            broken |= line.broken
            changed |= line.changed
            file.write(line.text)
    if plain and not marks.lone_cr and not changed:
        source.unlink()
        return path, False
    return source, encoding.damaged or broken


class _Marks(NamedTuple):
    """What a file has anywhere that needs more than a plain reading."""

    quotes: bool
    lone_cr: bool
    """CR without LF."""
    guards: bool
    """What may begin a cell as `="…"` or with an apostrophe."""


def _marks(path: Path) -> _Marks:
    quotes = lone = guards = False
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            quotes = quotes or b'"' in chunk
            guards = guards or b"'" in chunk
            if last or b"\r" in chunk:
                text = last + chunk
                ends = text.count(b"\r") - (text[-1:] == b"\r")
                lone = lone or ends > text.count(b"\r\n")
                last = text[-1:] if text[-1:] == b"\r" else b""
    return _Marks(quotes, lone or bool(last), quotes or guards)


def _head(path: Path, encoding: Encoding) -> str:
    """Return the first lines of a text, whole ones, however wide its rows are."""
    text = ""
    for chunk in decoded(path, encoding):
        text += chunk
        lines = text.count("\n") + text.count("\r")
        if len(text) >= _HEAD and (lines > LOOKED_AT or len(text) >= _LONGEST_HEAD):
            break
    if len(text) <= _HEAD:
        return text
    end = max(text.find(mark, _HEAD) for mark in "\r\n")
    return text[:end] if end > 0 else text


def _records(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the first records, and after how many lines each ends."""
    rows: list[list[str]] = []
    ends: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in itertools.islice(reader, LOOKED_AT):
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error:
        pass
    return rows, ends


def _bad_line(path: Path, delimiter: str) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            start = 1
            for _ in reader:
                start = reader.line_num + 1
        except csv.Error:
            return start
    return 1


def even(frames: Iterator[pl.DataFrame], size: int) -> Iterator[pl.DataFrame]:
    """Yield frames of `size` rows each, but for the last; keep none of them."""
    waiting: list[pl.DataFrame] = []
    for frame in frames:
        waiting.append(frame)
        del frame  # what has been handed on must not stay in memory
        while sum(one.height for one in waiting) >= size:
            whole = waiting.pop() if len(waiting) == 1 else pl.concat(waiting)
            waiting = [] if whole.height == size else [whole.slice(size)]
            ready = [whole.head(size)]
            del whole
            yield ready.pop()
    if waiting:
        yield pl.concat(waiting)
