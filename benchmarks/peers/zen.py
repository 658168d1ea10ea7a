"""A program written as a GoRules ZEN decision, the peer that answers one firm.

Only what ZEN knows is asked of it: a complete firm, outcomes and amounts; no
unknowns, no evidence. Each derived fact and each policy is one expression.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, assert_never

import zen

from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval
from policy_match.ir import conditions as c
from policy_match.ir import expressions as e
from policy_match.ir.reads import facts_of, unset_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.program import Policy, Program


class Peer:
    """One program as a ZEN decision of one expression node."""

    def __init__(self, program: Program, given: Mapping[str, Possible]) -> None:
        """Write the decision; derived facts that are given stay as given."""
        self._program = program
        self._given = given
        rows = [*self._definitions(), *self._policies()]
        self._decision = zen.ZenEngine().create_decision(json.dumps(_graph(rows)))

    def evaluate(self, firm: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return outcome and amount of each policy."""
        found: Mapping[str, Any] = self._decision.evaluate(dict(firm))["result"]
        return found

    # ---- what is computed, in order

    def _definitions(self) -> Iterator[tuple[str, str]]:
        done: set[str] = set()
        for policy in self._program.policies:
            for fact in _read(policy):
                yield from self._define(fact, done)

    def _define(self, fact: str, done: set[str]) -> Iterator[tuple[str, str]]:
        definition = self._program.definitions.get(fact)
        if definition is None or fact in done or fact in self._given:
            return
        done.add(fact)
        for needed in facts_of(definition):
            yield from self._define(needed, done)
        if definition.condition is not None:
            yield fact, self.condition(definition.condition)
        elif definition.body is not None:
            yield fact, self.formula(definition.body)

    def _policies(self) -> Iterator[tuple[str, str]]:
        for policy in self._program.policies:
            name = policy.id.replace("-", "_")
            yield name, self.condition(policy.when)
            amounts = [t for t in policy.tiers if t.amount and not unset_in(t.amount)]
            if amounts:
                value = "0"
                for tier in reversed(amounts):
                    guard = "true" if tier.guard is None else self.condition(tier.guard)
                    assert tier.amount is not None  # noqa: S101
                    value = f"({guard} ? {self.formula(tier.amount)} : {value})"
                yield f"{name}_amount", f"($.{name} ? {value} : 0)"

    # ---- conditions and formulas as ZEN writes them

    def condition(self, condition: c.Condition) -> str:
        """Return a condition."""
        match condition:
            case c.Leaf(test=test):
                return self._test(test)
            case c.All(of=parts):
                return f"({' and '.join(map(self.condition, parts)) or 'true'})"
            case c.AnyOf(of=parts):
                return f"({' or '.join(map(self.condition, parts)) or 'false'})"
            case c.Not(of=part):
                return f"(not {self.condition(part)})"
            case _ as never:
                assert_never(never)

    def _test(self, test: c.Test) -> str:
        match test:
            case c.Compare(operator=sign, left=left, right=right):
                same = "==" if sign == "=" else sign
                return f"({self.formula(left)} {same} {self.formula(right)})"
            case c.Holds(fact=fact, members=members):
                if members <= {True, False}:
                    return f"({self._name(fact)} in {json.dumps(sorted(members))})"
                return f"({self._name(fact)} in {_texts(members)})"
            case c.Under(fact=fact, codes=codes):
                return self._under(fact, codes)
            case c.Within(of=of, low=low, high=high):
                what = self.formula(of)
                ends = self.formula(low), self.formula(high)
                return f"({what} >= {ends[0]} and {what} <= {ends[1]})"
            case c.Absent(fact=fact):
                return f"({self._name(fact)} == null)"
            case c.Fixed(holds=holds):
                return "true" if holds else "false"
            case _ as never:
                assert_never(never)

    def _under(self, fact: str, codes: frozenset[str]) -> str:
        name = self._name(fact)
        starts = (f"startsWith({name}, {json.dumps(code)})" for code in sorted(codes))
        return f"({' or '.join(starts)})"

    def formula(self, node: e.Expression) -> str:  # noqa: PLR0911
        """Return a formula."""
        match node:
            case e.Const(value=value):
                return _number(value)
            case e.FactRef(fact=fact) | e.Mean(fact=fact):
                return self._name(fact)
            case e.Arithmetic(operator=sign, left=left, right=right):
                return f"({self.formula(left)} {sign} {self.formula(right)})"
            case e.Extreme(kind=kind, of=parts):
                return f"{kind}([{', '.join(map(self.formula, parts))}])"
            case e.Brackets(of=of, bands=bands):
                return self._brackets(self.formula(of), bands)
            case e.Between(low=low):
                return self.formula(low)
            case e.Cases(branches=branches):
                return self._cases(branches)
            case e.Switch() | e.Lookup():
                return self._chosen(node)
            case e.Label(member=member):
                return json.dumps(member)
            case e.Unset():
                return "null"
            case _ as never:
                assert_never(never)

    def _cases(self, branches: tuple[e.Case, ...]) -> str:
        value = "null"
        for branch in reversed(branches):
            guard = branch.guard and self.condition(branch.guard)
            worth = self.formula(branch.value)
            value = f"({guard} ? {worth} : {value})" if guard else worth
        return value

    def _chosen(self, node: e.Switch | e.Lookup) -> str:
        value = "null"
        if isinstance(node, e.Switch):
            for member, arm in node.arms:
                is_it = f"{self._name(node.fact)} == {json.dumps(member)}"
                value = f"({is_it} ? {self.formula(arm)} : {value})"
            return value
        for code, found in sorted(node.rows, key=lambda row: len(row[0])):
            is_it = self._under(node.fact, frozenset((code,)))
            value = f"({is_it} ? {json.dumps(found)} : {value})"
        return value

    def _brackets(self, of: str, bands: tuple[e.Band, ...]) -> str:
        parts, floor = [], "0"
        for band in bands:
            top = of if band.upto is None else f"min([{of}, {_number(band.upto)}])"
            parts.append(f"max([{top} - {floor}, 0]) * {_number(band.rate)}")
            floor = _number(band.upto or 0)
        return f"({' + '.join(parts)})"

    def _name(self, fact: str) -> str:
        derived = fact in self._program.definitions and fact not in self._given
        return f"$.{fact}" if derived else fact


