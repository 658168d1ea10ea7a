"""The sixty policies as a rulebook of ours: YAML, read and compiled as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from peers.sixty_policies import (
    BOOLS,
    CLASSES,
    COUNTS,
    DATES,
    DAY,
    ENUMS,
    INDUSTRIES,
    MONEY,
    SIZES,
    WAN,
    Node,
    draw,
)
from policy_match.compiler.rulebook import load_texts

if TYPE_CHECKING:
    from policy_match.ir.program import Program

_FROM = "2020-01-01"


def program(count: int = 60) -> Program:
    """Return the first so many policies, compiled."""
    text = yaml.safe_dump(_rulebook(count), sort_keys=False, allow_unicode=True)
    return load_texts({"sixty.yaml": text}).on(DAY)


def _rulebook(count: int) -> Node:
    schedules: dict[str, Node] = {}
    policies = {
        f"pol{place:02d}": _policy(condition, amount, schedules)
        for place, (condition, amount) in enumerate(draw(count=count).policies)
    }
    return {
        "rulebook": {
            "id": "sixty",
            "title": "Sixty policies",
            "languages": ["en"],
            "jurisdiction": "nowhere",
            "currency": "CNY",
            "locale": "en",
            "disclaimer": "For measuring only.",
        },
        "sources": {"law": {"number": "1", "title": "Law"}},
        "departments": {"office": "Office"},
        "code_systems": {"sections": _sections()},
        "facts": {**_facts()},
        "definitions": {"size": _sizes()},
        "parameters": schedules,
        "policies": policies,
    }


def _sections() -> Node:
    found = {letter: [str(place + 10)] for place, letter in enumerate(INDUSTRIES)}
    return {"title": "Sections", "divisions": found}


def _facts() -> Node:
    found: dict[str, Node] = {
        **{fact: {"type": "bool"} for fact in BOOLS},
        **{fact: {"type": "date"} for fact in DATES},
        **{fact: {"type": "int"} for fact in COUNTS},
        **{fact: {"type": "money"} for fact in MONEY},
        "ind4": {"type": "code", "system": "sections"},
    }
    found["profit_y1"]["range"] = ".."
    for fact, members in ENUMS.items():
        found[fact] = {"type": "enum", "values": {one: one for one in members}}
    for fact, spec in found.items():
        spec |= {"title": fact, "asks": f"{fact}?", "settled_by": "firm"}
    return found


def _sizes() -> Node:
    rows = {
        letter: {
            fact: [v if fact == "employees" else f"{v * WAN // 100}" for v in bounds]
            for fact, bounds in zip(
                ("revenue_y1", "employees", "assets"), SIZES[letter], strict=True
            )
            if bounds
        }
        for letter in INDUSTRIES
    }
    return {
        "type": "enum",
        "title": "size class",
        "cite": "law",
        "values": {one: one for one in CLASSES},
        "thresholds": {
            "by": "industry",
            "classes": ["large", "medium", "small"],
            "otherwise": "micro",
            "rows": {
                letter: {fact: list(reversed(v)) for fact, v in row.items()}
                for letter, row in rows.items()
            },
        },
    }


def _policy(condition: Node, amount: Node, schedules: dict[str, Node]) -> Node:
    return {
        "title": "A policy",
        "summary": "A policy.",
        "kind": "subsidy",
        "reaches": "directly",
        "departments": {"lead": "office", "granting": "office"},
        "in_force": {"from": _FROM},
        "when": _condition(condition),
        "benefit": {"form": "grant", "amount": _amount(amount, schedules)},
        "claim": {"channel": "at the office"},
        "cite": ["law"],
        "examples": [],
    }


def _condition(node: Node) -> Node | str:
    for kind in ("all", "any"):
        if kind in node:
            return {kind: [_condition(part) for part in node[kind]]}
    if "not" in node:
        return {"not": _condition(node["not"])}
    return _leaf(node)


def _leaf(leaf: Node) -> str:
    if "size" in leaf:
        return f"size in [{', '.join(leaf['size'])}]"
    if "ratio" in leaf:
        over, under = leaf["ratio"]
        return f"{over} {leaf['sign']} {under} * {leaf['points'] / 100:g}%"
    fact, sign, value = leaf["fact"], leaf["sign"], leaf["value"]
    if sign == "is":
        return str(fact)
    if sign in {"in", "under"}:
        return f"{fact} in [{', '.join(value)}]"
    if fact in MONEY:
        value //= 100
    return f"{fact} {sign} {value}"


def _amount(node: Node, schedules: dict[str, Node]) -> list[Node] | str:
    if "case" in node:
        cases = [
            {"if": _leaf(guard), "is": _amount(value, schedules)}
            for guard, value in node["case"]
        ]
        return [*cases, {"is": _amount(node["else"], schedules)}]
    if "fixed" in node:
        return f"{node['fixed'] // 100}"
    if "per" in node:
        found = f"{node['per']} * {node['unit'] // 100}"
    elif "rate" in node:
        found = f"{_base(node['base'])} * {node['rate'] / 100:g}%"
    else:
        name = f"schedule_{len(schedules)}"
        bands = [_band(upto, rate) for upto, rate in node["brackets"]]
        value = {"from": _FROM, "is": bands, "cite": "law", "status": "verified"}
        schedules[name] = {"title": name, "type": "brackets", "values": [value]}
        found = f"brackets({_base(node['base'])}, ${name})"
    cap = node.get("cap")
    return f"min({found}, {cap // 100})" if cap else found


def _band(upto: int | None, rate: int) -> Node:
    band: Node = {"rate": f"{rate / 100:g}%"}
    return band if upto is None else {"upto": upto // 100, **band}


def _base(base: Node | str) -> str:
    if isinstance(base, dict):
        now, before = base["rise"]
        return f"max({now} - {before}, 0)"
    return "max(profit_y1, 0)" if base == "profit_y1" else str(base)
