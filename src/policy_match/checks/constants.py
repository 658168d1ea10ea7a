"""Conditions that can never hold or never fail, whatever a firm may be."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval
from policy_match.domain.truth import UNKNOWN, Truth
from policy_match.errors import Fault
from policy_match.ir import terms as t
from policy_match.ir.folding import text_of
from policy_match.ir.points import points, simple
from policy_match.ir.traversal import facts_of, guards, leaves
from policy_match.language.messages import said
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.errors import Place
    from policy_match.ir.program import Program
    from policy_match.language.messages import Message
    from policy_match.rulebook.loader import Book

_WAYS = 400
"""Combinations of values that one condition is tried with."""
_SHOWN = 3
"""Facts whose values a message shows."""


class _Node(NamedTuple):
    place: Place
    text: str


def constants(book: Book, programs: Sequence[Program]) -> Iterator[Fault]:
    """Yield what is told of conditions whose truth no firm changes, on any day.

    Of a tree, the smallest part; what the day alone decides is left out.
    """
    first: dict[str, int] = {}
    for index, program in enumerate(programs):
        for root in _roots(book, program):
            first.setdefault(root, index)
    found: dict[_Node, tuple[Truth, str, tuple[Message, ...]]] = {}
    for index, program in enumerate(programs):
        evaluation = Evaluation(program, {})
        for root, conditions in _roots(book, program).items():
            for condition in conditions if first[root] == index else ():
                for node, place in _smallest(program, evaluation, condition):
                    held = _truth(program, evaluation, node)
                    known = _Node(place, text_of(node))
                    found[known] = held, root, _values(program, evaluation, node)
    for known, (held, root, values) in found.items():
        if all(_same(book, p, root, known, held) for p in programs):
            key = "never-holds" if held is Truth.FALSE else "never-fails"
            message = said(key, text=known.text, values=values)
            line = _line(book, known.place)
            yield Fault(known.place, "R407", message, said("look-again"), line)


def _line(book: Book, place: Place) -> str:
    lines = book.origin.texts.get(place.file, "").splitlines()
    return lines[place.line - 1] if place.line <= len(lines) else ""


def _roots(book: Book, program: Program) -> Mapping[str, list[t.Condition]]:
    """Return every condition of a program, by what it belongs to."""
    found: dict[str, list[t.Condition]] = {}
    for policy in program.policies:
        own = found.setdefault(f"policy {policy.id}", [policy.when])
        own += [tier.guard for tier in policy.tiers if tier.guard is not None]
        for tier in policy.tiers:
            own += guards(tier.amount)
    for name, definition in program.definitions.items():
        if book.definitions[name].thresholds is None:
            conditions = [*guards(definition.body)]
            if definition.condition is not None:
                conditions.append(definition.condition)
            found[f"fact {name}"] = conditions
    return found


def _same(book: Book, program: Program, root: str, known: _Node, held: Truth) -> bool:
    """Return whether a condition, where the day has it, is as constant there."""
    evaluation = Evaluation(program, {})
    for condition in _roots(book, program).get(root, ()):
        for node, place in _placed(condition, known.place):
            if _Node(place, text_of(node)) == known and not _of_the_day(node):
                return _truth(program, evaluation, node) is held
    return True


def _placed(
    condition: t.Condition, above: Place | None
) -> Iterator[tuple[t.Condition, Place]]:
    """Yield every node that has a place, or that of what it is a part of."""
    place = condition.note.place or above
    if place is not None:
        yield condition, place
    for part in _parts(condition):
        yield from _placed(part, place)


def _parts(condition: t.Condition) -> tuple[t.Condition, ...]:
    match condition:
        case t.All(of=parts) | t.AnyOf(of=parts):
            return parts
        case t.Not(of=part):
            return (part,)
        case _:
            return ()


def _smallest(
    program: Program, evaluation: Evaluation, root: t.Condition
) -> Iterator[tuple[t.Condition, Place]]:
    """Yield each constant node that has no constant node below it."""
    constant: set[int] = set()
    for node, place in reversed([*_placed(root, None)]):
        if any(id(part) in constant for part in _parts(node)):
            constant.add(id(node))
            continue
        if _of_the_day(node) or _derived_flag(program, node):
            continue
        if _truth(program, evaluation, node) is not UNKNOWN:
            constant.add(id(node))
            yield node, place


def _of_the_day(node: t.Condition) -> bool:
    return any(isinstance(leaf.test, t.Fixed) for leaf in leaves(node))


def _derived_flag(program: Program, node: t.Condition) -> bool:
    """Return whether a leaf only asks a derived bool, whose own condition is told."""
    match node:
        case t.Leaf(test=t.Holds(fact=fact)):
            return fact in program.definitions
        case _:
            return False


def _truth(program: Program, evaluation: Evaluation, node: t.Condition) -> Truth:
    """Return the one truth that a condition has, or unknown where it has several."""
    held = evaluation.truth(node)
    if held is not UNKNOWN or isinstance(node, t.Leaf):
        return held
    tests = [leaf.test for leaf in leaves(node)]
    facts = [fact for test in tests for fact in facts_of(t.Leaf(test))]
    if len(facts) == len(set(facts)) or not all(map(simple, tests)):
        return UNKNOWN
    tried = {f: points(program.facts[f], tests) for f in dict.fromkeys(facts)}
    count = 1
    for some in tried.values():
        count *= len(some)
    if not 0 < count <= _WAYS:
        return UNKNOWN
    truths = {
        Evaluation(program, dict(zip(tried, way, strict=True))).truth(node)
        for way in product(*tried.values())
    }
    return truths.pop() if len(truths) == 1 else UNKNOWN


def _values(
    program: Program, evaluation: Evaluation, node: t.Condition
) -> tuple[Message, ...]:
    facts = [*dict.fromkeys(facts_of(node))][:_SHOWN]
    return tuple(
        said("value-of", name=fact, value=shown(evaluation.value(fact), program, fact))
        for fact in facts
    )


def shown(value: Possible, program: Program, fact: str) -> str:
    """Return what is possible as a rule file writes it."""
    spec = program.facts[fact]
    match value:
        case Interval(low=low, high=high):
            if low == high:
                return _written(low, spec)
            return f"{_written(low, spec)}..{_written(high, spec)}"
        case Choice(members=None):
            return "…"
        case Choice(members=members):
            return " | ".join(sorted(str(m).lower() for m in members or ())) or "none"
        case _:
            return "…"


def _written(number: Number, spec: FactSpec) -> str:
    if abs(number) == inf:
        return ""
    if spec.type is FactType.DATE:
        return date.fromordinal(int(number)).isoformat()
    return str(int(number)) if number == int(number) else str(float(number))
