"""The examples of a rulebook as cases: a firm on a day, and what must be told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policy_match.checks.definition_examples import expected_of, told_alike
from policy_match.checks.examples import differences, given_of
from policy_match.domain.facts import Facts
from policy_match.semantics.assessment import assess
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.ir.program import Program
    from policy_match.rulebook.models import DefinitionExampleModel, ExampleModel
    from policy_match.rulebook.readings import Part


class Case(NamedTuple):
    """One firm of whom a program must tell what is expected."""

    key: str
    about: tuple[Part, ...]
    """The policies and derived facts that are asked about."""
    day: date
    holds: Callable[[Program], bool]


def cases(rulebook: Rulebook) -> Iterator[Case]:
    """Yield a case for every example of a sound rulebook whose examples hold."""
    book = rulebook.book
    for name, definition in book.definitions.items():
        for index, derived in enumerate(definition.examples):
            holds = _of_definition(rulebook, name, index, derived)
            yield _case(("definitions", name), index, derived.on, holds)
    for name, policy in book.policies.items():
        for index, example in enumerate(policy.examples):
            holds = _of_policy(rulebook, name, index, example)
            yield _case(("policies", name), index, example.on, holds)


def _case(about: Part, index: int, day: date, holds: Callable[[Program], bool]) -> Case:
    return Case("/".join((*about, "examples", str(index))), (about,), day, holds)


def _of_definition(
    rulebook: Rulebook, name: str, index: int, example: DefinitionExampleModel
) -> Callable[[Program], bool]:
    law = rulebook.on(example.on)
    path = ("definitions", name, "examples", index)
    given, _ = given_of(rulebook, law, example, path)
    expected = expected_of(law, name, example)
    return lambda program: told_alike(Evaluation(program, given).value(name), expected)


def _of_policy(
    rulebook: Rulebook, name: str, index: int, example: ExampleModel
) -> Callable[[Program], bool]:
    law = rulebook.on(example.on)
    path = ("policies", name, "examples", index)
    given, _ = given_of(rulebook, law, example, path)
    facts = Facts(given, example.on)

    def holds(program: Program) -> bool:
        answer = assess(program, facts)
        return next(differences(answer, name, example), None) is None

    return holds
