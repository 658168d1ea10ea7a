"""Forward chaining: one firm, by the rule engine durable-rules.

`readings` shows the firm's values to the engine, `translation` and
`exclusions` turn a program into rules, `ruleset` compiles them within the
engine's limits, `engine` runs it safely, and `memory` reads what it asserted as
verdicts, so that working memory is the evidence. What is unknown is asserted
like anything else: nothing is concluded from silence.
"""

from policy_match.backends.forward_chaining.matcher import ForwardChaining

__all__ = ["ForwardChaining"]
