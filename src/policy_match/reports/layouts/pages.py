"""Markdown and HTML: the same view through templates, the only use of jinja2."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from policy_match.language.formats import formats, tabled
from policy_match.language.media import lines, markdown
from policy_match.language.words import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.reports.views.view import Answer

_ENDINGS = {"html": "html", "markdown": "md"}


def render_answers(answers: Sequence[Answer], form: str) -> str:
    """Return one page that holds every answer."""
    return page("answer", form, answers[0].lang, answers=answers)


def page(name: str, form: str, lang: str, **values: Any) -> str:  # noqa: ANN401
    """Return a page of a template; HTML is escaped, markdown defused."""
    environment = _environment(html=form == "html")
    template = environment.get_template(f"{name}.{_ENDINGS[form]}.j2")
    ours = {
        "lang": lang,
        "tag": formats(lang).tag,
        "word": partial(_word, lang),
        "count": partial(tabled, lang=lang),
    }
    return template.render(**ours, **values)


@cache
def _environment(*, html: bool) -> Environment:
    environment = Environment(
        loader=PackageLoader("policy_match.reports"),
        autoescape=html,  # noqa: S701  (markdown is defused by a filter)
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=shown,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = markdown
    return environment


def _word(lang: str, key: str, **values: object) -> str:
    return label(key, lang, **values)


def shown(value: object) -> object:
    """Return a value as it is printed: cleaned, where it is not markup of ours."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return lines(value)
    return value
