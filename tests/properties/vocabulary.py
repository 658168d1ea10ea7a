"""The facts that random rulebooks are about: one of every kind that matters.

Small numbers on a coarse grid, so that thresholds, bounds and values coincide
often; that is where mistakes live.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from math import inf
from typing import TYPE_CHECKING

from policy_match.domain.codes import CodeSystem
from policy_match.domain.facts import FactSpec, FactType, Settler
from policy_match.domain.texts import Text

if TYPE_CHECKING:
    from policy_match.domain.days import Unit

DAY = date(2022, 12, 31)
"""The day random rulebooks are read on."""

FIRST_DAY = date(2021, 12, 29).toordinal()
DAYS = tuple(range(FIRST_DAY, FIRST_DAY + 7))
"""The only days dates fall on, as ordinals."""

LENGTHS: tuple[tuple[int, Unit], ...] = (
    (1, "month"), (2, "month"), (12, "month"), (26, "month"), (-1, "month"),
    (-10, "month"), (-12, "month"), (2, "day"), (-3, "day"),
)  # fmt: skip
"""By which days are moved: two months on, three of these days end in February."""

GRID = tuple(Fraction(n, 2) for n in (*range(-6, 13), 40))
"""The only numbers base facts have."""

LISTED = CodeSystem("listed", {"A": ("A01", "A02"), "C": ("C13", "C14")})
FREE = CodeSystem("free")
DIVISIONS = ("A01", "A02", "C13", "C14")
CODES = tuple(d + a + b for d, a, b in product(DIVISIONS, "12", "12"))
"""Complete codes; every other code is coarse."""
COARSE = ("A", "C", "A01", "C13", "A011", "A0111", "C1322")
"""The codes that rules and profiles name, coarse and complete."""
CONSTS = tuple(Fraction(n, 4) for n in (0, 0, 0, 2, 4, 4, 8, 12, 1, 10, 20, 24, 80))
"""The numbers that formulas name; zero is named often, to divide by."""
TOWNS = ("north", "south", "west")
KINDS = ("plain", "fancy", "odd")
CLASSES = ("big", "middling", "little")


def text(words: str) -> Text:
    """Return the same words in both languages."""
    return Text({"zh": words, "en": words})


def enum_of(*members: str) -> dict[str, Text]:
    """Return the members of an enum with their titles."""
    return {member: text(member) for member in members}


def _fact(
    id_: str,
    type_: FactType,
    low: float | Fraction = -inf,
    high: float | Fraction = inf,
    **more: object,
) -> FactSpec:
    titled = text(id_)
    return FactSpec(id_, type_, titled, titled, low=low, high=high, **more)  # type: ignore[arg-type]


BASE = {
    spec.id: spec
    for spec in (
        _fact("resident", FactType.BOOL),
        _fact("settled", FactType.BOOL, may_be_none=True, settled_by=Settler.REGISTER),
        _fact("approved", FactType.BOOL, settled_by=Settler.OFFICER),
        _fact("people", FactType.INT, 0),
        _fact("score", FactType.INT, -2, 5),
        _fact("sales", FactType.MONEY, 0),
        _fact("profit", FactType.MONEY),
        _fact("cap", FactType.MONEY, 1, 5),
        _fact("share", FactType.RATIO, 0, 1),
        _fact("founded", FactType.DATE),
        _fact("fair", FactType.DATE, may_be_none=True),
        _fact("kind", FactType.ENUM, members=enum_of(*KINDS)),
        _fact("class", FactType.ENUM, may_be_none=True, members=enum_of(*CLASSES)),
        _fact("industry", FactType.CODE, system="listed"),
        _fact("trade", FactType.CODE, may_be_none=True, system="free"),
        _fact("town", FactType.TEXT, may_be_none=True),
        _fact("quarters", FactType.LIST),
    )
}
SYSTEMS = {"industry": LISTED, "trade": FREE}
