"""The sixty policies as JSON Logic, for one complete firm after another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from json_logic import jsonLogic

from peers.sixty_policies import (
    BOOLS,
    CLASSES,
    CODES,
    DATES,
    ENUMS,
    INDUSTRIES,
    MEASURES,
    Node,
    Sixty,
    bounds,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


class Logic:
    """The policies as one expression each for the condition and the amount."""

    def __init__(self, sixty: Sixty) -> None:
        """Write the expressions."""
        self._policies = [(_tree(c), _amount(a)) for c, a in sixty.policies]

    def run(self, firm: Mapping[str, Any]) -> list[Any]:
        """Return the amount of every policy, None where the firm is not eligible."""
        known = {**firm, "size_class": jsonLogic(_SIZE, firm)}
        return [
            jsonLogic(amount, known) if jsonLogic(condition, known) else None
            for condition, amount in self._policies
        ]


def complete(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a firm without gaps: what is not known is zero, false or a first word."""
    found: dict[str, Any] = {}
    for fact, value in row.items():
        if isinstance(value, date):
            found[fact] = value.isoformat()
        elif value is not None:
            found[fact] = value
        elif fact in DATES:
            found[fact] = "1970-01-01"
        else:
            words = CODES if fact == "ind4" else ENUMS.get(fact)
            found[fact] = words[0] if words else fact not in BOOLS and 0
    return found


def _var(name: str) -> Node:
    return {"var": name}


def _tree(node: Node) -> Node:
    for kind, word in (("all", "and"), ("any", "or")):
        if kind in node:
            return {word: [_tree(part) for part in node[kind]]}
    return {"!": [_tree(node["not"])]} if "not" in node else _leaf(node)


def _leaf(leaf: Node) -> Node:
    if "size" in leaf:
        return {"in": [_var("size_class"), leaf["size"]]}
    if "ratio" in leaf:
        over, under = map(_var, leaf["ratio"])
        points = leaf["points"]
        return {leaf["sign"]: [{"*": [over, 10_000]}, {"*": [under, points]}]}
    fact, sign, value = _var(leaf["fact"]), leaf["sign"], leaf["value"]
    if sign == "is":
        return {"==": [fact, True]}
    if sign == "under":
        return {"in": [fact, [c for c in CODES if c.startswith(tuple(value))]]}
    return {sign: [fact, value]}


def _size() -> Node:
    arms: list[Any] = []
    for letter in INDUSTRIES:
        used = [(m, b) for m in MEASURES if (b := bounds(letter, m)) is not None]
        classes: list[Any] = []
        for place in (2, 1, 0):
            tests = [{">=": [_var(measure), b[place]]} for measure, b in used]
            classes += [{"and": tests}, CLASSES[place + 1]]
        arms += [
            {"==": [_var("industry"), letter]},
            {"if": [*classes, CLASSES[0]]},
        ]
    return {"if": [*arms, None]}


_SIZE = _size()


def _amount(node: Node) -> Any:  # noqa: ANN401
    if "fixed" in node:
        return node["fixed"]
    if "case" in node:
        parts = [p for g, value in node["case"] for p in (_tree(g), _amount(value))]
        return {"if": [*parts, _amount(node["else"])]}
    if "per" in node:
        found: Node = {"*": [_var(node["per"]), node["unit"]]}
    else:
        base = node["base"]
        value = (
            {"-": [_var(base["rise"][0]), _var(base["rise"][1])]}
            if isinstance(base, dict)
            else _var(base)
        )
        found = _rated({"max": [value, 0]}, node)
    return {"min": [found, node["cap"]]} if node["cap"] else found


def _rated(base: Node, node: Node) -> Node:
    if "rate" in node:
        return {"/": [{"*": [base, node["rate"]]}, 10_000]}
    parts: list[Node] = []
    floor = 0
    for upto, rate in node["brackets"]:
        top = base if upto is None else {"min": [base, upto]}
        above = {"max": [{"-": [top, floor]}, 0]}
        parts.append({"*": [above, rate]})
        floor = upto or floor
    return {"/": [{"+": parts}, 10_000]}
