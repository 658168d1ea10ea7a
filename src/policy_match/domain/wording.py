"""What else the values of a fact are called: official words, as data of a rulebook."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from policy_match.domain.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, eq=False)
class Edition:
    """One edition of a classification, and what became of its codes.

    Of the edition in use nothing is `changed`.
    """

    called: tuple[str, ...] = ()
    """By what a heading tells that its codes are of this edition."""
    changed: str = ""
    """Lines of a code that is not the same code with the same name today, the code
    that it went to (`-`: none for certain), and what it was called."""
    added: str = ""
    """The codes of today that the edition does not have, by blanks."""


@dataclass(frozen=True, eq=False)
class Wording:
    """The dictionary of one fact.

    Members are those of an enum, or `true` and `false`; several are a value of
    which one holds; none at all is a word that is known to say nothing.
    """

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A word, and what it means."""
    patterns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Regular expressions for a whole wording; the first that matches counts."""
    same: Mapping[str, str] = field(default_factory=dict)
    """Spellings within a text, and what they are spelt as in words and patterns."""
    names: str = ""
    """Of a classification: lines of a code, a blank, and a name; of equal names the
    first counts."""
    search: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Everyday words, and the codes that one would choose, the best first."""
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What people say, and what names of the classification say for it."""
    editions: Mapping[str, Edition] = field(default_factory=dict)
    """Editions of the classification by the year that they are called by."""
    edition: str = ""
    """The edition that a table's codes are known to be of; empty where that is not
    known."""
    headings: tuple[str, ...] = ()
    """What a column of the fact is called in other people's tables."""
    look_alikes: tuple[str, ...] = ()
    """Headings that look like the fact, and are another thing."""
    weak_headings: tuple[str, ...] = ()
    """Headings of several things; the cells below tell whether it is the fact."""
    by_heading: Mapping[str, Mapping[str, tuple[str, ...]]] = field(
        default_factory=dict
    )
    """What words mean below one heading alone: 是 below 是否一般纳税人."""
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a column whose heading has words of its own, those; they go before all."""


NO_WORDING = Wording()
