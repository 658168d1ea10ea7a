"""What a firm is written: its own entitlements, and nothing of anybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.screening.command import Result, credit_code, run, screen
from tests.screening.town import write_rules

if TYPE_CHECKING:
    from pathlib import Path

A, B, C, D, E = (credit_code(number) for number in range(5))


def _written(place: Path, rows: str) -> tuple[Result, Path]:
    """Screen a register of some rows; return the result and where its letters lie."""
    firms, rules = place / "firms.csv", write_rules(place)
    firms.write_text(rows, encoding="utf-8")
    screened, out = screen(firms, "--rules", rules), place / "letters"
    done = run("notices", screened.path, "--out", out, "--rules", rules)
    assert done.returncode == 0, done.stderr
    return screened, out


def test_one_message_a_firm(tmp_path: Path) -> None:
    """With the amount and how to claim; a firm without anything gets none."""
    firms, rules = tmp_path / "firms.csv", write_rules(tmp_path)
    firms.write_text(
        "uscc,name,staff,sales,hightech\n"
        f"{A},甲公司,10,100万,否\n{B},乙公司<b>,20,1万..3万,否\n{C},丙公司,500,0,否\n",
        encoding="utf-8",
    )
    screened = screen(firms, "--rules", rules)
    assert screened.code == 0, screened.err
    out = tmp_path / "notices"
    done = run("notices", screened.path, "--out", out, "--rules", rules)
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in out.iterdir()) == sorted(
        f"{code}.{ending}" for code in (A, B) for ending in ("txt", "html")
    )
    text = (out / f"{A}.txt").read_text(encoding="utf-8")
    assert f"甲公司（{A}）：" in text
    assert "按现有资料，至少可以享受：减免税额5万元、奖补资金1万元。\n" in text
    assert (
        "1. 低税率\n   减免税额：5万元\n   受理部门：税务局\n"
        "   算法：营业收入 × 5%\n   途径：网上申报\n" in text
    )
    assert "2. 小企业补助\n   奖补资金：1万元\n" in text
    assert text.endswith("仅供参考，以主管部门认定为准。")
    ranged = (out / f"{B}.txt").read_text(encoding="utf-8")
    assert "奖补资金：100元至300元" in ranged
    for ending in ("txt", "html"):
        assert B not in (out / f"{A}.{ending}").read_text(encoding="utf-8")
    assert "小企业补助" in (out / f"{A}.html").read_text(encoding="utf-8")


def test_an_amount_that_is_not_known_and_one_that_is_nothing(tmp_path: Path) -> None:
    """What it depends on is told; what would bring nothing is no reason to write."""
    rows = f"uscc,staff,sales,hightech\n{D},10,,否\n{E},10,0,否\n"
    _, out = _written(tmp_path, rows)
    assert {file.stem for file in out.iterdir()} == {D}
    text = (out / f"{D}.txt").read_text(encoding="utf-8")
    assert "1. 小企业补助\n   奖补资金：取决于营业收入\n" in text
    assert "至少可以享受" not in text


def test_letters_csv_lists_whom_letters_are_written_to(tmp_path: Path) -> None:
    """Firms of which it is open whether anything is left too, with what is sure."""
    rows = f"uscc,staff,sales,hightech\n{A},10,100万,否\n{D},10,,否\n{E},10,0,否\n"
    screened, out = _written(tmp_path, rows)
    listed = screened.csv("letters").filter(form="grant")
    assert {file.stem for file in out.iterdir()} == {A, D}
    assert listed.select("uscc", "amount_left", "cumulative_share").rows() == [
        (A, "10000.00", "1.0"),
        (D, "0.00", "1.0"),
    ]


def test_letters_tell_the_figures_of_the_firm(tmp_path: Path) -> None:
    """As `check` tells how the amount came about, from the register screened."""
    firms, rules = tmp_path / "firms.csv", write_rules(tmp_path)
    firms.write_text(
        f"uscc,staff,销量,hightech\n{A},10,100万,否\n{B},20,1万..3万,否\n",
        encoding="utf-8",
    )
    mapping = tmp_path / "m.yaml"
    mapping.write_text("columns:\n  销量: sales\n", encoding="utf-8")
    screened = screen(firms, "--rules", rules, "--map", mapping)
    asked = ("notices", screened.path, "--rules", rules, "--out")
    told = ("--firms", firms, "--map", mapping)
    done = run(*asked, tmp_path / "own", *told)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "own" / f"{A}.txt").read_text(encoding="utf-8")
    assert "   算法：营业收入100万元 × 5% = 5万元\n" in text
    assert "   算法：营业收入100万元 × 1% = 1万元\n" in text
    page = (tmp_path / "own" / f"{B}.html").read_text(encoding="utf-8")
    assert "营业收入1万元至3万元 × 1% = 100元至300元" in page
    done = run(*asked, tmp_path / "english", *told, "--lang", "en")
    english = (tmp_path / "english" / f"{A}.txt").read_text(encoding="utf-8")
    assert "CNY 1,000,000" in english
    # Read without the mapping the figures are unknown, and lead nowhere.
    done = run(*asked, tmp_path / "general", "--firms", firms)
    general = (tmp_path / "general" / f"{A}.txt").read_text(encoding="utf-8")
    assert "   算法：营业收入 × 5%\n" in general
    firms.write_text(f"uscc,staff\n{A},10\n", encoding="utf-8")
    done = run(*asked, tmp_path / "other", "--firms", firms)
    assert (done.returncode, "不是这次筛查所用的名册" in done.stderr) == (2, True)
    assert not (tmp_path / "other").exists()


def test_a_directory_that_is_no_result(tmp_path: Path) -> None:
    """Told with what to do."""
    done = run("notices", tmp_path, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "请指定 policy-match screen 写出的目录" in done.stderr


def test_messages_never_mix_with_other_files(tmp_path: Path) -> None:
    """A directory with anything in it is refused."""
    firms, rules = tmp_path / "firms.csv", write_rules(tmp_path)
    firms.write_text(f"uscc,staff\n{A},1\n", encoding="utf-8")
    screened = screen(firms, "--rules", rules)
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine", encoding="utf-8")
    done = run("notices", screened.path, "--out", other, "--rules", rules)
    assert done.returncode == 2
    assert "不是空目录" in done.stderr
    assert [file.name for file in other.iterdir()] == ["thesis.txt"]


def test_a_letter_below_the_limit_is_not_written(tmp_path: Path) -> None:
    """The bureau says from what amount on a letter is worth its stamp."""
    firms, rules = tmp_path / "firms.csv", write_rules(tmp_path)
    firms.write_text(
        f"uscc,staff,sales,hightech\n{A},10,100万,否\n{B},20,1万,否\n", encoding="utf-8"
    )
    screened = screen(firms, "--rules", rules)
    out = tmp_path / "notices"
    done = run(
        "notices", screened.path, "--out", out, "--rules", rules, "--least", "501"
    )
    assert done.returncode == 0, done.stderr
    assert {file.stem for file in out.iterdir()} == {A}


def test_letters_lie_by_a_column_that_is_kept(tmp_path: Path) -> None:
    """A value never names a place outside, and firms without one lie apart."""
    firms, rules = tmp_path / "firms.csv", write_rules(tmp_path)
    mapping = tmp_path / "m.yaml"
    firms.write_text(
        f"uscc,staff,sales,园区\n{A},10,100万,东区/一期\n{B},20,1万,../../外\n"
        f"{C},30,2万,\n{D},40,2万,东区/一期\n",
        encoding="utf-8",
    )
    mapping.write_text("columns:\n  园区: keep\n", encoding="utf-8")
    screened = screen(firms, "--rules", rules, "--map", mapping)
    assert screened.code == 0, screened.err
    out = tmp_path / "notices"
    asked = ("notices", screened.path, "--out", out, "--rules", rules, "--by")
    wrong = run(*asked, "街道")
    assert wrong.returncode == 2
    assert "“街道”" in wrong.stderr
    assert "town、园区" in wrong.stderr
    assert not out.exists()
    done = run(*asked, "园区")
    assert done.returncode == 0, done.stderr
    found = {file.relative_to(out).as_posix() for file in out.rglob("*.txt")}
    assert found == {
        f"东区_一期/{A}.txt",
        f"_.._外/{B}.txt",
        f"未知/{C}.txt",
        f"东区_一期/{D}.txt",
    }


def test_services_are_named_besides_while_they_are_to_be_had(tmp_path: Path) -> None:
    """Nobody writes to a firm for a service alone, nor of one that is over."""
    firms, rules = tmp_path / "firms.csv", write_rules(tmp_path)
    firms.write_text(
        f"uscc,staff,sales,hightech\n{A},10,100万,否\n{C},500,0,否\n", encoding="utf-8"
    )
    screened = screen(firms, "--rules", rules, "--all")
    assert screened.status(C, "advice") == "unclaimed"
    assert {row["uscc"] for row in screened.csv("letters").to_dicts()} == {A}
    for day, named in (("2023-03-01", True), ("2026-03-01", False)):
        out = tmp_path / day
        done = run("notices", screened.path, "--out", out, "--rules", rules,
                   "--today", day)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert {file.stem for file in out.iterdir()} == {A}
        text = (out / f"{A}.txt").read_text(encoding="utf-8")
        assert ("另外可以使用的服务：政策咨询。" in text) is named
        assert "3. " not in text


def test_what_is_surely_left_stands_first(tmp_path: Path) -> None:
    """Then what may be worth something, under words that say so."""
    rows = f"uscc,staff,sales,hightech,agreed\n{A},10,,否,是\n{B},10,,否,\n"
    _, out = _written(tmp_path, rows)
    words = "下列政策贵单位也符合条件，能减免或者享受多少，要看还没有的资料：\n\n"
    text = (out / f"{A}.txt").read_text(encoding="utf-8")
    assert "1. 认定补助\n   奖补资金：1000元\n" in text
    assert f"{words}2. 小企业补助\n" in text
    assert words not in (out / f"{B}.txt").read_text(encoding="utf-8")
