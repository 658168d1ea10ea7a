"""Below, at and above each threshold; the days around each window.

The cases are generated from the rulebook, what they must come to is not: a
comparison of two numbers is Python's own, a window is two dates in the file.
"""

from __future__ import annotations

import operator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

import pytest

from policy_match.checks.days import boundary_days
from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Number, exactly
from policy_match.ir import terms as t
from policy_match.ir.traversal import leaves
from policy_match.semantics.outcome import Outcome
from tests.backends import BACKENDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.facts import FactSpec
    from policy_match.ir.program import Program

DAYS = [date(2019, 6, 30), date(2021, 6, 30), date(2022, 12, 31), date(2023, 12, 31)]
HOLDS = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
MIRRORED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
STEP = {
    FactType.INT: Fraction(1),
    FactType.DATE: Fraction(1),
    FactType.MONEY: Fraction(1, 100),
    FactType.RATIO: Fraction(1, 10_000),
    FactType.NUMBER: Fraction(1, 100),
}


class Line(NamedTuple):
    """A fact stands in a relation to a number of the law."""

    leaf: t.Leaf
    fact: str
    sign: str
    bound: Number


def _conditions(program: Program) -> Iterator[t.Condition]:
    formulas: list[t.Expression] = []
    for policy in program.policies:
        yield policy.when
        for tier in policy.tiers:
            if tier.guard is not None:
                yield tier.guard
            if tier.amount is not None:
                formulas.append(tier.amount)
    for definition in program.definitions.values():
        if definition.condition is not None:
            yield definition.condition
        if definition.body is not None:
            formulas.append(definition.body)
    while formulas:
        match formulas.pop():
            case t.Cases(branches=branches):
                yield from (b.guard for b in branches if b.guard is not None)
                formulas += [branch.value for branch in branches]
            case t.Switch(arms=arms):
                formulas += [arm for _, arm in arms]
            case t.Arithmetic(left=left, right=right):
                formulas += [left, right]
            case t.Extreme(of=parts):
                formulas += parts
            case _:
                pass


def _lines(program: Program) -> Iterator[Line]:
    """Yield each comparison of a fact with a known number, once."""
    seen: set[str] = set()
    for condition in _conditions(program):
        for leaf in leaves(condition):
            for line in _of(leaf):
                key = f"{line.fact} {line.sign} {line.bound}"
                if key not in seen:
                    seen.add(key)
                    yield line


def _of(leaf: t.Leaf) -> Iterator[Line]:
    match leaf.test:
        case t.Compare(
            operator=sign, left=t.FactRef(fact=fact), right=t.Const(value=bound)
        ):
            yield Line(leaf, fact, sign, bound)
        case t.Compare(
            operator=sign, left=t.Const(value=bound), right=t.FactRef(fact=fact)
        ):
            yield Line(leaf, fact, MIRRORED[sign], bound)
        case _:
            return


def _asked() -> Iterator[object]:
    """Yield every day and backend; the rule engine takes its time for a day."""
    for backend in BACKENDS:
        for place, day in enumerate(DAYS):
            long = backend == "durable-rules" and place > 0
            marks = [pytest.mark.long] if long else []
            yield pytest.param(day, backend, id=f"{day}-{backend}", marks=marks)


@pytest.mark.parametrize(("day", "backend"), list(_asked()))
def test_below_at_and_above_each_threshold(
    day: date, backend: str, rulebook: Rulebook
) -> None:
    """A firm of which nothing but the one number is known is judged by it alone."""
    program = rulebook.on(day)
    lines = list(_lines(program))
    assert len(lines) > 20
    model = program.policies[0]
    asked = tuple(
        replace(model, id=f"line-{place}", when=line.leaf, tiers=())
        for place, line in enumerate(lines)
    )
    small = replace(program, policies=asked, groups=(), plausibility=())
    firms = [
        (place, line, number)
        for place, line in enumerate(lines)
        for number in _around(line, program.facts[line.fact])
    ]
    given = [Facts({line.fact: exactly(_plain(at))}) for _, line, at in firms]
    wrong = []
    for (place, line, at), answer in zip(
        firms, BACKENDS[backend](small, given), strict=True
    ):
        outcome = answer.told[f"line-{place}"].outcome
        holds = HOLDS[line.sign](at, line.bound)
        if outcome is not (Outcome.ELIGIBLE if holds else Outcome.INELIGIBLE):
            wrong.append(f"{line.fact} = {at}: {outcome}")
    assert wrong == []


def _around(line: Line, spec: FactSpec) -> Iterator[Number]:
    step = STEP[spec.type]
    for number in (line.bound - step, line.bound, line.bound + step):
        if spec.low <= number <= spec.high:
            yield number


def _plain(number: Number) -> Number:
    exact = Fraction(number)
    return exact.numerator if exact.denominator == 1 else exact


def test_the_days_around_each_window(rulebook: Rulebook) -> None:
    """In force on its first day and its last, not before and not after."""
    wrong = []
    in_force: dict[date, set[str]] = {}

    def on(day: date) -> set[str]:
        if day not in in_force:
            in_force[day] = set(rulebook.on(day).by_id)
        return in_force[day]

    for name, policy in rulebook.book.policies.items():
        spans = [(w.start or date.min, w.end or date.max) for w in policy.in_force]
        edges = {day for span in spans for day in span if date.min < day < date.max}
        around = {d + timedelta(days=n) for d in edges for n in (-1, 0, 1)}
        for day in sorted(around):
            if day.year < 2018:
                continue
            expected = any(start <= day <= end for start, end in spans)
            if (name in on(day)) is not expected:
                wrong.append(f"{name} on {day}")
    assert wrong == []


def test_each_day_on_which_the_law_changes_has_a_program(rulebook: Rulebook) -> None:
    """No window of a figure leaves a hole under a policy in force."""
    days = boundary_days(rulebook.book)
    assert len(days) > 15
    for day in days:
        assert rulebook.on(day).day == day
