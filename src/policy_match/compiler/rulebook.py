"""The rulebook that callers hold: sound, digested, and compiled for any day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from policy_match.compiler.claims import calendar, shared
from policy_match.compiler.definitions import define
from policy_match.compiler.documents import documents
from policy_match.compiler.policies import policy
from policy_match.compiler.relations import caps, elections, groups, worth
from policy_match.compiler.scope import Kept, MisuseError, Scope, declared_range
from policy_match.compiler.soundness import soundness
from policy_match.compiler.trees import Driver
from policy_match.domain.texts import Window
from policy_match.errors import Fault, RulebookError
from policy_match.ir.folding import folded
from policy_match.ir.program import (
    Identity,
    OutOfForce,
    Plausibility,
    Policy,
    Program,
)
from policy_match.ir.spans import SpanProgram, span
from policy_match.ir.terms import Const
from policy_match.ir.traversal import facts_of
from policy_match.rulebook.digest import digest
from policy_match.rulebook.loader import Book, read_book

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from policy_match.domain.facts import FactSpec
    from policy_match.ir.program import Due, Rate
    from policy_match.ir.terms import Condition
    from policy_match.rulebook.models import ParameterModel
    from policy_match.rulebook.readings import Part

_M = TypeVar("_M")

_KEPT = 64
"""Days, and spans of days, whose program is held at once."""


class Rulebook:
    """A sound rulebook.

    Raises RulebookError on construction, with every fault, where it is not.
    """

    def __init__(
        self, book: Book, local: Mapping[str, ParameterModel] | None = None
    ) -> None:
        """Check the book, and that it can be compiled."""
        self.book = book
        self.local = dict(local or {})
        self.documents = documents(book)
        self.digest = digest(book, self.local)
        self._programs: dict[date, tuple[Program, Program]] = {}
        self._spans: list[tuple[SpanProgram, SpanProgram]] = []
        self._found_once = Kept()
        faults = _meaning(book, self.local, self.digest)
        if faults:
            raise RulebookError(faults)

    @property
    def id(self) -> str:
        """The rulebook's id, from its manifest."""
        return self.book.manifest.id

    def on(self, day: date) -> Program:
        """Return the law as of `day`.

        Raises RulebookError where a parameter that a policy in force needs has
        no value on that day.
        """
        return self._compiled(day)[1]

    def as_written(self, day: date) -> Program:
        """Return the law as of `day` with every condition as it is written.

        What no value of a fact changes is still there, to be told. Raises
        RulebookError as `on` does.
        """
        return self._compiled(day)[0]

    def span(self, day: date) -> SpanProgram:
        """Return the law of `day` and of all days around it on which it is the same.

        Raises RulebookError as `on` does.
        """
        return self._span(day)[1]

    def spans(self) -> Iterator[SpanProgram]:
        """Yield the law of all days that have one, span by span."""
        day: date | None = date.min
        while day is not None:
            window, compilation = self._compilation(day)
            if not compilation.faults:
                yield span(window, compilation.program).folded()
            day = window.end and window.end + timedelta(days=1)

    def _compiled(self, day: date) -> tuple[Program, Program]:
        if day not in self._programs:
            written, folded_ = self._span(day)
            if len(self._programs) >= _KEPT:
                del self._programs[next(iter(self._programs))]
            self._programs[day] = written.as_written(day), folded_.at(day)
        return self._programs[day]

    def _span(self, day: date) -> tuple[SpanProgram, SpanProgram]:
        for known in self._spans:
            if day in known[0].window:
                return known
        window, compilation = self._compilation(day)
        if compilation.faults:
            raise RulebookError(compilation.faults)
        written = span(window, compilation.program)
        found = written, written.folded()
        self._spans = [*self._spans[1 - _KEPT :], found]
        return found

    def _compilation(self, day: date) -> tuple[Window, _Compilation]:
        scope = self._scope(self.book, day)
        compilation = _Compilation(scope, self.digest)
        return Window(*scope.span), compilation

    def about(self, day: date, declarations: Collection[Part]) -> Program:
        """Return the law as of `day` on some declarations alone.

        They are to hold all that they rest on; then it says of them what `on`
        says. Plausibility is left out. Raises RulebookError as `on` does.
        """
        compilation = _Compilation(
            self._scope(_of(self.book, declarations), day), self.digest
        )
        if compilation.faults:
            raise RulebookError(compilation.faults)
        return folded(compilation.program)

    def _scope(self, book: Book, day: date) -> Scope:
        kept = self._found_once
        return Scope(book, day, self.documents, local=self.local, kept=kept)

    def with_parameters(self, local: Mapping[str, ParameterModel]) -> Rulebook:
        """Return this rulebook where a parameters file sets some parameters."""
        return Rulebook(self.book, local)


