"""Tables that mean what they show: places, formats, units, words and broken bytes."""

from __future__ import annotations

import gzip
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from policy_match.errors import ProfileError
from policy_match.firms.registers.mapping import read_mapping
from tests.screening.command import credit_code
from tests.screening.taken import taken, workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import xlsxwriter

    from policy_match.ir.program import Program
    from tests.screening.taken import Taken

A, B, C = (credit_code(number) for number in range(3))


def _not_at_a1(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.write_row(3, 2, ["统一社会信用代码", "从业人数", "营业收入"])
    wan = book.add_format({"num_format": '0"万元"'})
    for row, code in enumerate((A, B, C)):
        sheet.write_row(4 + row, 2, [code, "x" if code == C else 5])
        sheet.write(4 + row, 4, 12, wan if code == B else None)
    sheet.set_row(5, None, None, {"hidden": True})


def test_a_table_that_does_not_begin_in_the_first_cell(
    take: Callable[..., Taken], tmp_path: Path
) -> None:
    """Rows are those that one sees, and what formats show is that of their cells."""
    found = take(workbook(tmp_path, _not_at_a1))
    assert [firm["revenue"] for firm in found.firms] == [12, 120_000, 12]
    assert found.listed == [(7, "从业人数", "number", "fact")]


_SHOWN = {
    "#,##0,": 12_345_678, '0.0,"千元"': 12_345_678, '0!.0,"万元"': 12_345_678,
    '0\\.0,"万"': 12_345_678, '0"."0000"万"': 12_345_678, '0.00,,"百万元"': 12_345_678,
    '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0': 12_345_678,
    '#,##0.00"万元"': 123_456_780_000, "0": 12_345_678_000,
}  # fmt: skip
"""Formats of cells that hold 12345678 below `千元`, and what the money is."""


def _scaled(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["统一社会信用代码", "营业收入（千元）"])
    for row, code in enumerate(_SHOWN, 1):
        sheet.write(row, 0, credit_code(row))
        sheet.write(row, 1, 12_345_678, book.add_format({"num_format": code}))


def test_formats_that_show_a_number_smaller(
    take: Callable[..., Taken], tmp_path: Path
) -> None:
    """What a cell shows is in the unit that it shows, or else in that of the column."""
    found = take(workbook(tmp_path, _scaled))
    assert [firm["revenue"] for firm in found.firms] == [*_SHOWN.values()]


def _merged(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["统一社会信用代码", "企业名称", "从业人数", "营业收入"])
    sheet.merge_range("A2:A3", A)
    sheet.write_row("B2", ["甲", 3, 4])
    sheet.write_row("B3", ["甲二厂", 3, 4])
    sheet.write_row("A4", [B, "乙"])
    sheet.merge_range("C4:D4", 300)


def test_merged_cells_of_firms(take: Callable[..., Taken], tmp_path: Path) -> None:
    """A code is no figure; a figure across two columns is that of neither."""
    found = take(workbook(tmp_path, _merged))
    assert [firm.get("employees") for firm in found.firms] == [3, None]
    assert found.listed == [
        (3, "统一社会信用代码", "duplicate", "row"),
        (4, "从业人数", "merged", "fact"),
    ]


def _in_wan(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["统一社会信用代码", "营业收入"])
    sheet.write("A2", A)
    sheet.write("B2", 5, book.add_format({"num_format": '0"万元"'}))


@pytest.mark.parametrize("how", ["prefixed", "in another order"])
def test_cells_as_other_programs_write_them(
    take: Callable[..., Taken], tmp_path: Path, how: str
) -> None:
    """Their formats count as well."""
    path, other = workbook(tmp_path, _in_wan), tmp_path / "other.xlsx"
    with zipfile.ZipFile(path) as one, zipfile.ZipFile(other, "w") as two:
        for name in one.namelist():
            data = one.read(name)
            if name.endswith("sheet1.xml"):
                head, mark, body = data.partition(b"<worksheet")
                body = mark + body
                if how == "prefixed":
                    body = re.sub(rb"<(/?)([a-zA-Z]+)", rb"<\1x:\2", body)
                    body = body.replace(b"xmlns=", b"xmlns:x=", 1)
                else:
                    cell = rb'<c r="([A-Z0-9]+)"([^>]*)>'
                    body = re.sub(cell, rb'<c\2 r="\1">', body)
                data = head + body
            two.writestr(name, data)
    assert take(other).firms == [{"uscc": A, "revenue": 50_000}]


@pytest.mark.parametrize(
    ("line", "revenue", "assets"),
    [
        ("计量单位：营业收入、资产总额 万元；从业人员 人", 120_000, 30_000),
        ("单位：营业收入（万元）、资产总额（千元）、从业人员（人）", 120_000, 3000),
        ("单位：营业收入万元，资产总额千元", 120_000, 3000),
        ("单位：营业收入：千元；其他：万元", 12_000, 30_000),
        ("单位：万元（从业人员：人）", 120_000, 30_000),
        ("单位：万元（人民币）", 120_000, 30_000),
        ("本表金额均以万元计", 120_000, 30_000),
        ("注：本表单位为千元", 12_000, 3000),
        ("填报单位：佛堂镇人民政府", 12, 3),
        ("制表单位：元和公司", 12, 3),
    ],
)
def test_a_line_above_that_names_units(
    take: Callable[..., Taken], line: str, revenue: int, assets: int
) -> None:
    """Of single columns, or of all."""
    found = take(f'"{line}",,,\nuscc,营业收入,资产总额,从业人员\n{A},12,3,5\n')
    assert found.firms == [
        {"uscc": A, "revenue": revenue, "total_assets": assets, "employees": 5}
    ]


@pytest.mark.parametrize(
    "line",
    [
        "单位：营业收入 万元；从业人员 人",
        "单位：营业收入 万元；资产总额 万美元",
        "单位：营业收入 万元；资产总额 万元；用电量 千瓦时",
        "金额单位：万元 面积单位：平方米",
    ],
    ids=["one is not named", "not ours", "not a column", "two lines in one"],
)
def test_a_line_of_units_that_is_not_understood(
    take: Callable[..., Taken], line: str
) -> None:
    """No figure would be sure: the run stops."""
    with pytest.raises(ProfileError, match="F611"):
        take(f'"{line}",,,\nuscc,营业收入,资产总额,从业人员\n{A},12,3,5\n')


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("是否一般纳税人", {"是": "general", "否": "small_scale", "Y": "general"}),
        ("是否小规模纳税人", {"是": "small_scale", "否": "general"}),
        ("控股情况", {"1": False, "3": True, "私人控股": True, "9": None}),
        ("单位规模（代码）", {"3": "small", "4": "micro"}),
        ("企业规模", {"3": None}),
        ("是否高新技术企业", {"已认定": True, "未认定": False, "不适用": None}),
    ],
)
def test_words_below_one_heading(
    take: Callable[..., Taken], heading: str, cells: dict[str, object]
) -> None:
    """Mean what the form says, be they digits or yes and no."""
    rows = "".join(f"{credit_code(n)},{cell}\n" for n, cell in enumerate(cells))
    found = take(f"uscc,{heading}\n{rows}")
    read = [[v for k, v in firm.items() if k != "uscc"] for firm in found.firms]
    assert read == [[] if value is None else [value] for value in cells.values()]


