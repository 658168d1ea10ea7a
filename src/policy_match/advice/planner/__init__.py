"""Which question to ask next, and which answers to offer.

Only facts on a path to something unsettled are asked. Once nothing is open, no
answer to a fact that was not asked can change an outcome, a tier or an amount.
"""

from policy_match.advice.planner.answers import cells
from policy_match.advice.planner.plan import Next, Planner

__all__ = ["Next", "Planner", "cells"]
