"""Hierarchical codes: a coarse code means every code below it."""

from __future__ import annotations

import pytest

from policy_match.domain.codes import CodeSystem, look_up, under
from policy_match.domain.possible import NONE, Choice
from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth

LISTED = CodeSystem("listed", {"A": ("A01", "A02"), "C": ("C13", "C16")})
FREE = CodeSystem("free")
ANY = Choice(None)


def code(*codes: str, absent: bool = False) -> Choice:
    """Return a code fact that may be any of some codes."""
    return Choice(frozenset(codes), absent)


@pytest.mark.parametrize(
    ("value", "codes", "truth"),
    [
        (code("C1620"), {"C16"}, TRUE),
        (code("C16"), {"C16"}, TRUE),
        (code("C"), {"C16"}, UNKNOWN),
        (code("C13"), {"C16"}, FALSE),
        (code("C162"), {"C1620"}, UNKNOWN),
        (code("C1621"), {"C1620"}, FALSE),
        (code("C1620", "A0111"), {"C"}, UNKNOWN),
        (code("C1620", "A0111"), {"C", "A"}, TRUE),
        (code("C1620", absent=True), {"C16"}, UNKNOWN),
        (code("C13", absent=True), {"C16"}, FALSE),
        (NONE, {"C16"}, FALSE),
        (ANY, {"C16"}, UNKNOWN),
        (Choice(None, absent=True), {"C16"}, UNKNOWN),
    ],
)
@pytest.mark.parametrize("system", [LISTED, FREE], ids=["listed", "free"])
def test_under(
    value: Choice, codes: set[str], truth: Truth, system: CodeSystem
) -> None:
    """The contract's examples, and absence, which is in nothing."""
    assert under(value, frozenset(codes), system) is truth


def test_a_section_is_its_divisions_and_nothing_else() -> None:
    """Where all divisions of a section are named, so is the section."""
    both = frozenset({"C13", "C16"})
    assert under(code("C"), both, LISTED) is TRUE
    assert under(code("C"), both, FREE) is UNKNOWN
    every = frozenset({"A", "C"})
    assert under(ANY, every, LISTED) is TRUE
    assert under(Choice(None, absent=True), every, LISTED) is UNKNOWN


ROWS = (("C", "industry"), ("C16", "tobacco"), ("C1622", "leaf"), ("A01", "farm"))


@pytest.mark.parametrize(
    ("value", "labels", "absent"),
    [
        (code("C1311"), {"industry"}, False),
        (code("C1610"), {"tobacco"}, False),
        (code("C1622"), {"leaf"}, False),
        (code("C162"), {"tobacco", "leaf"}, False),
        (code("C"), {"industry", "tobacco", "leaf"}, False),
        (code("A0111"), {"farm"}, False),
        (code("A0211"), set(), True),
        (code("A"), {"farm"}, True),
        (NONE, set(), True),
        (ANY, {"industry", "tobacco", "leaf", "farm"}, True),
    ],
)
def test_look_up(value: Choice, labels: set[str], absent: bool) -> None:
    """The longest matching code wins; no row, no label."""
    assert look_up(value, ROWS, LISTED) == Choice(frozenset(labels), absent)


def test_a_section_covered_by_its_divisions_has_only_their_labels() -> None:
    """No firm is in a section without being in one of its divisions."""
    rows = (("C", "other"), ("C13", "food"), ("C16", "tobacco"))
    assert look_up(code("C"), rows, LISTED) == code("food", "tobacco")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C1311", "C1311"),
        (" c13 ", "C13"),
        ("1311", "C1311"),
        ("C", "C"),
        ("99", None),
        ("Z1", None),
        ("C1", None),
        ("C99", None),
        ("C13111", None),
        ("C13x", None),
    ],
)
def test_normal(text: str, expected: str | None) -> None:
    """Digits alone find their section; what has no place is refused."""
    assert LISTED.normal(text) == expected
