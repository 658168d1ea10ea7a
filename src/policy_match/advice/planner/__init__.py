"""Which questions to ask, in what order, on which screen, with which answers.

Only facts on a path to something unsettled are asked. Once nothing is open, no
answer to a fact that was not asked can change an outcome, a tier or an amount.
"""

from policy_match.advice.planner.brackets import choices
from policy_match.advice.planner.ranking import Question, ranked
from policy_match.advice.planner.steps import Step, next_step

__all__ = ["Question", "Step", "choices", "next_step", "ranked"]
