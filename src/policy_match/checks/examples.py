"""The examples in a rulebook: firms with the answer the law gives them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from policy_match.checks.days import boundary_days
from policy_match.domain.facts import Facts
from policy_match.domain.money import cents
from policy_match.errors import Fault, RulebookError, did_you_mean
from policy_match.firms.values.typed import ValueFault, typed
from policy_match.ir.analysis import dependences, facts_beneath
from policy_match.ir.traversal import facts_of
from policy_match.language.locales import LOCALES
from policy_match.language.messages import Message, said
from policy_match.rulebook.readings import Part, Readings
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.rulebook.models import DefinitionExampleModel, ExampleModel
    from policy_match.semantics.outcome import Assessment, Finding

Path = tuple[str | int, ...]
_SELECTED = {True: "selected-true", False: "selected-false", None: "selected-open"}


@dataclass(frozen=True)
class Run:
    """One example, what came of it, and how it differs from what it expects."""

    policy: str
    index: int
    assessment: Assessment | None
    faults: tuple[Fault, ...]


def run_examples(
    rulebook: Rulebook, backend: Callable[[Program, Facts], Assessment] = assess
) -> Iterator[Run]:
    """Yield a run for every example of every policy, on one backend.

    What a parameters file changes is told as that: the example is of the law.
    """
    runner = Runner(rulebook, backend)
    for name in rulebook.book.policies:
        yield from runner.of(name)


class Runner:
    """Runs examples on the programs of their days, each made once."""

    def __init__(
        self,
        rulebook: Rulebook,
        backend: Callable[[Program, Facts], Assessment] = assess,
    ) -> None:
        """Run those of `rulebook`."""
        self.rulebook, self.backend = rulebook, backend
        self._readings = Readings(rulebook.book)
        # What an officer sets has windows of its own.
        self._turns = [] if rulebook.local else boundary_days(rulebook.book)
        self._programs: dict[tuple[date, str], Program] = {}

    @cached_property
    def _of_the_law(self) -> Runner:
        """What runs examples without a parameters file."""
        return Runner(type(self.rulebook)(self.rulebook.book), self.backend)

    def _program(self, day: date, name: str) -> Program:
        """Return the law on a policy and its rivals, as on a day.

        Where they follow nothing but the law, the day on which that law began
        serves all days on which it stands.
        """
        place = bisect_right(self._turns, day)
        turn = self._turns[place - 1] if place else day
        if not self._readings.follows_the_day(("policies", name)):
            day = turn
        if (day, name) not in self._programs:
            if day == turn:
                found = only(self.rulebook.on(day), name)
            else:
                found = self.rulebook.about(day, self._parts(name))
            self._programs[day, name] = found
        return self._programs[day, name]

    def _parts(self, name: str) -> frozenset[Part]:
        """Return a policy, what it rests on, and what its examples give."""
        policy = self.rulebook.book.policies[name]
        given = {fact for example in policy.examples for fact in example.given}
        read = [("policies", name), *(("definitions", fact) for fact in given)]
        return frozenset[Part]().union(*map(self._readings.beneath, read))

    def of(self, name: str) -> Iterator[Run]:
        """Yield a run for every example of a policy."""
        for index, example in enumerate(self.rulebook.book.policies[name].examples):
            yield self.run(name, index, example)

    def run(self, name: str, index: int, example: ExampleModel) -> Run:
        """Return what comes of one example."""
        path: Path = ("policies", name, "examples", index)
        try:
            program = self._program(example.on, name)
        except RulebookError as error:
            return Run(name, index, None, error.faults)
        given, faults = given_of(self.rulebook, program, example, path)
        if faults:
            return Run(name, index, None, tuple(faults))
        assessment = self.backend(program, Facts(given, example.on))
        found = [*differences(assessment, name, example)]
        code, hint = "R402", said("differs")
        if found and program.local and self._holds_without(name, index, example):
            code, hint = "R413", said("as-the-law-has-it")
            found = [
                (key, said("changed-locally", told=told, names=program.local))
                for key, told in found
            ]
        origin = self.rulebook.book.origin
        differing = tuple(
            origin.fault((*path, "then", key), code, message, hint)
            for key, message in found
        )
        return Run(name, index, assessment, differing)

    def _holds_without(self, name: str, index: int, example: ExampleModel) -> bool:
        """Return whether an example holds by the rulebook's own values."""
        return not self._of_the_law.run(name, index, example).faults


