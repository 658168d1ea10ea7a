"""What would make a firm eligible, and what it stands to lose by growing.

A proposal is a smallest set of facts that the firm can move, or the first day
on which time alone suffices; each is evaluated again before it is returned.
"""

from policy_match.advice.counterfactuals.cliffs import cliffs
from policy_match.advice.counterfactuals.proposals import proposals
from policy_match.advice.counterfactuals.prospects import prospects

__all__ = ["cliffs", "proposals", "prospects"]
