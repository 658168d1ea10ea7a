"""What a benefit is worth, in words."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.possible import Interval
from policy_match.ir.program import Due
from policy_match.reports.document.values import amount_of
from policy_match.reports.readings.summary import has_money, is_exact, rounded

if TYPE_CHECKING:
    from policy_match.reports.document.models import Finding, Proposal
    from policy_match.reports.words.vocabulary import Vocabulary


def worth(found: Finding, words: Vocabulary) -> str:
    """Return the form of the benefit and its amount."""
    if found.benefit is None:
        return words.label(f"form-{words.program.by_id[found.policy].form}")
    known = amount_of(found.benefit.amount, found.benefit.range)
    return _worth(found, known, amount(found, words), words)


def proposed_worth(proposal: Proposal, found: Finding, words: Vocabulary) -> str:
    """Return what a firm would get if it did what is proposed."""
    known = amount_of(proposal.amount, proposal.range)
    told = _amount(found, known, proposal.set_by, words)
    return _worth(found, known, told, words)


def amount(found: Finding, words: Vocabulary) -> str:
    """Return what the firm gets if it is eligible, in words."""
    benefit = found.benefit
    if benefit is None:
        return ""
    known = amount_of(benefit.amount, benefit.range)
    return _amount(found, known, benefit.set_by or "", words)


def _worth(
    found: Finding, known: Interval | None, amount: str, words: Vocabulary
) -> str:
    form = words.label(f"form-{words.program.by_id[found.policy].form}")
    if not amount:
        return form
    told = known and not (known.high == inf and known.low <= 0)
    key = "amount-form" if told else "form-without"
    return words.label(key, form=form, amount=amount)


def savings(found: Finding, words: Vocabulary) -> str:
    """Return what a deduction saves of what is due; nothing where that has no end."""
    saves = found.benefit.saves.value if found.benefit and found.benefit.saves else None
    due = words.program.worth.get(words.program.by_id[found.policy].form)
    if saves is None or not saves.some or saves.high == inf or not isinstance(due, Due):
        return ""
    amount = _money(saves, words)
    return words.label("saves", amount=amount, due=words.text(due.title))


def _amount(found: Finding, known: Interval | None, who: str, words: Vocabulary) -> str:
    if known is None:
        if not has_money(words.program.by_id[found.policy].form):
            return ""
        return words.label("set-amount", who=who or found.departments.granting)
    text = _money(known, words)
    if who and not is_exact(known):
        return words.label("set-amount-in", amount=text, who=who)
    return text


def _money(amount: Interval, words: Vocabulary) -> str:
    if not amount.some:
        return words.label("no-amount")
    worth = rounded(amount)
    if worth.low <= 0 or worth.low == -inf or amount.absent:
        if worth.high == inf:
            return words.label("amount-open")
        if worth.high > 0:
            high = words.money(worth._replace(low=worth.high))
            return words.label("up-to", high=high)
    if worth.high == inf:
        low = words.money(worth._replace(high=worth.low))
        return words.label("from-amount", low=low)
    return words.money(worth)


def gain(most: Interval, words: Vocabulary) -> str:
    """Return what may come beyond what is certain, in words."""
    return _money(Interval(0, most.high), words)


def money_total(worth: Interval, words: Vocabulary) -> str:
    """Return a total in words."""
    if worth.high == inf:
        if worth.low <= 0:
            return words.label("amount-open")
        low = words.money(worth._replace(high=worth.low))
        return words.label("from-amount", low=low)
    if worth.low <= 0 < worth.high:
        return words.label("up-to", high=words.money(worth._replace(low=worth.high)))
    return words.money(worth)
