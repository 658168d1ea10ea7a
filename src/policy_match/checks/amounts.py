"""Amounts that can lie below zero: a benefit that would cost its firm."""

from __future__ import annotations

from itertools import islice, product
from math import inf
from typing import TYPE_CHECKING

from policy_match.checks.constants import shown
from policy_match.domain.facts import FactType
from policy_match.domain.possible import Interval, exactly
from policy_match.domain.truth import FALSE
from policy_match.ir.analysis import facts_beneath
from policy_match.language.messages import said
from policy_match.semantics.one_firm import Evaluation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.errors import Fault
    from policy_match.ir.program import Policy, Program
    from policy_match.rulebook.loader import Book

_WAYS = 243
"""Combinations of values that one amount is tried with."""
_MUCH = 100_000_000
"""A value of a fact that has no greatest one."""


def below_zero(book: Book, programs: Sequence[Program]) -> Iterator[Fault]:
    """Yield what is told of amounts that some values of the facts make negative.

    The values are shown; where none is found, nothing is told.
    """
    done: set[str] = set()
    for program in programs:
        evaluation = Evaluation(program, {})
        for policy in program.policies:
            if policy.id in done or not policy.tiers:
                continue
            done.add(policy.id)
            worth, _ = evaluation.worth(policy)
            if not isinstance(worth, Interval) or worth.low >= 0:
                continue
            found = _witness(program, policy)
            if found is not None:
                amount, given = found
                values = tuple(
                    said("value-of", name=fact, value=shown(value, program, fact))
                    for fact, value in given.items()
                )
                fields = {"name": policy.id, "amount": amount, "values": values}
                path = ("policies", policy.id, "benefit")
                message, hint = said("below-zero", **fields), said("at-least-zero")
                yield book.origin.fault(path, "R408", message, hint)


def _witness(
    program: Program, policy: Policy
) -> tuple[Number, dict[str, Possible]] | None:
    """Return a negative amount of a firm that may be eligible, and what it is."""
    read = sorted(facts_beneath(program, policy.tiers) - program.definitions.keys())
    points = [_points(program.facts[fact]) for fact in read]
    for way in islice(product(*points), _WAYS):
        given = {f: v for f, v in zip(read, way, strict=True) if v is not None}
        firm = Evaluation(program, given)
        worth, _ = firm.worth(policy)
        if not isinstance(worth, Interval) or not worth.some or worth.high >= 0:
            continue
        sound = all(firm.truth(p.condition) is not FALSE for p in program.plausibility)
        if sound and firm.truth(policy.when) is not FALSE:
            return worth.high, given
    return None


def _points(spec: FactSpec) -> list[Possible | None]:
    """Return the ends of a fact's range, and a value between; None: not asked."""
    if not spec.type.numeric or spec.type is FactType.DATE:
        return [None]
    low = spec.low if spec.low != -inf else -_MUCH
    high = spec.high if spec.high != inf else _MUCH
    middle = low + (high - low) // 1000
    return [*map(exactly, dict.fromkeys((low, high, middle)))]
