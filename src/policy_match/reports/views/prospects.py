"""What would change an answer, in words: proposals and cliffs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval, one
from policy_match.language.formats import day_words
from policy_match.semantics.outcome import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policy_match.domain.possible import Number
    from policy_match.reports.views.finding import Lines
    from policy_match.reports.words.vocabulary import Vocabulary
    from policy_match.semantics.outcome import Cliff, Loss, Proposal, Step


def proposal_words(proposal: Proposal, finding: Finding, lines: Lines) -> str:
    """Return what would make a firm eligible, and what that is worth."""
    words = lines.words
    if proposal.day is not None:
        wait = (proposal.day - words.program.day).days
        day = day_words(proposal.day, words.lang)
        change = words.label("wait", days=wait, day=day)
    else:
        steps = [step_words(step, words) for step in proposal.steps]
        change = words.label("and-then").join(steps)
    then = finding._replace(outcome=Outcome.ELIGIBLE, benefit=proposal.benefit)
    text = words.label("would-get", change=change, worth=lines.worth(then))
    if proposal.to_decide:
        left = words.label("comma").join(map(words.title, proposal.to_decide))
        text += words.label("still-to-decide", facts=left)
    if proposal.loses:
        text += words.label("but-loses", lost=_lost(proposal.loses, words))
    return text


def step_words(step: Step, words: Vocabulary) -> str:
    """Return one step: how far, which way, and up to where."""
    spec = words.program.facts[step.fact]
    title, unit = words.title(step.fact), words.text(spec.unit)
    if isinstance(step.to, Choice):
        to = words.value(step.to, spec)
        if spec.type is FactType.BOOL:
            true = step.to == one(True)  # noqa: FBT003  (a value, not a switch)
            return words.label("step-true" if true else "step-false", title=title)
        if isinstance(step.now, Choice) and step.now.settled:
            now = words.value(step.now, spec)
            return words.label("step-swap", title=title, now=now, to=to)
        return words.label("step-be", title=title, to=to)
    if not isinstance(step.to, Interval):
        return title
    if spec.type is FactType.DATE:
        return words.label("step-day", title=title, to=words.value(step.to, spec))
    rises = isinstance(step.now, Interval) and step.to.low > step.now.low
    bound: Number = step.to.low if rises else step.to.high
    to = words.amount(bound, spec.type, unit)
    if rises and bound == spec.type.step < 1:
        return words.label("step-some", title=title)
    if step.distance is None:
        return words.label("step-from" if rises else "step-upto", title=title, to=to)
    length: Number = max(step.distance, -step.distance)
    far = words.amount(length, spec.type, unit)
    key = "step-up" if step.distance > 0 else "step-down"
    return words.label(key, title=title, far=far, to=to)


def cliff_words(cliff: Cliff, words: Vocabulary) -> str:
    """Return how much room is left, and what would be lost beyond it."""
    spec = words.program.facts[cliff.fact]
    unit = words.text(spec.unit)
    return words.label(
        "cliff" if cliff.room else "cliff-edge",
        title=words.title(cliff.fact),
        room=words.amount(cliff.room, spec.type, unit),
        last=words.amount(cliff.last, spec.type, unit),
        lost=_lost(cliff.losses, words),
    )


def _lost(losses: Iterable[Loss], words: Vocabulary) -> str:
    """Return the policies that would be lost, with what they are worth if known."""
    found = []
    for loss in losses:
        known = loss.amount is not None and loss.amount.some and loss.amount.settled
        worth = words.money(loss.amount) if known and loss.amount else ""
        found.append(words.policy(loss.policy) + words.bracketed(worth))
    return words.label("comma").join(found)
