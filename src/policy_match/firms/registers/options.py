"""Columns of members, codes and texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar.frames import word
from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice
from policy_match.firms.registers.credit_codes import adds_up
from policy_match.firms.registers.memo import Memo
from policy_match.firms.registers.numbers import Read, Stages, odd
from policy_match.firms.values.texts import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.firms.registers.headings import Column
    from policy_match.firms.values.grammar import Grammar

_SILENT = r"^[^\p{L}\p{N}\x{FFFD}]*$"
"""Without a letter or a digit: dashes, stars, NUL."""
_SCIENTIFIC = r"[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,2}"
_AS_NUMBER = r"[0-9]{18}(\.0+)?"
_SHORT = 18
"""Bytes."""


class Options:
    """Reads one column of bools, members of an enum, or codes."""

    texts = False
    """Whether cells of any type are read as texts."""

    def __init__(self, column: Column, grammar: Grammar) -> None:
        """Remember the column; nothing has been read yet."""
        self._spec, self._words = column.spec, grammar.words
        self._memo = Memo(lambda text: grammar.value(column.spec, text))
        self._members: set[str] = set()
        """Of the parts so far, so that parts alike have columns of one type."""

    def fast(self, text: pl.Expr, dtype: pl.DataType) -> Stages:
        """Return plain bools, or the texts to be read."""
        fact = self._spec.id
        if dtype == pl.Boolean and self._spec.type is FactType.BOOL:
            return [], [text.alias(fact)]
        return [], [text.cast(pl.String).alias(odd(fact))]

    def rest(self, seen: pl.DataFrame) -> Read:
        """Return the whole column."""
        fact = self._spec.id
        if fact in seen.columns:
            return Read([seen[fact]], 1, None)
        texts = seen[odd(fact)]
        known = list(texts.drop_nulls().unique())
        found = [self._memo.of(text) for text in known]
        choices = [v if isinstance(v, Choice) else None for v in found]
        column = self._column(texts, known, choices).alias(fact)
        bad = None
        if any(isinstance(value, str) for value in found):
            reasons = [v if isinstance(v, str) else None for v in found]
            bad = texts.replace_strict(
                known, reasons, default=None, return_dtype=pl.String
            )
        columns = [] if column.null_count() == len(column) else [column]
        return Read(columns, 1, bad, self._undecided(texts, known))

    def _undecided(self, texts: pl.Series, known: list[str]) -> pl.Series | None:
        """Return where a code means different things in editions that may be meant."""
        if not self._spec.wording.editions:
            return None
        open_ = [
            text
            for text in known
            if isinstance(self._memo.of(text), Choice)
            and self._words.undecided(self._spec, text)
        ]
        if not open_:
            return None
        reasons = ["edition"] * len(open_)
        return texts.replace_strict(
            open_, reasons, default=None, return_dtype=pl.String
        )

    def _column(
        self, texts: pl.Series, known: list[str], choices: list[Choice | None]
    ) -> pl.Series:
        plain = all(c is None or (c.settled and c.members) for c in choices)
        kind: type[pl.DataType] | pl.DataType = pl.Boolean
        values: Sequence[object]
        if self._spec.type is FactType.BOOL and plain:
            values = [
                None if c is None else c.members == frozenset((True,)) for c in choices
            ]
        else:
            values = words = [None if c is None else word(c) for c in choices]
            self._members.update(w for w in words if w is not None)
            kind = pl.Enum(sorted(self._members))
        return texts.replace_strict(known, values, default=None, return_dtype=kind)


class Texts:
    """Reads one column of texts; an identifier is checked to its last digit."""

    texts = True
    """Whether cells of any type are read as texts."""

    def __init__(self, column: Column, grammar: Grammar) -> None:
        """Remember the column; nothing has been read yet."""
        self._spec, self._habits = column.spec, grammar.habits
        self._none = sorted(grammar.locale.none)
        self._numbers = False
        self._memo = Memo(lambda text: grammar.value(column.spec, text))

    def fast(self, text: pl.Expr, dtype: pl.DataType) -> Stages:
        """Return the texts, and those that are words for something else."""
        fact = self._spec.id
        self._numbers = dtype.is_numeric()
        if dtype.is_float():
            text = text.str.strip_suffix(".0")
        if self._spec.format == "uscc" and not self._numbers:
            good = pl.col(f"{fact}·good")
            left = pl.when(~good).then(text)
            return [adds_up(text).alias(f"{fact}·good")], [
                pl.when(good).then(text).alias(fact),
                pl.when(~self._silent(left)).then(left).alias(odd(fact)),
            ]
        low = _short(text).str.to_lowercase()
        plain = pl.lit(False)  # noqa: FBT003
        if not self._spec.format:
            plain = ~low.is_in(self._none).fill_null(value=False)
            plain = plain & ~text.str.contains(DAMAGED, literal=True)
            plain = plain & ~text.str.starts_with("#")  # `#N/A`, a merged figure
        told = ~pl.col(f"{fact}·silent")
        return [self._silent(text).alias(f"{fact}·silent")], [
            pl.when(plain & told).then(text).alias(fact),
            pl.when(~plain & told).then(text).alias(odd(fact)),
        ]

    def _silent(self, text: pl.Expr) -> pl.Expr:
        """Return where a text says nothing."""
        short = _short(text)
        unknown = short.str.to_lowercase().is_in(sorted(self._habits.unknown))
        return (short.str.contains(_SILENT) | unknown).fill_null(value=False)

    def rest(self, seen: pl.DataFrame) -> Read:
        """Return the whole column, with what `fast` could not read."""
        fact = self._spec.id
        texts, column = seen[odd(fact)], seen[fact]
        bad = None
        if texts.null_count() < len(texts):
            known = list(texts.drop_nulls().unique())
            # Of a number nobody can say which digits it has lost.
            numbers = self._numbers and self._spec.format == "uscc"
            found = ["mangled-uscc" if numbers else self._memo.of(x) for x in known]
            words = [word(v) if isinstance(v, Choice) else None for v in found]
            reasons = [
                _why(self._spec, text, v) if isinstance(v, str) else None
                for text, v in zip(known, found, strict=True)
            ]
            column = column.fill_null(
                texts.replace_strict(known, words, default=None, return_dtype=pl.String)
            )
            bad = texts.replace_strict(
                known, reasons, default=None, return_dtype=pl.String
            )
            bad = None if bad.null_count() == len(bad) else bad
        return Read([] if column.null_count() == len(column) else [column], 1, bad)


def _short(text: pl.Expr) -> pl.Expr:
    """Return the short texts: words for nothing are, the rest need no second look."""
    return pl.when(text.str.len_bytes() <= _SHORT).then(text)


def _why(spec: FactSpec, text: str, reason: str) -> str:
    if spec.format != "uscc" or reason == "mangled-uscc":
        return reason
    return "mangled-uscc" if _mangled(text) else "wrong-uscc"


def _mangled(text: str) -> bool:
    """Return whether a spreadsheet took a code for a number: it keeps 15 digits.

    A workbook holds the nearest double, so the last three need not be zeros.
    """
    if re.fullmatch(_SCIENTIFIC, text):
        return True
    if not re.fullmatch(_AS_NUMBER, text):
        return False
    kept = int(text[:18])
    rounded = round(kept, -3)
    return kept in {rounded, int(float(rounded))}
