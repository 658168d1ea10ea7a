"""The answer on a terminal: what the firm gets first, the rest a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.words import label
from policy_match.reports.layouts.terminal import (
    Screen,
    columns,
    flowed,
    padded,
)
from policy_match.reports.layouts.text_trees import MARKS, evidence_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.reports.views.view import Answer, Ask, Group, Line

_ASKED = 5
_FIRST = 5
"""Policies of a group that are told where nobody asked for all."""
_TITLE = 34
_MANY = 12
_MARKS = {
    "eligible": "met",
    "one-fact": "open",
    "undetermined": "open",
    "ineligible": "failed",
    "not-in-force": "fact",
}


def render_answer(answer: Answer, screen: Screen) -> str:
    """Return one answer as terminal text."""
    lines = [*_Page(answer, screen).lines()]
    kept = (
        line
        for line, before in zip(lines, ["", *lines], strict=False)
        if line or before
    )
    return "\n".join(kept) + "\n"


class _Page:
    """One answer, laid out."""

    def __init__(self, answer: Answer, screen: Screen) -> None:
        self.answer, self.screen = answer, screen

    def word(self, key: str, **values: object) -> str:
        """Return a fixed text in the language of the answer."""
        return label(key, self.answer.lang, **values)

    def lines(self) -> Iterator[str]:
        """Yield every line, top to bottom."""
        yield from self._head()
        if self.answer.best:
            yield ""
            yield from self._notes("best", self.answer.best, "· ")
        for group in self.answer.first:
            yield ""
            yield from self._group(group)
        if self.answer.asks:
            yield ""
            yield from self._asks(self.answer.asks)
        for group in self.answer.rest:
            yield ""
            yield from self._group(group)
        if self.answer.determined:
            yield ""
            yield from self._notes("determinations", self.answer.determined, "· ")
        if self.answer.cliffs:
            yield ""
            yield from self._notes("cliffs", self.answer.cliffs, "! ")
        yield ""
        yield self.screen.rule()
        yield from self._closing()
        yield from self.screen.wrapped(self.answer.disclaimer, kind="dim")

    def _head(self) -> Iterator[str]:
        answer, screen = self.answer, self.screen
        yield from screen.sides(answer.firm, answer.uscc, ("bold", "dim"))
        if answer.front.about:
            yield from screen.wrapped(answer.front.about, kind="dim")
        yield from screen.wrapped(f"{answer.as_of} · {answer.rulebook}", kind="dim")
        yield screen.rule()
        counted = [f"{title} {number}" for _, title, number in answer.counts if number]
        yield from (screen.style(x, "bold") for x in flowed(counted, screen.width))
        yield ""
        yield from self._front()
        if answer.few:
            yield ""
            yield from screen.wrapped(answer.few, kind="ask")
        if answer.warnings:
            yield ""
            yield screen.style(self.word("warnings"), "ask")
            for warning in answer.warnings:
                yield from screen.wrapped(warning, "  ! ")
        if answer.local:
            yield ""
            yield from screen.wrapped(answer.local)

    def _front(self) -> Iterator[str]:
        """Yield what is certain, and a line of each thing looked for first."""
        front, screen = self.answer.front, self.screen
        yield screen.style(self.word("front-certain"), "heading")
        wide = max((columns(x.worth) for x in front.totals), default=0)
        for total in front.totals:
            space = " " * (wide - columns(total.worth))
            amount = screen.style(total.worth, "money")
            count = self.word("front-items", count=total.count)
            yield f"  {padded(total.form, 14)}{space}{amount}  {count}"
        if not front.totals:
            yield "  " + self.word("nothing-certain")
        for text in (front.open_amounts, *front.together):
            yield from screen.wrapped(text, "  ")
        yield ""
        wide = max((columns(name) for name, _ in front.rows), default=0)
        for name, text in front.rows:
            yield from screen.wrapped(text, f"{padded(name, wide)}  ")

    def _closing(self) -> Iterator[str]:
        """Yield what is certain once more, where a terminal stops."""
        front = self.answer.front
        told = [f"{total.form} {total.worth}" for total in front.totals]
        semicolon = self.word("semicolon")
        text = semicolon.join(told) or self.word("nothing-certain")
        text = self.word("front-certain") + self.word("colon") + text
        yield from self.screen.wrapped(text, kind="bold")
        for name, row in front.rows[:1]:
            yield from self.screen.wrapped(name + self.word("colon") + row)

    def _group(self, group: Group) -> Iterator[str]:
        title = f"{group.title}{self.word('brackets', value=group.count)}"
        if group.key in {"eligible", "one-fact"}:
            yield self.screen.style(title, "heading")
        else:
            yield from self.screen.sides(title, group.column, ("heading", "dim"))
        if group.key == "not-in-force" and len(group.lines) > _MANY:
            yield from self._by_period(group)
            return
        width = min(_TITLE, max((columns(x.title) for x in group.lines), default=0))
        shown = self._shown(group)
        for line in shown:
            if group.key in {"eligible", "one-fact"}:
                yield from self._full(line, group.key)
            elif line.unfolded:
                yield from self._open(line, group)
            else:
                yield from self._folded(line, group.key, width)
            if line.change:
                yield from self._change(line)
            if line.unfolded:
                yield from self._unfolded(line)
        left = len(group.lines) - len(shown)
        if left:
            more = self.word("more-lines", count=left)
            yield from self.screen.wrapped(more, "  ", kind="dim")
        if group.services:
            told = group.services
            if group.key != "eligible":
                told = self.word("with-all", told=told)
            yield from self.screen.wrapped(told, "  ", kind="dim")

    def _shown(self, group: Group) -> tuple[Line, ...]:
        """Return the lines of a group that are told: all, or the first few."""
        if self.answer.full or group.key == "eligible":
            return group.lines
        return group.lines[:_FIRST]

    def _by_period(self, group: Group) -> Iterator[str]:
        """Yield many policies as titles under the period they share.

        Those of which something can still be had, or no more, come first.
        """
        periods: dict[str, list[str]] = {}
        for line in group.lines:
            if line.reason == line.period:
                periods.setdefault(line.period, []).append(line.title)
            else:
                yield from self._folded(line, group.key, 0)
        for period, titles in periods.items():
            count = self.word("brackets", value=len(titles))
            yield from self.screen.wrapped(period + count, "· ")
            listed = self.word("semicolon").join(titles)
            yield from self.screen.wrapped(listed, "    ", kind="dim")

    def _full(self, line: Line, key: str) -> Iterator[str]:
        screen = self.screen
        mark = MARKS[_MARKS[key]]
        title = f"{mark} {line.title}" + (f" · {line.tier}" if line.tier else "")
        if line.chip not in {self.word(key), ""}:
            title += self.word("brackets", value=line.chip)
        kind = "money" if key == "eligible" else "dim"
        yield from screen.sides(title, line.worth, (_MARKS[key], kind))
        for fact in line.missing if key == "one-fact" else ():
            asks = self.word("await" if fact.judged else "ask", asks=fact.asks)
            yield from screen.wrapped(asks, "    ", kind="ask")
        if line.saves:
            yield from screen.wrapped(line.saves, "    ")
        for remark in line.remarks:
            yield from screen.wrapped(remark, "    ")
        if key == "eligible":
            if line.computed and not line.unfolded:
                text = self.word("computation") + self.word("colon") + line.computed
                yield from screen.wrapped(text, "    ", "      ", kind="dim")
            yield from screen.wrapped(line.cite, "    ", kind="dim")
            if line.standing and not line.unfolded:
                text = self.word("act-now") + self.word("colon") + line.standing
                yield from screen.wrapped(text, "    ", "      ")

    def _open(self, line: Line, group: Group) -> Iterator[str]:
        mark = _MARKS[group.key]
        title = f"{MARKS[mark]} {line.title}"
        yield from self.screen.sides(title, line.worth, (mark, "dim"))
        reason = f"{group.column}{self.word('colon')}{line.reason}"
        yield from self.screen.wrapped(reason, "    ")

    def _change(self, line: Line) -> Iterator[str]:
        text = self.word("would-change") + self.word("colon") + line.change
        yield from self.screen.wrapped(text, "    ", kind="ask")

    def _notes(self, key: str, notes: tuple[str, ...], lead: str) -> Iterator[str]:
        yield self.screen.style(self.word(key), "heading")
        for note in notes:
            yield from self.screen.wrapped(note, lead)

    def _folded(self, line: Line, key: str, width: int) -> Iterator[str]:
        """Yield a policy and its reason: on one line if both fit, or wrapped."""
        screen = self.screen
        mark = screen.style(MARKS[_MARKS[key]], _MARKS[key])
        room = screen.width - width - 4
        if columns(line.title) <= width and columns(line.reason) <= room:
            reason = screen.style(line.reason, "dim")
            yield f"{mark} {padded(line.title, width)}  {reason}"
            return
        yield from screen.wrapped(line.title, f"{mark} ", "  ")
        yield from screen.wrapped(line.reason, "    ", kind="dim")

    def _unfolded(self, line: Line) -> Iterator[str]:
        screen = self.screen
        if line.summary:
            yield from screen.wrapped(line.summary, "    ")
        yield from evidence_lines(line.evidence, screen, self.answer.lang)
        colon = self.word("colon")
        if line.steps:
            yield from screen.wrapped(self.word("computation") + colon, "    ")
        for done in line.steps:
            yield from screen.wrapped(done.words, "      · ")
            for figure in done.figures:
                yield from screen.wrapped(figure, "        ", kind="dim")
        for step in line.claim:
            texts = self.word("semicolon").join(step.texts)
            yield from screen.wrapped(f"{step.label}{colon}{texts}", "    ", "      ")
        if line.departments:
            yield from screen.wrapped(line.departments, "    ", "      ")
        if len(line.basis) > 1:
            listed = self.word("semicolon").join(line.basis)
            text = f"{self.word('granted-by')}{colon}{listed}"
            yield from screen.wrapped(text, "    ", "      ")
        if line.sources:
            listed = self.word("comma").join(line.sources)
            text = f"{self.word('sources')}{colon}{listed}"
            yield from screen.wrapped(text, "    ", "      ", kind="dim")
        if line.notes:
            text = f"{self.word('notes')}{colon}{line.notes}"
            yield from screen.wrapped(text, "    ", "      ", kind="dim")
        yield ""

    def _asks(self, asks: Sequence[Ask]) -> Iterator[str]:
        yield self.screen.style(self.word("questions"), "heading")
        shown = asks if self.answer.every else asks[:_ASKED]
        for number, ask in enumerate(shown, 1):
            yield from self.screen.wrapped(ask.asks, f"{number}. ")
            told = self.word("semicolon").join(filter(None, (ask.worth, ask.who)))
            yield from self.screen.wrapped(told, "   ")
            for aim in ask.aims:
                yield from self.screen.wrapped(aim, "   ", kind="dim")
        left = len(asks) - len(shown)
        if left:
            told = self.word("with-all", told=self.word("more-questions", count=left))
            yield from self.screen.wrapped(told, "   ", kind="dim")
