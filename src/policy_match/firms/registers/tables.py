"""Files as tables of texts: CSV, XLSX and Parquet, in parts of bounded size.

What kind a file is, its first bytes say, not its name.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.errors import Fault, Place, ProfileError, reason
from policy_match.firms.registers.encoding import decoded, encoding_of
from policy_match.firms.registers.lines import even_ends, lines_of, mended
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from policy_match.errors import Hint
    from policy_match.firms.registers.encoding import Encoding
    from policy_match.language.messages import Message

ROW = "·row"
"""The column that says in which row of the source a row stands."""
MORE = "·more"
"""The column of what stands to the right of the last heading."""
DAMAGE = "·damage"
"""The column that is there where some lines of a text are damaged."""
_DELIMITERS = ",\t;|"
_LOOKED_AT = 20
_BEYOND = 4
"""Columns to the right of the last heading in which a stray cell is noticed."""
_HEAD = 1 << 16
_CHUNK = 1 << 20
_BATCH = 25_000
"""Rows read at once; some batches wait, as texts, while one is taken."""
_ZIP, _OLD_EXCEL, _PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"

Recognise = "Callable[[Sequence[str]], int]"


@dataclass(frozen=True)
class Table:
    """A table that is open: its headings, and its rows as they stand."""

    headings: tuple[str, ...]
    above: tuple[str, ...]
    """The cells of the rows above the headings."""
    _batches: Callable[[int], Iterator[pl.DataFrame]]
    rows: int | None = None
    """How many rows there are, where that is known before reading them."""

    def parts(self, rows: int) -> Iterator[pl.DataFrame]:
        """Yield the rows, so many at a time; columns are named by place.

        Besides them there are ROW and, where the format has it, MORE. Raises
        ProfileError where the file cannot be read to its end.
        """
        return self._batches(rows)


def place_name(place: int) -> str:
    """Return the name of the column at a place."""
    return f"·{place}"


def files_of(path: Path) -> list[Path]:
    """Return the files of a table: one, or all Parquet files of a directory."""
    return sorted(path.rglob("*.parquet")) if path.is_dir() else [path]


def open_table(
    path: Path, recognised: Callable[[Sequence[str]], int], work: Path
) -> Table:
    """Open a file and find its headings.

    `recognised` tells how many of a row's cells are known headings; a row of
    titles above them is skipped. `work` is a directory for what has to be
    converted. Raises ProfileError.
    """
    if path.is_dir():
        return _parquet(path)
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise fault(path, "F507", said("unreadable", reason=reason(error))) from None
    if start == _PARQUET:
        return _parquet(path)
    if start in {_ZIP, _OLD_EXCEL}:
        return _workbook(path, recognised)
    return _delimited(path, recognised, work)


def fault(path: Path, code: str, message: Message, hint: Hint = "") -> ProfileError:
    """Return the error of a file as a whole."""
    return ProfileError([Fault(Place(str(path)), code, message, hint)])


class Found(NamedTuple):
    """Where headings stand: their first row and their last, and what they say."""

    first: int
    last: int
    cells: tuple[str, ...]


def headings_in(
    rows: Sequence[Sequence[str]], recognised: Callable[[Sequence[str]], int]
) -> Found:
    """Return the row, or the two rows, with most headings that mean something.

    The first of equals; and one row rather than two that say no more.
    """
    ways = [Found(i, i, tuple(row)) for i, row in enumerate(rows)]
    ways += [
        Found(i, i + 1, _joined(rows[i], rows[i + 1]))
        for i in range(len(rows) - 1)
        if len(rows[i + 1]) <= len(rows[i]) and not any(map(_is_data, rows[i + 1]))
    ]
    counted = [(recognised(way.cells), way) for way in ways]
    most = max(count for count, _ in counted)
    return next(way for count, way in counted if count == most)


_DATA = re.compile(r"[-+¥￥]?[0-9][0-9.,:%/\- ]*|[0-9A-Z]{18}|[0-9].*[年月日人元万亿]")


def _is_data(cell: str) -> bool:
    """Return whether a cell is a figure, a day or a code, and so no heading."""
    return bool(_DATA.fullmatch(cell.strip()))


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Return headings of two rows as one; what is merged across is said once."""
    width = max(len(above), len(below))
    upper = [*above, *[""] * (width - len(above))]
    lower = [*below, *[""] * (width - len(below))]
    group = ""
    cells: list[str] = []
    for over, under in zip(upper, lower, strict=True):
        if over.strip():
            group = over.strip()
        elif not under.strip():
            group = ""
        name = under.strip()
        cells.append(f"{group}·{name}" if group and name else group or name)
    return tuple(cells)


# ---- CSV


