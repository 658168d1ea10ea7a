"""The smallest changes, or the first day, that would make a firm eligible."""

from __future__ import annotations

from itertools import combinations, product
from math import inf
from typing import TYPE_CHECKING

from policy_match.advice.counterfactuals.days import first_day
from policy_match.advice.counterfactuals.moves import Axis, moves, reach
from policy_match.advice.counterfactuals.reachability import Hope
from policy_match.advice.counterfactuals.search import Budget, least
from policy_match.advice.counterfactuals.thresholds import thresholds
from policy_match.domain.possible import Interval
from policy_match.domain.truth import TRUE
from policy_match.ir.analysis import narrowed_by
from policy_match.semantics.one_firm import Evaluation
from policy_match.semantics.outcome import Benefit, Loss, Proposal, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from policy_match.advice.counterfactuals.moves import Move
    from policy_match.advice.counterfactuals.search import Box
    from policy_match.domain.facts import Facts
    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.program import Policy, Program

_BOXES = 3000
"""Boxes and sets judged for one policy before it is given up."""
_BEYOND = 4
"""Facts of one set that are not in every set."""


def proposals(
    program: Program,
    facts: Facts,
    policies: Collection[str] | None = None,
    on: Callable[[date], Program] | None = None,
    boxes: int = _BOXES,
) -> dict[str, tuple[Proposal, ...]]:
    """Return the proposals for each policy the firm is not eligible for.

    The nearest comes first, and none contains another. `policies` restricts
    them to some; `on` gives the law of a later day, without which no day is
    proposed. `boxes` bounds the search for one policy.
    """
    firm = _Firm(program, facts.given)
    found: dict[str, tuple[Proposal, ...]] = {}
    for policy in program.policies:
        if policies is not None and policy.id not in policies:
            continue
        if firm.now.truth(policy.when) is TRUE:
            continue
        some = [*firm.proposals(policy, boxes)]
        if on is not None:
            day = first_day(firm.now, policy, on)
            if day is not None:
                law = on(day)
                then = Evaluation(law, facts.given)
                benefit = benefit_of(then, law.by_id[policy.id])
                some.append(Proposal(policy.id, (), benefit, day))
        if some:
            found[policy.id] = tuple(sorted(some, key=lambda p: p.effort))
    return found


class _Firm:
    """One firm: what it is, and everything it can be moved to."""

    def __init__(self, program: Program, given: Mapping[str, Possible]) -> None:
        self.program, self.given = program, given
        self.now = Evaluation(program, given)
        day = program.day.toordinal()
        self.ways: dict[str, tuple[Move, ...]] = {}
        self.wide: dict[str, Possible] = {}
        for spec in program.facts.values():
            if spec.derived:
                continue
            now = given.get(spec.id, spec.unknown)
            ways = moves(spec, now, day)
            if ways:
                self.ways[spec.id] = ways
                self.wide[spec.id] = reach(now, ways)
        everything = Evaluation(program, {**given, **self.wide})
        self.strict = Hope(everything, self.ways, decided=False)
        self.lenient = Hope(everything, self.ways, decided=True)
        self._hopes: dict[tuple[frozenset[tuple[str, Possible]], bool], Hope] = {}

    def hope(self, moved: Mapping[str, Possible], *, decided: bool) -> Hope:
        """Return the firm moved so; policies that rest on the same facts share it."""
        key = frozenset(moved.items()), decided
        found = self._hopes.get(key)
        if found is None:
            verdicts = self.now.moved(moved)
            found = self._hopes[key] = Hope(verdicts, moved, decided=decided)
        return found

    def lost(self, then: Evaluation, moved: Collection[str]) -> Iterator[Loss]:
        """Yield what the firm is eligible for now and, moved so, no longer surely."""
        if self.given.keys().isdisjoint(moved):
            return
        for policy in self.program.policies:
            if self.now.truth(policy.when) is TRUE is not then.truth(policy.when):
                yield Loss(policy.id, benefit_of(self.now, policy).amount)

    def proposals(self, policy: Policy, boxes: int) -> Iterator[Proposal]:
        """Yield one proposal for each smallest set of facts."""
        hope = self.strict
        if not hope.may_hold(policy.when):
            hope = self.lenient
            here = Hope(self.now, (), decided=True)
            if not hope.may_hold(policy.when) or here.holds(policy.when):
                return
        reached = hope.verdicts.missing.in_condition(policy.when)
        facts = [fact for fact in reached if fact in self.ways]
        task = _Task(self, policy, Budget(boxes), decided=hope.decided)
        for some in _candidates(facts, task.hopeful):
            found = task.solve(some)
            if found is not None:
                task.solved.append(frozenset(some))
                yield found


