"""Hypothesis strategies: random rulebooks, and random firms under them.

`cases()` is what most properties start from: a program, and what is known of
one firm. `completions(program, given)` draws the complete firms it may be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.properties import firms
from tests.properties.firms import (
    Case,
    Given,
    Widened,
    completions,
    known,
    possibles,
    profiles,
)
from tests.properties.rulebooks import Author
from tests.properties.trees import TESTS

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from policy_match.ir.program import Program

__all__ = [
    "Case",
    "Given",
    "Widened",
    "cases",
    "completions",
    "known",
    "possibles",
    "profiles",
    "programs",
    "widened_cases",
]


@st.composite
def programs(draw: DrawFn, focus: tuple[str, ...] = TESTS) -> Program:
    """Draw a random rulebook, as of one day; `focus` names its kinds of test."""
    author = Author(draw)
    author.focus = focus
    return author.program()


def cases(focus: tuple[str, ...] = TESTS) -> st.SearchStrategy[Case]:
    """Draw a rulebook and what is known of one firm."""
    return firms.cases(programs(focus))


def widened_cases() -> st.SearchStrategy[Widened]:
    """Draw a rulebook, a firm, and a fact of which less may be known."""
    return firms.widened_cases(cases())
