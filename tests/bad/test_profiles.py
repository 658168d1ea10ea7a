"""A profile that cannot be read: every fault at once, each with its place."""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from policy_match.domain.possible import exactly, one
from policy_match.errors import ProfileError
from policy_match.firms.profile import facts_of, read_profile
from tests.bad.run import run

if TYPE_CHECKING:
    from pathlib import Path

    from policy_match.compiler.rulebook import Rulebook

INPUT = 3

ONE_FACT = {
    "a name nobody knows": ("emploees: 5", 3, "F501", "did you mean `employees`?"),
    "no number": ("employees: many", 14, "F502", "`many` is not a number"),
    "a number in words": ("employees: 九十", 14, "F502", "`九十` is not a number"),
    "a negative count": ("employees: -3", 14, "F504", "it is 0 or more"),
    "half a person": ("employees: 3.5", 14, "F502", "not a whole number"),
    "persons as a share": ("employees: 5%", 14, "F502", "`5%` is not a number"),
    "money as a share": ("total_assets: 5%", 17, "F502", "`5%` is not a number"),
    "an empty range": ("employees: 50..20", 14, "F502", "lower end first"),
    "an empty range with units": ("rd_expense: 3万..1万", 15, "F502", "lower end"),
    "a range without ends": ("employees: ..", 14, "F502", "at least one end"),
    "a list of counts": ("employees: [1, 2]", 14, "F502", "takes no list"),
    "keys for a count": ("employees: {a: 5}", 14, "F502", "takes one value"),
    "keys for a text": ("name: {zh: a}", 9, "F502", "takes one value"),
    "separators elsewhere": ("revenue: 12,34", 12, "F502", "not a number"),
    "a unit nobody knows": ("revenue: 3 apples", 12, "F502", "not a number"),
    "an exponent without end": ("revenue: 1e999", 12, "F502", "too many digits"),
    "a hexadecimal": ("revenue: 0x10", 12, "F502", "not a number"),
    "a number of fifty digits": (f"revenue: {'9' * 50}", 12, "F502", "not a number"),
    "not a number at all": ("revenue: .nan", 12, "F502", "not a number"),
    "no such day": ("registered_on: 2022-02-30", 18, "F502", "is not a day"),
    "no such month": ("registered_on: 2022-13-01", 18, "F502", "is not a day"),
    "a day in words": ("registered_on: soon", 18, "F502", "is not a day"),
    "none where there is one": ("registered_on: none", 18, "F502", "never none"),
    "a wrong check digit": ("uscc: 91330782MA2E4TXY17", 9, "F503", "check digit"),
    "a code lost in a sheet": ("uscc: 9.13E+17", 9, "F503", "check digit"),
    "a code too short": ("uscc: 123", 9, "F503", "check digit"),
    "no such member": ("legal_form: xyz", 15, "F502", "is not a value of"),
    "no such class": ("industry_code: Z99", 18, "F502", "is not a code"),
    "a class too fine": ("industry_code: C9999", 18, "F502", "is not a code"),
    "neither yes nor no": ("private_owned: maybe", 18, "F502", "write true or false"),
    "one number for a list": ("employees_quarters: 5", 23, "F502", "takes pairs"),
    "half a pair": ("employees_quarters: [[1, 2], [3]]", 23, "F502", "takes pairs"),
    "an empty list": ("employees_quarters: []", 23, "F502", "takes a list"),
    "a footnote mark": ("employees: 86①", 14, "F502", "is not a number"),
    "an exponent above": ("employees: 86²", 14, "F502", "is not a number"),
    "a fraction mark": ("employees: 86½", 14, "F502", "is not a number"),
    "a mark before": ("employees: ⑧6", 14, "F502", "is not a number"),
    "digits of elsewhere": ("employees: ٨٦", 14, "F502", "is not a number"),
    "a mark on a day": ("registered_on: 2022-06-30①", 18, "F502", "is not a day"),
    "a code with a mark": ("industry_code: C2451①", 18, "F502", "is not a code"),
    "a code with a tail": ("industry_code: C2451x", 18, "F502", "is not a code"),
    "a code cut wrongly": ("industry_code: '2.451'", 18, "F502", "is not a code"),
    "a code that is none": ("industry_code: C2499", 18, "F502", "is not a code"),
    "a code and another's name": (
        "industry_code: 5175 玩具制造",
        18,
        "F502",
        "is not a code",
    ),
    "a name nearly known": ("industry_code: 玩具", 18, "F502", "C245 玩具制造"),
    "a credit code with a tail": (
        "uscc: 91330782MA2E4TXY16①",
        9,
        "F503",
        "check digit",
    ),
    "a range with one unit": ("revenue: 300..500万", 12, "F502", "both ends"),
    "a range the wrong way": ("revenue: 800-1.2万", 12, "F502", "is empty"),
    "another currency": ("revenue: 1万美元", 12, "F502", "its unit is not known"),
    "an error of a sheet": ("revenue: '#DIV/0!'", 12, "F502", "error of a spread"),
    "a day below the calendar": ("registered_on: 0000-00-00", 18, "F502", "not a day"),
    "a time that is none": (
        "registered_on: 2022-06-30T25:61Z",
        18,
        "F502",
        "is not a day",
    ),
    "a value of 2,000 letters": (f"town: {'a' * 2000}", 9, "F502", "shorten it"),
    "an anchor": ("employees: &x 5", 14, "Y104", "anchors"),
    "a tag": ("employees: !!int 5", 14, "Y104", "tags are not used"),
    "a merge key": ("<<: {employees: 5}", 3, "Y104", "merge keys"),
    "a control character": ("employees: 5 # \x01", 18, "Y102", "U+0001"),
    "a reserved character": ("employees: @5", 14, "Y102", "cannot start with `@`"),
    "a colon too many": ("employees: 5: 6", 15, "Y102", "`: ` is not expected"),
    "a list for a key": ("? [a]\n  : 5", 5, "Y109", "a key must be a text"),
    "a text without end": (f"name: {'a' * 70_000}", 9, "Y106", "shorten it"),
    "depth without end": (f"name: {'[' * 2_000}", 39, "Y105", "deeper than 32"),
}


