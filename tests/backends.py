"""The backends by name, for tests that put one firm to all of them.

What is compiled for a program is kept: many tests ask about the same one.
"""

from __future__ import annotations

import importlib.util
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from policy_match.backends.columnar import compile as compiled
from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval
from policy_match.domain.texts import NO_TEXT
from policy_match.ir import terms as t
from policy_match.ir.program import Tier
from policy_match.semantics.assessment import assess
from policy_match.semantics.outcome import Outcome
from tests.properties.backends import told_by
from tests.properties.equality import Told, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from policy_match.backends.columnar import Screener
    from policy_match.domain.facts import Facts, FactSpec
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.ir.terms import Condition
    from policy_match.semantics.outcome import Assessment

T = TypeVar("T")
_KEPT = 64
"""Programs of which a backend keeps what it has compiled."""


class Answer(NamedTuple):
    """What a backend tells of one firm: each policy, and any derived fact."""

    told: Mapping[str, Told]
    value: Callable[[str], Possible]


@dataclass
class Kept(Generic[T]):
    """What is compiled for a program, the latest few kept."""

    make: Callable[[Program], T]
    close: Callable[[T], None]
    kept: OrderedDict[int, tuple[Program, T]] = field(default_factory=OrderedDict)

    def of(self, program: Program) -> T:
        """Return what is compiled for this very program."""
        if id(program) not in self.kept:
            self.kept[id(program)] = (program, self.make(program))
            if len(self.kept) > _KEPT:
                _, (_, old) = self.kept.popitem(last=False)
                self.close(old)
        self.kept.move_to_end(id(program))
        return self.kept[id(program)][1]


def reference(program: Program, firms: Sequence[Facts]) -> list[Answer]:
    """Return the answers of the reference evaluator."""
    return [_of(assess(program, facts)) for facts in firms]


def durable(program: Program, firms: Sequence[Facts]) -> list[Answer]:
    """Return the answers of durable-rules."""
    return [_of(_ENGINES.of(program).match(facts)) for facts in firms]


def columns(program: Program, firms: Sequence[Facts]) -> list[Answer]:
    """Return the answers of one register, money in yuan again."""
    rows = told_by(_SCREENERS.of(program), firms)
    return [_row(program, *pair) for pair in zip(firms, rows, strict=True)]


def _row(program: Program, facts: Facts, row: Mapping[str, Told]) -> Answer:
    found = {
        policy: one._replace(amount=one.amount and _yuan(one.amount))
        for policy, one in row.items()
    }
    return Answer(found, lambda fact: _derived(program, facts, fact))


def _of(assessment: Assessment) -> Answer:
    return Answer(told(assessment), assessment.values.__getitem__)


def _yuan(cents: Interval) -> Interval:
    low, high = (
        end if abs(end) == float("inf") else Fraction(end) / 100 for end in cents[:2]
    )
    return cents._replace(low=low, high=high)


def _engine(program: Program) -> Any:
    from policy_match.backends.forward_chaining import (  # noqa: PLC0415
        ForwardChaining,
    )

    return ForwardChaining(program)


_ENGINES: Kept[Any] = Kept(_engine, lambda engine: engine.close())
_SCREENERS: Kept[Screener] = Kept(compiled, lambda _: None)

BACKENDS: dict[str, Callable[[Program, Sequence[Facts]], list[Answer]]] = {
    "reference": reference,
    "polars": columns,
}
if importlib.util.find_spec("durable") is not None:
    BACKENDS["durable-rules"] = durable


# ---- a derived fact, of which a register tells nothing unless a policy asks

_ALWAYS = t.Leaf(t.Fixed("always", holds=True))


def _derived(program: Program, facts: Facts, fact: str) -> Possible:
    """Return what a derived fact may be, asked by policies that rest on it alone."""
    spec = program.facts[fact]
    if spec.type.numeric:
        amount = (Tier("", NO_TEXT, None, t.FactRef(fact)),)
        (one,) = _asked(program, facts, {fact: (_ALWAYS, amount)}).values()
        assert one.amount is not None
        return _yuan(one.amount)
    members = _members(spec)
    tests: dict[str, Condition] = {
        str(m): t.Leaf(t.Holds(f"{fact} = {m}", fact, frozenset((m,)))) for m in members
    }
    tests["none"] = t.Leaf(t.Absent(f"{fact} = none", fact))
    found = _asked(program, facts, {name: (test, ()) for name, test in tests.items()})
    open_ = {n for n, one in found.items() if one.outcome is not Outcome.INELIGIBLE}
    possible = frozenset(m for m in members if str(m) in open_)
    return Choice(possible, absent="none" in open_)


def _members(spec: FactSpec) -> tuple[str | bool, ...]:
    return (True, False) if spec.type is FactType.BOOL else tuple(spec.members)


def _asked(
    program: Program,
    facts: Facts,
    policies: Mapping[str, tuple[Condition, tuple[Tier, ...]]],
) -> Mapping[str, Told]:
    model = program.policies[0]
    asking = tuple(
        replace(model, id=name, when=when, tiers=tiers)
        for name, (when, tiers) in policies.items()
    )
    small = replace(program, policies=asking, groups=(), caps=(), plausibility=())
    return told_by(compiled(small), [facts])[0]
