"""What is doubtful in what was given, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.formats import day_words

if TYPE_CHECKING:
    from policy_match.domain.facts import Facts
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.outcome import Warning_


def warning_words(warning: Warning_, facts: Facts, words: Vocabulary) -> str:
    """Return a warning of what was given in words."""
    if warning.kind == "another-day" and facts.day is not None:
        days = (words.program.day, facts.day)
        day, of = (day_words(one, words.lang) for one in days)
        return words.label("another-day", day=day, of=of)
    if warning.detail is not None:
        return words.text(warning.detail.says)
    title = words.title(warning.fact)
    if warning.expected is None:
        return words.label("contradicts-plain", title=title)
    spec = words.program.facts[warning.fact]
    return words.label(
        "contradicts",
        title=title,
        given=words.value(facts.given[warning.fact], spec),
        expected=words.value(warning.expected, spec),
    )
