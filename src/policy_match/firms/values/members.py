"""Words as people write them: yes and no, members of an enum, codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from policy_match.domain.possible import NONE, Choice, one
from policy_match.errors import did_you_mean, nearest
from policy_match.firms.values.faults import expected, wrong
from policy_match.firms.values.texts import normal, plain
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Mapping

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

    def _written(self, spec: FactSpec, text: str) -> set[str]:
        system = self.systems.get(spec.system)
        if found := _FLOAT.fullmatch(text):
            text = found[1]
        if system is None:
            return {text}
        candidates = {system.normal(text)}
        if text.isdecimal() and len(text) == _SHORT and system.divisions:
            # A spreadsheet may have dropped the zero of a four-digit code.
            candidates.add(system.normal("0" + text))
        listed = _listed(spec.wording)
        codes = {code for code in candidates if code is not None}
        return codes & listed if listed else codes


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
