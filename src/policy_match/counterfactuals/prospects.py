"""What to tell a firm unasked: only what moves something it has stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.counterfactuals.cliffs import cliffs
from policy_match.counterfactuals.proposals import proposals
from policy_match.outcome import Outcome, Prospects

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from policy_match.ir.program import Program
    from policy_match.outcome import Assessment, Proposal

_BOXES = 40
"""Enough for one or two thresholds; an answer is not to wait for more."""


def prospects(
    assessment: Assessment, on: Callable[[date], Program] | None = None
) -> Prospects:
    """Return the proposals and cliffs that belong in an answer.

    Of what is not settled, only proposals that move a stated fact: the others
    repeat the questions. `on` gives the law of a later day.
    """
    program, facts = assessment.program, assessment.facts
    found = proposals(program, facts, on=on, boxes=_BOXES, stated=True)

    def told(proposal: Proposal, outcome: Outcome) -> bool:
        stated = any(step.fact in facts.given for step in proposal.steps)
        return outcome is Outcome.INELIGIBLE or stated or proposal.day is not None

    kept: dict[str, tuple[Proposal, ...]] = {}
    for finding in assessment.findings:
        name = finding.policy.id
        some = tuple(p for p in found.get(name, ()) if told(p, finding.outcome))
        if some:
            kept[name] = some
    return Prospects(kept, cliffs(program, facts))
