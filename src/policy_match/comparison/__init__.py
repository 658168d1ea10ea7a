"""What differs between two laws: two rulebooks, or two days of one.

`law` compares what they say, by meaning: layout, order and names of files take no
part, and wording is told apart from meaning. `firms` says whom it touches.
"""

from policy_match.comparison.conditions import ConditionChange
from policy_match.comparison.firms import Effect, Effects, Example, of_firms
from policy_match.comparison.law import (
    FactChange,
    FigureChange,
    LawChanges,
    PolicyChange,
    compare_laws,
)

__all__ = [
    "ConditionChange",
    "Effect",
    "Effects",
    "Example",
    "FactChange",
    "FigureChange",
    "LawChanges",
    "PolicyChange",
    "compare_laws",
    "of_firms",
]
