"""The pages: the same from a server, whose API they ask, and as a static site."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from policy_match.language.formats import day_words, formats
from policy_match.language.words import LANGUAGES, label
from policy_match.reports.layouts.pages import page
from policy_match.reports.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from policy_match import api

STATIC = (
    "engine.js",
    "answer.js",
    "plan.js",
    "framed.js",
    "firm.js",
    "check.js",
)
"""The scripts that pages of both kinds load."""
_DIGITS = len("sha256:") + 12


class Site(NamedTuple):
    """Where the pages of one kind lie, and who answers in them."""

    engine: str
    """`server`, or `worker`: the page itself."""
    links: Mapping[str, str]
    """Where each page is in a language: `{lang}` stands for it."""
    root: str = ""
    policy: str = ""
    """The content policy that a page states itself."""
    days: tuple[date, ...] = ()
    """Those whose law there is; none: of any."""


def style() -> str:
    """Return the style sheet: that of answers and of the handbook, and the pages'."""
    return page("web/style", "html", LANGUAGES[0])


def script(name: str) -> str:
    """Return a script by its name."""
    place = files("policy_match.web") / "static" / name
    return place.read_text(encoding="utf-8")


def embed(site: Site) -> str:
    """Return the script by which another page takes in the interview."""
    link = site.links["firm"].removeprefix("/")
    return script("embed.js").replace("{firm}", f"../{link}")


def start(site: Site, law: api.Law, lang: str) -> str:
    """Return the page from which everything is reached."""
    return _page("index", site, law, lang, other="home")


def firm(site: Site, law: api.Law, lang: str) -> str:
    """Return the page of the interview."""
    return _page("firm", site, law, lang, other="firm")


def check(site: Site, law: api.Law, lang: str, themes: Mapping[str, str]) -> str:
    """Return the page with all facts by theme."""
    grouped: dict[str, list[dict[str, Any]]] = {name: [] for name in themes}
    for fact in law.list_facts(lang):
        if not fact["derived"] or fact["asked"]:
            grouped.setdefault(fact["theme"] or "", []).append(fact)
    shown = [
        (themes.get(name) or label("other", lang), found)
        for name, found in grouped.items()
        if found
    ]
    return _page("check", site, law, lang, other="check", themes=shown)


def playground(site: Site, law: api.Law, lang: str) -> str:
    """Return the page on which a rulebook is tried."""
    return _page("playground", site, law, lang, other="playground")


def _page(
    name: str,
    site: Site,
    law: api.Law,
    lang: str,
    *,
    other: str,
    **values: object,
) -> str:
    (second,) = (one for one in LANGUAGES if one != lang)
    links = {key: link.format(lang=lang) for key, link in site.links.items()}
    words = Vocabulary.of(law.program, lang)
    return page(
        f"web/{name}",
        "html",
        lang,
        engine=site.engine,
        root=site.root,
        policy=site.policy,
        links={
            "api": "",
            "playground": "",
            **links,
            "other": site.links[other].format(lang=second),
        },
        locale=formats(lang).locale.replace("_", "-"),
        other_tag=formats(second).tag,
        days=_said(site.days, lang),
        today=law.day.isoformat(),
        title=words.text(law.program.title),
        disclaimer=words.text(law.program.disclaimer),
        rulebook=law.program.rulebook,
        digest=law.program.digest[:_DIGITS],
        **values,
    )


def _said(days: Sequence[date], lang: str) -> list[tuple[str, str]]:
    """Return days with their words, the latest first."""
    ordered = sorted(days, reverse=True)
    return [(day.isoformat(), day_words(day, lang)) for day in ordered]
