"""What a question is for, in words: the money at stake, and what it settles."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from policy_match.reports.readings.summary import has_money
from policy_match.reports.views.amounts import gain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from policy_match.domain.incentives import Form
    from policy_match.domain.possible import Interval
    from policy_match.reports.words.vocabulary import Vocabulary

_NAMED = 3


def stake_words(worth: Mapping[Form, Interval], words: Vocabulary) -> str:
    """Return the money at stake beyond what is certain; nothing where there is none."""
    told = (
        words.label(
            "form-without" if most.high == inf else "amount-form",
            form=words.label(f"form-{form}"),
            amount=gain(most, words),
        )
        for form, most in worth.items()
    )
    return words.label("semicolon").join(told)


def aims(
    settles: Sequence[str],
    may_settle: Sequence[str],
    narrows: Sequence[str],
    words: Vocabulary,
) -> Iterator[str]:
    """Yield which policies any answer settles, some answer does, or none by itself.

    The last are told only where nothing is settled.
    """
    for key, policies in (("settles", settles), ("may-settle", may_settle)):
        if policies:
            yield words.label(f"question-{key}", policies=_named(policies, words))
    if not (settles or may_settle):
        yield words.label("question-narrows", policies=_named(narrows, words))


def _named(policies: Sequence[str], words: Vocabulary) -> str:
    """Return some policies by name, those with money first."""
    known = words.program.by_id
    order = sorted(policies, key=lambda p: not has_money(known[p].form))
    named = words.label("comma").join(map(words.policy, order[:_NAMED]))
    if len(order) <= _NAMED:
        return named
    return words.label("question-more", policies=named, count=len(order))
