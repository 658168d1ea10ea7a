"""The one look-up of words: key and language to text.

A language is a directory beside this file, and a topic a file in it. What is
said of faults is read when there is a fault to tell, so that no answer waits
for it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_GROUPS = ("words", "errors")
_OTHERWISE = "en"


def _languages() -> tuple[str, ...]:
    found = {path.parent.name for path in _HERE.glob(f"*/{_GROUPS[0]}")}
    return *sorted(found - {_OTHERWISE}), _OTHERWISE


LANGUAGES = _languages()
"""What the package speaks; a rulebook may have texts in others as well."""


def label(key: str, lang: str, **gaps: object) -> str:
    """Return a fixed text, its gaps filled; English where `lang` has none.

    Raises KeyError for a key nobody declared.

    >>> label("day-count", "en", day="30 June 2022", count=9)
    '30 June 2022 (9)'
    """
    text = sentence(key, lang)
    return text.format(**gaps) if gaps else text


def sentence(key: str, lang: str) -> str:
    """Return a text with its gaps open; English where `lang` has none.

    Raises KeyError for a key nobody declared.
    """
    for language in dict.fromkeys((lang, _OTHERWISE)):
        for group in _GROUPS:
            text = sentences(language, group).get(key)
            if text is not None:
                return text
    raise KeyError(key)


@cache
def sentences(lang: str, group: str) -> dict[str, str]:
    """Return the texts of one group of topics; none where nobody wrote any."""
    found: dict[str, str] = {}
    for path in sorted((_HERE / lang / group).glob("*.json")):
        found |= json.loads(path.read_bytes())
    return found
