"""The columns of an answer: outcome, reasons, amounts, open facts, a policy."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.backends.columnar import bounds
from policy_match.backends.columnar import checked_integers as w
from policy_match.backends.columnar.benefits import Worth, worth
from policy_match.backends.columnar.columns import Translation
from policy_match.backends.columnar.flags import (
    Flag,
    Verdict,
    both,
    column,
    no,
    perhaps,
)
from policy_match.backends.columnar.numbers import Point
from policy_match.backends.columnar.selection import Rival, select
from policy_match.domain.money import CENTS, cents
from policy_match.domain.possible import inf
from policy_match.errors import UnsupportedError
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.backends.columnar.bounds import End
    from policy_match.backends.columnar.layout import Source
    from policy_match.backends.columnar.numbers import Num
    from policy_match.backends.columnar.shared_columns import Stages
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Leaf


class Answers:
    """Writes the answers of one part as expressions over its stages."""

    def __init__(self, program: Program, source: Source, stages: Stages) -> None:
        """Start with what all policies share."""
        self._stages = stages
        self._in = Translation(program, source, stages)

    def of(self, unit: Sequence[Sheet]) -> list[pl.Expr]:
        """Return the columns of the policies of one component, or of a single one.

        Raises TooWideError where some number fits no column, UnsupportedError
        where more than amounts set against each other decides between them.
        """
        component = unit[0].component
        if component is not None and not self._in.program.duels(component):
            raise UnsupportedError(said("tied-groups"))
        found: list[pl.Expr] = []
        rivals: list[Rival] = []
        for sheet in unit:
            truth = self._in.truth(sheet.policy.when)
            found += [self._outcome(sheet, truth), *self._reasons(sheet)]
            if sheet.opens:
                opened = self._in.missing.in_condition(sheet.policy.when)
                found += _packed(sheet.opens, sheet.open_facts, opened)
            rival = Rival(sheet.policy.form, truth, None, unset=False)
            if sheet.policy.tiers:
                value = worth(self._in, sheet.policy)
                found += self._benefit(sheet, truth, value)
                amount = self._stages.span(value.amount)
                rival = rival._replace(amount=amount, unset=value.unset)
            rivals.append(rival)
        if component is not None:
            for sheet, (chosen, by) in zip(
                unit, select(self._stages, rivals), strict=True
            ):
                found.append(chosen.alias(sheet.name("selected")))
                found.append(by.alias(sheet.name("excluded_by")))
        return found

    def _outcome(self, sheet: Sheet, truth: Verdict) -> pl.Expr:
        codes = (s.INELIGIBLE, s.UNDETERMINED, s.ELIGIBLE)
        return _coded(truth, codes, pl.UInt8).alias(sheet.name("outcome"))

    # ---- reasons

    def _reasons(self, sheet: Sheet) -> list[pl.Expr]:
        found = []
        for place, name in enumerate(sheet.reasons):
            some = sheet.leaves[place * s.PER_WORD : (place + 1) * s.PER_WORD]
            kind = sheet.reason_type
            parts = [self._code(leaf, kind) * w.literal(4**i, kind) if i else
                     self._code(leaf, kind) for i, leaf in enumerate(some)]  # fmt: skip
            word = reduce(add, parts) if parts else pl.lit(0, kind)
            found.append(word.alias(name))
        return found

    def _code(self, leaf: Leaf, kind: type[pl.DataType]) -> pl.Expr:
        truth = self._in.truth(leaf)
        return self._stages.keep(_coded(truth, (s.FAILS, s.OPEN, s.HOLDS), kind))

    # ---- benefits

    def _benefit(self, sheet: Sheet, truth: Verdict, value: Worth) -> list[pl.Expr]:
        live = self._stages.flag(perhaps(truth))
        amount = self._stages.span(value.amount)
        shown = both(live, no(value.unset), amount.some)
        low, high = self._ends(value.amount)
        nothing = no(amount.some)
        state = {
            s.UNSET: value.unset,
            s.MAYBE_NOTHING: both(no(value.unset), amount.some, amount.absent),
            s.NOTHING: both(no(value.unset), nothing),
        }
        wants = {fact: both(live, flag) for fact, flag in value.wants.items()}
        tiers = [both(live, flag) for flag in value.tiers]
        places = tuple(map(str, range(len(tiers))))
        return [
            _money(low, shown).alias(sheet.name("low")),
            _money(high, shown).alias(sheet.name("high")),
            _flags({b: both(live, f) for b, f in state.items()}, pl.UInt8).alias(
                sheet.name("state")
            ),
            *_packed(
                (sheet.name("tiers"),), places, dict(zip(places, tiers, strict=True))
            ),
            *_packed(sheet.wants, sheet.wanted_facts, wants),
        ]

    def _ends(self, amount: Num) -> tuple[w.Whole | None, w.Whole | None]:
        """Return the ends in cents; those of a point are rounded once."""
        if not isinstance(amount, Point):
            return self._cents(amount.low), self._cents(amount.high)
        x, unknown = self._cents(amount.x), amount.unknown
        if x is None:
            return None, None
        low = x if unknown.low == -inf else w.fill(x, cents(unknown.low))
        high = x if unknown.high == inf else w.fill(x, cents(unknown.high))
        return low, high

    def _cents(self, end: End) -> w.Whole | None:
        found = bounds.rounded(end, CENTS)
        if found is None or found.expr is None:
            return found
        return found._replace(expr=self._stages.keep(found.expr))


def _coded(
    truth: Verdict, codes: tuple[int, int, int], kind: type[pl.DataType]
) -> pl.Expr:
    """Return a code for false, unknown and true; to choose is faster than to cast."""
    fails, unknown, holds = (w.literal(code, kind) for code in codes)
    known = column(truth)
    return (
        pl.when(known).then(holds)
        .when(known.is_null()).then(unknown)
        .otherwise(fails)
    )  # fmt: skip


def _money(amount: w.Whole | None, shown: Flag) -> pl.Expr:
    if amount is None or shown is False:
        return pl.lit(None, pl.Int64)
    expr = w.as_expr(amount, 64)
    if shown is not True:
        expr = pl.when(shown).then(expr)
    return expr if amount.bits <= 64 else expr.cast(pl.Int64)  # noqa: PLR2004


def _flags(bits: dict[int, Flag], kind: type[pl.DataType]) -> pl.Expr:
    """Return one word in which each flag sets its bit."""
    word = pl.lit(0, kind)
    for bit, flag in bits.items():
        if flag is not False:
            set_, none = w.literal(bit, kind), w.literal(0, kind)
            word = word + pl.when(column(flag)).then(set_).otherwise(none)
    return word


def _packed(
    names: tuple[str, ...], facts: tuple[str, ...], open_: Mapping[str, Flag]
) -> list[pl.Expr]:
    """Return words with a bit a fact, in the order of `facts`."""
    kind = s.word_type(len(facts))
    found = []
    for place, name in enumerate(names):
        some = facts[place * s.WORD : (place + 1) * s.WORD]
        bits = {1 << i: open_.get(fact, False) for i, fact in enumerate(some)}
        found.append(_flags(bits, kind).alias(name))
    return found
