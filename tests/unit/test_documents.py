"""Law that is true on every day: documents in force, and what grants a benefit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import policy_match as pm
from policy_match.checks.linting import lint
from policy_match.comparison.law import compare_laws
from policy_match.compiler.rulebook import load_texts
from policy_match.domain.documents import Source, Stretch, as_of, joined, rest
from policy_match.domain.texts import NO_TEXT, Citation, Window
from policy_match.ir.terms import ParameterUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.ir.program import Program

CHANGES = [
    "2019-01-01",
    "2020-03-01",
    "2020-06-01",
    "2021-01-01",
    "2021-04-01",
    "2021-07-01",
    "2021-07-30",
    "2021-09-01",
    "2022-01-01",
    "2022-03-01",
    "2022-04-01",
    "2022-07-01",
    "2022-10-01",
    "2023-01-01",
    "2023-08-02",
    "2024-01-01",
    "2024-06-29",
    "2024-07-01",
    "2025-01-01",
    "2026-01-01",
    "2027-01-01",
    "2027-12-31",
    "2028-01-01",
]
"""The days on which the law of some measure changes."""
SMALL = {"slp": True, "taxable_income": 1_000_000}
SHOP = {"vat_status": "small_scale", "vat_period": "quarter", "vat_sales": 200_000}
OVER = SHOP | {"vat_sales": 500_000, "vat_sales_excluding_property": 500_000}
LOAN = {
    "loan_from_financial_institution": True,
    "sme_class": "small",
    "legal_form": "company",
}
RD = {
    "tax_resident": True,
    "collection_method": "audited",
    "rd_accounts_kept": True,
    "rd_excluded_industry": False,
    "rd_base": 100,
    "manufacturing_enterprise": False,
    "tech_sme_registered": False,
}
MOF = "财政部 税务总局公告"
BASIS = [
    ("small-low-profit-cit", SMALL, "2020-12-31", "财税〔2019〕13号 第二条"),
    (
        "small-low-profit-cit",
        SMALL,
        "2021-12-31",
        f"{MOF}2021年第12号 第一条; 财税〔2019〕13号 第二条",
    ),
    (
        "small-low-profit-cit",
        SMALL,
        "2022-12-31",
        f"{MOF}2021年第12号 第一条; {MOF}2022年第13号 第一条",
    ),
    ("small-low-profit-cit", SMALL, "2025-01-01", f"{MOF}2023年第12号 第三条"),
    ("vat-small-scale-exemption", SHOP, "2021-03-31", "财税〔2019〕13号 第一条"),
    ("vat-small-scale-exemption", SHOP, "2021-04-01", f"{MOF}2021年第11号"),
    ("vat-small-scale-exemption", OVER, "2022-04-01", f"{MOF}2022年第15号"),
    ("vat-small-scale-exemption", SHOP, "2023-06-30", f"{MOF}2023年第1号 第一条"),
    ("vat-small-scale-exemption", SHOP, "2025-12-31", f"{MOF}2023年第19号 第一条"),
    (
        "vat-small-scale-exemption",
        SHOP,
        "2026-01-01",
        f"中华人民共和国增值税法 第二十三条; {MOF}2026年第10号 第一条",
    ),
    ("vat-small-scale-reduced-rate", OVER, "2020-05-31", f"{MOF}2020年第13号"),
    (
        "vat-small-scale-reduced-rate",
        OVER,
        "2021-12-31",
        f"{MOF}2020年第13号; {MOF}2021年第7号 第一条",
    ),
    ("loan-stamp-tax-exemption", LOAN, "2020-12-31", "财税〔2017〕77号 第二条"),
    (
        "loan-stamp-tax-exemption",
        LOAN,
        "2021-01-01",
        f"财税〔2017〕77号 第二条; {MOF}2021年第6号",
    ),
    (
        "loan-stamp-tax-exemption",
        LOAN,
        "2022-07-01",
        f"财税〔2017〕77号 第二条; {MOF}2021年第6号; {MOF}2022年第23号 第一条",
    ),
    ("loan-stamp-tax-exemption", LOAN, "2023-08-02", f"{MOF}2023年第13号 第二条"),
    (
        "rd-super-deduction",
        RD | {"manufacturing_enterprise": True},
        "2022-12-31",
        f"{MOF}2021年第13号 第一条",
    ),
    ("rd-super-deduction", RD, "2022-09-30", f"财税〔2018〕99号; {MOF}2021年第6号"),
    (
        "rd-super-deduction",
        RD,
        "2022-10-01",
        "财政部 税务总局 科技部公告2022年第28号 第二条",
    ),
    ("rd-super-deduction", RD, "2024-01-01", f"{MOF}2023年第7号 第一条"),
    ("growth-star-award", {}, "2022-06-30", "义政办发〔2021〕38号 二(一)1"),
]


@pytest.fixture(scope="module")
def shipped(rulebook: Rulebook) -> Rulebook:
    """The rulebook of the package."""
    return rulebook


@pytest.fixture(scope="module")
def law() -> pm.Rulebook:
    """The same, as callers have it."""
    return pm.load()


@pytest.mark.parametrize(("policy", "facts", "day", "expected"), BASIS)
def test_the_basis_is_what_granted_the_benefit_on_the_day(
    law: pm.Rulebook, policy: str, facts: dict[str, object], day: str, expected: str
) -> None:
    """By the law as read, document by document, the operative one first."""
    answer = law.on(date.fromisoformat(day)).assess(facts)
    (found,) = (f for f in answer.to_dict()["findings"] if f["policy"] == policy)
    texts = [f"{d['number']} {d['article'] or ''}".strip() for d in found["basis"]]
    assert "; ".join(texts) == expected
    for document in found["basis"]:
        assert (document["from"] or "") <= day <= (document["to"] or "9999")


def test_a_document_issued_after_the_day_it_acts_on_says_so(
    law: pm.Rulebook,
) -> None:
    """2021年第13号 was issued on 2021-03-31, for the whole of 2021."""
    facts = RD | {"manufacturing_enterprise": True}
    answer = law.on(date(2021, 1, 31)).assess(facts).to_dict()
    (found,) = (f for f in answer["findings"] if f["policy"] == "rd-super-deduction")
    assert found["basis"][0] == {
        "source": "mof-sta-2021-13",
        "number": "财政部 税务总局公告2021年第13号",
        "title": "关于进一步完善研发费用税前加计扣除政策的公告",
        "article": "第一条",
        "from": "2021-01-01",
        "to": "2022-12-31",
        "acts_back": True,
    }


@pytest.mark.parametrize("day", CHANGES)
def test_no_displayed_citation_is_out_of_force(shipped: Rulebook, day: str) -> None:
    """On any day on which the law changes, for any policy in force.

    A figure of another day, such as the rate of the last quarter, cites what was
    in force in its own window.
    """
    on = date.fromisoformat(day)
    program = shipped.on(on)
    wrong = [
        str(cite)
        for cite, first, last in cited(program, on)
        if not stands(shipped, cite, first, last)
    ]
    assert not wrong
    without = [p.id for p in program.policies if not (p.basis or p.no_basis)]
    assert not without


def cited(program: Program, on: date) -> Iterator[tuple[Citation, date, date]]:
    """Every citation that an answer of the day may show, and for which days."""
    pending: list[object] = [
        program.policies,
        program.definitions,
        program.groups,
        program.caps,
        program.worth,
        program.facts,
        program.plausibility,
    ]
    seen: set[int] = set()
    while pending:
        thing = pending.pop()
        if isinstance(thing, Citation):
            yield thing, on, on
        elif isinstance(thing, ParameterUse):
            days = (thing.start or on, thing.end or date.max)
            yield from ((cite, *days) for cite in thing.cite)
        elif isinstance(thing, dict):
            pending += thing.values()
        elif isinstance(thing, list | tuple):
            pending += thing
        elif hasattr(thing, "__dataclass_fields__") and id(thing) not in seen:
            seen.add(id(thing))
            pending += (getattr(thing, name) for name in thing.__dataclass_fields__)


def stands(rulebook: Rulebook, cite: Citation, first: date, last: date) -> bool:
    """Whether it stands on one of the days by the rule files, read anew."""
    source = rulebook.book.sources[cite.source]
    days = source.articles.get(cite.article) or source.in_force
    if days is None:
        return True
    return any((w.start or first) <= last and first <= (w.end or last) for w in days)


HEAD = """
rulebook: {id: town, title: Town, languages: [en], currency: EUR,
  disclaimer: Not binding.}
