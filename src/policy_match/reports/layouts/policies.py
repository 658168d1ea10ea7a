"""The rulebook for people: the list of policies, and the page of one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from policy_match.language.formats import day_words
from policy_match.reports.layouts.terminal import columns, shortened
from policy_match.reports.layouts.text_trees import evidence_lines
from policy_match.reports.views.policy import known_policies, policy_page, rows
from policy_match.reports.words.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.ir.program import OutOfForce, Policy, Program
    from policy_match.reports.document.policies import Condition
    from policy_match.reports.layouts.terminal import Screen
    from policy_match.reports.views.policy import PolicyPage, Row
    from policy_match.reports.views.view import Node

_GAP = "  "


def listed(program: Program, form: str, lang: str, screen: Screen) -> str:
    """Return the list of all policies, in force on the program's day or not."""
    words = Vocabulary.of(program, lang)
    found = rows(program, words)
    if form == "json":
        return _json(_listed(found))
    count = sum(row.in_force for row in found)
    day = day_words(program.day, words.lang)
    head = words.label("in-force-count", day=day, count=count, all=len(found))
    if form == "text":
        return "\n".join(_table(found, head, words, screen)) + "\n"
    from policy_match.reports.layouts.pages import page  # noqa: PLC0415

    texts = {"title": program.title, "disclaimer": program.disclaimer}
    told = {name: words.text(text) for name, text in texts.items()}
    return page("policies", form, words.lang, rows=found, head=head, **told)


def described(program: Program, id_: str, form: str, lang: str, screen: Screen) -> str:
    """Return the page of one policy, by its id."""
    words = Vocabulary.of(program, lang)
    policy = known_policies(program)[id_]
    if form == "json":
        return _json(_described(program, policy, words))
    found = policy_page(program, policy, words)
    if form == "text":
        return "\n".join(_page(found, words, screen)) + "\n"
    from policy_match.reports.layouts.pages import page  # noqa: PLC0415

    return page("policy", form, words.lang, page=found)


# ---- text


def _table(
    found: Sequence[Row], head: str, words: Vocabulary, screen: Screen
) -> Iterator[str]:
    yield from screen.wrapped(words.text(words.program.title), kind="bold")
    yield screen.style(head, "dim")
    kinds: dict[str, list[Row]] = {}
    for row in found:
        kinds.setdefault(row.kind_words, []).append(row)
    for kind, listed_rows in kinds.items():
        yield ""
        count = words.label("brackets", value=len(listed_rows))
        yield screen.style(kind + count, "heading")
        for row in listed_rows:
            yield _row(row, words, screen)


def _row(row: Row, words: Vocabulary, screen: Screen) -> str:
    title = row.title
    if not row.in_force:
        title += words.bracketed(words.label("in-force-no"))
    if row.indirect:
        title += words.bracketed(words.label("indirect"))
    title = shortened(title, screen.width - columns(row.id) - len(_GAP))
    gap = " " * (screen.width - columns(title) - columns(row.id))
    title = title if row.in_force else screen.style(title, "dim")
    return title + gap + screen.style(row.id, "dim")


def _page(found: PolicyPage, words: Vocabulary, screen: Screen) -> Iterator[str]:
    yield from screen.sides(found.title, found.id, ("bold", "dim"))
    yield from screen.wrapped(
        f"{found.kind} · {found.status} · {found.period}", kind="dim"
    )
    yield screen.rule()
    yield from screen.wrapped(found.summary)
    if found.remark:
        yield from screen.wrapped(found.remark, kind="ask")
    if found.conditions:
        yield from _heading("conditions", words, screen)
        yield from evidence_lines(found.conditions, screen, words.lang, "  ")
    if found.benefit:
        yield from _heading("benefit", words, screen)
        colon = words.label("colon")
        for title, amount in found.benefit:
            yield from screen.wrapped(f"{title}{colon}{amount}", "  ", "    ")
        yield from screen.wrapped(found.benefit_note, "  ", kind="dim")
    for key, texts in (("relations", found.relations), ("figures", found.figures)):
        if texts:
            yield from _heading(key, words, screen)
            for text in texts:
                yield from screen.wrapped(text, "  ", "    ")
    yield from _rest(found, words, screen)


def _rest(found: PolicyPage, words: Vocabulary, screen: Screen) -> Iterator[str]:
    colon = words.label("colon")
    if found.claim:
        yield from _heading("claim", words, screen)
        for step in found.claim:
            texts = words.label("semicolon").join(step.texts)
            yield from screen.wrapped(f"{step.label}{colon}{texts}", "  ", "    ")
    yield from _heading("departments", words, screen)
    yield from screen.wrapped(found.departments, "  ")
    if found.basis:
        yield from _heading("granted-by", words, screen)
        for text in found.basis:
            yield from screen.wrapped(text, "  ", "    ")
    yield from _heading("sources", words, screen)
    for text in found.sources:
        yield from screen.wrapped(text, "  ", "    ")
    if found.plan:
        yield from _heading("plan", words, screen)
        quoted = [f"“{phrase}”" for phrase in found.phrases]
        yield from screen.wrapped(" ".join([found.plan, *quoted]), "  ")
    if found.notes:
        yield from _heading("notes", words, screen)
        yield from screen.wrapped(found.notes, "  ")
    yield ""
    yield screen.rule()
    yield from screen.wrapped(found.disclaimer, kind="dim")


def _heading(key: str, words: Vocabulary, screen: Screen) -> Iterator[str]:
    yield ""
    yield screen.style(words.label(key), "heading")


# ---- json


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _listed(found: Sequence[Row]) -> list[object]:
    from policy_match.reports.document.encoding import as_data  # noqa: PLC0415
    from policy_match.reports.document.policies import ListedPolicy  # noqa: PLC0415

    return [as_data(ListedPolicy(**_common(row))) for row in found]


def _common(row: Row) -> dict[str, Any]:
    from policy_match.reports.document.policies import Days  # noqa: PLC0415

    return {
        "policy": row.id,
        "title": row.title,
        "kind": row.kind,
        "in_force": row.in_force,
        "section": row.section or None,
        "reaches": "indirectly" if row.indirect else "directly",
        "windows": tuple(Days(from_=w.start, to=w.end) for w in row.windows),
    }


def _described(
    program: Program, found: Policy | OutOfForce, words: Vocabulary
) -> object:
    from policy_match.reports.document import policies as p  # noqa: PLC0415
    from policy_match.reports.document.encoding import as_data  # noqa: PLC0415

    shown = policy_page(program, found, words)
    row = next(row for row in rows(program, words) if row.id == found.id)
    return as_data(
        p.DescribedPolicy(
            **_common(row),
            summary=shown.summary,
            conditions=tuple(map(_condition, shown.conditions)),
            benefit=tuple(
                p.BenefitLine(title=title, amount=text) for title, text in shown.benefit
            ),
            relations=shown.relations,
            figures=shown.figures,
            claim={step.label: tuple(step.texts) for step in shown.claim},
            departments=p.Departments(
                lead=words.department(found.about.lead),
                granting=words.department(found.about.granting),
            ),
            basis=shown.basis,
            sources=shown.sources,
            notes=shown.notes or None,
        )
    )


def _condition(node: Node) -> Condition:
    from policy_match.reports.document.policies import Condition  # noqa: PLC0415

    return Condition(
        says=node.words,
        cites=tuple(node.cites),
        thresholds=tuple(node.thresholds),
        why=node.why,
        of=tuple(map(_condition, node.of)),
    )
