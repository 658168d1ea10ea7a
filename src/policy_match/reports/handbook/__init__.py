"""The handbook: a rulebook as a small website, whole in each of its languages.

Every page stands by itself: styles, drawings and the search are inside it, and
nothing is loaded from anywhere, so that a folder can be sent, opened from a
disk and printed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.formats import formats
from policy_match.reports.handbook.book import Handbook
from policy_match.reports.layouts.pages import page

if TYPE_CHECKING:
    from datetime import date

    from policy_match.compiler.rulebook import Rulebook

INDEXES = ("sections", "departments", "kinds")
TABLES = ("plan", "figures", "facts", "documents")
HOME = "sections"


def handbook(rulebook: Rulebook, day: date) -> dict[str, str]:
    """Return every page by its path, links between them relative.

    A policy is shown as of `day`, or as of the last day on which it was in
    force before. Raises RulebookError where the rulebook has no answer for a
    day that is needed.
    """
    languages = rulebook.book.manifest.languages
    pages = {"index.html": _page("start", languages[0], languages=languages)}
    for lang in languages:
        book = Handbook(rulebook, day, lang)
        shared = {
            "book": book,
            "others": [other for other in languages if other != lang],
            "tabs": (*INDEXES, *TABLES),
        }
        for name in INDEXES:
            groups = book.groups(name)
            here = f"{name}.html"
            known = {**shared, "tab": name, "here": here, "root": ""}
            pages[f"{lang}/{here}"] = _page("list", lang, **known, groups=groups)
        for name in TABLES:
            here = f"{name}.html"
            known = {**shared, "tab": name, "here": here, "root": ""}
            pages[f"{lang}/{here}"] = _page(name, lang, **known)
        for policy in book.policies:
            here = f"policies/{policy.page.id}.html"
            known = {**shared, "tab": "", "here": here, "root": "../"}
            pages[f"{lang}/{here}"] = _page("policy", lang, **known, policy=policy)
    return pages


def _page(name: str, lang: str, **values: object) -> str:
    return page(f"handbook/{name}", "html", lang, formats=formats, **values)