departments: {council: Council}
facts:
  staff: {type: int, title: staff, asks: How many?, settled_by: firm}
policies:
  prize:
    title: Prize
    summary: A prize.
    kind: service
    departments: {lead: council, granting: council}
    when: staff >= 1
    benefit: {form: service}
    examples:
      - {on: 2021-06-30, given: {staff: 1}, then: {outcome: eligible}}
      - {on: 2021-06-30, given: {staff: 0}, then: {outcome: ineligible}}
      - {on: 2021-06-30, given: {}, then: {outcome: undetermined}}
"""
ACTS = """
sources:
  act:
    number: Act 1
    in_force:
      - {from: 2020-01-01, to: 2020-12-31}
      - {from: 2021-01-01, to: 2021-12-31, prolonged_by: order}
    articles: {Article 2: {from: 2020-01-01, to: 2020-06-30}}
  order: {number: Order 9, issued: 2021-03-01, in_force: {from: 2021-01-01}}
"""


def town(policy: str) -> Rulebook:
    """A rulebook of one prize, with what is added to it."""
    return load_texts({"town.yaml": HEAD + policy, "acts.yaml": ACTS})


def codes(rulebook: Rulebook) -> list[str]:
    """What `lint` tells of it."""
    return [fault.code for fault in lint(rulebook)]


def test_what_prolongs_a_document_stands_behind_it() -> None:
    """It grants nothing by itself."""
    book = town("    in_force: {from: 2020-01-01, to: 2021-12-31}\n    basis: act\n")
    numbers = [
        [str(part.cite) for part in book.on(day).policies[0].basis]
        for day in (date(2020, 12, 31), date(2021, 1, 1))
    ]
    assert numbers == [["act"], ["act", "order"]]
    assert codes(book) == []


def test_a_day_that_nothing_grants_is_told_unless_it_says_so() -> None:
    """And the answer repeats the reason."""
    without = "    in_force: [{from: 2020-01-01, to: 2022-12-31}]\n    basis: act\n"
    assert codes(town(without)) == ["R416"]
    window = "{from: 2022-01-01, to: 2022-12-31, basis: not_found, reason: Lost.}"
    first = "{from: 2020-01-01, to: 2021-12-31}"
    said = town(f"    in_force: [{first}, {window}]\n    basis: act\n")
    assert codes(said) == []
    reason = said.on(date(2022, 6, 30)).policies[0].no_basis
    assert reason is not None
    assert reason.to("en") == "Lost."


def test_a_citation_beyond_the_days_of_its_article_is_told() -> None:
    """The whole document may stand longer."""
    dated = "{source: act, article: Article 2, to: 2020-12-31}"
    span = "    in_force: {from: 2020-01-01, to: 2021-12-31}\n"
    assert codes(town(f"{span}    basis: [act, {dated}]\n")) == ["R415"]


def test_a_document_that_nobody_cites_is_told() -> None:
    """What prolongs another is cited by it."""
    span = "    in_force: {from: 2021-01-01}\n"
    assert codes(town(f"{span}    basis: order\n")) == ["R401"]


def source(*windows: Window) -> Source:
    """A document in force on some days."""
    stretches = tuple(Stretch(window) for window in windows)
    return Source("act", "Act 1", NO_TEXT, NO_TEXT, in_force=stretches)


def test_a_citation_tells_the_unbroken_days_on_which_it_stands() -> None:
    """Stretches that touch are one."""
    first = Window(date(2020, 1, 1), date(2020, 12, 31))
    second = Window(date(2021, 1, 1), date(2021, 12, 31))
    later = Window(date(2023, 1, 1), None)
    sources = {"act": source(first, second, later)}
    (found,) = as_of([Citation("act")], sources, date(2021, 6, 30))
    assert found.window == Window(date(2020, 1, 1), date(2021, 12, 31))
    assert as_of([Citation("act")], sources, date(2022, 6, 30)) == ()


def test_days_are_joined_and_what_is_left_of_them_told() -> None:
    """Both ends of a window belong to it."""
    year = Window(date(2021, 1, 1), date(2021, 12, 31))
    spring = Window(date(2021, 3, 1), date(2021, 5, 31))
    june = Window(date(2021, 6, 1), date(2021, 6, 30))
    assert joined([june, spring]) == (Window(date(2021, 3, 1), date(2021, 6, 30)),)
    assert rest(year, [spring, june]) == (
        Window(date(2021, 1, 1), date(2021, 2, 28)),
        Window(date(2021, 7, 1), date(2021, 12, 31)),
    )
    assert rest(year, [Window()]) == ()


def test_a_changed_basis_is_a_change_of_its_own(shipped: Rulebook) -> None:
    """The stamp tax of a loan is the same on 2023-08-02, by another document."""
    changes = compare_laws(shipped.on(date(2023, 8, 1)), shipped.on(date(2023, 8, 2)))
    found = {change.policy: change.kind for change in changes.policies}
    assert found["loan-stamp-tax-exemption"] == "basis"
    assert not [change for change in changes.meaning if change.kind == "basis"]
