"""How a plan is put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.language.formats import day_words
from policy_match.reports.plan import view as v
from policy_match.reports.readings.summary import SERVICE
from policy_match.reports.views.finding import Lines
from policy_match.reports.views.firm import called
from policy_match.reports.views.prospects import cliff_words, proposal_words
from policy_match.reports.views.totals import also_due, certain, known_amount, together
from policy_match.semantics.claiming import OVER, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from policy_match.domain.facts import Facts
    from policy_match.reports.document import models as m
    from policy_match.reports.document import plan as p
    from policy_match.reports.document.values import DaySpan
    from policy_match.reports.words.vocabulary import Vocabulary

_FURTHER = 6
_SHORT = 12
_TOLD = 120
"""Characters of a computation that is told here; a longer one stands in the answer."""


def in_words(
    plan: p.Plan, document: m.Answer, facts: Facts, words: Vocabulary
) -> v.Plan:
    """Return a plan in the language of `words`; `document` is the answer it is of."""
    return _Plan(plan, document, facts, words).made()


class _Plan:
    """One plan in the making."""

    def __init__(
        self, plan: p.Plan, document: m.Answer, facts: Facts, words: Vocabulary
    ) -> None:
        self.plan, self.document, self.facts, self.words = plan, document, facts, words
        self.lines = Lines(document, words)
        self.findings = {found.policy: found for found in document.findings}
        live = [a for a in plan.actions if a.state not in OVER]
        self.services = [a for a in live if a.form == SERVICE]
        self.open = [a for a in live if a.form != SERVICE]
        self.over = [a for a in plan.actions if a.state in OVER]
        self.number = {a.policy: n for n, a in enumerate(self.open, 1)}

    def made(self) -> v.Plan:
        plan, words, document = self.plan, self.words, self.document
        return v.Plan(
            lang=words.lang,
            firm=plan.firm.name or words.label("a-firm"),
            uscc=plan.firm.uscc or "",
            about=" · ".join(called(self.facts, words)),
            days=words.label(
                "plan-days",
                day=day_words(plan.on, words.lang),
                today=day_words(plan.today, words.lang),
            ),
            totals=certain(document, words),
            open_amounts=also_due(document, words),
            together=together(document, words),
            count=words.label("plan-count", count=len(self.open)),
            nearest=self._nearest(),
            steps=tuple(map(self._step, self.open)),
            services=self._listed("plan-services", self.services),
            closed=self._listed("plan-closed", self.over),
            papers=self._papers(plan.papers),
            keep=self._papers(plan.keep),
            past_how=self._past_how(),
            past=tuple(self._past()),
            awaited=tuple(
                (one.department, words.listed(map(words.policy, one.policies)))
                for one in plan.awaiting
            ),
            further=tuple(self._further()),
            warnings=plan.warnings,
            rulebook=self._rulebook(),
            disclaimer=plan.disclaimer,
        )

    def _rulebook(self) -> str:
        made, words = self.plan.rulebook, self.words
        told = words.label("rulebook-digest", id=made.id, digest=made.digest[7:19])
        return f"{told} · {words.label('as-written')}" if words.foreign else told

    def _listed(self, key: str, actions: list[m.Action]) -> str:
        if not actions:
            return ""
        names = self.words.listed(action.title for action in actions)
        return self.words.label(key, count=len(actions), names=names)

    def _nearest(self) -> str:
        """Return the nearest last day, and how far it is."""
        words = self.words
        for action in self.open:
            day = _day(action.by)
            if day is not None and day >= self.plan.today:
                left = words.label("days-left", count=(day - self.plan.today).days)
                told = day_words(day, words.lang) + words.bracketed(left)
                return words.label("plan-nearest", day=told, what=action.title)
        return ""

    def _step(self, action: m.Action) -> v.Step:
        found = self.findings[action.policy]
        line = self.lines.line(found, unfolded=True, evidence=False)
        day, left = self._when(action)
        title = f"{line.title} · {line.tier}" if line.tier else line.title
        return v.Step(
            number=self.number[action.policy],
            day=day,
            left=left,
            title=title,
            worth=line.worth,
            certain=known_amount(found),
            rows=tuple(
                (self.words.label(key), text)
                for key, text in self._rows(action, found, line.cite)
                if text
            ),
        )

    def _when(self, action: m.Action) -> tuple[str, str]:
        """Return the last day of a step, and how many days are left."""
        words = self.words
        if action.state is State.RECOVERABLE:
            until = action.recover_until
            last = until.days.low or until.days.high if until else None
            if last is None:
                return words.label("state-recoverable"), ""
            return words.label("plan-by", day=day_words(last, words.lang)), words.label(
                "state-recoverable"
            )
        day = _day(action.by)
        if day is None:
            return words.label("plan-any-time"), ""
        told = words.label("plan-by", day=day_words(day, words.lang))
        gap = (day - self.plan.today).days
        if gap < 0:
            return told, words.label("state-late")
        return told, words.label("days-left", count=gap)

    def _rows(
        self, action: m.Action, found: m.Finding, cite: str
    ) -> Iterator[tuple[str, str]]:
        words = self.words
        line = self.lines.line(found, unfolded=True, evidence=False)
        yield "plan-where", action.where
        yield "plan-what", action.what
        for later in action.later:
            day = _day(later.by)
            by = words.label("plan-by", day=day_words(day, words.lang)) if day else ""
            yield "plan-then", later.what + words.bracketed(by)
        papers = words.listed(action.papers) or words.label("plan-no-papers")
        yield "plan-papers", papers
        if known_amount(found):
            if len(line.computed) <= _TOLD:
                yield "plan-computed", line.computed
            yield "plan-worth", line.saves
        if found.missing:
            yield "plan-missing", words.listed(map(words.title, found.missing[:_SHORT]))
        yield "plan-law", cite
        yield "plan-note", action.note

    def _papers(self, papers: Iterable[p.NeededPaper]) -> tuple[v.Paper, ...]:
        found = []
        for one in papers:
            steps = tuple(
                self.words.label("plan-step", number=self.number[policy])
                for policy in one.policies
                if policy in self.number
            )
            if steps:
                found.append(v.Paper(one.paper, steps))
        return tuple(found)

    def _past_how(self) -> str:
        if not self.plan.past:
            return ""
        ways = dict.fromkeys(one.how for one in self.plan.past if one.how)
        told = (*ways, self.words.label("plan-past-facts"))
        return self.words.label("semicolon").join(told)

    def _past(self) -> Iterator[v.Past]:
        """Yield earlier years by policy: until when, by year."""
        words = self.words
        named: dict[str, list[p.PastPeriod]] = {}
        for one in self.plan.past:
            named.setdefault(one.title, []).append(one)
        for title, years in named.items():
            untils = [self._until(one) for one in years]
            told = words.label("semicolon").join(untils)
            yield v.Past(title, told)

    def _until(self, one: p.PastPeriod) -> str:
        days = one.recover_until.days if one.recover_until else None
        words = self.words
        if days is None or not (days.low or days.high):
            return words.label("plan-year", year=str(one.year))
        safe = days.low or days.high
        assert safe is not None  # noqa: S101  # INVARIANT: one of the two
        if safe >= self.plan.today or days.high is None:
            day = day_words(safe, words.lang)
            return words.label("plan-year-until", year=str(one.year), day=day)
        day = day_words(days.high, words.lang)
        return words.label("plan-year-perhaps", year=str(one.year), day=day)

    def _further(self) -> Iterator[str]:
        words = self.words
        for one in self.plan.would_change[:_FURTHER]:
            found = self.findings[one.policy]
            yield (
                one.title
                + words.label("colon")
                + proposal_words(one.proposal, found, words)
            )
        for cliff in self.plan.cliffs:
            told = cliff_words(cliff, words)
            yield words.label("cliffs") + words.label("colon") + told


def _day(span: DaySpan | None) -> date | None:
    """Return the last day that is safe: the earlier one where it is not known."""
    return (span.days.low or span.days.high) if span else None
