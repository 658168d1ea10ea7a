"""Sixty policies of three to eight conditions, drawn once: what all peers run.

A tree is `{"all": […]}`, `{"any": […]}`, `{"not": …}` or a leaf; a leaf compares
a fact, two facts by a ratio in basis points, or names size classes. Money is
in cents.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

Node = dict[str, Any]
DAY = date(2025, 6, 30)
YUAN = 100
WAN = 10_000 * YUAN

INDUSTRIES = tuple("ABCDEFGHIJKLMNOP")
PROVINCES = tuple(f"P{number:02d}" for number in range(31))
ENUMS: dict[str, tuple[str, ...]] = {
    "industry": INDUSTRIES,
    "province": PROVINCES,
    "city": tuple(f"{p}C{number}" for p in PROVINCES for number in range(10)),
    "ownership": ("private", "state", "foreign", "collective", "joint", "sole"),
    "credit_grade": ("A", "B", "M", "C", "D"),
    "taxpayer_type": ("general", "small"),
    "stage": ("seed", "startup", "growth", "mature", "decline"),
    "park": ("none_of_these", "national", "provincial", "city", "bonded"),
    "reg_status": ("active", "suspended", "cancelled"),
}
CODES = tuple(
    f"{letter}{place + 10}{number:02d}"
    for place, letter in enumerate(INDUSTRIES)
    for number in range(25)
)
"""Of the fact `ind4`: a section, a division of two digits, and two more."""
BOOLS = (
    "is_hightech", "is_specialised", "is_gazelle", "has_arrears", "major_violation",
    "env_penalty", "dishonest", "listed", "exporter", "has_rd_centre",
    "social_ins_paid", "in_pilot", "has_iso", "is_platform",
)  # fmt: skip
DATES = ("established", "cert_date", "loan_start")
COUNTS = (
    "employees", "rd_staff", "grads_hired", "disabled_emp", "patents_inv",
    "patents_util", "software_cr", "layoff_bp", "interns", "veterans", "standards",
    "export_countries", "loan_months",
)  # fmt: skip
MONEY = (
    "revenue_y1", "revenue_y2", "revenue_y3", "assets", "reg_capital", "tax_paid_y1",
    "tax_paid_y2", "vat_paid", "rd_spend_y1", "rd_spend_y2", "equip_invest",
    "export_value", "wages", "social_ins", "loan_principal", "loan_interest",
    "power_cost", "rent_paid", "training_spend", "profit_y1",
)  # fmt: skip
FACTS = (*ENUMS, "ind4", *BOOLS, *DATES, *COUNTS, *MONEY)

CLASSES = ("micro", "small", "medium", "large")
MEASURES = ("revenue_y1", "employees", "assets")
_Bounds = tuple[int, int, int] | None
SIZES: dict[str, tuple[_Bounds, _Bounds, _Bounds]] = {
    "A": ((50, 500, 20000), None, None),
    "B": ((300, 2000, 40000), (20, 300, 1000), None),
    "C": ((300, 6000, 80000), None, (300, 5000, 80000)),
    "D": ((1000, 5000, 40000), (5, 20, 200), None),
    "E": ((100, 500, 20000), (10, 50, 300), None),
    "F": ((200, 3000, 30000), (20, 300, 1000), None),
    "G": ((100, 1000, 30000), (20, 100, 200), None),
    "H": ((100, 2000, 30000), (20, 300, 1000), None),
    "I": ((100, 2000, 10000), (10, 100, 300), None),
    "J": ((100, 2000, 10000), (10, 100, 300), None),
    "K": ((100, 1000, 100000), (10, 100, 2000), None),
    "L": ((50, 1000, 10000), (10, 100, 300), None),
    "M": ((100, 1000, 200000), None, (2000, 5000, 10000)),
    "N": ((500, 1000, 5000), (100, 300, 1000), None),
    "O": (None, (10, 100, 300), (100, 8000, 120000)),
    "P": (None, (10, 100, 300), None),
}
"""From which revenue, staff and assets (万元) a firm is small, medium, large."""


def bounds(industry: str, measure: str) -> tuple[int, int, int] | None:
    """Return the bounds of a measure in its own unit; None where it is not used."""
    found = SIZES[industry][MEASURES.index(measure)]
    unit = 1 if measure == "employees" else WAN
    return found and (found[0] * unit, found[1] * unit, found[2] * unit)


# ---- drawing them


def _leaf(fact: str, sign: str, value: object) -> Node:
    return {"fact": fact, "sign": sign, "value": value}


def _is(fact: str) -> Node:
    return _leaf(fact, "is", value=True)


def _ratio(over: str, under: str, sign: str, points: int) -> Node:
    return {"ratio": [over, under], "sign": sign, "points": points}


def _gates() -> list[Node]:
    """Return conditions that many policies share."""
    found: list[Node] = [
        {"not": _is(fact)}
        for fact in ("dishonest", "major_violation", "has_arrears", "env_penalty")
    ]
    found += [
        _leaf("reg_status", "in", ["active"]),
        _leaf("credit_grade", "in", ["A", "B", "M"]),
        _leaf("credit_grade", "in", ["A", "B"]),
    ]
    found += [
        {"size": list(CLASSES[low:high])}
        for low, high in ((0, 2), (0, 3), (0, 1), (1, 3), (2, 4))
    ]
    return [
        *found,
        _is("social_ins_paid"),
        _leaf("taxpayer_type", "in", ["general"]),
        _leaf("established", "<=", "2023-06-30"),
        _leaf("established", "<=", "2024-06-30"),
        {"not": _leaf("industry", "in", ["A", "I", "J", "L"])},
        _leaf("industry", "in", ["C"]),
        _leaf("industry", "in", ["C", "K", "M"]),
    ]


_AT_LEAST = {
    "rd_staff": (1, 10), "grads_hired": (1, 3), "disabled_emp": (1,),
    "patents_inv": (1, 3), "patents_util": (3, 6), "software_cr": (2, 5),
    "interns": (3,), "veterans": (1,), "standards": (1,), "export_countries": (2,),
    "loan_months": (6, 12),
}  # fmt: skip
_AT_LEAST_WAN = {
    "reg_capital": (100, 500), "tax_paid_y1": (10, 100), "vat_paid": (5, 50),
    "rd_spend_y1": (50, 500), "equip_invest": (100, 1000), "export_value": (200,),
    "wages": (100,), "loan_principal": (100, 500), "power_cost": (20,),
    "rent_paid": (5,), "training_spend": (2,),
}  # fmt: skip


def _conditions() -> list[Node]:
    """Return conditions that few policies share."""
    found = [
        _is(fact)
        for fact in BOOLS
        if fact not in {"has_arrears", "major_violation", "env_penalty", "dishonest",
                        "social_ins_paid"}
    ]  # fmt: skip
    found += [_leaf("revenue_y1", ">=", v * WAN) for v in (2000, 1000, 500, 300)]
    found += [_leaf("revenue_y1", "<=", v * WAN) for v in (2_000, 40_000)]
    found += [_leaf("employees", ">=", v) for v in (5, 20, 100, 300)]
    found += [_leaf("employees", "<=", v) for v in (300, 1000)]
    found += [_leaf(f, ">=", v) for f, values in _AT_LEAST.items() for v in values]
    found += [_leaf("layoff_bp", "<=", v) for v in (550, 2000)]
    found += [_ratio("rd_spend_y1", "revenue_y1", ">=", v * 100) for v in (3, 6, 15)]
    found += [
        _ratio("revenue_y1", "revenue_y2", ">=", 10_000 + v * 100) for v in (0, 10, 20)
    ]
    found += [
        _ratio("rd_staff", "employees", ">=", 1000),
        _ratio("grads_hired", "employees", ">=", 1500),
        _ratio("tax_paid_y1", "tax_paid_y2", ">=", 11_000),
        _ratio("export_value", "revenue_y1", ">=", 1000),
        _ratio("loan_interest", "loan_principal", "<=", 600),
        _ratio("loan_principal", "assets", "<=", 7000),
    ]
    found += [
        _leaf(f, ">=", v * WAN) for f, values in _AT_LEAST_WAN.items() for v in values
    ]
    return [
        *found,
        _leaf("assets", "<=", 5000 * WAN),
        _leaf("assets", "<=", 40000 * WAN),
        _leaf("profit_y1", ">", 0),
        _leaf("established", ">=", "2020-06-30"),
        _leaf("established", ">=", "2022-06-30"),
        _leaf("cert_date", ">=", "2022-06-30"),
        _leaf("loan_start", ">=", "2024-01-01"),
        _leaf("stage", "in", ["seed", "startup"]),
        _leaf("stage", "in", ["growth", "mature"]),
        _leaf("park", "in", ["national", "provincial"]),
        {"not": _leaf("park", "in", ["none_of_these"])},
        _leaf("ownership", "in", ["private", "sole"]),
        {"not": _leaf("ownership", "in", ["state"])},
        _leaf("ind4", "under", ["C12"]),
        _leaf("ind4", "under", ["C12", "K20", "M2201"]),
        _leaf("ind4", "under", ["F15", "G16"]),
    ]


def _places() -> list[Node]:
    spread = ["P03C0", "P03C1", "P03C2", "P10C0", "P18C4"]
    return [
        *(_leaf("province", "in", [p]) for p in ("P03", "P10", "P18")),
        *(_leaf("province", "in", list(PROVINCES[k : k + 8])) for k in (0, 12)),
        _leaf("city", "in", spread),
        _leaf("city", "in", [f"{p}C0" for p in PROVINCES[:12]]),
    ]


_BASES: tuple[Any, ...] = (
    "rd_spend_y1", "equip_invest", "loan_interest", "vat_paid", "tax_paid_y1",
    "rent_paid", "power_cost", "training_spend", "social_ins", "wages",
    {"rise": ["rd_spend_y1", "rd_spend_y2"]}, {"rise": ["tax_paid_y1", "tax_paid_y2"]},
    {"rise": ["revenue_y1", "revenue_y2"]}, "profit_y1", "export_value",
    "loan_principal",
)  # fmt: skip
_BRACKETS = (
    ((100, 3000), (500, 1500), (None, 500)),
    ((300, 500), (1000, 1000), (None, 2000)),
    ((50, 5000), (200, 3000), (1000, 1000), (None, 0)),
)


def _amount(chance: random.Random) -> Node:
    base = chance.choice(_BASES)
    cap = chance.choice([None, 10, 20, 50, 100, 200, 500, 1000])
    cap = cap and cap * WAN
    kinds = ["fixed", "rate", "brackets", "per", "case"]
    kind = chance.choices(kinds, [2, 6, 2, 2, 2])[0]
    if kind == "fixed":
        return {"fixed": chance.choice([1, 5, 10, 20, 30, 50, 100]) * WAN}
    if kind == "rate":
        rates = [50, 100, 200, 300, 500, 1000, 1500, 2000, 3000, 5000]
        return {"rate": chance.choice(rates), "base": base, "cap": cap}
    if kind == "per":
        each = ["grads_hired", "disabled_emp", "interns", "veterans", "patents_inv",
                "standards"]  # fmt: skip
        fact = chance.choice(each)
        unit = chance.choice([500, 1000, 1500, 3000, 5000, 10000]) * YUAN
        return {"per": fact, "unit": unit, "cap": cap}
    if kind == "brackets":
        bands = [(upto and upto * WAN, r) for upto, r in chance.choice(_BRACKETS)]
        return {"brackets": bands, "base": base, "cap": cap}
    rate = chance.choice([1000, 1500, 2000, 3000])

    def at(share: int) -> Node:
        return {"rate": share, "base": base, "cap": cap}

    small = ({"size": ["micro", "small"]}, at(rate))
    high = (_is("is_hightech"), at(rate * 3 // 4))
    return {"case": [small, high], "else": at(rate // 2)}


def _condition(chance: random.Random) -> Node:
    count = chance.choices(range(3, 9), [2, 4, 5, 5, 3, 2])[0]
    parts = chance.sample(_gates(), min(count - 1, chance.choice([1, 2, 2, 3])))
    if chance.random() < 0.4:  # noqa: PLR2004
        parts += [chance.choice(_places())]
    rest = chance.sample(_conditions(), max(count - len(parts), 1))
    if len(rest) >= 2 and chance.random() < 0.6:  # noqa: PLR2004
        number = chance.randint(2, min(3, len(rest)))
        some, rest = rest[:number], rest[number:]
        if chance.random() < 0.8:  # noqa: PLR2004
            flat = len(some) < 3 or chance.random() < 0.5  # noqa: PLR2004
            parts.append({"any": some if flat else [some[0], {"all": some[1:]}]})
        else:
            parts.append({"not": {"any": some}})
    return {"all": parts + rest}


@dataclass(frozen=True)
class Sixty:
    """The policies, and their leaves, each once."""

    policies: tuple[tuple[Node, Node], ...]
    """Condition and amount."""

    @cached_property
    def leaves(self) -> dict[str, Node]:
        """Every distinct leaf, by what it says."""
        found: dict[str, Node] = {}
        for condition, amount in self.policies:
            for leaf in (*leaves(condition), *(g for g, _ in amount.get("case", ()))):
                found.setdefault(key(leaf), leaf)
        return found


def draw(seed: int = 7, count: int = 60) -> Sixty:
    """Return the policies of one seed."""
    chance = random.Random(seed)  # noqa: S311
    drawn: list[tuple[Node, Node]] = []
    for _ in range(count):
        condition = _condition(chance)
        drawn.append((condition, _amount(chance)))
    return Sixty(tuple(drawn))


def leaves(node: Node) -> list[Node]:
    """Return the leaves of a tree in the order written."""
    for kind in ("all", "any"):
        if kind in node:
            return [leaf for part in node[kind] for leaf in leaves(part)]
    return leaves(node["not"]) if "not" in node else [node]


def key(leaf: Node) -> str:
    """Return a leaf as text: the same for leaves that say the same."""
    return json.dumps(leaf, sort_keys=True)
