"""What one part says of some policies, a row a firm, claims beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.screening.patterns import PATTERN, Patterns, patterns
from policy_match.screening.statuses import CLAIMED, STATUS, weighed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.screening.patterns import Partitions

AS_WRITTEN = pl.QueryOptFlags.none(slice_pushdown=True)
"""Small queries of just what they need: to look for a better way takes longer."""
_SHOWN = ("outcome", "selected", "low", "high", "state", "tiers")
_BITS = "·bits."
HAD = "·had"
"""What is certain of a policy that excludes this one, in cents; where there is one."""


class Seen(NamedTuple):
    """One policy in one part."""

    sheet: Sheet
    patterns: Patterns
    rows: pl.DataFrame
    """Outcome, selection and amount; PATTERN, STATUS and CLAIMED."""
    bits: dict[int, pl.Series]
    """By number, words with a bit for each fact that is missing."""


class Claimed:
    """What the firms of a part have claimed, by policy."""

    def __init__(self, claims: pl.DataFrame, height: int) -> None:
        """Add up `cents` by `policy` and `at`, the row of the part."""
        sums = claims.group_by("policy", "at").agg(pl.col("cents").sum())
        self._sums = {
            str(policy): some for (policy,), some in sums.partition_by(
                "policy", as_dict=True
            ).items()
        }  # fmt: skip
        self._height = height

    def of(self, policy: str) -> pl.Series | None:
        """Return the cents claimed in each row; None where nobody has claimed."""
        some = self._sums.get(policy)
        if some is None:
            return None
        nothing = pl.Series(CLAIMED, [None], pl.Int64)
        return nothing.new_from_index(0, self._height).scatter(
            some["at"], some["cents"]
        )


def see(
    sheets: Sequence[Sheet],
    answers: pl.DataFrame,
    claimed: Claimed,
    bit: Mapping[str, int],
    among: Sequence[Sheet],
    known: Partitions,
) -> list[Seen]:
    """Return what the answers say of some policies `among` all of the program.

    `bit` numbers every fact; `known` is what is known of the part already.
    """
    every = {sheet.policy.id: sheet for sheet in among}
    answers = answers.select(_read(sheets, every))
    found = patterns(sheets, answers, known)
    words = [one.bits(bit) for one in found]
    rows = pl.collect_all(
        [
            _rows(one, answers, claimed.of(one.sheet.policy.id), some, every)
            for one, some in zip(found, words, strict=True)
        ],
        optimizations=AS_WRITTEN,
    )
    return [
        Seen(
            one.sheet,
            one,
            frame.drop(_name(number) for number in some),
            {number: frame[_name(number)] for number in some},
        )
        for one, frame, some in zip(found, rows, words, strict=True)
    ]


def _read(sheets: Sequence[Sheet], every: Mapping[str, Sheet]) -> list[str]:
    """Return the columns of the answers that are looked at for some policies.

    There are thousands of columns, and each query goes through all of its table's.
    """
    near = {sheet.policy.id: sheet for sheet in sheets}
    near |= {id_: every[id_] for sheet in sheets for id_ in sheet.rivals}
    return [column for sheet in near.values() for column in sheet.schema]


def _rows(
    found: Patterns,
    answers: pl.DataFrame,
    claimed: pl.Series | None,
    words: Mapping[int, pl.Expr],
    every: Mapping[str, Sheet],
) -> pl.LazyFrame:
    cents = pl.lit(None, pl.Int64) if claimed is None else pl.lit(claimed)
    columns = [found.sheet.name(column) for column in _SHOWN]
    shown = [column for column in columns if column in found.sheet.schema]
    had = _had(found.sheet, every)
    rows = answers.lazy().select(*shown, *had, pl.lit(found.rows).alias(PATTERN))
    return rows.select(
        *shown,
        *(column.meta.output_name() for column in had),
        PATTERN,
        weighed(found.sheet, found.status(None if claimed is None else cents)).alias(
            STATUS
        ),
        cents.alias(CLAIMED),
        *(word.alias(_name(number)) for number, word in words.items()),
    )


def _had(sheet: Sheet, every: Mapping[str, Sheet]) -> list[pl.Expr]:
    """Return what a firm surely has of a policy that excludes this one, if any does."""
    rivals = [
        other
        for id_ in sheet.rivals
        if (other := every[id_]).policy.form == sheet.policy.form
        and other.policy.tiers
        and other is not sheet
    ]
    if not rivals or not sheet.policy.tiers:
        return []
    sure = [
        pl.when(pl.col(rival.name("outcome")) == s.ELIGIBLE)
        .then(pl.col(rival.name("low")))
        .otherwise(0)
        for rival in rivals
    ]
    return [pl.max_horizontal(sure).fill_null(0).alias(HAD)]


def _name(number: int) -> str:
    return f"{_BITS}{number}"
