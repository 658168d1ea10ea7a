"""What would make a firm eligible, and what it stands to lose by growing.

A proposal is a smallest set of facts that the firm can move, or the first day
on which time alone suffices; each is evaluated again before it is returned.
"""

from policy_match.counterfactuals.cliffs import Cliff, Loss, cliffs
from policy_match.counterfactuals.proposals import Proposal, Step, proposals

__all__ = ["Cliff", "Loss", "Proposal", "Step", "cliffs", "proposals"]
