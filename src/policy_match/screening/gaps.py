"""Which facts are missing, and what each would settle by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar import sheet as s
from policy_match.backends.columnar.findings import facts_of
from policy_match.screening.statuses import open_facts, open_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.backends.columnar.sheet import Sheet

GAPS = pl.Schema(
    {
        "fact": pl.String(),
        "firms": pl.Int64(),
        "alone": pl.Int64(),
        "stake": pl.Int128(),
    }
)


class Gaps:
    """Adds up, over the policies of one part, what each fact is missing for."""

    def __init__(self) -> None:
        """Start with nothing missing."""
        self._missing: dict[str, pl.Series] = {}
        self._alone: list[pl.DataFrame] = []

    def add(self, sheet: Sheet, seen: pl.DataFrame) -> None:
        """Add one policy; `seen` has its columns and the words of open facts."""
        for name, bit, fact in _bits(sheet, seen):
            flag = (seen[name] & pl.Series([1 << bit], dtype=pl.UInt64)) != 0
            known = self._missing.get(fact)
            self._missing[fact] = flag if known is None else known | flag
        self._settled_by_one(sheet, seen)

    def _settled_by_one(self, sheet: Sheet, seen: pl.DataFrame) -> None:
        names = open_names(sheet)
        if not names:
            return
        stake: pl.Expr = pl.lit(None, pl.Int64)
        if sheet.policy.tiers:
            low, high = pl.col(sheet.name("low")), pl.col(sheet.name("high"))
            stake = high.fill_null(low)
        undetermined = pl.col(sheet.name("outcome")) == s.UNDETERMINED
        one = open_facts(sheet).every == 1
        counted = (
            seen.filter(undetermined & one)
            .group_by(names)
            .agg(
                pl.len().cast(pl.Int64).alias("alone"),
                stake.cast(pl.Int128).sum().alias("stake"),
            )
        )
        facts = [
            next(iter(facts_of(sheet.open_facts, words)))
            for words in counted.select(names).rows()
        ]
        self._alone.append(
            counted.select(
                pl.Series("fact", facts, pl.String),
                pl.lit(0, pl.Int64).alias("firms"),
                "alone",
                "stake",
            )
        )

    def frame(self) -> pl.DataFrame:
        """Return the facts that are missing, with counts and cents."""
        firms = pl.DataFrame(
            {
                "fact": list(self._missing),
                "firms": [flag.sum() for flag in self._missing.values()],
                "alone": [0] * len(self._missing),
                "stake": [0] * len(self._missing),
            },
            schema=GAPS,
        )
        return added(pl.concat([firms, *self._alone]).lazy())


def added(frames: pl.LazyFrame) -> pl.DataFrame:
    """Return the gaps of several parts as one."""
    sums = pl.col("firms", "alone", "stake").sum()
    return frames.group_by("fact").agg(sums).collect().cast(GAPS)


def _bits(sheet: Sheet, seen: pl.DataFrame) -> Iterator[tuple[str, int, str]]:
    """Yield column, bit and fact of everything that is missing somewhere."""
    both = ((open_names(sheet), sheet.open_facts), (sheet.wants, sheet.wanted_facts))
    for names, facts in both:
        for place, name in enumerate(names):
            word = seen[name].cast(pl.UInt64).bitwise_or()
            some = word if isinstance(word, int) else 0
            for bit, fact in enumerate(facts[place * s.WORD : (place + 1) * s.WORD]):
                if some >> bit & 1:
                    yield name, bit, fact
