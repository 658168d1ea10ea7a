"""What a condition that holds says of single facts."""

from __future__ import annotations

from math import inf

import pytest

from policy_match.domain.facts import FactType
from policy_match.domain.possible import NONE, Choice, Interval
from policy_match.domain.texts import NO_TEXT
from policy_match.ir.narrowing import Narrowing, narrowings
from policy_match.ir.terms import (
    Absent,
    All,
    AnyOf,
    Case,
    Cases,
    Condition,
    FactRef,
    Fixed,
    Leaf,
    Not,
    Within,
)
from policy_match.semantics.one_firm import Evaluation
from tests.unit.small_programs import compare, const, defined, fact, holds, program

SIZES = {"large": NO_TEXT, "small": NO_TEXT, "micro": NO_TEXT}
SMALL = All((compare("people", "<=", 300), compare("assets", "<=", 50)))
PROGRAM = program(
    [
        fact("people", FactType.INT, low=0),
        fact("assets", FactType.MONEY, low=0),
        fact("size", FactType.ENUM, members=SIZES, may_be_none=True),
        fact("resident", FactType.BOOL),
        fact("fair_on", FactType.DATE, may_be_none=True),
    ],
    [],
    [defined(fact("slp", FactType.BOOL, derived=True), condition=SMALL)],
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (compare("people", "<=", 300), [("people", Interval(-inf, 300))]),
        (compare("people", "<", 300), [("people", Interval(-inf, 299))]),
        (compare("people", ">", 300), [("people", Interval(301, inf))]),
        (compare("assets", "<", 50), [("assets", Interval(-inf, 50))]),
        (compare("people", ">=", 20), [("people", Interval(20, inf))]),
        (compare("people", "=", 20), [("people", Interval(20, 20))]),
        (
            Leaf(Within("in", FactRef("people"), const(20), const(300))),
            [("people", Interval(20, 300))],
        ),
        (
            holds("size", "small", "micro"),
            [("size", Choice(frozenset({"small", "micro"})))],
        ),
        (
            Not(holds("size", "large")),
            [("size", Choice(frozenset({"small", "micro"}), absent=True))],
        ),
        (Not(holds("resident")), [("resident", Choice(frozenset({False})))]),
        (Leaf(Absent("none", "fair_on")), [("fair_on", NONE)]),
        (
            All((compare("people", ">=", 20), All((compare("assets", "<=", 50),)))),
            [("people", Interval(20, inf)), ("assets", Interval(-inf, 50))],
        ),
        (AnyOf((compare("people", ">=", 20), holds("resident"))), []),
        (
            AnyOf((compare("people", "<", 20), compare("people", "<=", 300))),
            [("people", Interval(-inf, 300))],
        ),
        (
            AnyOf(
                (
                    All((compare("people", "<", 20), holds("resident"))),
                    AnyOf((compare("people", "<=", 300), compare("people", "<", 5))),
                )
            ),
            [("people", Interval(-inf, 300))],
        ),
        (
            AnyOf((Leaf(Fixed("on >= 2030-01-01", holds=False)), holds("resident"))),
            [("resident", Choice(frozenset({True})))],
        ),
        (Not(compare("people", ">=", 20)), [("people", Interval(-inf, 19))]),
        (Not(compare("people", "=", 20)), []),
        (Not(compare("fair_on", ">=", 20)), []),
        (
            Not(AnyOf((compare("people", "<", 20), holds("resident")))),
            [
                ("people", Interval(20, inf)),
                ("resident", Choice(frozenset({False}))),
            ],
        ),
        (
            Not(All((compare("people", "<", 20), compare("people", "<", 50)))),
            [("people", Interval(20, inf))],
        ),
        (
            Not(All((Leaf(Fixed("on", holds=True)), compare("people", "<", 20)))),
            [("people", Interval(20, inf))],
        ),
        (Not(Not(compare("people", "<=", 300))), [("people", Interval(-inf, 300))]),
        (compare(FactRef("people"), "<=", FactRef("assets")), []),
    ],
)
def test_narrowings(
    condition: Condition, expected: list[tuple[str, Interval | Choice]]
) -> None:
    """Only what every eligible firm has in common.

    What `not` says of a day is nothing: there may be none.
    """
    assert narrowings(PROGRAM, condition) == tuple(Narrowing(*one) for one in expected)


def test_a_bound_may_stand_on_either_side() -> None:
    """`300 >= people` says what `people <= 300` says."""
    turned = compare(const(300), ">=", FactRef("people"))
    assert narrowings(PROGRAM, turned) == (Narrowing("people", Interval(-inf, 300)),)


def test_a_derived_fact_says_what_its_definition_says_unless_it_is_given() -> None:
    """`slp` says its bounds; where `slp` was given, its base facts are free."""
    assert narrowings(PROGRAM, holds("slp")) == (
        Narrowing("slp", Choice(frozenset({True}))),
        Narrowing("people", Interval(-inf, 300), ("slp",)),
        Narrowing("assets", Interval(-inf, 50), ("slp",)),
    )
    found = narrowings(PROGRAM, holds("slp"))
    computed = Evaluation(PROGRAM, {}).narrowed(found)
    assert computed.value("people") == Interval(0, 300)
    taken = Evaluation(PROGRAM, {"slp": Choice(frozenset({True}))}).narrowed(found)
    assert taken.value("people") == Interval(0, inf)


def test_a_limit_that_is_derived_narrows_as_far_as_it_may_go() -> None:
    """Two limits, by who asks: nobody is above the higher, unless it is given."""
    branches = (Case(holds("resident"), const(300)), Case(None, const(20)))
    book = program(
        [fact("people", low=0), fact("resident", FactType.BOOL)],
        [],
        [defined(fact("limit", derived=True), Cases(branches))],
    )
    within = compare("people", "<=", FactRef("limit"))
    assert narrowings(book, within) == (
        Narrowing("people", Interval(-inf, 300), ("limit",)),
    )


def test_narrowing_to_nothing_is_no_narrowing() -> None:
    """Where conditions contradict what is given, the given value stays."""
    given = {"people": Interval(400, 500)}
    found = narrowings(PROGRAM, compare("people", "<=", 300))
    assert Evaluation(PROGRAM, given).narrowed(found).value("people") == given["people"]


def test_what_is_settled_is_not_narrowed() -> None:
    """One value needs no narrowing, and the evaluation stays the same."""
    evaluation = Evaluation(PROGRAM, {"people": Interval(100, 100)})
    found = narrowings(PROGRAM, compare("people", "<=", 300))
    assert evaluation.narrowed(found) is evaluation
