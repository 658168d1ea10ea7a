"""Why an outcome stands: decisive leaves and open facts, by hand."""

from __future__ import annotations

import pytest

from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Interval, Possible, one
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN
from policy_match.ir.terms import (
    All,
    AnyOf,
    Condition,
    FactRef,
    Fixed,
    Leaf,
    Lookup,
    Not,
    Under,
)
from policy_match.semantics.assessment import assess
from policy_match.semantics.explanation import decisive_leaves, evidence, settles
from policy_match.semantics.one_firm import Evaluation
from tests.unit.small_programs import (
    SYSTEM,
    compare,
    defined,
    fact,
    holds,
    policy,
    program,
)

A, B, C, D = (holds(name) for name in "abcd")
A_AGAIN = Leaf(A.test)
TODAY = Leaf(Fixed("on < 2022-01-01", holds=False))
BASE = [
    *(fact(name, FactType.BOOL) for name in "abcd"),
    fact("industry", FactType.CODE, system="listed"),
    fact("people", FactType.INT, low=0),
]
PROGRAM = program(BASE, [])


def known(truths: str) -> dict[str, Possible]:
    """Return what is known of a, b, c, d: `t`, `f` or `u` for each."""
    pairs = zip("abcd", truths, strict=False)
    return {name: one(word == "t") for name, word in pairs if word != "u"}


@pytest.mark.parametrize(
    ("condition", "truths", "decisive"),
    [
        (All((A, B)), "tt", {A, B}),
        (All((A, B)), "tf", {B}),
        (All((A, B)), "ff", {A}),
        (All((A, B)), "uf", {B}),
        (All((A, B)), "tu", {A, B}),
        (AnyOf((A, B)), "ft", {B}),
        (AnyOf((A, B)), "tt", {A}),
        (AnyOf((A, B)), "ff", {A, B}),
        (Not(A), "t", {A}),
        (Not(AnyOf((A, B))), "ft", {B}),
        # two failed leaves of one part, or one of the other: the fewer
        (All((AnyOf((A, B)), C)), "fff", {C}),
        (AnyOf((All((A, B)), C)), "ttt", {C}),
        # the same test twice settles twice
        (All((A, AnyOf((B, A_AGAIN)))), "ttu", {A}),
        (TODAY, "", {TODAY}),
        (All((TODAY, A)), "t", {TODAY}),
    ],
)
def test_decisive_leaves(
    condition: Condition, truths: str, decisive: set[Leaf]
) -> None:
    """They settle the outcome by themselves, and none can be left out."""
    evaluation = Evaluation(PROGRAM, known(truths))
    assert decisive_leaves(evaluation, condition) == decisive


def test_an_undetermined_outcome_needs_what_holds_it_from_both_sides() -> None:
    """Unknown stays unknown only while nothing else settles it."""
    condition = AnyOf((All((A, B)), All((C, D))))
    evaluation = Evaluation(PROGRAM, known("tuuf"))
    found = decisive_leaves(evaluation, condition)
    assert found == {A, B, C}
    assert settles(evaluation, condition, found)
    assert not settles(evaluation, condition, found - {C})


def test_evidence_is_the_tree_with_a_truth_at_every_node() -> None:
    """Decisive is said of leaves alone."""
    tree = evidence(Evaluation(PROGRAM, known("fut")), AnyOf((All((A, B)), Not(C))))
    assert tree.truth is FALSE
    both, turned = tree.of
    assert (both.truth, turned.truth) == (FALSE, FALSE)
    assert [leaf.truth for leaf in both.of] == [FALSE, UNKNOWN]
    assert [leaf.decisive for leaf in both.of] == [True, False]
    (inner,) = turned.of
    assert (inner.truth, inner.decisive) == (TRUE, True)
    assert not tree.decisive
    assert not turned.decisive


IN_C13 = Leaf(Under("industry in [C13]", "industry", frozenset({"C13"}), SYSTEM))
FOOD = Lookup("industry", (("C13", "food"), ("C", "other")), SYSTEM)


@pytest.mark.parametrize(
    ("when", "given", "missing"),
    [
        (All((A, B)), known("t"), ("b",)),
        (All((A, B)), known("uu"), ("a", "b")),
        (All((A, B)), known("fu"), ()),
        (AnyOf((A, B)), known("fu"), ("b",)),
        # a coarse code is known, and still open
        (IN_C13, {"industry": one("C")}, ("industry",)),
        (IN_C13, {"industry": one("C1311")}, ()),
        (holds("label", "food"), {"industry": one("C")}, ("industry",)),
        # a range is an answer, and may be open
        (compare("people", ">=", 20), {"people": Interval(10, 30)}, ("people",)),
        (compare("people", ">=", 20), {"people": Interval(20, 30)}, ()),
        # beneath a derived fact, unless it is given
        (holds("both"), known("tu"), ("b",)),
        (holds("both"), {"both": one(True)}, ()),  # noqa: FBT003
        (compare("same", ">=", 20), {}, ("people",)),
        (compare("same", ">=", 20), {"same": Interval(10, 30)}, ("same",)),
    ],
)
def test_missing_names_the_base_facts_that_no_given_value_hides(
    when: Condition, given: dict[str, Possible], missing: tuple[str, ...]
) -> None:
    """What is named is open, and what is open is named."""
    firm = program(
        BASE,
        [policy("p", when)],
        [
            defined(fact("both", FactType.BOOL, derived=True), None, All((A, B))),
            defined(fact("label", FactType.ENUM, derived=True), FOOD),
            defined(fact("same", derived=True), FactRef("people")),
        ],
    )
    found = assess(firm, Facts(given)).finding("p")
    assert found.missing == found.open_for_outcome == missing
