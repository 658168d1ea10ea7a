"""Tables laid out as offices and directories lay them out, each read for what it says.

All of them are made up here; what they look like is what public exports and forms do.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import polars as pl
import pytest

from policy_match.errors import ProfileError
from policy_match.firms.registers import open_register
from policy_match.firms.registers.looking import look
from policy_match.firms.registers.mapping import read_mapping
from tests.screening.command import credit_code
from tests.screening.taken import taken, workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import xlsxwriter

    from policy_match.ir.program import Program
    from tests.screening.taken import Taken

A, B, C, D = (credit_code(number) for number in range(4))


def test_an_export_of_a_company_directory(take: Callable[..., Taken]) -> None:
    """A disclaimer, guarded codes, dashes for blanks, a text of several lines."""
    found = take(
        "\ufeff查询结果来自公开信息，仅供参考,,,,,,,\n"
        "公司名称,登记状态,注册资本,成立日期,统一社会信用代码,纳税人识别号,公司类型,国标行业小类,经营范围\n"
        f'甲公司,存续（在营、开业、在册）,500万人民币,2015-03-02,="{A}",="{A}",'
        '有限责任公司(自然人投资或控股),电玩具制造,"玩具制造;\n销售"\n'
        f"乙公司,注销,-,2016-03-02,{B},{B},有限责任公司(自然人独资),-,-\n"
    )
    assert found.firms == [
        {"uscc": A, "name": "甲公司", "operating_status": "active",
         "registered_on": date(2015, 3, 2), "legal_form": "company",
         "industry_code": "C2451"}
    ]  # fmt: skip
    assert [(row, effect) for row, _, _, effect in found.listed] == [(4, "left-out")]


def _a_towns_list(book: xlsxwriter.Workbook) -> None:
    sheet, notes, old = (book.add_worksheet(n) for n in ("名单", "填表说明", "2021"))
    sheet.merge_range("A1:H1", "企业名单")
    sheet.merge_range("A2:H2", "计量单位：千元")
    for cells, text in {
        "A3:A4": "序号", "B3:B4": "公司名称", "C3:C4": "统一社会信用代码（18位）",
        "D3:D4": "所属街道", "E3:F3": "2022年经营情况", "G3:G4": "从业人员平均人数",
        "H3:H4": "联系电话",
    }.items():  # fmt: skip
        sheet.merge_range(cells, text)
    sheet.write_row("E4", ["营业收入", "资产总额"])
    sheet.merge_range("D5:D6", "稠城街道")
    sheet.merge_range("F5:F6", 1860)
    sheet.write_row("A5", [1, "甲", A])
    sheet.write_row("A6", [2, "乙", B])
    sheet.write("E5", 2350)
    sheet.write("G5", 86)
    sheet.write("G6", "约50人")
    sheet.write_row("A7", ["合计", "", "", "", 2350])
    sheet.write_row("A9", ["填表人：张三", "", "审核人：李四"])
    notes.write(0, 0, "请如实填写")
    old.write_row(0, 0, ["公司名称", "统一社会信用代码"])
    old.write_row(1, 0, ["丙", C])
    old.hide()


def test_a_list_of_a_town(take: Callable[..., Taken], tmp_path: Path) -> None:
    """Headings in two rows, merged cells, a unit above, a total and notes below."""
    found = take(workbook(tmp_path, _a_towns_list))
    assert found.firms == [
        {"uscc": A, "name": "甲", "town": "稠城街道", "revenue": 2_350_000,
         "employees": 86},
        {"uscc": B, "name": "乙", "town": "稠城街道", "employees.low": 45,
         "employees.high": 55},
    ]  # fmt: skip
    assert found.listed == [
        (5, "2022年经营情况·资产总额", "merged", "fact"),
        (6, "2022年经营情况·资产总额", "merged", "fact"),
        (6, "从业人员平均人数", "about", "range"),
        (7, "统一社会信用代码（18位）", "no-firm", "left-out"),
        (9, "统一社会信用代码（18位）", "no-firm", "left-out"),
    ]
    told = "\n".join(found.warnings)
    assert "填表说明" in told
    assert "2021" in told


def _of_statistics(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("B603")
    sheet.write("A1", "财务状况")
    sheet.write("A2", "2022年度  单位：千元")
    sheet.write_row("A3", ["统一社会信用代码", "单位详细名称", "1-本月;营业收入",
                           "上年同期;营业收入", "资产总计;本年", "从业人员期末人数",
                           "登记注册统计类别"])  # fmt: skip
    sheet.write_row("A4", ["甲", "乙", "1", "2", "3", "4", "5"])
    sheet.write_row("A5", [A, "甲", 2350, 2000, 1860, 86, "112"])
    sheet.write_row("A6", [B, "乙", 100, 90, 50, 5, "110"])


def test_a_table_of_statisticians(take: Callable[..., Taken], tmp_path: Path) -> None:
    """Joined headings, numbered columns, codes where forms have words.

    110 is one thing in the list of 2011 and another in that of 2023: it is not read.
    """
    found = take(workbook(tmp_path, _of_statistics))
    assert found.firms == [
        {"uscc": A, "name": "甲", "revenue": 2_350_000, "total_assets": 1_860_000,
         "employees": 86, "legal_form": "company"},
        {"uscc": B, "name": "乙", "revenue": 100_000, "total_assets": 50_000,
         "employees": 5},
    ]  # fmt: skip
    assert found.listed == [(6, "登记注册统计类别", "member", "fact")]


def test_annual_reports(take: Callable[..., Taken]) -> None:
    """What a firm does not show is not known; a unit stands in the cell."""
    found = take(
        "统一社会信用代码/注册号,企业名称,从业人数,营业总收入,资产总额,企业经营状态\n"
        f"{A},甲,86人,235.5万元,企业选择不公示,开业\n"
        f"{B},乙,企业选择不公示,企业选择不公示,186万元人民币,歇业\n"
    )
    assert found.firms == [
        {"uscc": A, "name": "甲", "employees": 86, "revenue": 2_355_000,
         "operating_status": "active"},
        {"uscc": B, "name": "乙", "total_assets": 1_860_000,
         "operating_status": "suspended"},
    ]  # fmt: skip
    assert found.listed == []


def test_an_export_of_a_tax_bureau(take: Callable[..., Taken]) -> None:
    """GBK, tabs, 千元 above the table, a total below."""
    found = take(
        "金额单位：千元\n纳税人识别号\t纳税人名称\t登记注册类型\t增值税纳税人类型\t征收方式\t应纳税所得额\t纳税人状态\r\n"
        f"{A}\t甲\t173 私营有限责任公司\t增值税一般纳税人\t查账征收\t2,940.00\t正常\r\n"
        f"{B}\t乙\t个体工商户\t小规模纳税人\t定期定额征收\t\t非正常户\r\n合计\t\t\t\t\t2940\t\r\n".encode(
            "gbk"
        )
    )
    assert found.firms == [
        {"uscc": A, "name": "甲", "legal_form": "company", "vat_status": "general",
         "collection_method": "audited", "taxable_income": 2_940_000},
        {"uscc": B, "name": "乙", "legal_form": "individual_business",
         "vat_status": "small_scale", "collection_method": "deemed"},
    ]  # fmt: skip
    assert found.listed == [(5, "纳税人识别号", "no-firm", "left-out")]


def _three_rows(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("汇总")
    sheet.write_row("A1", ["基本信息", "", "经营情况（万元）"])
    sheet.write_row("A2", ["统一社会信用代码", "企业名称", "2022年", "", "2021年", ""])
    sheet.write_row("C3", ["营业收入", "资产总额", "营业收入", "资产总额"])
    sheet.write_row("A4", [A, "甲", 100, 200, 90, 80])


def test_headings_in_three_rows(take: Callable[..., Taken], tmp_path: Path) -> None:
    """Of two years the one of the day asked."""
    found = take(workbook(tmp_path, _three_rows))
    assert found.firms == [
        {"uscc": A, "name": "甲", "revenue": 1_000_000, "total_assets": 2_000_000}
    ]
    assert sum("2021年" in warning for warning in found.warnings) == 2


@pytest.mark.parametrize(
    ("above", "headings", "read"),
    [
        (",,经营情况（万元）,,研发情况（千元）,",
         "统一社会信用代码,企业名称,营业收入,资产总额,研发费用,从业人数",
         {"revenue": 120_000, "total_assets": 50_000, "rd_expense": 6000,
          "employees": 9}),
        ("基本情况,,2022年（万元）,,2021年（万元）,",
         "统一社会信用代码,企业名称,营业收入,资产总额,营业收入,资产总额",
         {"revenue": 120_000, "total_assets": 50_000}),
        (",,上年,,本年,",
         "统一社会信用代码,企业名称,营业收入,资产总额,营业收入,资产总额",
         {"revenue": 6, "total_assets": 9}),
        ("统一社会信用代码,企业名称,营业收入,,资产总额,",
         ",,本年累计,上年同期,年初数,年末数", {"revenue": 12, "total_assets": 9}),
        ("统一社会信用代码,企业名称,营业收入,,资产总额,",
         ",,万元,同比（%）,千元,增幅", {"revenue": 120_000, "total_assets": 6000}),
        ("指标名称,,营业收入,资产总计,研发费用,",
         "统一社会信用代码,单位详细名称,301,213,319,从业人数",
         {"revenue": 12, "total_assets": 5, "rd_expense": 6, "employees": 9}),
    ],
    ids=["units", "years and unit", "last year first", "periods below", "units below",
         "lines of a form"],
)  # fmt: skip
def test_groups_say_of_what_their_columns_are(
    take: Callable[..., Taken], above: str, headings: str, read: dict[str, int]
) -> None:
    """Each its own unit and its own year, above the headings or below them."""
    found = take(f"{above}\n{headings}\n{A},甲,12,5,6,9\n")
    assert found.firms == [{"uscc": A, "name": "甲", **read}]
    assert found.listed == []


def test_a_title_beside_its_unit_is_no_group(take: Callable[..., Taken]) -> None:
    """The unit is that of every figure."""
    rows = f"统一社会信用代码,应纳税所得额,企业名称,营业收入\n{A},3,甲,12\n"
    for above in ("2022年企业名册,,,（万元）", "填报单位：佛堂镇,,,单位：万元"):
        assert take(f"{above}\n{rows}").firms == [
            {"uscc": A, "taxable_income": 30_000, "name": "甲", "revenue": 120_000}
        ]


def test_brackets_within_brackets(take: Callable[..., Taken]) -> None:
    """Each says one thing more of the heading."""
    found = take(
        "统一社会信用代码（18位（必填））,企业名称（全称(盖章)）,"
        f"营业收入（万元（保留两位小数））,资产总额（（千元)）\n{A},甲,5.12,7\n"
    )
    assert found.firms == [
        {"uscc": A, "name": "甲", "revenue": 51_200, "total_assets": 7000}
    ]


def test_units_in_a_row_of_their_own(take: Callable[..., Taken]) -> None:
    """Below the headings."""
    found = take(f"uscc,企业名称,从业人数,营业收入\n,,人,万元\n{A},甲,10,100\n")
    assert found.firms == [
        {"uscc": A, "name": "甲", "employees": 10, "revenue": 1_000_000}
    ]
    assert found.listed == []


def _two_units(book: xlsxwriter.Workbook) -> None:
    for name, unit, code in (("佛堂", "万元", A), ("苏溪", "元", B)):
        sheet = book.add_worksheet(name)
        sheet.write("A1", f"企业名册  单位：{unit}")
        sheet.write_row("A2", ["统一社会信用代码", "营业收入"])
        sheet.write_row("A3", [code, 100])


def test_sheets_in_different_units(take: Callable[..., Taken], tmp_path: Path) -> None:
    """Each is read in its own."""
    found = take(workbook(tmp_path, _two_units))
    assert [firm["revenue"] for firm in found.firms] == [1_000_000, 100]


def _shifted(book: xlsxwriter.Workbook) -> None:
    for name, title, code in (("佛堂", ["佛堂镇企业名册"], A), ("苏溪", [], B)):
        sheet = book.add_worksheet(name)
        sheet.write_row("A1", title)
        sheet.write_row(len(title), 0, ["统一社会信用代码", "企业名称", "从业人数"])
        sheet.write_row(len(title) + 1, 0, [code, "甲", 100])


def test_a_mapping_keeps_sheets_whose_headings_stand_in_other_rows(
    take: Callable[..., Taken], program: Program, tmp_path: Path
) -> None:
    """The mapping that is written loses no sheet that was read without it."""
    path = workbook(tmp_path, _shifted)
    seen, _ = look(open_register(path, program, tmp_path, looking=True), program, "zh")
    written = tmp_path / "map.yaml"
    written.write_text(seen.mapping, encoding="utf-8")
    mapping = read_mapping(written, program.facts)
    found = taken(path, program, tmp_path, mapping=mapping)
    assert found == take(path)
    assert [firm["uscc"] for firm in found.firms] == [A, B]


_FORMATS = {
    '0.00"万元"': 123_450_000, "0\\万\\元": 123_450_000, '0.0,"千"': 12_345,
    "¥#,##0.00": 12_345, "0[$万元-804]": 123_450_000, "[$$-409]#,##0": None,
    '0"美元"': None, '0"%"': None,
}  # fmt: skip
"""Formats of cells that hold 12345, and what the money is."""


def _formatted(book: xlsxwriter.Workbook) -> None:
    day = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["统一社会信用代码", "营业收入", "成立日期"])
    for at, code in enumerate(_FORMATS):
        sheet.write(at + 1, 0, credit_code(at))
        sheet.write(at + 1, 1, 12_345, book.add_format({"num_format": code}))
        sheet.write_datetime(at + 1, 2, datetime(2020, 1, 2), day)  # noqa: DTZ001


def test_formats_of_cells(take: Callable[..., Taken], tmp_path: Path) -> None:
    """What a cell shows is what is meant; dollars are no yuan."""
    found = take(workbook(tmp_path, _formatted))
    assert [firm.get("revenue") for firm in found.firms] == [*_FORMATS.values()]
    assert {firm["registered_on"] for firm in found.firms} == {date(2020, 1, 2)}
    assert [effect for *_, effect in found.listed] == ["fact"] * 3


def _of_1904(book: xlsxwriter.Workbook) -> None:
    day = book.add_format({"num_format": "yyyy/m/d"})
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["统一社会信用代码", "成立日期"])
    sheet.write("A2", A)
    sheet.write_datetime("B2", datetime(2020, 1, 2), day)  # noqa: DTZ001
    sheet.write_row("A3", [B, 42_370])


def test_a_workbook_of_1904(take: Callable[..., Taken], tmp_path: Path) -> None:
    """Days that are shown as days, and days that are bare numbers."""
    found = take(workbook(tmp_path, _of_1904, date_1904=True))
    assert [firm["registered_on"] for firm in found.firms] == [date(2020, 1, 2)] * 2


def _numbers_for_codes(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["统一社会信用代码", "企业名称"])
    for row in range(40):
        sheet.write_number(row + 1, 0, int(f"91330782{row:07d}000"))
    sheet.write_row("A42", [A, "甲"])


def test_a_code_stored_as_a_number(take: Callable[..., Taken], tmp_path: Path) -> None:
    """Is never a code, whatever its check digit happens to be."""
    found = take(workbook(tmp_path, _numbers_for_codes))
    assert [firm["uscc"] for firm in found.firms] == [A]
    assert {reason for _, _, reason, _ in found.listed} == {"mangled-uscc"}


def _odds(book: xlsxwriter.Workbook) -> None:
    cover, sheet = book.add_worksheet("封面"), book.add_worksheet("数据")
    cover.write("A1", "企业名册")
    cover.write("A3", "填报单位：佛堂镇")
    sheet.write_row("A1", ["统一社会信用代码", "企业名称", "从业人数", "上年裁员率"])
    sheet.write_row("A2", [A, "甲", 10])
    sheet.write("D2", 0.05, book.add_format({"num_format": "0%"}))
    sheet.write("A3", B)
    sheet.write_formula("C3", "=1/0", None, "#DIV/0!")
    sheet.write("A5000", "x")


def test_a_cover_an_error_and_a_stray_cell(
    take: Callable[..., Taken], tmp_path: Path
) -> None:
    """None of them costs a firm."""
    found = take(workbook(tmp_path, _odds))
    assert found.firms == [
        {"uscc": A, "name": "甲", "employees": 10, "layoff_rate": 0.05},
        {"uscc": B},
    ]
    assert found.listed == [
        (3, "从业人数", "error-cell", "fact"),
        (5000, "统一社会信用代码", "wrong-uscc", "row"),
    ]


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030", "utf-8-sig"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_ends(
    take: Callable[..., Taken], encoding: str, end: str
) -> None:
    """With a mark and without."""
    lines = ["企业名称,统一社会信用代码,从业人数", f"甲,{A},10", f"乙,{B},20", ""]
    found = take(end.join(lines).encode(encoding))
    assert [firm["employees"] for firm in found.firms] == [10, 20]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_of_a_handful_of_lines_one_is_damaged(
    take: Callable[..., Taken], encoding: str
) -> None:
    """It is refused, and the others stay."""
    good = f"企业名称,统一社会信用代码\n甲,{A}\n乙,{B}\n".encode(encoding)
    found = take(good + "丙".encode(encoding) + b"\xff\xfe," + C.encode() + b"\n")
    assert [firm["uscc"] for firm in found.firms] == [A, B]
    assert found.listed == [(4, "", "damaged", "row")]


def test_a_quote_within_a_cell_is_part_of_it(take: Callable[..., Taken]) -> None:
    """Where a row is whole by itself, each of its cells is told apart."""
    found = take(
        f'uscc,企业名称,从业人数\n{A},甲"壹",1\n{B},"乙"公司,2\n{C},丙 3" 管,3\n'
        f'{D},"丁\n公司",4\n'
    )
    names = ['甲"壹"', "乙公司", '丙 3" 管', "丁\n公司"]
    assert [firm["name"] for firm in found.firms] == names
    assert found.listed == []


@pytest.mark.parametrize("text", ["(a" * 60_000, 'a"' * 70_001, '"a' * 70_001])
def test_long_cells_of_brackets_and_quotes(
    take: Callable[..., Taken], text: str
) -> None:
    """As a heading and in a row: the others are read."""
    found = take(f"uscc,从业人数,备注\n{A},1,{text}\n{B},2,x\n")
    assert found.firms[-1] == {"uscc": B, "employees": 2}
    more = take(f"uscc,从业人数,{text[:120_000].replace(chr(34), chr(40))}\n{B},2,x\n")
    assert more.firms == [{"uscc": B, "employees": 2}]


def test_damaged_words_cost_a_fact(take: Callable[..., Taken]) -> None:
    """Where somebody has saved them as marks of replacement."""
    found = take(f"uscc,企业名称,从业人数\n{A},甲\ufffd\ufffd,10\n")
    assert found.firms == [{"uscc": A, "employees": 10}]
    assert found.listed == [(2, "企业名称", "damaged", "fact")]


def test_times_with_a_zone(take: Callable[..., Taken], tmp_path: Path) -> None:
    """The day at the rulebook's place, in a text as in Parquet."""
    found = take(
        f"uscc,成立日期\n{A},2022-06-30T23:30:00Z\n{B},2022-06-30T23:30+08:00\n"
    )
    days = [date(2022, 7, 1), date(2022, 6, 30)]
    assert [firm["registered_on"] for firm in found.firms] == days
    path = tmp_path / "firms.parquet"
    late = datetime(2022, 6, 30, 23, 30, tzinfo=UTC)
    pl.DataFrame({"uscc": [A], "成立日期": [late]}).write_parquet(path)
    assert take(path).firms[0]["registered_on"] == days[0]


