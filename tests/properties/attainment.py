"""Whether a firm can get what an answer shows: a search among complete firms.

It shares nothing with the code that computes ranges. A firm is completed with
values beside the thresholds that a policy itself sets against its facts, and
`tests/properties/concrete.py` says what it gets.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval, Listing
from policy_match.ir import terms as t
from policy_match.ir.analysis import dependences, facts_beneath
from policy_match.ir.traversal import facts_of, roots, walk
from tests.properties.concrete import Concrete

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Policy, Program
    from policy_match.ir.traversal import Node
    from tests.properties.concrete import Firm, Value

VAST = 10**12
"""What stands for any amount, where a fact has no upper end."""
_STARTS = 12
_ROUNDS = 8
_EVERY = 3000
"""So many complete firms, or fewer, are tried one by one."""


class Aim(NamedTuple):
    """Which end of an amount is looked for."""

    sign: int
    share: Fraction
    """Where between its ends an authority fixes an amount."""


LOW, HIGH = Aim(-1, Fraction(0)), Aim(1, Fraction(1))


class Search:
    """Looks for the complete firm that gets the least, or the most, of a policy."""

    def __init__(
        self,
        program: Program,
        policy: Policy,
        given: Mapping[str, Possible],
        asked: str = "",
    ) -> None:
        """Find what the policy reads, and the values worth trying of each fact.

        `asked` is a derived fact that may be given in place of those below it.
        """
        self.program, self.policy = program, policy
        beneath = facts_beneath(program, policy.tiers, policy.when)
        thresholds = _thresholds(program, policy, beneath)
        self.values: dict[str, list[Value]] = {}
        for fact in _open(program, policy, {asked, *given}):
            spec = program.facts[fact]
            possible = given.get(fact, spec.unknown)
            self.values[fact] = list(_values(spec, possible, thresholds.get(fact, ())))

    def most(self, aim: Aim, enough: Fraction | None) -> Fraction | None:
        """Return the best amount found, at once where it is good enough.

        None where no firm found is eligible for an amount.
        """
        firms = 1
        for values in self.values.values():
            firms *= len(values)
        if firms <= _EVERY:
            found = [self._stands(firm, aim) for firm in self._every()]
        else:
            found = []
            draw = random.Random(self.policy.id)  # noqa: S311  (a test's choices)
            for _ in range(_STARTS):
                found.append(self._stands(self._climbed(draw, aim), aim))
                if _reaches(found[-1], aim, enough):
                    break
        score, best = max(found)
        return best * aim.sign if score == 1 and best != -inf else None

    def _every(self) -> Iterator[Firm]:
        for chosen in product(*self.values.values()):
            yield dict(zip(self.values, chosen, strict=True))

    def _climbed(self, draw: random.Random, aim: Aim) -> Firm:
        """Change a firm fact by fact for as long as that is of use."""
        firm = {fact: draw.choice(values) for fact, values in self.values.items()}
        best = self._stands(firm, aim)
        for _ in range(_ROUNDS):
            before = best
            for fact in draw.sample([*self.values], len(self.values)):
                for value in draw.sample(self.values[fact], len(self.values[fact])):
                    found = self._stands({**firm, fact: value}, aim)
                    if found >= best:
                        firm[fact], best = value, found
            if best == before:
                break
        return firm

    def _stands(self, firm: Firm, aim: Aim) -> tuple[Fraction, Fraction]:
        """Return how much of the condition holds, and the amount."""
        concrete = _Remembering(self.program, {**firm}, aim.share)
        score = _score(concrete, self.policy.when)
        verdict = concrete.verdict(self.policy)
        amount = verdict.amount if score == 1 else None
        return score, Fraction(-(10**30)) if amount is None else amount * aim.sign


class _Remembering(Concrete):
    """A complete firm of which each derived fact is found once."""

    def value(self, fact: str) -> Value:
        if fact not in self.firm:
            self.firm[fact] = super().value(fact)
        return self.firm[fact]


def _reaches(
    found: tuple[Fraction, Fraction], aim: Aim, enough: Fraction | None
) -> bool:
    score, amount = found
    return score == 1 and enough is not None and amount >= enough * aim.sign


def _score(concrete: Concrete, condition: t.Condition) -> Fraction:
    """Return the share of a condition that holds: one where all of it does."""
    match condition:
        case t.All(of=parts):
            held = [_score(concrete, part) for part in parts]
            return sum(held, Fraction(0)) / len(held) if held else Fraction(1)
        case t.AnyOf(of=parts):
            return max((_score(concrete, part) for part in parts), default=Fraction(0))
        case t.Leaf(test=t.Holds(fact=fact, members=members)) if members == {True}:
            definition = concrete.program.definitions.get(fact)
            if definition and definition.condition and fact not in concrete.firm:
                return _score(concrete, definition.condition)
    return Fraction(concrete.holds(condition))


# ---- what is open, and what is worth trying of it


def _open(program: Program, policy: Policy, given: Collection[str]) -> Iterator[str]:
    """Yield base facts, and given derived ones, that a policy may read."""
    parts: list[Node | None] = [policy.when]
    for tier in policy.tiers:
        parts += [tier.guard, tier.amount]
    pending = [fact for part in parts for fact in facts_of(part)][::-1]
    seen: set[str] = set()
    while pending:
        fact = pending.pop()
        if fact in seen:
            continue
        seen.add(fact)
        if fact in given or fact not in program.definitions:
            yield fact
        else:
            pending += [*facts_of(program.definitions[fact])][::-1]


def _thresholds(
    program: Program, policy: Policy, beneath: Iterable[str]
) -> Mapping[str, set[Fraction | str]]:
    """Return the numbers and codes that stand against each fact, at any depth."""
    found: dict[str, set[Fraction | str]] = {}
    parts: list[Node | None] = [policy.when]
    for tier in policy.tiers:
        parts += [tier.guard, tier.amount]
    read = [program.definitions[f] for f in beneath if f in program.definitions]
    trees = [root for thing in (*parts, *read) for root in roots(thing)]
    for tree in trees:
        for node in walk(tree):
            against = set(_constants(program, node))
            if against:
                for fact in dependences(program).beneath(facts_of(node)):
                    found.setdefault(fact, set()).update(against)
    return found


def _constants(program: Program, node: Node) -> Iterator[Fraction | str]:
    """Yield what a node sets against the facts that it reads."""
    match node:
        case t.Under(codes=codes):
            yield from codes
        case t.Lookup(rows=rows):
            yield from (code for code, _ in rows)
        case t.Brackets(bands=bands):
            yield from (Fraction(b.upto) for b in bands if b.upto is not None)
        case t.Compare() | t.Within() | t.Extreme():
            below = dependences(program).beneath(facts_of(node))
            bodies = [program.definitions[f] for f in below if f in program.definitions]
            for tree in (node, *(root for b in bodies for root in roots(b))):
                for inner in walk(tree):
                    if isinstance(inner, t.Const):
                        yield Fraction(inner.value)
        case _:
            return


def _values(
    spec: FactSpec, possible: Possible, thresholds: Iterable[Fraction | str]
) -> Iterator[Value]:
    """Yield values of a fact: at its ends, and at, below and above each threshold."""
    numbers = sorted(n for n in thresholds if isinstance(n, Fraction))
    match possible:
        case Interval():
            if possible.absent:
                yield None
            if possible.some:
                yield from _numbers(spec, possible, numbers)
        case Listing(items=None):
            quarters = Interval(0, inf)
            for number in _numbers(spec, quarters, numbers):
                yield (Fraction(number),) * 2
        case Listing(items=items):
            for ends in ([i.low for i in items or ()], [i.high for i in items or ()]):
                yield tuple(Fraction(min(end, VAST)) for end in ends)
        case Choice(members=members, absent=absent):
            if absent:
                yield None
            if spec.type is FactType.CODE:
                codes = [c for c in thresholds if isinstance(c, str)]
                yield from _codes(codes, members)
            elif members is None:
                yield "any"
            else:
                yield from sorted(members, key=str)


def _numbers(
    spec: FactSpec, possible: Interval, thresholds: list[Fraction]
) -> Iterator[int | Fraction]:
    step = Fraction(1) if spec.type in {FactType.INT, FactType.DATE} else spec.type.step
    near = [n + d for n in thresholds for d in (-step, 0, step)]
    low = -VAST if possible.low == -inf else possible.low
    high = VAST if possible.high == inf else possible.high
    if spec.type is FactType.DATE:
        low, high = max(low, 700_000), min(high, 800_000)
    tried = {Fraction(n) for n in (low, high, 0, step, *near) if low <= n <= high}
    whole = spec.type in {FactType.INT, FactType.DATE}
    yield from sorted(n for n in tried if not whole or n.denominator == 1)


def _codes(codes: list[str], members: frozenset[str | bool] | None) -> Iterator[str]:
    given = [""] if members is None else [str(member) for member in members]
    yield from (g for g in given if g)
    yield from (c for c in sorted(codes) if any(c.startswith(g) for g in given))
