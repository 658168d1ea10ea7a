"""Columns of members, codes and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from policy_match.backends.columnar.frames import word
from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice
from policy_match.registers.memo import Memo
from policy_match.registers.numbers import Read, odd

if TYPE_CHECKING:
    from policy_match.registers.cells import Reader
    from policy_match.registers.headings import Column

_SILENT = r"^[-‐-―−─_/\\.\s]*$"
_MANGLED = r"^([0-9](\.[0-9]+)?[eE]\+?[0-9]{1,2}|[0-9]{15}0{3}(\.0+)?)$"
_USCC = r"^[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}$"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


class Options:
    """Reads one column of bools, members of an enum, or codes."""

    def __init__(self, column: Column, reader: Reader) -> None:
        """Remember the column; nothing has been read yet."""
        self._spec = column.spec
        self._memo = Memo(lambda text: reader.cell(column.spec, text))

    def fast(self, cells: pl.Expr, dtype: pl.DataType) -> list[pl.Expr]:
        """Return plain bools, or the texts to be read."""
        fact = self._spec.id
        if dtype == pl.Boolean and self._spec.type is FactType.BOOL:
            return [cells.alias(fact)]
        return [cells.cast(pl.String).str.strip_chars().alias(odd(fact))]

    def rest(self, seen: pl.DataFrame) -> Read:
        """Return the whole column."""
        fact = self._spec.id
        if fact in seen.columns:
            return Read([seen[fact]], 1, None)
        texts = seen[odd(fact)]
        known = list(texts.drop_nulls().unique())
        found = [self._memo.of(text) for text in known]
        choices = [v if isinstance(v, Choice) else None for v in found]
        column = _column(self._spec.type, texts, known, choices).alias(fact)
        bad = None
        if any(isinstance(value, str) for value in found):
            reasons = [v if isinstance(v, str) else None for v in found]
            bad = texts.replace_strict(
                known, reasons, default=None, return_dtype=pl.String
            )
        return Read([] if column.null_count() == len(column) else [column], 1, bad)


def _column(
    kind: FactType, texts: pl.Series, known: list[str], choices: list[Choice | None]
) -> pl.Series:
    plain = all(c is None or (c.settled and c.members) for c in choices)
    if kind is FactType.BOOL and plain:
        bools = [
            None if c is None else c.members == frozenset((True,)) for c in choices
        ]
        return texts.replace_strict(known, bools, default=None, return_dtype=pl.Boolean)
    words = [None if c is None else word(c) for c in choices]
    enum = pl.Enum(sorted({w for w in words if w is not None}))
    return texts.replace_strict(known, words, default=None, return_dtype=enum)


class Texts:
    """Reads one column of texts; an identifier is checked to its last digit."""

    def __init__(self, column: Column, reader: Reader) -> None:
        """Remember the column; nothing has been read yet."""
        self._spec, self._habits = column.spec, reader.habits
        self._none = sorted(reader.locale.none)
        self._memo = Memo(lambda text: reader.cell(column.spec, text))

    def fast(self, cells: pl.Expr, dtype: pl.DataType) -> list[pl.Expr]:
        """Return the texts, and those that are words for something else."""
        text = cells.cast(pl.String).str.strip_chars()
        if dtype.is_float():
            text = text.str.strip_suffix(".0")
        if self._spec.format:
            text = text.str.normalize("NFKC").str.replace_all(r"[ -]", "")
            text = text.str.to_uppercase()
        low = text.str.to_lowercase()
        silent = text.str.contains(_SILENT) | low.is_in(sorted(self._habits.unknown))
        text = pl.when(~silent).then(text)
        if self._spec.format == "uscc":
            good = text.str.contains(_USCC) & (_check_digit(text) == text.str.slice(17))
            return [
                pl.when(good).then(text).alias(self._spec.id),
                pl.when(~good).then(text).alias(odd(self._spec.id)),
            ]
        other = pl.lit(True) if self._spec.format else low.is_in(self._none)  # noqa: FBT003
        return [
            pl.when(~other).then(text).alias(self._spec.id),
            pl.when(other).then(text).alias(odd(self._spec.id)),
        ]

    def rest(self, seen: pl.DataFrame) -> Read:
        """Return the whole column, with what `fast` could not read."""
        fact = self._spec.id
        texts, column = seen[odd(fact)], seen[fact]
        bad = None
        if texts.null_count() < len(texts) and self._spec.format == "uscc":
            mangled = texts.str.contains(_MANGLED)
            bad = seen.select(
                pl.when(mangled).then(pl.lit("mangled-uscc"))
                .when(texts.is_not_null()).then(pl.lit("wrong-uscc"))
                .alias("reason")
            )["reason"]  # fmt: skip
        elif texts.null_count() < len(texts):
            known = list(texts.drop_nulls().unique())
            found = [self._memo.of(text) for text in known]
            words = [word(v) if isinstance(v, Choice) else None for v in found]
            reasons = [v if isinstance(v, str) else None for v in found]
            column = column.fill_null(
                texts.replace_strict(known, words, default=None, return_dtype=pl.String)
            )
            bad = texts.replace_strict(
                known, reasons, default=None, return_dtype=pl.String
            )
            bad = None if bad.null_count() == len(bad) else bad
        return Read([] if column.null_count() == len(column) else [column], 1, bad)


def _check_digit(text: pl.Expr) -> pl.Expr:
    """Return the check digit of 18-character codes (GB 32100)."""
    total = pl.lit(0, pl.Int32)
    letters = list(_ALPHABET)
    for place, weight in enumerate(_WEIGHTS):
        value = text.str.slice(place, 1).replace_strict(
            letters, range(len(letters)), default=None, return_dtype=pl.Int32
        )
        total = total + value * weight
    rest = (pl.lit(len(letters)) - total % len(letters)) % len(letters)
    return rest.replace_strict(
        range(len(letters)), letters, default=None, return_dtype=pl.String
    )
