"""The law of a day with one slip in it, compiled as far as one case needs it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from policy_match.compiler.definitions import define
from policy_match.compiler.policies import policy
from policy_match.compiler.relations import caps, groups, worth
from policy_match.compiler.scope import Scope
from policy_match.compiler.trees import Driver
from policy_match.ir.program import Policy
from policy_match.rulebook.readings import Part, Readings

if TYPE_CHECKING:
    from datetime import date

    from policy_match.checks.mutation.mutants import Mutant
    from policy_match.compiler.rulebook import Rulebook
    from policy_match.errors import Fault
    from policy_match.ir.program import Program
    from policy_match.rulebook.loader import Book


class RefusedError(Exception):
    """A slip that the compiler refuses, and what it says."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults."""
        super().__init__(faults[0].message)
        self.faults = faults

    @property
    def only_on_the_day(self) -> bool:
        """Whether nothing but a value of the day is lacking."""
        return all(fault.code == "R308" for fault in self.faults)


class Laws:
    """The programs of a rulebook by day, and what a mutant makes of them."""

    def __init__(self, rulebook: Rulebook) -> None:
        """Compile nothing yet."""
        self.rulebook = rulebook
        self.readings = Readings(rulebook.book)
        self._laws: dict[date, Program] = {}
        self._scopes: dict[date, Scope] = {}
        self._small: dict[tuple[date, tuple[Part, ...]], Program] = {}

    def on(self, day: date) -> Program:
        """Return the law of a day; raises RulebookError where it has a hole."""
        if day not in self._laws:
            self._laws[day] = self.rulebook.on(day)
        return self._laws[day]

    def about(self, day: date, asked: tuple[Part, ...]) -> Program:
        """Return the law of a day on some policies and derived facts."""
        if (day, asked) not in self._small:
            self._small[day, asked] = self._about(day, asked)
        return self._small[day, asked]

    def _about(self, day: date, asked: tuple[Part, ...]) -> Program:
        law = self.on(day)
        beneath = frozenset[Part]().union(*map(self.readings.beneath, asked))
        names = {name for section, name in beneath if section == "policies"}
        tied = {name for section, name in beneath if section == "relations"}
        chosen = tuple(p for p in law.policies if p.id in names)
        return replace(
            law,
            policies=chosen,
            groups=law.groups if tied else (),
            caps=law.caps if tied else (),
            plausibility=(),
            worth={f: w for f, w in law.worth.items() if ("worth", f) in beneath},
            definitions={
                name: found
                for name, found in law.definitions.items()
                if ("definitions", name) in beneath
            },
        )

    def slipped(self, mutant: Mutant, day: date) -> Slipped:
        """Return what a mutant changes in the law of a day; raises RefusedError."""
        return Slipped(self, mutant, day)

    def scope(self, mutant: Mutant, day: date) -> Scope:
        """Return what names mean on a day where a mutant's model stands."""
        if day not in self._scopes:
            documents = self.rulebook.documents
            self._scopes[day] = Scope(self.rulebook.book, day, documents)
        book = with_model(self.rulebook.book, mutant.part, mutant.model)
        return self._scopes[day].beside(book)


class Slipped:
    """What a mutant changes in the law of a day: the parts that it touches."""

    def __init__(self, laws: Laws, mutant: Mutant, day: date) -> None:
        """Compile the parts; raises RefusedError where they cannot be."""
        # A figure is no more than what its readers make of it.
        figure = mutant.part[0] == "parameters"
        readers = laws.readings.readers(mutant.part)
        self.touched = readers if figure else (mutant.part,)
        scope = laws.scope(mutant, day)
        law = laws.on(day)
        names = {name for section, name in self.touched if section == "definitions"}
        scope.definitions = {
            name: found for name, found in law.definitions.items() if name not in names
        }
        driver = Driver(scope)
        self.definitions: dict[str, Any] = {}
        for name in names & law.definitions.keys():
            define(driver, name)
            self.definitions[name] = scope.definitions[name]
        self.policies = {
            name: policy(driver, name, scope.book.policies[name])
            for section, name in self.touched
            if section == "policies"
        }
        self.relating: dict[str, Any] = {}
        self.worth: dict[str, Any] = {}
        sections = {section for section, _ in self.touched}
        if "relations" in sections:
            in_force = {p.id for p in law.policies}
            self.relating |= {"groups": groups(driver), "caps": caps(driver, in_force)}
        if "worth" in sections:
            form = mutant.part[1]
            found = worth(driver, form, mutant.model)
            self.worth = {form: found}
        if driver.faults:
            raise RefusedError(driver.faults)

    def __call__(self, program: Program) -> Program:
        """Return a program with the slip."""
        changed = self.policies
        policies = [changed.get(p.id, p) for p in program.policies]
        new = changed.keys() - {p.id for p in program.policies}
        policies += [changed[name] for name in sorted(new)]
        definitions = {
            name: self.definitions.get(name, found)
            for name, found in program.definitions.items()
        }
        return replace(
            program,
            policies=tuple(p for p in policies if isinstance(p, Policy)),
            definitions=definitions,
            worth={**program.worth, **self.worth},
            **self.relating,
        )


def with_model(book: Book, part: Part, model: Any) -> Book:  # noqa: ANN401
    """Return a book in which one part is another model."""
    section, name = part
    declared: Any = getattr(book, section)
    if section == "relations":
        place = int(name)
        declared = (*declared[:place], model, *declared[place + 1 :])
    else:
        declared = {**declared, name: model}
    changed: dict[str, Any] = {section: declared}
    return replace(book, **changed)
