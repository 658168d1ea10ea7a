"""Answers and rulebooks in words: text, JSON, markdown, HTML.

Nothing is decided here. Templates are read only for the formats that need
them, so that text and JSON start without jinja2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.media import encodable, terminal
from policy_match.reports.readings.summary import named, only, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from policy_match.ir.program import Program
    from policy_match.reports.document.models import Answer
    from policy_match.reports.sheet.view import Sealed
    from policy_match.semantics.outcome import Assessment

FORMATS = ("text", "json", "markdown", "html", "sheet")
LISTS = ("text", "json")
"""Formats of what is merely looked up."""


def render(  # noqa: PLR0913
    assessments: Sequence[Assessment],
    format: str,  # noqa: A002
    lang: str,
    *,
    explain: Collection[str] = (),
    color: bool = False,
    width: int = 80,
    indirect: bool = False,
    policies: Collection[str] = (),
    sealed: Sealed | None = None,
    encoding: str = "utf-8",
) -> str:
    """Return the answer for one firm or several.

    `explain` names policies whose evidence is unfolded, by id or title, or
    `all`. Policies that reach firms indirectly are shown where `indirect`, or
    where `explain` names them; where `indirect`, each service has a line too.
    Only the `policies` named, by id, are told of, where any are; `sealed` is the
    record that a sheet names. `encoding` is that of the terminal: marks it lacks
    are replaced by ones it has.
    """
    told_of = (*explain, *policies)
    found = [shown(a, indirect=indirect, named=told_of) for a in assessments]
    if policies:
        found = [only(one, policies) for one in found]
    if format == "json":
        from policy_match.reports.document.encoding import as_json  # noqa: PLC0415

        documents = [as_document(one, lang) for one in found]
        return as_json(documents[0] if len(documents) == 1 else documents)
    if format == "sheet":
        return _sheets(found, lang, policies, sealed)
    from policy_match.reports.document.answer import document  # noqa: PLC0415
    from policy_match.reports.document.plan import past_periods  # noqa: PLC0415
    from policy_match.reports.views.answer import answer  # noqa: PLC0415
    from policy_match.reports.words.vocabulary import Vocabulary  # noqa: PLC0415

    # Only a web page can be unfolded by its reader.
    folded = format == "html"
    answers = []
    for one in found:
        unfolded = named(one.program, explain)
        told = None if folded else unfolded
        words = Vocabulary.of(one.program, lang)
        answers.append(
            answer(
                document(one, lang, told=told),
                words,
                explain=unfolded,
                evidence=folded,
                services=indirect,
                facts=one.facts,
                past=past_periods(one, words),
                seal=sealed.seal if sealed else "",
            )
        )
    if format == "text":
        from policy_match.reports.layouts.terminal import Screen  # noqa: PLC0415
        from policy_match.reports.layouts.text import render_answer  # noqa: PLC0415

        screen = Screen(width, color)
        text = "\n\n".join(render_answer(one, screen) for one in answers)
        return encodable(terminal(text), encoding)
    from policy_match.reports.layouts.pages import render_answers  # noqa: PLC0415

    return render_answers(answers, format)


def _sheets(
    assessments: Sequence[Assessment],
    lang: str,
    policies: Collection[str],
    sealed: Sealed | None,
) -> str:
    """Return the decision sheets of some firms as one page to print."""
    from policy_match.reports.document.answer import document  # noqa: PLC0415
    from policy_match.reports.layouts.pages import page  # noqa: PLC0415
    from policy_match.reports.sheet.making import sheet  # noqa: PLC0415
    from policy_match.reports.words.vocabulary import Vocabulary  # noqa: PLC0415

    sheets = [
        sheet(
            document(one, lang),
            one.facts,
            Vocabulary.of(one.program, lang),
            asked=policies,
            sealed=sealed,
        )
        for one in assessments
    ]
    return page("sheet", "html", sheets[0].lang, sheets=sheets)


def render_plan(  # noqa: PLR0913
    assessments: Sequence[Assessment],
    format: str,  # noqa: A002
    lang: str,
    *,
    color: bool = False,
    width: int = 80,
    indirect: bool = False,
    policies: Collection[str] = (),
    encoding: str = "utf-8",
) -> str:
    """Return the plans of one firm or several, as text, html, markdown, json or ics.

    Raises UsageError where a calendar is asked for and cannot be written.
    """
    from policy_match.reports.document.answer import document  # noqa: PLC0415
    from policy_match.reports.document.plan import plan  # noqa: PLC0415
    from policy_match.reports.words.vocabulary import Vocabulary  # noqa: PLC0415

    found = [shown(a, indirect=indirect, named=policies) for a in assessments]
    if policies:
        found = [only(one, policies) for one in found]
    words = [Vocabulary.of(one.program, lang) for one in found]
    documents = [document(one, lang) for one in found]
    made = [
        plan(one, answer, its)
        for one, answer, its in zip(found, documents, words, strict=True)
    ]
    if format == "json":
        from policy_match.reports.document.encoding import as_json  # noqa: PLC0415

        return as_json(made[0] if len(made) == 1 else made)
    if format == "ics":
        from policy_match.reports.layouts.calendar import as_calendar  # noqa: PLC0415

        return as_calendar(zip(made, words, strict=True))
    from policy_match.reports.plan.making import in_words  # noqa: PLC0415

    plans = [
        in_words(one, answer, its_own.facts, its)
        for one, answer, its_own, its in zip(made, documents, found, words, strict=True)
    ]
    if format == "text":
        from policy_match.reports.layouts.plan import as_text  # noqa: PLC0415
        from policy_match.reports.layouts.terminal import Screen  # noqa: PLC0415

        text = "\n".join(as_text(one, Screen(width, color)) for one in plans)
        return encodable(terminal(text), encoding)
    from policy_match.reports.layouts.pages import page  # noqa: PLC0415

    return page("plan", format, plans[0].lang, plans=plans)


def as_document(assessment: Assessment, lang: str) -> Answer:
    """Return an answer as the typed document that JSON and records are made of."""
    from policy_match.reports.document.answer import document as made  # noqa: PLC0415

    return made(assessment, lang)


def list_policies(
    program: Program,
    format: str,  # noqa: A002
    lang: str,
    *,
    color: bool = False,
    width: int = 80,
    encoding: str = "utf-8",
) -> str:
    """Return the list of all policies of a rulebook, in force or not."""
    from policy_match.reports.layouts.policies import listed  # noqa: PLC0415
    from policy_match.reports.layouts.terminal import Screen  # noqa: PLC0415

    page = listed(program, format, lang, Screen(width, color))
    return encodable(terminal(page), encoding)


def show_policy(  # noqa: PLR0913
    program: Program,
    id_: str,
    format: str,  # noqa: A002
    lang: str,
    *,
    color: bool = False,
    width: int = 80,
    encoding: str = "utf-8",
) -> str:
    """Return the page of one policy, by its id."""
    from policy_match.reports.layouts.policies import described  # noqa: PLC0415
    from policy_match.reports.layouts.terminal import Screen  # noqa: PLC0415

    page = described(program, id_, format, lang, Screen(width, color))
    return encodable(terminal(page), encoding)


def found(program: Program, words: str, format: str, lang: str) -> str:  # noqa: A002
    """Return the policies and facts that words are about."""
    from policy_match.reports.layouts import finding  # noqa: PLC0415

    return finding.found(program, words, format, lang)


def blank_profile(program: Program, lang: str) -> str:
    """Return a blank profile in YAML, every fact explained; it is valid."""
    from policy_match.reports.layouts.blank_profile import blank_profile as blank  # noqa: PLC0415

    return blank(program, lang)