def only(program: Program, name: str) -> Program:
    """Return the program of one policy and of those that it excludes."""
    names = {name}
    for group in program.groups:
        if name in group.policies:
            names |= set(group.policies)
    policies = tuple(policy for policy in program.policies if policy.id in names)
    # What rests on what is found anew for every program: the fewer, the better.
    # What forms are worth is asked where there is more than one.
    worth = program.worth if len({policy.form for policy in policies}) > 1 else {}
    relating = replace(program, worth=worth).relating
    read = {fact for formula in relating for fact in facts_of(formula)}
    for policy in policies:
        read |= {*facts_beneath(program, policy.tiers, policy.when)}
    beneath = dependences(program).beneath(read)
    definitions = {n: d for n, d in program.definitions.items() if n in beneath}
    return replace(
        program,
        policies=policies,
        plausibility=(),
        definitions=definitions,
        worth=worth,
    )


def given_of(
    rulebook: Rulebook,
    program: Program,
    example: ExampleModel | DefinitionExampleModel,
    path: Path,
) -> tuple[dict[str, Possible], list[Fault]]:
    """Return what an example says of its firm, and what is wrong with that."""
    locale = LOCALES.get(program.locale, LOCALES["en"])
    given: dict[str, Possible] = {}
    faults: list[Fault] = []
    for fact, data in example.given.items():
        here = (*path, "given", fact)
        spec = program.facts.get(fact)
        if spec is None:
            hint = did_you_mean(fact, program.facts)
            message = said("no-fact", name=fact)
            faults.append(rulebook.book.origin.fault(here, "R302", message, hint))
            continue
        try:
            value = typed(spec, data, locale, program.systems)
        except ValueFault as error:
            found = rulebook.book.origin.fault(here, "R203", error.message, error.hint)
            faults.append(found)
            continue
        if value is not None:
            given[fact] = value
    return given, faults


def differences(
    assessment: Assessment, name: str, example: ExampleModel
) -> Iterator[tuple[str, Message]]:
    """Yield what an answer tells otherwise than an example expects, and how."""
    then, program = example.then, assessment.program
    in_force = name in program.by_id
    if not in_force or then.outcome == "not-in-force":
        found = said("found-in-force" if in_force else "found-not-in-force")
        if in_force or then.outcome != "not-in-force":
            fields = {"expected": then.outcome, "found": found}
            yield "outcome", said("expected-force", **fields)
        return
    finding = assessment.finding(name)
    if finding.outcome != then.outcome:
        lacking = _listed(finding.missing)
        outcomes = {"expected": then.outcome, "found": finding.outcome}
        yield "outcome", said("expected-outcome", **outcomes, missing=lacking)
        return
    tiers = finding.benefit.tiers if finding.benefit else ()
    if then.tier is not None and tiers != (then.tier,):
        found_tiers = tuple(filter(None, tiers)) or said("none-of-these")
        yield "tier", said("expected-tier", expected=then.tier, found=found_tiers)
    if then.missing is not None and set(then.missing) != set(finding.missing):
        lacking = _listed(sorted(set(then.missing) - set(finding.missing)))
        more = _listed(sorted(set(finding.missing) - set(then.missing)))
        yield "missing", said("expected-missing", lacking=lacking, more=more)
    if then.selected is not None and finding.selected is not then.selected:
        wanted, chosen = _SELECTED[then.selected], _SELECTED[finding.selected]
        fields = {"expected": said(wanted), "found": said(chosen)}
        yield "selected", said("expected-selected", **fields)
    yield from _amounts(finding, then, program)


def _amounts(
    finding: Finding, then: object, program: Program
) -> Iterator[tuple[str, Message]]:
    locale = LOCALES.get(program.locale, LOCALES["en"])
    amount = finding.benefit.amount if finding.benefit else None
    expected = getattr(then, "amount", None)
    ends = (
        (expected, expected) if expected is not None else getattr(then, "range", None)
    )
    if ends is None:
        return
    key = "amount" if expected is not None else "range"
    if expected == "unset":
        if amount is not None:
            ends_found = f"{amount.low}..{amount.high}"
            yield key, said("expected-unset", found=ends_found)
        return
    wanted = [None if not end else locale.number(end) for end in ends]
    found = [None, None] if amount is None else [amount.low, amount.high]
    for want, have in zip(wanted, found, strict=True):
        infinite = have in (float("inf"), float("-inf"))
        written = None if have is None or infinite else cents(have)
        if written != (None if want is None else cents(want)):
            shown: str = said("found-no-amount")
            if amount is not None:
                shown = f"{amount.low}..{amount.high}"
            fields = {"expected": "..".join(map(str, ends)), "found": shown}
            yield key, said("expected-amount", **fields)
            return


def _listed(facts: Iterable[str]) -> tuple[str, ...] | Message:
    return tuple(facts) or said("nothing")
