"""Which policies a register can answer: tried on some of its firms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar import answer_layout as s
from policy_match.backends.columnar import compile as columnar
from policy_match.domain.facts import Nature, Settler
from policy_match.firms.registers import USCC
from policy_match.firms.registers.looking import Answerable
from policy_match.screening.beyond import answered
from policy_match.screening.statuses import asked_for

if TYPE_CHECKING:
    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.firms.registers import Part
    from policy_match.ir.program import Program

_FIRMS = 2_000
_MISSING = 5


def answerable(program: Program, part: Part, lang: str) -> list[Answerable]:
    """Return the policies with something to claim, those most settled first."""
    frame = part.frame.head(_FIRMS)
    if frame.is_empty():
        return []
    if USCC not in frame.columns:
        frame = frame.with_columns(pl.lit(None, pl.String).alias(USCC))
    screener = columnar(program)
    part, answers = answered(screener, part._replace(frame=frame))
    found = [
        _of(sheet, program, answers, set(frame.columns), lang)
        for sheet in screener.sheets
        if asked_for(sheet.policy)
    ]
    by_id = program.by_id
    return sorted(
        found,
        key=lambda one: (-one.settled, not by_id[one.policy].tiers, -one.amounts),
    )


def _of(
    sheet: Sheet, program: Program, answers: pl.DataFrame, there: set[str], lang: str
) -> Answerable:
    outcome = answers[sheet.name("outcome")]
    settled = _share(outcome != s.UNDETERMINED)
    amounts = 0.0
    if sheet.policy.tiers:
        low, high = (answers[sheet.name(end)] for end in ("low", "high"))
        exact = (low == high).filter(outcome == s.ELIGIBLE)
        amounts = _share(exact)
    known = {name.split(".", 1)[0] for name in there}
    wanted = dict.fromkeys((*sheet.open_facts, *sheet.wanted_facts))
    missing = [
        fact
        for fact in wanted
        if fact not in known
        and program.facts[fact].settled_by is not Settler.OFFICER
        and program.facts[fact].nature is not Nature.WISH
        and (not program.facts[fact].derived or program.facts[fact].asked)
    ]
    return Answerable(
        sheet.policy.id,
        sheet.policy.about.title.to(lang),
        settled,
        amounts,
        missing[:_MISSING],
    )


def _share(holds: pl.Series) -> float:
    return round(int(holds.sum() or 0) / len(holds), 4) if len(holds) else 0.0
