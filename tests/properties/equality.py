"""Two backends that must agree: what is compared, and how they differ.

A backend that answers with an `Assessment` is compared through `told`; one
that answers in columns makes the same `Told` of them, leaving as None what it
does not say.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.money import cents
from policy_match.domain.possible import NO_VALUE, Interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy_match.domain.possible import Possible
    from policy_match.domain.truth import Truth
    from policy_match.semantics.outcome import Assessment, Evidence, Finding, Outcome

Marks = tuple[tuple["Truth", bool], ...]
"""The truth of every node of the evidence, and whether it is decisive."""


class Told(NamedTuple):
    """All that a backend tells of one policy for one firm.

    `missing` and `open_for_outcome` are sets here: the order is for people.
    `marks` and `excluded_by` may be None where a backend does not say.
    """

    outcome: Outcome
    tiers: tuple[str, ...]
    amount: Interval | None
    missing: frozenset[str]
    open_for_outcome: frozenset[str]
    selected: bool | None
    excluded_by: str | None = None
    marks: Marks | None = None


def told(assessment: Assessment) -> dict[str, Told]:
    """Return what an assessment tells, by policy."""
    return {found.policy.id: _told(found) for found in assessment.findings}


def _told(found: Finding) -> Told:
    amount, tiers = found.benefit or (None, ())
    return Told(
        found.outcome,
        tiers,
        amount,
        frozenset(found.missing),
        frozenset(found.open_for_outcome),
        found.selected,
        found.excluded_by,
        tuple(_marks(found.evidence)),
    )


def _marks(tree: Evidence) -> Iterator[tuple[Truth, bool]]:
    yield tree.truth, tree.decisive
    for part in tree.of:
        yield from _marks(part)


def rounded(one: Told) -> Told:
    """Return what is told with the amount in whole cents."""
    amount = one.amount
    if amount is None:
        return one
    low, high = (None if e in (inf, -inf) else cents(e) for e in amount[:2])
    return one._replace(amount=in_cents(low, high, True, *amount[2:]))  # noqa: FBT003


def in_cents(
    low: int | None,
    high: int | None,
    fixed: bool,
    absent: bool,
    some: bool,
) -> Interval | None:
    """Return an amount whose ends are cents, None for an open one."""
    if not fixed:
        return None
    if not some:
        return NO_VALUE
    return Interval(-inf if low is None else low, inf if high is None else high, absent)


def differences(
    expected: Mapping[str, Told], actual: Mapping[str, Told]
) -> Iterator[str]:
    """Yield where two backends tell different things of one firm."""
    for policy in expected.keys() ^ actual.keys():
        yield f"{policy}: told by one backend only"
    for policy in expected.keys() & actual.keys():
        for what, one, other in zip(
            Told._fields, expected[policy], actual[policy], strict=True
        ):
            unsaid = what in {"marks", "excluded_by"} and other is None
            if not unsaid and not same(one, other):
                yield f"{policy}: {what} is {one!r}, not {other!r}"


def derived_differences(expected: Assessment, actual: Assessment) -> Iterator[str]:
    """Yield the derived facts of which two backends find different things."""
    for fact, value in expected.values.items():
        other = actual.values.get(fact)
        if other is None or not same_possible(value, other):
            yield f"{fact}: {value!r}, not {other!r}"


def same(one: object, other: object) -> bool:
    """Return whether two values are the same, intervals compared as such."""
    if isinstance(one, Interval) and isinstance(other, Interval):
        return same_possible(one, other)
    return one == other


def same_possible(one: Possible, other: Possible) -> bool:
    """Return whether the same things are possible.

    Where nothing but absence is possible, ends and kinds say nothing.
    """
    if _nothing(one) or _nothing(other):
        return _nothing(one) and _nothing(other)
    return type(one) is type(other) and one == other


def _nothing(value: Possible) -> bool:
    if isinstance(value, Interval):
        return not value.some
    return value[0] == frozenset() if len(value) > 1 else False
