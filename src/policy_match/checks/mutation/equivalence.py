"""Mutants that are no slips: whatever firm comes, the answer is the same.

Two ways to know it. On every day on which the law differs, the compiled parts
are word for word the same: a window that nothing reads. Or every combination
of the values that the lines of the two rules tell apart is tried, each derived
fact that they read being free to be anything: then no firm lies between.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from policy_match.checks.days import boundary_days
from policy_match.checks.mutation.laws import RefusedError
from policy_match.comparison import canon
from policy_match.domain.facts import FactType
from policy_match.domain.possible import NO_VALUE, NONE, exactly, one
from policy_match.domain.truth import TRUE
from policy_match.errors import RulebookError
from policy_match.ir import terms as t
from policy_match.ir.program import Definition, OutOfForce, Policy
from policy_match.ir.traversal import facts_of, walk
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from policy_match.checks.mutation.laws import Laws
    from policy_match.checks.mutation.mutants import Mutant
    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Possible
    from policy_match.ir.program import Program
    from policy_match.ir.traversal import Node

MOST_FIRMS = 60_000
"""Combinations that are tried of one part on one day."""
Compiled = Definition | Policy | OutOfForce | None


class Equivalence:
    """Tells mutants that no firm can notice on any day."""

    def __init__(self, laws: Laws) -> None:
        """Know on which days the law changes."""
        self.laws = laws
        self._days = boundary_days(laws.rulebook.book)

    def decides(self, mutant: Mutant) -> bool:
        """Return whether anything that decides reads what a mutant changes."""
        readers = self.laws.readings.readers(mutant.part)
        return mutant.part[0] != "parameters" or bool(readers)

    def of(self, mutant: Mutant) -> bool:
        """Return whether a mutant is proved to be the same law."""
        days = sorted({*self._days, *mutant.days})
        return all(self._same_on(mutant, day) for day in days)

    def _same_on(self, mutant: Mutant, day: date) -> bool:
        try:
            law = self.laws.on(day)
            slip = self.laws.slipped(mutant, day)
        except (RefusedError, RulebookError):
            return False
        if slip.relating or slip.worth:
            return False
        pairs: list[tuple[Compiled, Compiled]] = [
            (law.definitions.get(name), found)
            for name, found in slip.definitions.items()
        ]
        pairs += [(law.by_id.get(name), p) for name, p in slip.policies.items()]
        return all(_alike(a, b) or _proved(law, a, b) for a, b in pairs)


def _alike(one: Compiled, other: Compiled) -> bool:
    """Return whether two compiled parts say the same, word for word."""
    if isinstance(one, Definition) and isinstance(other, Definition):
        return canon.definition(one) == canon.definition(other)
    if isinstance(one, Policy) and isinstance(other, Policy):
        return (
            canon.condition(one.when) == canon.condition(other.when)
            and canon.tiers(one.tiers) == canon.tiers(other.tiers)
            and len(one.basis) == len(other.basis)
        )
    return not isinstance(one, Policy) and not isinstance(other, Policy)


# ---- every firm that the lines tell apart


def _proved(program: Program, one_: Compiled, other: Compiled) -> bool:
    """Return whether all firms that matter get the same of two compiled parts."""
    if one_ is None or other is None or type(one_) is not type(other):
        return False
    roots = [*_roots(one_), *_roots(other)]
    facts = dict.fromkeys(fact for root in roots for fact in facts_of(root))
    if any(isinstance(n, t.Between | t.Mean) for r in roots for n in walk(r)):
        return False
    lines = _Lines(roots)
    choices = [lines.values(program.facts[fact]) for fact in facts]
    if not all(choices) or prod(map(len, choices)) > MOST_FIRMS:
        return False
    for firm in product(*choices):
        evaluation = Evaluation(program, dict(zip(facts, firm, strict=True)))
        if _answer(evaluation, one_) != _answer(evaluation, other):
            return False
    return True


def _roots(part: Compiled) -> Iterator[Node]:
    if isinstance(part, Definition):
        yield from (x for x in (part.body, part.condition) if x is not None)
    if isinstance(part, Policy):
        yield part.when
        for tier in part.tiers:
            yield from (x for x in (tier.guard, tier.amount) if x is not None)


def _answer(firm: Evaluation, part: Compiled) -> object:
    """Return what a complete firm gets of a definition, or of a policy."""
    if isinstance(part, Definition):
        if part.condition is not None:
            return firm.truth(part.condition)
        assert part.body is not None  # noqa: S101  # INVARIANT: one of the two
        return firm.evaluate(part.body)
    assert isinstance(part, Policy)  # noqa: S101  # INVARIANT: what is compared
    if firm.truth(part.when) is not TRUE:
        return None
    flags, _ = firm.reached(tier.guard for tier in part.tiers)
    amounts = [
        tier.amount for tier, flag in zip(part.tiers, flags, strict=False) if flag
    ]
    return [flags.index(True) if True in flags else None] + [
        None if amount is None else firm.evaluate(amount) for amount in amounts
    ]


class _Lines:
    """The lines that rules draw: the figures, members and codes that they name."""

    def __init__(self, roots: Sequence[Node]) -> None:
        """Collect what every test and formula names."""
        self.numbers: set[Any] = {0, 1}
        for root in roots:
            for node in walk(root):
                self._collect(node)

    def _collect(self, node: Node) -> None:
        match node:
            case t.Const(value=value):
                self.numbers.add(value)
            case t.Brackets(bands=bands):
                self.numbers |= {band.upto for band in bands if band.upto is not None}
            case _:
                pass

    def values(self, spec: FactSpec) -> list[Possible]:
        """Return values of a fact, one of each kind that the lines tell apart."""
        match spec.type:
            case FactType.BOOL:
                found = [one(member) for member in (True, False)]
            case FactType.ENUM:
                found = [one(member) for member in spec.members]
            case FactType.CODE | FactType.TEXT | FactType.LIST:
                return []
            case _:
                numbers = map(exactly, self._numbers(spec))
                return [*numbers, *[NO_VALUE][: spec.may_be_none]]
        return [*found, *[NONE][: spec.may_be_none]]

    def _numbers(self, spec: FactSpec) -> list[Any]:
        """Return each line, and what lies beside it."""
        found = {n + step for n in self.numbers for step in (-1, 0, 1)}
        return sorted(n for n in found if spec.low <= n <= spec.high)
