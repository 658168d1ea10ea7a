"""What a screening computes of every part: policies, segments, near misses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from policy_match.backends.columnar import compile as columnar
from policy_match.ir.conditions import Holds, Leaf

if TYPE_CHECKING:
    from policy_match.backends.columnar import Screener
    from policy_match.backends.columnar.sheet import Sheet
    from policy_match.ir.program import Policy, Program

SIZE, TOWN, INDUSTRY = "sme_class", "town", "industry_code"
"""The facts of section 5 of the contract by which take-up is broken down."""
_SIZE_IS = "·size "


@dataclass(frozen=True)
class Plan:
    """One program and how it is screened; the same for every part."""

    program: Program
    everything: bool = False
    """Whether findings nobody has to act on are written too (`--all`)."""

    @cached_property
    def screener(self) -> Screener:
        """The screener, with a question a size class beside the policies."""
        return columnar(
            replace(
                self.program, policies=(*self.program.policies, *self._size_questions)
            )
        )

    @cached_property
    def _size_questions(self) -> tuple[Policy, ...]:
        spec = self.program.facts.get(SIZE)
        if spec is None or not self.program.policies:
            return ()
        like = self.program.policies[0]
        return tuple(
            replace(
                like,
                id=_SIZE_IS + member,
                when=Leaf(Holds(f"{SIZE} = {member}", SIZE, frozenset((member,)))),
                tiers=(),
            )
            for member in spec.members
        )

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of the policies in force."""
        return self.screener.sheets[: len(self.program.policies)]

    @property
    def sizes(self) -> dict[str, Sheet]:
        """The sheet that says whether a firm is of a size class, by class."""
        rest = self.screener.sheets[len(self.program.policies) :]
        return {sheet.policy.id.removeprefix(_SIZE_IS): sheet for sheet in rest}
