"""What is asked of a firm under the shipped rulebook, tried answer by answer."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policy_match.advice.planner.ranking import ranked
from policy_match.domain.facts import Facts
from policy_match.domain.truth import UNKNOWN
from policy_match.firms.profile import Profile
from policy_match.semantics.assessment import assess
from policy_match.semantics.one_firm import Evaluation
from tests.conftest import THOROUGH
from tests.properties import firms
from tests.properties.attainment import Search
from tests.properties.witnesses import Witnesses, single

if TYPE_CHECKING:
    from policy_match.compiler.rulebook import Rulebook
    from policy_match.ir.program import Program

FIRMS = sorted(Path("examples/firms").glob("*.yaml"))
DAY = date(2022, 12, 31)
MOST_OPEN = 12


def partial(rulebook: Rulebook, number: int) -> tuple[Program, Facts]:
    """Return some of what an example says of its firm, by a number."""
    file = FIRMS[number % len(FIRMS)]
    profile = Profile(file.read_bytes(), file.name)
    program = rulebook.on(profile.day or DAY)
    facts = profile.facts(program.facts, program.systems, program.locale)
    draw = random.Random(number)  # noqa: S311  (a test's choices)
    share = draw.random()
    some = {fact: v for fact, v in facts.given.items() if draw.random() < share}
    return program, Facts(some, facts.day)


@pytest.mark.parametrize("number", range(30 if THOROUGH else 3))
def test_any_answer_settles_what_is_said_to_be_settled(
    rulebook: Rulebook, number: int
) -> None:
    """At, below and above each threshold, each member, none."""
    program, facts = partial(rulebook, number)
    left = []
    for question in ranked(assess(program, facts)):
        spec = program.facts[question.fact]
        for policy in question.settles:
            search = Search(program, program.by_id[policy], facts.given, spec.id)
            assert search.values[spec.id]
            for value in single(search.values[spec.id]):
                given = {**facts.given, spec.id: firms.exactly(spec, value)}
                truth = Evaluation(program, given).truth(program.by_id[policy].when)
                if truth is UNKNOWN:
                    left.append((spec.id, value, policy))
    assert left == []


@pytest.mark.parametrize("number", range(5 if THOROUGH else 1))
def test_no_fact_is_asked_in_vain(rulebook: Rulebook, number: int) -> None:
    """Of each, two firms differ in it alone, and in what some policy gives them.

    Asked of policies of which few facts are open; of the quick profile a part.
    """
    program, facts = partial(rulebook, number)
    unmet = []
    questions = ranked(assess(program, facts))
    for question in questions if THOROUGH else questions[::8]:
        some = [
            found
            for policy in question.policies
            if len(
                (found := Witnesses(program, program.by_id[policy], facts.given)).open(
                    facts.given
                )
            )
            <= MOST_OPEN
        ]
        if some and not any(one.found(question.fact) for one in some):
            unmet.append(question.fact)
    assert unmet == []