@pytest.mark.parametrize("cell", ["\0\0", "－", "***", "不适用", "None", "#N/A", "、"])
def test_what_is_no_name(take: Callable[..., Taken], cell: str) -> None:
    """A text without a letter, a word for nothing, what a spreadsheet shows for one."""
    found = take(f"uscc,企业名称\n{A},{cell}\n{B},乙 #2\n")
    assert found.firms == [{"uscc": A}, {"uscc": B, "name": "乙 #2"}]


def test_days_that_programs_write_for_none(take: Callable[..., Taken]) -> None:
    """They are none, in whatever form, and are listed."""
    days = ("1900-01-01", "9999-12-31", "1899/12/31", "2020-01-01")
    rows = "".join(f"{credit_code(n)},{day}\n" for n, day in enumerate(days))
    found = take(f"uscc,成立日期\n{rows}")
    read = [firm.get("registered_on") for firm in found.firms]
    assert read == [None, None, None, date(2020, 1, 1)]
    assert [row for row, *_ in found.listed] == [2, 3, 4]


def test_a_unit_within_brackets_of_a_cell(take: Callable[..., Taken]) -> None:
    """As licences write capital."""
    rows = f"{A},300万(元)\n{B},500万元（人民币）\n{C},5(万元)\n"
    found = take(f"uscc,营业收入\n{rows}")
    read = [firm["revenue"] for firm in found.firms]
    assert read == [3_000_000, 5_000_000, 50_000]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_byte_that_is_lost_costs_its_line(
    take: Callable[..., Taken], encoding: str, end: str
) -> None:
    """In an encoding of two bytes it shifts all that follow."""
    lines = ["uscc,企业名称,从业人数"]
    lines += [f"{credit_code(n)},丙公司,{n}" for n in range(20)]
    texts = [f"{line}{end}".encode(encoding) for line in lines]
    texts[7] = texts[7][:-9] + texts[7][-8:]
    found = take("\ufeff".encode(encoding) + b"".join(texts))
    assert len(found.firms) == 19
    assert found.listed == [(8, "", "damaged", "row")]


