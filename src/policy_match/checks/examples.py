"""The examples in a rulebook: firms with the answer the law gives them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from policy_match.domain.facts import Facts
from policy_match.domain.money import cents
from policy_match.errors import Fault, RulebookError, did_you_mean
from policy_match.firms.values.typed import ValueFault, typed
from policy_match.language.locales import LOCALES
from policy_match.language.messages import Message, said
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.rulebook.models import ExampleModel
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
    """Yield a run for every example of every policy, on one backend."""
    programs: dict[date, Program] = {}
    for name, policy in rulebook.book.policies.items():
        for index, example in enumerate(policy.examples):
            yield _run(rulebook, programs, backend, (name, index, example))


def _run(
    rulebook: Rulebook,
    programs: dict[date, Program],
    backend: Callable[[Program, Facts], Assessment],
    what: tuple[str, int, ExampleModel],
) -> Run:
    name, index, example = what
    path: Path = ("policies", name, "examples", index)
    try:
        if example.on not in programs:
            programs[example.on] = rulebook.on(example.on)
        program = programs[example.on]
    except RulebookError as error:
        return Run(name, index, None, error.faults)
    given, faults = _given(rulebook, program, example, path)
    if faults:
        return Run(name, index, None, tuple(faults))
    assessment = backend(only(program, name), Facts(given, example.on))
    origin = rulebook.book.origin
    differences = tuple(
        origin.fault((*path, "then", key), "R402", message, said("differs"))
        for key, message in _differences(assessment, name, example)
    )
    return Run(name, index, assessment, differences)


def only(program: Program, name: str) -> Program:
    """Return the program of one policy and of those that it excludes."""
    names = {name}
    for group in program.groups:
        if name in group.policies:
            names |= set(group.policies)
    policies = tuple(policy for policy in program.policies if policy.id in names)
    return replace(program, policies=policies, plausibility=())


def _given(
    rulebook: Rulebook, program: Program, example: ExampleModel, path: Path
) -> tuple[dict[str, Possible], list[Fault]]:
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


def _differences(
    assessment: Assessment, name: str, example: ExampleModel
) -> Iterator[tuple[str, Message]]:
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
