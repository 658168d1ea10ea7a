"""Columns of numbers and days: clean cells at once, each other text once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import inf, lcm
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar.layout import ABSENT, COUNT, HIGH, LOW, PERHAPS
from policy_match.domain.facts import FactType
from policy_match.firms.registers import lists
from policy_match.firms.registers.memo import Memo
from policy_match.firms.registers.to_layout import Cell, ends, needed, undecimal
from policy_match.firms.values.grammar import FIRST_DAY, LAST_DAY
from policy_match.firms.values.texts import plain
from policy_match.firms.values.units import power

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.possible import Number
    from policy_match.firms.registers.headings import Column
    from policy_match.firms.registers.repeated import Repeated
    from policy_match.firms.values.grammar import Grammar

_PLACES = {
    FactType.MONEY: 2,
    FactType.LIST: 2,
    FactType.NUMBER: 4,
    FactType.RATIO: 6,
}
"""Decimals that a column of integers keeps, unless some cell has more."""
_DIGITS = 13
_LONGEST = 20
"""Characters that can be read as a number of 38 digits whatever its decimals."""
_TIDIED = (
    r"^\s*(-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?)"
    r"\s*([^0-9\s.,()（）]*)\s*$"
)
"""Plain digits, and the unit behind them."""
_AS_TYPED = {FactType.DATE, FactType.LIST}
_ITEMS = "·items"
_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


class Read(NamedTuple):
    """One column, read: columns in the layout, their scale, what is wrong."""

    columns: list[pl.Series]
    scale: int
    reasons: pl.Series | None
    """A key of REASONS where a cell cannot be read; None where all can."""
    ranges: pl.Series | None = None
    """A key of REASONS where a cell leaves several values open that should be one;
    None where none does."""

    def spread(self, texts: Repeated) -> Read:
        """Return for each row what was read of its text."""
        return Read(
            [texts.spread(one) for one in self.columns],
            self.scale,
            None if self.reasons is None else texts.spread(self.reasons),
            None if self.ranges is None else texts.spread(self.ranges),
        )


Stages = tuple[list[pl.Expr], list[pl.Expr]]
"""Columns that others are made of, and the columns themselves."""


class Numbers:
    """Reads one column of numbers, days or lists, part after part."""

    texts = False
    """Whether cells of any type are read as texts."""

    def __init__(self, column: Column, grammar: Grammar) -> None:
        """Remember the column; nothing has been read yet."""
        self._column, self._spec, self._habits = column, column.spec, grammar.habits
        self._grammar = grammar
        self._memo = Memo(lambda text: grammar.value(column.spec, text, column.shift))
        self._places = _PLACES.get(column.spec.type, 0)

    def fast(self, cells: pl.Expr, dtype: pl.DataType) -> Stages:
        """Return the plain values, and the texts that this cannot read."""
        fact = self._spec.id
        text = cells.cast(pl.String)
        if self._spec.type is FactType.LIST:
            return self._lists(text)
        if self._spec.type is FactType.DATE:
            plain = self._days(cells, dtype, text)
        else:
            plain = self._plain(cells, dtype, text)
        good = self._good(pl.col(fact))
        return [plain.alias(fact)], [
            pl.when(good).then(pl.col(fact)).alias(fact),
            pl.when(~good).then(text).alias(odd(fact)),
        ]

    def _days(self, cells: pl.Expr, dtype: pl.DataType, text: pl.Expr) -> pl.Expr:
        if dtype == pl.Date:
            return cells
        if isinstance(dtype, pl.Datetime):
            zone = self._grammar.zone or self._grammar.locale.timezone
            if dtype.time_zone and zone:
                cells = cells.dt.convert_time_zone(zone)
            return cells.dt.date()
        iso = pl.when(text.str.contains(_ISO)).then(text)
        # Days hardly repeat here: remembering each costs more than reading it again.
        return iso.str.to_date("%Y-%m-%d", strict=False, cache=False)

    def _lists(self, text: pl.Expr) -> Stages:
        fact, shift = self._spec.id, self._column.shift
        items = lists.items(text, max(0, self._places + shift), shift)
        found = pl.col(fact + _ITEMS)
        good = self._good(found.list.min()) & self._good(found.list.max())
        count = found.list.len().cast(pl.Int64)
        return [items.alias(fact + _ITEMS)], [
            pl.when(good).then(found.list.sum()).alias(fact),
            pl.when(good).then(count).alias(fact + COUNT),
            pl.when(~good).then(text).alias(odd(fact)),
        ]

    def _plain(self, cells: pl.Expr, dtype: pl.DataType, text: pl.Expr) -> pl.Expr:
        places = max(0, self._places + self._column.shift)
        if dtype.is_integer():
            small = cells.is_between(-(10**_DIGITS), 10**_DIGITS)
            wide = pl.when(small).then(cells).cast(pl.Int128) * pl.lit(10**places)
            return wide.cast(pl.Int64, strict=False)
        return self._exact(text, places)

    def _exact(self, text: pl.Expr, places: int) -> pl.Expr:
        """Return digits as integers; null where it is not digits alone."""
        decimals = rf"(\.[0-9]{{1,{places}}})?" if places else r"(\.0+)?"
        clean = text.str.contains(rf"^-?[0-9]+{decimals}$")
        clean = clean & (text.str.len_bytes() <= _LONGEST)
        exact = pl.when(clean).then(text).cast(pl.Decimal(38, places))
        return exact.to_physical().cast(pl.Int64, strict=False)

    def _good(self, plain: pl.Expr) -> pl.Expr:
        """Return where there is a value, and one that the fact may have."""
        spec = self._spec
        good = plain.is_not_null()
        if spec.type is FactType.DATE:
            return good & plain.is_between(FIRST_DAY, LAST_DAY).fill_null(value=False)
        one = 10**self._places
        if spec.low != -inf:
            good = good & (plain >= -(-Fraction(spec.low) * one // 1)).fill_null(
                value=False
            )
        if spec.high != inf:
            good = good & (plain <= Fraction(spec.high) * one // 1).fill_null(
                value=False
            )
        return good

    def rest(self, seen: pl.DataFrame) -> Read:
        """Return the whole column, with what `fast` could not read."""
        fact = self._spec.id
        seen = self._tidied(seen)
        texts, plain = seen[odd(fact)], seen[fact]
        counts = [seen[fact + COUNT]] if fact + COUNT in seen.columns else []
        distinct = texts.drop_nulls().unique()
        if distinct.is_empty():
            columns = [] if _blank(plain) else [plain, *counts]
            return Read(columns, self._scale(10**self._places), None)
        found = {text: self._memo.of(text) for text in distinct}
        values = {t: v for t, v in found.items() if not isinstance(v, str)}
        cells = {t: ends(v) for t, v in values.items()}
        every = [end for c in cells.values() for end in (c.plain, c.low, c.high)]
        per = lcm(*map(undecimal, every))
        places = max((needed(end, per) for end in every), default=0)
        one = per * 10 ** max(places, self._places)
        table = self._table(list(found), cells, one)
        reasons = [v if isinstance(v, str) else None for v in found.values()]
        table = table.with_columns(
            pl.Series("reason", reasons, pl.String),
            pl.Series("text", list(found)),
            pl.Series(
                "about",
                [t in values and self._grammar.about(self._spec, t) for t in found],
            ),
        )
        got = texts.alias("text").to_frame()
        got = got.join(table, on="text", how="left", maintain_order="left")
        reason = got["reason"]
        for count in counts:
            got = got.with_columns(pl.col("count").fill_null(count))
        whole = self._whole(plain, got, one)
        bad = None if _blank(reason) else reason
        rough = got.select(pl.when(pl.col("about")).then(pl.lit("about")))
        return Read(
            [c for c in whole if not _blank(c)],
            self._scale(one),
            bad,
            None if _blank(rough.to_series()) else rough.to_series(),
        )

    def _scale(self, one: int) -> int:
        """Return how many make one of the fact's own unit, not of the column's."""
        return int(one / self._column.size)

    def _tidied(self, seen: pl.DataFrame) -> pl.DataFrame:
        """Read plain digits that have only commas, blanks and a unit about them."""
        fact = self._spec.id
        if self._spec.type in _AS_TYPED or _blank(seen[odd(fact)]):
            return seen
        text = pl.col(odd(fact))
        digits = text.str.extract(_TIDIED, 1).str.replace_all(",", "", literal=True)
        cut = seen.select(
            fact,
            odd(fact),
            digits.alias("digits"),
            text.str.extract(_TIDIED, 2).alias("unit"),
        )
        shifts = self._shifts(cut["unit"].drop_nulls().unique())
        if not shifts:
            return seen
        number = pl.coalesce(
            self._exact(
                pl.when(pl.col("unit") == unit).then("digits"), self._places + by
            )
            for unit, by in shifts.items()
        )
        read = cut.with_columns(number.alias("read"))
        good = self._good(pl.col("read"))
        return read.select(
            pl.when(good).then(pl.col("read")).otherwise(pl.col(fact)).alias(fact),
            pl.when(~good).then(text).alias(odd(fact)),
        )

    def _shifts(self, units: pl.Series) -> dict[str, int]:
        """Return the power of ten of each unit that leaves whole numbers."""
        found = {
            unit: power(plain(unit), self._spec, self._habits) if unit else
            self._column.shift for unit in units
        }  # fmt: skip
        return {
            unit: by
            for unit, by in found.items()
            if by is not None and self._places + by >= 0
        }

    def _table(
        self, texts: list[str], cells: dict[str, Cell], one: int
    ) -> pl.DataFrame:
        is_date = self._spec.type is FactType.DATE
        kind: pl.DataType = pl.Date() if is_date else pl.Int128()

        def convert(end: Number | None) -> int | date | None:
            if end is None or end in (inf, -inf):
                return None
            if is_date:
                return date.fromordinal(int(end))
            return int(Fraction(end) * one)

        blank = Cell()
        rows = [cells.get(text, blank) for text in texts]
        return pl.DataFrame(
            [
                pl.Series("plain", [convert(c.plain) for c in rows], kind),
                pl.Series("low", [convert(c.low) for c in rows], kind),
                pl.Series("high", [convert(c.high) for c in rows], kind),
                pl.Series("none", [c.none for c in rows], pl.Boolean),
                pl.Series("perhaps", [c.perhaps for c in rows], pl.Boolean),
                pl.Series("count", [c.terms for c in rows], pl.Int64),
            ]
        )

    def _whole(
        self, plain: pl.Series, got: pl.DataFrame, one: int
    ) -> Iterator[pl.Series]:
        fact = self._spec.id
        more = one // 10**self._places
        factor = pl.Series([more], dtype=pl.Int128)
        wide = plain if more == 1 else plain.cast(pl.Int128) * factor
        exact = wide.cast(got["plain"].dtype).fill_null(got["plain"])
        for name, column in (
            (fact, exact),
            (fact + LOW, got["low"]),
            (fact + HIGH, got["high"]),
        ):
            narrow = column
            if column.dtype == pl.Int128:
                fits = column.cast(pl.Int64, strict=False)
                same = fits.null_count() == column.null_count()
                narrow = fits if same else column
            yield narrow.alias(name)
        yield got["none"].alias(fact + ABSENT)
        yield got["perhaps"].alias(fact + PERHAPS)
        yield got["count"].alias(fact + COUNT)


def odd(fact: str) -> str:
    """Return the name of the column of a fact's unusual texts."""
    return f"{fact}·odd"


def _blank(column: pl.Series) -> bool:
    return column.null_count() == len(column)
