"""Codes, policies and facts by the words people have for them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.texts import Text
    from policy_match.ir.program import About, Program

_WORD = re.compile(r"[a-z0-9]+")
_STEM = 3
"""Letters of a Latin word that its other forms share at least."""
_PAIR = 2
"""Characters that two Chinese texts must have in common to be about one thing."""
_LONGEST = 100
"""Characters of a question; nobody looks for more."""
_BY_SYNONYM = 1_000
_UNRANKED = 1_000_000


class FoundCode(NamedTuple):
    """A code that words may mean, and what it is called."""

    code: str
    name: str


class Found(NamedTuple):
    """Policies and facts by id, those that fit best first."""

    policies: tuple[str, ...]
    facts: tuple[str, ...]


class _Question:
    """What is looked for: a text whose characters an answer covers."""

    def __init__(self, words: str) -> None:
        self.text = _plain(words)[:_LONGEST]
        self.latin = self.text.isascii()
        self.bare = "".join(self.text.split())

    def covered(self, text: str) -> frozenset[int]:
        """Return the characters of the question that stand in a text as well.

        Of a Latin question whole words count, in any form; of a Chinese one
        characters side by side, so that 玩具批发 and 其他文化用品批发 have 批发.
        """
        plain = _plain(text)
        if self.latin:
            there = _WORD.findall(plain)
            return frozenset(
                place
                for found in _WORD.finditer(self.text)
                if any(_akin(found[0], word) for word in there)
                for place in range(*found.span())
            )
        plain = "".join(plain.split())
        found: set[int] = set()
        start = 0
        for token in self.text.split():
            length = min(_PAIR, len(token))
            for place in range(len(token) - length + 1):
                if token[place : place + length] in plain:
                    found.update(range(start + place, start + place + length))
            start += len(token)
        return frozenset(found)

    def holds(self, word: str) -> frozenset[int]:
        """Return the characters of the question that are just this word."""
        plain = "".join(_plain(word).split())
        at = self.bare.find(plain)
        return frozenset(range(at, at + len(plain)) if at >= 0 else ())

    def __len__(self) -> int:
        return sum(map(len, _WORD.findall(self.text))) if self.latin else len(self.bare)


def codes(
    spec: FactSpec, system: CodeSystem | None, words: str, lang: str
) -> tuple[FoundCode, ...]:
    """Return the codes of a fact that words may mean, the likeliest first.

    Everyday words of the rulebook's dictionary come first, in its order, then
    synonyms, then names of the classification; whatever covers more of the
    question comes before. A code itself finds what lies at and below it.
    """
    question = _Question(words)
    names = _names(spec, system, lang)
    if not question.bare:
        return ()
    code = system.normal(words) if system else None
    if code in names:
        below = sorted(name for name in names if name.startswith(code))
        return tuple(FoundCode(one, names[one][0]) for one in below)
    known = _known(spec, question, names)
    ranks: dict[str, tuple[int, int, int, str]] = {}
    for one, texts in names.items():
        covered, place = known.get(one, (frozenset(), _UNRANKED))
        best = max((question.covered(text) for text in texts), key=len)
        whole = len(covered | best)
        if whole and 2 * whole >= len(question):
            ranks[one] = (-whole, place, min(map(len, texts)), one)
    ordered = sorted(ranks, key=lambda one: ranks[one])
    return tuple(FoundCode(one, names[one][0]) for one in ordered)


def _known(
    spec: FactSpec, question: _Question, names: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[frozenset[int], int]]:
    """Return what dictionaries make of a question: by code, what is covered, rank."""
    found: dict[str, tuple[frozenset[int], int]] = {}

    def take(code: str, covered: frozenset[int], place: int) -> None:
        known, before = found.get(code, (frozenset(), place))
        found[code] = (known | covered, min(place, before))

    for word, chosen in spec.wording.search.items():
        covered = question.holds(word)
        if covered:
            for place, code in enumerate(chosen):
                take(code, covered, place)
    for word, meant in spec.wording.synonyms.items():
        covered = question.holds(word)
        if covered:
            for code, texts in names.items():
                if any(text in name for text in meant for name in texts):
                    take(code, covered, _BY_SYNONYM)
    return found


def _names(
    spec: FactSpec, system: CodeSystem | None, lang: str
) -> dict[str, tuple[str, ...]]:
    """Return what each code is called, first as the reader is told it."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in (system.names if system else {}).items():
        texts = dict.fromkeys((name.to(lang), *name.by_language.values()))
        found[code] = tuple(filter(None, texts))
    for line in spec.wording.names.splitlines():
        code, _, text = line.partition(" ")
        if text and text not in found.get(code, ()):
            found[code] = (*found.get(code, ()), text)
    return {code: texts for code, texts in found.items() if texts}


def search(program: Program, words: str) -> Found:
    """Return the policies and facts that words are about, the best first.

    A title counts before a summary, and that before what else is said.
    """
    question = _Question(words)
    about = _about(program)
    policies = {
        name: (
            (name, *_texts(one.title)),
            _texts(one.summary),
            (*one.phrases, *_texts(one.notes), *_texts(one.benefit_note)),
        )
        for name, one in about.items()
    }
    facts = {
        name: (
            (name, *_texts(spec.title), *spec.aliases),
            _texts(spec.asks),
            _texts(spec.definition),
        )
        for name, spec in program.facts.items()
    }
    return Found(_ranked(question, policies), _ranked(question, facts))


def titled(program: Program, words: str) -> tuple[str, ...]:
    """Return the policies whose title words name: the very one, or all they fit."""
    question = _Question(words)
    titles = {name: _texts(one.title) for name, one in _about(program).items()}
    same = [
        name
        for name, texts in titles.items()
        if question.text in {_plain(text) for text in texts}
    ]
    if same or not question.bare:
        return tuple(same)
    return tuple(
        name
        for name, texts in titles.items()
        if any(len(question.covered(text)) == len(question) for text in texts)
    )


def _about(program: Program) -> dict[str, About]:
    found = {policy.id: policy.about for policy in program.policies}
    return found | {policy.id: policy.about for policy in program.out_of_force}


def _ranked(
    question: _Question, texts: Mapping[str, tuple[tuple[str, ...], ...]]
) -> tuple[str, ...]:
    """Return what covers the whole question; where nothing does, half of it."""
    ranks: dict[str, tuple[int, int, int]] = {}
    for order, (name, layers) in enumerate(texts.items()):
        covered: frozenset[int] = frozenset()
        depth = 0
        for at, layer in enumerate(layers):
            more = covered.union(*map(question.covered, layer))
            if len(more) > len(covered):
                covered, depth = more, at
        if covered and 2 * len(covered) >= len(question):
            ranks[name] = (-len(covered), depth, order)
    whole = [name for name, rank in ranks.items() if -rank[0] == len(question)]
    return tuple(sorted(whole or ranks, key=lambda name: ranks[name]))


def _texts(text: Text | None) -> tuple[str, ...]:
    return tuple(text.by_language.values()) if text else ()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _akin(one: str, other: str) -> bool:
    """Whether two Latin words are forms of one: manufacture, manufacturing."""
    short, long = sorted((one, other), key=len)
    if len(short) <= _STEM:
        return short == long
    return long.startswith(short[:-1]) and len(long) - len(short) < _STEM + 1
