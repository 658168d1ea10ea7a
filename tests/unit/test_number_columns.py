"""Columns of numbers with units in their cells: each cell as it is written."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import inf

import polars as pl
import pytest

from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.texts import Text
from policy_match.firms.registers import columns as c
from policy_match.firms.registers.headings import Column
from policy_match.firms.registers.numbers import Numbers
from policy_match.firms.registers.tables import place_name
from policy_match.firms.values.grammar import Grammar

SALES = FactSpec("sales", FactType.MONEY, Text({}), low=0, high=inf)
STAFF = FactSpec(
    "staff", FactType.INT, Text({}), low=0, high=inf, unit=Text({"zh": "人"})
)
SHARE = FactSpec("share", FactType.RATIO, Text({}), low=0, high=inf)


def _read(spec: FactSpec, cells: list[str], shift: int = 0) -> list[object]:
    """Return each cell in the fact's unit, or why it cannot be read."""
    grammar = Grammar.of("zh-CN", {})
    column = Column(0, spec.id, spec, shift)
    numbers = Numbers(column, grammar)
    frame = pl.DataFrame({place_name(0): cells})
    ((_, read),) = c.read(frame, [(column, numbers)])
    (values,) = (x.to_list() for x in read.columns if x.name == spec.id)
    reasons = [None] * len(cells) if read.reasons is None else read.reasons.to_list()
    return [
        why or (None if value is None else Fraction(value, read.scale))
        for value, why in zip(values, reasons, strict=True)
    ]


@pytest.mark.parametrize("shift", [0, 4])
def test_money_with_its_unit(shift: int) -> None:
    """A unit in the cell goes before that of the heading."""
    cells = [
        "2350.5万",
        "1,200元",
        " 3 亿元 ",
        "0.01万元",
        "5万美元",
        "1234567890123456亿",
    ]
    expected = [23_505_000, 1_200, 300_000_000, 100, "unit", 1234567890123456 * 10**8]
    assert _read(SALES, cells, shift) == expected
    assert _read(SALES, ["7", "7元"], shift) == [7 * 10**shift, 7]


def test_counts_and_shares() -> None:
    """A part of a person is refused; a share may be a percentage."""
    cells = ["20人", "2.5万人", "0.5人", "20个"]
    assert _read(STAFF, cells) == [20, 25000, "whole", 20]
    assert _read(SHARE, ["3.5%", "35‰", "0.035"]) == [Decimal("0.035")] * 3
