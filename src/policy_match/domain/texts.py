"""Words for people, in each language the rulebook declares."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  (pydantic reads the fields)
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Text:
    """One text in several languages."""

    by_language: Mapping[str, str]

    def to(self, language: str) -> str:
        """Return the text in `language`, or in the rulebook's first language."""
        found = self.by_language.get(language)
        return found if found is not None else next(iter(self.by_language.values()), "")

    def __bool__(self) -> bool:
        """Whether there is any text at all."""
        return bool(self.by_language)


NO_TEXT = Text({})


@dataclass(frozen=True, slots=True)
class Citation:
    """A document, by its id in `sources`, and the article relied on."""

    source: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A document: its number, title, issuer, and what has replaced it."""

    id: str
    number: str
    title: Text
    issuer: Text
    issued: date | None = None
    superseded_by: str | None = None
    superseded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which something is in force, both ends included."""

    start: date | None = None
    end: date | None = None
    because: str = ""

    def __contains__(self, day: date) -> bool:
        """Whether `day` lies within the window."""
        return (self.start or date.min) <= day <= (self.end or date.max)
