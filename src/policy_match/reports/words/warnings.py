"""What is doubtful in what was given, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.possible import Possible
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.outcome import Warning_


def warning_words(
    warning: Warning_, given: Mapping[str, Possible], words: Vocabulary
) -> str:
    """Return a warning of what was given in words."""
    if warning.detail is not None:
        return words.text(warning.detail.says)
    title = words.title(warning.fact)
    if warning.expected is None:
        return words.label("contradicts-plain", title=title)
    spec = words.program.facts[warning.fact]
    return words.label(
        "contradicts",
        title=title,
        given=words.value(given[warning.fact], spec),
        expected=words.value(warning.expected, spec),
    )
