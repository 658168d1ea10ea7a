"""What would change an answer, in words: proposals and cliffs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval, exactly, one
from policy_match.language.formats import day_words
from policy_match.reports.views.amounts import proposed_worth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.domain.possible import Number
    from policy_match.reports.document.models import (
        Change,
        Cliff,
        Finding,
        Loss,
        Proposal,
    )
    from policy_match.reports.words.vocabulary import Vocabulary


def proposal_words(proposal: Proposal, finding: Finding, words: Vocabulary) -> str:
    """Return what would make a firm eligible, and what that is worth."""
    if proposal.day is not None:
        wait = (proposal.day - words.program.day).days
        day = day_words(proposal.day, words.lang)
        change = words.label("wait", days=wait, day=day)
    else:
        steps = [step_words(step, words) for step in proposal.changes]
        change = words.label("and-then").join(steps)
    text = words.label(
        "would-get", change=change, worth=proposed_worth(proposal, finding, words)
    )
    if proposal.to_decide:
        left = words.label("comma").join(map(words.title, proposal.to_decide))
        text += words.label("still-to-decide", facts=left)
    if proposal.loses:
        text += words.label("but-loses", lost=_lost(proposal.loses, words))
    return text


def step_words(step: Change, words: Vocabulary) -> str:
    """Return one step: how far, which way, and up to where."""
    target, origin = step.to.possible, step.now.possible
    spec = words.program.facts[step.fact]
    title, unit = words.title(step.fact), words.text(spec.unit)
    if isinstance(target, Choice):
        to = words.value(target, spec)
        if spec.type is FactType.BOOL:
            true = target == one(True)  # noqa: FBT003  (a value, not a switch)
            return words.label("step-true" if true else "step-false", title=title)
        if isinstance(origin, Choice) and origin.settled:
            now = words.value(origin, spec)
            return words.label("step-swap", title=title, now=now, to=to)
        return words.label("step-be", title=title, to=to)
    if not isinstance(target, Interval):
        return title
    if spec.type is FactType.DATE:
        return words.label("step-day", title=title, to=words.value(target, spec))
    rises = isinstance(origin, Interval) and target.low > origin.low
    bound: Number = target.low if rises else target.high
    to = words.amount(bound, spec.type, unit)
    if rises and bound == spec.type.step < 1:
        return words.label("step-some", title=title)
    distance = step.distance.number.low if step.distance else None
    if distance is None:
        return words.label("step-from" if rises else "step-upto", title=title, to=to)
    length: Number = max(distance, -distance)
    far = words.amount(length, spec.type, unit)
    key = "step-up" if distance > 0 else "step-down"
    return words.label(key, title=title, far=far, to=to)


def cliff_words(cliff: Cliff, words: Vocabulary) -> str:
    """Return how much room is left, and what would be lost beyond it."""
    spec = words.program.facts[cliff.fact]
    unit = words.text(spec.unit)
    room, last = cliff.room.number.low, cliff.last.number.low
    return words.label(
        "cliff" if room else "cliff-edge",
        title=words.title(cliff.fact),
        room=words.amount(room, spec.type, unit),
        last=words.amount(last, spec.type, unit),
        lost=_lost(cliff.losses, words),
    )


def _lost(losses: Iterable[Loss], words: Vocabulary) -> str:
    """Return the policies that would be lost, with what they are worth if known."""
    found = []
    for loss in losses:
        worth = words.money(exactly(loss.amount.value)) if loss.amount else ""
        found.append(words.policy(loss.policy) + words.bracketed(worth))
    return words.label("comma").join(found)
