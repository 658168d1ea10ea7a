"""What a screening computes of every part: policies, segments, near misses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from policy_match.backends.columnar import compile as columnar
from policy_match.ir.terms import Holds, Leaf
from policy_match.ir.traversal import leaves

if TYPE_CHECKING:
    from policy_match.backends.columnar import Screener
    from policy_match.backends.columnar.answer_layout import Sheet
    from policy_match.ir.program import Policy, Program
    from policy_match.ir.terms import Condition

SIZE, TOWN, INDUSTRY = "sme_class", "town", "industry_code"
"""The facts of section 5 of the contract by which take-up is broken down."""
_SIZE_IS, _WHY_NOT = "·size ", "·why not "


@dataclass(frozen=True)
class Plan:
    """One program and how it is screened; the same for every part."""

    program: Program
    everything: bool = False
    """Whether findings nobody has to act on are written too (`--all`)."""
    headings: tuple[str, ...] = ()
    """Columns of the register by which take-up is split, besides facts."""

    @property
    def own_segments(self) -> tuple[str, ...]:
        """What else take-up is split by: facts of the manifest, and headings."""
        return tuple(dict.fromkeys((*self.own_facts, *self.headings)))

    @property
    def own_facts(self) -> tuple[str, ...]:
        """The facts of the manifest by which take-up is split, besides the usual."""
        every = self.program.segments
        return tuple(x for x in every if x not in {SIZE, TOWN, INDUSTRY})

    @cached_property
    def screener(self) -> Screener:
        """The screener, with questions of our own beside the policies."""
        asked = (*self._size_questions, *self._why_questions)
        policies = (*self.program.policies, *asked)
        return columnar(replace(self.program, policies=policies))

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

    @cached_property
    def bit(self) -> dict[str, int]:
        """The number of every fact that some policy reads."""
        facts = dict.fromkeys(
            fact
            for sheet in self.sheets
            for fact in (*sheet.open_facts, *sheet.wanted_facts)
        )
        return {fact: number for number, fact in enumerate(facts)}

    @cached_property
    def _why_questions(self) -> tuple[Policy, ...]:
        """Ask of each derived fact that policies demand why it does not hold."""
        facts: dict[str, Condition] = {}
        for policy in self.program.policies:
            for leaf in leaves(policy.when):
                definition = self.program.definitions.get(demanded(leaf) or "")
                if definition is not None and definition.condition is not None:
                    facts[definition.fact] = definition.condition
        if not facts:
            return ()
        like = self.program.policies[0]
        return tuple(
            replace(like, id=_WHY_NOT + fact, when=condition, tiers=())
            for fact, condition in facts.items()
        )

    @cached_property
    def sizes(self) -> dict[str, Sheet]:
        """The sheet that says whether a firm is of a size class, by class."""
        return self._named(_SIZE_IS)

    @cached_property
    def reasons(self) -> dict[str, Sheet]:
        """The sheet that says why a derived fact does not hold, by fact."""
        return self._named(_WHY_NOT)

    def _named(self, prefix: str) -> dict[str, Sheet]:
        return {
            sheet.policy.id.removeprefix(prefix): sheet
            for sheet in self.screener.sheets[len(self.program.policies) :]
            if sheet.policy.id.startswith(prefix)
        }


def demanded(leaf: Leaf) -> str | None:
    """Return the fact that a leaf demands to be true, where it demands no more."""
    test = leaf.test
    if isinstance(test, Holds) and test.members == frozenset((True,)):
        return test.fact
    return None