@pytest.mark.parametrize("kind", ONE_FACT)
def test_one_fact(kind: str, tmp_path: Path) -> None:
    """The fault stands where the author wrote it, and says what to do."""
    line, column, code, words = ONE_FACT[kind]
    firm = tmp_path / "firm.yaml"
    firm.write_text(f"facts:\n  {line}\n", encoding="utf-8")
    ran = run("check", firm)
    assert (ran.code, ran.out) == (INPUT, "")
    assert ran.faults == [(2, column, code)]
    assert words in ran.err
    ((_, caret),) = ran.carets
    assert caret.endswith("^")


WHOLE_FILES = {
    "empty": (b"", (1, 1, "Y108")),
    "only blanks": (b"\n\n", (1, 1, "Y108")),
    "a text": (b"just text\n", (1, 1, "Y109")),
    "a list": (b"- a\n- b\n", (1, 1, "Y109")),
    "facts as a list": (b"facts:\n  - employees: 5\n", (2, 3, "F506")),
    "a tab": (b"facts:\n\temployees: 5\n", (2, 1, "Y102")),
    "an open quote": (b'facts:\n  name: "x\n', (3, 1, "Y102")),
    "an open bracket": (b"facts:\n  employees: [5\n", (3, 1, "Y102")),
    "two documents": (b"facts: {}\n---\nfacts: {}\n", (2, 1, "Y107")),
    "the same fact twice": (b"facts:\n  town: a\n  town: b\n", (3, 3, "Y103")),
    "a day in words": (b"on: yesterday\nfacts: {}\n", (1, 5, "F502")),
    "UTF-16": ("facts: {}\n".encode("utf-16"), (1, 1, "Y101")),
    "GBK": ("facts:\n  name: 义乌\n".encode("gbk"), (2, 9, "Y101")),
    "a byte order mark": (b"\xef\xbb\xbffacts:\n  x: 1\n", (2, 3, "F501")),
    "an event to come": (
        b"on: 2022-12-31\nfacts:\n  registered_on: 2023-05-01\n",
        (3, 18, "F505"),
    ),
    "the same fact by two names": (
        "facts:\n  employees: 5\n  从业人数: 6\n".encode(),
        (3, 3, "Y103"),
    ),
    "a bomb of anchors": (
        b"facts:\n  name: &a [x, x]\n  town: &b [*a, *a]\n",
        (2, 9, "Y104"),
    ),
}


