"""Whole numbers in columns, with bounds that prove that nothing wraps.

Polars integers wrap without a word, so every sum and product carries the
least and the most it can be, and takes the narrowest type that holds both.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_match.backends.columnar.flags import Flag, Verdict

Operator = Literal["=", "<", "<=", ">", ">="]

_TYPES = {32: pl.Int32, 64: pl.Int64, 128: pl.Int128}


class TooWideError(Exception):
    """A number that no column holds exactly; such policies go row by row."""


class Whole(NamedTuple):
    """A whole number a row, from `low` to `high`; a constant without `expr`."""

    expr: pl.Expr | None
    low: int
    high: int
    nullable: bool = False
    bits: int = 64

    @property
    def constant(self) -> int | None:
        """The number itself, where it is the same in every row."""
        return self.low if self.expr is None else None


def const(number: int) -> Whole:
    """Return a number that is the same in every row."""
    return Whole(None, number, number, bits=_bits(number, number))


def _bits(low: int, high: int) -> int:
    for bits in (64, 128):
        if -(2 ** (bits - 1)) < low and high < 2 ** (bits - 1):
            return bits
    message = f"{max(abs(low), abs(high))} takes more than 128 bits"
    raise TooWideError(message)


ZERO, ONE = const(0), const(1)


@cache
def literal(number: int, kind: type[pl.DataType]) -> pl.Expr:
    """Return a number that is the same in every row.

    A cast scalar: Polars takes `pl.lit(number, kind)` for a series of one row,
    which is slower to make and much slower to fill nulls with.
    """
    return pl.lit(number).cast(kind)


def as_expr(value: Whole, bits: int = 0) -> pl.Expr:
    """Return the expression, at least `bits` wide."""
    wide = _TYPES[max(value.bits, bits)]
    if value.expr is None:
        return literal(value.low, wide)
    return value.expr.cast(wide) if value.bits < bits else value.expr


def _combined(
    a: Whole, b: Whole, ends: list[int], apply: Callable[[pl.Expr, pl.Expr], pl.Expr]
) -> Whole:
    low, high = min(ends), max(ends)
    bits = max(_bits(low, high), a.bits, b.bits)
    if a.expr is None and b.expr is None:
        return const(low)
    expr = apply(as_expr(a, bits), as_expr(b, bits))
    return Whole(expr, low, high, a.nullable or b.nullable, bits)


def add(a: Whole, b: Whole) -> Whole:
    """Return the sums."""
    if a.constant == 0 or b.constant == 0:
        return b if a.constant == 0 else a
    return _combined(a, b, [a.low + b.low, a.high + b.high], lambda x, y: x + y)


def negative(a: Whole) -> Whole:
    """Return the opposites."""
    if a.expr is None:
        return const(-a.low)
    return multiply(a, const(-1))


def multiply(a: Whole, b: Whole) -> Whole:
    """Return the products; null where either is."""
    if a.constant == 1 or b.constant == 1:
        return b if a.constant == 1 else a
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return _combined(a, b, ends, lambda x, y: x * y)


def floor_divide(a: Whole, by: Whole) -> Whole:
    """Return the quotients rounded down; `by` is positive."""
    if by.constant == 1:
        return a
    ends = [x // y for x in (a.low, a.high) for y in (by.low, by.high)]
    return _combined(a, by, ends, lambda x, y: x // y)


def pick(flag: Flag, yes: Whole, otherwise: Whole) -> Whole:
    """Return `yes` where `flag` is set, else `otherwise`."""
    if isinstance(flag, bool):
        return yes if flag else otherwise
    if yes.expr is None and otherwise.expr is None and yes.low == otherwise.low:
        return yes
    bits = max(yes.bits, otherwise.bits)
    expr = pl.when(flag).then(as_expr(yes, bits)).otherwise(as_expr(otherwise, bits))
    low, high = min(yes.low, otherwise.low), max(yes.high, otherwise.high)
    return Whole(expr, low, high, yes.nullable or otherwise.nullable, bits)


def fill(value: Whole, number: int) -> Whole:
    """Return `value` with `number` in place of every null."""
    if value.expr is None or not value.nullable:
        return value
    low, high = min(value.low, number), max(value.high, number)
    bits = max(_bits(low, high), value.bits)
    filled = as_expr(value, bits).fill_null(literal(number, _TYPES[bits]))
    return Whole(filled, low, high, nullable=False, bits=bits)


def is_null(value: Whole) -> Flag:
    """Return where there is no number."""
    return value.expr.is_null() if value.expr is not None and value.nullable else False


def only_where(flag: Flag, value: Whole) -> Whole:
    """Return `value` where `flag` is set, else null."""
    if flag is True:
        return value
    expr = pl.when(pl.lit(flag) if isinstance(flag, bool) else flag).then(
        as_expr(value)
    )
    return Whole(expr, value.low, value.high, nullable=True, bits=value.bits)


def compare(operator: Operator, a: Whole, b: Whole) -> Verdict:
    """Return `a operator b`; null where either is."""
    if not (a.nullable or b.nullable):
        settled = _by_bounds(operator, a, b)
        if settled is not None:
            return settled
    bits = max(a.bits, b.bits)
    if a.expr is None or b.expr is None:
        # A literal takes the column's own type where it fits.
        own, const_ = (b, a) if a.expr is None else (a, b)
        fits = -(2 ** (own.bits - 1)) <= const_.low < 2 ** (own.bits - 1)
        bits = own.bits if fits else bits
    wide = _TYPES[bits]
    left = literal(a.low, wide) if a.expr is None else as_expr(a, bits)
    right = literal(b.low, wide) if b.expr is None else as_expr(b, bits)
    return _compared(operator, left, right)


def _by_bounds(operator: Operator, a: Whole, b: Whole) -> bool | None:
    if operator in {">", ">="}:
        a, b = b, a
        operator = "<" if operator == ">" else "<="
    if operator == "=":
        if a.high < b.low or a.low > b.high:
            return False
        return True if a.low == a.high == b.low == b.high else None
    if operator == "<":
        return True if a.high < b.low else False if a.low >= b.high else None
    return True if a.high <= b.low else False if a.low > b.high else None


def _compared(operator: Operator, a: pl.Expr, b: pl.Expr) -> pl.Expr:
    match operator:
        case "=":
            return a == b
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case ">=":
            return a >= b
