"""One firm's interview: what it has answered, what to ask next."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from policy_match.advice.interview import saving
from policy_match.advice.planner import choices, next_step, ranked
from policy_match.domain.facts import Facts, FactType, Settler
from policy_match.domain.possible import Interval, exactly
from policy_match.errors import ProfileError
from policy_match.firms.profile import facts_of, names_of
from policy_match.rulebook.yaml_reader import Mapping as Node
from policy_match.semantics.assessment import assess

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from policy_match.advice.planner import Question, Step
    from policy_match.domain.facts import Determination, FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.firms.profile import Profile
    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Assessment

_TO = re.compile(r"\s*(?:\bto\b|至|到|～|~|—|–)\s*")
_DASH = re.compile(r"(?<=[\d万亿元%])\s*-\s*(?=\d)")
_UNKNOWN, _SOME = "unknown", "yes"


class Interview:
    """One firm under one program; `profile` is what it has said before.

    Raises ProfileError where that cannot be read.
    """

    def __init__(self, program: Program, profile: Profile | None = None) -> None:
        """Take what is known."""
        self.program, self._profile = program, profile
        self.on: date = (profile.day if profile else None) or program.day
        self.given: dict[str, Possible] = {}
        self.unknown: list[str] = []
        self.asked: list[str] = []
        self._lists: list[tuple[str, ...]] = []
        self._answers: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._before: frozenset[str] = frozenset()
        self._determined: tuple[Determination, ...] = ()
        if profile is not None:
            vocabulary = program.facts, program.systems, program.locale
            facts = profile.facts(*vocabulary, on=program.day)
            self._determined = facts.determinations
            self.given.update(facts.given)
            self._names = _written(profile, program)
            self._before = facts.unknown

    @property
    def facts(self) -> Facts:
        """What is known of the firm so far."""
        unknown = frozenset(self.unknown) | (self._before - self.given.keys())
        return Facts(self.given, self.on, "", self._determined, unknown)

    def questions(self) -> tuple[Question, ...]:
        """Return what is worth asking, the best first; nothing when it is done.

        A fact that was answered, with a range perhaps, is not asked again, nor one
        that the firm, or its profile, has said it does not know.
        """
        found = filter(self._asks, ranked(self._assessed(self.facts)))
        return tuple(sorted(found, key=lambda one: one.fact not in self.some))

    def next(self, following: Sequence[Question] | None = None) -> Step | None:
        """Return what one screen asks now; None when nothing is left to ask.

        `following` are the questions, where they are known already.
        """
        found = self.questions() if following is None else following
        specs = self.program.facts
        step = next_step([one.fact for one in found], specs, self.some)
        if step is None or step.kind != "form":
            return step
        return self._without(step, self._moot(step))

    def _without(self, step: Step, facts: Collection[str]) -> Step:
        rest = tuple(fact for fact in step.facts if fact not in facts)
        return step._replace(kind="form" if len(rest) > 1 else "question", facts=rest)

    def _moot(self, step: Step) -> frozenset[str]:
        """Return the facts of a form that matter only where there is some of the rest.

        They are asked once there is: no firm is asked the grade of land that it
        does not have.
        """
        specs = [self.program.facts[fact] for fact in step.facts]
        numbers = [s for s in specs if s.type.numeric and s.type is not FactType.DATE]
        pending = {spec.id for spec in numbers if not spec.may_lack} - {step.facts[0]}
        if not pending:
            return frozenset()
        lacking = {spec.id: exactly(0) for spec in numbers if spec.may_lack}
        known = replace(self.facts, given={**self.given, **lacking})
        open_ = {f for x in self._assessed(known).findings for f in x.missing}
        return frozenset(pending - open_)

    def steps_left(self, following: Sequence[Question]) -> int:
        """Return how many steps some questions are, if no answer settles another."""
        left = [one.fact for one in following]
        count = 0
        while (step := next_step(left, self.program.facts, self.some)) is not None:
            left = [fact for fact in left if fact not in step.facts]
            count += 1
        return count

    def excluded(self) -> tuple[str, ...]:
        """Return the facts that need not be asked, as what is known rules them out."""
        whole = Interview(self.program)
        open_ = {one.fact for one in self.questions()} | self.given.keys()
        open_ |= self.facts.unknown
        return tuple(q.fact for q in whole.questions() if q.fact not in open_)

    @property
    def answers(self) -> Mapping[str, str]:
        """The answers of this interview, as the profile has them."""
        return self._answers

    @property
    def some(self) -> frozenset[str]:
        """The facts of which the firm has some, and has not said how much."""
        specs = self.program.facts
        return frozenset(
            fact
            for fact, value in self.given.items()
            if specs[fact].type.numeric and value == specs[fact].some
        )

    def _asks(self, question: Question) -> bool:
        fact = question.fact
        if self.program.facts[fact].settled_by is Settler.OFFICER:
            return False
        waiting = fact in self.some and fact not in self.unknown
        return fact not in self.given or waiting

    def _assessed(self, facts: Facts) -> Assessment:
        """Return the answer for some facts, without what reaches a firm indirectly."""
        found = assess(self.program, facts)
        findings = tuple(f for f in found.findings if not f.policy.indirect)
        return replace(found, findings=findings)

    def choices(self, fact: str) -> tuple[Interval, ...]:
        """Return the ranges of a number that make a difference, the lowest first."""
        given = dict(self.given)
        spec = self.program.facts[fact]
        if spec.event and fact not in given and isinstance(spec.unknown, Interval):
            given[fact] = spec.unknown._replace(high=self.on.toordinal())
        policies = [p for p in self.program.policies if not p.indirect]
        return choices(self.program, given, fact, policies)

    def answer(self, fact: str, text: str) -> None:
        """Take an answer, as a profile would write it.

        An answer of nothing, or `unknown`, says that the firm does not know.
        Raises ProfileError where the fact cannot be that; then nothing changes.
        """
        data, found = text.strip(), self._read(fact, text)
        plainer = _as_profiles_do(data, self.program.facts[fact])
        if plainer != data:
            # `300-500万` means something, `300..500万` two things.
            with suppress(ProfileError):
                data = plainer if self._read(fact, plainer) == found else data
        ticked = fact in self.some and fact not in found.given
        if fact in self.asked and not ticked:
            self.forget(fact)
        if fact not in self.asked:
            self.asked.append(fact)
        if fact in found.given:
            self.given[fact] = found.given[fact]
            self._answers[fact] = data
            return
        self.unknown.append(fact)
        if not ticked:
            self._answers[fact] = _UNKNOWN

    def tick(self, facts: Collection[str], ticked: Collection[str]) -> None:
        """Take a list of ticks: some of what is ticked, none of the others."""
        self._lists.append(tuple(facts))
        for fact in facts:
            lacking = _lacking(self.program.facts[fact])
            self.answer(fact, _SOME if fact in ticked else lacking)

    def _read(self, fact: str, text: str) -> Facts:
        program, spec = self.program, self.program.facts[fact]
        vocabulary = {fact: spec}, program.systems, program.locale
        return facts_of({fact: text}, *vocabulary, day=self.on)

    def back(self) -> str | None:
        """Take the last answer back, and return the fact it was about.

        A list of ticks is taken back as a whole, and its first fact is returned.
        """
        if not self.asked:
            return None
        last = self.asked[-1]
        step = next((some for some in self._lists if last in some), (last,))
        self._lists = [some for some in self._lists if some != step]
        for fact in step:
            if fact in self.asked:
                self.forget(fact)
        return step[0]

    def forget(self, fact: str) -> None:
        """Take one answer of this interview back."""
        self.asked.remove(fact)
        self.given.pop(fact, None)
        self._answers.pop(fact, None)
        if fact in self.unknown:
            self.unknown.remove(fact)

    def profile(self) -> str:
        """Return the profile with all that has been answered."""
        if self._profile is None:
            return saving.fresh(self._answers, self.on)
        answers = {self._names.get(f, f): data for f, data in self._answers.items()}
        return saving.updated(self._profile, answers)


def written(value: Interval, spec: FactSpec) -> str:
    """Return a number, a day or a range of them as a profile writes it."""
    if value.low == value.high:
        return _one(value.low, spec)
    low = "" if value.low == spec.low else _one(value.low, spec)
    high = "" if value.high == spec.high else _one(value.high, spec)
    return f"{low}..{high}"


def _one(number: Number, spec: FactSpec) -> str:
    if spec.type is FactType.DATE:
        return date.fromordinal(int(number)).isoformat()
    exact = Fraction(number)
    return format(Decimal(exact.numerator) / Decimal(exact.denominator), "f")


def _lacking(spec: FactSpec) -> str:
    """Return the answer of a firm that has none of it."""
    if spec.type is FactType.BOOL:
        return "no"
    return "none" if spec.type is FactType.DATE or not spec.type.numeric else "0"


def _as_profiles_do(text: str, spec: FactSpec) -> str:
    """Return an answer with `..` between the ends of a range."""
    if spec.type.numeric:
        text = _TO.sub("..", text)
        if spec.type is not FactType.DATE:
            text = _DASH.sub("..", text)
    return text


def _written(profile: Profile, program: Program) -> dict[str, str]:
    """Return the name by which a profile calls each fact it names."""
    node = profile.root.values["facts"]
    if not isinstance(node, Node):
        return {}
    names = names_of(program.facts)
    return {names[key]: key for key in node.keys}
