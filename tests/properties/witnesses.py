"""Pairs of complete firms that differ in one fact alone, and in what they get.

What is open leads the search; `tests/properties/concrete.py` tells what each gets.
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.truth import FALSE
from policy_match.ir.analysis import narrowed_by
from policy_match.semantics.one_firm import Evaluation
from tests.properties import firms
from tests.properties.attainment import Search
from tests.properties.concrete import Concrete

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Policy, Program
    from tests.properties.concrete import Firm, Value

_TRIES = 40
_VALUES = 8
"""Values of a fact that are tried for one that keeps another fact open."""
_COUNTS = (FactType.INT, FactType.MONEY, FactType.NUMBER)


def single(values: list[Value]) -> list[Value]:
    """Return the values that are one: a coarse code is every code below it."""
    codes = [value for value in values if isinstance(value, str)]
    coarse = {a for a in codes for b in codes if a != b and b.startswith(a)}
    return [value for value in values if value not in coarse]


class Witnesses:
    """Looks for two firms that a policy treats differently for one fact."""

    def __init__(
        self, program: Program, policy: Policy, given: Mapping[str, Possible]
    ) -> None:
        """Look among the firms that what is given allows."""
        self.program, self.policy, self.given = program, policy, given
        self.draw = random.Random(policy.id)  # noqa: S311  (a test's choices)

    def open(self, given: Mapping[str, Possible]) -> tuple[str, ...]:
        """Return the facts that are on a path to what the policy leaves open."""
        verdicts = Evaluation(self.program, given)
        if verdicts.truth(self.policy.when) is FALSE:
            return ()
        then = verdicts.narrowed(narrowed_by(self.program)[self.policy.id])
        found = verdicts.missing.in_condition(self.policy.when)
        return tuple({**found, **then.missing.in_benefit(self.policy)})

    def found(self, fact: str) -> bool:
        """Return whether there are two."""
        return any(self._pair(fact) for _ in range(_TRIES))

    def _pair(self, fact: str) -> bool:
        """Settle one fact after another, so that the one in question stays open."""
        given, firm = dict(self.given), dict[str, "Value"]()
        while True:
            open_ = self.open(given)
            if fact not in open_:
                return False
            rest = [one for one in open_ if one not in firm and one != fact]
            if not rest:
                break
            other = self.draw.choice(rest)
            values = self._values(other, firm)
            for value in self.draw.sample(values, min(len(values), _VALUES)):
                spec = self.program.facts[other]
                then = {**given, other: firms.exactly(spec, value)}
                if fact in self.open(then):
                    given, firm[other] = then, value
                    break
            else:
                return False
        search = Search(self.program, self.policy, given, fact)
        whole = {f: v[0] if v else None for f, v in search.values.items()} | firm
        mine = self._values(fact, {})
        return len({self._told({**whole, fact: value}) for value in mine}) > 1

    def _values(self, fact: str, firm: Firm) -> list[Value]:
        """Return values beside thresholds, and in some share to what is settled."""
        search = Search(self.program, self.policy, self.given, fact)
        spec = self.program.facts[fact]
        values = search.values.get(fact, [])
        coarse = [f"{value}?" for value in values if value not in single(values)]
        found: list[Value] = [*single(values), *coarse]
        if spec.type in _COUNTS and fact not in self.given:
            numbers = [v for v in map(_number, firm.values()) if v is not None]
            for tenths in (1, 2, 3, 5, 6, 10, 20):
                found += [Fraction(int(n * tenths / 10)) for n in numbers]
        return found

    def _told(self, firm: Firm) -> object:
        verdict = Concrete(self.program, dict(firm)).verdict(self.policy)
        return verdict if verdict.eligible else False


def _number(value: Value) -> Fraction | None:
    """Return a value that is a number; None where it is something else."""
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    return None
