"""Two thousand firms of the city: the columns say what the reference says."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from policy_match.backends.columnar import compile as compiled
from policy_match.backends.columnar import findings_of, frame_of
from policy_match.domain.facts import Facts, FactSpec, FactType
from policy_match.domain.possible import Interval, Listing
from policy_match.domain.truth import FALSE, Truth, negation
from policy_match.firms.registers import open_register
from policy_match.ir.terms import Leaf, Not
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from tests.city import city
from tests.properties.brute_force import leaves
from tests.properties.claims import holds
from tests.properties.concrete import judge
from tests.properties.equality import Told, differences, in_cents, rounded, told
from tests.properties.firms import known

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policy_match.backends.columnar import Found
    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Evidence
    from tests.properties.concrete import Firm, Value

pytestmark = pytest.mark.city

AGREE = 2000
COMPLETE = 250


def test_register_and_profiles_come_to_the_same(
    tmp_path: Path, rulebook: Rulebook
) -> None:
    """One register row or one profile: outcome, tiers, amounts, reasons, choice."""
    program = rulebook.on(city.DAY)
    place = city.generate(tmp_path, "--firms", 20_000, "--seed", 11)
    every = city.rows(place / "firms.csv")
    chance = random.Random(11)  # noqa: S311
    some = sorted(chance.sample(range(len(every)), AGREE))
    screener = compiled(program)
    (part,) = open_register(place / "firms.csv", program, tmp_path).parts(
        program, 10**6
    )
    result = screener.part(part.frame[some], part.scale)
    found = findings_of(screener.sheets, result)
    faults = [
        f"{every[row]['uscc']} {fault}"
        for row, columns in zip(some, found, strict=True)
        for fault in _faults(program, city.facts(program, every[row]), columns)
    ]
    assert faults == []


def _faults(program: Program, firm: Facts, columns: tuple[Found, ...]) -> list[str]:
    answer = assess(program, firm)
    expected = {policy: rounded(one) for policy, one in told(answer).items()}
    faults = list(differences(expected, {one.policy: _told(one) for one in columns}))
    for one in columns:
        tree = answer.finding(one.policy).evidence
        if list(one.truths) != [leaf.truth for leaf in leaves(tree)]:
            faults.append(f"{one.policy}: other truths of its conditions")
        if list(one.failed) != list(_failed(tree, FALSE)):
            faults.append(f"{one.policy}: failed by other conditions")
    return faults


def _failed(tree: Evidence, by: Truth) -> Iterator[Leaf]:
    """Yield the leaves that make a condition false (or, below `not`, true)."""
    if tree.truth is by:
        if isinstance(tree.condition, Leaf):
            yield tree.condition
        turned = isinstance(tree.condition, Not)
        for part in tree.of:
            yield from _failed(part, negation(by) if turned else by)


def _told(one: Found) -> Told:
    return Told(
        one.outcome,
        one.tiers,
        one.amount and in_cents(*one.amount),
        one.missing,
        one.open_for_outcome,
        one.selected,
        one.excluded_by,
    )


# ---- every policy against complete firms


def test_no_policy_is_refused_to_a_complete_firm_entitled_to_it(
    tmp_path: Path, rulebook: Rulebook
) -> None:
    """All policies in force, by a concrete evaluator of complete firms.

    What the city does not say of a firm is drawn; then facts are taken away.
    """
    program = rulebook.on(city.DAY)
    place = city.generate(tmp_path, "--firms", COMPLETE, "--complete")
    chance = random.Random(5)  # noqa: S311
    firms = [
        _complete(program, city.facts(program, row), chance)
        for row in city.rows(place / "firms.csv")
    ]
    partly = [_less(known(program, firm), chance) for firm in firms]
    screener = compiled(program)
    found = findings_of(screener.sheets, screener.part(frame_of(program, partly)))
    entitled = 0
    for firm, row in zip(firms, found, strict=True):
        verdicts = judge(program, firm)
        for one in row:
            true = verdicts[one.policy]
            entitled += true.eligible
            never = Outcome.INELIGIBLE if true.eligible else Outcome.ELIGIBLE
            assert one.outcome is not never, (one.policy, firm["uscc"])
            if true.eligible and true.fixed and one.amount:
                amount = in_cents(*one.amount)
                assert amount is not None
                assert _near(amount, true.amount), (one.policy, firm["uscc"])
    assert entitled > COMPLETE


def _near(amount: Interval, value: Fraction | None) -> bool:
    """Return whether a value is among those possible, but for the last cent."""
    cents = None if value is None else value * 100
    wide = amount._replace(low=amount.low - 1, high=amount.high + 1)
    return holds(wide, cents)


def _complete(program: Program, firm: Facts, chance: random.Random) -> Firm:
    return {
        fact: _value(firm.given[fact]) if fact in firm.given else _any(spec, chance)
        for fact, spec in program.facts.items()
        if not spec.derived
    }


def _value(possible: Possible) -> Value:
    if isinstance(possible, Listing):
        return tuple(Fraction(item.low) for item in possible.items or ())
    if isinstance(possible, Interval):
        return Fraction(possible.low) if possible.some else None
    members = possible.members or frozenset()
    return next(iter(members), None)


def _any(spec: FactSpec, chance: random.Random) -> Value:  # noqa: PLR0911
    if spec.may_be_none and chance.random() < 0.3:
        return None
    match spec.type:
        case FactType.BOOL:
            return chance.random() < 0.6
        case FactType.DATE:
            return city.DAY.toordinal() - chance.randrange(900)
        case FactType.ENUM:
            return chance.choice(sorted(spec.members))
        case FactType.CODE:
            return "C2451"
        case FactType.TEXT:
            return "某"
        case FactType.LIST:
            return (Fraction(10), Fraction(20))
        case FactType.RATIO:
            return Fraction(chance.randrange(101), 100)
        case FactType.INT if spec.high < 1000:
            return Fraction(chance.randrange(int(spec.low), int(spec.high) + 1))
        case _:
            return Fraction(chance.choice((1, 2, 5, 30, 300, 10**6, 10**7)))


def _less(given: dict[str, Possible], chance: random.Random) -> Facts:
    share = chance.choice((0.05, 0.3, 0.7))
    return Facts({f: v for f, v in given.items() if chance.random() >= share})
