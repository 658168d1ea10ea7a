"""Which facts are missing, and what each would settle by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.screening.patterns import FACT, PATTERN
from policy_match.screening.policy_rows import HAD
from policy_match.screening.statuses import CLAIMED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.screening.policy_rows import Seen

GAPS = pl.Schema(
    {
        "fact": pl.String(),
        "form": pl.String(),
        "firms": pl.Int64(),
        "alone": pl.Int64(),
        "stake": pl.Int128(),
    }
)


class Missing:
    """For which firms of one part each fact is missing, over all policies."""

    def __init__(self) -> None:
        """Start with nothing missing."""
        self._words: dict[int, pl.Series] = {}

    def add(self, seen: Seen) -> None:
        """Add what one policy misses."""
        for number, word in seen.bits.items():
            known = self._words.get(number)
            self._words[number] = word if known is None else known | word

    def frame(self, facts: Sequence[str]) -> pl.DataFrame:
        """Return the count of firms by fact; `facts` are in the order of their bits."""
        counts = {
            fact: (pl.lit(word) & pl.lit(1 << place % s.WORD, pl.UInt64) != 0)
            .sum()
            .alias(fact)
            for place, fact in enumerate(facts)
            if (word := self._words.get(place // s.WORD)) is not None
        }
        firms = pl.select(list(counts.values())).row(0) if counts else ()
        found = pl.DataFrame({"fact": list(counts), "firms": firms}, strict=False)
        nothing = (pl.lit(0).alias(name) for name in ("alone", "stake"))
        some = found.cast({"firms": pl.Int64}).filter(pl.col("firms") > 0)
        return (
            some.with_columns(*nothing, form=pl.lit("")).select(list(GAPS)).cast(GAPS)
        )


def alone(seen: Seen) -> Iterator[pl.LazyFrame]:
    """Yield what each fact would settle of one policy by itself, and its stake.

    What is at stake is the most that the policy may bring, beyond what the firm has
    claimed of it, and beyond what is certain of one that excludes it.
    """
    facts = seen.patterns.alone
    if facts.is_empty():
        return
    if not seen.sheet.policy.tiers:
        yield _counted(seen)
        return
    low, high = pl.col(seen.sheet.name("low")), pl.col(seen.sheet.name("high"))
    had = pl.col(CLAIMED).fill_null(0)
    if HAD in seen.rows.columns:
        had = pl.max_horizontal(had, pl.col(HAD))
    stake = (high.fill_null(low) - had).clip(lower_bound=0)
    form = pl.lit(seen.sheet.policy.form)
    yield (
        seen.rows.lazy()
        .group_by(PATTERN)
        .agg(pl.len().alias("alone"), stake.cast(pl.Int128).sum().alias("stake"))
        .join(facts.lazy(), on=PATTERN)
        .select(FACT, form.alias("form"), pl.lit(0).alias("firms"), "alone", "stake")
        .cast(GAPS)
    )


def _counted(seen: Seen) -> pl.LazyFrame:
    """Return what each fact would settle of a policy that brings no amount."""
    counts = seen.patterns.partition.counts
    told = [(x.alone, n) for x, n in zip(seen.patterns.every, counts, strict=True)]
    some = pl.LazyFrame(told, {FACT: pl.String, "alone": pl.Int64}, orient="row")
    return some.drop_nulls(FACT).select(
        FACT,
        pl.lit(seen.sheet.policy.form).alias("form"),
        pl.lit(0, pl.Int64).alias("firms"),
        "alone",
        pl.lit(0, pl.Int128).alias("stake"),
    )


def added(frames: pl.LazyFrame) -> pl.DataFrame:
    """Return the gaps of several parts as one."""
    sums = pl.col("firms", "alone", "stake").sum()
    return frames.group_by("fact", "form").agg(sums).collect().cast(GAPS)
