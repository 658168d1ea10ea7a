"""Words as people write them: yes and no, members of an enum, codes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_match.domain.frozen import dataclass
from policy_match.domain.possible import NONE, Choice, one
from policy_match.errors import did_you_mean, nearest
from policy_match.firms.values import editions
from policy_match.firms.values.faults import expected, wrong
from policy_match.firms.values.texts import normal, plain
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.wording import Wording
    from policy_match.errors import Hint
    from policy_match.firms.values.conventions import Habits
    from policy_match.language.locales import Locale

_SEVERAL = re.compile(r"[|;、]|或")
_BRACKETS = str.maketrans("【】［］〔〕[]", "()()()()")
_LEADING_CODE = re.compile(r"[0-9]{3,4}[-:.]*(?=[^0-9])")
_CODE = (
    r"[A-Za-z]?[0-9]{2}(?:\.?[0-9]{1,2}|[0-9]?\.[0-9])?|[A-Za-z]?[0-9]{2,4}|[A-Za-z]"
)
_TITLED = re.compile(rf"({_CODE})[\s:.-]*([\u4e00-\u9fff].*)")
_FLOAT = re.compile(r"([0-9]{3,4})\.0+")
_SHORT = 3
_PROPOSED = 40
"""Characters of a name that is compared with those that are known."""


@dataclass(frozen=True)
class MemberGrammar:
    """Reads yes and no, members and codes in one locale."""

    locale: Locale
    habits: Habits
    systems: Mapping[str, CodeSystem]

    def truth(self, spec: FactSpec, text: str) -> Choice | None:
        """Return yes or no; None where the words say neither; raises ValueFault."""
        low = plain(text)
        if (own := own_word(spec.wording, text)) is not None:
            return Choice(frozenset(m == "true" for m in own)) if own else None
        if low in self.locale.none:
            # What the question tells such a firm to answer, 无 included.
            return NONE if spec.may_be_none else one(False)  # noqa: FBT003
        if low in self.habits.true or low in self.locale.true:
            return one(True)  # noqa: FBT003
        if low in self.habits.false or low in self.locale.false:
            return one(False)  # noqa: FBT003
        found = by_words(spec.wording, text)
        if found is None:
            raise wrong(spec, "bool", "not-yes-or-no", text=text)
        return Choice(frozenset(m == "true" for m in found)) if found else None

    def members(self, spec: FactSpec, text: str) -> Choice | None:
        """Return the members that a text names, one or several.

        None where its words are known to say nothing. Raises ValueFault.
        """
        whole = self._known(spec, text)
        if whole is None and _SEVERAL.search(text):
            parts = [self._known(spec, part) for part in _SEVERAL.split(text)]
            if all(parts):
                whole = tuple(member for part in parts for member in part or ())
        if whole is None:
            hint = did_you_mean(text, spec.members, expected(spec))
            raise wrong(spec, "member", "not-a-member", hint, text=text)
        return Choice(frozenset(whole)) if whole else None

    def _known(self, spec: FactSpec, text: str) -> tuple[str, ...] | None:
        low = plain(text)
        if (own := own_word(spec.wording, text)) is not None:
            return own
        for member, title in spec.members.items():
            if low == plain(member) or low in map(plain, title.by_language.values()):
                return (member,)
        return by_words(spec.wording, text)

    def codes(self, spec: FactSpec, text: str) -> Choice:
        """Return the codes that a text may mean; raises ValueFault."""
        whole = self._codes(spec, text)
        if whole is None and _SEVERAL.search(text):
            parts = [self._codes(spec, part) for part in _SEVERAL.split(text)]
            if all(parts):
                whole = {code for part in parts for code in part or ()}
        if not whole:
            system = self.systems.get(spec.system)
            named = (system and (system.title or system.id)) or spec.system
            raise wrong(
                spec, "code", "not-a-code", self._guess(spec, text), text=text,
                system=named,
            )  # fmt: skip
        if editions.NOWHERE in whole:
            hint = said("code-of-today", title=spec.title)
            raise wrong(spec, "edition", "code-gone", hint, text=text)
        return Choice(frozenset(whole))

    def _guess(self, spec: FactSpec, text: str) -> Hint:
        names = _names(spec.wording)
        if not names or len(text) > _PROPOSED or text.isascii():
            return expected(spec)
        guess = nearest(_bare(text), names)
        if not guess:
            return expected(spec)
        return said("did-you-mean", guess=f"{names[guess]} {guess}")

    def _codes(self, spec: FactSpec, text: str) -> set[str] | None:
        named = _names(spec.wording).get(_bare(text))
        if named is not None:
            return {named}
        text = normal(text)
        name = ""
        if found := _TITLED.fullmatch(text):
            text, name = found.groups()
        codes = self._written(spec, text)
        if not codes or not name:
            return codes or None
        said_ = _names(spec.wording).get(_bare(name))
        if said_ is None:
            return codes
        agree = {c for c in codes if c.startswith(said_) or said_.startswith(c)}
        return agree or None

    def undecided(self, spec: FactSpec, text: str) -> dict[str, set[str]]:
        """Return what a code means by edition, where nothing tells which; else nothing.

        A name beside it in the text tells.
        """
        text = normal(text)
        if not spec.wording.editions or _TITLED.fullmatch(text):
            return {}
        if _bare(text) in _names(spec.wording):
            return {}
        return editions.undecided(spec.wording, text, self._by_edition(spec, text))

    def speaks_for(self, spec: FactSpec, text: str, beside: Iterable[str]) -> str:
        """Return the edition that a code shows itself to be of, or nothing.

        `beside` are texts that stand beside it, of which one may be its name.
        """
        text = normal(text)
        if found := _TITLED.fullmatch(text):
            text, name = found.groups()
            beside = (name, *beside)
        by_edition = self._by_edition(spec, text)
        some = [year for year, codes in by_edition.items() if codes]
        if len(some) < len(by_edition):
            return some[0] if len(some) == 1 else ""
        if len(set(map(frozenset, by_edition.values()))) == 1:
            return ""
        for name in map(_bare, beside):
            named = [
                year
                for year, edition in spec.wording.editions.items()
                if name == _bare(editions.name_in(edition, text))
                or (
                    not edition.changed
                    and _names(spec.wording).get(name, "-") in by_edition[year]
                )
            ]
            if len(named) == 1:
                return named[0]
        return ""

    def names_codes(self, spec: FactSpec, text: str) -> bool:
        """Return whether a text is a name of the fact's classification."""
        return _bare(normal(text)) in _names(spec.wording)

    def _written(self, spec: FactSpec, text: str) -> set[str]:
        if not spec.wording.editions:
            return self._today(spec, _spellings(text))
        by_edition = self._by_edition(spec, text)
        return editions.chosen(spec.wording, text, by_edition)

    def _by_edition(self, spec: FactSpec, text: str) -> dict[str, set[str]]:
        system, texts = self.systems[spec.system], _spellings(text)
        now = self._today(spec, texts)
        return editions.readings(spec.wording, system, texts, now)

    def _today(self, spec: FactSpec, texts: Sequence[str]) -> set[str]:
        system = self.systems.get(spec.system)
        if system is None:
            return {texts[0]}
        if not system.divisions:
            texts = texts[:1]
        listed = _listed(spec.wording)
        codes = {code for code in map(system.normal, texts) if code is not None}
        return codes & listed if listed else codes


