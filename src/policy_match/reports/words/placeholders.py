"""Prose whose figures are placeholders: `{$grant_rate.other}` reads as 75%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_match.reports.words.vocabulary import Vocabulary

_PLACEHOLDER = re.compile(r"\{\$([\w.]+)\}")


def filled(text: str, words: Vocabulary) -> str:
    """Return a text with each placeholder as the value it has on the day.

    A parameter without a value on the day reads as an ellipsis.
    """

    def value(found: re.Match[str]) -> str:
        figure = words.program.figures.get(found[1])
        return words.amount(figure.value, figure.type) if figure else "…"

    return _PLACEHOLDER.sub(value, text)
