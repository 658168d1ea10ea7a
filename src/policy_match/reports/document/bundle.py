"""The best bundle as part of a document: what to take, and how it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import exactly, one
from policy_match.reports.document import models as m
from policy_match.reports.document.values import Value
from policy_match.reports.readings.summary import rounded
from policy_match.semantics.one_firm import Evaluation
from policy_match.semantics.relief import reliefs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.possible import Interval
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics import outcome as found


def bundle(assessment: found.Assessment, words: Vocabulary) -> m.Bundle | None:
    """Return the best bundle, None where there is nothing to choose."""
    best = assessment.best
    if best is None:
        return None
    other = best.runner_up
    return m.Bundle(
        policies=best.policies,
        value=_money(best.value),
        options=dict(best.options),
        certain=best.certain,
        runner_up=None
        if other is None
        else m.RunnerUp(
            policies=other.policies,
            value=_money(other.value),
            options=dict(other.options),
            less=_money(other.less),
        ),
        dropped=tuple(
            m.Dropped(policy=policy, instead=instead, less=_money(less))
            for policy, instead, less in best.dropped
        ),
        cut=tuple(m.Cut(policy=cut.policy, kept=_money(cut.kept)) for cut in best.cuts),
        computation=tuple(_computation(assessment, best, words)),
    )


def _computation(
    assessment: found.Assessment, best: found.Best, words: Vocabulary
) -> Iterator[m.Tally]:
    """Yield what is taken, what is given up, what is due then, and what it is worth."""
    kept = {cut.policy: cut.kept for cut in best.cuts}
    for finding in best.taken:
        name, benefit = finding.policy.id, finding.benefit
        amount = kept.get(name, benefit.amount if benefit else None)
        form = words.label(f"form-{finding.policy.form}")
        says = words.label("bundle-takes", policy=words.policy(name), form=form)
        yield _tally(says, amount, name)
    for name, instead, less in best.dropped:
        others = words.listed(map(words.policy, instead))
        policy = words.policy(name)
        says = words.label("bundle-gives-up", policy=policy, others=others)
        yield _tally(says, less, name)
    verdicts = assessment.verdicts
    chosen = {fact: one(option) for fact, option in best.options}
    if chosen:
        verdicts = Evaluation(verdicts.program, {**verdicts.given, **chosen})
    for relief in reliefs(verdicts, best.taken):
        due = words.text(relief.title)
        yield _tally(words.label("bundle-before", due=due), relief.before)
        yield _tally(words.label("bundle-after", due=due), relief.after)
    yield _tally(words.label("bundle-worth"), best.value)


def _tally(says: str, value: Interval | None, policy: str | None = None) -> m.Tally:
    low, high = (
        (None, None)
        if value is None or not value.some
        else (_money(exactly(end)) for end in (value.low, value.high))
    )
    return m.Tally(says=says, low=low, high=high, policy=policy)


def _money(value: Interval) -> Value:
    return Value(rounded(value), FactType.MONEY)