def _spellings(text: str) -> list[str]:
    """Return a code as it was before a spreadsheet took it for a number, perhaps."""
    if found := _FLOAT.fullmatch(text):
        text = found[1]
    # A spreadsheet may have dropped the zero of a four-digit code.
    short = text.isdecimal() and len(text) == _SHORT
    return [text, "0" + text] if short else [text]


def own_word(wording: Wording, text: str) -> tuple[str, ...] | None:
    """Return what the heading of a column says of a text; None where nothing."""
    if not wording.own:
        return None
    text = _bare(text)
    return next((m for word, m in wording.own.items() if _bare(word) == text), None)


def by_words(wording: Wording, text: str) -> tuple[str, ...] | None:
    """Return what a dictionary says of a text; None where it does not know it."""
    if not (wording.words or wording.patterns):
        return None
    bare = _bare(text)
    for spelt, as_ in wording.same.items():
        bare = bare.replace(spelt, as_)
    words = _words(wording)
    if bare in words:
        return words[bare]
    cut = _LEADING_CODE.sub("", bare, count=1) if wording.patterns else bare
    if cut in words:
        return words[cut]
    for pattern, meaning in _patterns(wording):
        if pattern.search(cut):
            return meaning
    return None


def _bare(text: str) -> str:
    """Return a text as words are compared: without blanks and final stops."""
    low = "".join(plain(text).translate(_BRACKETS).split())
    return low.rstrip("。;；") or low


@lru_cache(maxsize=256)
def _words(wording: Wording) -> dict[str, tuple[str, ...]]:
    return {_bare(word): meaning for word, meaning in wording.words.items()}


@lru_cache(maxsize=256)
def _patterns(wording: Wording) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple((re.compile(p, re.IGNORECASE), m) for p, m in wording.patterns)


@lru_cache(maxsize=64)
def _listed(wording: Wording) -> frozenset[str]:
    """Return the codes of a classification that lists them all."""
    return frozenset(line.partition(" ")[0] for line in wording.names.splitlines())


@lru_cache(maxsize=64)
def _names(wording: Wording) -> dict[str, str]:
    """Return names of a classification with their codes; the first line counts."""
    found: dict[str, str] = {}
    for line in wording.names.splitlines():
        code, _, name = line.partition(" ")
        if name:
            found.setdefault(_bare(name), code)
    return found