def test_a_column_of_codes_that_is_blank(take: Callable[..., Taken]) -> None:
    """Every row is refused for that, and told."""
    found = take("uscc,企业名称,从业人数\n,甲,10\n,乙,20\n")
    assert found.firms == []
    assert found.listed == [
        (2, "uscc", "no-uscc", "row"),
        (3, "uscc", "no-uscc", "row"),
    ]


def test_pages_that_say_their_headings_again(take: Callable[..., Taken]) -> None:
    """As they are printed, with a total and a closing line on each."""
    head = "序号,企业名称,统一社会信用代码,从业人数\n"
    page = "{},{},{},5\n,本页小计,,5\n第1页 共2页,,,\n"
    found = take(
        head + page.format(1, "甲", A) + head + page.format(2, "乙", B)
        + "合计,,,10\n（以下空白）,,,\n"
    )  # fmt: skip
    assert [firm["name"] for firm in found.firms] == ["甲", "乙"]
    assert {(reason, effect) for _, _, reason, effect in found.listed} == {
        ("no-firm", "left-out")
    }
    assert [row for row, *_ in found.listed] == [3, 4, 5, 7, 8, 9, 10]


def test_types_of_other_programs(take: Callable[..., Taken], tmp_path: Path) -> None:
    """What is no value costs a fact; a code stored as a number costs the row."""
    path = tmp_path / "firms.parquet"
    odd = {
        "uscc": [A, B],
        "成立日期": [time(1, 2), None],
        "企业名称": [timedelta(1), None],
        "从业人数": [float("nan"), 5.0],
        "营业收入": [{"a": 1}, {"a": 2}],
    }
    pl.DataFrame(odd).write_parquet(path)
    found = take(path)
    assert [firm["uscc"] for firm in found.firms] == [A, B]
    assert found.firms[1]["employees"] == 5
    assert {effect for *_, effect in found.listed} == {"fact"}
    pl.DataFrame({"uscc": [int(A), 2], "企业名称": ["甲", "乙"]}).write_parquet(path)
    assert take(path).listed == [
        (1, "uscc", "mangled-uscc", "row"),
        (2, "uscc", "mangled-uscc", "row"),
    ]


