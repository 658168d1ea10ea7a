"""What goes into an answer: proposals, as far as it can wait, and cliffs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_match.advice.counterfactuals.cliffs import cliffs
from policy_match.advice.counterfactuals.proposals import proposals
from policy_match.semantics.outcome import Prospects

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from policy_match.ir.program import Program
    from policy_match.semantics.outcome import Assessment

_BOXES = 40
"""Enough for one or two thresholds; an answer is not to wait for more."""


def prospects(
    assessment: Assessment, on: Callable[[date], Program] | None = None
) -> Prospects:
    """Return the proposals for all that the firm is not eligible for, and cliffs.

    `on` gives the law of a later day.
    """
    program, facts = assessment.program, assessment.facts
    return Prospects(
        proposals(program, facts, on=on, boxes=_BOXES), cliffs(program, facts)
    )
