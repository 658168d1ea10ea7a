"""What two programs say differently: policies, figures, facts; then wording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from policy_match.comparison import canon
from policy_match.comparison.conditions import ConditionChange, compare_conditions
from policy_match.ir.analysis import facts_beneath
from policy_match.ir.program import Policy
from policy_match.ir.traversal import leaves, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.ir.program import OutOfForce, Program
    from policy_match.ir.terms import Const, Leaf

Part = Literal[
    "window", "condition", "amount", "derived", "facts", "exclusions", "kind", "basis"
]
PARTS: tuple[Part, ...] = get_args(Part)
"""What of a policy may mean something else, in the order told."""
Changed = Literal["new", "gone", "starts", "ends", "changed", "basis", "reworded"]
_SAME = {"basis", "reworded"}
"""What leaves every outcome and every amount as it is."""
Known = Literal["new", "gone", "changed"]


class PolicyChange(NamedTuple):
    """How one policy differs.

    `kind` is `new` or `gone` from the rulebook, `starts` or `ends` where it is
    in force on one side only, `changed` where it means something else, and
    `reworded` where only its words differ. `before` and `after` are leaves of
    its condition that stand on one side only, `conditions` say how its tree
    differs; `through` are derived facts it rests on that mean something else.
    """

    policy: str
    kind: Changed
    parts: tuple[Part, ...] = ()
    before: tuple[Leaf, ...] = ()
    after: tuple[Leaf, ...] = ()
    through: tuple[str, ...] = ()
    conditions: tuple[ConditionChange, ...] = ()


class FigureChange(NamedTuple):
    """A parameter whose value differs; None where there is none."""

    name: str
    before: Const | None
    after: Const | None


class FactChange(NamedTuple):
    """A fact that is `new`, `gone` or `changed`; a derived one as to how."""

    fact: str
    kind: Known


class LawChanges(NamedTuple):
    """All that differs between two programs."""

    before: Program
    after: Program
    policies: tuple[PolicyChange, ...]
    figures: tuple[FigureChange, ...]
    facts: tuple[FactChange, ...]

    @property
    def meaning(self) -> tuple[PolicyChange, ...]:
        """The policies that differ in more than words."""
        return tuple(change for change in self.policies if change.kind not in _SAME)

    @property
    def same(self) -> bool:
        """Whether nothing differs at all."""
        return not (self.policies or self.figures or self.facts)


def compare_laws(before: Program, after: Program) -> LawChanges:
    """Return what differs between two programs, in the order of the later one."""
    facts = tuple(_facts(before, after))
    touched = {change.fact for change in facts if change.kind == "changed"}
    return LawChanges(
        before,
        after,
        tuple(_policies(before, after, touched)),
        tuple(_figures(before, after)),
        facts,
    )


def _everyone(program: Program) -> dict[str, Policy | OutOfForce]:
    found: dict[str, Policy | OutOfForce] = {p.id: p for p in program.policies}
    return found | {p.id: p for p in program.out_of_force}


def _policies(
    before: Program, after: Program, touched: set[str]
) -> Iterator[PolicyChange]:
    old, new = _everyone(before), _everyone(after)
    for name in dict.fromkeys((*new, *old)):
        if name not in old or name not in new:
            yield PolicyChange(name, "gone" if name in old else "new")
            continue
        was, is_ = name in before.by_id, name in after.by_id
        if was and is_:
            change = _policy(before, after, name, touched)
        elif was or is_:
            change = PolicyChange(name, "ends" if was else "starts")
        else:
            windows = old[name].about.windows != new[name].about.windows
            change = PolicyChange(name, "changed", ("window",)) if windows else None
        if change is None and was and is_ and _basis(before, after, name):
            change = PolicyChange(name, "basis", ("basis",))
        if change is None and _words(old[name]) != _words(new[name]):
            change = PolicyChange(name, "reworded")
        if change is not None:
            yield change


def _policy(
    before: Program, after: Program, name: str, touched: set[str]
) -> PolicyChange | None:
    old, new = before.by_id[name], after.by_id[name]
    beneath = {
        *facts_beneath(after, new.tiers, new.when),
        *facts_beneath(before, old.tiers, old.when),
    }
    through = tuple(sorted(f for f in beneath & touched if f in after.definitions))
    differs: dict[Part, bool] = {
        "window": old.about.windows != new.about.windows,
        "condition": canon.condition(old.when) != canon.condition(new.when),
        "amount": canon.tiers(old.tiers) != canon.tiers(new.tiers)
        or old.form != new.form
        or old.set_by != new.set_by,
        "derived": bool(through),
        "facts": any(f not in after.definitions for f in beneath & touched),
        "exclusions": _relations(before, name) != _relations(after, name),
        "kind": (old.about.kind, old.indirect) != (new.about.kind, new.indirect),
    }
    if not any(differs.values()):
        return None
    differs["basis"] = _basis(before, after, name)
    parts = tuple(part for part in PARTS if differs[part])
    sides = [{canon.of_test(x.test): x for x in leaves(p.when)} for p in (old, new)]
    gone = tuple(leaf for text, leaf in sides[0].items() if text not in sides[1])
    come = tuple(leaf for text, leaf in sides[1].items() if text not in sides[0])
    tree = compare_conditions(old.when, new.when)
    return PolicyChange(name, "changed", parts, gone, come, through, tree)


def _basis(before: Program, after: Program, name: str) -> bool:
    """Whether other documents grant a policy."""
    old, new = (
        [(str(part.cite), part.tier) for part in program.by_id[name].basis]
        for program in (before, after)
    )
    return old != new


def _relations(program: Program, name: str) -> tuple[set[str], list[str]]:
    rivals = {p for g in program.groups if name in g.policies for p in g.policies}
    caps = [
        f"{cap.policies} {canon.formula(cap.limit)}"
        for cap in program.caps
        if name in cap.policies
    ]
    return rivals, caps


def _words(policy: Policy | OutOfForce) -> tuple[object, ...]:
    """Return all that people read of a policy."""
    if not isinstance(policy, Policy):
        return (policy.about,)
    noted = ((node, node.note) for node in nodes(policy.when))
    notes = {
        canon.condition(node): (note.cite, note.says, note.why)
        for node, note in noted
        if note.cite or note.says or note.why
    }
    return (policy.about, notes)


def _figures(before: Program, after: Program) -> Iterator[FigureChange]:
    for name in dict.fromkeys((*after.figures, *before.figures)):
        old, new = before.figures.get(name), after.figures.get(name)
        if (old and old.value) != (new and new.value):
            yield FigureChange(name, old, new)


def _facts(before: Program, after: Program) -> Iterator[FactChange]:
    for name in dict.fromkeys((*after.facts, *before.facts)):
        if name not in before.facts or name not in after.facts:
            yield FactChange(name, "gone" if name in before.facts else "new")
        elif _meaning(before, name) != _meaning(after, name):
            yield FactChange(name, "changed")


def _meaning(program: Program, name: str) -> str:
    found = program.definitions.get(name)
    how = "" if found is None else canon.definition(found)
    return canon.fact(program.facts[name]) + how