def test_a_file_that_is_cut_off_in_a_quote(take: Callable[..., Taken]) -> None:
    """Its last line may lack digits."""
    found = take(f'uscc,企业名称,从业人数\n{A},甲,10\n{B},乙,"3')
    assert [firm["uscc"] for firm in found.firms] == [A]
    assert found.listed == [(3, "", "damaged", "row")]


@pytest.fixture
def mapped(program: Program, tmp_path: Path) -> Callable[[str, str], Taken]:
    """Return what reads a table, given as text, by a mapping."""

    def read(mapping: str, table: str) -> Taken:
        path, firms = tmp_path / "m.yaml", tmp_path / "firms.csv"
        path.write_text(mapping, encoding="utf-8")
        firms.write_text(table, encoding="utf-8")
        told = read_mapping(path, program.facts)
        return taken(firms, program, tmp_path, mapping=told)

    return read


@pytest.mark.parametrize(
    ("heading", "revenue"),
    [
        ("总营收（万元）", 50_000), ("总营收 千元", 5000), ("总营收百万元", 5_000_000),
        ("总营收", 5),
    ],
)  # fmt: skip
def test_a_mapping_leaves_a_heading_its_unit(
    mapped: Callable[[str, str], Taken], heading: str, revenue: int
) -> None:
    """Where it says the fact alone; its own unit goes before."""
    table = f"uscc,{heading}\n{A},5\n"
    assert mapped(f"columns: {{{heading}: revenue}}", table).firms == [
        {"uscc": A, "revenue": revenue}
    ]
    told = f"columns: {{{heading}: {{fact: revenue, unit: 亿元}}}}"
    assert mapped(told, table).firms == [{"uscc": A, "revenue": 500_000_000}]


def test_a_mapping_is_used_again_next_month(
    mapped: Callable[[str, str], Taken],
) -> None:
    """Columns stand elsewhere and are laid out otherwise; facts go by their titles."""
    mapping = (
        'columns:\n  "企业 代码": 统一社会信用代码\n  人手: {fact: 从业人数, values: '
        '{"": 0, 三个: 3}}\n  网格: ignore\nconstants: {在义乌市登记注册: 是}\n'
    )
    first = mapped(mapping, f"企业 代码,人手,网格\n{A},三个,一\n{B},,二\n")
    later = mapped(
        mapping, f'网格 ,新的,"人\n手",* 企业代码\n一,x,三个,{A}\n二,,,{B}\n'
    )
    assert first.firms == later.firms
    assert [firm["employees"] for firm in first.firms] == [3, 0]
    assert {firm["registered_in_yiwu"] for firm in first.firms} == {True}
    assert [told for told in later.warnings if "新的" in told] == later.warnings


@pytest.mark.parametrize(
    "mapping",
    [
        "constants: {registered_in_yiwu: 也许}",
        "columns: {人手: {fact: employees, values: {几个: 数个}}}",
    ],
)
def test_a_mapping_that_gives_a_fact_no_value(
    mapped: Callable[[str, str], Taken], mapping: str
) -> None:
    """It is that file's fault, and no cell's."""
    with pytest.raises(ProfileError, match=r"m\.yaml.*F612"):
        mapped(mapping, f"uscc,人手\n{A},几个\n")


