"""How the amount of a benefit comes about for anybody, tier by tier, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.ir.terms import Cases
from policy_match.reports.words.conditions import spoken
from policy_match.reports.words.formulas import formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.ir.program import Policy
    from policy_match.ir.terms import Expression
    from policy_match.reports.words.vocabulary import Vocabulary


def amounts_in_words(policy: Policy, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield what each tier and case is called, and its amount as a formula.

    Nothing where a body sets the amount, or where there is no money.
    """
    form = words.label(f"form-{policy.form}")
    for tier in policy.tiers:
        if tier.amount is not None:
            yield from _cases(words.text(tier.title) or form, tier.amount, words)


def _cases(
    title: str, amount: Expression, words: Vocabulary
) -> Iterator[tuple[str, str]]:
    if not isinstance(amount, Cases):
        yield title, formula(amount, words)
        return
    for branch in amount.branches:
        if branch.guard is None:
            told = words.label("otherwise") if len(amount.branches) > 1 else ""
        else:
            told = spoken(branch.guard, words)
        case = words.label("case", title=title, guard=told) if told else title
        yield from _cases(case, branch.value, words)
        if branch.guard is None:
            return  # What comes after is never reached.
