"""Kleene's strong three-valued logic (Kleene 1952, section 64)."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

TruthWord = Literal["true", "false", "unknown"]


class Truth(IntEnum):
    """How a condition stands for all that is possible, ordered by certainty of yes."""

    FALSE = 0
    """It holds for nothing that is possible."""
    UNKNOWN = 1
    """It holds for some of what is possible and fails for some."""
    TRUE = 2
    """It holds for everything that is possible."""

    @property
    def word(self) -> TruthWord:
        """The name used in JSON: `true`, `false` or `unknown`."""
        return _WORDS[self]


_WORDS: tuple[TruthWord, ...] = ("false", "unknown", "true")
FALSE, UNKNOWN, TRUE = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE
_NEGATION = (TRUE, UNKNOWN, FALSE)


def negation(truth: Truth) -> Truth:
    """Return the truth of `not`; unknown stays unknown."""
    return _NEGATION[truth]


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Return the truth of `all`: false beats unknown beats true.

    >>> conjunction([TRUE, UNKNOWN]).word
    'unknown'
    """
    return min(truths, default=TRUE)


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Return the truth of `any`: true beats unknown beats false."""
    return max(truths, default=FALSE)


def of_possibilities(can_hold: bool, can_fail: bool) -> Truth:
    """Return the truth of a test that can hold, can fail, or both."""
    if can_hold:
        return UNKNOWN if can_fail else TRUE
    return FALSE