@pytest.mark.parametrize("kind", WHOLE_FILES)
def test_a_whole_file(kind: str, tmp_path: Path) -> None:
    """Whatever the bytes are, the first fault is told with its place."""
    data, first = WHOLE_FILES[kind]
    firm = tmp_path / "firm.yaml"
    firm.write_bytes(data)
    ran = run("check", firm)
    assert (ran.code, ran.out) == (INPUT, "")
    assert ran.faults[0] == first


@pytest.mark.parametrize("kind", ["directory", "pipe", "device", "nowhere"])
def test_what_is_no_file(kind: str, tmp_path: Path) -> None:
    """Told in one line; nothing is waited for, and nothing read without end."""
    firm = tmp_path / kind
    if kind == "directory":
        firm.mkdir()
    elif kind == "pipe":
        os.mkfifo(firm)
    elif kind == "device":
        firm.symlink_to("/dev/zero")
    ran = run("check", firm)
    assert (ran.code, ran.out, ran.err.count("\n")) == (INPUT, "", 1)
    assert ran.faults == [(1, 1, "F507")]


def test_an_option_given_twice(tmp_path: Path) -> None:
    """Neither of the two is taken."""
    firm = tmp_path / "firm.yaml"
    firm.write_text("facts: {}\n", encoding="utf-8")
    ran = run("check", firm, "--on", "2022-01-01", "--on=2023-01-01")
    assert (ran.code, ran.out) == (2, "")
    assert "`--on` is given twice" in ran.err


def test_the_law_of_a_day_far_from_the_facts(tmp_path: Path) -> None:
    """Is applied, and said to be that of another day than the facts'."""
    firm = tmp_path / "firm.yaml"
    firm.write_text("on: 2022-12-31\nfacts: {}\n", encoding="utf-8")
    ran = run("check", firm, "--on", "2021-06-30", "--format", "json")
    assert ran.code == 0
    assert "the facts are of 2022-12-31" in ran.err
    (told,) = json.loads(ran.out)["warnings"]
    assert "the facts are of 31 December 2022" in told
    for form in ("text", "html", "markdown"):
        shown = run("check", firm, "--on", "2021-06-30", "--format", form).out
        assert "facts are of 31 December 2022" in " ".join(shown.split())
    near = run("check", firm, "--on", "2022-07-01", "--format", "json")
    assert (json.loads(near.out)["warnings"], near.err) == ([], "")


def test_five_thousand_unknown_facts(tmp_path: Path) -> None:
    """A line each, and no more."""
    firm = tmp_path / "firm.yaml"
    lines = [f"  fact_{number}: {number}\n" for number in range(5000)]
    firm.write_text("facts:\n" + "".join(lines), encoding="utf-8")
    ran = run("check", firm)
    assert ran.code == INPUT
    assert ran.faults == [(line, 3, "F501") for line in range(2, 5002)]


class _Evil:
    def __str__(self) -> str:
        raise ValueError


ITSELF: list[object] = []
ITSELF.append(ITSELF)


