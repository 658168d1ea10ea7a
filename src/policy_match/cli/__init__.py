"""The commands: the only place that catches errors and prints."""

import gc

# A command is over before its garbage counts, and to look for it takes a tenth of
# its time, most of it while modules are imported.
gc.set_threshold(200_000, 50, 50)

from policy_match.cli.main import main  # noqa: E402

__all__ = ["main"]
