"""What is shown that a firm may get, some firm gets, at either end."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Interval
from policy_match.domain.texts import NO_TEXT
from policy_match.firms.profile import Profile
from policy_match.ir import terms as t
from policy_match.ir.program import Tier
from policy_match.semantics.assessment import assess
from tests.properties.attainment import HIGH, LOW, VAST, Search
from tests.properties.backends import columnar, forward_chaining
from tests.properties.concrete import judge
from tests.unit.small_programs import compare, const, fact, policy
from tests.unit.small_programs import program as small

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.ir.program import Program

FIRMS = sorted(Path("examples/firms").glob("*.yaml"))
DAY = date(2022, 12, 31)
MOST = 12
_BOUNDLESS = Fraction(VAST) / 10**6
"""What a firm must be able to get where no upper end is shown."""
_CENT = Fraction(1, 100)


@pytest.mark.long
@pytest.mark.parametrize("firm", FIRMS, ids=lambda path: path.stem)
def test_each_end_of_an_amount_is_what_a_firm_gets(
    firm: Path, rulebook: Rulebook
) -> None:
    """Of every example, among firms beside the thresholds of the policy itself.

    To the cent, which is what a limit that is not itself within it may cost.
    """
    profile = Profile(firm.read_bytes(), firm.name)
    program = rulebook.on(profile.day or DAY)
    facts = profile.facts(program.facts, program.systems, program.locale)
    unmet = []
    for found in assess(program, facts).findings:
        amount = found.benefit and found.benefit.amount
        if not amount or not amount.some or amount.settled:
            continue
        search = Search(program, found.policy, facts.given)
        for end, aim in ((amount.low, LOW), (amount.high, HIGH)):
            enough = _BOUNDLESS if end == inf else Fraction(end) - aim.sign * _CENT
            best = search.most(aim, enough)
            if best is None or best * aim.sign < enough * aim.sign:
                unmet.append((found.policy.id, end, best))
    assert unmet == []


@st.composite
def tapering(draw: DrawFn) -> Program:
    """Draw a benefit that is one straight line up to each of some limits, or down."""
    limits = sorted(draw(st.sets(st.sampled_from((2, 5, 8)), min_size=1)))
    up = draw(st.booleans())
    limits = limits if up else limits[::-1]
    signs = [draw(st.sampled_from(("<", "<=") if up else (">", ">="))) for _ in limits]
    guards = [
        compare("people", sign, limit)  # type: ignore[arg-type]
        for sign, limit in zip(signs, limits, strict=True)
    ]
    amounts = [
        t.Arithmetic(
            "+",
            t.Arithmetic("*", t.FactRef("people"), const(draw(st.integers(-3, 3)))),
            const(draw(st.integers(-9, 9))),
        )
        for _ in (*guards, None)
    ]
    if draw(st.booleans()):
        tiers = [
            Tier(f"t{n}", NO_TEXT, guard, amount)
            for n, (guard, amount) in enumerate(
                zip((*guards, None), amounts, strict=True)
            )
        ]
    else:
        branches = map(t.Case, (*guards, None), amounts)
        tiers = [Tier("", NO_TEXT, None, t.Cases(tuple(branches)))]
    people = fact("people", FactType.INT, low=0, high=MOST)
    least = compare("people", ">=", draw(st.integers(0, 3)))
    return small([people], [policy("grant", least, *tiers)])


@pytest.mark.cases(250)
@given(tapering(), st.integers(0, MOST), st.integers(0, MOST))
def test_a_taper_comes_to_what_its_firms_get_and_no_more(
    program: Program, one: int, other: int
) -> None:
    """Tried on every firm that what is known allows, for each backend."""
    low, high = sorted((one, other))
    verdicts = [judge(program, {"people": n})["grant"] for n in range(low, high + 1)]
    got = [v.amount for v in verdicts if v.eligible and v.amount is not None]
    facts = Facts({"people": Interval(low, high)})
    (found,) = assess(program, facts).findings
    hull = Interval(min(got), max(got)) if got else None
    assert (found.benefit and found.benefit.amount) == hull
    for backend, unit in ((forward_chaining, 1), (columnar, 100)):
        told = backend(program, facts)["grant"].amount
        ends = hull and (hull.low * unit, hull.high * unit)
        assert (told and (told.low, told.high)) == ends
