"""How to claim, in words: papers by their titles, whom to ask, where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_match.domain.claims import Claim, Paper
    from policy_match.domain.texts import Text
    from policy_match.reports.words.vocabulary import Vocabulary


def to_submit(claim: Claim, words: Vocabulary) -> tuple[str, ...]:
    """Return the papers to hand in, at whatever step, each once."""
    if not claim.papers and not any(step.papers for step in claim.steps):
        return of_language(claim.documents, words)
    steps = (paper for step in claim.steps for paper in step.papers)
    return titles((*claim.papers, *steps), words)


def to_keep(claim: Claim, words: Vocabulary) -> tuple[str, ...]:
    """Return the papers to keep for inspection."""
    return titles(claim.keep_papers, words) or of_language(claim.keep, words)


def titles(papers: Iterable[Paper], words: Vocabulary) -> tuple[str, ...]:
    """Return the titles of papers, each once."""
    return tuple(dict.fromkeys(words.text(paper.title) for paper in papers))


def named(texts: Iterable[Text], words: Vocabulary) -> str:
    """Return names in a row."""
    return words.label("comma").join(dict.fromkeys(map(words.text, texts)))


def of_language(
    texts: Mapping[str, Sequence[str]], words: Vocabulary
) -> tuple[str, ...]:
    """Return the texts of the language of the answer, else of the first one."""
    return tuple(texts.get(words.lang, next(iter(texts.values()), ())))
