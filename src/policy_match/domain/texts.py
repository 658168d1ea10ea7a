"""Words for people, in each language the rulebook declares."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  (pydantic reads the fields)
from datetime import date

from policy_match.domain.frozen import dataclass


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
class Window:
    """The days on which something is in force, both ends included."""

    start: date | None = None
    end: date | None = None
    because: str = ""

    def __contains__(self, day: date) -> bool:
        """Whether `day` lies within the window."""
        return (self.start or date.min) <= day <= (self.end or date.max)


@dataclass(frozen=True, slots=True)
class Citation:
    """A document, by its id in `sources`, and the article relied on.

    `window` is set where the citation stands on fewer days than its document,
    and in a program, where it says on which days it stands.
    """

    source: str
    article: str = ""
    window: Window | None = None

    def __str__(self) -> str:
        """Return the citation as a rule file writes it, without its days."""
        return f"{self.source} {self.article}".strip()
