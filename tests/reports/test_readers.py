"""What readers look for is answered on the first screen, in both languages.

How much for certain, by which law, how computed, what to file first, by when, with
which papers, what is missing and worth most, what a limit costs, why not, who has
to decide, what of last year, by which record, on which day.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.bad.run import run

FIRMS = Path("examples/firms")
SCREEN = 50
"""Lines of a screen, at 80 columns."""


@cache
def page(firm: str, today: str, lang: str) -> str:
    """Return the text of an answer."""
    words = ("--today", today, "--lang", lang, "--backend", "reference")
    ran = run("check", FIRMS / f"{firm}.yaml", *words)
    assert ran.code == 0
    return ran.out


def first(firm: str, today: str, lang: str) -> str:
    """Return the first screen of it, without blanks."""
    return "".join("".join(page(firm, today, lang).splitlines()[:SCREEN]).split())


TASKS = [
    ("toy-maker", "税前扣除126万元至146万元1项减免税额36.1万元1项"),
    ("toy-maker", "财政部税务总局公告2021年第13号第一条"),
    ("toy-maker", "100万元×22.5%+68万元×20%=36.1万元"),
    ("toy-maker", "企业所得税由44.1万元至78.5万元降为5.9万元"),
    (
        "toy-maker",
        "最先办最迟2023年5月31日（还有77天）；研发费用加计扣除；浙江省电子税务局",
    ),
    ("toy-maker", "材料：研发费用加计扣除优惠明细表"),
    ("toy-maker", "最该补"),
    ("toy-maker", "个体工商户减半征收个人所得税（是个体工商户（公司））"),
    ("toy-maker", "市场监管局：小微企业“成长之星”评选奖励"),
    (
        "toy-maker",
        "往年2021年的最迟2025年1月1日（研发费用加计扣除、小型微利企业减免企业所得税）",
    ),
    ("toy-maker", "规则书yiwu-sme-growth-2021·摘要"),
    ("toy-maker", "适用2022年12月31日的规定；期限从2023年3月15日算起"),
    (
        "just-over-the-line",
        "小型微利企业减免企业所得税：应纳税所得额减少100元（降至300万元）",
    ),
    ("high-tech-choice", "应纳税所得额再增加超过20万元（即超过300万元），将失去"),
]


@pytest.mark.parametrize(("firm", "told"), TASKS)
def test_the_first_screen_answers(firm: str, told: str) -> None:
    """In Chinese, each task."""
    assert told in first(firm, "2023-03-15", "zh")


@pytest.mark.parametrize(
    "told",
    [
        "tax off CNY 361,000 1 policy",
        "by 31 May 2023 (77 days left)",
        "papers: R&D detail table",
        "Market Regulation Bureau: Growth Star award",
        "2021 by 1 January 2025",
        "falls from CNY 441,000 to 785,000 to CNY 59,000",
        "The law as of 31 December 2022",
        "rulebook yiwu-sme-growth-2021",
    ],
)
def test_the_first_screen_answers_in_english(told: str) -> None:
    """The same."""
    assert "".join(told.split()) in first("toy-maker", "2023-03-15", "en")


def test_the_record_is_named(tmp_path: Path) -> None:
    """By the beginning of its seal."""
    record = tmp_path / "record.json"
    ran = run("check", FIRMS / "toy-maker.yaml", "--record", record, lang="zh")
    seal = record.read_text(encoding="utf-8").split('"seal":"sha256:')[1][:12]
    assert f"决定记录 {seal}" in "\n".join(ran.out.splitlines()[:SCREEN])


def test_the_answer_is_what_a_terminal_shows_last() -> None:
    """What is certain and what to do first stand in the last lines too."""
    last = page("toy-maker", "2023-03-15", "zh").splitlines()[-6:]
    assert "确定能享受：税前扣除 126万元至146万元；减免税额 36.1万元" in last
    assert last[-1] == "仅供参考，以主管部门认定为准。"


def test_nothing_is_cut_for_good() -> None:
    """What a short text leaves out is counted, and `--all` tells it."""
    short = page("toy-maker", "2023-03-15", "zh")
    words = ("--today", "2023-03-15", "--all", "--lang", "zh")
    full = run("check", FIRMS / "toy-maker.yaml", *words).out
    assert "（--all 全部列出）" in short
    assert len(full.splitlines()) > 2 * len(short.splitlines())
    assert "知识产权质押贷款" in full
    assert "另有22项服务，按需申请" in "".join(short.split())


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2023-02-01", "现在可办，最迟2023年5月31日"),
        ("2023-06-30", "2023年5月31日前未选择享受，以后不能再选"),
    ],
)
def test_a_policy_whose_days_are_over_says_first_what_can_be_done(
    day: str, told: str
) -> None:
    """The deduction of equipment of 2022: chosen in the return of May, or never."""
    words = ("--on", day, "--today", day, "--all", "--lang", "zh")
    lines = run("check", FIRMS / "toy-maker.yaml", *words).out.splitlines()
    place = next(n for n, x in enumerate(lines) if "高价设备、器具扣除（2022年）" in x)
    assert "".join(lines[place + 1].split()).startswith(told)
