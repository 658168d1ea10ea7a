"""The commands: the only place that catches errors and prints."""

from policy_match.cli.main import main

__all__ = ["main"]
