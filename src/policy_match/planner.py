"""Which question to ask next.

Only facts on a path to something unsettled are asked; the best next one
leaves the fewest open, averaged over the answers it may get. Once nothing is
open, no answer to a fact that was not asked can change anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf, prod
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType, Settler
from policy_match.domain.possible import NO_VALUE, NONE, Choice, Interval, exactly, one
from policy_match.evaluator import Evaluation
from policy_match.ir import conditions as c
from policy_match.ir.expressions import Const, FactRef
from policy_match.openness import Openness
from policy_match.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.expressions import Expression
    from policy_match.ir.program import Policy, Program

_LOOKED_AT = 8
"""Facts whose answers are played through; the rest are ranked by a glance."""
_STATES = 7000
"""Sets of answers, of few facts, that are all played through: 3 to the 8th."""
_CELLS = 6
"""Answers that are played through for one fact."""
_MONEY = 2
"""How many times a policy with money in it counts."""
_ASKED = frozenset((Settler.FIRM, Settler.REGISTER))
_State = tuple[frozenset[tuple[str, "Possible"]], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Next:
    """A fact to ask for, and the policies it may help to settle."""

    fact: str
    settles: tuple[str, ...]


class Planner:
    """Plans an interview under one program.

    `policies` restricts it to some; facts settled by others than `settlers`
    are never asked. `states` bounds how far ahead the planner plays.
    """

    def __init__(
        self,
        program: Program,
        policies: Collection[str] | None = None,
        settlers: Collection[Settler] = _ASKED,
        states: int = _STATES,
    ) -> None:
        """Read the thresholds off the program."""
        self.program, self.settlers = program, frozenset(settlers)
        self.states = states
        self._played: dict[_State, Fraction] = {}
        self.policies = tuple(
            p for p in program.policies if policies is None or p.id in policies
        )
        self.weights = {p.id: _MONEY if p.tiers else 1 for p in self.policies}
        self.marks = _marks(program)

    def following(
        self, given: Mapping[str, Possible], unknown: Collection[str] = ()
    ) -> tuple[Next, ...]:
        """Return the facts worth asking for, the best first.

        `unknown` are facts the firm has said it does not know. Nothing is
        returned once no answer can change an outcome, a tier or an amount.
        """
        open_ = self._open(given, self.policies)
        settles: dict[str, list[str]] = {}
        for policy, facts in open_.items():
            for fact in facts:
                if self._asks(fact, unknown):
                    settles.setdefault(fact, []).append(policy)

        def glance(fact: str) -> float:
            return -sum(self.weights[p] / len(open_[p]) for p in settles[fact])

        ranked = sorted(settles, key=glance)
        head, tail = ranked[:_LOOKED_AT], ranked[_LOOKED_AT:]
        if not tail and self._playable(given, head):
            scores = {fact: self._average(given, fact, unknown) for fact in head}
        else:
            scores = {fact: self._left(given, fact, open_) for fact in head}
        head.sort(key=lambda fact: scores[fact])
        return tuple(Next(fact, tuple(settles[fact])) for fact in (*head, *tail))

    def _open(
        self, given: Mapping[str, Possible], policies: Sequence[Policy]
    ) -> dict[str, tuple[str, ...]]:
        """Return what is open of each policy that is not wholly settled."""
        verdicts = Evaluation(self.program, given)
        openness = Openness(verdicts)
        found: dict[str, tuple[str, ...]] = {}
        for policy in policies:
            facts = open_facts(verdicts, openness, policy)
            if facts:
                found[policy.id] = facts
        return found

    # ---- few facts: every interview is played through

    def _playable(self, given: Mapping[str, Possible], facts: Sequence[str]) -> bool:
        return prod(len(self._cells(given, f)) + 1 for f in facts) <= self.states

    def _average(
        self, given: Mapping[str, Possible], fact: str, unknown: Collection[str]
    ) -> Fraction:
        """Return how many questions follow on average once a fact is known."""
        answers = self._cells(given, fact)
        below = (self._least({**given, fact: a}, unknown) for a in answers)
        return sum(below, Fraction(0)) / len(answers)

    def _least(
        self, given: Mapping[str, Possible], unknown: Collection[str]
    ) -> Fraction:
        """Return how many questions the best order still needs on average."""
        state = frozenset(given.items()), frozenset(unknown)
        found = self._played.get(state)
        if found is None:
            open_ = self._open(given, self.policies)
            facts = {f for fs in open_.values() for f in fs if self._asks(f, unknown)}
            options = (self._average(given, f, unknown) for f in sorted(facts))
            found = 1 + min(options) if facts else Fraction(0)
            self._played[state] = found
        return found

    def _asks(self, fact: str, unknown: Collection[str]) -> bool:
        settler = self.program.facts[fact].settled_by
        return fact not in unknown and settler in self.settlers

    def _cells(self, given: Mapping[str, Possible], fact: str) -> tuple[Possible, ...]:
        spec = self.program.facts[fact]
        return cells(spec, given.get(fact, spec.unknown), self.marks.get(fact, ()))

    # ---- many facts: one answer ahead

    def _left(
        self,
        given: Mapping[str, Possible],
        fact: str,
        open_: Mapping[str, tuple[str, ...]],
    ) -> Fraction:
        """Return how much is left to ask on average once a fact is known."""
        touched = [p for p in self.policies if fact in open_.get(p.id, ())]
        names = {policy.id for policy in touched}
        others = {f for p, facts in open_.items() if p not in names for f in facts}
        answers = self._cells(given, fact)
        total = 0
        for answer in answers:
            then = self._open({**given, fact: answer}, touched)
            rest = {f for facts in then.values() for f in facts}
            total += len((rest | others) - {fact})
        return Fraction(total, len(answers))


def open_facts(
    verdicts: Evaluation, openness: Openness, policy: Policy
) -> tuple[str, ...]:
    """Return the facts that may still change an outcome, a tier or an amount."""
    outcome = Outcome.of(verdicts.truth(policy.when))
    if outcome is Outcome.INELIGIBLE:
        return ()
    found = openness.in_condition(policy.when)
    if policy.tiers:
        then = verdicts.narrowed(verdicts.program.narrowings[policy.id])
        within = openness if then is verdicts else Openness(then)
        found = tuple(dict.fromkeys((*found, *within.in_benefit(policy))))
    return found


# ---- the answers a fact may get


def cells(
    spec: FactSpec, now: Possible, marks: Collection[Number | str]
) -> tuple[Possible, ...]:
    """Return one answer for each part that the thresholds make of a fact."""
    found: list[Possible] = []
    if isinstance(now, Interval):
        if now.absent:
            found.append(NO_VALUE)
        numbers = [mark for mark in marks if not isinstance(mark, str)]
        found += [exactly(number) for number in _numbers(spec, now, numbers)]
    elif isinstance(now, Choice):
        members = now.members
        if members is None:
            members = frozenset(str(mark) for mark in marks) or frozenset(("",))
            members |= {"?"}
        found += [one(member) for member in sorted(members, key=str)]
        if now.absent:
            found.append(NONE)
    if len(found) > _CELLS:
        found = [found[i * len(found) // _CELLS] for i in range(_CELLS)]
    return tuple(found) or (now,)


def _numbers(
    spec: FactSpec, now: Interval, marks: Collection[Number]
) -> Iterator[Number]:
    """Yield a number below, between and above the marks, within what is possible."""
    if spec.type is FactType.INT and now.high - now.low < _CELLS:
        yield from range(int(now.low), int(now.high) + 1)
        return
    inside = sorted({m for m in marks if now.low <= m <= now.high})
    low = now.low if now.low != -inf else (inside[0] if inside else 0) - 1
    high = now.high if now.high != inf else (inside[-1] if inside else 0) + 1
    yield from sorted({low, *inside, max(low, high)})


def _marks(program: Program) -> dict[str, set[Number | str]]:
    """Return what each fact is compared with."""
    found: dict[str, set[Number | str]] = {}
    roots = [policy.when for policy in program.policies]
    roots += [t.guard for p in program.policies for t in p.tiers if t.guard]
    roots += [d.condition for d in program.definitions.values() if d.condition]
    sides: tuple[Expression, ...]
    for test in (leaf.test for root in roots for leaf in c.leaves(root)):
        match test:
            case c.Compare(left=left, right=right):
                sides = (left, right)
            case c.Within(of=of, low=low, high=high):
                sides = (of, low, high)
            case c.Under(fact=fact, codes=codes):
                found.setdefault(fact, set()).update(codes)
                continue
            case _:
                continue
        numbers = {side.value for side in sides if isinstance(side, Const)}
        for side in sides:
            if isinstance(side, FactRef):
                found.setdefault(side.fact, set()).update(numbers)
    return found
