"""Every property can fail: each catches a mistake made on purpose."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from policy_match.domain.facts import Facts
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from tests.properties import brute_force, wrong
from tests.properties.claims import answers, contradicted, contradicts, unnamed
from tests.properties.equality import differences, told
from tests.properties.strategies import Case, cases, completions, widened_cases
from tests.properties.trees import TESTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from policy_match.semantics.outcome import Evidence
    from tests.properties.concrete import Firm
    from tests.properties.strategies import Widened

    Found = TypeVar("Found")

EFFORT = settings(
    max_examples=3000, database=None, derandomize=True, phases=[Phase.generate]
)


def completed(focus: tuple[str, ...] = TESTS) -> st.SearchStrategy[tuple[Case, Firm]]:
    """Draw a rulebook, what is known of a firm, and a firm it may be."""
    return cases(focus).flatmap(
        lambda case: st.tuples(st.just(case), completions(case.program, case.known))
    )


def caught(strategy: st.SearchStrategy[Found], broken: Callable[[Found], bool]) -> bool:
    """Return whether some example breaks the claim."""
    try:
        find(strategy, broken, settings=EFFORT, random=Random(0))  # noqa: S311
    except NoSuchExample:
        return False
    return True


@pytest.mark.parametrize(
    ("mistake", "focus"),
    [
        (wrong.MissingIsZero, TESTS),
        (wrong.MissingIsFalse, TESTS),
        (wrong.NothingIsAbsent, ("member", "absent")),
        (wrong.ByZeroIsZero, ("comparison",)),
        (wrong.NotIsPushed, ("dated",)),
        (wrong.UnknownIsNo, TESTS),
        (wrong.FirstTierOnly, TESTS),
        (wrong.LowAmountOnly, TESTS),
        (wrong.CoarseIsExact, ("code",)),
    ],
)
def test_completions_catch(mistake: type[wrong.Wrong], focus: tuple[str, ...]) -> None:
    """A complete firm shows each mistake of evaluation."""

    def broken(example: tuple[Case, Firm]) -> bool:
        (program, known), firm = example
        answer = mistake.assess(program, Facts(known))
        return any(contradicted(answer, firm, Fraction(1)))

    assert caught(completed(focus), broken)


def test_completions_catch_a_wrong_selection() -> None:
    """A complete firm shows which policy of a group it gets."""

    def broken(example: tuple[Case, Firm]) -> bool:
        (program, known), firm = example
        answer = wrong.always_selected(assess(program, Facts(known)))
        reasons = contradicted(answer, firm, Fraction(1))
        return any("unbeaten" in reason for reason in reasons)

    assert caught(completed(), broken)


@pytest.mark.parametrize(
    "mistake", [wrong.MissingIsZero, wrong.UnknownIsNo, wrong.LowAmountOnly]
)
def test_widening_catches(mistake: type[wrong.Wrong]) -> None:
    """Knowing less of a fact turns the answer of a wrong evaluator."""

    def broken(widened: Widened) -> bool:
        (program, known), _, less = widened
        narrow = assess(program, Facts(known))
        wide = mistake.assess(program, Facts(less))
        return any(contradicts(wide, narrow))

    assert caught(widened_cases(), broken)


def test_widening_catches_that_nothing_is_named() -> None:
    """What came open is not named by an answer that names nothing."""

    def broken(widened: Widened) -> bool:
        (program, known), fact, less = widened
        narrow = assess(program, Facts(known))
        wide = wrong.naming_nothing(assess(program, Facts(less)))
        return any(unnamed(wide, narrow, fact))

    assert caught(widened_cases(), broken)


def test_a_fact_that_is_missing_does_change_something() -> None:
    """To change nothing says something: the facts named do change answers."""

    def broken(widened: Widened) -> bool:
        (program, known), _, less = widened
        return answers(assess(program, Facts(known))) != answers(
            assess(program, Facts(less))
        )

    assert caught(widened_cases(), broken)


@pytest.mark.parametrize("marked", [wrong.all_marked, wrong.none_marked])
def test_brute_force_catches(marked: Callable[[Evidence], Evidence]) -> None:
    """Too many decisive leaves are caught, and too few."""

    def broken(case: Case) -> bool:
        findings = assess(case.program, Facts(case.known)).findings
        trees = [marked(f.evidence) for f in findings]
        return any(any(brute_force.unsettling(t)) for t in trees)

    assert caught(cases(), broken)


def test_a_refusal_without_a_failed_leaf_is_caught() -> None:
    """Evidence that marks nothing names no reason for a refusal."""

    def broken(case: Case) -> bool:
        findings = assess(case.program, Facts(case.known)).findings
        refused = [f for f in findings if f.outcome is Outcome.INELIGIBLE]
        trees = [wrong.none_marked(f.evidence) for f in refused]
        return any(not list(brute_force.failed(tree)) for tree in trees)

    assert caught(cases(), broken)


@pytest.mark.parametrize(
    "mistake", [wrong.MissingIsFalse, wrong.CoarseIsExact, wrong.FirstTierOnly]
)
def test_backends_that_differ_are_caught(mistake: type[wrong.Wrong]) -> None:
    """A backend with a mistake does not tell what the reference tells."""

    def broken(case: Case) -> bool:
        facts = Facts(case.known)
        expected = told(assess(case.program, facts))
        return any(differences(expected, told(mistake.assess(case.program, facts))))

    assert caught(cases(), broken)
