"""Codes, policies and facts are found by the words people have for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policy_match as pm
from policy_match.errors import UsageError

if TYPE_CHECKING:
    from policy_match.api import Law


@pytest.fixture(scope="module")
def law() -> Law:
    return pm.load().on("2022-12-31")


@pytest.mark.parametrize(
    ("words", "first", "among"),
    [
        ("玩具", "C245", {"C2451", "C2452", "F5149", "F5249"}),
        ("玩具批发", "F5149", {"C245"}),
        ("塑料玩具", "C245", {"C292", "C2452"}),
        ("袜子", "C1830", {"C1763"}),
        ("雨伞", "C4119", {"F5139"}),
        ("货代", "G5821", {"L7224"}),
        ("网店", "F5292", set()),
        ("打印店", "L7293", set()),
        ("奶茶店", "H6239", set()),
        ("稻谷加工", "C1311", set()),
        ("C24.51", "C2451", set()),
        ("2451", "C2451", set()),
        ("manufacture", "C", set()),
    ],
)
def test_an_industry_is_found_by_words(
    law: Law, words: str, first: str, among: set[str]
) -> None:
    found = [one.code for one in law.codes("industry_code", words)]
    assert found[0].startswith(first)
    assert among <= set(found)


def test_what_looks_alike_stays_behind(law: Law) -> None:
    found = [one.code for one in law.codes("industry_code", "仿真花")]
    assert found[0] == "C2434"
    assert "A0143" not in found[:10]


@pytest.mark.parametrize("words", ["", "zzz", "？？", "x" * 100_000])
def test_what_fits_nothing_finds_nothing(law: Law, words: str) -> None:
    assert law.codes("industry_code", words) == ()


@pytest.mark.parametrize("fact", ["employees", "no_such"])
def test_codes_are_looked_for_where_there_are_codes(law: Law, fact: str) -> None:
    with pytest.raises(UsageError, match="not a fact whose values are codes"):
        law.codes(fact, "玩具")


def test_names_are_told_in_the_readers_language(law: Law) -> None:
    (section, *_) = law.codes("industry_code", "C", lang="en")
    assert section == ("C", "manufacturing")


def test_a_policy_is_named_by_its_title_or_words_of_it(law: Law) -> None:
    assert law.policy("研发费用加计扣除").id == "rd-super-deduction"
    assert law.policy("R&D expense super-deduction").id == "rd-super-deduction"
    assert law.policy("网上国际性展会").id == "online-international-fair-subsidy"


def test_words_that_fit_several_policies_name_them_all(law: Law) -> None:
    with pytest.raises(UsageError, match="fits several") as raised:
        law.policy("展会")
    assert "trade-fair-support" in raised.value.hint


def test_policies_and_facts_are_searched_together(law: Law) -> None:
    chinese = law.search("展会", lang="zh")
    assert "参加境内外贸易展会支持" in chinese
    assert "trade_fair_fee" in chinese
    english = law.search("trade fair", lang="en")
    assert english.startswith("2 policies\n")
    assert "trade_fair_fee" in english
    assert "Nothing is found" in law.search("zzz", lang="en")


def test_words_may_stand_in_title_and_summary(law: Law) -> None:
    assert "trade-fair-support" in law.search("展会 补助", "json")
