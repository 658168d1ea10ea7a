"""A program written as a GoRules ZEN decision, the peer that answers one firm.

Only what ZEN knows is asked of it: a complete firm, outcomes and amounts; no
unknowns, no evidence. Each derived fact and each policy is one expression.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise, product
from typing import TYPE_CHECKING, Any, assert_never

import zen

from policy_match.domain.facts import FactType
from policy_match.domain.possible import Choice, Interval
from policy_match.ir import terms as t
from policy_match.ir.traversal import facts_of, unset_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.domain.facts import FactSpec
    from policy_match.domain.possible import Number, Possible
    from policy_match.ir.program import Policy, Program

Rows = Sequence[tuple[str, str]]
Firm = Mapping[str, Any]


class Peer:
    """One program as ZEN decisions, all compiled beforehand."""

    def __init__(self, program: Program, given: Mapping[str, Possible]) -> None:
        """Write the decisions; derived facts that are given stay as given."""
        self._program = program
        self._given = given
        policies, engine = program.policies, zen.ZenEngine()

        def decision(*stages: Sequence[Rows]) -> zen.ZenDecision:
            return engine.create_decision(zen.ZenDecisionContent(_graph(stages)))

        parts = [list(self._rows((policy,))) for policy in policies]
        definitions = list(self._definitions(policies))
        self._whole = decision([[*definitions, *chain(*parts)]])
        self._staged = decision([definitions], list(map(_apart, parts)))
        self._single = [
            (decision([[*self._definitions((p,)), *part]]), self._base_facts(p))
            for p, part in zip(policies, parts, strict=True)
        ]

    def at_once(self, firm: Firm) -> Firm:
        """Return outcome and amount of each policy, by one decision of one node."""
        found: Firm = self._whole.evaluate(dict(firm))["result"]
        return found

    def node_by_node(self, firm: Firm) -> Firm:
        """Return the same, by one decision with a node for each policy."""
        found: Firm = self._staged.evaluate(dict(firm))["result"]
        return found

    def one_by_one(self, firm: Firm) -> Firm:
        """Return the same, by a decision for each policy, given what it reads."""
        found: dict[str, Any] = {}
        for decision, names in self._single:
            known = {name: firm[name] for name in names}
            found |= decision.evaluate(known)["result"]
        return found

    def _base_facts(self, policy: Policy) -> list[str]:
        derived = {fact for fact, _ in self._definitions((policy,))}
        definitions = [self._program.definitions[fact] for fact in derived]
        read = {*_read(policy), *(f for d in definitions for f in facts_of(d))}
        return sorted(read - derived)

    # ---- what is computed, in order

    def _definitions(self, policies: Sequence[Policy]) -> Iterator[tuple[str, str]]:
        done: set[str] = set()
        for policy in policies:
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

    def _rows(self, policies: Sequence[Policy]) -> Iterator[tuple[str, str]]:
        for policy in policies:
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

    def condition(self, condition: t.Condition) -> str:
        """Return a condition."""
        match condition:
            case t.Leaf(test=test):
                return self._test(test)
            case t.All(of=parts):
                return f"({' and '.join(map(self.condition, parts)) or 'true'})"
            case t.AnyOf(of=parts):
                return f"({' or '.join(map(self.condition, parts)) or 'false'})"
            case t.Not(of=part):
                return f"(not {self.condition(part)})"
            case _ as never:
                assert_never(never)

    def _test(self, test: t.Test) -> str:
        match test:
            case t.Compare(operator=sign, left=left, right=right):
                same = "==" if sign == "=" else sign
                return f"({self.formula(left)} {same} {self.formula(right)})"
            case t.Holds(fact=fact, members=members):
                if members <= {True, False}:
                    return f"({self._name(fact)} in {json.dumps(sorted(members))})"
                return f"({self._name(fact)} in {_texts(members)})"
            case t.Under(fact=fact, codes=codes):
                return self._under(fact, codes)
            case t.Within(of=of, low=low, high=high):
                what = self.formula(of)
                ends = self.formula(low), self.formula(high)
                return f"({what} >= {ends[0]} and {what} <= {ends[1]})"
            case t.Absent(fact=fact):
                return f"({self._name(fact)} == null)"
            case t.Fixed(holds=holds):
                return "true" if holds else "false"
            case _ as never:
                assert_never(never)

    def _under(self, fact: str, codes: frozenset[str]) -> str:
        name = self._name(fact)
        starts = (f"startsWith({name}, {json.dumps(code)})" for code in sorted(codes))
        return f"({' or '.join(starts)})"

    def formula(self, node: t.Expression) -> str:  # noqa: PLR0911
        """Return a formula."""
        match node:
            case t.Const(value=value):
                return _number(value)
            case t.FactRef(fact=fact) | t.Mean(fact=fact):
                return self._name(fact)
            case t.Arithmetic(operator=sign, left=left, right=right):
                return f"({self.formula(left)} {sign} {self.formula(right)})"
            case t.Extreme(kind=kind, of=parts):
                return f"{kind}([{', '.join(map(self.formula, parts))}])"
            case t.Brackets(of=of, bands=bands):
                return self._brackets(self.formula(of), bands)
            case t.Between(low=low):
                return self.formula(low)
            case t.Cases(branches=branches):
                return self._cases(branches)
            case t.Switch() | t.Lookup():
                return self._chosen(node)
            case t.Label(member=member):
                return json.dumps(member)
            case t.Unset():
                return "null"
            case _ as never:
                assert_never(never)

    def _cases(self, branches: tuple[t.Case, ...]) -> str:
        value = "null"
        for branch in reversed(branches):
            guard = branch.guard and self.condition(branch.guard)
            worth = self.formula(branch.value)
            value = f"({guard} ? {worth} : {value})" if guard else worth
        return value

    def _chosen(self, node: t.Switch | t.Lookup) -> str:
        value = "null"
        if isinstance(node, t.Switch):
            for member, arm in node.arms:
                is_it = f"{self._name(node.fact)} == {json.dumps(member)}"
                value = f"({is_it} ? {self.formula(arm)} : {value})"
            return value
        for code, found in sorted(node.rows, key=lambda row: len(row[0])):
            is_it = self._under(node.fact, frozenset((code,)))
            value = f"({is_it} ? {json.dumps(found)} : {value})"
        return value

    def _brackets(self, of: str, bands: tuple[t.Band, ...]) -> str:
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
    """Return a complete firm for ZEN: what is not known is one, false or empty.

    A code is the first there is, since ZEN compares nothing with null.
    """
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
                else _some_code(program, spec)
            )
    return firm


def _some_code(program: Program, spec: FactSpec) -> str:
    system = program.systems.get(spec.system)
    return next(iter(system.divisions.values()), ("",))[0] if system else ""


def _read(policy: Policy) -> Iterator[str]:
    yield from facts_of(policy.when)
    for tier in policy.tiers:
        yield from facts_of(tier.guard)
        yield from facts_of(tier.amount)


def _texts(members: frozenset[str | bool]) -> str:
    return json.dumps(sorted(map(str, members)), ensure_ascii=False)


def _number(value: Number) -> str:
    return repr(float(value)) if value != int(value) else str(int(value))


def _apart(rows: Rows) -> Rows:
    """Return the rows of a node to itself: derived facts come from the one before."""
    own = f"({rows[0][0]} ?"
    plain = [(key, text.replace("$.", "")) for key, text in rows]
    return [(key, text.replace(own, f"($.{own[1:]}")) for key, text in plain]


def _graph(stages: Sequence[Sequence[Rows]]) -> str:
    """Return the JSON of a decision: the nodes of a stage feed all of the next."""
    nodes = [[_node("in", "inputNode")]]
    for stage, parts in enumerate(stages):
        kept = stage < len(stages) - 1
        row = []
        for number, rows in enumerate(parts):
            content = {"expressions": _expressions(rows), "passThrough": kept}
            row.append(_node(f"s{stage}p{number}", "expressionNode", content=content))
        nodes.append(row)
    nodes.append([_node("out", "outputNode")])
    edges = [
        {"id": a["id"] + b["id"], "sourceId": a["id"], "targetId": b["id"]}
        for before, after in pairwise(nodes)
        for a, b in product(before, after)
    ]
    typed = [{**edge, "type": "edge"} for edge in edges]
    flat = [node for stage_ in nodes for node in stage_]
    return json.dumps({"nodes": flat, "edges": typed})


def _node(name: str, kind: str, **content: Any) -> dict[str, Any]:  # noqa: ANN401
    place = {"x": 0, "y": 0}
    return {"id": name, "type": kind, "name": name, "position": place, **content}


def _expressions(rows: Rows) -> list[dict[str, str]]:
    return [
        {"id": str(index), "key": key, "value": value}
        for index, (key, value) in enumerate(rows)
    ]
