"""How a decision sheet is made of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import Settler
from policy_match.domain.possible import Interval
from policy_match.language.formats import day_words
from policy_match.reports.readings.summary import has_money
from policy_match.reports.sheet import view as v
from policy_match.reports.sheet.conditions import Rows
from policy_match.reports.sheet.documents import documents
from policy_match.reports.views.bundle import best_remarks
from policy_match.reports.views.determinations import determination_words
from policy_match.reports.views.finding import Lines, outside
from policy_match.reports.views.firm import called
from policy_match.reports.views.prospects import cliff_words, proposal_words
from policy_match.reports.views.totals import also_due, certain, known_amount, together
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from policy_match.domain.facts import Facts
    from policy_match.reports.document import models as m
    from policy_match.reports.views.view import Line
    from policy_match.reports.words.vocabulary import Vocabulary

_WANTED = 3
_AIMS = 2
_MARKS = {
    Outcome.ELIGIBLE: "met",
    Outcome.UNDETERMINED: "open",
    Outcome.INELIGIBLE: "failed",
}


def sheet(
    document: m.Answer,
    facts: Facts,
    words: Vocabulary,
    *,
    asked: Collection[str] = (),
    sealed: v.Sealed | None = None,
) -> v.Sheet:
    """Return the sheet of one answer, its texts in the language of `words`.

    It is of the policies `asked` for, by id, in force or not; without any, of what
    is worth money and settled, or waits for an authority alone.
    """
    return _Sheet(document, facts, words, asked).made(sealed)


class _Sheet:
    """One sheet in the making."""

    def __init__(
        self,
        document: m.Answer,
        facts: Facts,
        words: Vocabulary,
        asked: Collection[str],
    ) -> None:
        self.document, self.facts, self.words = document, facts, words
        self.asked = asked
        self.lines = Lines(document, words)
        self.findings = [
            found
            for found in document.findings
            if (found.policy in asked if asked else _on_sheet(found))
        ]
        self.told = [
            (found, self.lines.line(found, unfolded=True, evidence=True))
            for found in self.findings
        ]

    def made(self, sealed: v.Sealed | None) -> v.Sheet:
        document, words = self.document, self.words
        program = words.program
        return v.Sheet(
            lang=words.lang,
            firm=document.firm.name or words.label("a-firm"),
            uscc=document.firm.uscc or "",
            about=" · ".join(called(self.facts, words)),
            days=words.label(
                "sheet-days",
                day=day_words(document.on, words.lang),
                today=day_words(document.today, words.lang),
            ),
            rulebook=words.rulebook(),
            digest=program.digest,
            sealed=sealed,
            totals=certain(document, words),
            open_amounts=also_due(document, words),
            together=together(document, words),
            decided=tuple(self._decided()),
            conditions=tuple(self._conditions()),
            described=self._described(),
            amounts=tuple(
                v.Amount(_titled(line), line.steps, line.worth, line.saves)
                for found, line in self.told
                if line.steps and known_amount(found)
            ),
            determined=tuple(
                determination_words(one, words) for one in document.determinations
            ),
            awaited=tuple(self._awaited()),
            best=best_remarks(document.bundle, words),
            computed=self._computed(),
            cliffs=tuple(cliff_words(cliff, words) for cliff in document.cliffs),
            documents=documents(self.findings, self.lines.trees.definitions, words),
            wanted=tuple(self._wanted()),
            warnings=document.warnings,
            disclaimer=document.disclaimer,
        )

    def _decided(self) -> Iterator[v.Decided]:
        for number, (found, line) in enumerate(self.told, 1):
            yield v.Decided(
                number=str(number),
                mark=_MARKS[found.outcome],
                title=_titled(line),
                decision=self._decision(found, line),
                worth=line.worth,
                department=found.departments.granting,
                remarks=tuple(filter(None, self._why(found, line))),
            )
        for one in self.document.not_in_force:
            if one.policy in self.asked:
                line = outside(one, self.words, self.document.today)
                yield v.Decided("", "fact", line.title, line.chip, line.period, "")

    def _decision(self, found: m.Finding, line: Line) -> str:
        if found.outcome is Outcome.ELIGIBLE and found.selected is True:
            return self.words.label("sheet-taken")
        if found.outcome is Outcome.UNDETERMINED and _awaits_only(found):
            return self.words.label("sheet-awaited")
        return line.chip

    def _why(self, found: m.Finding, line: Line) -> Iterator[str]:
        """Yield what is taken instead, what fails and what is open.

        What an authority decides stands further on.
        """
        if found.outcome is not Outcome.INELIGIBLE and found.excluded_by:
            other = self.words.policy(found.excluded_by)
            yield self.words.label("excluded-by", other=other)
        if not _awaits_only(found):
            yield line.reason

    def _conditions(self) -> Iterator[v.Conditions]:
        """Yield the conditions of each policy; those that ask the same, once."""
        rows = Rows(self.lines.trees, self.facts)
        titles: dict[tuple[tuple[v.Condition, ...], str], list[str]] = {}
        for found, line in self.told:
            nearest = next(iter(found.would_change), None)
            change = ""
            if nearest is not None and found.outcome is Outcome.INELIGIBLE:
                change = proposal_words(nearest, found, self.words)
            titles.setdefault((rows.of(found), change), []).append(_titled(line))
        for (asked, change), named in titles.items():
            yield v.Conditions(self.words.label("comma").join(named), asked, change)

    def _computed(self) -> tuple[tuple[str, str], ...]:
        """Return what is taken, given up and then due, each with its amount."""
        bundle, words = self.document.bundle, self.words
        return tuple(
            (
                step.says,
                words.label("amount-open")
                if step.low is None or step.high is None
                else words.money(Interval(step.low.number.low, step.high.number.high)),
            )
            for step in (bundle.computation if bundle else ())
        )

    def _described(self) -> str:
        day = self.facts.day
        if day is None:
            return self.words.label("sheet-described-undated")
        return self.words.label("sheet-described", day=day_words(day, self.words.lang))

    def _awaited(self) -> Iterator[v.Awaited]:
        for found, line in self.told:
            if found.outcome is Outcome.UNDETERMINED:
                asks = tuple(one.asks for one in line.missing if one.judged)
                if asks:
                    granting = found.departments.granting
                    yield v.Awaited(line.title, asks, line.worth, granting)

    def _wanted(self) -> Iterator[v.Wanted]:
        """Yield what these policies still need, then the best questions."""
        words = self.words
        named: dict[str, list[str]] = {}
        numbers = {found.policy: n for n, found in enumerate(self.findings, 1)}
        for found in self.findings:
            for fact in found.missing:
                named.setdefault(fact, []).append(found.policy)
        for question in self.document.questions:
            aims = question.settles or question.may_settle or question.narrows
            named.setdefault(question.fact, [*aims])
        known = (
            (fact, policies)
            for fact, policies in named.items()
            if words.program.facts[fact].settled_by is not Settler.OFFICER
        )
        for fact, policies in [*known][:_WANTED]:
            yield v.Wanted(
                asks=words.question(fact),
                settles=_some(
                    [
                        words.label("sheet-nth", number=numbers[policy])
                        if policy in numbers
                        else words.policy(policy)
                        for policy in policies
                    ],
                    words,
                ),
                who=words.label(words.program.facts[fact].settled_by.value),
            )


def _some(titles: Sequence[str], words: Vocabulary) -> str:
    """Return a few titles, and how many there are."""
    listed = words.label("comma").join(titles[:_AIMS])
    if len(titles) > _AIMS:
        return words.label("and-more", listed=listed, count=len(titles))
    return listed


def _titled(line: Line) -> str:
    return f"{line.title} · {line.tier}" if line.tier else line.title


def _on_sheet(found: m.Finding) -> bool:
    """Whether a finding is told where nobody asked for one: money, and decided."""
    form = found.benefit.form if found.benefit else ""
    if not has_money(form):
        return False
    return found.outcome is Outcome.ELIGIBLE or _awaits_only(found)


def _awaits_only(found: m.Finding) -> bool:
    """Whether nothing is open but what an authority decides."""
    undetermined = found.outcome is Outcome.UNDETERMINED
    return undetermined and found.awaiting == (Settler.OFFICER,)