def _far(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("名单")
    sheet.write_row("A1", ["uscc", "企业名称"])
    sheet.write_row("A2", [A, "甲"])
    sheet.write("XFD1048576", "x")


def test_a_cell_in_the_last_corner(take: Callable[..., Taken], tmp_path: Path) -> None:
    """What lies between would take half a terabyte: the cell is named."""
    with pytest.raises(ProfileError, match="XFD1048576") as error:
        take(workbook(tmp_path, _far))
    assert [fault.code for fault in error.value.faults] == ["F604"]


def test_very_wide_tables(take: Callable[..., Taken]) -> None:
    """As many columns as a sheet has; what is not known is told in few lines."""
    more = [f"列{number}" for number in range(16_383)]
    found = take(f"{','.join((*more, 'uscc'))}\n{'x,' * 16_383}{A}\n")
    assert [firm["uscc"] for firm in found.firms] == [A]
    assert len(found.warnings) < 40


def test_a_note_below_in_another_unit(take: Callable[..., Taken]) -> None:
    """No figure would be sure: the run stops; the same unit is no matter."""
    rows = f"uscc,营业收入\n{A},12\n注：金额单位为万元,\n"
    with pytest.raises(ProfileError, match="F611"):
        take(rows)
    assert take(f"单位：万元,\n{rows}").firms == [{"uscc": A, "revenue": 120_000}]


@pytest.mark.parametrize(
    ("heading", "cell", "area"),
    [
        ("占用土地面积（亩）", "12", 8000),
        ("占用土地面积（亩）", "1", Fraction(2000, 3)),
        ("占用土地面积（亩）", "0.12345", 82.3),
        ("占用土地面积（亩）", "2亩", Fraction(4000, 3)),
        ("占用土地面积（万亩）", "0.0003", 2000),
        ("占用土地面积", "1.5亩", 1000),
        ("占用土地面积", "1 亩", Fraction(2000, 3)),
        ("占用土地面积（公顷）", "1亩", Fraction(2000, 3)),
    ],
)
def test_an_area_in_mu_is_exact(
    take: Callable[..., Taken], heading: str, cell: str, area: float | Fraction
) -> None:
    """Fifteen make a hectare, in the heading as in the cell."""
    found = take(f"uscc,{heading}\n{A},{cell}\n{B},15\n")
    assert found.firms[0]["land_area"] == area


@pytest.mark.parametrize(
    ("heading", "cell", "low", "high"),
    [
        ("占用土地面积", "约3亩", 1800, 2200),
        ("占用土地面积（亩）", "约3", 1800, 2200),
        ("占用土地面积（亩）", "1亩左右", 600, 734),
        ("占用土地面积", "约3公顷", 27_000, 33_000),
        ("占用土地面积", "约3000平方米", 2700, 3300),
    ],
)
def test_about_so_large_an_area_is_a_tenth_to_either_side_in_any_unit(
    take: Callable[..., Taken], heading: str, cell: str, low: int, high: int
) -> None:
    """Outwards to whole square metres, whatever the unit that is written."""
    firm = take(f"uscc,{heading}\n{A},{cell}\n{B},15\n").firms[0]
    assert (firm["land_area.low"], firm["land_area.high"]) == (low, high)


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        ("uscc,营业收入（吨）", "F611"),
        ("企业名称,营业收入", "F609"),
        ("uscc,营业收入,营业收入", "F606"),
    ],
)
def test_what_is_wrong_with_headings_is_told_at_their_row(
    take: Callable[..., Taken], headings: str, code: str
) -> None:
    """As a person counts the rows."""
    with pytest.raises(ProfileError) as error:
        take(f"企业名册\n填报单位：佛堂镇\n{headings}\n{A},1,2\n")
    (fault,) = error.value.faults
    assert (fault.code, fault.place.line) == (code, 3)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (f"uscc,营业收入,单位\n{A},12,万元\n{B},13,元\n", "F611"),
        (f"uscc,占用土地面积（公亩）\n{A},12\n", "F611"),
        (f"uscc,经营情况（万美元）;营业收入\n{A},12\n", "F611"),
        (f"{A},甲,10\n{B},乙,20\n", "F607"),
        ("企业名称,从业人数\n甲,1\n", "F609"),
        ("<table><tr><td>公司名称</td></tr></table>".encode("gbk"), "F604"),
        ('<?xml version="1.0"?><Workbook><Data>公司名称</Data></Workbook>', "F604"),
        ("MIME-Version: 1.0\n\n<table><tr><td>公司名称</td></tr></table>", "F604"),
        ('{"统一社会信用代码": "x", "公司名称": "甲"}', "F604"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(64), "F604"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "F604"),
    ],
    ids=[
        "unit column", "are", "group unit", "no headings", "no codes", "page", "xml",
        "mhtml", "json", "archive", "picture",
    ],
)  # fmt: skip
def test_what_stops_and_why(
    take: Callable[..., Taken], table: str | bytes, code: str
) -> None:
    """One line; of another kind of file the headings that it has."""
    with pytest.raises(ProfileError) as error:
        take(table)
    assert [fault.code for fault in error.value.faults] == [code]
    if "公司名称".encode() in (table if isinstance(table, bytes) else table.encode()):
        assert "公司名称" in str(error.value)
