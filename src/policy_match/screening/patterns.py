"""What the bits of a row say of a policy, found once for each pattern of bits.

Very many firms answer alike: a million rows have some hundred patterns a policy.
So each pattern is put into words in plain Python, and rows only say which is theirs.
"""

from __future__ import annotations

from functools import cached_property, lru_cache, reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.backends.columnar.findings import facts_of
from policy_match.screening.changeable import alone_in_the_way
from policy_match.screening.statuses import CODE, Statuses, statuses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from policy_match.backends.columnar.answer_layout import Sheet

PATTERN = "·pattern"
"""Which pattern a row has: a place in the table of patterns of its part."""
FACT = "fact"
_UNDECIDED = 2
"""What stands in two bits for a selection that is open."""
_BETWEEN = ","


class Pattern(NamedTuple):
    """What all rows with the same bits say of one policy."""

    statuses: Statuses
    live: bool
    """Whether the policy does not fail."""
    missing: tuple[str, ...]
    """The facts open for outcome, tier or amount."""
    failed: tuple[str, ...]
    """The conditions by which the policy fails."""
    alone: str | None
    """The one fact that would settle an outcome that is open."""
    leaf: int | None
    """The one condition that fails, where a firm can change it; by its place."""


class _Field(NamedTuple):
    """Where in which 64-bit word of a key the value of a column stands."""

    column: str
    bits: int
    word: int
    shift: int


@lru_cache(maxsize=1 << 10)
def _fields(sheet: Sheet) -> tuple[_Field, ...]:
    widths = {sheet.name("outcome"): 2}
    if sheet.component is not None:
        widths[sheet.name("selected")] = 2
    widths |= dict(_widths(sheet.reasons, 2 * len(sheet.leaves)))
    widths |= dict(_widths(sheet.opens, len(sheet.open_facts)))
    widths |= dict(_widths(sheet.wants, len(sheet.wanted_facts)))
    found: list[_Field] = []
    word = shift = 0
    for column, bits in widths.items():
        if shift + bits > s.WORD:
            word, shift = word + 1, 0
        found.append(_Field(column, bits, word, shift))
        shift += bits
    return tuple(found)


def _widths(names: Sequence[str], bits: int) -> Iterator[tuple[str, int]]:
    for place, name in enumerate(names):
        yield name, min(s.WORD, bits - place * s.WORD)


def _key(sheet: Sheet) -> pl.Expr:
    """Return one value a row, the same where all bits of the policy are the same."""
    words: dict[int, list[pl.Expr]] = {}
    for field in _fields(sheet):
        bits = pl.col(field.column).cast(pl.UInt64).fill_null(_UNDECIDED)
        place = pl.lit(1 << field.shift, pl.UInt64)
        words.setdefault(field.word, []).append(bits * place if field.shift else bits)
    sums = [reduce(add, parts) for parts in words.values()]
    return sums[0] if len(sums) == 1 else pl.concat_str(sums, separator=_BETWEEN)


@lru_cache(maxsize=1 << 17)
def pattern(sheet: Sheet, key: int | str) -> Pattern:
    """Return what the rows with a key say."""
    words = [int(word) for word in str(key).split(_BETWEEN)]
    row = {
        field.column: words[field.word] >> field.shift & ((1 << field.bits) - 1)
        for field in _fields(sheet)
    }
    outcome = row[sheet.name("outcome")]
    reasons = sheet.read(tuple(row[name] for name in sheet.reasons))
    opened = frozenset(reasons.open)
    if sheet.opens:
        opened = facts_of(sheet.open_facts, tuple(row[name] for name in sheet.opens))
    wanted = facts_of(sheet.wanted_facts, tuple(row[name] for name in sheet.wants))
    missing = opened | wanted
    choice = row.get(sheet.name("selected"), 1)
    selected = None if choice == _UNDECIDED else bool(choice)
    alone = outcome == s.UNDETERMINED and len(opened) == 1
    every = dict.fromkeys((*sheet.open_facts, *sheet.wanted_facts))
    return Pattern(
        statuses(sheet, outcome, opened, selected=selected),
        outcome != s.INELIGIBLE,
        tuple(fact for fact in every if fact in missing),
        tuple(dict.fromkeys(leaf.test.text for leaf in reasons.failed)),
        next(iter(opened)) if alone else None,
        alone_in_the_way(sheet, reasons.failed),
    )


class Partition:
    """How the rows of a part fall into patterns."""

    def __init__(self, rows: pl.Series, keys: pl.Series) -> None:
        """Take the place of the pattern in every row, and the keys in their order."""
        self.rows, self.keys = rows, keys

    @cached_property
    def counts(self) -> list[int]:
        """How many rows have each pattern."""
        counted = dict(self.rows.value_counts().iter_rows())
        return [counted.get(place, 0) for place in range(self.keys.len())]