def load_files(files: Mapping[str, bytes]) -> Rulebook:
    """Return the rulebook that the files declare.

    Raises RulebookError with the faults of shape and of meaning together.
    """
    draft = read_book(files)
    if draft.book is not None and not draft.faults:
        return Rulebook(draft.book)
    faults = list(draft.faults)
    if draft.book is not None:
        found = _meaning(draft.book, {}, "")
        faults += [fault for fault in found if not _of_lost(fault, draft.lost)]
    raise RulebookError(faults)


def load_texts(texts: Mapping[str, str]) -> Rulebook:
    """Return the rulebook that YAML texts declare; raises RulebookError."""
    return load_files({file: text.encode() for file, text in texts.items()})


def _meaning(
    book: Book, local: Mapping[str, ParameterModel], digest_: str
) -> list[Fault]:
    """Return what has no meaning in a book, or two, on whatever day."""
    some_day = book.manifest.plan.start if book.manifest.plan else date(2024, 1, 1)
    scope = Scope(book, some_day, documents(book), lenient=True, local=local)
    return [*soundness(book), *_Compilation(scope, digest_).faults]


def _of(book: Book, declarations: Collection[Part]) -> Book:
    """Return a book with some of its definitions, policies and relations."""

    def among(section: str, declared: Mapping[str, _M]) -> dict[str, _M]:
        return {n: m for n, m in declared.items() if (section, n) in declarations}

    relations = enumerate(book.relations)
    return replace(
        book,
        definitions=among("definitions", book.definitions),
        policies=among("policies", book.policies),
        parameters=among("parameters", book.parameters),
        relations=tuple(
            r for i, r in relations if ("relations", str(i)) in declarations
        ),
        worth=among("worth", book.worth),
        plausibility=(),
    )


def _of_lost(fault: Fault, lost: frozenset[str]) -> bool:
    """Return whether a fault only says that something else could not be read."""
    named = {str(f).lstrip("$").split(".")[0] for f in fault.message.fields.values()}
    return not fault.place.file or bool(named & lost)


