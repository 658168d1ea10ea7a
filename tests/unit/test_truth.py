"""Kleene's strong logic, against his tables written out."""

from __future__ import annotations

import pytest

from policy_match.domain.truth import (
    FALSE,
    TRUE,
    UNKNOWN,
    Truth,
    conjunction,
    disjunction,
    negation,
    of_possibilities,
)

F, U, T = FALSE, UNKNOWN, TRUE


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (F, F, F, F),
        (F, U, F, U),
        (F, T, F, T),
        (U, F, F, U),
        (U, U, U, U),
        (U, T, U, T),
        (T, F, F, T),
        (T, U, U, T),
        (T, T, T, T),
    ],
)
def test_all_and_any(a: Truth, b: Truth, both: Truth, either: Truth) -> None:
    """False settles `all`, true settles `any`, else unknown stays."""
    assert conjunction([a, b]) is both
    assert disjunction([a, b]) is either


@pytest.mark.parametrize(("a", "turned"), [(F, T), (U, U), (T, F)])
def test_not(a: Truth, turned: Truth) -> None:
    """`not` of unknown is unknown."""
    assert negation(a) is turned


def test_nothing_to_meet_is_met_and_nothing_to_choose_is_not() -> None:
    """`all` of nothing is true, `any` of nothing is false."""
    assert conjunction([]) is T
    assert disjunction([]) is F


@pytest.mark.parametrize(
    ("can_hold", "can_fail", "truth"),
    [(True, True, U), (True, False, T), (False, True, F)],
)
def test_of_possibilities(can_hold: bool, can_fail: bool, truth: Truth) -> None:
    """What can hold and can fail is unknown."""
    assert of_possibilities(can_hold, can_fail) is truth


def test_words() -> None:
    """The words of the contract's JSON."""
    assert [t.word for t in (F, U, T)] == ["false", "unknown", "true"]
