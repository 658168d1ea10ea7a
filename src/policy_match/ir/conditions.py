"""Conditions: trees of `all`, `any` and `not` over tests.

A leaf is one test in one place; the same test in two policies is one `Test`
object, known by its canonical text, so that every backend computes it once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.codes import CodeSystem
    from policy_match.domain.texts import Citation, Text
    from policy_match.errors import Place
    from policy_match.ir.terms import Expression

Comparison = Literal["=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True, eq=False)
class Compare:
    """A comparison of two numbers or two dates."""

    text: str
    operator: Comparison
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Holds:
    """An enum, text or bool fact is one of some members."""

    text: str
    fact: str
    members: frozenset[str | bool]


@dataclass(frozen=True, slots=True, eq=False)
class Under:
    """A code fact lies at or below one of some codes."""

    text: str
    fact: str
    codes: frozenset[str]
    system: CodeSystem


@dataclass(frozen=True, slots=True, eq=False)
class Within:
    """A number or date lies between two ends, both included."""

    text: str
    of: Expression
    low: Expression
    high: Expression


@dataclass(frozen=True, slots=True, eq=False)
class Absent:
    """A fact is known to have no value: `fact = none`."""

    text: str
    fact: str


@dataclass(frozen=True, slots=True, eq=False)
class Fixed:
    """A test the day alone decides, such as `on >= 2022-01-01`."""

    text: str
    holds: bool


Test = Compare | Holds | Under | Within | Absent | Fixed


@dataclass(frozen=True, slots=True)
class Note:
    """What the author says of a condition: citation, plain words, reason, place."""

    cite: tuple[Citation, ...] = ()
    says: Text | None = None
    why: Text | None = None
    place: Place | None = None


NO_NOTE = Note()


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One test in one place of a tree."""

    test: Test
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True, eq=False)
class All:
    """Every part must hold."""

    of: tuple[Condition, ...]
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True, eq=False)
class AnyOf:
    """One part is enough."""

    of: tuple[Condition, ...]
    note: Note = NO_NOTE


@dataclass(frozen=True, slots=True, eq=False)
class Not:
    """The part must not hold."""

    of: Condition
    note: Note = NO_NOTE


Condition = All | AnyOf | Not | Leaf


@lru_cache(maxsize=4096)
def repeats(condition: Condition) -> bool:
    """Return whether a test stands in two places of the tree."""
    tests = [leaf.test for leaf in leaves(condition)]
    return len(set(tests)) < len(tests)


@lru_cache(maxsize=4096)
def nodes(condition: Condition) -> tuple[Condition, ...]:
    """Return every node of the tree, each before its parts."""
    match condition:
        case Leaf():
            return (condition,)
        case Not(of=part):
            return (condition, *nodes(part))
        case All(of=parts) | AnyOf(of=parts):
            return (condition, *(node for part in parts for node in nodes(part)))


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Yield every leaf of the tree, in the order written."""
    match condition:
        case Leaf():
            yield condition
        case Not(of=part):
            yield from leaves(part)
        case All(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from leaves(part)


def name(condition: Condition) -> str:
    """Return the canonical text of a leaf, or the word of an inner node."""
    match condition:
        case Leaf(test=test):
            return test.text
        case All():
            return "all"
        case AnyOf():
            return "any"
        case Not():
            return "not"
