"""policy-match: which incentives a firm is entitled to, and why."""

__version__ = "0.1.0"