class _Compilation:
    """One pass over a book: the program, and what stands in its way."""

    def __init__(self, scope: Scope, digest_: str) -> None:
        self.scope, self.driver = scope, Driver(scope)
        facts = self._facts()
        book = scope.book
        compiled = [policy(self.driver, n, m) for n, m in book.policies.items()]
        in_force = tuple(p for p in compiled if isinstance(p, Policy))
        for name in dict.fromkeys(_read_by(in_force)):
            if name in book.definitions:
                define(self.driver, name)
        if scope.lenient:
            shared(self.driver)
        plausibility = self._plausibility()
        elections(self.driver)
        limits = caps(self.driver, {p.id for p in in_force})
        worths = self._worths()
        self._define_the_rest()
        manifest = book.manifest
        self.program = Program(
            rulebook=manifest.id,
            digest=digest_,
            day=scope.day,
            languages=manifest.languages,
            locale=manifest.locale,
            currency=manifest.currency,
            title=manifest.title,
            disclaimer=manifest.disclaimer,
            facts=facts,
            definitions=scope.definitions,
            policies=in_force,
            groups=groups(self.driver),
            caps=limits,
            worth=worths,
            out_of_force=tuple(p for p in compiled if isinstance(p, OutOfForce)),
            plausibility=plausibility,
            sources=scope.documents,
            departments=book.departments,
            systems=scope.systems,
            figures=self._figures(),
            local=scope.set_locally(),
            identity=_identity(book),
            segments=manifest.segments,
            timezone=manifest.timezone or scope.locale.timezone or "UTC",
            themes=manifest.themes,
            papers=manifest.papers,
            left_out=manifest.left_out,
            calendar=calendar(book),
        )
        # What many claims share is read for each of them.
        self.faults: list[Fault] = [*dict.fromkeys(self.driver.faults)]

    def _facts(self) -> dict[str, FactSpec]:
        facts: dict[str, FactSpec] = {}
        for section in ("facts", "definitions"):
            for name in getattr(self.scope.book, section):
                spec = self.scope.fact(name)
                if spec is None:
                    continue
                facts[name] = spec
                if spec.type.numeric and self.scope.lenient:
                    text = getattr(self.scope.book, section)[name].range
                    checked = partial(
                        declared_range, text, spec.type, self.scope.locale
                    )
                    self.driver.attempt((section, name, "range"), checked)
        return facts

    def _plausibility(self) -> tuple[Plausibility, ...]:
        """Return the checks that the day's law allows to be made."""
        checks = []
        for index, model in enumerate(self.scope.book.plausibility):
            path = ("plausibility", str(index), "if")
            condition: Condition | None = None

            def compiled(driver: Driver) -> None:
                nonlocal condition
                tree = partial(driver.tree, model.condition, path)  # noqa: B023
                condition = self.scope.once(path, tree)  # noqa: B023
                for name in facts_of(condition):
                    if name in self.scope.book.definitions:
                        define(driver, name)

            if self._if_possible(compiled) and condition is not None:
                checks.append(Plausibility(condition, model.says))
        return tuple(checks)

    def _worths(self) -> dict[str, Rate | Due]:
        """Return what forms are worth, as far as the day has the figures."""
        found: dict[str, Rate | Due] = {}
        for form, model in self.scope.book.worth.items():
            compiled: Rate | Due | None = None

            def work(driver: Driver) -> None:
                nonlocal compiled
                compiled = worth(driver, form, model)  # noqa: B023

            if self._if_possible(work) and compiled is not None:
                found[form] = compiled
        return found

    def _define_the_rest(self) -> None:
        """Define what no policy in force needs, as far as the day allows it."""
        for name in self.scope.book.definitions:
            if name not in self.scope.definitions:
                self._if_possible(partial(define, name=name))

    def _if_possible(self, work: Callable[[Driver], None]) -> bool:
        """Do `work`; outside the windows of its parameters, leave no trace of it."""
        scope = self.scope
        before = len(scope.definitions)
        driver = self.driver if scope.lenient else Driver(scope)
        work(driver)
        if scope.lenient or not driver.faults:
            return True
        for new in [*scope.definitions][before:]:
            del scope.definitions[new]
        return False

    def _figures(self) -> dict[str, Const]:
        figures: dict[str, Const] = {}
        for name, model in self.scope.book.parameters.items():
            for key in model.by or ("",):
                try:
                    value = self.scope.parameter(name, key, None, 0)
                except MisuseError:
                    continue
                if isinstance(value, Const):
                    figures[f"{name}.{key}" if key else name] = value
        return figures


def _read_by(policies: Iterable[Policy]) -> Iterable[str]:
    for found in policies:
        yield from facts_of(found.when)
        for tier in found.tiers:
            yield from facts_of(tier.guard)
            yield from facts_of(tier.amount)
        for part in found.basis:
            yield from facts_of(part.guard)


def _identity(book: Book) -> Identity:
    """Return what the manifest names, else what bears the names it bears."""
    given, facts = book.manifest.identity, book.facts
    formatted = (name for name, model in facts.items() if model.format == "uscc")
    key = next(formatted, "uscc" if "uscc" in facts else "")
    name = "name" if "name" in facts else ""
    if given is None:
        return Identity(key, name)
    return Identity(given.key or key, given.name or name)
