"""On the shipped rulebook, too, knowing less of a firm never contradicts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policy_match.checks.examples import only, run_examples
from policy_match.domain.facts import Facts
from policy_match.domain.possible import Interval, join
from policy_match.firms.profile import Profile
from policy_match.semantics.assessment import assess
from tests.properties.claims import contradicts, unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program

FIRMS = sorted(Path("examples/firms").glob("*.yaml"))
DAY = date(2022, 12, 31)


@pytest.mark.parametrize("firm", FIRMS, ids=lambda path: path.stem)
def test_a_fact_left_out_or_widened_is_named_where_it_matters(
    firm: Path, rulebook: Rulebook
) -> None:
    """Each fact of an example firm in turn, against every policy."""
    profile = Profile(firm.read_bytes(), firm.name)
    program = rulebook.on(profile.day or DAY)
    facts = profile.facts(program.facts, program.systems, program.locale)
    assert list(_faults(program, facts)) == []


@pytest.mark.long
def test_the_same_of_every_example_of_every_policy(rulebook: Rulebook) -> None:
    """Each fact of each example in turn, against its own policy and its rivals."""
    faults = [
        f"{run.policy} {run.index}: {fault}"
        for run in run_examples(rulebook)
        if run.assessment is not None
        for fault in _faults(
            only(run.assessment.program, run.policy), run.assessment.facts
        )
    ]
    assert faults == []


def _faults(program: Program, facts: Facts) -> Iterator[str]:
    narrow = assess(program, facts)
    for fact, value in facts.given.items():
        if program.facts[fact].derived:
            continue
        for less in _less(fact, value, facts):
            wide = assess(program, less)
            yield from contradicts(wide, narrow)
            yield from unnamed(wide, narrow, fact)


def _less(fact: str, value: Possible, facts: Facts) -> Iterator[Facts]:
    """Yield the firm without a fact, and with a range around a number."""
    others = {name: given for name, given in facts.given.items() if name != fact}
    yield Facts(others, facts.day)
    if isinstance(value, Interval) and value.some and value.low >= 1:
        around = join(value, Interval(value.low - 1, value.high + 1))
        yield Facts({**others, fact: around}, facts.day)