def _delimited(
    path: Path, recognised: Callable[[Sequence[str]], int], work: Path
) -> Table:
    encoding = encoding_of(path)
    if encoding is None:
        raise fault(path, "F601", said("neither-utf8-nor-gbk"), said("save-as-utf-8"))
    text = "".join(even_ends([_head(path, encoding)]))
    if not text.strip():
        raise fault(path, "F602", said("empty-table"), said("headings-first"))
    ways = [(delimiter, *_records(text, delimiter)) for delimiter in _DELIMITERS]
    delimiter, rows, ends = max(
        ways, key=lambda way: max(map(recognised, way[1]), default=0)
    )
    found = headings_in(rows, recognised)
    at, headings = found.last, found.cells
    source, damaged = _as_utf8(path, encoding, work, (delimiter, len(headings)))
    names = [place_name(place) for place in range(len(headings))]
    beyond = [f"{MORE}{place}" for place in range(_BEYOND)]

    def batches(size: int) -> Iterator[pl.DataFrame]:
        lazy = pl.scan_csv(
            source,
            has_header=False,
            skip_lines=ends[at],
            schema=dict.fromkeys([*names, *beyond], pl.String()),
            separator=delimiter,
            truncate_ragged_lines=True,
            missing_columns="insert",
            row_index_name=ROW,
            row_index_offset=at + 2,
        )
        more = pl.coalesce(beyond).alias(MORE)
        lazy = lazy.with_columns(more).select(ROW, *names, MORE)
        if damaged:
            lazy = lazy.with_columns(pl.lit(value=True).alias(DAMAGE))
        try:
            yield from _even(
                lazy.collect_batches(chunk_size=_BATCH, maintain_order=True), size
            )
        except pl.exceptions.ComputeError:
            line = _bad_line(source, delimiter)
            place = Place(str(path), line)
            message, hint = said("broken-quotes"), said("close-the-quote")
            raise ProfileError([Fault(place, "F603", message, hint)]) from None

    return Table(headings, tuple(itertools.chain(*rows[: found.first])), batches)


def _as_utf8(
    path: Path, encoding: Encoding, work: Path, shape: tuple[str, int]
) -> tuple[Path, bool]:
    """Return a file as Polars can read it, and whether some lines are damaged.

    `shape` is the delimiter, and how many columns there are. The file itself is
    read where nothing has to be mended.
    """
    plain = encoding.name in {"utf-8", "utf-8-sig"} and not encoding.damaged
    quoted, lone = _marks(path)
    wide = encoding.name.startswith("utf-16")
    source = work / f"{path.name}.utf-8"
    if not quoted and not wide:
        if plain and not lone:
            return path, False
        with source.open("w", encoding="utf-8", newline="") as file:
            file.writelines(even_ends(decoded(path, encoding)))
        return source, encoding.damaged
    broken = False
    with source.open("w", encoding="utf-8", newline="") as file:
        texts = lines_of(even_ends(decoded(path, encoding)))
        for line, bad in mended(texts, *shape):
            broken |= bad
            file.write(line)
    if plain and not lone and not broken:
        source.unlink()
        return path, False
    return source, encoding.damaged or broken


def _marks(path: Path) -> tuple[bool, bool]:
    """Return whether a file has quotes, and whether it has CR without LF."""
    quoted = lone = False
    last = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            quoted = quoted or b'"' in chunk
            text = last + chunk
            ends = text.count(b"\r") - (text[-1:] == b"\r")
            lone = lone or ends > text.count(b"\r\n")
            last = text[-1:] if text[-1:] == b"\r" else b""
    return quoted, lone or bool(last)


def _head(path: Path, encoding: Encoding) -> str:
    text = ""
    for chunk in decoded(path, encoding):
        text += chunk
        if len(text) >= _HEAD:
            return text[:_HEAD]
    return text


def _records(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the first records, and after how many lines each ends."""
    rows: list[list[str]] = []
    ends: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in itertools.islice(reader, _LOOKED_AT):
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


def _even(frames: Iterator[pl.DataFrame], size: int) -> Iterator[pl.DataFrame]:
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


# ---- spreadsheets and Parquet


def _workbook(path: Path, recognised: Callable[[Sequence[str]], int]) -> Table:
    import fastexcel  # noqa: PLC0415  (only for spreadsheets)

    try:
        book = fastexcel.read_excel(path)
        sheet = book.load_sheet(0, header_row=None, dtypes="string")
        frame = pl.DataFrame(sheet)
    except fastexcel.FastExcelError:
        raise fault(
            path, "F604", said("broken-workbook"), said("save-as-xlsx")
        ) from None
    head = [[cell or "" for cell in row] for row in frame.head(_LOOKED_AT).iter_rows()]
    if not any(any(row) for row in head):
        raise fault(path, "F602", said("empty-table"), said("headings-first"))
    found = headings_in(head, recognised)
    at = found.last
    names = [place_name(place) for place in range(frame.width)]
    rows = frame.rename(dict(zip(frame.columns, names, strict=True))).slice(at + 1)

    def batches(size: int) -> Iterator[pl.DataFrame]:
        yield from rows.with_row_index(ROW, offset=at + 2).iter_slices(size)

    above = tuple(itertools.chain(*head[: found.first]))
    return Table(found.cells, above, batches, rows.height)


def _parquet(path: Path) -> Table:
    """Open a Parquet file, or a directory of them whose names may hold columns."""
    files = files_of(path)
    if not files:
        message = said("no-parquet")
        raise fault(path, "F602", message, said("name-a-register"))
    broken = fault(path, "F605", said("broken-parquet"), said("write-again"))
    hive = path.is_dir()
    lazy = pl.scan_parquet(
        files, hive_partitioning=hive, row_index_name=ROW, row_index_offset=1
    )
    try:
        headings = [name for name in lazy.collect_schema() if name != ROW]
        height: int = lazy.select(pl.len()).collect().item()
    except pl.exceptions.PolarsError:
        raise broken from None
    names = {name: place_name(place) for place, name in enumerate(headings)}

    def batches(size: int) -> Iterator[pl.DataFrame]:
        found = lazy.rename(names).collect_batches(
            chunk_size=_BATCH, maintain_order=True
        )
        try:
            yield from _even(found, size)
        except pl.exceptions.PolarsError:
            raise broken from None

    return Table(tuple(headings), (), batches, height)
