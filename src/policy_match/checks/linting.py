"""What `lint` finds beyond soundness: holes, idle facts, failing examples, age."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from typing import TYPE_CHECKING

from policy_match.checks.amounts import below_zero
from policy_match.checks.claims import facts_of_claims, unclaimable
from policy_match.checks.constants import constants
from policy_match.checks.coverage import coverage
from policy_match.checks.days import boundary_days
from policy_match.checks.definition_examples import faults_of_definitions
from policy_match.checks.documents import document_faults
from policy_match.checks.examples import run_examples
from policy_match.checks.figures import (
    cut_short,
    literals,
    parameters_used,
    uncited,
)
from policy_match.checks.filing import aged, idle_names
from policy_match.checks.units import silent, units
from policy_match.compiler.names import shared_titles
from policy_match.domain.truth import Truth
from policy_match.errors import Fault, RulebookError
from policy_match.ir.analysis import dependences
from policy_match.ir.traversal import facts_of
from policy_match.language.messages import Message, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.checks.examples import Run
    from policy_match.compiler.rulebook import Rulebook
    from policy_match.errors import Hint
    from policy_match.ir.program import Program
    from policy_match.rulebook.loader import Book

DIRECT_KINDS = ("eligible", "ineligible", "undetermined")


def lint(rulebook: Rulebook, day: date | None = None) -> list[Fault]:
    """Return every finding on a sound rulebook, in file order.

    With a day, also what has aged by then: values past `review_by`, windows
    that end within 90 days, documents to be read again.
    """
    book = rulebook.book
    faults: list[Fault] = []
    programs: list[Program] = []
    for on in boundary_days(book):
        try:
            programs.append(rulebook.as_written(on))
        except RulebookError as error:
            faults += error.faults
    faults = _first_days(faults)
    faults += _idle(book, programs)
    faults += constants(book, programs)
    faults += below_zero(book, programs)
    for told in (units, silent, literals, uncited, cut_short, shared_titles):
        faults += told(book)
    if not any(fault.code == "R308" for fault in faults):
        runs = list(run_examples(rulebook))
        faults += [fault for run in runs for fault in run.faults]
        faults += faults_of_definitions(rulebook)
        faults += _untried(book, runs)
    faults += _kinds_of_examples(book)
    faults += document_faults(book)
    faults += idle_names(book)
    faults += unclaimable(book)
    if day is not None:
        faults += freshness(book, day)
    return sorted(set(faults))


def _first_days(faults: list[Fault]) -> list[Fault]:
    """Return the faults, a hole that many days show but once, by its first day."""
    first: dict[tuple[object, ...], Fault] = {}
    for fault in faults:
        first.setdefault((fault.place, fault.code), fault)
    return [*first.values()]


# ---- what nobody uses


def _idle(book: Book, programs: list[Program]) -> Iterator[Fault]:
    used: set[str] = {*book.manifest.segments, *book.manifest.left_out}
    used |= {*facts_of_claims(book)}
    informing = {name for name, d in book.definitions.items() if d.informs}
    for program in programs:
        used |= {program.identity.key, program.identity.name}
        used |= set(_reached(program, informing))
    parameters = parameters_used(book)
    for name, model in book.facts.items():
        if name not in used and not model.event:
            message, path = said("idle-fact", name=name), ("facts", name)
            yield book.origin.fault(path, "R401", message, said("remove-it"))
    for name in book.definitions:
        if name not in used:
            message, path = said("idle-definition", name=name), ("definitions", name)
            yield book.origin.fault(path, "R401", message, said("remove-it"))
    for name in set(book.parameters) - parameters:
        message, path = said("idle-parameter", name=name), ("parameters", name)
        yield book.origin.fault(path, "R401", message, said("remove-it"))


def _reached(program: Program, informing: set[str]) -> tuple[str, ...]:
    pending = list(informing)
    for policy in program.policies:
        pending += facts_of(policy.when)
        for tier in policy.tiers:
            pending += facts_of(tier.guard)
            pending += facts_of(tier.amount)
    for check in program.plausibility:
        pending += facts_of(check.condition)
    for formula in program.relating:
        pending += facts_of(formula)
    return dependences(program).beneath(pending)


# ---- examples

_SHOWN = {
    Truth.TRUE: "shown-true",
    Truth.FALSE: "shown-false",
    Truth.UNKNOWN: "shown-unknown",
}


def _untried(book: Book, runs: list[Run]) -> Iterator[Fault]:
    for (place, text), seen in coverage(runs).items():
        lacking = [said(key) for truth, key in _SHOWN.items() if truth not in seen]
        if lacking:
            lines = book.origin.texts.get(place.file, "").splitlines()
            line = lines[place.line - 1] if place.line <= len(lines) else ""
            message = said("untried", text=text, lacking=reduce(_or, lacking))
            yield Fault(place, "R404", message, said("add-one"), line)


def _or(one: Message, other: Message) -> Message:
    return said("this-or-that", one=one, other=other)


def _kinds_of_examples(book: Book) -> Iterator[Fault]:
    for name, policy in book.policies.items():
        shown = {example.then.outcome for example in policy.examples}
        lacking = tuple(kind for kind in DIRECT_KINDS if kind not in shown)
        if lacking:
            message = said("no-kind", name=name, kinds=lacking)
            hint = said("add-example")
            yield book.origin.fault(("policies", name), "R403", message, hint)


# ---- age

SOON = timedelta(days=90)


def freshness(book: Book, day: date) -> Iterator[Fault]:
    """Yield what has aged by `day`."""
    yield from aged(book, day)
    for name, parameter in book.parameters.items():
        for index, value in enumerate(parameter.values):
            path = ("parameters", name, "values", index)
            current = (value.start or date.min) <= day <= (value.end or date.max)
            if current and value.review_by and value.review_by < day:
                message = said("review-due", name=name, day=value.review_by)
                hint = said("review-again")
                yield book.origin.fault(path, "R405", message, hint)
            last = index == len(parameter.values) - 1
            if current and last and value.end and value.end - day <= SOON:
                message = said("value-ends", name=name, day=value.end)
                hint = said("add-what-follows")
                yield book.origin.fault(path, "R405", message, hint)
    for name, policy in book.policies.items():
        end = policy.in_force[-1].end
        if end and timedelta() <= end - day <= SOON:
            message = said("policy-ends", name=name, day=end)
            hint = said("extend-or-end")
            where = ("policies", name, "in_force")
            yield book.origin.fault(where, "R405", message, hint)
    for name, source in book.sources.items():
        if source.superseded_on and source.superseded_on <= day:
            day, other = source.superseded_on, source.superseded_by
            message = said("source-superseded", name=name, day=day)
            instead: Hint = said("cite-instead", name=other) if other else ""
            yield book.origin.fault(("sources", name), "R405", message, instead)
        if source.review_by and source.review_by < day:
            message = said("review-due", name=name, day=source.review_by)
            hint = said("review-again")
            yield book.origin.fault(("sources", name), "R405", message, hint)
