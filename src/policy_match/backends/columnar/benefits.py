"""What a firm gets if it is eligible, in columns: tiers, amounts, open facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from policy_match.backends.columnar.columns import number
from policy_match.ir.analysis import narrowed_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from policy_match.backends.columnar.columns import Translation
    from policy_match.backends.columnar.flags import Flag
    from policy_match.backends.columnar.numbers import Num
    from policy_match.ir.program import Policy


class Worth(NamedTuple):
    """A policy's benefit in each row, whether or not the firm is eligible."""

    tiers: Sequence[Flag]
    """Where each tier is still possible."""
    amount: Num
    """Unrounded; of no meaning where `unset`."""
    unset: Flag
    """Where no document fixes the amount."""
    wants: Mapping[str, Flag]
    """The facts on a path to an unsettled tier or amount, and where."""


def worth(translation: Translation, policy: Policy) -> Worth:
    """Return the benefit of a policy with tiers, for those who meet it."""
    then = translation.narrowed(narrowed_by(translation.program)[policy.id])
    amount, unset = then.worth(policy)
    wants = then.missing.in_benefit(policy)
    return Worth(then.tier_flags(policy), number(amount), unset, wants)
