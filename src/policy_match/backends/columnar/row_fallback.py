"""A row back to facts, and policies that no column holds, row by row.

Where a number is wider than 128 bits, or a node has no columns, the reference
evaluator answers for the group of policies concerned: once a distinct row of
the facts they read. Slower, and never wrong.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.backends.columnar.layout import (
    ABSENT,
    COUNT,
    HIGH,
    LOW,
    PERHAPS,
    SUFFIXES,
    entry,
)
from policy_match.domain.facts import Facts, FactType
from policy_match.domain.money import cents
from policy_match.domain.possible import (
    NO_VALUE,
    Choice,
    Interval,
    Listing,
    Number,
    exactly,
    inf,
    plain,
)
from policy_match.errors import OverflowsError
from policy_match.ir.analysis import dependences, narrowed_by
from policy_match.language.messages import said
from policy_match.semantics.assessment import conclude
from policy_match.semantics.one_firm import Evaluation
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Finding

Row = dict[str, Any]
"""One row of a register or of an answer, by column."""
_OUTCOMES = {
    Outcome.INELIGIBLE: s.INELIGIBLE,
    Outcome.UNDETERMINED: s.UNDETERMINED,
    Outcome.ELIGIBLE: s.ELIGIBLE,
}


# ---- a row as facts


def facts_in(program: Program, row: Row, scale: Mapping[str, int]) -> Facts:
    """Return what one row of a register says of a firm."""
    given: dict[str, Possible] = {}
    for fact, spec in program.facts.items():
        found = _possible(spec, row, scale.get(fact, 1))
        if found is not None:
            given[fact] = found
    return Facts(given)


def _possible(spec: FactSpec, row: Row, scale: int) -> Possible | None:
    fact = spec.id
    if not (spec.type.numeric or spec.type is FactType.LIST):
        value = row.get(fact)
        if isinstance(value, bool):
            return Choice(frozenset((value,)))
        return None if value is None else entry(value, spec)
    found = _interval(spec, row, scale)
    if spec.type is not FactType.LIST:
        return found
    count = row.get(fact + COUNT)
    if count == 0:
        return Listing(())
    if found is None:
        return None
    low, high = (_share(end, count or 1) for end in (found.low, found.high))
    return Listing((Interval(low, high),))


def _share(end: Number, count: int) -> Number:
    return end if end in (inf, -inf) else plain(Fraction(end) / count)


def _interval(spec: FactSpec, row: Row, scale: int) -> Interval | None:
    if row.get(spec.id + ABSENT):
        return NO_VALUE
    exact, low, high = (_number(row.get(spec.id + x), scale) for x in ("", LOW, HIGH))
    perhaps = row.get(spec.id + PERHAPS)
    if exact is not None:
        return exactly(exact)._replace(absent=bool(perhaps))
    if low is None and high is None and perhaps is None:
        return None
    unknown = spec.unknown if isinstance(spec.unknown, Interval) else Interval(0, inf)
    return Interval(
        unknown.low if low is None else low,
        unknown.high if high is None else high,
        bool(perhaps),
    )


def _number(value: int | Decimal | date | None, scale: int) -> Number | None:
    if value is None:
        return None
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, Decimal):
        return plain(Fraction(value))
    return plain(Fraction(value, scale))


# ---- answers row by row


class ByRow:
    """Answers of the reference evaluator for the policies of one component."""

    def __init__(self, program: Program, unit: Sequence[Sheet]) -> None:
        """Prepare the program that has only the policies of `unit`."""
        component = unit[0].component
        self._unit = unit
        self._program = replace(
            program,
            policies=tuple(sheet.policy for sheet in unit),
            groups=component.groups if component else (),
            caps=component.caps if component else (),
            plausibility=(),
        )
        facts: dict[str, None] = {}
        for sheet in unit:
            facts |= dict.fromkeys((*sheet.open_facts, *sheet.wanted_facts))
        weighed = component is not None and not program.duels(component)
        for formula in self._program.relating if weighed else ():
            facts |= dict.fromkeys(dependences(program).listed(formula))
        self._columns = [fact + suffix for fact in facts for suffix in SUFFIXES]

    def answers(self, frame: pl.DataFrame, scale: Mapping[str, int]) -> list[pl.Series]:
        """Return the columns of the unit; each distinct row is answered once."""
        names = [name for name in self._columns if name in frame.columns]
        known: dict[tuple[Any, ...], Row] = {}
        found: list[Row] = []
        rows = frame.select(names).rows() if names else [()] * frame.height
        for cells in rows:
            if cells not in known:
                row = dict(zip(names, cells, strict=True))
                known[cells] = self._answer(facts_in(self._program, row, scale))
            found.append(known[cells])
        return [
            self._series(name, kind, [row[name] for row in found])
            for sheet in self._unit
            for name, kind in sheet.schema.items()
        ]

    def _series(
        self, name: str, kind: type[pl.DataType], cells: list[Any]
    ) -> pl.Series:
        try:
            return pl.Series(name, cells, kind, strict=True)
        except (OverflowError, TypeError) as error:
            raise OverflowsError(said("beyond-cents", name=name)) from error

    def _answer(self, facts: Facts) -> Row:
        verdicts = Evaluation(self._program, facts.given)
        findings = conclude(verdicts, facts, "polars").findings
        places = {f.policy.id: place for place, f in enumerate(findings)}
        row: Row = {}
        for sheet, finding in zip(self._unit, findings, strict=True):
            row[sheet.name("outcome")] = _OUTCOMES[finding.outcome]
            row |= _reasons(sheet, verdicts)
            opened = set(finding.open_for_outcome)
            row |= _words(sheet.opens, sheet.open_facts, opened)
            if sheet.policy.tiers:
                row |= _benefit(sheet, verdicts, finding)
            if sheet.component is not None:
                by = finding.excluded_by
                row[sheet.name("selected")] = finding.selected
                row[sheet.name("excluded_by")] = None if by is None else places[by]
        return row


def _reasons(sheet: Sheet, verdicts: Evaluation) -> Row:
    codes = [(s.FAILS, s.OPEN, s.HOLDS)[verdicts.truth(leaf)] for leaf in sheet.leaves]
    whole = sum(code << 2 * place for place, code in enumerate(codes))
    return _cut(sheet.reasons, whole)


def _cut(names: tuple[str, ...], whole: int) -> Row:
    mask = (1 << s.WORD) - 1
    return {name: whole >> s.WORD * i & mask for i, name in enumerate(names)}


def _words(names: tuple[str, ...], facts: tuple[str, ...], some: set[str]) -> Row:
    return _cut(names, sum(1 << i for i, fact in enumerate(facts) if fact in some))


def _benefit(sheet: Sheet, verdicts: Evaluation, finding: Finding) -> Row:
    low: Number | None = None
    high: Number | None = None
    state = tiers = 0
    wants: set[str] = set()
    if finding.benefit is not None:
        then = verdicts.narrowed(narrowed_by(verdicts.program)[sheet.policy.id])
        wants = set(then.missing.in_benefit(sheet.policy))
        tiers = sum(1 << place for place in then.tiers(sheet.policy))
        amount = finding.benefit.amount
        if amount is None:
            state = s.UNSET
        elif not amount.some:
            state = s.NOTHING
        else:
            state = s.MAYBE_NOTHING if amount.absent else 0
            low, high = amount.low, amount.high
    return {
        sheet.name("low"): None if low in (None, -inf) else cents(low),
        sheet.name("high"): None if high in (None, inf) else cents(high),
        sheet.name("state"): state,
        sheet.name("tiers"): tiers,
        **_words(sheet.wants, sheet.wanted_facts, wants),
    }
