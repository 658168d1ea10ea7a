"""The columns a register is screened from: names, kinds, and how they read.

See the package's own words for the layout; this is its only reader.
"""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar import bounds
from policy_match.backends.columnar import checked_integers as w
from policy_match.backends.columnar import numbers as n
from policy_match.backends.columnar.bounds import End
from policy_match.backends.columnar.calendar import EPOCH
from policy_match.backends.columnar.choices import Known, Options, Table
from policy_match.backends.columnar.flags import Flag, both, either, no
from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval, inf
from policy_match.errors import UnsupportedError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from policy_match.backends.columnar.numbers import Num
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Member

LOW, HIGH, ABSENT, PERHAPS, COUNT = ".low", ".high", ".none", ".perhaps_none", ".count"
SUFFIXES = ("", LOW, HIGH, ABSENT, PERHAPS, COUNT)
SEVERAL = "|"
ANY = "*"
_MOST_COUNTS = 10**6


_SLACK, _STEP, _MOST_BITS = 2, 4, 56
_FAR = 8
"""Bits by which one odd figure may widen the bounds of the parts after it."""


def _around(least: int, most: int) -> tuple[int, int]:
    """Return bounds well beyond those seen, which the parts of a register share.

    >>> _around(300, 1000), _around(0, 0), _around(-3, -2)
    ((1, 4095), (0, 0), (-15, -1))
    """
    low = min(least, 1) if least >= 0 else -_beyond(-least)
    high = max(most, -1) if most <= 0 else _beyond(most)
    return low, high


def _shared(met: tuple[int, int] | None, least: int, most: int) -> tuple[int, int]:
    """Return bounds that earlier parts have too, unless theirs are far wider.

    >>> _shared((0, 4095), 1, 300), _shared((1, 4095), 0, 5000)
    ((0, 4095), (0, 65535))
    >>> _shared((0, 10**9), 1, 9)
    (1, 255)
    """
    mine = _around(least, most)
    if met is None or max(map(abs, met)) > max(map(abs, mine)) << _FAR:
        return mine
    if met[0] <= least and most <= met[1]:
        return met
    return min(met[0], mine[0]), max(met[1], mine[1])


