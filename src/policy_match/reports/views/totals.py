"""What a firm gets for certain, by form, and what else it gets."""

from __future__ import annotations

from functools import reduce
from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.possible import Interval, add
from policy_match.reports.document.values import amount_of
from policy_match.reports.readings.summary import has_money
from policy_match.reports.views.amounts import money_total
from policy_match.reports.views.view import Total
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.incentives import Form
    from policy_match.reports.document import models as m
    from policy_match.reports.words.vocabulary import Vocabulary


def certain(document: m.Answer, words: Vocabulary) -> tuple[Total, ...]:
    """Return the money that is certain, by form; of what only may be, none.

    Amounts that are still open make a sum that is surely above nothing open too;
    else they are told apart, by `also_due`.
    """
    known: dict[Form, list[Interval]] = {}
    open_: set[Form] = set()
    for found, benefit in _due(document):
        amount = amount_of(benefit.amount, benefit.range)
        if amount is not None and known_amount(found):
            sure = found.selected is True and not amount.absent
            least = amount.low if sure else min(amount.low, 0)
            known.setdefault(benefit.form, []).append(Interval(least, amount.high))
        else:
            open_.add(benefit.form)
    return tuple(
        Total(words.label(f"form-{form}"), _sum(some, form in open_, words), len(some))
        for form, some in known.items()
    )


def _sum(amounts: list[Interval], more: bool, words: Vocabulary) -> str:
    total = reduce(add, amounts)
    if more and total.low > 0:
        total = Interval(total.low, inf)
    return money_total(total, words)


def together(document: m.Answer, words: Vocabulary) -> tuple[str, ...]:
    """Return what is due without all of it, and with it, a sentence a tax."""
    return tuple(
        words.label(
            "due-falls",
            due=one.title,
            before=money_total(one.before.value, words),
            after=money_total(one.after.value, words),
        )
        for one in document.totals.due
    )


def also_due(document: m.Answer, words: Vocabulary) -> str:
    """Return how many more policies give money, how much being open; maybe nothing."""
    unset = still = 0
    for found, benefit in _due(document):
        none = benefit.amount is None and benefit.range is None
        unset += none
        still += not none and not known_amount(found)
    counted = (("amounts-open", still), ("amounts-set-elsewhere", unset))
    told = (words.label(key, count=count) for key, count in counted if count)
    return words.label("semicolon").join(told)


def known_amount(found: m.Finding) -> bool:
    """Whether there is a figure to tell: some surely, or no more than so much."""
    benefit = found.benefit
    amount = amount_of(benefit.amount, benefit.range) if benefit else None
    return amount is not None and amount.some and (amount.low > 0 or amount.high < inf)


def _due(document: m.Answer) -> Iterator[tuple[m.Finding, m.Benefit]]:
    """Yield what the firm is eligible for and takes, where it is money."""
    for found in document.findings:
        benefit = found.benefit
        due = found.outcome is Outcome.ELIGIBLE and found.selected is not False
        if due and benefit is not None and has_money(benefit.form):
            yield found, benefit
