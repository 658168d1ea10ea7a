"""Registers that cannot be screened: too little of them can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.firms.registers import lost
from policy_match.firms.registers.tables import fault
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from policy_match.screening.part import Counts
    from policy_match.screening.request import Request
    from policy_match.screening.work import Work

_FEW = 20
"""Refused rows that are never too many, as long as some are left."""
_WORST, _COMMON = 3, 3
"""Columns, and values of each, that are told."""


def refuse_ruined(request: Request, counts: Sequence[Counts], work: Work) -> None:
    """Raise ProfileError where nothing, or too little, of a register can be used."""
    rows, refused = (sum(getattr(p, x) for p in counts) for x in ("rows", "rejected"))
    if not rows:
        raise fault(request.firms, "F602", said("only-headings"), said("add-rows"))
    gone = sum(part.left_out for part in counts)
    many = refused >= _FEW and refused > request.most_rejects * rows
    if not many and (refused == 0 or refused + gone < rows):
        return
    files = [work.part(number) / "rejects.parquet" for number in range(len(counts))]
    message = said("ruined", refused=refused, rows=rows, worst=_worst(files))
    raise fault(request.firms, "F610", message, said("look-first"))


def _worst(files: Sequence[Path]) -> str:
    """Return the columns with most refused rows, with their commonest values."""
    found = pl.concat([pl.read_parquet(file) for file in files])
    rows = lost(found).filter(pl.col("effect").cast(pl.String) == "row")
    worst = (
        rows.group_by("column").len().sort("len", "column", descending=[True, False])
    )
    told = []
    for column, count in worst.head(_WORST).iter_rows():
        values = rows.filter(pl.col("column") == column)["value"].drop_nulls()
        common = values.value_counts().sort("count", "value", descending=[True, False])
        shown = ", ".join(value[:20] for value in common["value"].head(_COMMON))
        told.append(f"{column} {count}" + (f" ({shown})" if shown else ""))
    return "; ".join(told)