def test_a_code_may_stand_in_another_column_of_codes(
    take: Callable[..., Taken],
) -> None:
    """As directories give it twice, and now and then once."""
    found = take(f"统一社会信用代码,纳税人识别号\n{A},{A}\n,{B}\n-,{C}\n")
    assert [firm["uscc"] for firm in found.firms] == [A, B, C]
    assert found.listed == []


@pytest.mark.parametrize(
    "table",
    [
        "<!-- x -->\n<body><table><tr><td>公司名称</td></tr></table>",
        '<?xml version="1.0"?><html><table><tr><th>公司名称</th></tr></table></html>',
        "\ufeff<html><table><tr><td>公司名称</td></tr></table>".encode("utf-16-le"),
    ],
    ids=["comment", "xhtml", "utf-16"],
)
def test_pages_however_they_begin(
    take: Callable[..., Taken], table: str | bytes
) -> None:
    """They are told, with their headings."""
    with pytest.raises(ProfileError, match=r"F604.*公司名称"):
        take(table)


def test_what_is_packed_far_too_well(
    take: Callable[..., Taken], tmp_path: Path
) -> None:
    """It is refused under its own name, before it fills the disk."""
    path = tmp_path / "firms.csv.gz"
    path.write_bytes(gzip.compress(b"x," * 1000 + b"\n" + b"0" * 10_000))
    with pytest.raises(ProfileError, match=r"firms\.csv\.gz:1:1: F607"):
        take(path)


def test_a_file_of_two_encodings(take: Callable[..., Taken]) -> None:
    """It is in that of its headings, though the other one makes sense of all."""
    lines = [f"{credit_code(n)},公司,{n}\n" for n in range(10)]
    head = "uscc,企业名称,从业人数\n"
    first, last = (head, *lines[:6]), lines[6:]
    found = take("".join(first).encode() + "".join(last).encode("gbk"))
    assert [firm["employees"] for firm in found.firms] == [0, 1, 2, 3, 4, 5]
    assert [row for row, *_ in found.listed] == [8, 9, 10, 11]


def test_rows_that_head_the_firms_below_them(take: Callable[..., Taken]) -> None:
    """They are no firms; one with a name alone is a firm without a code."""
    found = take(
        "序号,统一社会信用代码,企业名称,从业人数\n一、稠城街道,,,\n"
        f"1,{A},甲,3\n,佛堂镇（2户）,,\n2,{B},乙,4\n,,丙公司,\n"
    )
    assert [firm["uscc"] for firm in found.firms] == [A, B]
    key = "统一社会信用代码"
    assert found.listed == [
        (2, key, "no-firm", "left-out"),
        (4, key, "no-firm", "left-out"),
        (6, key, "no-uscc", "row"),
    ]


def test_another_table_below(take: Callable[..., Taken]) -> None:
    """Its figures are others: the run stops where it begins."""
    one = f"uscc,企业名称,从业人数\n{A},甲,3\n附表二,,\n"
    with pytest.raises(ProfileError) as error:
        take(f"{one}uscc,企业名称,营业收入\n{B},乙,400\n")
    (fault,) = error.value.faults
    assert (fault.code, fault.place.line) == ("F606", 4)
    same = take(f"{one}uscc,企业名称,从业人数\n{B},乙,400\n")
    assert [firm["employees"] for firm in same.firms] == [3, 400]


def test_headings_again_above_units_in_a_row(take: Callable[..., Taken]) -> None:
    """Are those of the table."""
    page = "uscc,企业名称,营业收入\n,,万元\n"
    found = take(f"{page}{A},甲,3\n{page}{B},乙,4\n")
    assert [firm.get("revenue") for firm in found.firms] == [30_000, 40_000]


def test_a_column_of_currencies(take: Callable[..., Taken]) -> None:
    """Ours changes nothing; another one stops the run."""
    assert take(f"uscc,营业收入,币种\n{A},3,人民币\n").firms[0]["revenue"] == 3
    with pytest.raises(ProfileError, match="F611"):
        take(f"uscc,营业收入,币种\n{A},3,人民币\n{B},3,美元\n")
