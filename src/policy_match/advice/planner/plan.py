"""The order of the questions.

Policies that share open facts are one part, and a part is finished before the
next, the one with most money for a question first. Small parts are played
through to the end, which gives the fewest questions; in a large one the best
question settles most of its policies, weighted by their money.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from policy_match.advice.planner.answers import Marks
from policy_match.advice.planner.brackets import brackets
from policy_match.advice.planner.exhaustive import Play, TooFar
from policy_match.advice.planner.parts import opened, parts
from policy_match.domain.facts import Settler
from policy_match.ir.analysis import facts_beneath

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from policy_match.advice.planner.parts import Given, Part
    from policy_match.domain.possible import Interval, Possible
    from policy_match.ir.program import Program

    _Near = Mapping[str, Fraction]

_LOOKED_AT = 12
"""Facts of a large part whose answers are played through."""
_STATES = 400
"""Sets of answers that are played through before a part counts as large."""
_ASKED = frozenset((Settler.FIRM, Settler.REGISTER))


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
        self.policies = tuple(
            p for p in program.policies if policies is None or p.id in policies
        )
        self.marks, self.states = Marks(program), states
        self._found: dict[object, _Scores] = {}

    def following(
        self,
        given: Mapping[str, Possible],
        unknown: Collection[str] = (),
        after: str | None = None,
    ) -> tuple[Next, ...]:
        """Return the facts worth asking for, the best first.

        `unknown` are facts the firm has said it does not know. `after` is the
        fact that was asked last: what belongs with it comes first. Nothing is
        returned once no answer can change an outcome, a tier or an amount.
        """
        known, asks = dict(given), self._asks(unknown)
        open_ = opened(self.program, known, self.policies, asks)
        settles: dict[str, list[str]] = {}
        for one in open_:
            for fact in one.facts:
                settles.setdefault(fact, []).append(one.policy.id)
        near = self._nearness(settles, after)
        plans = [_plan(self._scored(known, part, asks), near) for part in parts(open_)]
        plans.sort(key=lambda plan: -plan.rate)
        ordered = [fact for plan in plans for fact in plan.facts]
        return tuple(Next(fact, tuple(settles[fact])) for fact in ordered)

    def _scored(self, given: Given, part: Part, asks: Callable[[str], bool]) -> _Scores:
        """Return what each fact of a part is worth; once for what is known."""
        play = Play(self.program, self.marks, asks, self._beneath, self.states)
        key = play.state(given, part)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = _scores(play, given, part)
        return found

    def brackets(
        self, given: Mapping[str, Possible], fact: str
    ) -> tuple[Interval, ...]:
        """Return the ranges of a number that make a difference, the lowest first.

        Any of them is an answer. None where they are no help.
        """
        policies = [p for p in self.policies if fact in self._beneath[p.id]]
        marks = self.marks.numbers.get(fact, ())
        return brackets(self.program, given, fact, policies, marks)

    def _asks(self, unknown: Collection[str]) -> Callable[[str], bool]:
        facts, unasked = self.program.facts, frozenset(unknown)
        return lambda f: f not in unasked and facts[f].settled_by in self.settlers

    def _nearness(self, facts: Collection[str], after: str | None) -> _Near:
        """Return how much each fact belongs with another, from 0 to 1."""
        about = self._about
        last = about.get(after or "", frozenset())
        return {
            fact: Fraction(len(last & about[fact]), len(last | about[fact]) or 1)
            for fact in facts
        }

    @cached_property
    def _beneath(self) -> dict[str, tuple[str, ...]]:
        """The facts that each policy rests on."""
        return {
            policy.id: facts_beneath(self.program, policy.tiers, policy.when)
            for policy in self.policies
        }

    @cached_property
    def _about(self) -> dict[str, frozenset[str]]:
        """The policies that rest on each fact."""
        found: dict[str, set[str]] = {}
        for policy, facts in self._beneath.items():
            for fact in facts:
                found.setdefault(fact, set()).add(policy)
        return {fact: frozenset(policies) for fact, policies in found.items()}


class _Scores(NamedTuple):
    """What is worth asking in a part.

    `costs` is how many questions it needs on average, by the first of them;
    none where the part is large. `gains` is the weight that one settles.
    """

    weight: int
    glance: Mapping[str, Fraction]
    costs: Mapping[str, Fraction]
    gains: Mapping[str, Fraction]


class _Plan(NamedTuple):
    """The facts of a part, the best first, and the weight that one settles."""

    facts: tuple[str, ...]
    rate: Fraction


def _scores(play: Play, given: Given, part: Part) -> _Scores:
    glance, weight = _glance(part), sum(one.weight for one in part)
    try:
        return _Scores(weight, glance, play.each(given, part), {})
    except TooFar:
        return _Scores(weight, glance, {}, _gains(play, given, part, glance))


def _plan(scores: _Scores, near: _Near) -> _Plan:
    glance, costs = scores.glance, scores.costs
    if costs:
        facts = sorted(costs, key=lambda f: (costs[f], -near[f], -glance[f]))
        rate = scores.weight / costs[facts[0]]
        return _Plan(tuple(facts), rate * (1 + max(near[fact] for fact in facts)))
    gains = {fact: gain * (1 + near[fact]) for fact, gain in scores.gains.items()}
    head = sorted(gains, key=lambda f: (-gains[f], -glance[f]))
    rest = sorted(glance.keys() - gains.keys(), key=lambda f: (-glance[f], f))
    return _Plan((*head, *rest), gains[head[0]])


def _glance(part: Part) -> dict[str, Fraction]:
    """Return what each fact seems to settle, nothing played through."""
    found: dict[str, Fraction] = {}
    for one in part:
        for fact in one.facts:
            share = Fraction(one.weight, len(one.facts))
            found[fact] = found.get(fact, Fraction(0)) + share
    return found


def _gains(
    play: Play, given: Given, part: Part, glance: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """Return what the best facts settle on average, by weight, one answer ahead."""
    found: dict[str, Fraction] = {}
    for fact in sorted(glance, key=lambda f: (-glance[f], f))[:_LOOKED_AT]:
        touched = [one for one in part if fact in one.facts]
        answers = play.answers(given, fact)
        kept = Fraction(0)
        for answer in answers:
            then = play.open({**given, fact: answer}, [o.policy for o in touched])
            left = {o.policy.id: len(o.facts) for p in then for o in p}
            for one in touched:
                share = Fraction(left.get(one.policy.id, 0), len(one.facts))
                kept += one.weight * share
        found[fact] = sum(one.weight for one in touched) - kept / len(answers)
    return found
