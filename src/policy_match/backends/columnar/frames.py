"""Firms as rows: `Facts` to the columnar layout, and a row back to `Facts`."""

from __future__ import annotations

from datetime import date
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar.layout import (
    ABSENT,
    ANY,
    COUNT,
    HIGH,
    LOW,
    PERHAPS,
    SEVERAL,
)
from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval, Listing, add, exactly
from policy_match.errors import OverflowsError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policy_match.domain.facts import Facts, FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.program import Program

_DIGITS = 38
_EXACT = Context(prec=_DIGITS, traps=[Inexact])


def frame_of(program: Program, firms: Sequence[Facts]) -> pl.DataFrame:
    """Return a row per firm with the columns that what is known of them needs.

    Numbers outside a fact's declared range are taken as its ends. Raises
    OverflowsError for a number of more than 38 digits.
    """
    columns: dict[str, pl.Series] = {}
    for fact, spec in program.facts.items():
        values = [firm.given.get(fact) for firm in firms]
        if any(value is not None for value in values):
            for column in _columns(spec, values):
                if column.null_count() < len(column):
                    columns[column.name] = column
    return (
        pl.DataFrame(columns) if columns else pl.DataFrame({"·": [None] * len(firms)})
    )


def _columns(spec: FactSpec, values: list[Possible | None]) -> list[pl.Series]:
    if spec.type is FactType.LIST:
        sums = [_sum(v) if isinstance(v, Listing) else None for v in values]
        counts = [
            len(v.items) if isinstance(v, Listing) and v.items is not None else None
            for v in values
        ]
        count = pl.Series(spec.id + COUNT, counts, pl.Int64)
        return [*_numbers(spec, sums), count]
    if spec.type.numeric:
        return _numbers(spec, [v if isinstance(v, Interval) else None for v in values])
    return [_options(spec, [v if isinstance(v, Choice) else None for v in values])]


def _sum(value: Listing) -> Interval | None:
    if value.items is None:
        return None
    total = exactly(0)
    for item in value.items:
        total = add(total, item)
    return total


def _options(spec: FactSpec, values: list[Choice | None]) -> pl.Series:
    plain = all(v is None or (v.settled and v.members) for v in values)
    if spec.type is FactType.BOOL and plain:
        bools = [None if v is None else v.members == frozenset((True,)) for v in values]
        return pl.Series(spec.id, bools, pl.Boolean)
    words = [None if v is None else word(v) for v in values]
    known = sorted({w for w in words if w is not None})
    return pl.Series(spec.id, words, pl.String).cast(pl.Enum(known))


def word(choice: Choice) -> str:
    """Return a choice as the category that stands for it.

    >>> word(Choice(frozenset({"small", "micro"}), absent=True))
    'micro|small|'
    """
    members = [ANY] if choice.members is None else sorted(map(_word, choice.members))
    return SEVERAL.join([*members, *([""] if choice.absent else [])])


def _word(member: str | bool) -> str:
    return str(member).lower() if isinstance(member, bool) else member


def _numbers(spec: FactSpec, values: list[Interval | None]) -> list[pl.Series]:
    is_date = spec.type is FactType.DATE
    convert: Callable[[Number], date | Decimal] = _day if is_date else _decimal

    def series(suffix: str, pick: Callable[[Interval], Number | None]) -> pl.Series:
        ends = [None if v is None or not v.some else pick(v) for v in values]
        cells = [None if e is None or e in (inf, -inf) else convert(e) for e in ends]
        name = spec.id + suffix
        return pl.Series(name, cells, pl.Date) if is_date else _exactly(name, cells)

    return [
        series("", lambda v: v.low if v.low == v.high and not v.absent else None),
        series(LOW, lambda v: None if v.low == v.high and not v.absent else v.low),
        series(HIGH, lambda v: None if v.low == v.high and not v.absent else v.high),
        _told(spec.id + ABSENT, values, lambda v: True if not v.some else None),
        _told(spec.id + PERHAPS, values, _perhaps),
    ]


def _perhaps(value: Interval) -> bool | None:
    if not value.some:
        return None
    endless = value.low == -inf and value.high == inf
    return value.absent if value.absent or endless else None


def _told(
    name: str, values: list[Interval | None], tell: Callable[[Interval], bool | None]
) -> pl.Series:
    told = [None if v is None else tell(v) for v in values]
    return pl.Series(name, told, pl.Boolean)


def _day(number: Number) -> date:
    return date.fromordinal(int(number))


def _decimal(number: Number) -> Decimal:
    exact = Fraction(number)
    try:
        return _EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    except (Inexact, ArithmeticError) as error:
        message = said("number-beyond", number=number, digits=_DIGITS)
        raise OverflowsError(message) from error


def _exactly(name: str, cells: Sequence[date | Decimal | None]) -> pl.Series:
    scale = 0
    for cell in cells:
        if isinstance(cell, Decimal):
            exponent = cell.normalize(_EXACT).as_tuple().exponent
            scale = max(scale, -int(exponent))
    return pl.Series(name, cells, pl.Decimal(_DIGITS, scale))
