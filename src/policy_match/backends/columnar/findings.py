"""Answers read back: what each row says of each policy, in plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policy_match.backends.columnar import answer_layout as s
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.domain.truth import Truth
    from policy_match.ir.terms import Leaf

_OUTCOMES = (Outcome.INELIGIBLE, Outcome.UNDETERMINED, Outcome.ELIGIBLE)


class Amount(NamedTuple):
    """What a benefit is worth, in whole cents; None at an open end.

    `fixed` is false where no document fixes it; `absent` is true where it may
    have no value, and `some` false where it surely has none.
    """

    low: int | None
    high: int | None
    fixed: bool
    absent: bool
    some: bool


class Found(NamedTuple):
    """One policy for one firm, as a `Finding` says it."""

    policy: str
    outcome: Outcome
    tiers: tuple[str, ...]
    amount: Amount | None
    missing: frozenset[str]
    open_for_outcome: frozenset[str]
    truths: tuple[Truth, ...]
    failed: tuple[Leaf, ...]
    selected: bool | None
    excluded_by: str | None


def findings_of(
    sheets: Sequence[Sheet], result: pl.DataFrame
) -> list[tuple[Found, ...]]:
    """Return, a row, what is found of every policy in force."""
    columns = [list(_found(sheet, result)) for sheet in sheets]
    return list(zip(*columns, strict=True)) if columns else [()] * result.height


def _found(sheet: Sheet, result: pl.DataFrame) -> Iterator[Found]:
    for row in result.select(list(sheet.schema)).iter_rows(named=True):
        outcome = _OUTCOMES[row[sheet.name("outcome")]]
        reasons = sheet.read(tuple(row[name] for name in sheet.reasons))
        opened = frozenset(reasons.open)
        if sheet.opens:
            words = tuple(row[name] for name in sheet.opens)
            opened = facts_of(sheet.open_facts, words)
        wanted = facts_of(
            sheet.wanted_facts, tuple(row[name] for name in sheet.wants if name in row)
        )
        selected: bool | None = outcome is Outcome.ELIGIBLE
        by: int | None = None
        if sheet.component is not None:
            selected, by = row[sheet.name("selected")], row[sheet.name("excluded_by")]
        yield Found(
            sheet.policy.id,
            outcome,
            _tiers(sheet, row),
            _amount(sheet, row, outcome),
            opened | wanted,
            opened,
            reasons.truths,
            reasons.failed,
            selected,
            None if by is None else sheet.rivals[by],
        )


def facts_of(facts: tuple[str, ...], words: tuple[int, ...]) -> frozenset[str]:
    """Return the facts whose bits are set."""
    whole = sum(word << s.WORD * place for place, word in enumerate(words))
    return frozenset(fact for place, fact in enumerate(facts) if whole >> place & 1)


def _tiers(sheet: Sheet, row: dict[str, int]) -> tuple[str, ...]:
    if not sheet.policy.tiers:
        return ()
    mask = row[sheet.name("tiers")]
    return tuple(t.name for i, t in enumerate(sheet.policy.tiers) if mask >> i & 1)


def _amount(sheet: Sheet, row: dict[str, int], outcome: Outcome) -> Amount | None:
    if not sheet.policy.tiers or outcome is Outcome.INELIGIBLE:
        return None
    state = row[sheet.name("state")]
    return Amount(
        row[sheet.name("low")],
        row[sheet.name("high")],
        fixed=not state & s.UNSET,
        absent=bool(state & (s.MAYBE_NOTHING | s.NOTHING)),
        some=not state & (s.NOTHING | s.UNSET),
    )
