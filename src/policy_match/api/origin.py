"""Where a law comes from: the files it was made of, and the same law on other days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from policy_match.ir.program import Program


class Origin(NamedTuple):
    """What a law, and an answer under it, keep of the rulebook they come from."""

    program_on: Callable[[date], Program]
    """The same rulebook's program on another day."""
    digests: Mapping[str, str]
    """The digest of each rule file's bytes, by its name below the rules."""
    parameters: bytes | None
    """The parameters file, whole; None where there is none."""
