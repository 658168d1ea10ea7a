"""The answer in each format: the contract's JSON, and pages for people."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from wcwidth import wcswidth

from policy_match import reports
from policy_match.firms.profile import read_profile
from policy_match.language.media import encodable
from policy_match.reports.document.answer import document
from policy_match.reports.layouts.terminal import Screen, shortened, wrap
from policy_match.reports.layouts.text import render_answer
from policy_match.reports.readings.summary import better_days
from policy_match.reports.views.answer import answer
from policy_match.reports.words.vocabulary import Vocabulary
from tests.unit.report_rulebook import assessment, program

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRM = """
name: 甲公司
staff: 86
sales: 100万..300万
costs: 10万..20万
size: small
fair_on: 2022-05-01
"""
FORMATS = ("text", "markdown", "html", "json")


def _json(facts: str = FIRM, lang: str = "zh", **options: Any) -> Any:
    return json.loads(reports.render([assessment(facts)], "json", lang, **options))


def _finding(answer: Any, policy: str) -> Any:
    return next(f for f in answer["findings"] if f["policy"] == policy)


def _definition(answer: Any, fact: str) -> Any:
    return next(d for d in answer["definitions"] if d["fact"] == fact)


# ---- JSON


def test_json_has_the_contract_s_shape() -> None:
    answer = _json()
    assert answer["schema"] == "policy-match/assessment/1"
    assert answer["rulebook"]["id"] == "town"
    assert answer["on"] == "2022-12-31"
    assert answer["firm"] == {"name": "甲公司", "uscc": None}
    assert answer["derived"] == {"eligible_firm": True}
    assert answer["totals"] == {
        "eligible": 1,
        "ineligible": 0,
        "undetermined": 1,
        "amount": {"deduction": {"low": "75000.00", "high": "150000.00"}},
    }
    assert answer["questions"][0] == {
        "fact": "costs",
        "title": "研发费用",
        "asks": "研发费用是多少？",
        "settles": [],
        "may_settle": [],
        "narrows": ["deduction"],
        "worth": {"deduction": {"low": "0.00", "high": "75000.00"}},
        "settled_by": "firm",
    }


def test_an_amount_is_exact_or_a_range_or_set_by_someone() -> None:
    benefit = _finding(_json(), "deduction")["benefit"]
    assert benefit["amount"] is None
    assert benefit["range"] == {"low": "75000.00", "high": "150000.00"}
    exact = FIRM.replace("10万..20万", "10万")
    benefit = _finding(_json(exact), "deduction")["benefit"]
    assert (benefit["amount"], benefit["range"]) == ("75000.00", None)
    benefit = _finding(_json(), "fair-grant")["benefit"]
    assert (benefit["amount"], benefit["range"]) == (None, None)
    assert benefit["set_by"] == "商务局"
    out = FIRM.replace("size: small", "size: large")
    assert _finding(_json(out), "fair-grant")["benefit"] is None


def test_a_definition_stands_once_and_is_referred_to_by_name() -> None:
    answer = _json()
    listed = [found["fact"] for found in answer["definitions"]]
    assert len(listed) == len(set(listed))
    assert set(_names(answer)) == set(listed)


def _names(data: Any) -> Iterator[str]:
    """Yield every name in any `because`."""
    if isinstance(data, dict):
        yield from data.get("because", ())
        for part in data.values():
            yield from _names(part)
    elif isinstance(data, list):
        for part in data:
            yield from _names(part)


def test_evidence_holds_value_threshold_and_reasons() -> None:
    answer = _json()
    found = _finding(answer, "deduction")
    leaf = found["evidence"]["of"][0]
    assert (leaf["condition"], leaf["truth"], leaf["value"]) == (
        "eligible_firm",
        "true",
        True,
    )
    assert leaf["because"] == ["eligible_firm"]
    below = _definition(answer, "eligible_firm")
    staff = below["of"][0]["of"][0]
    assert staff["value"] == 86
    assert staff["threshold"]["value"] == 300
    assert staff["threshold"]["parameter"] == "staff_limit"
    assert staff["threshold"]["to"] == "2025-12-31"
    assert staff["cite"] == {"source": "law", "article": "第二条"}
    assert found["sources"] == ["某发〔2021〕1号"]
    why = _finding(_json(), "fair-grant")["evidence"]["of"][2]
    assert why["why"] == "可予以补助"


def test_what_is_possible_is_encoded_one_way() -> None:
    facts = "sales: 1万..\nsize: [small, micro]\nfair_on: none\nstaff: 20..50"
    evidence = _finding(_json(facts), "fair-grant")["evidence"]["of"]
    assert [leaf["value"] for leaf in evidence] == [
        {"one_of": ["small", "micro"]},
        {"none": True},
        None,
    ]
    inner = _definition(_json(facts), "eligible_firm")
    values = [leaf["value"] for leaf in inner["of"][0]["of"]]
    assert values == [{"low": 20, "high": 50}, {"low": "10000.00", "high": None}]


def test_several_firms_are_a_list_and_english_is_english() -> None:
    both = [assessment(FIRM), assessment("staff: 1")]
    listed = json.loads(reports.render(both, "json", "en"))
    assert [answer["firm"]["name"] for answer in listed] == ["甲公司", None]
    assert _finding(listed[0], "deduction")["title"] == "research deduction"


# ---- what is shown


def test_indirect_policies_are_shown_on_request() -> None:
    def policies(**options: Any) -> set[str]:
        return {found["policy"] for found in _json(**options)["findings"]}

    assert "large-service" not in policies()
    assert "large-service" in policies(indirect=True)
    assert "large-service" in policies(explain=["large-service"])


def test_days_with_more_in_force_are_named() -> None:
    late = assessment(FIRM, date(2026, 6, 1))
    text = reports.render([late], "text", "zh")
    assert better_days(late.program)[:2] == (1, 3)
    assert "只有" in text
    assert "2023年12月31日" in text
    assert json.loads(reports.render([late], "json", "zh"))["not_in_force"] == [
        {
            "policy": "deduction",
            "title": "研发扣除",
            "from": "2021-01-01",
            "to": "2025-12-31",
        },
        {
            "policy": "fair-grant",
            "title": "参展补助",
            "from": "2021-01-01",
            "to": "2023-12-31",
        },
    ]


def test_the_terminal_answer_says_what_why_and_what_next() -> None:
    text = reports.render([assessment(FIRM)], "text", "zh")
    assert "税前扣除 7.5万元至15万元" in text
    assert "金额还取决于：研发费用" in text
    assert "某发〔2021〕1号" in text
    assert "奖补资金，金额由商务局确定" in text
    assert "等待认定：商务局是否同意？" in text
    assert text.endswith("仅供参考，以主管部门认定为准。\n")
    assert "\x1b" not in text
    assert "\x1b" in reports.render([assessment(FIRM)], "text", "zh", color=True)


def test_explain_unfolds_the_evidence() -> None:
    text = reports.render([assessment(FIRM)], "text", "zh", explain=["deduction"])
    assert "✓ 从业人数不超过300人" in text
    assert "本企业：86人" in text
    assert "标准：人数上限 300人（2021年1月1日至2025年12月31日" in text
    assert "途径：申报时享受" in text


def test_why_not_is_told_by_the_condition_that_fails() -> None:
    text = reports.render([assessment("staff: 486")], "text", "zh")
    assert re.search(r"✗ 研发扣除 +从业人数不超过300人（486人）", text)


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(width: int, lang: str) -> None:
    answer = assessment(FIRM)
    text = reports.render([answer], "text", lang, explain=["all"], width=width)
    assert max(wcswidth(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("form", FORMATS[:3])
def test_chinese_is_chinese_and_english_is_english(form: str) -> None:
    answer = assessment(FIRM.replace("甲公司", "ACME"))
    made = f"{answer.program.rulebook}|{answer.program.digest[7:19]}"
    chinese, english = (
        re.sub(made, "", _words(reports.render([answer], form, lang, explain=["all"])))
        for lang in ("zh", "en")
    )
    assert set(re.findall(r"[A-Za-z]{2,}", chinese)) <= {"ACME", "br"}
    assert not re.search(r"[\u4e00-\u9fff]", english.replace("某发〔2021〕1号", ""))


def _words(text: str) -> str:
    if "<!doctype" not in text:
        return text
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            found.append(data)

    Reader().feed(re.sub(r"(?s)<style>.*?</style>", "", text))
    return " ".join(found)


def test_pages_escape_what_the_profile_says() -> None:
    firm = assessment(FIRM.replace("甲公司", "'<i>|*甲'"))
    assert "<i>" not in reports.render([firm], "html", "zh")
    assert "# \\<i\\>\\|\\*甲" in reports.render([firm], "markdown", "zh")


def test_html_stands_alone() -> None:
    page = reports.render([assessment(FIRM)], "html", "zh")
    assert 'lang="zh-CN"' in page
    assert not re.search(r"https?://|<script|<link|@import|url\(", page)
    assert "@media print" in page


# ---- policies and the blank profile


def test_the_list_of_policies() -> None:
    listed = json.loads(reports.list_policies(program(), "json", "zh"))
    assert listed[1] == {
        "policy": "fair-grant",
        "title": "参展补助",
        "kind": "subsidy",
        "in_force": True,
        "section": None,
        "reaches": "directly",
        "windows": [{"from": "2021-01-01", "to": "2023-12-31"}],
    }
    late = program(date(2026, 6, 1))
    assert "参展补助（未施行）" in reports.list_policies(late, "text", "zh")


def test_the_page_of_a_policy() -> None:
    page = reports.show_policy(program(), "deduction", "text", "zh")
    assert "按75%扣除。" in page
    assert "从业人数不超过300人" in page
    assert "税前扣除：研发费用 × 75%" in page
    assert "扣除比例 75%（2021年1月1日起，某发〔2021〕1号 第三条）" in page
    late = reports.show_policy(program(date(2026, 6, 1)), "deduction", "text", "zh")
    assert "2026年6月1日未施行" in late


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_page_is_written_in_every_format(form: str, lang: str) -> None:
    law = program()
    assert reports.render([assessment(FIRM)], form, lang, explain=["all"])
    assert reports.list_policies(law, form, lang)
    for policy in law.by_id:
        assert reports.show_policy(law, policy, form, lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_blank_profile_is_valid_and_says_nothing(lang: str) -> None:
    law = program()
    blank = reports.blank_profile(law, lang)
    assert not read_profile(blank, law.facts, law.systems).given
    assert blank.index("name:") < blank.index("staff:")


# ---- the terminal


def test_lines_break_as_a_typesetter_breaks_them() -> None:
    assert [*wrap("研发费用，加计扣除", 9)] == ["研发费", "用，加计", "扣除"]
    assert [*wrap("the quick brown", 9)] == ["the quick", "brown"]
    assert shortened("从业人数不超过", 8) == "从业人…"


def test_what_is_indented_beyond_the_screen_is_still_written() -> None:
    """A chain of definitions is deeper than a terminal is wide."""
    assert [*wrap("costs of research", -40)] == ["costs of", "research"]


def test_marks_survive_an_encoding_that_lacks_them() -> None:
    text = reports.render([assessment(FIRM)], "text", "zh", encoding="gbk")
    text.encode("gbk")
    assert "√ 研发扣除" in text
    assert encodable("✓", "utf-8") == "✓"


def test_an_answer_in_text_starts_without_what_it_does_not_need() -> None:
    code = (
        "import sys, policy_match.api, policy_match.reports.layouts.text\n"
        "import policy_match.reports.document.answer\n"
        "import policy_match.reports.views.answer\n"
        "assert not {'jinja2', 'rich', 'pydantic', 'lark'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603


def test_words_are_the_same_of_a_document_whose_folded_grounds_are_left_out() -> None:
    found = assessment(FIRM)
    words = Vocabulary.of(found.program, "zh")
    ids = {one.policy.id for one in found.findings}
    for told in (set(), {min(ids)}, ids):
        whole, cut = document(found, "zh"), document(found, "zh", told=told)
        pages = [
            render_answer(
                answer(one, words, explain=told, evidence=False, facts=found.facts),
                Screen(80, color=False),
            )
            for one in (whole, cut)
        ]
        assert pages[0] == pages[1]


def test_text_and_json_start_without_templates() -> None:
    code = (
        "import sys, policy_match.reports.layouts.text\n"
        "import policy_match.reports.document.answer\n"
        "import policy_match.reports.views.answer\n"
        "assert not {'jinja2', 'rich'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603