class Partitions:
    """The partitions of one part, each found once: the bits of many policies agree.

    They do where conditions that are alike fail alike; above all where a register
    knows nothing of what sets them apart.
    """

    def __init__(self) -> None:
        """Start with none."""
        self._known: dict[tuple[object, ...], list[tuple[pl.Series, Partition]]] = {}

    def of(self, keys: pl.DataFrame) -> list[Partition]:
        """Return the partition that each column of keys makes."""
        found = {one.name: known for one in keys if (known := self._alike(one))}
        new = [one for one in keys if one.name not in found]
        for column, made in zip(new, _partitions(pl.DataFrame(new)), strict=True):
            found[column.name] = made
            if made.keys.len() <= _KEPT:
                self._known.setdefault(_start(column), []).append((column, made))
        return [found[name] for name in keys.columns]

    def _alike(self, column: pl.Series) -> Partition | None:
        some = self._known.get(_start(column), ())
        return next((one for known, one in some if known.equals(column)), None)


_KEPT, _LOOKED_AT = 32, 64
"""Patterns of a partition that is kept for other policies; the rows of a column that
tell whether to look at all of them."""


def _start(column: pl.Series) -> tuple[object, ...]:
    return (column.dtype, *column.head(_LOOKED_AT))


def _partitions(keys: pl.DataFrame) -> list[Partition]:
    distinct = pl.collect_all(
        [keys.lazy().select(pl.col(name).unique()) for name in keys.columns]
    )
    every = [table.to_series() for table in distinct]
    rows = keys.select(
        pl.col(known.name).replace_strict(
            known, range(known.len()), return_dtype=pl.UInt32
        )
        for known in every
    )
    return [Partition(rows[known.name].alias(PATTERN), known) for known in every]


class Patterns(NamedTuple):
    """The patterns of one policy that occur in a part, and which each row has."""

    sheet: Sheet
    partition: Partition
    every: tuple[Pattern, ...]

    @property
    def rows(self) -> pl.Series:
        """The place of the pattern, a row each; named PATTERN."""
        return self.partition.rows

    def status(self, claimed: pl.Expr | None) -> pl.Expr:
        """Return the code of the status in every row; None where nobody claimed."""
        idle, paid = (
            self._gathered([CODE[one.statuses[side]] for one in self.every], pl.UInt8)
            for side in (0, 1)
        )
        if claimed is None:
            return idle
        return pl.when(claimed.is_not_null()).then(paid).otherwise(idle)

    @property
    def leaf(self) -> pl.Expr:
        """Return the one changeable condition that fails alone, in every row."""
        return self._gathered([one.leaf for one in self.every], pl.Int32)

    @property
    def leaves(self) -> list[int]:
        """Which conditions fail alone anywhere."""
        return sorted({one.leaf for one in self.every if one.leaf is not None})

    def bits(self, bit: Mapping[str, int]) -> dict[int, pl.Expr]:
        """Return, by number, 64-bit words with a bit for each fact missing in a row."""
        words = [sum(1 << bit[fact] for fact in one.missing) for one in self.every]
        count = -(-max(words, default=0).bit_length() // s.WORD)
        mask = (1 << s.WORD) - 1
        parts = {n: [word >> n * s.WORD & mask for word in words] for n in range(count)}
        return {
            n: self._gathered(some, pl.UInt64) for n, some in parts.items() if any(some)
        }

    @property
    def missing(self) -> pl.Expr:
        """Return the facts missing where the policy does not fail."""
        return self._texts(one.missing if one.live else () for one in self.every)

    @property
    def failed(self) -> pl.Expr:
        """Return the conditions by which the policy fails, where it does."""
        return self._texts(() if one.live else one.failed for one in self.every)

    def _texts(self, cells: Iterable[Sequence[str]]) -> pl.Expr:
        return self._gathered(list(cells), pl.List(pl.String))

    def _gathered(
        self, cells: Sequence[object], kind: type[pl.DataType] | pl.DataType
    ) -> pl.Expr:
        """Return what is said of each pattern, row by row: of a frame with PATTERN.

        To gather takes a quarter of the time of a join.
        """
        return pl.lit(pl.Series(cells, dtype=kind)).gather(pl.col(PATTERN))

    @property
    def alone(self) -> pl.DataFrame:
        """By pattern, the fact that would settle an open outcome by itself."""
        some = [(n, x.alone) for n, x in enumerate(self.every) if x.alone is not None]
        kinds = {PATTERN: pl.UInt32, FACT: pl.String}
        return pl.DataFrame(some, schema=kinds, orient="row")


def patterns(
    sheets: Sequence[Sheet], answers: pl.DataFrame, known: Partitions
) -> list[Patterns]:
    """Return the patterns of some policies in the answers for a part."""
    keys = answers.select(_key(sheet).alias(sheet.policy.id) for sheet in sheets)
    return [
        Patterns(sheet, one, tuple(pattern(sheet, key) for key in one.keys))
        for sheet, one in zip(sheets, known.of(keys), strict=True)
    ]