def _beyond(number: int) -> int:
    """Return what larger numbers of the same kind will hardly go beyond."""
    bits = number.bit_length()
    wide = -(-(bits + _SLACK) // _STEP) * _STEP
    return (1 << (wide if wide <= _MOST_BITS else bits)) - 1


class _Column(NamedTuple):
    whole: w.Whole
    den: int


class Source:
    """The facts of one part, as numbers and options in columns.

    Bounds, nulls and categories are those observed: a fact whose ranges are
    all empty in this part is read as a plain column.
    """

    def __init__(
        self,
        frame: pl.DataFrame,
        scale: Mapping[str, int],
        met: dict[str, tuple[int, int]],
    ) -> None:
        """Look at the columns of `frame`; `scale` as `Screener.part` has it.

        `met` are the bounds of earlier parts: those of this one join them.
        """
        self._frame = frame
        self._scale = scale
        self._schema = schema = frame.schema  # made anew each time it is asked for
        names = [c for c, x in schema.items() if x.is_numeric() or x == pl.Date]
        physical = {c: pl.col(c).to_physical() for c in names}
        looked = frame.select(
            *(x.min().alias(f"{c}<") for c, x in physical.items()),
            *(x.max().alias(f"{c}>") for c, x in physical.items()),
            *(pl.col(c).null_count().alias(f"{c}?") for c in frame.columns),
        )
        seen = looked.row(0, named=True) if looked.width else {}
        self._known = {c for c in frame.columns if seen[f"{c}?"] < frame.height}
        self._nullable = {c for c in frame.columns if seen[f"{c}?"]}
        self._bounds: dict[str, tuple[int, int]] = {}
        for c in names:
            if c in self._known and not schema[c].is_float():
                ends = seen[f"{c}<"], seen[f"{c}>"]
                self._bounds[c] = met[c] = _shared(met.get(c), *ends)

    @property
    def signature(self) -> Hashable:
        """What expressions over this part depend on, and nothing else of it."""
        words = pl.String | pl.Categorical
        texts = [c for c in self._known if isinstance(self._schema[c], words)]
        counts = [c for c in self._known if c.endswith(COUNT)]
        distinct = {
            c: frozenset(self._frame[c].drop_nulls().unique())
            for c in (*texts, *counts)
        }
        return frozenset(
            (c, dtype, c in self._nullable, self._bounds.get(c), distinct.get(c),
             self._scale.get(c.split(".", maxsplit=1)[0]))
            for c, dtype in self._schema.items() if c in self._known
        )  # fmt: skip

    def has(self, column: str) -> bool:
        """Whether there is anything at all in a column."""
        return column in self._known

    def given(self, fact: str) -> Flag:
        """Return where something is known of a fact."""
        known: Flag = False
        for suffix in ("", LOW, HIGH, PERHAPS):
            if self.has(fact + suffix):
                full = fact + suffix not in self._nullable
                known = either(known, full or pl.col(fact + suffix).is_not_null())
        return either(known, self._true(fact + ABSENT))

    def _true(self, column: str) -> Flag:
        return pl.col(column).fill_null(value=False) if self.has(column) else False

    # ---- numbers

    def number(self, spec: FactSpec) -> Num:
        """Return what is possible of a number, a date or the mean of a list."""
        unknown = spec.unknown
        if not isinstance(unknown, Interval):
            unknown = Interval(0, inf)
        fact, dead = spec.id, self._true(spec.id + ABSENT)
        exact = self._end(spec, "")
        ranged = self.has(fact + LOW) or self.has(fact + HIGH)
        if spec.type is FactType.LIST and self.has(fact + COUNT):
            dead = either(dead, (pl.col(fact + COUNT) == 0).fill_null(value=False))
        if not (ranged or self.has(fact + PERHAPS)):
            if exact is None and dead is False:
                return n.constant(unknown)
            blank = w.only_where(False, w.ZERO)  # noqa: FBT003
            return n.Point(exact or End(blank, w.ONE), unknown, dead)
        low, high = self._end(spec, LOW), self._end(spec, HIGH)
        return self._span(spec, unknown, dead, (exact, low, high))

    def _span(
        self,
        spec: FactSpec,
        unknown: Interval,
        dead: Flag,
        columns: tuple[End | None, End | None, End | None],
    ) -> Num:
        exact, low, high = (bounds.OPEN if c is None else c for c in columns)
        known = no(bounds.is_open(exact))
        blank = both(no(known), bounds.is_open(low), bounds.is_open(high))
        absent: Flag = both(blank, unknown.absent)
        if self.has(spec.id + PERHAPS):
            perhaps = pl.col(spec.id + PERHAPS)
            told = perhaps.is_not_null()
            absent = either(both(absent, ~told), self._true(spec.id + PERHAPS))
        return n.Span(
            bounds.pick(known, exact, bounds.fill(low, unknown.low)),
            bounds.pick(known, exact, bounds.fill(high, unknown.high)),
            either(absent, dead),
            no(dead),
        )

    def _end(self, spec: FactSpec, suffix: str) -> End | None:
        name = spec.id + suffix
        if not self.has(name):
            return None
        read = self._whole(name, spec)
        if spec.type is not FactType.LIST or not self.has(spec.id + COUNT):
            return End(read.whole, w.const(read.den))
        counts = self._frame[spec.id + COUNT].unique().to_list()
        common = lcm(*(count for count in counts if count))
        if common > _MOST_COUNTS:
            raise UnsupportedError(said("too-many-lengths", fact=spec.id))
        count = pl.col(spec.id + COUNT).cast(pl.Int64)
        share = w.Whole(pl.lit(common, pl.Int64) // count, 0, common, nullable=True)
        return End(w.multiply(read.whole, share), w.const(read.den * common))

    def _whole(self, name: str, spec: FactSpec) -> _Column:
        dtype = self._schema[name]
        low, high = self._bounds.get(name, (0, 0))
        nullable = name in self._nullable
        expr, den = pl.col(name), self._scale.get(spec.id, 1)
        if isinstance(dtype, pl.Decimal):
            den, expr = 10**dtype.scale, expr.to_physical()
        elif dtype == pl.Date:
            low, high = low + EPOCH, high + EPOCH
            days = expr.to_physical().cast(pl.Int32) + pl.lit(EPOCH, pl.Int32)
            return _Column(w.Whole(days, low, high, nullable, 32), 1)
        elif not dtype.is_integer():
            raise UnsupportedError(said("inexact-column", name=name, type=dtype))
        bits = 128 if max(abs(low), abs(high)) >= 2**62 else 64
        if dtype in {pl.Int8, pl.Int16, pl.UInt8, pl.UInt16, pl.Int32}:
            bits = 32
        narrow = {32: pl.Int32, 64: pl.Int64, 128: pl.Int128}[bits]
        same = dtype == narrow
        return _Column(
            w.Whole(expr if same else expr.cast(narrow), low, high, nullable, bits), den
        )

    # ---- options

    def options(self, spec: FactSpec) -> Options:
        """Return what is possible of an enum, bool, code or text."""
        unknown = spec.unknown
        assert isinstance(unknown, Choice)  # noqa: S101  # INVARIANT: by type
        if not self.has(spec.id):
            return Table(pl.lit(None, pl.UInt8), (), unknown)
        dtype = self._schema[spec.id]
        if dtype == pl.Boolean:
            return Known(pl.col(spec.id), unknown.absent)
        if isinstance(dtype, pl.Enum):
            words = dtype.categories.to_list()
            codes = pl.col(spec.id)
        else:
            column = self._frame[spec.id]
            words = column.drop_nulls().unique().cast(pl.String).sort().to_list()
            codes = pl.col(spec.id).cast(pl.Enum(words))
        entries = tuple(entry(word, spec) for word in words)
        return Table(codes.to_physical(), entries, unknown)


def entry(word: str, spec: FactSpec) -> Choice:
    """Return what a category stands for: `small|micro|` one of two, or none."""
    parts = word.split(SEVERAL)
    members = {_member(part, spec) for part in parts if part}
    return Choice(None if ANY in parts else frozenset(members), absent="" in parts)


def _member(word: str, spec: FactSpec) -> Member:
    return word == "true" if spec.type is FactType.BOOL else word
