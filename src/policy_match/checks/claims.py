"""Whether a rulebook says how each of its benefits of money is had.

What to hand in or to keep, where, and by when; or that nothing is public, and whom
to ask. Only of a rulebook that has papers or counters at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.checks.units import MONEY_FORMS
from policy_match.language.messages import said
from policy_match.rulebook.claim_models import DeadlineModel, EventModel, RecoveryModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.errors import Fault
    from policy_match.language.messages import Message
    from policy_match.rulebook.claim_models import ClaimModel, StepModel
    from policy_match.rulebook.loader import Book

_FORMS = (*MONEY_FORMS, "preference")


def unclaimable(book: Book) -> Iterator[Fault]:
    """Yield what claims of money do not say, a finding a policy."""
    if not (book.papers or book.counters):
        return
    for name, policy in book.policies.items():
        lacking = () if policy.benefit.form not in _FORMS else _lacking(policy.claim)
        if lacking:
            message = said("claim-silent", name=name, what=lacking)
            path = ("policies", name, *(["claim"] if policy.claim else []))
            yield book.origin.fault(path, "R417", message, said("say-how-to-claim"))


def _lacking(claim: ClaimModel | None) -> tuple[Message, ...]:
    """Return what a claim does not say, of all that it should."""
    if claim is None or not claim.how:
        return (said("claim-how"),)
    if claim.how == "unknown":
        return () if claim.ask else (said("lacks-ask"),)
    steps = claim.steps
    filed = any(step.filing for step in steps)
    papers = filed or claim.papers or any(step.papers for step in steps)
    found = {
        "claim-papers": bool(papers or any(claim.documents.values())),
        "lacks-where": filed or bool(claim.counters or any(s.counters for s in steps)),
        "claim-when": bool(claim.deadline) or any(map(_has_end, steps)),
    }
    return tuple(said(key) for key, told in found.items() if not told)


def _has_end(step: StepModel) -> bool:
    return bool(step.filing or step.by)


def facts_of_claims(book: Book) -> Iterator[str]:
    """Yield every fact by which claims, and what they share, are dated."""
    ends: list[object] = [*book.deadlines.values()]
    ends += [filed.due for filed in book.returns.values()]
    recoveries: list[object] = [*book.recoveries.values()]
    for policy in book.policies.values():
        claim = policy.claim
        if claim is None:
            continue
        if isinstance(claim.period, EventModel):
            yield from filter(None, (claim.period.fact, claim.period.event))
        ends += [end for step in claim.steps for end in (step.start, step.by)]
        ends += [remedy.by for remedy in claim.remedies]
        recoveries.append(claim.recover)
    for end in ends:
        if isinstance(end, DeadlineModel):
            yield from filter(None, (end.after, end.before))
    for recovery in recoveries:
        if isinstance(recovery, RecoveryModel) and recovery.after:
            yield recovery.after
