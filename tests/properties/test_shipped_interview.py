"""Interviews about the shipped rulebook: short, and final when they stop."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policy_match.advice.interview import Interview
from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Choice, Interval, exactly, one
from policy_match.firms.profile import read_profile
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Finding

FIRMS = ("toy-maker", "tech-startup", "market-trader", "individual-business")
PLAIN = {FactType.BOOL: "no", FactType.LIST: "unknown"}


def answered(program: Program, firm: Facts) -> Interview:
    """Hold the interview with a firm that has nothing but what its profile says."""
    holding = Interview(program)
    while following := holding.questions():
        fact = following[0].fact
        spec = program.facts[fact]
        if fact in firm.given:
            holding.given[fact] = firm.given[fact]
            holding.asked.append(fact)
            continue
        plain = "none" if spec.may_be_none else PLAIN.get(spec.type, "unknown")
        numeric = spec.type.numeric and spec.type is not FactType.DATE
        holding.answer(fact, str(spec.low) if numeric and spec.low >= 0 else plain)
    return holding


@pytest.mark.parametrize("name", FIRMS)
def test_a_typical_firm_is_asked_at_most_half_of_the_vocabulary(
    rulebook: Rulebook, name: str
) -> None:
    """Nothing given beforehand; what was not asked then changes nothing."""
    text = Path(f"examples/firms/{name}.yaml").read_text("utf-8")
    program = rulebook.on(date.fromisoformat(_day(text)))
    firm = read_profile(text, program.facts, program.systems)
    holding = answered(program, firm)
    vocabulary = [spec for spec in program.facts.values() if not spec.derived]
    assert 2 * len(holding.asked) <= len(vocabulary)

    settled = told(program, holding.given)
    rest = [spec for spec in vocabulary if spec.id not in holding.asked]
    draw = random.Random(name)  # noqa: S311  (a test's choices)
    for spec in rest:
        if spec.settled_by.value != "officer":
            more = {**holding.given, spec.id: some_value(spec, draw)}
            assert told(program, more) == settled, spec.id


def told(program: Program, given: dict[str, Possible]) -> list[object]:
    """Return outcome, tiers and amount of each policy that reaches firms itself."""

    def one_of(found: Finding) -> object:
        return found.policy.id, found.outcome, found.benefit

    findings = assess(program, Facts(given)).findings
    return [one_of(found) for found in findings if not found.policy.indirect]


def some_value(spec: FactSpec, draw: random.Random) -> Possible:
    """Return any one value a fact may have."""
    whole = spec.unknown
    if isinstance(whole, Interval):
        low, high = max(whole.low, -(10**7)), min(whole.high, 10**8)
        return exactly(draw.randint(int(low), int(high)))
    if isinstance(whole, Choice) and whole.members:
        return one(draw.choice(sorted(whole.members, key=str)))
    return whole


def _day(text: str) -> str:
    return next(line[4:14] for line in text.splitlines() if line.startswith("on: "))
