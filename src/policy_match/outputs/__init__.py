"""Everything that is written, whole or not at all.

A file is written beside its target and renamed; a directory is written whole
in a hidden one beside it, then takes its place. Both hold a lock meanwhile, so
that two runs cannot mix; links are followed, and what is no file is refused.
"""

from policy_match.outputs.directories import Place, write_directory
from policy_match.outputs.files import write_file
from policy_match.outputs.targets import distinct, inside, target, there

__all__ = [
    "Place",
    "distinct",
    "inside",
    "target",
    "there",
    "write_directory",
    "write_file",
]
