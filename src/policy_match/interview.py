"""An interview with a firm: what it has answered, what to ask, what to save.

Knows nothing of screens, so that a terminal, a page or a script can hold it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from policy_match.domain.facts import Facts, FactType
from policy_match.formats import LOCALES
from policy_match.planner import Planner
from policy_match.rulebook import yaml_reader
from policy_match.rulebook.yaml_reader import Mapping
from policy_match.typing_of_values import typed

if TYPE_CHECKING:
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.planner import Next
    from policy_match.profile import Profile

_TO = re.compile(r"\s*(?:\bto\b|至|到|～|~|—)\s*")


class Interview:
    """One firm under one program; `profile` is what it has said before."""

    def __init__(self, program: Program, profile: Profile | None = None) -> None:
        """Take what is known; raises ProfileError where it cannot be read."""
        self.program = program
        policies = [policy.id for policy in program.policies if not policy.indirect]
        self.planner = Planner(program, policies)
        self.locale = LOCALES.get(program.locale, LOCALES["en"])
        self.on = profile.day if profile else None
        self.answers: dict[str, Any] = {}
        self.given: dict[str, Possible] = {}
        self.unknown: list[str] = []
        self.asked: list[str] = []
        if profile is not None:
            facts = profile.facts(program.facts, program.systems, program.locale)
            self.given = dict(facts.given)
            node = profile.root.values["facts"]
            if isinstance(node, Mapping):
                self.answers = dict(yaml_reader.plain_data(node))

    @property
    def facts(self) -> Facts:
        """What is known of the firm so far."""
        return Facts(self.given, self.on)

    def questions(self) -> tuple[Next, ...]:
        """Return what is worth asking, the best first; nothing when it is done.

        A fact that was answered, with a range perhaps, is not asked again.
        """
        last = self.asked[-1] if self.asked else None
        return self.planner.following(self.given, {*self.unknown, *self.given}, last)

    def answer(self, fact: str, text: str) -> None:
        """Take an answer; raises ValueFault where the fact cannot be that.

        An answer of nothing, or `unknown`, says that the firm does not know.
        """
        spec = self.program.facts[fact]
        if spec.type.numeric:
            text = _TO.sub("..", text.strip())
        data: Any = text
        if spec.type is FactType.LIST and text.strip():
            data = [re.split(r"[/\s]+", p.strip()) for p in re.split(r"[;；]", text)]
        value = typed(spec, data, self.locale, self.program.systems)
        self.asked.append(fact)
        if value is None:
            self.unknown.append(fact)
        else:
            self.given[fact] = value
            self.answers[fact] = data

    def back(self) -> str | None:
        """Take the last answer back, and return the fact it was about."""
        if not self.asked:
            return None
        fact = self.asked.pop()
        self.given.pop(fact, None)
        self.answers.pop(fact, None)
        if fact in self.unknown:
            self.unknown.remove(fact)
        return fact

    def profile(self) -> str:
        """Return a profile of all that has been answered."""
        lines = [f"on: {self.on.isoformat()}"] if self.on else []
        lines.append("facts:" if self.answers else "facts: {}")
        for fact, answer in self.answers.items():
            one = {fact: answer}
            text = yaml.safe_dump(one, allow_unicode=True, default_flow_style=None)
            lines.append(f"  {text.strip().removeprefix('{').removesuffix('}')}")
        return "\n".join(lines) + "\n"
