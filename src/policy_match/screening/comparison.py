"""Whom a change of law touches, in a whole register, part by part."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.backends.columnar.row_fallback import facts_in
from policy_match.backends.columnar.screener import Screener
from policy_match.comparison.firms import KINDS, NOTHING, Effects, Example, Sum
from policy_match.firms.registers import ROW, open_register
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.firms.registers import Part
    from policy_match.ir.program import Program
    from policy_match.screening.request import Progress
    from policy_match.semantics.outcome import Assessment

_ROWS = 100_000
"""Rows of a part: two answers are held at a time."""
_SIDES = ("before", "after")
_READ = ("outcome", "low", "high", "state", "selected")
"""The columns of an answer that a comparison reads."""


def of_register(
    before: Program, after: Program, firms: Path, progress: Progress
) -> Effects:
    """Return the effects for every firm of a register.

    A row that one of the two rulebooks cannot read is left out and counted.
    Raises ProfileError where the register cannot be used as a whole.
    """
    found = Effects()
    with tempfile.TemporaryDirectory() as scratch:
        registers = [open_register(firms, p, Path(scratch)) for p in (before, after)]
        for warning in dict.fromkeys(w for r in registers for w in r.warnings):
            progress.warn(warning)
        progress.expect(registers[0].rows)
        sides = [_Side(p) for p in (before, after)]
        old, new = (
            register.parts(side.program, _ROWS)
            for register, side in zip(registers, sides, strict=True)
        )
        for pair in zip(old, new, strict=True):
            _part(found, sides, pair)
            progress.rows(pair[0].rows)
    return found


class _Side:
    """One of the two programs, and its columns."""

    def __init__(self, program: Program) -> None:
        self.program, self.screener = program, Screener(program)
        self.sheets = {sheet.policy.id: sheet for sheet in self.screener.sheets}
        self._wanted = {
            sheet.name(column) for sheet in self.screener.sheets for column in _READ
        }

    def answers(self, part: Part, name: str) -> pl.DataFrame:
        """Return outcome, least and most money of every policy, a row a firm."""
        answers = self.screener.part(
            part.frame, part.scale, keep=[ROW], only=self._wanted
        )
        columns = [pl.col(ROW)]
        for sheet in self.screener.sheets:
            low, high = _money(sheet)
            columns += [
                pl.col(sheet.name("outcome")).alias(f"{sheet.policy.id}.{name}"),
                low.alias(f"{sheet.policy.id}.{name}.low"),
                high.alias(f"{sheet.policy.id}.{name}.high"),
            ]
        return answers.select(columns)


def _money(sheet: Sheet) -> tuple[pl.Expr, pl.Expr]:
    """Return what a firm may have of a policy, in cents; null without bound."""
    nothing = pl.lit(0, pl.Int64)
    if not sheet.policy.tiers:
        return nothing, nothing
    state = pl.col(sheet.name("state"))
    has = pl.col(sheet.name("outcome")) == s.ELIGIBLE
    has &= (state & (s.UNSET | s.NOTHING)) == 0
    sure = has & ((state & s.MAYBE_NOTHING) == 0)
    if sheet.component is not None:
        chosen = pl.col(sheet.name("selected"))
        has &= chosen.is_null() | chosen
        sure &= chosen.fill_null(value=False)
    low = pl.when(sure).then(pl.col(sheet.name("low")).fill_null(0)).otherwise(nothing)
    high = pl.when(has).then(pl.col(sheet.name("high"))).otherwise(nothing)
    return low, high


def _part(found: Effects, sides: list[_Side], parts: tuple[Part, Part]) -> None:
    frames = [
        side.answers(part, name)
        for side, part, name in zip(sides, parts, _SIDES, strict=True)
    ]
    both = frames[0].join(frames[1], on=ROW, maintain_order="left")
    found.firms += both.height
    found.rejected += parts[0].rows - both.height
    policies = dict.fromkeys((*sides[1].sheets, *sides[0].sheets))
    kinds = both.select(
        _kind(policy, both.columns).alias(policy) for policy in policies
    )
    touched = pl.any_horizontal(pl.col(p).is_not_null() for p in policies)
    found.touched += kinds.filter(touched).height
    for policy in policies:
        _policy(found, policy, both, kinds[policy], (sides, parts))


def _side(policy: str, name: str, columns: list[str]) -> tuple[pl.Expr, ...]:
    """Return outcome, least and most; a policy not in force is none of a firm's."""
    if f"{policy}.{name}" not in columns:
        return pl.lit(s.INELIGIBLE, pl.UInt8), pl.lit(0, pl.Int64), pl.lit(0, pl.Int64)
    ends = (f"{policy}.{name}{end}" for end in ("", ".low", ".high"))
    return tuple(map(pl.col, ends))


