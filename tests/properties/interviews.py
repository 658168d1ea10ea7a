"""Random rulebooks of up to eight facts, of which every firm can be tried.

What they say is told by a few lines of three-valued logic here, which share nothing
with the program.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.possible import exactly, one
from policy_match.domain.texts import NO_TEXT
from policy_match.ir import terms as t
from policy_match.ir.program import Tier
from tests.properties import vocabulary as v
from tests.properties.small_domains import small_programs

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Policy, Program

Given = dict[str, "Possible"]

BOOLS = ("private", "export", "urban", "barred", "young")
NUMBERS = ("people", "sales")
KIND = "kind"
LIMITS = (10, 300)
HIGHEST = 1000

FACTS = {
    **{b: FactSpec(b, FactType.BOOL, v.text(b)) for b in BOOLS},
    **{n: FactSpec(n, FactType.INT, v.text(n), low=0, high=HIGHEST) for n in NUMBERS},
    KIND: FactSpec(KIND, FactType.ENUM, v.text(KIND), members=v.enum_of(*v.KINDS)),
}


@dataclass(frozen=True)
class Small:
    """A rulebook, and the limits that it compares each number with."""

    program: Program
    limits: dict[str, set[int]] = field(default_factory=dict)
    facts: tuple[str, ...] = ()
    """The facts that its policies may read."""

    def answers(self, fact: str) -> tuple[Possible, ...]:
        """Return one answer for each cell that the limits make of a fact."""
        if fact in BOOLS:
            return (one(True), one(False))  # noqa: FBT003  (the two answers)
        if fact == KIND:
            return tuple(map(one, v.KINDS))
        return tuple(map(exactly, (0, *sorted(self.limits.get(fact, ())))))


class _Writer:
    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw
        self.limits: dict[str, set[int]] = {}
        size = draw(st.integers(4, len(FACTS)))
        self.facts = tuple(draw(st.permutations(tuple(FACTS))))[:size]

    def leaf(self) -> t.Condition:
        fact = self.draw(st.sampled_from(self.facts))
        if fact in BOOLS:
            return t.Leaf(t.Holds(fact, fact, frozenset((True,))))
        if fact == KIND:
            kinds = self.draw(st.sets(st.sampled_from(v.KINDS), min_size=1, max_size=2))
            return t.Leaf(t.Holds(f"kind in {sorted(kinds)}", KIND, frozenset(kinds)))
        limit = self.draw(st.sampled_from(LIMITS))
        self.limits.setdefault(fact, set()).add(limit)
        bound = t.Const(limit, FactType.INT, (), str(limit))
        text = f"{fact} >= {limit}"
        return t.Leaf(t.Compare(text, ">=", t.FactRef(fact), bound))

    def condition(self, depth: int) -> t.Condition:
        if depth == 0:
            leaf = self.leaf()
            return t.Not(leaf) if self.draw(st.booleans()) else leaf
        size = self.draw(st.integers(2, 3))
        parts = tuple(self.condition(depth - 1) for _ in range(size))
        return t.All(parts) if self.draw(st.booleans()) else t.AnyOf(parts)

    def tiers(self) -> tuple[Tier, ...]:
        kind = self.draw(st.integers(0, 3))
        if kind == 0:
            return ()
        amount = t.Const(Fraction(10) ** kind, FactType.MONEY, (), str(10**kind))
        if kind == 1:
            return (Tier("", NO_TEXT, None, amount),)
        high = Tier("high", NO_TEXT, self.condition(0), amount)
        return (high, Tier("low", NO_TEXT, None, t.Const(1, FactType.MONEY)))

    def policy(self, like: Policy, place: int) -> Policy:
        when = self.condition(self.draw(st.integers(1, 2)))
        return replace(like, id=f"p{place}", when=when, tiers=self.tiers())


@st.composite
def small_rulebooks(draw: DrawFn) -> Small:
    """Draw a rulebook of a few policies that share eight facts."""
    frame = draw(small_programs())
    writer = _Writer(draw)
    policies = tuple(
        writer.policy(frame.policies[0], n) for n in range(draw(st.integers(2, 4)))
    )
    program = replace(
        frame, facts=FACTS, definitions={}, policies=policies, groups=(), caps=(),
        worth={},
    )  # fmt: skip
    return Small(program, writer.limits, writer.facts)


def told(policy: Policy, firm: Given) -> object:
    """Return what a policy says of a complete firm: outcome, tier and amount."""
    eligible, _ = judged(policy.when, firm)
    if not eligible:
        return False
    for tier in policy.tiers:
        if tier.guard is None or judged(tier.guard, firm)[0]:
            return tier.name, tier.amount
    return True


def judged(condition: t.Condition, known: Given) -> tuple[bool | None, set[str]]:
    """Return whether a condition holds, and the facts it depends on where open."""
    match condition:
        case t.Leaf(test=test):
            return _tested(test, known)
        case t.Not(of=part):
            truth, facts = judged(part, known)
            return None if truth is None else not truth, facts
        case t.All(of=parts) | t.AnyOf(of=parts):
            settles = isinstance(condition, t.AnyOf)
            found = [judged(part, known) for part in parts]
            if any(truth is settles for truth, _ in found):
                return settles, set()
            facts = set().union(*(facts for _, facts in found))
            return (None if facts else not settles), facts


def _tested(test: t.Test, known: Given) -> tuple[bool | None, set[str]]:
    match test:
        case t.Holds(fact=fact, members=members):
            if fact not in known:
                return None, {fact}
            (member,) = known[fact].members  # type: ignore[union-attr,misc]
            return member in members, set()
        case t.Compare(left=t.FactRef(fact=fact), right=t.Const(value=limit)):
            if fact not in known:
                return None, {fact}
            return known[fact].low >= limit, set()  # type: ignore[union-attr]
        case _:
            raise AssertionError(test)
