"""Conditions and values in plain words of both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import inf

import pytest

from policy_match.domain.facts import FactType
from policy_match.domain.possible import (
    NO_VALUE,
    Choice,
    Interval,
    Listing,
    exactly,
    one,
)
from policy_match.domain.texts import Text
from policy_match.ir.terms import (
    Absent,
    All,
    AnyOf,
    Arithmetic,
    Compare,
    Condition,
    Const,
    Extreme,
    FactRef,
    Fixed,
    Holds,
    Leaf,
    Moved,
    Not,
    Note,
    Within,
)
from policy_match.reports.words.articles import article_words
from policy_match.reports.words.conditions import says, value_words
from policy_match.reports.words.figures import money_words, period_words, ratio_words
from tests.unit.report_rulebook import RULES, program

STAFF, SALES, COSTS = FactRef("staff"), FactRef("sales"), FactRef("costs")
TWENTIETH = Const(Fraction(1, 20), FactType.RATIO)
DAY = Const(date(2022, 6, 30).toordinal(), FactType.DATE)


def _number(value: int) -> Const:
    return Const(value, FactType.NUMBER)


def _compare(operator: str, left: object, right: object) -> Leaf:
    return Leaf(Compare("", operator, left, right))  # type: ignore[arg-type]


CASES = [
    (_compare("<=", STAFF, _number(300)), "从业人数不超过300人",
     "staff is at most 300 persons"),
    (_compare(">=", STAFF, _number(20)), "从业人数不少于20人",
     "staff is at least 20 persons"),
    (_compare(">=", _number(20), STAFF), "从业人数不超过20人",
     "staff is at most 20 persons"),
    (_compare(">", SALES, _number(20_000_000)), "营业收入大于2000万元",
     "sales is more than CNY 20,000,000"),
    (_compare(">", COSTS, _number(0)), "研发费用大于0", "research cost is more than 0"),
    (_compare("<=", FactRef("fair_on"), DAY), "参展日期不晚于2022年6月30日",
     "fair date is on or before 30 June 2022"),
    (_compare("<=", Moved(FactRef("fair_on"), 36, "month"), DAY),
     "参展日期后3年不晚于2022年6月30日",
     "3 years after fair date is on or before 30 June 2022"),
    (_compare("<=", Moved(Moved(FactRef("fair_on"), 1, "month"), -1, "day"), DAY),
     "（参展日期后1个月）前1日不晚于2022年6月30日",
     "1 day before (1 month after fair date) is on or before 30 June 2022"),
    (_compare(">=", Arithmetic("/", COSTS, SALES), TWENTIETH),
     "研发费用 ÷ 营业收入不低于5%", "research cost ÷ sales is at least 5%"),
    (_compare("<", Arithmetic("*", Arithmetic("-", SALES, COSTS), _number(2)), SALES),
     "（营业收入 - 研发费用） × 2小于营业收入",
     "(sales - research cost) × 2 is less than sales"),
    (_compare("<", Extreme("min", (SALES, COSTS)), _number(10_000)),
     "营业收入、研发费用中的较小者小于1万元",
     "the least of sales, research cost is less than CNY 10,000"),
    (Leaf(Holds("", "size", frozenset(("micro", "small")))), "企业规模为小型或微型",
     "size is small or micro"),
    (Leaf(Holds("", "agreed", frozenset((True,)))), "商务局同意补助", "support agreed"),
    (Not(Leaf(Holds("", "agreed", frozenset((True,))))),
     "不属于“商务局同意补助”的情形", "not the case: support agreed"),
    (Not(Leaf(Holds("", "size", frozenset(("micro", "small"))))), "企业规模为大型",
     "size is large"),
    (Not(_compare("<", STAFF, _number(20))), "从业人数不少于20人",
     "staff is at least 20 persons"),
    (Not(_compare("<", FactRef("fair_on"), DAY)),
     "不属于“参展日期早于2022年6月30日”的情形",
     "not the case: fair date is before 30 June 2022"),
    (Leaf(Absent("", "fair_on")), "无“参展日期”", "has no “fair date”"),
    (Not(Leaf(Absent("", "fair_on"))), "有“参展日期”", "has “fair date”"),
    (Leaf(Within("", FactRef("fair_on"), DAY, Const(3652059, FactType.DATE))),
     "参展日期不早于2022年6月30日", "fair date is on or after 30 June 2022"),
    (Leaf(Fixed("on >= 2022-01-01", holds=True)), "该日在规定的期间内",
     "the day lies in the period set"),
    (AnyOf((_compare(">", COSTS, _number(0)),
            All((Leaf(Absent("", "fair_on")), _compare("=", STAFF, _number(0)))))),
     "研发费用大于0，或（无“参展日期”，且从业人数等于0）",
     "research cost is more than 0, or (has no “fair date”, and staff equals 0)"),
]  # fmt: skip


@pytest.mark.parametrize(("condition", "zh", "en"), CASES)
def test_a_condition_reads_as_a_sentence(
    condition: Condition, zh: str, en: str
) -> None:
    law = program()
    assert says(condition, law, "zh") == zh
    assert says(condition, law, "en") == en


def test_what_the_author_says_wins() -> None:
    note = Note(says=Text({"zh": "规模不大", "en": "not big"}))
    leaf = Leaf(Compare("", "<", STAFF, _number(300)), note)
    assert says(leaf, program(), "zh") == "规模不大"


@pytest.mark.parametrize(
    ("fact", "value", "zh", "en"),
    [
        ("staff", exactly(86), "86人", "86 persons"),
        ("staff", Interval(20, 50), "20人至50人", "20 persons to 50 persons"),
        ("staff", Interval(0, inf), "未知", "not known"),
        ("sales", exactly(23_500_000), "2350万元", "CNY 23,500,000"),
        ("sales", Interval(1_100_000, 1_300_000), "110万元至130万元",
         "CNY 1,100,000 to 1,300,000"),
        ("sales", Interval(5, inf), "不低于5元", "at least CNY 5"),
        ("sales", NO_VALUE, "无", "none"),
        ("sales", Interval(5, 5, absent=True), "5元，或无", "CNY 5, or none"),
        ("size", one("micro"), "微型", "micro"),
        ("size", Choice(frozenset(("small", "micro"))), "小型或微型", "small or micro"),
        ("agreed", one(member=False), "否", "no"),
        ("agreed", Choice(frozenset((True, False))), "未知", "not known"),
        ("name", one("甲公司"), "甲公司", "甲公司"),
        ("fair_on", Choice(frozenset(), absent=True), "无", "none"),
    ],
)  # fmt: skip
def test_a_value_in_words(fact: str, value: Interval, zh: str, en: str) -> None:
    law = program()
    assert value_words(value, law.facts[fact], law, "zh") == zh
    assert value_words(value, law.facts[fact], law, "en") == en


def test_figures_of_a_list_are_written_as_all_others() -> None:
    law = program()
    spec = replace(law.facts["staff"], type=FactType.LIST)
    items = (exactly(3_000_000), Interval(120, 40_000), exactly(0), exactly(12))
    found = Listing(items)
    assert value_words(found, spec, law, "zh") == "300万/120至4万；0/12"
    told = "3,000,000/120 to 40,000; 0/12"
    assert value_words(found, spec, law, "en") == told


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        (0, "0元"),
        (3_000_000, "300万元"),
        (150_000_000, "1.5亿元"),
        (125_000, "12.5万元"),
        (1_234_567, "1,234,567元"),
        (Fraction(123_456_789, 100), "1,234,567.89元"),
        (-20_000, "-2万元"),
        (6_540, "6540元"),
    ],
)
def test_money_is_round_where_it_is(yuan: Fraction, words: str) -> None:
    assert money_words(yuan, "zh", "CNY") == words


def test_ratios_and_periods() -> None:
    assert ratio_words(Fraction(1, 3), "zh") == "约33.33%"
    assert ratio_words(Fraction(5, 100_000), "en") == "0.05‰"
    assert period_words(None, None, "en") == "no fixed period"
    assert period_words(date(2021, 1, 1), None, "zh") == "2021年1月1日起"
    assert period_words(None, date(2021, 1, 1), "zh") == "至2021年1月1日止"


def test_articles_in_english() -> None:
    assert article_words("第一百二十条第三款", "en") == "Article 120, paragraph 3"
    assert article_words("附件2", "en") == "附件2"
    assert article_words("第十条", "zh") == "第十条"


def test_a_rulebook_of_one_language_is_never_mixed() -> None:
    english = re.sub(r'zh: ("[^"]*"|[^,{}]*), ', "", RULES)
    law = program(rules=english.replace("[zh, en]", "[en]"))
    assert says(_compare("<=", STAFF, _number(3)), law, "zh") == (
        "staff is at most 3 persons"
    )
