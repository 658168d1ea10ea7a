"""The examples of derived facts: what each comes to for one firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.checks.examples import given_of
from policy_match.domain.money import cents
from policy_match.domain.possible import NO_VALUE, Choice, Interval
from policy_match.errors import Fault, RulebookError
from policy_match.firms.values.typed import ValueFault, typed
from policy_match.language.locales import LOCALES
from policy_match.language.messages import said
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.rulebook.models import DefinitionExampleModel


def faults_of_definitions(rulebook: Rulebook) -> Iterator[Fault]:
    """Yield a fault for every example of a derived fact that does not hold.

    A value is compared as it is told: numbers to the hundredth.
    """
    programs: dict[date, Program] = {}
    for name, definition in rulebook.book.definitions.items():
        for index, example in enumerate(definition.examples):
            try:
                if example.on not in programs:
                    programs[example.on] = rulebook.on(example.on)
            except RulebookError as error:
                yield from error.faults
                continue
            yield from _tried(rulebook, programs[example.on], name, (index, example))


def _tried(
    rulebook: Rulebook,
    program: Program,
    name: str,
    what: tuple[int, DefinitionExampleModel],
) -> Iterator[Fault]:
    index, example = what
    path = ("definitions", name, "examples", index)
    origin = rulebook.book.origin
    given, faults = given_of(rulebook, program, example, path)
    yield from faults
    try:
        wanted = expected_of(program, name, example)
    except ValueFault as error:
        yield origin.fault((*path, "is"), "R203", error.message, error.hint)
        return
    found = Evaluation(program, given).value(name)
    if not told_alike(found, wanted):
        fields = {"expected": str(example.value), "found": _written(found)}
        message = said("expected-amount", **fields)
        yield origin.fault((*path, "is"), "R402", message, said("differs"))


def expected_of(
    program: Program, name: str, example: DefinitionExampleModel
) -> Possible:
    """Return what an example expects of a derived fact; raises ValueFault.

    `none` is no value, of a number as well: where there is no such figure.
    """
    spec = program.facts[name]
    if example.value == "none" and spec.type.numeric:
        return NO_VALUE
    locale = LOCALES[program.locale]
    wanted = typed(spec, example.value, locale, program.systems)
    return spec.unknown if wanted is None else wanted


def told_alike(found: Possible, wanted: Possible) -> bool:
    """Return whether two values are told in the same words."""
    return _told(found) == _told(wanted)


def _told(value: Possible) -> object:
    """Return what two values that are told alike have in common."""
    if not isinstance(value, Interval) or not value.some:
        return value
    ends = [
        end if abs(end) == float("inf") else cents(end)
        for end in (value.low, value.high)
    ]
    return (*ends, value.absent)


def _written(value: Possible) -> str:
    if isinstance(value, Choice):
        names = sorted(map(str, value.members or ()))
        return "/".join([*names, *(["none"] if value.absent else [])])
    if isinstance(value, Interval):
        return f"{value.low}..{value.high}" if value.some else "none"
    return str(value)
