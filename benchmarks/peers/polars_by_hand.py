"""The sixty policies as one Polars query written for them alone.

It knows one value or null; every distinct leaf is a column, computed once.
Outcome is 0 no, 1 unknown, 3 yes; a reason is two bits a leaf; an amount is
there where the firm is surely eligible and everything it rests on is known.
"""

from __future__ import annotations

import operator
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING

import polars as pl

from peers.sixty_policies import (
    CLASSES,
    CODES,
    COUNTS,
    DATES,
    INDUSTRIES,
    MEASURES,
    Node,
    Sixty,
    bounds,
    key,
    leaves,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
_LEVELS = CLASSES[1:]


class ByHand:
    """The query; compiled once, run on any number of firms."""

    def __init__(self, sixty: Sixty) -> None:
        """Write the query."""
        self._names = {leaf: f"L{place}" for place, leaf in enumerate(sixty.leaves)}
        self._stages = list(self._written(sixty))

    def run(self, firms: pl.DataFrame) -> pl.DataFrame:
        """Return outcome, amount and reasons of every policy."""
        lazy = firms.lazy().join(
            _thresholds(), on="industry", how="left", maintain_order="left"
        )
        *middle, last = self._stages
        for stage in middle:
            lazy = lazy.with_columns(**stage)
        return lazy.select(**last).collect(engine="streaming")

    def _written(self, sixty: Sixty) -> Iterator[dict[str, pl.Expr]]:
        yield {
            f"from {level}": reduce(
                operator.and_,
                [
                    pl.col(f"free {measure}")
                    | (_wide(measure) >= pl.col(f"{level} {measure}"))
                    for measure in MEASURES
                ],
            )
            for level in _LEVELS
        }
        yield {self._names[text]: _leaf(leaf) for text, leaf in sixty.leaves.items()}
        truths = {
            f"e{place}": self._tree(condition)
            for place, (condition, _) in enumerate(sixty.policies)
        }
        codes = {
            f"c{name}": (pl.col(name).cast(pl.UInt16) * 3).fill_null(1)
            for name in self._names.values()
        }
        yield truths | codes
        last: dict[str, pl.Expr] = {}
        for place, (condition, amount) in enumerate(sixty.policies):
            truth = pl.col(f"e{place}")
            last[f"o{place}"] = (truth.cast(pl.UInt8) * 3).fill_null(1)
            last[f"a{place}"] = pl.when(truth).then(self._amount(amount))
            words = [
                pl.col(f"c{self._names[key(leaf)]}") * 4**at
                for at, leaf in enumerate(leaves(condition))
            ]
            last[f"r{place}"] = reduce(operator.add, words)
        yield last

    def _tree(self, node: Node) -> pl.Expr:
        for kind, join in (("all", operator.and_), ("any", operator.or_)):
            if kind in node:
                return reduce(join, map(self._tree, node[kind]))
        if "not" in node:
            return ~self._tree(node["not"])
        return pl.col(self._names[key(node)])

    def _amount(self, node: Node) -> pl.Expr:
        if "fixed" in node:
            return pl.lit(node["fixed"], pl.Int64)
        if "case" in node:
            found = self._amount(node["else"])
            for guard, value in reversed(node["case"]):
                leaf = pl.col(self._names[key(guard)])
                found = (
                    pl.when(leaf).then(self._amount(value))
                    .when(leaf.is_null()).then(None)
                    .otherwise(found)
                )  # fmt: skip
            return found
        if "per" in node:
            found = _wide(node["per"]) * node["unit"]
        elif "rate" in node:
            found = (_base(node["base"]) * node["rate"] + 5_000) // 10_000
        else:
            found = _brackets(_base(node["base"]), node["brackets"])
        return found.clip(None, node["cap"]) if node["cap"] else found


def _wide(fact: str) -> pl.Expr:
    return pl.col(fact).cast(pl.Int64) if fact in COUNTS else pl.col(fact)


def _leaf(leaf: Node) -> pl.Expr:
    if "size" in leaf:
        low, high = (CLASSES.index(leaf["size"][end]) for end in (0, -1))
        parts = [pl.col(f"from {CLASSES[low]}")] if low else []
        if high < len(CLASSES) - 1:
            parts.append(~pl.col(f"from {CLASSES[high + 1]}"))
        return reduce(operator.and_, parts)
    if "ratio" in leaf:
        over, under = map(_wide, leaf["ratio"])
        found: pl.Expr = SIGNS[leaf["sign"]](over * 10_000, under * leaf["points"])
        return found
    fact, sign, value = pl.col(leaf["fact"]), leaf["sign"], leaf["value"]
    if sign == "is":
        return fact
    if sign == "under":
        value = [code for code in CODES if code.startswith(tuple(value))]
    if sign in {"in", "under"}:
        return fact == value[0] if len(value) == 1 else fact.is_in(value)
    if leaf["fact"] in DATES:
        value = date.fromisoformat(value)
    compared: pl.Expr = SIGNS[sign](fact, value)
    return compared


def _base(base: Node | str) -> pl.Expr:
    if isinstance(base, dict):
        now, before = map(_wide, base["rise"])
        return (now - before).clip(0)
    return _wide(base).clip(0) if base == "profit_y1" else _wide(base)


def _brackets(base: pl.Expr, bands: list[tuple[int | None, int]]) -> pl.Expr:
    parts: list[pl.Expr] = []
    floor = 0
    for upto, rate in bands:
        if rate:
            top = None if upto is None else upto - floor
            parts.append((base - floor).clip(0, top) * rate)
        floor = upto or floor
    return (reduce(operator.add, parts) + 5_000) // 10_000


def _thresholds() -> pl.LazyFrame:
    rows: list[dict[str, object]] = []
    for industry in INDUSTRIES:
        row: dict[str, object] = {"industry": industry}
        for measure in MEASURES:
            found = bounds(industry, measure)
            row[f"free {measure}"] = found is None
            for level, value in zip(_LEVELS, found or (0, 0, 0), strict=True):
                row[f"{level} {measure}"] = value
        rows.append(row)
    return pl.LazyFrame(rows, schema_overrides={"industry": pl.Enum(INDUSTRIES)})
