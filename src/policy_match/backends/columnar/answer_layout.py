"""Which columns the answer for one policy has, and what their bits mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from policy_match.domain.truth import FALSE, TRUE, UNKNOWN, Truth, negation
from policy_match.ir.analysis import dependences
from policy_match.ir.terms import (
    All,
    AnyOf,
    Cases,
    Leaf,
    Not,
    Switch,
)
from policy_match.ir.traversal import leaves, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.ir.program import Component, Policy, Program
    from policy_match.ir.terms import Condition

INELIGIBLE, UNDETERMINED, ELIGIBLE = range(3)
"""The values of an outcome column."""
UNSET, MAYBE_NOTHING, NOTHING = 1, 2, 4
"""The bits of a state column: no document fixes the amount; it may have no
value; it surely has none."""
FAILS, OPEN, _, HOLDS = range(4)
"""Two bits a leaf: false, unknown, true."""
WORD = 64
PER_WORD = WORD // 2
_TYPES: dict[int, type[pl.DataType]] = {
    8: pl.UInt8,
    16: pl.UInt16,
    32: pl.UInt32,
    64: pl.UInt64,
}
_TRUTHS = (FALSE, UNKNOWN, UNKNOWN, TRUE)


def word_type(bits: int) -> type[pl.DataType]:
    """Return the narrowest word that holds so many bits, 64 at most."""
    return next((t for width, t in _TYPES.items() if bits <= width), pl.UInt64)


class Reasons(NamedTuple):
    """What one reason word says of a policy."""

    truths: tuple[Truth, ...]
    """The truth of each leaf, in the order written."""
    failed: tuple[Leaf, ...]
    """The leaves by which the policy fails; none where it does not."""
    open: tuple[str, ...]
    """The facts open for the outcome; only where the word alone says so."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """The columns of one policy.

    `<policy>.outcome`, `.reason` (two bits a leaf) always; `.low`, `.high` (in
    cents, rounded), `.state`, `.tiers` (a bit a tier) and `.wants` (a bit a
    fact that the tier or amount still wants) where there is money; `.open` (a
    bit a fact open for the outcome) where the reasons do not say; `.selected`
    and `.excluded_by` (a place among `rivals`) in a component of several. Words that
    64 bits do not hold go on in `.reason.1` and so on.
    """

    policy: Policy
    program: Program
    component: Component | None
    """What relations tie the policy to, where it may have a rival there."""

    @property
    def rivals(self) -> tuple[str, ...]:
        """All policies of the component, in the order that settles ties."""
        return () if self.component is None else self.component.policies

    def name(self, column: str) -> str:
        """Return the full name of a column."""
        return f"{self.policy.id}.{column}"

    def names(self, column: str, words: int) -> tuple[str, ...]:
        """Return the names of the words of one kind."""
        first = self.name(column)
        return (first, *(f"{first}.{number}" for number in range(1, words)))

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves of the policy's condition, in the order written."""
        return tuple(leaves(self.policy.when))

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """The names of the reason words."""
        return self.names("reason", -(-len(self.leaves) // PER_WORD) or 1)

    @cached_property
    def reason_type(self) -> type[pl.DataType]:
        """The type of the reason words."""
        return word_type(2 * len(self.leaves))

    @cached_property
    def simple(self) -> bool:
        """Whether the reasons alone say which facts are open for the outcome."""
        return all(_simple(self.program, leaf) for leaf in self.leaves)

    @cached_property
    def open_facts(self) -> tuple[str, ...]:
        """The facts that may be open for the outcome, a bit each."""
        return dependences(self.program).listed(self.policy.when)

    @cached_property
    def opens(self) -> tuple[str, ...]:
        """The names of the words of open facts; none where reasons say so."""
        if self.simple:
            return ()
        return self.names("open", -(-len(self.open_facts) // WORD))

    @cached_property
    def wanted_facts(self) -> tuple[str, ...]:
        """The facts that the tier or the amount may want, a bit each."""
        found: dict[str, None] = {}
        for tier in self.policy.tiers:
            for part in (tier.guard, tier.amount):
                if part is not None:
                    found |= dict.fromkeys(dependences(self.program).listed(part))
        return tuple(found)

    @cached_property
    def wants(self) -> tuple[str, ...]:
        """The names of the words of wanted facts."""
        return self.names("wants", -(-len(self.wanted_facts) // WORD))[
            : len(self.wanted_facts)
        ]

    @cached_property
    def schema(self) -> dict[str, type[pl.DataType]]:
        """Every column of the policy, in order, with its type."""
        kinds: dict[str, type[pl.DataType]] = {self.name("outcome"): pl.UInt8}
        kinds |= dict.fromkeys(self.reasons, self.reason_type)
        kinds |= dict.fromkeys(self.opens, word_type(len(self.open_facts)))
        if self.policy.tiers:
            kinds[self.name("low")] = kinds[self.name("high")] = pl.Int64
            kinds[self.name("state")] = pl.UInt8
            kinds[self.name("tiers")] = word_type(len(self.policy.tiers))
            kinds |= dict.fromkeys(self.wants, word_type(len(self.wanted_facts)))
        if self.component is not None:
            kinds[self.name("selected")] = pl.Boolean
            kinds[self.name("excluded_by")] = pl.UInt8
        return kinds

    def read(self, words: tuple[int, ...]) -> Reasons:
        """Return what the reason words of one row say."""
        whole = sum(word << WORD * place for place, word in enumerate(words))
        return _read(self, whole)


@lru_cache(maxsize=1 << 16)
def _read(sheet: Sheet, word: int) -> Reasons:
    codes = [(word >> 2 * place) & 3 for place in range(len(sheet.leaves))]
    by_leaf = {id(x): code for x, code in zip(sheet.leaves, codes, strict=True)}
    root = sheet.policy.when
    opened = dict.fromkeys(_open(sheet.program, root, by_leaf)) if sheet.simple else {}
    failed = tuple(_failed(root, by_leaf, FALSE))
    return Reasons(tuple(_TRUTHS[code] for code in codes), failed, tuple(opened))


def _truth(condition: Condition, codes: dict[int, int]) -> Truth:
    match condition:
        case Leaf():
            return _TRUTHS[codes[id(condition)]]
        case Not(of=part):
            return negation(_truth(part, codes))
        case All(of=parts):
            return min((_truth(part, codes) for part in parts), default=TRUE)
        case AnyOf(of=parts):
            return max((_truth(part, codes) for part in parts), default=FALSE)


def _failed(condition: Condition, codes: dict[int, int], by: Truth) -> Iterator[Leaf]:
    """Yield the leaves that make the condition false (or, below `not`, true)."""
    if _truth(condition, codes) is not by:
        return
    match condition:
        case Leaf():
            yield condition
        case Not(of=part):
            yield from _failed(part, codes, negation(by))
        case All(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _failed(part, codes, by)


def _open(
    program: Program, condition: Condition, codes: dict[int, int]
) -> Iterator[str]:
    if _truth(condition, codes) is not UNKNOWN:
        return
    match condition:
        case Leaf():
            if codes[id(condition)] == OPEN:
                yield from dependences(program).listed(condition)
        case Not(of=part):
            yield from _open(program, part, codes)
        case All(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _open(program, part, codes)


def _simple(program: Program, leaf: Leaf) -> bool:
    """Return whether an unknown leaf leaves one base fact open, and no other."""
    facts = dependences(program).listed(leaf)
    if any(fact in program.definitions for fact in facts) or len(facts) > 1:
        return False
    return not any(isinstance(node, Cases | Switch) for node in walk(leaf))