def complete(program: Program, given: Mapping[str, Possible]) -> dict[str, Any]:
    """Return a complete firm for ZEN: what is not known is one, false or empty."""
    firm: dict[str, Any] = {}
    for fact, spec in program.facts.items():
        value = given.get(fact)
        if isinstance(value, Interval) and value.some:
            firm[fact] = float(value.low)
        elif isinstance(value, Choice) and value.members:
            firm[fact] = min(value.members, key=str)
        elif not spec.derived:
            firm[fact] = (
                False
                if spec.type is FactType.BOOL
                else 1
                if spec.type.numeric or spec.type is FactType.LIST
                else ""
            )
    return firm


def _read(policy: Policy) -> Iterator[str]:
    yield from facts_of(policy.when)
    for tier in policy.tiers:
        yield from facts_of(tier.guard)
        yield from facts_of(tier.amount)


def _texts(members: frozenset[str | bool]) -> str:
    return json.dumps(sorted(map(str, members)), ensure_ascii=False)


def _number(value: Number) -> str:
    return repr(float(value)) if value != int(value) else str(int(value))


def _graph(rows: list[tuple[str, str]]) -> dict[str, Any]:
    def node(name: str, kind: str, **content: Any) -> dict[str, Any]:  # noqa: ANN401
        place = {"x": 0, "y": 0}
        return {"id": name, "type": kind, "name": name, "position": place, **content}

    expressions = [
        {"id": str(index), "key": key, "value": value}
        for index, (key, value) in enumerate(rows)
    ]
    return {
        "nodes": [
            node("in", "inputNode"),
            node("rules", "expressionNode", content={"expressions": expressions}),
            node("out", "outputNode"),
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"},
            {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"},
        ],
    }
