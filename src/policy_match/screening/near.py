"""Firms that fail a policy by exactly one condition that they can change."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar import sheet as s
from policy_match.backends.columnar.layout import HIGH, LOW
from policy_match.domain.facts import Change, FactType
from policy_match.ir.conditions import All, AnyOf, Compare, Holds, Leaf, Not
from policy_match.ir.expressions import Const, FactRef
from policy_match.registers import USCC
from policy_match.screening.plan import demanded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy_match.backends.columnar.sheet import Sheet
    from policy_match.domain.facts import FactSpec
    from policy_match.ir.conditions import Condition
    from policy_match.ir.program import Program
    from policy_match.screening.plan import Plan

KEPT = 1000
"""Firms a policy; the nearest."""
_EPOCH = 719163
"""The ordinal of 1970-01-01, the day zero of date columns."""
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


class Bound(NamedTuple):
    """A limit that a number of the firm has to reach, and from which side."""

    fact: str
    limit: Fraction
    up: bool


class Misses:
    """Collects the near misses of one part."""

    def __init__(
        self,
        plan: Plan,
        frame: pl.DataFrame,
        scale: Mapping[str, int],
        answers: pl.DataFrame,
    ) -> None:
        """Remember the firms, and what was found of derived facts."""
        self._plan, self._frame, self._scale = plan, frame, scale
        self._answers = answers
        self._found: list[pl.DataFrame] = []

    def add(self, sheet: Sheet, seen: pl.DataFrame) -> None:
        """Add one policy; `seen` has its columns."""
        failing = seen.lazy().with_row_index("at").select("at", *sheet.reasons).filter(
            seen[sheet.name("outcome")] == s.INELIGIBLE
        ).collect()  # fmt: skip
        for place, group in _by_leaf(sheet, failing):
            leaf = sheet.leaves[place]
            fact = demanded(leaf) or ""
            inner = self._plan.reasons.get(fact)
            if inner is None or _negated(sheet.policy.when, leaf):
                self._add(sheet, "", leaf, place, group)
                continue
            words = self._answers.select(inner.reasons)[group["at"]]
            within = words.with_columns(group["at"])
            for inside, some in _by_leaf(inner, within):
                self._add(sheet, fact, inner.leaves[inside], inside, some)

    def _add(
        self, sheet: Sheet, within: str, leaf: Leaf, place: int, group: pl.DataFrame
    ) -> None:
        bound = bound_of(self._plan.program, leaf)
        read = [bound.fact + x for x in ("", LOW, HIGH)] if bound else []
        names = [USCC, *(name for name in read if name in self._frame.columns)]
        found = self._frame.select(names)[group["at"]]
        low = high = distance = share = pl.lit(None, pl.Float64)
        if bound is not None and len(names) > 1:
            low, high = (self._end(found, bound.fact, x) for x in (LOW, HIGH))
            limit = float(bound.limit)
            distance = limit - high if bound.up else low - limit
            share = distance / (abs(limit) or 1.0)
        self._found.append(
            found.select(
                pl.lit(sheet.policy.id).alias("policy"),
                USCC,
                pl.lit(within).alias("within"),
                pl.lit(place, pl.Int32).alias("leaf"),
                low.alias("low"),
                high.alias("high"),
                distance.alias("distance"),
                share.alias("share"),
            )
            .cast(NEAR)
            .sort("share", USCC, nulls_last=True)
            .head(KEPT)
        )

    def _end(self, frame: pl.DataFrame, fact: str, suffix: str) -> pl.Expr:
        scale = self._scale.get(fact, 1)
        names = [name for name in (fact, fact + suffix) if name in frame.columns]
        is_date = any(frame.schema[name] == pl.Date for name in names)
        ends = [pl.col(name).to_physical().cast(pl.Float64) for name in names]
        return (pl.coalesce(ends) + (_EPOCH if is_date else 0)) / scale

    def frame(self) -> pl.DataFrame:
        """Return the nearest firms of each policy."""
        return nearest(pl.concat([pl.DataFrame(schema=NEAR), *self._found]))


def nearest(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the nearest firms of each policy, nearest first."""
    ranked = frame.sort("policy", "share", USCC, nulls_last=True)
    return ranked.group_by("policy", maintain_order=True).head(KEPT)


def _by_leaf(sheet: Sheet, rows: pl.DataFrame) -> Iterator[tuple[int, pl.DataFrame]]:
    """Yield the rows that fail by one leaf a firm can change, leaf by leaf."""
    words = rows.select(sheet.reasons).unique()
    near = [single(sheet, word) for word in words.rows()]
    table = words.with_columns(pl.Series("leaf", near, pl.Int32)).drop_nulls("leaf")
    if table.is_empty():
        return
    for (place,), group in rows.join(table, on=sheet.reasons).group_by("leaf"):
        yield int(str(place)), group


@lru_cache(maxsize=1 << 16)
def single(sheet: Sheet, words: tuple[int, ...]) -> int | None:
    """Return the one leaf by which a policy fails, if a firm can change it.

    None where several conditions fail, or where the one that does cannot be
    helped, or where changing it would still leave the policy failing.
    """
    failed = sheet.read(words).failed
    if len(failed) != 1:
        return None
    leaf = failed[0]
    for place, other in enumerate(sheet.leaves):
        if other is leaf:
            up = not _negated(sheet.policy.when, leaf)
            return place if _changeable(sheet, leaf, holds=up) else None
    return None


def _negated(condition: Condition, leaf: Leaf) -> bool:
    """Return whether a leaf stands below an odd number of `not`."""
    return next(_sides(condition, leaf, below=False), False)


def _sides(condition: Condition, leaf: Leaf, *, below: bool) -> Iterator[bool]:
    match condition:
        case Leaf():
            if condition is leaf:
                yield below
        case Not(of=part):
            yield from _sides(part, leaf, below=not below)
        case All(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _sides(part, leaf, below=below)


def _changeable(sheet: Sheet, leaf: Leaf, *, holds: bool) -> bool:
    """Return whether a firm can bring about that a leaf holds, or that it fails."""
    program = sheet.reading.program
    test = leaf.test
    if isinstance(test, Holds) and test.fact not in program.definitions:
        spec = program.facts[test.fact]
        if spec.type is FactType.BOOL:
            return _moves(spec, up=(True in test.members) is holds)
    bound = bound_of(program, leaf)
    if bound is not None:
        return _moves(program.facts[bound.fact], up=bound.up is holds)
    specs = (program.facts[fact] for fact in sheet.reading.of(leaf))
    return any(x.changeable is not Change.NO for x in specs if not x.derived)


def _moves(spec: FactSpec, *, up: bool) -> bool:
    if spec.changeable in {Change.EITHER, Change.LATER}:
        return True
    return spec.changeable is (Change.UP if up else Change.DOWN)


def bound_of(program: Program, leaf: Leaf) -> Bound | None:
    """Return the limit that a leaf sets to one number a firm reports, if it does."""
    test = leaf.test
    match test:
        case Compare(left=FactRef(fact=fact), right=Const(value=limit)):
            up = test.operator in {">", ">="}
        case Compare(left=Const(value=limit), right=FactRef(fact=fact)):
            up = test.operator in {"<", "<="}
        case _:
            return None
    if test.operator == "=" or fact in program.definitions:
        return None
    return Bound(fact, Fraction(limit), up)
