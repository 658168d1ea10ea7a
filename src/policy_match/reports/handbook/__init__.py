"""The handbook: a rulebook as a small website, whole in each of its languages.

Every page stands by itself: styles, drawings and the search are inside it, and
nothing is loaded from anywhere, so that a folder can be sent, opened from a
disk and printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from policy_match.checks.examples import Runner
from policy_match.language.formats import formats
from policy_match.reports.handbook.book import Book
from policy_match.reports.layouts.pages import page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from policy_match.checks.examples import Run
    from policy_match.compiler.rulebook import Rulebook

INDEXES = ("sections", "departments", "kinds")
TABLES = ("plan", "figures", "facts", "documents")
HOME = "sections"


class Handbook(Mapping[str, str]):
    """Every page by its path, links between them relative; each is made when read."""

    def __init__(self, rulebook: Rulebook, day: date) -> None:
        """Show a policy as of `day`, or of the last day it was in force before.

        Raises RulebookError, here or where a page is read, where the rulebook has no
        answer for a day that is needed.
        """
        self._languages = rulebook.book.manifest.languages
        runner = Runner(rulebook)

        @cache
        def runs(name: str) -> tuple[Run, ...]:
            return tuple(runner.of(name))

        self._books = {
            lang: Book(rulebook, day, lang, runs) for lang in self._languages
        }
        names = (
            *INDEXES,
            *TABLES,
            *(f"policies/{id_}" for id_ in rulebook.book.policies),
        )
        self._paths = dict.fromkeys(
            (
                "index.html",
                *(f"{lang}/{x}.html" for lang in self._languages for x in names),
            )
        )

    def __iter__(self) -> Iterator[str]:
        """Yield the path of every page."""
        return iter(self._paths)

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self._paths)

    def __getitem__(self, path: str) -> str:
        """Return a page; raises KeyError where there is none."""
        if path not in self._paths:
            raise KeyError(path)
        first = self._languages[0]
        lang, _, here = path.partition("/")
        if not here:
            return _page("start", first, languages=self._languages)
        book, name = self._books[lang], here.removesuffix(".html")
        shared = {
            "book": book,
            "others": [other for other in self._languages if other != lang],
            "tabs": (*INDEXES, *TABLES),
            "tab": name,
            "here": here,
            "root": "",
        }
        if name in INDEXES:
            return _page("list", lang, **shared, groups=book.groups(name))
        if name in TABLES:
            return _page(name, lang, **shared)
        policy = book.policy(name.partition("/")[2])
        above = shared | {"tab": "", "root": "../"}
        return _page("policy", lang, **above, policy=policy)


def _page(name: str, lang: str, **values: object) -> str:
    return page(f"handbook/{name}", "html", lang, formats=formats, **values)
