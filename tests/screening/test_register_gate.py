"""Other people's tables: each read for what it says, or stopped with the cause."""

from __future__ import annotations

import gzip
import json
from datetime import date, datetime
from typing import TYPE_CHECKING

import polars as pl
import pytest

from policy_match.errors import ProfileError
from tests.screening.command import credit_code, screen
from tests.screening.taken import workbook
from tests.screening.town import write_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import xlsxwriter

    from tests.screening.taken import Taken

A, B, C, D = (credit_code(number) for number in range(4))


def test_a_cell_costs_a_fact_and_not_a_firm(take: Callable[..., Taken]) -> None:
    """The words of licences are read; what nobody knows is unknown, and listed."""
    table = (
        "统一社会信用代码,企业类型,从业人数\n"
        f"{A},有限责任公司(自然人独资),10\n{B},乱写,三\n{C},个体工商户,约86\n"
    )
    found = take(table)
    assert found.firms == [
        {"uscc": A, "legal_form": "company", "employees": 10},
        {"uscc": B},
        {"uscc": C, "legal_form": "individual_business", "employees.low": 77,
         "employees.high": 95},
    ]  # fmt: skip
    assert found.listed == [
        (3, "企业类型", "member", "fact"),
        (3, "从业人数", "number", "fact"),
        (4, "从业人数", "about", "range"),
    ]
    strict = take(table, strict=True)
    assert [firm["uscc"] for firm in strict.firms] == [A, C]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(take: Callable[..., Taken], end: str) -> None:
    """LF, CRLF, and CR alone."""
    found = take(end.join(("uscc,从业人数", f"{A},10", f"{B},20", "")))
    assert [firm["employees"] for firm in found.firms] == [10, 20]


def test_an_open_quote_costs_its_line(take: Callable[..., Taken]) -> None:
    """The lines after it stay, and so do rows that are several lines."""
    found = take(
        f'uscc,企业名称,从业人数\n{A},"甲公司,10\n{B},乙公司,20\n'
        f'{C},"丙,公司",30\n{D},"丁\n公司",40\n'
    )
    assert [firm["uscc"] for firm in found.firms] == [B, C, D]
    assert found.listed == [(2, "", "damaged", "row")]


def test_headings_alone_tell_an_encoding(take: Callable[..., Taken]) -> None:
    """Rows of figures and codes make sense in any encoding."""
    rows = "".join(f"{credit_code(number)},30\n" for number in range(200))
    found = take(f"统一社会信用代码,从业人数\n{rows}".encode("gbk"))
    assert [firm["employees"] for firm in found.firms] == [30] * 200


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_broken_line_costs_itself(take: Callable[..., Taken], encoding: str) -> None:
    """Bytes that are no text, in an otherwise sound encoding."""
    firms = [credit_code(number) for number in range(30)]
    lines = [f"{code},丙公司,30\n".encode(encoding) for code in firms]
    lines[1] = f"{B},".encode() + b"\xff\xff,20\n"
    found = take(
        "统一社会信用代码,企业名称,从业人数\n".encode(encoding) + b"".join(lines)
    )
    assert len(found.firms) == len(firms) - 1
    assert found.listed == [(3, "", "damaged", "row")]


def test_guards_of_programs_are_taken_off(take: Callable[..., Taken]) -> None:
    """As they put them around long numbers, so that a spreadsheet leaves them."""
    found = take(f'uscc,企业名称,从业人数\n="{A}",甲,\'10\n="{B}",乙,="20"\n')
    assert found.firms == [
        {"uscc": A, "name": "甲", "employees": 10},
        {"uscc": B, "name": "乙", "employees": 20},
    ]