@pytest.mark.parametrize(
    "value",
    [
        float("nan"), float("inf"), 10**5000, Decimal("1E+999999"), 1j, b"86", object(),
        _Evil(), {"a": 1}, [[[1]]], ITSELF, (n for n in range(3)), "9" * 1_000_000,
        "\ud800", "\x00", True,
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_python_is_told_in_our_own_errors(value: object, rulebook: Rulebook) -> None:
    """Whatever a program holds: one fault, with its entry."""
    program = rulebook.on(date(2022, 12, 31))
    with pytest.raises(ProfileError) as error:
        facts_of({"employees": value}, program.facts, program.systems, "zh-CN")
    (fault,) = error.value.faults
    assert (fault.place.line, fault.code) == (1, "F502")
    assert "\n" not in str(fault)


@pytest.mark.parametrize(
    ("value", "means"),
    [
        (0.00005, Fraction(1, 20_000)),
        (Decimal("1E+2"), 100),
        (1e16, 10**16),
        (86, 86),
        (Fraction(1, 3), Fraction(1, 3)),
    ],
)
def test_numbers_of_python_are_exact(
    value: object, means: Fraction, rulebook: Rulebook
) -> None:
    """As they are written, and not as a computer rounds them."""
    program = rulebook.on(date(2022, 12, 31))
    known = facts_of({"revenue": value}, program.facts, program.systems, "zh-CN")
    assert known.given == {"revenue": exactly(means)}
    nothing = facts_of({"revenue": None}, program.facts, program.systems, "zh-CN")
    assert nothing.given == {}


def test_facts_outside_their_place_are_told_with_what_is_missing(
    tmp_path: Path,
) -> None:
    """Both what stands there and what ought to."""
    firm = tmp_path / "firm.yaml"
    firm.write_text("fact:\n  employees: 5\n", encoding="utf-8")
    ran = run("check", firm)
    assert ran.faults == [(1, 1, "F506"), (1, 1, "F506")]
    assert "did you mean `facts`?" in ran.err


def test_all_faults_of_all_firms_come_at_once(tmp_path: Path) -> None:
    """Nothing is evaluated, and nobody mends one fault to meet the next."""
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("facts:\n  a: 1\n  employees: x\n  uscc: 1\n", encoding="utf-8")
    two.write_text("facts:\n  revenue: y\n", encoding="utf-8")
    ran = run("check", one, two, tmp_path / "three.yaml")
    assert ran.code == INPUT
    ran = run("check", one, two)
    assert ran.faults == [
        (2, 3, "F501"),
        (3, 14, "F502"),
        (4, 9, "F503"),
        (2, 12, "F502"),
    ]
    assert ran.out == ""


def test_what_yaml_and_the_facts_get_wrong_is_told_together(tmp_path: Path) -> None:
    """A day, a key, an anchor and a duplicate do not hide what is below them."""
    firm = tmp_path / "firm.yaml"
    firm.write_text(
        "on: 2022-02-30\n"
        "fact: x\n"
        "facts:\n"
        "  employees: &n 5\n"
        "  employees: 6\n"
        "  revenue: lots\n"
        "  uscc: 91330782MA2XXXXX11\n"
        "  total_assets: -1\n",
        encoding="utf-8",
    )
    ran = run("check", firm)
    assert (ran.code, ran.out) == (INPUT, "")
    assert ran.faults == [
        (1, 5, "F502"),
        (2, 1, "F506"),
        (4, 14, "Y104"),
        (5, 3, "Y103"),
        (6, 12, "F502"),
        (7, 9, "F503"),
        (8, 17, "F504"),
    ]


@pytest.mark.parametrize("kind", ["missing", "a directory"])
def test_a_file_that_is_not_there(kind: str, tmp_path: Path) -> None:
    """The reason is told without the words of the system."""
    path = tmp_path if kind == "a directory" else tmp_path / "no.yaml"
    ran = run("check", path)
    assert (ran.code, ran.faults) == (INPUT, [(1, 1, "F507")])
    assert "Errno" not in ran.err


WHAT_AN_AUTHOR_MEANS = {
    "employees: 1_000": exactly(1000),
    "employees: 1,200": exactly(1200),
    "employees: 0123": exactly(123),
    "employees: １２０": exactly(120),
    "employees: '86'": exactly(86),
    "从业人数: 86": exactly(86),
    "private_owned: no": one(member=False),
    "private_owned: N": one(member=False),
    "private_owned: 是": one(member=True),
    "name: 2022-01-01": one("2022-01-01"),
    "name: no": one("no"),
    "name: 0123": one("0123"),
}


@pytest.mark.parametrize("line", WHAT_AN_AUTHOR_MEANS)
def test_what_yaml_would_turn_into_something_else(
    line: str, rulebook: Rulebook
) -> None:
    """Every scalar is read as what its author wrote."""
    program = rulebook.on(date(2022, 12, 31))
    text = f"facts:\n  {line}\n"
    facts = read_profile(text, program.facts, program.systems)
    assert list(facts.given.values()) == [WHAT_AN_AUTHOR_MEANS[line]]
