"""Codes of a classification that changed its meaning from one edition to the next.

What is read is always a code of the edition in use. A code of an earlier edition is
taken to where it went; one that the editions understand differently is whatever any
of them means, until the edition is told.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.wording import Edition, Wording

NOWHERE = ""
"""Where a code went that has no certain successor."""


class _Codes(NamedTuple):
    went: Mapping[str, str]
    """Changed codes, with their section and without it, and where they went."""
    names: Mapping[str, str]
    """What they were called."""
    added: frozenset[str]


@lru_cache(maxsize=64)
def _codes(edition: Edition) -> _Codes:
    went: dict[str, str] = {}
    names: dict[str, str] = {}
    for line in edition.changed.splitlines():
        code, _, rest = line.partition(" ")
        target, _, name = rest.partition(" ")
        for spelt in (code, code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")):
            went[spelt] = NOWHERE if target == "-" else target
            names[spelt] = name
    return _Codes(went, names, frozenset(edition.added.split()))


def readings(
    wording: Wording, system: CodeSystem, texts: Iterable[str], now: set[str]
) -> dict[str, set[str]]:
    """Return what spellings of a code mean in each edition, in codes of today.

    `now` is what they mean in the edition in use. `NOWHERE` is a code without a
    certain successor; no code at all, one that the edition does not have.
    """
    found: dict[str, set[str]] = {}
    for year, edition in wording.editions.items():
        if not edition.changed:
            found[year] = now
            continue
        known, mine = _codes(edition), set[str]()
        for text in texts:
            went = known.went.get(text.upper().replace(".", ""))
            code = system.normal(text)
            if went is not None:
                mine.add(went)
            elif code in now and code not in known.added:
                mine.add(code)
        found[year] = mine
    return found


def chosen(wording: Wording, text: str, found: Mapping[str, set[str]]) -> set[str]:
    """Return the codes that a text leaves possible, of what it means by edition.

    The section before the digits tells the edition in use, as the rulebook itself
    writes its codes.
    """
    told = wording.edition or _by_section(wording, text, found)
    if found.get(told):
        return found[told]
    every = set().union(*found.values())
    return {
        code
        for code in every
        if not any(code != other and code.startswith(other) for other in every)
    }


def undecided(
    wording: Wording, text: str, found: Mapping[str, set[str]]
) -> dict[str, set[str]]:
    """Return what a text means by edition, where nothing tells which; else nothing."""
    told = wording.edition or _by_section(wording, text, found)
    some = {year: codes for year, codes in found.items() if codes}
    differ = len({frozenset(codes) for codes in some.values()}) > 1
    return some if differ and not found.get(told) else {}


def _by_section(wording: Wording, text: str, found: Mapping[str, set[str]]) -> str:
    lettered = text[:1].isascii() and text[:1].isalpha()
    now = next((y for y, e in wording.editions.items() if not e.changed), "")
    return now if lettered and found.get(now) else ""


def name_in(edition: Edition, code: str) -> str:
    """Return what a code was called in an edition where that was another thing."""
    return _codes(edition).names.get(code.upper().replace(".", ""), "")