@pytest.mark.parametrize(
    "above",
    [
        "计量单位：千元,,\nuscc,企业名称,营业收入\n",
        "企业名册,,\n2022年度  单位：千元,,\nuscc,企业名称,营业收入\n",
        "uscc,企业名称,营业收入（千元）\n",
        "uscc,企业名称,营业收入_千元\n",
        "uscc,,经营情况（千元）\n,企业名称,营业收入\n",
        "uscc,单位详细名称,1-本月;营业收入（千元）\n",
        "uscc,企业名称,2022年营业收入（千元）\n",
    ],
)
def test_a_unit_is_honoured_wherever_it_stands(
    take: Callable[..., Taken], above: str
) -> None:
    """Above the table, in the heading, and in a heading above others."""
    found = take(f"{above}{A},甲,100\n")
    assert found.firms == [{"uscc": A, "name": "甲", "revenue": 100_000}]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (f"单位：万美元,\nuscc,营业收入\n{A},1\n", "F611"),
        (f"uscc,营业收入（美元）\n{A},1\n", "F611"),
        ("企业名称,从业人数\n甲,1\n", "F609"),
        ("甲,乙\n1,2\n", "F607"),
        (f"uscc,营业收入,年营业收入\n{A},1,2\n", "F606"),
        ("<html><table><tr><th>uscc</th></tr></table></html>", "F604"),
        ('[{"uscc": "x"}]', "F604"),
        ("%PDF-1.7", "F604"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "F604"),
        (gzip.compress(b"uscc\n" * 50)[:20], "F601"),
    ],
    ids=[
        "unit above", "unit", "no key", "no heading", "twice", "html", "json", "pdf",
        "locked", "gzip",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_stopped_with_the_cause(
    take: Callable[..., Taken], table: str | bytes, code: str
) -> None:
    """In one line, with the file."""
    with pytest.raises(ProfileError) as error:
        take(table)
    assert [fault.code for fault in error.value.faults] == [code]
    assert "\n" not in str(error.value)


def test_a_list_of_a_company_directory(take: Callable[..., Taken]) -> None:
    """A disclaimer above, industries by name at every level, a firm that is gone."""
    found = take(
        "查询结果仅供参考,,,,,,\n"
        "公司名称,统一社会信用代码,纳税人识别号,国标行业门类,国标行业小类,登记状态,公司规模\n"
        f"甲,{A},{A},制造业,电玩具制造,存续（在营、开业、在册）,小于50人\n"
        f"乙,{B},{B},制造业,玩具制造,注销,\n"
    )
    assert found.firms == [
        {"uscc": A, "name": "甲", "industry_code": "C2451",
         "operating_status": "active"}
    ]  # fmt: skip
    assert found.listed == [(4, "登记状态", "left-out", "left-out")]
    assert any("公司规模" in warning for warning in found.warnings)


def test_last_year_is_not_this_year(take: Callable[..., Taken]) -> None:
    """As statisticians join the rows of a heading."""
    found = take(f"uscc,1-本月;营业收入,上年同期;营业收入\n{A},100,90\n")
    assert found.firms == [{"uscc": A, "revenue": 100}]
    assert any("上年同期" in warning for warning in found.warnings)


def test_identity_costs_the_row(take: Callable[..., Taken]) -> None:
    """No code, a mangled one, a firm again, and cells that cannot be told apart."""
    found = take(f"uscc,从业人数\n{A},10\n{A},11\n,12\n9.13E+17,1\n{B},10,,,多\n")
    assert [firm["uscc"] for firm in found.firms] == [A]
    assert found.listed == [
        (3, "uscc", "duplicate", "row"),
        (4, "uscc", "no-uscc", "row"),
        (5, "uscc", "mangled-uscc", "row"),
        (6, "", "cells", "row"),
    ]


def _two_towns(book: xlsxwriter.Workbook) -> None:
    wan = book.add_format({"num_format": '0.00"万元"'})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    one, two, notes = (book.add_worksheet(n) for n in ("佛堂", "苏溪", "说明"))
    one.merge_range("A1:D1", "企业名册")
    one.write_row(1, 0, ["统一社会信用代码", "营业收入", "从业人数", "成立日期"])
    one.write_row(2, 0, [A, 300])
    one.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    one.write_datetime(2, 3, datetime(2020, 1, 2), day)  # noqa: DTZ001
    one.write(3, 0, B)
    one.write(3, 1, 5, wan)
    two.write_row(0, 0, ["从业人数", "统一社会信用代码", "营业收入", "成立日期"])
    two.write_row(1, 0, [7, C, 10])
    two.write_row(2, 0, [7, A, 10])
    notes.write(0, 0, "填表说明")
    notes.hide()


@pytest.mark.parametrize("of_1904", [False, True])
def test_every_sheet_of_a_workbook_is_accounted_for(
    take: Callable[..., Taken], tmp_path: Path, *, of_1904: bool
) -> None:
    """Those with the same headings are read; formats and errors of cells count."""
    found = take(workbook(tmp_path, _two_towns, date_1904=of_1904))
    assert found.firms == [
        {"uscc": A, "revenue": 300, "registered_on": date(2020, 1, 2)},
        {"uscc": B, "revenue": 50_000},
        {"uscc": C, "revenue": 10, "employees": 7},
    ]
    assert found.listed == [
        (3, "从业人数", "error-cell", "fact"),
        (3, "统一社会信用代码", "duplicate", "row"),
    ]
    assert any("说明" in warning for warning in found.warnings)


def _two_years(book: xlsxwriter.Workbook) -> None:
    for name, code in (("2021", A), ("2022", B)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["uscc", "staff"])
        sheet.write_row(1, 0, [code, 3])


def test_one_sheet_is_read_where_it_is_named(tmp_path: Path) -> None:
    """By screening and by looking; one that is not there is told."""
    rules, firms = write_rules(tmp_path), workbook(tmp_path, _two_years)
    found = screen(firms, "--rules", rules, "--sheet", "2022")
    assert (found.code, found.parquet("outcomes")["uscc"].to_list()) == (0, [B])
    seen = screen(firms, "--rules", rules, "--sheet", "2021", "--check-only")
    assert "--sheet 2021 " in seen.out.splitlines()[-1]
    gone = screen(firms, "--rules", rules, "--sheet", "2020")
    assert (gone.code, "2021" in gone.err) == (3, True)


def test_a_ruined_register_replaces_nothing(tmp_path: Path) -> None:
    """More than a tenth refused, and at least twenty: the earlier result stays."""
    rules, firms = write_rules(tmp_path), tmp_path / "firms.csv"
    good = [credit_code(number) for number in range(100)]
    firms.write_text("uscc,staff\n" + "".join(f"{one},3\n" for one in good))
    assert screen(firms, "--rules", rules).code == 0
    before = (tmp_path / "out" / "summary.json").read_bytes()
    bad = [f"{one[:-1]}?" for one in good[:20]] + good[20:]
    firms.write_text("uscc,staff\n" + "".join(f"{one},3\n" for one in bad))
    found = screen(firms, "--rules", rules)
    assert (found.code, found.err.count("\n")) == (3, 1)
    assert "F610" in found.err
    assert (tmp_path / "out" / "summary.json").read_bytes() == before
    assert screen(firms, "--rules", rules, "--most-rejects", "20%").code == 5


def test_a_table_is_looked_at_and_mapped(tmp_path: Path) -> None:
    """What the program does not know a person completes, and it is used."""
    rules, firms, mapping = (
        write_rules(tmp_path),
        tmp_path / "f.csv",
        tmp_path / "m.yaml",
    )
    firms.write_text(f"社会码,人手\n{A},3个\n{B},四\n", encoding="utf-8")
    seen = screen(firms, "--rules", rules, "--check-only", "--map-out", mapping)
    assert seen.code == 0, seen.err
    assert not (tmp_path / "out").exists()
    text = mapping.read_text(encoding="utf-8")
    assert '"社会码": ignore' in text
    mapping.write_text(
        "columns:\n  社会码: uscc\n  人手: {fact: staff, values: {四: 4}}\n"
        "constants: {sales: 100}\n",
        encoding="utf-8",
    )
    found = screen(firms, "--rules", rules, "--map", mapping)
    assert found.code == 0, found.err
    outcomes = found.parquet("outcomes")
    assert outcomes["uscc"].to_list() == [A, B]
    assert outcomes["small-grant"].to_list() == ["eligible", "eligible"]
    mapping.write_text("columns:\n  人手: stuff\n", encoding="utf-8")
    wrong = screen(firms, "--rules", rules, "--map", mapping)
    assert (wrong.code, wrong.err.count("\n")) == (3, 1)
    assert "m.yaml:1:1: F612" in wrong.err


def test_kept_columns_reach_lists_and_split_take_up(tmp_path: Path) -> None:
    """The telephone stands beside the firm; a network's take-up is told apart."""
    rules, firms = write_rules(tmp_path), tmp_path / "f.csv"
    mapping = tmp_path / "m.yaml"
    firms.write_text(
        f"uscc,staff,sales,电话,网格\n{A},3,100,138,一\n{B},4,200,139,二\n{C},5,300,,二\n",
        encoding="utf-8",
    )
    mapping.write_text(
        "columns:\n  电话: keep\n  邮箱: keep\nsegments: [网格]\n", encoding="utf-8"
    )
    found = screen(firms, "--rules", rules, "--map", mapping)
    assert found.code == 0, found.err
    assert "邮箱" in found.err
    split = found.csv("takeup_by").filter(by="网格", policy="small-grant")
    assert split.select("value", "firms", "amount_unclaimed").rows() == [
        ("一", "1", "1.00"),
        ("二", "2", "5.00"),
    ]
    letters = found.csv("letters").filter(form="grant")
    assert letters.select("uscc", "电话", "网格").rows() == [
        (C, None, "二"),
        (B, "139", "二"),
        (A, "138", "一"),
    ]
    sheet = pl.read_excel(found.path / "worklist.xlsx", sheet_name="商务局")
    assert sheet["电话"].to_list() == [None, "139", "138"]


def test_numbers_for_yes_and_no_mean_what_the_mapping_says(tmp_path: Path) -> None:
    """Offices that write 2 for no say so; without that a 2 is listed and open."""
    rules, firms = write_rules(tmp_path), tmp_path / "f.csv"
    mapping = tmp_path / "m.yaml"
    firms.write_text(f"uscc,sales,hightech\n{A},100,1\n{B},100,2\n", encoding="utf-8")
    mapping.write_text(
        'columns:\n  hightech: {fact: hightech, values: {"1": 是, "2": 否}}\n',
        encoding="utf-8",
    )
    plain = screen(firms, "--rules", rules, out=tmp_path / "plain")
    assert plain.code == 5
    assert plain.csv("rejects").select("column", "value", "effect").rows() == [
        ("hightech", "2", "fact")
    ]
    told = screen(firms, "--rules", rules, "--map", mapping, out=tmp_path / "told")
    assert told.code == 0, told.err
    outcomes = told.parquet("outcomes").sort("uscc")["hightech-rate"].to_list()
    assert outcomes == ["eligible", "ineligible"]


def test_what_is_looked_at_is_written_and_used_again(tmp_path: Path) -> None:
    """The mapping that is written reads the same table the same way."""
    rules, firms = write_rules(tmp_path), tmp_path / "f.csv"
    mapping = tmp_path / "m.yaml"
    firms.write_text(
        f"企业名册\n单位：千元\nuscc,staff,sales,联系电话\n{A},3,1,138\n{B},若干,2,\n合计,,3,\n",
        encoding="utf-8",
    )
    look = (firms, "--rules", rules, "--check-only")
    seen = screen(*look, "--map-out", mapping, "--format", "json")
    found = json.loads(seen.out)
    assert (found["rows"], found["refused"], seen.code) == (2, 0, 5)
    assert found["sheets"] == [
        {"sheet": "", "rows": 2, "headings": [3, 3], "taken": True, "hidden": False}
    ]
    columns = {one["heading"]: one for one in found["columns"]}
    assert columns["sales"] | {"fact": "sales", "unit": "千元"} == columns["sales"]
    assert columns["staff"]["common"] == ["若干"]
    assert columns["联系电话"]["proposal"] == "keep"
    assert "keep" in columns["联系电话"]["note"]
    told = screen(*look)
    assert told.out.count("联系电话") == 1
    settled = {one["policy"]: one["settled"] for one in found["policies"]}
    assert settled["small-grant"] == 0.5
    again = screen(*look, "--map", mapping, "--format", "json")
    other = {one["heading"]: one for one in json.loads(again.out)["columns"]}
    assert other["sales"] == columns["sales"]
    page = screen(*look, "--format", "html")
    assert "若干" in page.out
    assert page.out.startswith("<!doctype html>")
