"""What a firm gets if it is eligible, in columns: tiers, amounts, open facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policy_match.backends.columnar import numbers as n
from policy_match.backends.columnar.flags import Flag, both, either, no, perhaps, surely
from policy_match.backends.columnar.openness import Openness
from policy_match.ir.analysis import narrowed_by
from policy_match.ir.traversal import unset_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policy_match.backends.columnar.columns import Translation, Value
    from policy_match.backends.columnar.numbers import Num
    from policy_match.backends.columnar.openness import Open
    from policy_match.ir.program import Policy, Tier


class Worth(NamedTuple):
    """A policy's benefit in each row, whether or not the firm is eligible."""

    tiers: tuple[Flag, ...]
    """Where each tier is still possible."""
    amount: Num
    """Unrounded; of no meaning where `unset`."""
    unset: Flag
    """Where no document fixes the amount."""
    wants: Open
    """The facts on a path to an unsettled tier or amount."""


def worth(translation: Translation, openness: Openness, policy: Policy) -> Worth:
    """Return the benefit of a policy with tiers, for those who meet it."""
    then = translation.narrowed(narrowed_by(translation.program)[policy.id])
    if then is not translation:
        openness = Openness(then, openness)
    flags = _tiers(then, policy)
    live = [(f, t) for f, t in zip(flags, policy.tiers, strict=True) if f is not False]
    unset = either(*(flag for flag, tier in live if _is_unset(tier)))
    amount = _amount(then, live) if unset is not True else n.NOTHING
    return Worth(flags, amount, unset, _wants(then, openness, live, (amount, unset)))


def _is_unset(tier: Tier) -> bool:
    return tier.amount is None or unset_in(tier.amount)


def _tiers(then: Translation, policy: Policy) -> tuple[Flag, ...]:
    flags: list[Flag] = []
    reach: Flag = True
    for tier in policy.tiers:
        guard = True if tier.guard is None else then.truth(tier.guard)
        flags.append(then.stages.flag(both(reach, perhaps(guard))))
        reach = then.stages.flag(both(reach, no(surely(guard))))
    return tuple(flags)


def _amount(then: Translation, live: Sequence[tuple[Flag, Tier]]) -> Num:
    candidates: list[tuple[Flag, Value]] = [
        (flag, then.number(tier.amount))
        for flag, tier in live
        if tier.amount is not None and not _is_unset(tier)
    ]
    found = then.joined(candidates)
    assert isinstance(found, n.Point | n.Span)  # noqa: S101  # INVARIANT: all numbers
    return then.stages.number(found)


def _wants(
    then: Translation,
    openness: Openness,
    live: Sequence[tuple[Flag, Tier]],
    amount: tuple[Num, Flag],
) -> Open:
    value, unset = amount
    parts: list[tuple[Flag, Open]] = [
        (flag, openness.of_condition(tier.guard))
        for flag, tier in live
        if tier.guard is not None
    ]
    gate = then.stages.flag(both(no(unset), openness.unsettled(value)))
    if gate is not False:
        for flag, tier in live:
            if tier.amount is not None and not _is_unset(tier):
                formula = openness.of_formula(tier.amount)
                parts.append((both(gate, flag), formula))
    return openness.gathered(parts)
