"""One firm's interview: what it has answered, what to ask next."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from policy_match.advice.interview import saving
from policy_match.advice.planner import Planner
from policy_match.domain.facts import Facts, FactType
from policy_match.domain.possible import Interval
from policy_match.errors import ProfileError
from policy_match.firms.profile import facts_of, names_of
from policy_match.rulebook.yaml_reader import Mapping

if TYPE_CHECKING:
    from policy_match.advice.planner import Next
    from policy_match.domain.facts import Determination, FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.firms.profile import Profile
    from policy_match.ir.program import Program

_TO = re.compile(r"\s*(?:\bto\b|至|到|～|~|—|–)\s*")
_DASH = re.compile(r"(?<=[\d万亿元%])\s*-\s*(?=\d)")
_UNKNOWN = "unknown"


class Interview:
    """One firm under one program; `profile` is what it has said before.

    Raises ProfileError where that cannot be read.
    """

    def __init__(self, program: Program, profile: Profile | None = None) -> None:
        """Take what is known."""
        self.program, self._profile = program, profile
        policies = [policy.id for policy in program.policies if not policy.indirect]
        self.planner = Planner(program, policies)
        self.on: date = (profile.day if profile else None) or program.day
        self.given: dict[str, Possible] = {}
        self.unknown: list[str] = []
        self.asked: list[str] = []
        self._answers: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._before: set[str] = set()
        self._determined: tuple[Determination, ...] = ()
        if profile is not None:
            vocabulary = program.facts, program.systems, program.locale
            facts = profile.facts(*vocabulary, on=program.day)
            self._determined = facts.determinations
            self.given.update(facts.given)
            self._names = _written(profile, program)
            self._before = self._names.keys() - self.given.keys()

    @property
    def facts(self) -> Facts:
        """What is known of the firm so far."""
        return Facts(self.given, self.on, determinations=self._determined)

    def questions(self) -> tuple[Next, ...]:
        """Return what is worth asking, the best first; nothing when it is done.

        A fact that was answered, with a range perhaps, is not asked again. What
        a profile says is unknown comes last.
        """
        last = self.asked[-1] if self.asked else None
        done = {*self.unknown, *self.given}
        found = self.planner.following(self.given, done, last)
        first = [one for one in found if one.fact not in self._before]
        return (*first, *(one for one in found if one.fact in self._before))

    def brackets(self, fact: str) -> tuple[Interval, ...]:
        """Return the ranges of a number that make a difference, the lowest first."""
        given = dict(self.given)
        spec = self.program.facts[fact]
        if spec.event and fact not in given and isinstance(spec.unknown, Interval):
            given[fact] = spec.unknown._replace(high=self.on.toordinal())
        return self.planner.brackets(given, fact)

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
        if fact in self.asked:
            self.forget(fact)
        self.asked.append(fact)
        if fact in found.given:
            self.given[fact] = found.given[fact]
            self._answers[fact] = data
        else:
            self.unknown.append(fact)
            self._answers[fact] = _UNKNOWN

    def _read(self, fact: str, text: str) -> Facts:
        program, spec = self.program, self.program.facts[fact]
        vocabulary = {fact: spec}, program.systems, program.locale
        return facts_of({fact: text}, *vocabulary, day=self.on)

    def back(self) -> str | None:
        """Take the last answer back, and return the fact it was about."""
        if not self.asked:
            return None
        fact = self.asked[-1]
        self.forget(fact)
        return fact

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
    if not isinstance(node, Mapping):
        return {}
    names = names_of(program.facts)
    return {names[key]: key for key in node.keys}
