"""What readers look for is answered on the first screen and on page one of print.

How much for certain, by which law, how computed, what to file first, by when, with
which papers, what is missing and worth most, what a limit costs, why not, who has
to decide, what of last year, by which record, on which day.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bad.run import run
from tests.reports.paper import FIRMS, read

if TYPE_CHECKING:
    from collections.abc import Callable

SCREEN = 50
"""Lines of a screen, at 80 columns."""


_SIGNS = re.compile(r"[\u3400-\u9fff]+")
_CITED = re.compile(
    r"[\u3400-\u9fff〔〕《》 ]*(?:\d{4}年第\d+号|〔\d{4}〕\d+号|第\d+号)"
)
"""A document by its number, with who issued it."""
RECORDED = "2023-03-15T10:00:00+08:00"


@cache
def page(firm: str, lang: str, form: str = "text") -> str:
    """Return an answer."""
    words = ("--today", FIRMS[firm], "--backend", "reference", "--format", form)
    ran = run("check", Path(f"examples/firms/{firm}.yaml"), *words, lang=lang)
    assert ran.code == 0
    return ran.out


def first(firm: str, lang: str) -> str:
    """Return the first screen of it."""
    return read("\n".join(page(firm, lang).splitlines()[:SCREEN]))


TASKS = {
    "how much for certain": (
        "toy-maker",
        ("126万元至146万元", "36.1万元", "1项"),
        ("CNY 1,260,000 to 1,460,000", "CNY 361,000", "1 policy"),
    ),
    "by which law in force": (
        "toy-maker",
        ("财政部 税务总局公告2021年第13号 第一条",),
        ("财政部 税务总局公告2021年第13号 Article 1",),
    ),
    "how computed": (
        "toy-maker",
        (
            "应纳税所得额168万元：100万元 × 22.5% + 68万元 × 20% = 36.1万元",
            "合在一起：企业所得税由44.1万元至78.5万元降为5.9万元",
        ),
        (
            "CNY 1,000,000 × 22.5% + CNY 680,000 × 20% = CNY 361,000",
            "falls from CNY 441,000 to 785,000 to CNY 59,000",
        ),
    ),
    "what to file first and by when": (
        "toy-maker",
        ("最先办 最迟2023年5月31日（还有77天）；研发费用加计扣除；浙江省电子税务局",),
        ("First by 31 May 2023 (77 days left); R&D expense super-deduction; Zhejiang",),
    ),
    "with which papers": (
        "toy-maker",
        ("材料：研发费用加计扣除优惠明细表",),
        ("papers: R&D detail table",),
    ),
    "what is missing and worth most": (
        "toy-maker",
        ("最该补 企业第一次办理企业所得税年度汇算清缴申报是哪一天",),
        ("Ask next On what day did the firm make its first annual settlement",),
    ),
    "what was lost to a cliff": (
        "just-over-the-line",
        (
            "小型微利企业减免企业所得税：应纳税所得额减少100元（降至300万元）",
            "即可符合（减免税额 62.5万元）",
        ),
        ("taxable income down by CNY 100, to CNY 3,000,000: tax off CNY 625,000",),
    ),
    "what a cliff near by would cost": (
        "high-tech-choice",
        ("应纳税所得额再增加超过20万元（即超过300万元），将失去：小型微利企业",),
        ("more than CNY 200,000 above today (over CNY 3,000,000) loses",),
    ),
    "why not": (
        "toy-maker",
        ("个体工商户减半征收个人所得税（未满足：是个体工商户（公司））",),
        ("individual businesses (not met: is an individual business (company))",),
    ),
    "who decides": (
        "toy-maker",
        ("等谁定 市场监管局：小微企业“成长之星”评选奖励",),
        ("Awaits Market Regulation Bureau: Growth Star award",),
    ),
    "what of last year": (
        "toy-maker",
        ("2021年度最迟2025年1月1日（研发费用加计扣除、小型微利企业减免企业所得税）",),
        ("2021 by 1 January 2025 (R&D expense super-deduction",),
    ),
    "by which rulebook": (
        "toy-maker",
        ("规则书 yiwu-sme-growth-2021 · 摘要",),
        ("rulebook yiwu-sme-growth-2021 · digest",),
    ),
    "valid on which day": (
        "toy-maker",
        ("适用2022年12月31日的规定；期限从2023年3月15日算起",),
        ("The law as of 31 December 2022; days counted from 15 March 2023",),
    ),
}
"""What is looked for: the firm, and how its answer tells it in either language."""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("task", TASKS)
def test_the_first_screen_answers(task: str, lang: str) -> None:
    """Each task, in either language."""
    firm, zh, en = TASKS[task]
    for told in zh if lang == "zh" else en:
        assert read(told) in first(firm, lang)


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_one_of_print_answers(
    lang: str, printed: Callable[[str], list[str]]
) -> None:
    """Each task, in either language, on the first sheet of paper."""
    firms = {firm for firm, _, _ in TASKS.values()}
    paper = {firm: printed(page(firm, lang, "html"))[0] for firm in firms}
    for task, (firm, zh, en) in TASKS.items():
        for told in zh if lang == "zh" else en:
            assert read(told) in paper[firm], task


@pytest.mark.browser
def test_the_record_is_named(
    tmp_path: Path, printed: Callable[[str], list[str]]
) -> None:
    """By the beginning of its seal, on the first screen and on page one."""
    record = tmp_path / "record.json"
    kept = ("--record", record, "--recorded-at", RECORDED)
    firm = "examples/firms/toy-maker.yaml"
    screen = run("check", firm, *kept, lang="zh").out.splitlines()[:SCREEN]
    seal = record.read_text(encoding="utf-8").split('"seal":"sha256:')[1][:12]
    record.unlink()
    paper = printed(run("check", firm, *kept, "--format", "html", lang="zh").out)[0]
    for first_seen in ("".join(screen), paper):
        assert read(f"决定记录 {seal}") in read(first_seen)


def test_the_answer_is_what_a_terminal_shows_last() -> None:
    """What is certain and what to do first stand in the last lines too."""
    last = page("toy-maker", "zh").splitlines()[-6:]
    assert "确定能享受：税前扣除 126万元至146万元；减免税额 36.1万元" in last
    assert last[-1] == "仅供参考，以主管部门认定为准。"


def test_nothing_is_cut_for_good() -> None:
    """What a short text leaves out is counted, and `--all` tells it."""
    short = page("toy-maker", "zh")
    words = ("--today", "2023-03-15", "--all", "--lang", "zh")
    full = run("check", "examples/firms/toy-maker.yaml", *words).out
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
    lines = run("check", "examples/firms/toy-maker.yaml", *words).out.splitlines()
    place = next(n for n, x in enumerate(lines) if "高价设备、器具扣除（2022年）" in x)
    assert "".join(lines[place + 1].split()).startswith(told)


@cache
def asked(firm: str, on: str, today: str, form: str = "text") -> str:
    """Return an answer for the law of a day, asked on another."""
    words = ("--on", on, "--today", today, "--backend", "reference", "--format", form)
    return run("check", f"examples/firms/{firm}.yaml", *words, lang="zh").out


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
def test_what_is_over_is_not_told_as_open(form: str) -> None:
    """Services of the plan, asked for when the plan has ended."""
    during = asked("individual-business", "2023-12-31", "2023-12-31", form)
    after = asked("individual-business", "2023-12-31", "2024-01-05", form)
    assert "2项服务现在就能用" in read(during)
    assert "服务现在就能用" not in read(after)
    assert read("2项服务已过办理时间：市场主体法律顾问服务网格化") in read(after)


def test_too_late_is_said_first() -> None:
    """Since when, and who may still have it; with it no deadline is promised."""
    late = read(
        "".join(asked("toy-maker", "2022-12-31", "2027-03-01").splitlines()[:30])
    )
    assert "最先办" not in late
    told = "研发费用加计扣除、小型微利企业减免企业所得税：追回期限2026年5月31日已过"
    assert read(f"已过期限{told}；晚于2023年5月31日才结算缴纳的除外") in late


def test_years_that_have_not_been_are_not_recovered() -> None:
    """The law of a day far ahead, asked for today."""
    assert "往年" not in asked("toy-maker", "2030-01-01", "2023-03-15")


def test_a_long_list_of_what_is_not_in_force_tells_what_can_be_recovered() -> None:
    """Before the periods that many share."""
    out = asked("toy-maker", "2030-01-01", "2030-01-01")
    told = read(out.split("当日未施行（")[-1])
    saved = told.index(read("小型微利企业减免企业所得税仍可追回：先更正该期申报"))
    assert saved < told.index(read("2021年1月1日至2023年12月31日（计划期间"))
    assert "现在可办" not in told


def test_why_not_is_told_in_few_words() -> None:
    """Alternatives as such, without those of other industries; with the own value."""
    limits = read(asked("market-trader", "2023-09-30", "2023-10-09"))
    assert read("“限下”升“限上”扶持主营业务收入达到所属行业的标准（118万元）") in limits
    assert read("不属于不适用加计扣除的行业（F5146）") in limits
    none = read(asked("just-over-the-line", "2022-12-31", "2023-03-15"))
    told = (
        "以下均不满足：是增值税小规模纳税人（一般纳税人）、是个体工商户（公司）、"
        "汇算清缴结果为小型微利企业、新设立，尚未办理首次汇算清缴"
    )
    assert read(told) in none


def test_a_known_amount_comes_before_an_open_one_of_the_same_day() -> None:
    """Up to 13,000 yuan, and then what is not known at all."""
    first = read("".join(page("market-trader", "zh").splitlines()[:20]))
    assert (
        read("最先办 最迟2023年10月23日（还有14天）；小规模纳税人免征增值税") in first
    )


@pytest.mark.parametrize("form", ["text", "html"])
def test_what_stays_chinese_in_english_is_said(form: str) -> None:
    """Names and numbers of documents alone: nothing else in Chinese signs."""
    told = page("individual-business", "en", form)
    assert read("names and the numbers of documents as in the original") in read(told)
    names = ("义乌市阿芳早餐店", "江东街道", "快餐服务")
    rest = _CITED.sub("", told)
    for name in names:
        rest = rest.replace(name, "")
    assert not _SIGNS.findall(rest)


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("firm", FIRMS)
def test_an_answer_prints_on_three_pages(
    firm: str, lang: str, printed: Callable[[str], list[str]]
) -> None:
    """Every policy but services on request, the lists that a screen folds too."""
    pages = printed(page(firm, lang, "html"))
    assert len(pages) <= 3
    paper = "".join(pages).casefold()
    for found in json.loads(page(firm, lang, "json"))["findings"]:
        if found["benefit"] and found["benefit"]["form"] != "service":
            assert read(found["title"]).casefold() in paper
