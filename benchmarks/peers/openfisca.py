"""The sixty policies as an OpenFisca country: formulas over whole columns.

It knows no unknowns and gives no reasons: what is missing is zero, false or
the first member, as its users have it.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from peers.sixty_policies import (
    BOOLS,
    CLASSES,
    CODES,
    DATES,
    DAY,
    ENUMS,
    FACTS,
    INDUSTRIES,
    MEASURES,
    MONEY,
    Node,
    Sixty,
    bounds,
    key,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Ask = Callable[[str], NDArray[Any]]
    """The values of a variable."""

_PERIOD = str(DAY.year)
_FIRM = build_entity("firm", "firms", "a firm", is_person=True)
_SIGNS = {">=": np.greater_equal, "<=": np.less_equal, ">": np.greater, "<": np.less}


class Country:
    """The tax and benefit system, and simulations of it."""

    def __init__(self, sixty: Sixty) -> None:
        """Declare a variable for each fact, leaf and policy."""
        self._system = TaxBenefitSystem([_FIRM])
        for fact in FACTS:
            self._declare(fact, _kind(fact))
        self._declare("size_class", int, _size)
        names = {text: f"leaf_{at}" for at, text in enumerate(sixty.leaves)}
        for text, leaf in sixty.leaves.items():
            self._declare(names[text], bool, _leaf(leaf))
        self._wanted: list[str] = []
        for place, (condition, amount) in enumerate(sixty.policies):
            self._declare(f"eligible_{place}", bool, _tree(condition, names))
            self._declare(f"amount_{place}", float, _paid(place, amount, names))
            self._wanted += [f"eligible_{place}", f"amount_{place}"]

    def _declare(
        self, name: str, kind: type, formula: Callable[[Ask], Any] | None = None
    ) -> None:
        parts: dict[str, Any] = {
            "value_type": kind,
            "entity": _FIRM,
            "definition_period": DateUnit.YEAR,
            "label": name,
        }
        if formula is not None:
            parts["formula"] = lambda firm, period: formula(lambda x: firm(x, period))
        self._system.add_variable(type(name, (Variable,), parts))

    def run(self, firms: pl.DataFrame) -> list[NDArray[Any]]:
        """Return who is eligible, and to how much, for every policy."""
        simulation = SimulationBuilder().build_default_simulation(
            self._system, count=firms.height
        )
        for fact in FACTS:
            simulation.set_input(fact, _PERIOD, _cells(firms[fact]))
        return [simulation.calculate(name, _PERIOD) for name in self._wanted]


def _kind(fact: str) -> type:
    if fact in BOOLS:
        return bool
    return float if fact in MONEY else int


def _cells(column: pl.Series) -> NDArray[Any]:
    """Return a column without gaps, which OpenFisca does not know."""
    if column.dtype == pl.Boolean:
        return column.fill_null(value=False).to_numpy()
    return column.to_physical().fill_null(0).to_numpy()


def _tree(node: Node, names: dict[str, str]) -> Callable[[Ask], Any]:
    def holds(ask: Ask, part: Node = node) -> NDArray[Any]:
        for kind, join in (("all", np.logical_and), ("any", np.logical_or)):
            if kind in part:
                return reduce(join, (holds(ask, one) for one in part[kind]))
        if "not" in part:
            return ~holds(ask, part["not"])
        return ask(names[key(part)])

    return holds


def _leaf(leaf: Node) -> Callable[[Ask], Any]:
    if "size" in leaf:
        places = [CLASSES.index(name) for name in leaf["size"]]
        return lambda ask: (
            (ask("size_class") >= places[0]) & (ask("size_class") <= places[-1])
        )
    if "ratio" in leaf:
        over, under = leaf["ratio"]
        compare, points = _SIGNS[leaf["sign"]], leaf["points"]
        return lambda ask: compare(ask(over) * 10_000, ask(under) * points)
    fact, sign, value = leaf["fact"], leaf["sign"], leaf["value"]
    if sign == "is":
        return lambda ask: ask(fact)
    if sign in {"in", "under"}:
        words = ENUMS.get(fact, CODES)
        test = value.__contains__
        if sign == "under":
            test = lambda word: word.startswith(tuple(value))  # noqa: E731
        table = np.array([test(word) for word in words])
        return lambda ask: table[ask(fact)]
    if fact in DATES:
        value = (type(DAY).fromisoformat(value) - type(DAY)(1970, 1, 1)).days
    return lambda ask: _SIGNS[sign](ask(fact), value)


def _size(ask: Ask) -> NDArray[Any]:
    industry = ask("industry")
    found = np.full(len(industry), len(CLASSES) - 1)
    for measure in MEASURES:
        rows = [bounds(letter, measure) or (0, 0, 0) for letter in INDUSTRIES]
        thresholds = np.array(rows)[industry]
        own = (ask(measure)[:, None] >= thresholds).sum(axis=1)
        found = np.minimum(found, own)
    return found


def _paid(place: int, amount: Node, names: dict[str, str]) -> Callable[[Ask], Any]:
    def paid(ask: Ask) -> NDArray[Any]:
        return np.where(ask(f"eligible_{place}"), _amount(ask, amount, names), 0)

    return paid


def _amount(ask: Ask, node: Node, names: dict[str, str]) -> Any:  # noqa: ANN401
    if "fixed" in node:
        return node["fixed"]
    if "case" in node:
        guards = [ask(names[key(guard)]) for guard, _ in node["case"]]
        values = [_amount(ask, value, names) for _, value in node["case"]]
        return np.select(guards, values, _amount(ask, node["else"], names))
    if "per" in node:
        found = ask(node["per"]) * node["unit"]
    else:
        base = node["base"]
        cells = (
            np.maximum(ask(base["rise"][0]) - ask(base["rise"][1]), 0)
            if isinstance(base, dict)
            else np.maximum(ask(base), 0)
        )
        found = _rated(cells, node)
    return np.minimum(found, node["cap"]) if node["cap"] else found


def _rated(cells: NDArray[Any], node: Node) -> NDArray[Any]:
    if "rate" in node:
        rated: NDArray[Any] = cells * (node["rate"] / 10_000)
        return rated
    total, floor = np.zeros(len(cells)), 0
    for upto, rate in node["brackets"]:
        total += (np.clip(cells, floor, upto) - floor) * (rate / 10_000)
        floor = upto or floor
    return total
