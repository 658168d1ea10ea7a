"""How two trees of conditions differ: what is added, what is left out, and where.

Conditions are compared as the law reads them: their order means nothing, an `all`
within an `all` is one list, and what stands twice stands once. An alternative that
is added is told as an alternative, and an `all` that became an `any` as that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from policy_match.comparison import canon
from policy_match.ir.terms import All, AnyOf, Condition, Leaf, Not
from policy_match.ir.traversal import leaves

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Step = Literal["added", "removed", "all-to-any", "any-to-all"]
Under = Literal["all", "any"]
_FLIPPED: dict[Under, Under] = {"all": "any", "any": "all"}
_SEVERAL = 2


class ConditionChange(NamedTuple):
    """One difference between two trees.

    `added` and `removed` are of `of`: conditions that must hold besides, or where
    `under` is `any`, alternatives to those in `beside`. `all-to-any` and
    `any-to-all` are of what stands on both sides: one of it is enough now, or all
    of it is needed.
    """

    change: Step
    under: Under
    of: tuple[Condition, ...]
    beside: tuple[Condition, ...] = ()


def compare_conditions(old: Condition, new: Condition) -> tuple[ConditionChange, ...]:
    """Return how two trees differ; nothing where they mean the same."""
    if canon.condition(old) == canon.condition(new):
        return ()
    return tuple(_differences(old, new, "all"))


def _differences(
    old: Condition, new: Condition, under: Under
) -> Iterator[ConditionChange]:
    """Yield how two conditions differ that stand in the same place."""
    if isinstance(old, Not) and isinstance(new, Not):
        inside = _differences(old.of, new.of, _FLIPPED[under])
        yield from map(_turned, inside)
        return
    kinds = _kind(old), _kind(new)
    mine, its = _parts(old, kinds[0]), _parts(new, kinds[1])
    common = tuple(mine[text] for text in mine if text in its)
    if kinds[0] is not None and kinds[0] == kinds[1]:
        yield from _in_list(mine, its, kinds[0])
    elif kinds[0] and kinds[1] and len(common) >= _SEVERAL:
        step: Step = "all-to-any" if kinds[0] == "all" else "any-to-all"
        yield ConditionChange(step, kinds[1], common)
        yield from _in_list(mine, its, kinds[1])
    elif kinds[1] is not None and canon.condition(old) in its:
        yield from _in_list(_parts(old, None), its, kinds[1])
    elif kinds[0] is not None and canon.condition(new) in mine:
        yield from _in_list(mine, _parts(new, None), kinds[0])
    elif under in kinds:
        yield from _in_list(_parts(old, under), _parts(new, under), under)
    else:
        yield ConditionChange("removed", under, (old,))
        yield ConditionChange("added", under, (new,))


def _turned(found: ConditionChange) -> ConditionChange:
    """Return a change within a `not` as a change of what must hold (De Morgan)."""
    steps: dict[Step, Step] = {"all-to-any": "any-to-all", "any-to-all": "all-to-any"}
    return ConditionChange(
        steps.get(found.change, found.change),
        _FLIPPED[found.under],
        tuple(map(_negated, found.of)),
        tuple(map(_negated, found.beside)),
    )


def _in_list(
    mine: dict[str, Condition], its: dict[str, Condition], under: Under
) -> Iterator[ConditionChange]:
    """Yield how two lists differ, what resembles each other set side by side."""
    beside = tuple(mine[text] for text in mine if text in its)
    gone = [mine[text] for text in mine if text not in its]
    come = [its[text] for text in its if text not in mine]
    for old in tuple(gone):
        twin = _alike(old, come)
        if twin is not None:
            gone.remove(old)
            come.remove(twin)
            yield from _differences(old, twin, under)
    steps: tuple[tuple[Step, list[Condition]], ...] = (
        ("removed", gone),
        ("added", come),
    )
    for step, some in steps:
        for one in some:
            yield ConditionChange(step, under, (one,), beside)


def _alike(old: Condition, others: Sequence[Condition]) -> Condition | None:
    """Return the group that shares the most tests; None where none is shared."""
    tests = _tests(old)
    shared = [(len(tests & _tests(one)), one) for one in others]
    most, twin = max(shared, key=lambda pair: pair[0], default=(0, None))
    if not most or (isinstance(old, Leaf) and isinstance(twin, Leaf)):
        return None
    return twin


def _tests(condition: Condition) -> set[str]:
    return {canon.of_test(leaf.test) for leaf in leaves(condition)}


def _kind(condition: Condition) -> Under | None:
    if isinstance(condition, All):
        return "all"
    return "any" if isinstance(condition, AnyOf) else None


def _parts(condition: Condition, kind: Under | None) -> dict[str, Condition]:
    """Return what a list holds, by meaning; what is no such list is its only part."""
    if kind is None or kind != _kind(condition):
        return {canon.condition(condition): condition}
    found: dict[str, Condition] = {}
    assert isinstance(condition, All | AnyOf)  # noqa: S101  # INVARIANT: it has a kind
    for part in condition.of:
        found |= _parts(part, kind)
    return found


def _negated(condition: Condition) -> Condition:
    return condition.of if isinstance(condition, Not) else Not(condition)
