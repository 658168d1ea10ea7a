"""Cells with the two ends of each quarter, `120/200; 400/500`, all at once."""

from __future__ import annotations

import polars as pl

_DIGITS = 13
"""Before the decimal point, in the fact's own unit: many of them add up in 64 bits."""


def items(text: pl.Expr, places: int, shift: int) -> pl.Expr:
    """Return the numbers of each cell that is pairs of plain digits; else null.

    `places` are the decimals that a number may have, and `shift` is the unit of
    the heading as a power of ten; the numbers are whole, without their point.
    """
    decimals = rf"(?:\.[0-9]{{1,{places}}})?" if places else ""
    number = rf"[0-9]{{1,{max(1, _DIGITS - shift)}}}{decimals}"
    pair = rf"{number}/{number}"
    plain = pl.when(text.str.contains(rf"^{pair}(?:; ?{pair})*$")).then(text)
    ends = plain.str.replace_all("; ", "/", literal=True)
    ends = ends.str.replace_all(";", "/", literal=True).str.split("/")
    exact = pl.element().cast(pl.Decimal(38, places)).to_physical()
    return ends.list.eval(exact.cast(pl.Int64))
