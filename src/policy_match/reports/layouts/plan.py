"""A plan on a terminal, as Markdown, as a page to print, and as a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.words import label
from policy_match.reports.layouts.terminal import columns, padded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.reports.layouts.terminal import Screen
    from policy_match.reports.plan.view import Paper, Plan, Step

_BESIDE = 4
_WIDEST_PAPER = 40


def as_text(plan: Plan, screen: Screen) -> str:
    """Return a plan as terminal text."""
    return "\n".join(_Page(plan, screen).lines()) + "\n"


class _Page:
    """One plan, laid out."""

    def __init__(self, plan: Plan, screen: Screen) -> None:
        self.plan, self.screen = plan, screen

    def word(self, key: str, **values: object) -> str:
        """Return a fixed text in the language of the plan."""
        return label(key, self.plan.lang, **values)

    def lines(self) -> Iterator[str]:
        """Yield every line, top to bottom."""
        yield from self._head()
        yield from self._steps()
        yield from self._papers("plan-paper-list", self.plan.papers)
        yield from self._papers("plan-keep", self.plan.keep)
        yield from self._past()
        plan, screen = self.plan, self.screen
        if plan.awaited:
            yield from self._heading("plan-awaited")
            for department, matters in plan.awaited:
                text = department + self.word("colon") + matters
                yield from screen.wrapped(text, "· ")
        if plan.further:
            yield from self._heading("plan-further")
            for text in plan.further:
                yield from screen.wrapped(text, "· ")
        yield screen.rule()
        yield from screen.wrapped(plan.rulebook, kind="dim")
        yield from screen.wrapped(plan.disclaimer, kind="dim")

    def _heading(self, key: str, beside: str = "") -> Iterator[str]:
        yield ""
        yield from self.screen.sides(self.word(key), beside, ("heading", "dim"))

    def _head(self) -> Iterator[str]:
        plan, screen = self.plan, self.screen
        title = f"{self.word('plan-title')} · {plan.firm}"
        yield from screen.sides(title, plan.uscc, ("bold", "dim"))
        if plan.about:
            yield from screen.wrapped(plan.about, kind="dim")
        yield from screen.wrapped(plan.days, kind="dim")
        yield screen.rule()
        for total in plan.totals:
            yield from screen.sides(total.form, total.worth, ("", "money"))
        if not plan.totals:
            yield self.word("nothing-certain")
        for text in (plan.open_amounts, *plan.together):
            yield from screen.wrapped(text)
        if plan.steps:
            told = filter(None, (plan.count, plan.nearest))
            text = self.word("semicolon").join(told)
            yield from screen.wrapped(text, kind="bold")
        for warning in plan.warnings:
            yield from screen.wrapped(warning, "! ", kind="ask")

    def _steps(self) -> Iterator[str]:
        plan, screen = self.plan, self.screen
        yield from self._heading("plan-do", self.word("plan-do-order"))
        for step in plan.steps:
            yield from self._step(step)
        if not plan.steps:
            yield self.word("plan-nothing")
        for text in (plan.services, plan.closed):
            yield from screen.wrapped(text, kind="dim")

    def _step(self, step: Step) -> Iterator[str]:
        screen = self.screen
        when = (
            f"{step.day}{self.word('brackets', value=step.left)}" if step.left else ""
        )
        title = f"{step.number}. {when or step.day}  {step.title}"
        kind = "money" if step.certain else "dim"
        yield from screen.sides(title, step.worth, ("bold", kind))
        wide = max((columns(name) for name, _ in step.rows), default=0)
        for name, text in step.rows:
            lead = f"   {padded(name, wide)}  "
            yield from screen.wrapped(text, lead)

    def _papers(self, key: str, papers: tuple[Paper, ...]) -> Iterator[str]:
        if not papers:
            return
        yield from self._heading(key, self.word("plan-for"))
        comma = self.word("comma")
        for paper in papers:
            left = f"□ {paper.paper}"
            yield from self.screen.sides(left, comma.join(paper.steps), ("", "dim"))

    def _past(self) -> Iterator[str]:
        plan, screen = self.plan, self.screen
        if not plan.past:
            return
        yield from self._heading("plan-past")
        yield from screen.wrapped(plan.past_how, kind="dim")
        for one in plan.past:
            text = one.title + self.word("colon") + one.until
            yield from screen.wrapped(text, "· ")
