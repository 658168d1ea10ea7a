"""The one look-up of words: key and language to text.

A language is a directory beside this file, and a topic a file in it. What is
said of faults is read when there is a fault to tell, so that no answer waits
for it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from policy_match.language.directory import FALLBACK, HERE, LANGUAGES
from policy_match.language.formats import number_words, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "label", "sentence", "sentences"]

_GROUPS = ("words", "errors")

Sentence = str | dict[str, str]
"""A text; or one for each form of plural, by CLDR's names, chosen by `count`."""


def label(key: str, lang: str, **gaps: object) -> str:
    """Return a fixed text, its gaps filled; English where `lang` has none.

    Counts are written as the language writes numbers. Raises KeyError for a key
    nobody declared.

    >>> label("more-questions", "en", count=1), label("more-questions", "en", count=2)
    ('1 more question', '2 more questions')
    """
    text = fitting(sentence(key, lang), lang, gaps)
    if not gaps:
        return text
    return text.format(**{name: _filled(gap, lang) for name, gap in gaps.items()})


def _filled(gap: object, lang: str) -> object:
    return number_words(gap, lang) if type(gap) is int else gap


def fitting(text: Sentence, lang: str, gaps: Mapping[str, object]) -> str:
    """Return the form of a text that goes with its `count`."""
    if isinstance(text, str):
        return text
    count = gaps.get("count")
    return text[plural(count, lang) if isinstance(count, int) else "other"]


def sentence(key: str, lang: str) -> Sentence:
    """Return a text with its gaps open; English where `lang` has none.

    Raises KeyError for a key nobody declared.
    """
    for language in dict.fromkeys((lang, FALLBACK)):
        for group in _GROUPS:
            text = sentences(language, group).get(key)
            if text is not None:
                return text
    raise KeyError(key)


@cache
def sentences(lang: str, group: str) -> dict[str, Sentence]:
    """Return the texts of one group of topics; none where nobody wrote any."""
    found: dict[str, Sentence] = {}
    for path in sorted((HERE / lang / group).glob("*.json")):
        found |= json.loads(path.read_bytes())
    return found
