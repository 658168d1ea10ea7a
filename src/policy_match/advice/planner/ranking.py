"""The one ranking of questions: for every format, and for the interview.

What a firm has not been asked comes first, money beyond what is certain before
the rest, a better place in a bid among that; then what any answer settles. Of what
is alike in that, a firm's own facts come before those that a register holds, and
what most firms lack later. What is known as a range, and what an officer is to
determine, come last.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.advice.planner.answers import cells, marks_of
from policy_match.advice.planner.relevance import Relevance
from policy_match.advice.planner.stakes import stakes, together
from policy_match.domain.facts import FactType, Settler
from policy_match.domain.incentives import IN_HAND
from policy_match.domain.truth import UNKNOWN
from policy_match.ir.narrowing import Narrowing
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from policy_match.advice.planner.stakes import Stake
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.incentives import Form
    from policy_match.domain.possible import Interval, Possible
    from policy_match.semantics.outcome import Assessment, Finding


class Question(NamedTuple):
    """A fact worth asking for, and what for.

    Any one value of it settles the outcome of each policy in `settles`, some
    value that of each in `may_settle`; it is open for the tier or the amount of
    those in `narrows`. `worth` is the money at stake beyond what is certain, by
    form: from the least that an answer brings if it brings anything to the most.
    """

    fact: str
    settles: tuple[str, ...]
    may_settle: tuple[str, ...]
    narrows: tuple[str, ...]
    worth: Mapping[Form, Interval]

    @property
    def policies(self) -> tuple[str, ...]:
        """All policies that an answer helps with, those that it settles first."""
        every = (*self.settles, *self.may_settle, *self.narrows)
        return tuple(dict.fromkeys(every))


def ranked(assessment: Assessment) -> tuple[Question, ...]:
    """Return the facts worth asking for, the best first.

    Facts that the firm has said it does not know are not asked again.
    """
    facts, findings = assessment.facts, assessment.findings
    return _Ranking(assessment.verdicts, findings, facts.unknown).questions()


class _Ranking:
    def __init__(
        self,
        verdicts: Evaluation,
        findings: Sequence[Finding],
        unknown: Collection[str],
    ) -> None:
        self.verdicts, self.program = verdicts, verdicts.program
        self.open: dict[str, list[Finding]] = {}
        for finding in findings:
            for fact in finding.missing:
                if fact not in unknown:
                    self.open.setdefault(fact, []).append(finding)
        self.stakes = stakes(verdicts, findings)
        self.place = {fact: n for n, fact in enumerate(self.program.facts)}

    def questions(self) -> tuple[Question, ...]:
        matters = Relevance(self.verdicts)
        found = [
            self.question(fact, some)
            for fact, some in self.open.items()
            if matters(fact, some)
        ]
        return tuple(sorted(found, key=self.rank))

    def question(self, fact: str, some: list[Finding]) -> Question:
        settles: list[str] = []
        perhaps: list[Finding] = []
        for finding in some:
            if finding.open_for_outcome == (fact,):
                settles.append(finding.policy.id)
            elif fact in finding.open_for_outcome:
                perhaps.append(finding)
        settled = frozenset((*settles, *self.settled(fact, perhaps)))
        names = [finding.policy.id for finding in some]
        return Question(
            fact,
            tuple(settles),
            tuple(n for n in names if n in settled and n not in settles),
            tuple(n for n in names if n not in settled),
            together(self.at_stake(fact, some)),
        )

    def at_stake(self, fact: str, some: list[Finding]) -> Iterator[Stake]:
        """Yield what is at stake with a fact, policy by policy."""
        for finding in some:
            stake = self.stakes.get(finding.policy.id)
            if stake is None:
                continue
            if fact not in finding.open_for_outcome:
                stake = stake.narrowed()
            if stake.gain.high > 0:
                yield stake

    def settled(self, fact: str, open_: list[Finding]) -> Iterator[str]:
        """Yield the policies of which some value of a fact settles the outcome."""
        spec = self.program.facts[fact]
        left = list(open_)
        for answer in self.answers(spec) if left else ():
            then = answered(self.verdicts, spec, answer)
            still = []
            for finding in left:
                if then.truth(finding.policy.when) is UNKNOWN:
                    still.append(finding)
                else:
                    yield finding.policy.id
            left = still
            if not left:
                return

    def answers(self, spec: FactSpec) -> tuple[Possible, ...]:
        return cells(spec, self.verdicts.value(spec.id), marks_of(self.program))

    def rank(self, question: Question) -> tuple[object, ...]:
        spec = self.program.facts[question.fact]
        known = self.at_stake(question.fact, self.open[question.fact])
        in_hand = [one for one in known if one.form in IN_HAND]
        most = together(one for one in in_hand if one.priced)
        ends = [gain.high for gain in most.values()]
        open_ended = inf in ends
        settled = len(question.settles) + len(question.may_settle)
        return (
            spec.settled_by is Settler.OFFICER,
            question.fact in self.verdicts.given,
            not in_hand,
            spec.settled_by is not Settler.FIRM,
            spec.ticked,
            not open_ended,
            -settled if open_ended else 0,
            -sum(high for high in ends if high < inf),
            -len(question.settles),
            -len(question.may_settle),
            -len(question.narrows),
            self.place[question.fact],
        )


def answered(verdicts: Evaluation, spec: FactSpec, answer: Possible) -> Evaluation:
    """Return the firm once it has answered; what the fact does not touch is shared."""
    if spec.type is FactType.LIST or spec.id in verdicts.given:
        return Evaluation(verdicts.program, {**verdicts.given, spec.id: answer})
    return Evaluation(
        verdicts.program, verdicts.given, (Narrowing(spec.id, answer),), verdicts
    )
