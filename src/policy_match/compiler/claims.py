"""How a policy is claimed: names led to what they name, days to rules for days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from policy_match.compiler.scope import MisuseError
from policy_match.domain.calendar import Calendar
from policy_match.domain.claims import (
    Claim,
    Due,
    Extended,
    Paper,
    Recovery,
    Remedy,
    Step,
)
from policy_match.domain.facts import FactType
from policy_match.domain.texts import NO_TEXT, Text, Window
from policy_match.errors import did_you_mean
from policy_match.language.messages import said
from policy_match.rulebook.claim_models import (
    CalendarModel,
    ClaimModel,
    DeadlineModel,
    EventModel,
    RecoveryModel,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from policy_match.compiler.trees import Driver, Path
    from policy_match.domain.claims import Span
    from policy_match.rulebook.claim_models import RemedyModel, StepModel
    from policy_match.rulebook.loader import Book

SPANS = ("month", "quarter", "year")
PARTS = (*(f"Q{n}" for n in range(1, 5)), *(f"M{n:02}" for n in range(1, 13)))


def calendar(book: Book) -> Calendar:
    """Return the calendar of all years that a book declares."""
    models = book.calendars.values()
    return Calendar(
        years=frozenset(int(year) for year in book.calendars if year.isdigit()),
        off=tuple(sorted(run for model in models for run in model.off)),
        working=frozenset(day for model in models for day, _ in model.working),
        last_days={
            (day.year, day.month): day for model in models for day in model.last_days
        },
    )


def claim(driver: Driver, model: ClaimModel | None, path: Path) -> Claim:
    """Return how a policy is claimed; `path` leads to its `claim`."""
    return Claim() if model is None else _Claims(driver, path).one(model)


def shared(driver: Driver) -> None:
    """Find the faults of what claims share, whether or not a claim names it."""
    book, at = driver.scope.book, _Claims(driver, ())
    for year, model in book.calendars.items():
        driver.cites(model.cite, ("calendars", year, "cite"))
        if not (len(year) == 4 and year.isdigit()):  # noqa: PLR2004  (a year)
            driver.fault(
                ("calendars", year),
                MisuseError(
                    "R203", said("not-a-year", text=year), said("write-a-year")
                ),
            )
        at.extended(model, ("calendars", year, "extended"))
    for name, deadline in book.deadlines.items():
        at.due(deadline, ("deadlines", name))
    for name, filed in book.returns.items():
        at.due(filed.due, ("returns", name, "due"))
        at.texts("counters", filed.counters, ("returns", name, "counters"))
    for name, recovery in book.recoveries.items():
        at.recovery(recovery, ("recoveries", name))


class _Claims:
    """Reads the parts of one claim, each at its path."""

    def __init__(self, driver: Driver, path: Path) -> None:
        self.driver, self.book, self.path = driver, driver.scope.book, path

    def one(self, model: ClaimModel) -> Claim:
        """Return the whole claim."""
        path = self.path
        keep = model.keep
        named = self._kept(keep.get("", ()))
        period, fact, event = self._period(model)
        recover = model.recover
        return Claim(
            how=model.how,
            automatic=model.automatic,
            channel=model.channel,
            deadline=model.deadline,
            documents=model.documents,
            papers=self.papers(model.papers, (*path, "papers")),
            keep={} if named else keep,
            keep_papers=self.papers(named, (*path, "keep")),
            bring=self.papers(model.bring, (*path, "bring")),
            counters=self.texts("counters", model.counters, (*path, "counters")),
            ask=self.texts("counters", model.ask, (*path, "ask"), "departments"),
            period=period,
            period_fact=fact,
            event=event,
            steps=tuple(
                self._step(step, (*path, "steps", index))
                for index, step in enumerate(model.steps)
            ),
            recover=self.recovery(recover, (*path, "recover")),
            recover_said=recover is not None,
            remedies=self._remedies(model.remedies, (*path, "remedies")),
            claw_back=model.claw_back,
            note=model.note,
            cite=self.driver.cites(model.cite, (*path, "cite")),
            status=model.status,
            review_by=model.review_by,
        )

    def _kept(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return ids of papers; in one language, a list may be of plain texts."""
        one = len(self.book.manifest.languages) == 1
        if one and not all(name in self.book.papers for name in names):
            return ()
        return tuple(names)

    def _period(self, model: ClaimModel) -> tuple[Span | Literal[""], str, str]:
        match model.period:
            case EventModel(fact=fact, event=event):
                path = (*self.path, "period")
                if (fact is None) == (event is None):
                    error = MisuseError("R207", said("fact-or-event"), "")
                    self.driver.fault(path, error)
                if fact is not None:
                    spec = self.fact(fact, FactType.ENUM, (*path, "fact"))
                    if spec and not set(self._members(fact)) <= {*SPANS}:
                        message = said("no-spans", name=fact)
                        error = MisuseError("R309", message, said("spans-are"))
                        self.driver.fault((*path, "fact"), error)
                if event is not None:
                    self.fact(event, FactType.DATE, (*path, "event"))
                return "event" if event else "", fact or "", event or ""
            case None:
                return "", "", ""
            case span:
                return span, "", ""

    def _members(self, fact: str) -> Iterable[str]:
        model = self.book.facts.get(fact) or self.book.definitions[fact]
        return model.values or ()

    def fact(self, name: str, kind: FactType, path: Path) -> bool:
        """Whether a fact of a type is declared; a fault where it is not."""
        model = self.book.facts.get(name) or self.book.definitions.get(name)
        if model is None:
            hint = did_you_mean(name, {**self.book.facts, **self.book.definitions})
            error = MisuseError("R302", said("no-fact", name=name), hint)
            self.driver.fault(path, error)
        elif model.type is not kind:
            message = said("of-type", name=name, type=model.type)
            self.driver.fault(
                path, MisuseError("R309", message, said("type-wanted", type=kind))
            )
        return model is not None

    def texts(
        self, section: str, names: Sequence[str], path: Path, other: str = ""
    ) -> tuple[Text, ...]:
        """Return the texts of named counters, or also of departments."""
        declared = {**getattr(self.book, section)}
        if other:
            declared |= getattr(self.book, other)
        for index, name in enumerate(names):
            if name not in declared:
                self.driver.undeclared(section, name, declared, (*path, index))
        return tuple(declared[name] for name in names if name in declared)

    def papers(self, names: Sequence[str], path: Path) -> tuple[Paper, ...]:
        """Return the named papers."""
        declared = self.book.papers
        for index, name in enumerate(names):
            if name not in declared:
                self.driver.undeclared("papers", name, declared, (*path, index))
        issuer = self.driver.scope.department
        return tuple(
            Paper(
                name, declared[name].title, issuer(declared[name].issued_by) or NO_TEXT
            )
            for name in names
            if name in declared
        )

    def due(self, model: str | DeadlineModel | None, path: Path) -> Due | None:
        """Return a rule for a day: named, dated, or its own."""
        if model is None:
            return None
        if model == "event":
            return Due(event=True)
        if isinstance(model, str):
            declared = self.book.deadlines
            if model in declared:
                return self.due(declared[model], ("deadlines", model))
            try:
                return Due(day=date.fromisoformat(model))
            except ValueError:
                self.driver.undeclared("deadlines", model, declared, path)
                return None
        counts = (model.days, model.working_days, model.months, model.on)
        ways = sum(way is not None for way in counts) + bool(model.before) + model.local
        if ways != 1:
            error = MisuseError("R207", said("one-way-to-date"), said("ways-to-date"))
            self.driver.fault(path, error)
        for key in ("after", "before"):
            if getattr(model, key):
                self.fact(getattr(model, key), FactType.DATE, (*path, key))
        on, long = model.on, model.long_holiday
        return Due(
            days=self._number(model.days, (*path, "days")),
            working_days=self._number(model.working_days, (*path, "working_days")),
            months=self._number(model.months, (*path, "months")),
            after=model.after,
            before=model.before,
            on=None
            if on is None
            else (
                self._number(on.month, (*path, "on", "month")),
                self._number(on.day, (*path, "on", "day")),
                self._number(on.years, (*path, "on", "years")),
            ),
            published=model.published,
            long_holiday=self._number(long, (*path, "long_holiday")) or None,
            moved=model.moved,
            local=model.local,
            says=model.says or NO_TEXT,
            ask=self.texts("counters", model.ask, (*path, "ask"), "departments"),
            cite=self.driver.cites(model.cite, (*path, "cite")),
            status=model.status,
        )

    def extended(self, model: CalendarModel, path: Path) -> None:
        """Find the faults of what is put off in a year."""
        for index, one in enumerate(model.extended):
            at = (*path, index)
            self.fact(one.where, FactType.BOOL, (*at, "where"))
            self.driver.cites(one.cite, (*at, "cite"))
            if one.to <= one.of:
                message = said("not-put-off", day=one.to, than=one.of)
                error = MisuseError("R207", message, said("write-a-later-day"))
                self.driver.fault((*at, "to"), error)
            for place, name in enumerate(one.returns):
                if name not in self.book.returns:
                    found = (*at, "returns", place)
                    self.driver.undeclared("returns", name, self.book.returns, found)

    def _put_off(self, due: Due | None, filed: str = "") -> Due | None:
        """Return a rule with all that may put off its day for one place."""
        if due is None:
            return None
        found = tuple(
            Extended(
                one.of,
                one.to,
                one.where,
                self.driver.cites(
                    one.cite, ("calendars", year, "extended", index, "cite")
                ),
            )
            for year, model in self.book.calendars.items()
            for index, one in enumerate(model.extended)
            if (filed in one.returns if one.returns else due.published)
        )
        return replace(due, extended=found) if found else due

    def _number(self, text: str | None, path: Path) -> int:
        if text is None:
            return 0
        if not (text.isascii() and text.isdigit() and len(text) <= 3):  # noqa: PLR2004
            message = said("not-a-count", text=text)
            self.driver.fault(path, MisuseError("R203", message, said("write-count")))
            return 0
        return int(text)

    def recovery(
        self, model: str | RecoveryModel | None, path: Path
    ) -> Recovery | None:
        """Return how the past is recovered: named, its own, or not at all."""
        if model is None or model == "none":
            return None
        if isinstance(model, str):
            if model not in self.book.recoveries:
                self.driver.undeclared("recoveries", model, self.book.recoveries, path)
                return None
            return self.recovery(self.book.recoveries[model], ("recoveries", model))
        if model.after:
            self.fact(model.after, FactType.DATE, (*path, "after"))
        return Recovery(
            years=self._number(model.years, (*path, "years")),
            after=model.after,
            how=model.how,
            papers=self.papers(model.papers, (*path, "papers")),
            counters=self.texts("counters", model.counters, (*path, "counters")),
            cite=self.driver.cites(model.cite, (*path, "cite")),
        )

    def _step(self, model: StepModel, path: Path) -> Step:
        filed = self.book.returns.get(model.filing)
        if model.filing and filed is None:
            at = (*path, "return")
            self.driver.undeclared("returns", model.filing, self.book.returns, at)
        for index, part in enumerate(model.of):
            if part not in PARTS:
                message = said("no-part", text=part)
                error = MisuseError("R309", message, said("parts-are"))
                self.driver.fault((*path, "of", index), error)
        by = self.due(model.by, (*path, "by"))
        counters = self.texts("counters", model.counters, (*path, "counters"))
        if filed is not None:
            home = ("returns", model.filing)
            by = by or self.due(filed.due, (*home, "due"))
            counters = counters or self.texts(
                "counters", filed.counters, (*home, "counters")
            )
        within = model.within
        return Step(
            filing=filed.title if filed else NO_TEXT,
            of=tuple(part for part in model.of if part in PARTS),
            what=model.what or NO_TEXT,
            covers=model.covers or NO_TEXT,
            start=self.due(model.start, (*path, "from")),
            by=self._put_off(by, model.filing),
            within=Window(within.start, within.end) if within else Window(),
            optional=model.optional,
            election=model.election,
            papers=self.papers(model.papers, (*path, "papers")),
            counters=counters,
            note=model.note or NO_TEXT,
        )

    def _remedies(
        self, models: Sequence[RemedyModel], path: Path
    ) -> tuple[Remedy, ...]:
        found = []
        for index, model in enumerate(models):
            by = self.due(model.by, (*path, index, "by"))
            cite = self.driver.cites(model.cite, (*path, index, "cite"))
            if by is not None:
                found.append(Remedy(model.what, by, cite))
        return tuple(found)
