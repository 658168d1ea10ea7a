"""Prose whose figures are placeholders: `{$grant_rate.other}` reads as 75%."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PLACEHOLDER = re.compile(r"\{\$([\w.]+)\}")


def filled(text: str, figure: Callable[[str], str]) -> str:
    """Return a text with each placeholder as what `figure` says of its name."""
    if "{$" not in text:  # as most are: words are looked up by the thousand
        return text
    return _PLACEHOLDER.sub(lambda found: figure(found[1]), text)