def _kind(policy: str, columns: list[str]) -> pl.Expr:
    """Return what comes of each firm, as `comparison.firms.kind_of` says."""
    was, low, high = _side(policy, "before", columns)
    now, then_low, then_high = _side(policy, "after", columns)
    most = pl.lit(2**62)
    up, down = high.fill_null(most), then_high.fill_null(most)
    same = (low == then_low) & (up == down)
    return (
        pl.when((was == now) & (same | (now != s.ELIGIBLE))).then(None)
        .when((was != now) & (now == s.ELIGIBLE)).then(pl.lit("gains"))
        .when((was == s.ELIGIBLE) & (now == s.INELIGIBLE)).then(pl.lit("loses"))
        .when((was != now) & (now == s.UNDETERMINED)).then(pl.lit("uncertain"))
        .when(was != now).then(pl.lit("ruled-out"))
        .when((then_low >= low) & (down >= up)).then(pl.lit("more"))
        .when((then_low <= low) & (down <= up)).then(pl.lit("less"))
        .otherwise(pl.lit("other-amount"))
    )  # fmt: skip


def _policy(
    found: Effects,
    policy: str,
    both: pl.DataFrame,
    kinds: pl.Series,
    of: tuple[list[_Side], tuple[Part, Part]],
) -> None:
    columns = both.columns
    sides = [_side(policy, name, columns) for name in _SIDES]
    sums = both.select(
        end.sum().alias(f"{place}{name}")
        for place, (_, low, high) in enumerate(sides)
        for name, end in (("low", low), ("high", high), ("open", high.is_null()))
    ).row(0, named=True)
    totals = [
        Sum(sums[f"{p}low"], None if sums[f"{p}open"] else sums[f"{p}high"])
        for p in (0, 1)
    ]
    counts = dict(kinds.drop_nulls().value_counts().iter_rows())
    if not counts and totals == [NOTHING, NOTHING]:
        return
    effect = found.of(policy)
    effect.before = effect.before.plus(totals[0])
    effect.after = effect.after.plus(totals[1])
    effect.counts.update(counts)
    if counts:
        kind = min(counts, key=KINDS.index)
        (_, low, high), (_, then_low, then_high) = sides
        weight = (then_high.fill_null(then_low) - high.fill_null(low)).abs()
        some = both.with_columns(kinds.alias("·kind"), weight.alias("·weight"))
        row, most = (
            some.filter(pl.col("·kind") == kind)
            .select(pl.col(ROW), pl.col("·weight"))
            .sort("·weight", descending=True, maintain_order=True)
            .row(0)
        )
        if effect.weighs_more(kind, most):
            answers = [_assessed(x, part, row) for x, part in zip(*of, strict=True)]
            effect.example = Example(kind, answers[0], answers[1], most)


def _assessed(side: _Side, part: Part, row: int) -> Assessment:
    (cells,) = part.frame.filter(pl.col(ROW) == row).iter_rows(named=True)
    return assess(side.program, facts_in(side.program, cells, part.scale))
