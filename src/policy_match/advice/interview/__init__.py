"""An interview with a firm: what it has answered, what to ask, what to save.

Knows nothing of screens, so that a terminal, a page or a script can hold it.
"""

from policy_match.advice.interview.session import Interview, written

__all__ = ["Interview", "written"]
