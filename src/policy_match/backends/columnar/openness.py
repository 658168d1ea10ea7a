"""Which facts are open, in columns, a part at a time.

A set of facts is a flag a fact; what no row of the part leaves open costs
nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from policy_match.backends.columnar import choices as ch
from policy_match.backends.columnar.flags import (
    Flag,
    both,
    either,
    no,
    perhaps,
    surely,
    unsettled,
)
from policy_match.backends.columnar.numbers import Point, Span
from policy_match.ir.analysis import dependences
from policy_match.ir.terms import (
    Absent,
    All,
    AnyOf,
    Arithmetic,
    Between,
    Brackets,
    Case,
    Cases,
    Compare,
    Const,
    Extreme,
    FactRef,
    Fixed,
    Holds,
    Label,
    Leaf,
    Lookup,
    Mean,
    Not,
    Switch,
    Under,
    Unset,
    Within,
)
from policy_match.ir.traversal import exact_of_exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.backends.columnar.columns import Translation, Value
    from policy_match.ir.terms import Condition, Expression, Test

Open = dict[str, Flag]
"""Fact id to where it is open."""


class Openness:
    """The facts on a path to what is not settled, in one translation."""

    def __init__(self, translation: Translation, base: Openness | None = None) -> None:
        """Look at nothing yet; `base` is what `translation` is narrowed from."""
        self._in = translation
        self._stages = translation.stages
        self._base = base
        self._known: dict[Condition | Expression | str, Open] = {}

    def _shared(self, thing: Condition | Expression | str) -> Openness | None:
        return self._base if self._in.shared(thing) is not None else None

    def of_condition(self, condition: Condition) -> Open:
        """Return the facts on a path to a condition that is not settled."""
        key = condition
        if key not in self._known:
            base = self._shared(condition)
            self._known[key] = (
                base.of_condition(condition) if base else self._condition(condition)
            )
        return self._known[key]

    def _condition(self, condition: Condition) -> Open:
        gate = self._stages.flag(unsettled(self._in.truth(condition)))
        if gate is False:
            return {}
        only = self._only(condition)
        if only is not None:
            return {only: gate}
        match condition:
            case All(of=parts) | AnyOf(of=parts):
                return self._gated(gate, *map(self.of_condition, parts))
            case Not(of=part):
                return self._gated(gate, self.of_condition(part))
            case Leaf(test=test):
                return self._gated(gate, *self._test(test))
            case _ as never:
                assert_never(never)

    def _only(self, thing: Condition | Expression) -> str | None:
        """Return the one fact that can leave `thing` open, where it is known.

        What rests on one base fact is open only where that fact is: to ask of
        every step between the two would give the same flag again.
        """
        facts = dependences(self._in.program).listed(thing)
        if len(facts) != 1 or facts[0] in self._in.program.definitions:
            return None
        return facts[0] if exact_of_exact(thing) else None

    def _test(self, test: Test) -> list[Open]:
        match test:
            case Holds(fact=fact) | Under(fact=fact) | Absent(fact=fact):
                return [self._beneath(fact)]
            case Compare(left=left, right=right):
                return [self.of_formula(left), self.of_formula(right)]
            case Within(of=of, low=low, high=high):
                return [self.of_formula(part) for part in (of, low, high)]
            case Fixed():
                return []
            case _ as never:
                assert_never(never)

    def of_formula(self, expression: Expression) -> Open:
        """Return the facts on a path to a formula whose value is not settled."""
        if expression not in self._known:
            base = self._shared(expression)
            found = base.of_formula(expression) if base else self._formula(expression)
            self._known[expression] = found
        return self._known[expression]

    def _formula(self, expression: Expression) -> Open:
        if isinstance(expression, Const | Label | Unset):
            return {}
        gate = self.unsettled(self._in.evaluate(expression))
        if gate is False:
            return {}
        only = self._only(expression)
        if only is not None:
            return {only: gate}
        return self._gated(gate, *self._parts(expression))

    def _parts(self, expression: Expression) -> list[Open]:
        match expression:
            case FactRef(fact=fact) | Mean(fact=fact):
                return [self.of_fact(fact)]
            case Lookup(fact=fact):
                return [self._beneath(fact)]
            case Arithmetic(left=left, right=right) | Between(low=left, high=right):
                return [self.of_formula(left), self.of_formula(right)]
            case Extreme(of=several):
                return [self.of_formula(part) for part in several]
            case Brackets(of=of):
                return [self.of_formula(of)]
            case Cases(branches=branches):
                return self._cases(branches)
            case Switch(fact=fact, arms=arms):
                return self._switch(fact, dict(arms))
            case Const() | Label() | Unset():
                return []
            case _ as never:
                assert_never(never)

    def unsettled(self, value: Value) -> Flag:
        """Return where more than one thing is possible."""
        if isinstance(value, Point | Span):
            return self._stages.flag(value.unsettled())
        return self._stages.flag(no(ch.settled(value)))

    def _cases(self, branches: Iterable[Case]) -> list[Open]:
        found: list[Open] = []
        reach: Flag = True
        for branch in branches:
            truth = True if branch.guard is None else self._in.truth(branch.guard)
            if branch.guard is not None:
                found.append(self._gated(reach, self.of_condition(branch.guard)))
            taken = both(reach, perhaps(truth))
            if taken is not False:
                found.append(self._gated(taken, self.of_formula(branch.value)))
            reach = self._stages.flag(both(reach, no(surely(truth))))
            if reach is False:
                break
        return found

    def _switch(self, fact: str, arms: Mapping[str, Expression]) -> list[Open]:
        wide = ch.bits(self._in.choice(fact), frozenset(arms))
        found = [self.of_fact(fact)]
        for member, arm in arms.items():
            flag = self._stages.flag(wide.members.get(member, False))
            if flag is not False:
                found.append(self._gated(flag, self.of_formula(arm)))
        return found

    def of_fact(self, fact: str) -> Open:
        """Return `fact` where it is a base fact or given, else what it rests on."""
        gate = self.unsettled(self._in.value(fact))
        return {} if gate is False else self._gated(gate, self._beneath(fact))

    def _beneath(self, fact: str) -> Open:
        # Asked of a code that leaves its test open as well: a coarse code is one
        # member, and yet open.
        if fact not in self._known:
            base = self._shared(fact)
            self._known[fact] = base._beneath(fact) if base else self._reached(fact)  # noqa: SLF001
        return self._known[fact]

    def _reached(self, fact: str) -> Open:
        definition = self._in.program.definitions.get(fact)
        if definition is None:
            return {fact: True}
        given: Flag = False
        if self._in.source.mentions(fact):
            given = self._stages.flag(self._in.source.given(fact))
        rest: Open = {}
        if definition.condition is not None:
            rest = self.of_condition(definition.condition)
        elif definition.body is not None:
            rest = self.of_formula(definition.body)
        own: Open = {fact: given}
        return self._gated(True, own, self._gated(no(given), rest))  # noqa: FBT003

    def gathered(self, parts: Iterable[tuple[Flag, Open]]) -> Open:
        """Return every fact that some part leaves open where that is flagged."""
        flags: dict[str, list[Flag]] = {}
        for gate, part in parts:
            for fact, flag in part.items():
                flags.setdefault(fact, []).append(both(gate, flag))
        united = {fact: either(*several) for fact, several in flags.items()}
        return {f: self._stages.flag(x) for f, x in united.items() if x is not False}

    def _gated(self, gate: Flag, *parts: Open) -> Open:
        flags: dict[str, list[Flag]] = {}
        for part in parts:
            for fact, flag in part.items():
                flags.setdefault(fact, []).append(flag)
        united = {fact: both(gate, either(*some)) for fact, some in flags.items()}
        return {f: self._stages.flag(x) for f, x in united.items() if x is not False}
