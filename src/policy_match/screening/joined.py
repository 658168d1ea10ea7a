"""Parquet files of the same columns made one, without reading their rows.

The row groups are copied as they stand, and a footer is written that says where
each is now: to decode and encode them again takes longer than the screening.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from policy_match.screening import thrift

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

    from policy_match.screening.thrift import Value

_MAGIC = b"PAR1"
_END = struct.Struct("<i4s")
"""What a file ends with: the size of the footer, and the magic word."""
_CHUNK = 1 << 22

# The numbers of fields in the structs of parquet.thrift.
_ROWS, _GROUPS = 3, 4
_COLUMNS, _GROUP_AT, _ORDINAL = 1, 5, 7
_CHUNK_AT, _ABOUT, _OFFSETS_AT, _INDEX_AT = 2, 3, 4, 6
_PAGES_AT = (9, 10, 11, 14)
"""Data, index and dictionary pages, and the bloom filter, of a column."""


def join(parts: Sequence[Path], out: Path) -> None:
    """Write the rows of all parts, in order; there is at least one."""
    footers = [_footer(part) for part in parts]
    groups: list[Value] = []
    with out.open("wb") as file:
        file.write(_MAGIC)
        for part, (footer, end) in zip(parts, footers, strict=True):
            by = file.tell() - len(_MAGIC)
            _copy(part, end, file)
            for group in footer.fields[_GROUPS].items:
                groups.append(_moved(group, by, len(groups)))
        whole = footers[0][0]
        rows = sum(footer.fields[_ROWS].number for footer, _ in footers)
        whole = whole.having(
            {
                _ROWS: whole.fields[_ROWS]._replace(of=rows),
                _GROUPS: whole.fields[_GROUPS]._replace(of=groups),
            }
        )
        text = thrift.written(whole)
        file.write(text + _END.pack(len(text), _MAGIC))


def _footer(path: Path) -> tuple[Value, int]:
    """Return a file's footer, and where it starts."""
    with path.open("rb") as file:
        file.seek(-_END.size, 2)
        size, _ = _END.unpack(file.read())
        start = file.seek(-_END.size - size, 2)
        return thrift.read(file.read(size)), start


def _copy(part: Path, end: int, to: BinaryIO) -> None:
    with part.open("rb") as file:
        left = end - file.seek(len(_MAGIC))
        while left:
            left -= to.write(file.read(min(left, _CHUNK)))


def _moved(group: Value, by: int, ordinal: int) -> Value:
    """Return a row group that stands so many bytes further on."""
    columns = [
        _shifted(column, (_CHUNK_AT, _OFFSETS_AT, _INDEX_AT), by).having(
            {_ABOUT: _shifted(column.fields[_ABOUT], _PAGES_AT, by)}
        )
        for column in group.fields[_COLUMNS].items
    ]
    found = _shifted(group, (_GROUP_AT,), by).having(
        {_COLUMNS: group.fields[_COLUMNS]._replace(of=columns)}
    )
    if _ORDINAL not in found.fields:
        return found
    return found.having({_ORDINAL: found.fields[_ORDINAL]._replace(of=ordinal)})


def _shifted(value: Value, places: Sequence[int], by: int) -> Value:
    """Return a struct with some offsets moved; zero says that there is none."""
    moved = {
        place: value.fields[place]._replace(of=value.fields[place].number + by)
        for place in places
        if place in value.fields and value.fields[place].number
    }
    return value.having(moved)
