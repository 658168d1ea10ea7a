"""Rulesets of a program: as few as the engine's limits allow.

A program too large for one ruleset is split: its policies are shared out, those
of an exclusion group together, and each part has the definitions it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policy_match.backends.forward_chaining.codec import written
from policy_match.backends.forward_chaining.engine import (
    Identities,
    LimitError,
    RuleEngine,
    at_most,
)
from policy_match.backends.forward_chaining.exclusions import exclude
from policy_match.backends.forward_chaining.ruleset_builder import Draft
from policy_match.backends.forward_chaining.translation import Translation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.backends.forward_chaining.engine import Fact
    from policy_match.backends.forward_chaining.memory import WorkingMemory
    from policy_match.ir.program import Policy, Program
    from policy_match.ir.terms import Condition, Expression

MOST_POLICIES = 200
"""In one ruleset: so many have been tried."""


class Unit(NamedTuple):
    """What must stand in one ruleset: a group of policies, or one thing."""

    policies: tuple[Policy, ...] = ()
    exclusive: bool = False
    fact: str = ""
    check: Condition | None = None
    formula: Expression | None = None


class Ruleset:
    """One ruleset: what the engine matches, and what follows from a match."""

    def __init__(
        self, program: Program, units: Sequence[Unit], ids: Identities
    ) -> None:
        """Translate and compile; raises LimitError where it is too large."""
        policies = sum(len(unit.policies) for unit in units)
        at_most(MOST_POLICIES, policies, "limit-policies")
        self.draft = Draft(ids)
        translation = Translation(program, self.draft)
        for unit in units:
            _add(translation, unit)
        translation.tests()
        self.engine = RuleEngine(self.draft.rules)

    def infer(self, memory: WorkingMemory) -> None:
        """Add everything that follows from what is given to working memory."""
        memory.index |= self.draft.index
        start = [*self.draft.fixed, self.draft.go, *self._known(memory)]
        memory.facts |= {str(fact["id"]): fact for fact in start}

        def act(rule: str, found: list[Fact]) -> list[Fact]:
            said = list(self.draft.actions[rule](memory, found))
            for fact in said:
                memory.facts.setdefault(str(fact["id"]), fact)
            return said

        found = self.engine.infer(start, act)
        memory.facts |= {str(fact["id"]): fact for fact in found}

    def _known(self, memory: WorkingMemory) -> Iterator[Fact]:
        derived = self.draft.index.derived
        for fact, identity in derived.items():
            if fact in memory.given:
                # Said first, so what its definition leads to says nothing new.
                value = written(memory.given[fact])
                yield {"is": "derived", "fact": fact, "value": value, "id": identity}
        for fact in memory.program.facts:
            if fact not in derived:
                yield from self.draft.settled(fact, memory)


def build(program: Program) -> list[Ruleset]:
    """Return the rulesets that answer for a whole program.

    Raises UnsupportedError where one policy alone is more than a ruleset
    holds, and BackendUnavailableError where there is no engine.
    """
    units = list(_units(program))
    ids = Identities()
    parts: list[Ruleset] = []
    try:
        _build(program, units, ids, parts)
    except BaseException:
        for part in parts:
            part.engine.close()
        raise
    return parts


def _build(
    program: Program, units: Sequence[Unit], ids: Identities, parts: list[Ruleset]
) -> None:
    try:
        parts.append(Ruleset(program, units, ids))
    except LimitError:
        if len(units) == 1:
            raise
        middle = len(units) // 2
        _build(program, units[:middle], ids, parts)
        _build(program, units[middle:], ids, parts)


def _units(program: Program) -> Iterator[Unit]:
    grouped: set[str] = set()
    for component in program.components:
        if program.duels(component):
            grouped.update(component.policies)
            yield Unit(
                tuple(program.by_id[p] for p in component.policies), exclusive=True
            )
    for policy in program.policies:
        if policy.id not in grouped:
            yield Unit((policy,))
    for check in program.plausibility:
        yield Unit(check=check.condition)
    for fact in program.definitions:
        yield Unit(fact=fact)
    for formula in program.relating:
        yield Unit(formula=formula)


def _add(translation: Translation, unit: Unit) -> None:
    if unit.exclusive:
        exclude(translation, unit.policies)
    else:
        for policy in unit.policies:
            translation.condition(policy.id, policy.when)
            translation.benefit(policy)
    if unit.check is not None:
        translation.condition("plausibility", unit.check)
    if unit.fact:
        translation.derived(unit.fact)
    if unit.formula is not None:
        translation.formula("relations", unit.formula)
