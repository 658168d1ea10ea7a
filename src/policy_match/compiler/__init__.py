"""A rulebook as of a day: models to the IR that every backend reads.

`Rulebook` is what the package hands out: it holds the declarations and makes
a `Program` for any day.
"""

from policy_match.compiler.rulebook import Rulebook, load_files, load_texts

__all__ = ["Rulebook", "load_files", "load_texts"]
