"""By what take-up is broken down: town, size class and section of industry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.backends.columnar.layout import ANY, SEVERAL
from policy_match.firms.registers import KEPT
from policy_match.screening.plan import INDUSTRY, SIZE, TOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.ir.program import Program
    from policy_match.screening.plan import Plan

UNKNOWN, NONE = "unknown", "none"
SEGMENTS = ("town", "size_class", "industry_section")
_OF = dict(zip(SEGMENTS, (TOWN, SIZE, INDUSTRY), strict=True))


def shared(program: Program) -> tuple[str, ...]:
    """Return those of SEGMENTS of which a rulebook has the fact."""
    return tuple(name for name in SEGMENTS if _OF[name] in program.facts)


def segments(plan: Plan, frame: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Return the segments of every firm, each a text; `unknown` where open."""
    ours = frame.select(
        own(frame, name).fill_null(UNKNOWN).alias(own_column(name))
        for name in plan.own_segments
    )
    # Without a policy in force there are no answers, and so no rows of them.
    sized = answers if plan.sizes else frame
    return pl.concat(
        [
            ours,
            frame.with_columns(_town(frame).alias("town"), _section(frame)).select(
                "town", "industry_section"
            ),
            sized.with_columns(_size(plan).alias("size_class")).select("size_class"),
        ],
        how="horizontal",
    ).select(names(plan.own_segments))


def own_column(name: str) -> str:
    """Return the name of the column of a segment of one's own."""
    return f"·by·{name}"


def names(own: Sequence[str]) -> list[str]:
    """Return the columns of all segments."""
    return [*SEGMENTS, *map(own_column, own)]


def own(frame: pl.DataFrame, name: str) -> pl.Expr:
    """Return the values of a kept column, or of a fact where it has one for certain.

    Texts; null where none is.
    """
    for column in (KEPT + name, name):
        if column in frame.columns:
            text = pl.col(column).cast(pl.String)
            several = text.str.contains_any([SEVERAL, ANY])
            return pl.when(several).then(None).otherwise(text)
    return pl.lit(None, pl.String)


def _town(frame: pl.DataFrame) -> pl.Expr:
    if TOWN not in frame.columns:
        return pl.lit(UNKNOWN)
    return pl.col(TOWN).cast(pl.String).fill_null(UNKNOWN)


def _section(frame: pl.DataFrame) -> pl.Expr:
    if INDUSTRY not in frame.columns:
        return pl.lit(UNKNOWN).alias("industry_section")
    words = frame[INDUSTRY].drop_nulls().cast(pl.String).unique().to_list()
    found = [_section_of(word) for word in words]
    column = pl.col(INDUSTRY).cast(pl.String)
    named = column.replace_strict(words, found, default=UNKNOWN, return_dtype=pl.String)
    return named.fill_null(UNKNOWN).alias("industry_section")


def _section_of(word: str) -> str:
    firsts = {part[:1] for part in word.split(SEVERAL)}
    first = firsts.pop() if len(firsts) == 1 else ""
    if not first:
        return UNKNOWN if word else NONE
    return UNKNOWN if first == ANY else first


def _size(plan: Plan) -> pl.Expr:
    sizes = plan.sizes
    if not sizes:
        return pl.lit(UNKNOWN)
    outcomes = [pl.col(sheet.name("outcome")) for sheet in sizes.values()]
    none = pl.all_horizontal(outcome == s.INELIGIBLE for outcome in outcomes)
    found = pl.when(none).then(pl.lit(NONE)).otherwise(pl.lit(UNKNOWN))
    for member, outcome in zip(sizes, outcomes, strict=True):
        found = pl.when(outcome == s.ELIGIBLE).then(pl.lit(member)).otherwise(found)
    return found
