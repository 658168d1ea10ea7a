"""What a firm can do about each benefit it has: by when, where, worth how much."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from policy_match.reports.document import models as m
from policy_match.reports.document.values import DaySpan, Range
from policy_match.reports.readings.summary import rounded
from policy_match.reports.words import claims
from policy_match.semantics.claiming import OVER, Life, State, life
from policy_match.semantics.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.possible import Interval
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.claiming import Dated, Days
    from policy_match.semantics.outcome import Assessment, Finding


class Due(NamedTuple):
    """A benefit that a firm has, and how its claim stands."""

    finding: Finding
    life: Life

    @property
    def worth(self) -> Interval | None:
        """What it is worth, rounded; None where no document says."""
        amount = self.finding.benefit.amount if self.finding.benefit else None
        return rounded(amount) if amount is not None and amount.some else None

    @property
    def order(self) -> tuple[bool, date, float, float]:
        """What is over comes last; the nearest day first, then the largest worth.

        Of what may be worth nothing, that of which no more is known comes last.
        """
        deadline = self.life.deadline
        least = most = 0.0
        if self.worth:
            least = float(self.worth.low)
            most = float(self.worth.high) if self.worth.high < inf else 0.0
        return self.life.state in OVER, deadline or date.max, -least, -most


def due(assessment: Assessment) -> tuple[Due, ...]:
    """Return what the firm has, and may choose: in the order in which it presses.

    What is surely worth nothing is left out: there is nothing to do about it.
    """
    found = [
        Due(one, life(assessment.program, one.policy.about, assessment.asked_on,
                      assessment.verdicts.value))
        for one in assessment.findings
        if one.outcome is Outcome.ELIGIBLE and one.selected is not False
    ]  # fmt: skip
    return tuple(sorted((x for x in found if not _nothing(x)), key=lambda x: x.order))


def _nothing(one: Due) -> bool:
    return one.worth is not None and (one.worth.low, one.worth.high) == (0, 0)


def actions(assessment: Assessment, words: Vocabulary) -> Iterator[m.Action]:
    """Yield the actions of a document, the most pressing first."""
    for one in due(assessment):
        found, about = one.life, one.finding.policy.about
        yield m.Action(
            policy=one.finding.policy.id,
            title=words.text(about.title),
            form=one.finding.policy.form,
            state=found.state,
            standing=claims.standing(found, about, assessment.asked_on, words),
            what=claims.what(found, about, words),
            where=claims.where(found, about, words),
            from_=_span(found.start),
            by=_span(found.by),
            recover_until=DaySpan(found.recover_until) if found.recover_until else None,
            papers=_papers(found, one, words),
            worth=Range(one.worth) if one.worth else None,
            later=tuple(_later(step, words) for step in found.later),
            keep=claims.to_keep(about.claim, words),
            missing=found.missing,
            provisional=found.provisional,
            ask=claims.whom(about, words),
            recover=claims.recovery(found, words),
            note=words.text(about.claim.note),
        )


def _papers(found: Life, one: Due, words: Vocabulary) -> tuple[str, ...]:
    """Return the papers of the step itself, or of the recovery."""
    claim = one.finding.policy.about.claim
    papers = claim.papers
    if found.now is not None:
        papers = (*papers, *found.now.step.papers)
    if found.state is State.RECOVERABLE and found.recovery is not None:
        papers = (*papers, *found.recovery.papers)
    return claims.titles(papers, words) or claims.of_language(claim.documents, words)


def _later(step: Dated, words: Vocabulary) -> m.Later:
    return m.Later(
        what=claims.filing(step, words) or words.text(step.step.what),
        from_=_span(step.start),
        by=_span(step.by),
    )


def _span(days: Days | None) -> DaySpan | None:
    return None if days is None or days == (None, None) else DaySpan(days)
