"""The figures of the firms that are written to: their register, read once more.

A result of screening has no facts of firms, so a letter that tells how an amount
came about needs the register; only the firms that get a letter are worked out.
"""

from __future__ import annotations

import tempfile
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.backends.columnar.row_fallback import facts_in
from policy_match.domain.money import cents
from policy_match.errors import UsageError, reason
from policy_match.firms.registers import USCC, open_register
from policy_match.firms.registers.mapping import mapping_of
from policy_match.firms.registers.table import fault
from policy_match.ir.analysis import narrowed_by
from policy_match.language.messages import said
from policy_match.reports.words.computations import computation, step_in_words
from policy_match.screening.work import looked_at
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from policy_match.domain.possible import Number
    from policy_match.ir.program import Policy, Program
    from policy_match.reports.words.vocabulary import Vocabulary

_ROWS = 20_000


class Source(NamedTuple):
    """The register that was screened, and how it was read: by which mapping, sheet."""

    firms: Path
    mapping: Path | None = None
    sheet: str = ""

    def check(self, digest: str) -> None:
        """Raise UsageError where the register is not the one with this digest.

        Raises ProfileError where it cannot be read.
        """
        try:
            same = looked_at(self.firms)[0] == digest
        except OSError as error:
            message = said("unreadable", reason=reason(error))
            raise fault(self.firms, "F507", message) from None
        if not same:
            message = said("another-register", path=str(self.firms))
            raise UsageError(message, said("the-register-screened"))


def figures(
    source: Source, program: Program, wanted: pl.Series
) -> Iterator[dict[str, Evaluation]]:
    """Yield what is known of the firms `wanted`, by code, some firms at a time.

    Raises ProfileError where the register cannot be read.
    """
    mapping = mapping_of(source.mapping, program.facts, source.sheet)
    with tempfile.TemporaryDirectory() as work:
        register = open_register(source.firms, program, Path(work), mapping=mapping)
        for part in register.parts(program, _ROWS):
            some = part.frame.filter(pl.col(USCC).is_in(wanted.implode()))
            yield {
                row[USCC]: Evaluation(program, facts_in(program, row, part.scale).given)
                for row in some.iter_rows(named=True)
            }


def computed(
    policy: Policy,
    ends: tuple[Decimal | None, Decimal | None],
    verdicts: Evaluation,
    words: Vocabulary,
) -> str:
    """Return how a firm's amount came about, in its own figures.

    `ends` are those that the screening found; where the figures do not lead there,
    nothing is told, nor where they are too few for an upper end.
    """
    then = verdicts.narrowed(narrowed_by(verdicts.program)[policy.id])
    amount = then.amount(policy)
    if amount is None or not amount.some or ends[1] is None:
        return ""
    if (_cents(amount.low), _cents(amount.high)) != tuple(map(_as_cents, ends)):
        return ""
    steps = computation(policy, amount, then, words)
    told = (step_in_words(x.says, x.value, x.kind, words) for x in steps)
    return words.label("semicolon").join(told)


def _cents(end: Number) -> int | None:
    return None if end in {-inf, inf} else cents(end)


def _as_cents(end: Decimal | None) -> int | None:
    return None if end is None else int(end * 100)
