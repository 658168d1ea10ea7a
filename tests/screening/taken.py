"""What is read of a table, in a form that a test can compare."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import polars as pl
import xlsxwriter

from policy_match.firms.registers import open_register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policy_match.firms.registers.mapping import TableMapping
    from policy_match.ir.program import Program


_END = re.compile(r"\.(?:low|high)$")


class Taken(NamedTuple):
    """What was read of a table."""

    firms: list[dict[str, object]]
    listed: list[tuple[object, ...]]
    """Row, column, reason and effect."""
    warnings: list[str]


def _shown(value: int, scale: int) -> float | Fraction:
    """Return a number; one whose decimals never end as it is."""
    exact = Fraction(value, scale)
    return exact if exact.denominator % 3 == 0 else value / scale


def taken(
    path: Path,
    program: Program,
    work: Path,
    *,
    strict: bool = False,
    mapping: TableMapping | None = None,
) -> Taken:
    """Return what is read of a table."""
    register = open_register(path, program, work, strict=strict, mapping=mapping)
    firms: list[dict[str, object]] = []
    listed: list[tuple[object, ...]] = []
    for part in register.parts(program, 1000):
        scale = part.scale
        firms += [
            {
                name: _shown(value, scale[fact])
                if (fact := _END.sub("", name)) in scale and value
                else value
                for name, value in row.items()
                if value is not None and not name.startswith("·")
            }
            for row in part.frame.iter_rows(named=True)
        ]
        columns = part.rejects.select("row", "column", "reason", "effect")
        listed += columns.cast({"reason": pl.String, "effect": pl.String}).rows()
    return Taken(firms, listed, [str(one) for one in register.warnings])


def workbook(
    place: Path, fill: Callable[[xlsxwriter.Workbook], None], **options: bool
) -> Path:
    """Write a workbook."""
    path = place / "firms.xlsx"
    with xlsxwriter.Workbook(str(path), options) as book:
        fill(book)
    return path
