"""What officers have determined of a firm, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.formats import day_words

if TYPE_CHECKING:
    from policy_match.reports.document.models import Determination
    from policy_match.reports.words.vocabulary import Vocabulary


def determination_words(one: Determination, words: Vocabulary) -> str:
    """Return one determination: what, by whom, when, on what ground, until when."""
    spec = words.program.facts[one.fact]
    text = words.label(
        "determined",
        title=words.title(one.fact),
        value=words.value(one.value.possible, spec),
        by=one.by,
        day=day_words(one.on, words.lang),
        ground=one.ground,
    )
    ends = [
        words.label(key, day=day_words(day, words.lang))
        for key, day in (
            ("determined-until", one.until),
            ("determined-withdrawn", one.withdrawn_on),
        )
        if day is not None
    ]
    if not one.counts:
        ends.append(words.label("determined-not-counting"))
    return words.label("semicolon").join([text, *ends])
