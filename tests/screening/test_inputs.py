"""Registers as departments keep them: formats, encodings, headings, cells."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl
import pytest
import xlsxwriter

from tests.screening.command import Result, credit_code, screen
from tests.screening.town import write_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

A, B, C = (credit_code(number) for number in range(3))
ROWS = (
    ("统一社会信用代码", "企业名称", "从业人数（人）", "营业收入（万元）"),
    (A, "甲公司", "10", "100.5"),
    (B, "乙公司", "301", "0.01"),
)


def _lines(rows: tuple[tuple[str, ...], ...] = ROWS, between: str = ",") -> str:
    return "".join(between.join(row) + "\r\n" for row in rows)


def _csv(encoding: str, between: str = ",") -> Callable[[Path], Path]:
    def write(place: Path) -> Path:
        path = place / "企业.csv"
        path.write_bytes(_lines(between=between).encode(encoding))
        return path

    return write


def _xlsx(place: Path) -> Path:
    path = place / "企业.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "企业登记册")
        for line, (code, name, staff, sales) in enumerate(ROWS, start=1):
            numbers = line > 1
            cells = (code, name, int(staff), float(sales)) if numbers else ROWS[0]
            for place_, cell in enumerate(cells):
                sheet.write(line, place_, cell)
    return path


def _parquet(place: Path) -> Path:
    path = place / "firms.parquet"
    pl.DataFrame(
        {
            "uscc": [A, B],
            "name": ["甲公司", "乙公司"],
            "staff": [10, 301],
            "sales": [Decimal("1005000.00"), Decimal("100.00")],
        }
    ).write_parquet(path)
    return path


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(_csv("utf-8"), id="utf-8"),
        pytest.param(_csv("utf-8-sig"), id="utf-8 with a mark"),
        pytest.param(_csv("gbk"), id="gbk"),
        pytest.param(_csv("gb18030"), id="gb18030"),
        pytest.param(_csv("utf-16"), id="utf-16"),
        pytest.param(_csv("gbk", "\t"), id="tabs"),
        pytest.param(_csv("utf-8", ";"), id="semicolons"),
        pytest.param(_xlsx, id="xlsx below a title"),
        pytest.param(_parquet, id="parquet"),
    ],
)
def test_every_format_says_the_same(
    tmp_path: Path, write: Callable[[Path], Path]
) -> None:
    """Without any option that names the format, the encoding or the unit."""
    found = screen(write(tmp_path), "--rules", write_rules(tmp_path))
    assert found.code == 0, found.err
    assert found.err == ""
    outcomes = found.parquet("outcomes")
    assert outcomes["uscc"].to_list() == [A, B]
    assert outcomes["small-grant"].to_list() == ["eligible", "ineligible"]
    assert outcomes["small-grant.low"].to_list() == [Decimal("10050.00"), None]
    assert outcomes["low-rate.low"].to_list() == [Decimal("50250.00"), Decimal("5.00")]


def test_a_day_before_any_policy_has_an_answer_too(tmp_path: Path) -> None:
    """Every firm stands in it, and nothing is due to it."""
    given = ("--rules", write_rules(tmp_path), "--on", "2019-12-31")
    found = screen(_csv("utf-8")(tmp_path), *given)
    assert found.code == 0, found.err
    assert found.parquet("outcomes").to_dicts() == [{"uscc": A}, {"uscc": B}]
    assert found.parquet("findings").height == 0
    assert found.summary["inputs"]["firms"]["screened"] == len((A, B))


def test_two_tables_of_one_name_are_each_their_own(tmp_path: Path) -> None:
    """Both are converted, a register and its claims, as two offices sent them."""
    register = _csv("gbk")(tmp_path)
    office = tmp_path / "税务"
    office.mkdir()
    claims = office / register.name
    rows = (
        ("统一社会信用代码", "政策", "金额", "日期"),
        (A, "low-rate", "1", "2022-05-01"),
    )
    claims.write_bytes(_lines(rows).encode("gbk"))
    given = ("--rules", write_rules(tmp_path), "--claims", claims)
    found = screen(register, *given)
    assert found.code == 0, found.err
    assert found.parquet("outcomes")["uscc"].to_list() == [A, B]
    claimed = found.parquet("findings").filter(pl.col("status") == "claimed")
    assert claimed["uscc"].to_list() == [A]


NUMBERS = {
    "1,200": ("12.00", "12.00"),
    "１２００": ("12.00", "12.00"),
    "1200.505": ("12.01", "12.01"),
    "0.12万": ("12.00", "12.00"),
    "1.2亿": ("1200000.00", "1200000.00"),
    "¥1200元": ("12.00", "12.00"),
    "1000-2000": ("10.00", "20.00"),
    "10至20万元": ("1000.00", "2000.00"),
    "1000..": ("10.00", None),
    "5000元以上": ("50.00", None),
    "1.2E+03": ("11.50", "12.50"),
    "无": ("0.00", "0.00"),
    "—": ("0.00", None),
    "/": ("0.00", None),
    "": ("0.00", None),
    "不详": ("0.00", None),
}
"""A cell of sales, and one percent of it: the least and the most."""


def test_numbers_as_people_type_them(tmp_path: Path) -> None:
    """Full-width, with separators, with units, as ranges, or nothing at all."""
    path = tmp_path / "firms.csv"
    rows = [f'{credit_code(i)},1,"{cell}"' for i, cell in enumerate(NUMBERS)]
    path.write_text("\n".join(["uscc,staff,sales", *rows]), encoding="utf-8")
    found = screen(path, "--rules", write_rules(tmp_path))
    assert found.code == 0, found.csv("rejects").to_dicts()
    ends = found.parquet("outcomes").select("small-grant.low", "small-grant.high")
    told = [tuple(None if x is None else str(x) for x in row) for row in ends.rows()]
    assert dict(zip(NUMBERS, told, strict=True)) == NUMBERS


DAYS = ("2022-03-05", "2022/3/5", "2022年3月5日", "20220305", "2022.3.5", "44625")
"""One day; the last is how a spreadsheet keeps it."""


def test_days_as_people_type_them(tmp_path: Path) -> None:
    """The policy asks for that very day."""
    rules = write_rules(tmp_path)
    file = rules / "town.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "when: hightech\n", f"when: fair_on = {date(2022, 3, 5)}\n"
    )
    file.write_text(text, encoding="utf-8")
    path = tmp_path / "firms.csv"
    rows = [f"{credit_code(i)},{cell}" for i, cell in enumerate(DAYS)]
    path.write_text("\n".join(["uscc,参展日期", *rows]), encoding="utf-8")
    found = screen(path, "--rules", rules)
    assert found.code == 0, found.err
    outcomes = found.parquet("outcomes")["hightech-rate"].to_list()
    assert dict(zip(DAYS, outcomes, strict=True)) == dict.fromkeys(DAYS, "eligible")


@pytest.fixture(scope="module")
def rejected(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """Return the screening of a register in which much is wrong."""
    place = tmp_path_factory.mktemp("rejected")
    path = place / "firms.csv"
    path.write_text(
        "统一社会信用代码,从业人数,营业收入,高新技术企业,备注,营业收人\n"
        f"{A},1,1,是,好,1\n"
        f"{A},2,2,否,,\n"
        "9.13E+17,1,1,是,,\n"
        f"{B[:-1]}{'0' if B[-1] != '0' else '1'},1,1,是,,\n"
        ",1,1,是,,\n"
        "\n"
        f"{B},三个,1万美元,大概,,\n"
        f"{C},1,1,是,,,,多余\n",
        encoding="utf-8",
    )
    return screen(path, "--rules", write_rules(place), "--lang", "zh")


def test_rejects_say_where_what_and_why(rejected: Result) -> None:
    """Source row, heading, value and reason; the others are screened."""
    assert rejected.code == 5
    assert rejected.parquet("outcomes")["uscc"].to_list() == [A, B]
    rows = rejected.csv("rejects").select("row", "column", "code", "effect", "uscc")
    assert rows.rows() == [
        ("3", "统一社会信用代码", "duplicate", "row", A),
        ("4", "统一社会信用代码", "mangled-uscc", "row", None),
        ("5", "统一社会信用代码", "wrong-uscc", "row", None),
        ("6", "统一社会信用代码", "no-uscc", "row", None),
        ("8", "从业人数", "number", "fact", B),
        ("8", "营业收入", "unit", "fact", B),
        ("8", "高新技术企业", "bool", "fact", B),
        ("9", "", "cells", "row", C),
    ]
    mangled = rejected.csv("rejects").row(1, named=True)
    assert mangled["value"] == "9.13E+17"
    assert "电子表格" in mangled["reason"]
    assert rejected.summary["inputs"]["firms"]["rows"] == 7
    assert rejected.summary["inputs"]["firms"]["rejected"] == 5


def test_a_workbook_that_took_codes_for_numbers(tmp_path: Path) -> None:
    """What is left of the code is told apart from a code that is mistyped."""
    path = tmp_path / "firms.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        cells = ("uscc", 913307820000001000, "913307820000001001", A)
        for line, cell in enumerate(cells):
            sheet.write(line, 0, cell)
            sheet.write(line, 1, "staff" if line == 0 else 1)
    found = screen(path, "--rules", write_rules(tmp_path))
    codes = found.csv("rejects").select("row", "code").rows()
    assert codes == [("2", "mangled-uscc"), ("3", "wrong-uscc")]


def test_unknown_columns_are_named(rejected: Result) -> None:
    """With the nearest name, where there is one."""
    assert "“备注”列无法识别" in rejected.err
    assert "“营业收人”列无法识别，未予采用；是否应为“营业收入”？" in rejected.err


def test_a_directory_of_parquet_files(tmp_path: Path) -> None:
    """As other programs partition a table; the name of a directory is a column."""
    place = tmp_path / "firms"
    for town, code, staff in (("佛堂镇", A, 10), ("苏溪镇", B, 301)):
        (place / f"town={town}").mkdir(parents=True)
        part = pl.DataFrame({"uscc": [code], "staff": [staff]})
        part.write_parquet(place / f"town={town}" / "part-0.parquet")
    (place / "_SUCCESS").touch()
    found = screen(place, "--rules", write_rules(tmp_path))
    assert found.code == 0, found.err
    outcomes = dict(found.parquet("outcomes").select("uscc", "small-grant").rows())
    assert outcomes == {A: "eligible", B: "ineligible"}
    towns = found.csv("takeup_by").filter(by="town")["value"]
    assert set(towns) == {"佛堂镇", "苏溪镇"}


def test_a_directory_without_any(tmp_path: Path) -> None:
    """Told in one line, and nothing is left behind."""
    (tmp_path / "firms").mkdir()
    found = screen(tmp_path / "firms", "--rules", write_rules(tmp_path))
    assert found.code == 3
    assert "F602" in found.err
    assert found.err.count("\n") == 1


def test_a_missing_column_is_unknown_for_every_firm(tmp_path: Path) -> None:
    """Undetermined, and the file of gaps says which column would settle most."""
    path = tmp_path / "firms.csv"
    path.write_text(f"uscc\n{A}\n", encoding="utf-8")
    found = screen(path, "--rules", write_rules(tmp_path))
    assert found.code == 0, found.err
    outcomes = found.parquet("outcomes")
    policies = ("small-grant", "low-rate", "hightech-rate", "advice")
    assert {outcomes[policy][0] for policy in policies} == {"undetermined"}
    gaps = found.csv("data_gaps")
    assert set(gaps["fact"]) == {"staff", "sales", "hightech", "agreed"}
    # `small-grant` and `advice` ask for the staff alone, `low-rate` for the sales.
    assert "最多的信息项：从业人数（2项）、" in found.out


def test_a_register_of_nobody_that_can_be_entitled_has_an_answer(
    tmp_path: Path,
) -> None:
    """Every file is there, with nothing in its lists."""
    path = tmp_path / "firms.csv"
    path.write_text(f"uscc,staff\n{A},301\n", encoding="utf-8")
    found = screen(path, "--rules", write_rules(tmp_path))
    assert found.code == 0, found.err
    assert {file.name for file in found.path.iterdir()} == {
        "outcomes.parquet", "findings.parquet", "takeup.csv", "takeup_by.csv",
        "data_gaps.csv", "worklist.xlsx", "near_misses.csv", "rejects.csv",
        "summary.json", "report.html", "letters.csv",
    }  # fmt: skip
    findings = list((found.path / "findings.parquet").iterdir())
    assert [file.name for file in findings] == ["part-00000.parquet"]
    assert found.takeup("small-grant")["firms"] == "1"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "F602"),
        (b"uscc,staff\n\xff\xff\x81\n", "F601"),
        (b'uscc,staff\n"x,1\ny,2\n', "F610"),
        (b"PK\x03\x04nonsense", "F604"),
        (b"PAR1nonsense", "F605"),
        ("从业人数,staff\n1,2\n".encode(), "F606"),
        (b"uscc,staff\n", "F602"),
        (b"name,staff\nx,2\n", "F609"),
        (b"a,b\n1,2\n", "F607"),
    ],
    ids=[
        "empty",
        "encoding",
        "quotes",
        "xlsx",
        "parquet",
        "twice",
        "no rows",
        "no key",
        "headings",
    ],
)
def test_a_file_that_is_no_register(tmp_path: Path, data: bytes, says: str) -> None:
    """Told in one line with a place, and nothing is left behind."""
    path = tmp_path / "firms.csv"
    path.write_bytes(data)
    found = screen(path, "--rules", write_rules(tmp_path))
    assert found.code == 3
    assert says in found.err
    assert found.err.count("\n") == 1
    shutil.rmtree(tmp_path / "rules")
    assert [file.name for file in tmp_path.iterdir()] == ["firms.csv"]


def test_claims_lack_a_column(tmp_path: Path) -> None:
    """The column is named."""
    firms, claims = tmp_path / "firms.csv", tmp_path / "claims.csv"
    firms.write_text(f"uscc,staff\n{A},1\n", encoding="utf-8")
    claims.write_text(f"uscc,政策,金额\n{A},small-grant,1\n", encoding="utf-8")
    found = screen(firms, "--claims", claims, "--rules", write_rules(tmp_path))
    assert found.code == 3
    assert "claims.csv:1:1: F608" in found.err
    assert "“on”" in found.err


def test_a_firm_that_is_no_file(tmp_path: Path) -> None:
    """The path is named."""
    found = screen(tmp_path / "nowhere.csv")
    assert found.code == 3
    assert "nowhere.csv:1:1: F507" in found.err
