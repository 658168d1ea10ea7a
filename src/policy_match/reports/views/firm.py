"""What a firm is called by besides its name: its form, its trade, its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.facts import Facts
    from policy_match.reports.words.vocabulary import Vocabulary

_CALLED = frozenset((FactType.TEXT, FactType.ENUM, FactType.CODE))


def called(facts: Facts, words: Vocabulary) -> Iterator[str]:
    """Yield the settled facts of the theme that the firm's key and name are of."""
    program = words.program
    who = {program.identity.key, program.identity.name}
    themes = {program.facts[fact].theme for fact in who if fact} - {""}
    for fact, spec in program.facts.items():
        fits = spec.type in _CALLED and spec.theme in themes and fact not in who
        if not fits or not facts.settled(fact):
            continue
        value = words.value(facts.given[fact], spec)
        name = words.code_name(value, spec)
        yield name + words.bracketed(value) if name else value
