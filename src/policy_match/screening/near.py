"""Firms that fail a policy by exactly one condition that they can change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar.calendar import EPOCH
from policy_match.backends.columnar.layout import HIGH, LOW
from policy_match.firms.registers import USCC
from policy_match.ir.terms import Holds
from policy_match.screening.changeable import bound_of, negated, who_may_move
from policy_match.screening.patterns import patterns
from policy_match.screening.plan import demanded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.firms.registers import Part
    from policy_match.ir.terms import Leaf
    from policy_match.screening.patterns import Partitions, Patterns
    from policy_match.screening.plan import Plan
    from policy_match.screening.policy_rows import Seen

KEPT = 1000
"""Firms a policy; the nearest."""
_LEAF = "·leaf"
NEAR = pl.Schema(
    {
        "policy": pl.String(),
        "uscc": pl.String(),
        "within": pl.String(),
        "leaf": pl.Int32(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "distance": pl.Float64(),
        "share": pl.Float64(),
    }
)


class Misses:
    """The near misses of one part, policy by policy."""

    def __init__(
        self,
        plan: Plan,
        part: Part,
        answers: pl.DataFrame,
        known: Partitions,
    ) -> None:
        """Find out which condition alone keeps a derived fact from holding."""
        self._plan, self._frame, self._scale = plan, part.frame, part.scale
        found = patterns(list(plan.reasons.values()), answers, known)
        self._within = {
            fact: (inner, _leaves(inner))
            for fact, inner in zip(plan.reasons, found, strict=True)
        }

    def of(self, seen: Seen) -> Iterator[pl.LazyFrame]:
        """Yield the nearest misses of a policy, condition by condition."""
        sheet, places = seen.sheet, seen.patterns.leaves
        if not places:
            return
        leaves = _leaves(seen.patterns)
        for place in places:
            leaf = sheet.leaves[place]
            rows = leaves == place
            fact = demanded(leaf) or ""
            if fact not in self._within or negated(sheet.policy.when, leaf):
                below = negated(sheet.policy.when, leaf)
                yield self._nearest(sheet.policy.id, "", (leaf, below), place, rows)
                continue
            inner, reasons = self._within[fact]
            for inside in inner.leaves:
                reason = inner.sheet.leaves[inside]
                yield self._nearest(
                    sheet.policy.id,
                    fact,
                    (reason, negated(inner.sheet.policy.when, reason)),
                    inside,
                    rows & (reasons == inside),
                )

    def _nearest(
        self,
        policy: str,
        within: str,
        of: tuple[Leaf, bool],
        place: int,
        rows: pl.Series,
    ) -> pl.LazyFrame:
        leaf, below = of
        bound = bound_of(self._plan.program, leaf, negated=below)
        read = [bound.fact + x for x in ("", LOW, HIGH)] if bound else []
        names = [USCC, *(name for name in read if name in self._frame.columns)]
        found = self._frame.lazy().filter(rows & self._may_move(leaf, holds=not below))
        found = found.select(names)
        low = high = distance = share = pl.lit(None, pl.Float64)
        if bound is not None and len(names) > 1:
            low, high = (self._end(bound.fact, x) for x in (LOW, HIGH))
            limit = float(bound.limit)
            distance = limit - high if bound.up else low - limit
            share = distance / (abs(limit) or 1.0)
        return (
            found.select(
                pl.lit(policy).alias("policy"),
                USCC,
                pl.lit(within).alias("within"),
                pl.lit(place, pl.Int32).alias("leaf"),
                low.alias("low"),
                high.alias("high"),
                distance.alias("distance"),
                share.alias("share"),
            )
            .cast(NEAR)
            .bottom_k(KEPT, by=["share", USCC])
        )

    def _may_move(self, leaf: Leaf, *, holds: bool) -> pl.Series:
        """Return which firms can go the way that the condition is to be changed."""
        test, program = leaf.test, self._plan.program
        movers = who_may_move(program, leaf, holds=holds)
        fact = test.fact if isinstance(test, Holds) else ""
        if movers is None or fact not in self._frame.columns:
            return pl.repeat(True, self._frame.height, eager=True)  # noqa: FBT003
        return self._frame[fact].cast(pl.String).is_in(movers).fill_null(value=False)

    def _end(self, fact: str, suffix: str) -> pl.Expr:
        scale = self._scale.get(fact, 1)
        names = [n for n in (fact, fact + suffix) if n in self._frame.columns]
        is_date = any(self._frame.schema[name] == pl.Date for name in names)
        ends = [pl.col(name).to_physical().cast(pl.Float64) for name in names]
        return (pl.coalesce(ends) + (EPOCH if is_date else 0)) / scale


def _leaves(found: Patterns) -> pl.Series:
    return found.rows.to_frame().select(found.leaf.alias(_LEAF))[_LEAF]


def nearest(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the nearest firms of each policy, nearest first."""
    ranked = frame.sort("policy", "share", USCC, nulls_last=True)
    return ranked.group_by("policy", maintain_order=True).head(KEPT)
