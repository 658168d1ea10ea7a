"""Columns read as the grammar of values does, whatever stands in a cell."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import inf
from random import Random
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_match.domain.facts import FactSpec, FactType
from policy_match.domain.possible import Choice, Interval
from policy_match.domain.texts import Text
from policy_match.firms.registers import columns as c
from policy_match.firms.registers.headings import Column
from policy_match.firms.registers.looking import filled_in
from policy_match.firms.registers.numbers import Numbers
from policy_match.firms.registers.options import Options
from policy_match.firms.registers.tables import place_name
from policy_match.firms.values.faults import ValueFault
from policy_match.firms.values.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

GRAMMAR = Grammar.of("zh-CN", {})
NUMBERS = (
    FactSpec("money", FactType.MONEY, Text({}), low=-inf, high=inf),
    FactSpec("sales", FactType.MONEY, Text({}), low=0, high=inf),
    FactSpec("staff", FactType.INT, Text({}), low=0, high=10**9, unit=Text({"": "人"})),
    FactSpec("share", FactType.RATIO, Text({}), low=0, high=1),
    FactSpec("score", FactType.NUMBER, Text({}), low=0, high=100),
)
DAY = FactSpec(
    "day", FactType.DATE, Text({}), low=1, high=date.max.toordinal(), may_be_none=True
)
YES = FactSpec("yes", FactType.BOOL, Text({}))
PARTS = (
    *"0123456789", *"0123456789", *".,-_ +e", "１", "①", "²", "٣", "万", "亿", "元",
    "千元", "%", "‰", "人", "..", "~", "～", "至", "到", "—", "以上", "不足", "约",
    "左右", "≥", "<", "(", ")", "¥", "无", "\u200b", "\u3000",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS), max_size=9).map("".join)
DIGITS = st.decimals(-(10**15), 10**15, places=3).map(str)
DAYS = st.dates(date(1900, 1, 1)).flatmap(
    lambda day: st.sampled_from(
        (day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day:%Y%m%d}")
    )
)


def as_the_grammar(spec: FactSpec, text: str, shift: int = 0) -> object:
    """Return what the grammar makes of a text, or why it makes nothing of it."""
    try:
        return GRAMMAR.value(spec, text, shift)
    except ValueFault as fault:
        return fault.reason


def as_columns(
    spec: FactSpec, texts: Sequence[str | None], shift: int = 0
) -> list[object]:
    """Return what a column of texts is read as, each as the grammar would say it."""
    column = Column(0, spec.id, spec, shift)
    kind = Numbers if spec.type.numeric else Options
    reader = kind(column, GRAMMAR)
    frame = pl.DataFrame({place_name(0): texts}, schema={place_name(0): pl.String})
    ((_, read),) = c.read(frame, [(column, reader)])
    found = pl.DataFrame([pl.Series("at", range(len(texts))), *read.columns])
    reasons = [None] * len(texts) if read.reasons is None else read.reasons.to_list()
    return [
        why if why is not None else _value(spec, row, read.scale)
        for why, row in zip(reasons, found.iter_rows(named=True), strict=True)
    ]


def _value(spec: FactSpec, row: dict[str, object], scale: int) -> object:
    one = row.get(spec.id)
    if not spec.type.numeric:
        return (
            None if one is None else Choice(frozenset((one == "true" or one is True,)))
        )
    if one is not None:
        return Interval(_number(one, scale), _number(one, scale))
    if row.get(f"{spec.id}.none"):
        return Interval(0, 0, absent=True, some=False)
    low, high = row.get(f"{spec.id}.low"), row.get(f"{spec.id}.high")
    if low is None and high is None:
        return None
    return Interval(
        -inf if low is None else _number(low, scale),
        inf if high is None else _number(high, scale),
    )


def _number(value: object, scale: int) -> Fraction | int:
    if isinstance(value, date):
        return value.toordinal()
    return Fraction(value, scale)  # type: ignore[call-overload,no-any-return]


@given(
    st.sampled_from(NUMBERS),
    st.lists(TEXTS | DIGITS, min_size=1, max_size=6),
    st.sampled_from((0, 3, 4)),
)
def test_a_column_of_numbers(spec: FactSpec, texts: list[str], shift: int) -> None:
    """In whatever unit the column is, and whatever else stands in it."""
    shift = shift if spec.type is FactType.MONEY else 0
    expected = [as_the_grammar(spec, text, shift) for text in texts]
    assert as_columns(spec, texts, shift) == expected


@given(st.lists(TEXTS | DAYS, min_size=1, max_size=6))
def test_a_column_of_days(texts: list[str]) -> None:
    """ISO days are read at once, all others one by one."""
    assert as_columns(DAY, texts) == [as_the_grammar(DAY, text) for text in texts]


@given(
    st.lists(TEXTS | st.sampled_from(("是", "否", "1", "y")), min_size=1, max_size=6)
)
def test_a_column_of_yes_and_no(texts: list[str]) -> None:
    """And of what is neither."""
    assert as_columns(YES, texts) == [as_the_grammar(YES, text) for text in texts]


@pytest.mark.cases(250)
@given(
    st.sampled_from((*NUMBERS, DAY, YES)),
    st.lists(st.none() | TEXTS | DIGITS | DAYS, min_size=2, max_size=8, unique=True),
    st.sampled_from((0, 60, 4_000)),
    st.integers(0),
)
def test_texts_that_stand_again_and_again(
    spec: FactSpec, texts: list[str | None], others: int, seed: int
) -> None:
    """In a long column each cell is what it is alone, be its text common or rare."""
    common, *rare = texts
    random = Random(seed)  # noqa: S311
    numbers = [f"{number}.5" for number in range(others)]
    cells = [*[common] * 4_000, *rare * random.choice((1, 300)), *numbers]
    random.shuffle(cells)
    alone = {x: as_the_grammar(spec, "" if x is None else x) for x in {*cells}}
    assert as_columns(spec, cells) == [alone[cell] for cell in cells]


@given(st.sampled_from((*NUMBERS, DAY, YES)), st.text(max_size=12))
def test_any_text_at_all(spec: FactSpec, text: str) -> None:
    """Is a value, or unknown, or refused for a reason that registers can list."""
    assert as_columns(spec, [text]) == [as_the_grammar(spec, text)]


@given(st.sampled_from(NUMBERS), TEXTS)
def test_what_only_looks_like_a_digit_is_none(spec: FactSpec, text: str) -> None:
    """With a mark behind it a number is no number, and never a longer one."""
    for mark in "①²³½⑴٣𝟑":
        assert not isinstance(as_the_grammar(spec, f"86{mark}{text}"), Interval)


@given(st.dates(date(1990, 1, 1)), st.integers(-12, 14), st.integers(0, 23))
def test_a_time_with_a_zone_is_a_day_of_the_place(
    day: date, offset: int, hour: int
) -> None:
    """Shanghai is eight hours ahead of UTC."""
    sign = "-" if offset < 0 else "+"
    text = f"{day}T{hour:02}:30:00{sign}{abs(offset):02}:00"
    hours = hour - offset + 8
    there = day.toordinal() + (hours * 60 + 30) // (24 * 60)
    if there < date.max.toordinal() - timedelta(days=1).days:
        assert as_the_grammar(DAY, text) == Interval(there, there)


@given(
    st.lists(
        st.none()
        | st.text(
            "\t\n\x0b\x1c !a\x84\x85\xa0\u1680中\u2009\u202f\u3000\u3001", max_size=3
        )
    )
)
def test_a_blank_is_not_filled_in(texts: list[str | None]) -> None:
    """Whichever of the many blanks it is made of."""
    frame = pl.DataFrame({"text": texts}, schema={"text": pl.String})
    (found,) = frame.select(filled_in(pl.col("text"))).row(0)
    trimmed = frame["text"].drop_nulls().str.strip_chars().to_list()
    assert found == sum(text != "" for text in trimmed)
