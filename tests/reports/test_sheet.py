"""The decision sheet: what stands on it, whose word it is, its two pages."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bad.run import run
from tests.reports.paper import FIRMS, read

if TYPE_CHECKING:
    from collections.abc import Callable

FIRM = "examples/firms/toy-maker.yaml"


def told(page: str) -> str:
    """Return what a page says: without marks, in single blanks."""
    body = page.partition("</style>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture(scope="module")
def sheet() -> str:
    """Return the sheet of the toy maker in Chinese."""
    ran = run("check", FIRM, "--format", "sheet", lang="zh")
    assert ran.code == 0
    return told(ran.out)


@pytest.mark.parametrize(
    "words",
    [
        "义乌市星禾玩具有限公司",
        "91330782MA2E4TXY16",
        "电玩具制造（C2451）",
        "适用2022年12月31日的规定",
        "税前扣除 126万元至146万元",
        "减免税额 36.1万元",
        "100万元 × 22.5% + 68万元 × 20% = 36.1万元",
        "✓ 应纳税所得额不超过300万元 168万元 企业申报",
        "✓ 从事国家非限制和禁止行业 是 企业申报 财政部 税务总局公告2022年第13号 第二条",
        "财政部 税务总局公告2021年第12号 第一条 2021-01-01—2022-12-31",
        "事实为2022年12月31日的情况",
        "同意",
        "规则书摘要 sha256:",
        "本表没有对应的决定记录",
        "复核人、日期（盖章）",
        "仅供参考，以主管部门认定为准。",
    ],
)
def test_it_says(sheet: str, words: str) -> None:
    """The firm, the days, facts and whose they are, sums, law, a place to sign."""
    assert words in sheet


def test_what_awaits_an_authority_alone_is_on_it(sheet: str) -> None:
    """With the conditions that are met, and the one that is not known."""
    assert "首次通过三合一管理体系认证激励 待认定" in sheet
    assert "✓ 已通过质量管理体系认证 2019年3月12日" in sheet
    assert "… 按市激励政策同意给予三合一认证激励" in sheet


def test_only_what_is_asked_for_is_on_it() -> None:
    """By id or title, in force or not; what fails says by which condition."""
    ran = run(
        *("check", FIRM, "--format", "sheet", "--lang", "en"),
        *("--policy", "individual-business-iit-halving"),
        *("--policy", "manufacturing-tax-deferral"),
    )
    text = told(ran.out)
    assert "✗ is an individual business company the firm 财政部" in text
    assert "Not in force that day" in text
    assert "super-deduction" not in text
    assert "No amount is certain yet" in text


def test_a_policy_that_there_is_not_is_said_with_the_nearest() -> None:
    """Nothing is printed."""
    ran = run("check", FIRM, "--format", "sheet", "--policy", "rd-super-deducton")
    assert (ran.code, ran.out) == (2, "")
    assert "rd-super-deduction" in ran.err


def test_policies_can_be_asked_for_in_every_format() -> None:
    """Counts are of what is told."""
    ran = run("check", FIRM, "--policy", "small-low-profit-cit", lang="zh")
    assert "减免税额 36.1万元" in ran.out
    assert "研发费用加计扣除" not in ran.out


def test_a_determination_stands_on_it_with_name_day_and_ground(tmp_path: Path) -> None:
    """It is the officer's word then, no longer awaited."""
    firm = tmp_path / "firm.yaml"
    firm.write_text(
        Path(FIRM).read_text(encoding="utf-8")
        + "determinations:\n"
        + "  - fact: growth_star_selected\n    value: true\n    by: 王敏\n"
        + "    on: 2022-11-01\n    ground: 义市监〔2022〕9号\n",
        encoding="utf-8",
    )
    ran = run("check", firm, "--format", "sheet", lang="zh")
    text = told(ran.out)
    assert "王敏，2022年11月1日认定；依据：义市监〔2022〕9号" in text
    assert "获评当年“成长之星” 是 王敏" in text


def test_a_record_is_named_and_replay_prints_the_same_sheet(tmp_path: Path) -> None:
    """Byte for byte, with the seal of the record on it."""
    record, page, again = (tmp_path / name for name in ("r.json", "a.html", "b.html"))
    at = ("--record", record, "--recorded-at", "2023-03-15T10:00:00+08:00")
    ran = run("check", FIRM, "--format", "sheet", *at, "--out", page, lang="zh")
    assert ran.code == 0
    ran = run("replay", record, "--format", "sheet", "--out", again, lang="zh")
    assert ran.code == 0
    seal = record.read_text().split('"seal":"')[1][:71]
    assert f"记录摘要 {seal}" in told(page.read_text(encoding="utf-8"))
    assert again.read_bytes() == page.read_bytes()


def test_replay_prints_the_sheet_that_was_asked(tmp_path: Path) -> None:
    """Of the same policies, without being told again."""
    record, page, again = (tmp_path / name for name in ("r.json", "a.html", "b.html"))
    asked = ("--policy", "小型微利企业减免企业所得税", "--record", record)
    ran = run("check", FIRM, "--format", "sheet", *asked, "--out", page, lang="en")
    assert ran.code == 0
    ran = run("replay", record, "--format", "sheet", "--out", again, lang="en")
    assert ran.code == 0
    assert again.read_bytes() == page.read_bytes()
    assert "R&amp;D expense super-deduction" not in page.read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("firm", FIRMS)
def test_it_prints_on_two_pages(
    firm: str, lang: str, tmp_path: Path, printed: Callable[[str], list[str]]
) -> None:
    """A4, of every example firm; the place to sign stands on the last."""
    profile = f"examples/firms/{firm}.yaml"
    words = ("check", profile, "--today", FIRMS[firm], "--format", "sheet")
    ran = run(*words, "--record", tmp_path / "record.json", lang=lang)
    pages = printed(ran.out)
    assert len(pages) <= 2
    signed = {"zh": "经办人、日期", "en": "Officer, date"}
    assert read(signed[lang]) in pages[-1]


def test_documents_name_the_policies_by_their_number(sheet: str) -> None:
    """That of the decision; a question too, where it is about one of them."""
    assert "1 ✓ 研发费用加计扣除" in sheet
    assert "2 ✓ 小型微利企业减免企业所得税" in sheet
    _, _, law = sheet.partition("用于（序号）")
    assert "2 财政部 税务总局公告2021年第12号 第一条" in law
    assert "第1项 企业自行填报" in sheet.partition("还缺什么")[2]


def test_the_best_combination_is_told_once() -> None:
    """What is taken and given up as sums; the choice and the next best in words."""
    firm = "examples/firms/high-tech-choice.yaml"
    text = told(run("check", firm, "--format", "sheet", lang="zh").out)
    assert text.count("改选它少得") == 1
    assert "选用小型微利企业减免企业所得税：减免税额 58.5万元" in text
    assert "其次：“研发费用加计扣除”" in text
