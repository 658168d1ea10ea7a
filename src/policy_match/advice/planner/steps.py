"""What one screen asks: one fact, a list of ticks, or what stands on one paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from policy_match.domain.facts import Settler

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from policy_match.domain.facts import FactSpec

Kind = Literal["question", "ticks", "form"]

MOST_TICKS = 20
"""Facts of one list of ticks."""
MOST_ON_A_FORM = 6
"""Facts of one form."""


class Step(NamedTuple):
    """What one screen asks now.

    `question` is one fact; `ticks` are facts that most firms lack, of which those
    that a firm has are marked; `form` is what stands on one paper.
    """

    kind: Kind
    facts: tuple[str, ...]


def next_step(
    ranked: Sequence[str], specs: Mapping[str, FactSpec], some: Collection[str] = ()
) -> Step | None:
    """Return what to ask now; None where nothing is.

    `ranked` are the facts worth asking for, the best first. Those of which a firm
    has `some`, as it has ticked, are asked for their figure before any other.
    """
    waiting = [fact for fact in ranked if fact in some]
    facts = waiting or ranked
    if not facts:
        return None
    first = specs[facts[0]]
    alike = [f for f in facts if _held_alike(specs[f], first)]
    if first.ticked and not waiting:
        return _step("ticks", _by_theme(alike, specs)[:MOST_TICKS])
    if first.paper:
        same = [f for f in alike if specs[f].paper == first.paper]
        plain = [f for f in same if waiting or not specs[f].ticked]
        return _step("form", plain[:MOST_ON_A_FORM])
    return Step("question", (first.id,))


def _step(kind: Kind, facts: Sequence[str]) -> Step:
    """Return a step; a list of one is no list."""
    return Step(kind if len(facts) > 1 else "question", tuple(facts))


def _held_alike(one: FactSpec, other: FactSpec) -> bool:
    """Whether two facts are both held by a register, or both by the firm."""
    return (one.settled_by is Settler.REGISTER) == (
        other.settled_by is Settler.REGISTER
    )


def _by_theme(facts: Sequence[str], specs: Mapping[str, FactSpec]) -> list[str]:
    """Return the facts to tick, the theme of the best first."""
    themes: dict[str, list[str]] = {}
    for fact in facts:
        if specs[fact].ticked:
            themes.setdefault(specs[fact].theme, []).append(fact)
    return [fact for theme in themes.values() for fact in theme]