def _candidates(
    facts: list[str], hopeful: Callable[[Collection[str]], bool]
) -> Iterator[tuple[str, ...]]:
    """Yield sets of facts that may do, the smaller first."""
    needed = {f for f in facts if not hopeful([x for x in facts if x != f])}
    rest = [fact for fact in facts if fact not in needed]
    for size in range(min(len(rest), _BEYOND) + 1):
        for extra in combinations(rest, size):
            some = tuple(f for f in facts if f in needed or f in extra)
            if some and hopeful(some):
                yield some


class _Task:
    """One policy that a firm is to be made eligible for."""

    def __init__(
        self, firm: _Firm, policy: Policy, budget: Budget, *, decided: bool
    ) -> None:
        self.firm, self.policy, self.decided = firm, policy, decided
        self.budget = budget
        self.solved: list[frozenset[str]] = []

    def hopeful(self, facts: Collection[str]) -> bool:
        """Return whether moving these facts, and no others, may do."""
        if any(known <= frozenset(facts) for known in self.solved):
            return False
        if self.budget.left <= 0:
            return False
        self.budget.left -= 1
        wide = {fact: self.firm.wide[fact] for fact in facts}
        return self._hope(wide).may_hold(self.policy.when)

    def _hope(self, moved: Mapping[str, Possible]) -> Hope:
        return self.firm.hope(moved, decided=self.decided)

    def solve(self, facts: Collection[str]) -> Proposal | None:
        """Return the nearest proposal that moves just these facts."""
        ways = product(*(self.firm.ways[fact] for fact in facts))
        found = [p for p in map(self._along, ways) if p is not None]
        return min(found, key=lambda p: p.effort, default=None)

    def _along(self, ways: tuple[Move, ...]) -> Proposal | None:
        """Return the proposal that moves facts in these ways."""
        axes = [way for way in ways if isinstance(way, Axis)]
        swaps = {w.fact: w.to for w in ways if not isinstance(w, Axis)}

        def moved(box: Box) -> dict[str, Possible]:
            ends = zip(axes, box, strict=True)
            return {**swaps, **{a.fact: a.after(*between) for a, between in ends}}

        box = tuple(axis.ends for axis in axes)
        cuts = [thresholds(self.firm.now, self.policy, axis) for axis in axes]
        steps = least(
            lambda box: self._hope(moved(box)).judge(self.policy.when),
            box,
            cuts,
            self.budget,
        )
        if steps is None:
            return None
        return self._proposal(moved(tuple((s, s) for s in steps)), axes)

    def _proposal(
        self, moved: Mapping[str, Possible], axes: Collection[Axis]
    ) -> Proposal | None:
        """Return the proposal, evaluated anew; None where it does not hold."""
        then = self._hope(moved)
        if not then.holds(self.policy.when):
            return None
        ways = {axis.fact: axis.way for axis in axes}
        return Proposal(
            policy=self.policy.id,
            steps=tuple(
                _step(fact, self.firm.now.value(fact), to, ways.get(fact))
                for fact, to in moved.items()
            ),
            benefit=benefit_of(then.verdicts, self.policy),
            to_decide=tuple(then.verdicts.missing.in_condition(self.policy.when)),
            loses=tuple(self.firm.lost(then.verdicts, moved)),
        )


def benefit_of(verdicts: Evaluation, policy: Policy) -> Benefit:
    """Return what a firm that is eligible gets."""
    then = verdicts.narrowed(narrowed_by(verdicts.program)[policy.id])
    names = tuple(policy.tiers[place].name for place in then.tiers(policy))
    return Benefit(then.amount(policy) if policy.tiers else None, names)


def _step(fact: str, now: Possible, to: Possible, way: str | None) -> Step:
    if not (isinstance(now, Interval) and isinstance(to, Interval)):
        return Step(fact, now, to)
    distance: Number | None = None
    if now.some and now.settled:
        distance = to.low - now.low
    elif now.some and way == "up" and now.high not in {inf, -inf}:
        distance = max(to.low - now.low, 0)
    elif now.some and way == "down" and now.low not in {inf, -inf}:
        distance = min(to.high - now.high, 0)
    return Step(fact, now, to, distance)
