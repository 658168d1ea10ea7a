"""What policies have to do with each other, in words: one of several, a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.reports.words.formulas import formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.ir.program import Cap, Group, Program
    from policy_match.reports.words.vocabulary import Vocabulary


def relations(program: Program, policy: str, words: Vocabulary) -> Iterator[str]:
    """Yield a sentence for each relation of a policy to others."""
    for group in program.groups:
        if policy in group.policies:
            others = _others(group, policy, words)
            yield _told(group, words.label("only-one-of", others=others), words)
    for cap in program.caps:
        if policy in cap.policies:
            others, limit = _others(cap, policy, words), formula(cap.limit, words)
            text = words.label("limited-together", others=others, limit=limit)
            yield _told(cap, text, words)


def _others(relation: Group | Cap, policy: str, words: Vocabulary) -> str:
    names = (name for name in relation.policies if name != policy)
    return words.listed(f"“{words.policy(name)}”" for name in names)


def _told(relation: Group | Cap, text: str, words: Vocabulary) -> str:
    if relation.why:
        text += words.label("colon") + words.text(relation.why)
    cites = words.listed(words.cites(relation.cite)) if relation.cite else ""
    return text + words.bracketed(cites)
