"""Codes of 2011 and of 2017: told apart, and where nothing tells, left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_match.domain.possible import Choice
from policy_match.errors import ProfileError
from policy_match.firms.profile import read_profile
from policy_match.firms.registers import looking, open_register
from policy_match.firms.registers.mapping import read_mapping
from tests.screening.command import credit_code
from tests.screening.taken import taken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from policy_match.ir.program import Program
    from tests.screening.taken import Taken


def _table(heading: str, *rows: str, more: str = "") -> str:
    lines = [f"uscc,{heading}{more}"]
    lines += [f"{credit_code(n)},{row}" for n, row in enumerate(rows)]
    return "\n".join(lines) + "\n"


def _codes(found: Taken) -> list[object]:
    return [firm.get("industry_code") for firm in found.firms]


# 5175 was 五金产品批发 (now 5174) and is 电气设备批发; 7910 was 家庭服务 (now
# 8010) and is 土地整治服务; 5149 is the same; 2450 was one class, and is four.
NEW, OLD = ["F5175", "N7910", "F5149"], ["F5174", "O8010", "F5149"]


def test_digits_of_an_edition_that_is_not_told_are_either(
    take: Callable[..., Taken],
) -> None:
    """What both editions leave possible, and listed as that."""
    found = take(_table("行业代码", "5175", "7910", "5149"))
    assert _codes(found) == ["F5174|F5175", "N7910|O8010", "F5149"]
    assert found.listed == [
        (2, "行业代码", "edition", "range"),
        (3, "行业代码", "edition", "range"),
    ]
    assert any("edition" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("heading", "codes"),
    [
        ("行业代码（GB/T 4754-2011）", OLD),
        ("行业代码（2011版）", OLD),
        ("GB/T4754—2011行业代码", OLD),
        ("行业代码（GB/T4754-2017）", NEW),
        ("行业代码(2017年版)", NEW),
    ],
)
def test_a_heading_tells(
    take: Callable[..., Taken], heading: str, codes: list[str]
) -> None:
    """A heading that names the edition."""
    found = take(_table(heading, "5175", "7910", "5149"))
    assert (_codes(found), found.listed) == (codes, [])


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        (["5175", "7910", "5149", "2450"], [*OLD, "C245"]),
        (["5175", "7910", "5149", "2451"], [*NEW, "C2451"]),
        (["5175 五金产品批发", "7910家庭服务", "5149"], OLD),
        (["F5175", "N7910", "5149"], NEW),
    ],
    ids=["only 2011 has 2450", "only 2017 has 2451", "names", "sections"],
)
def test_codes_tell(
    take: Callable[..., Taken], rows: list[str], codes: list[str]
) -> None:
    """Codes of one edition only, names within the cells, and sections of today."""
    found = take(_table("行业代码", *rows))
    assert (_codes(found), found.listed) == (codes, [])


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (("五金产品批发", "家庭服务", "其他文化用品批发"), OLD),
        (("电气设备批发", "土地整治服务", "其他文化用品批发"), NEW),
    ],
)
def test_names_beside_the_codes_tell(
    take: Callable[..., Taken], names: tuple[str, ...], codes: list[str]
) -> None:
    """Whatever the column of names is called."""
    rows = [
        f"{code},{name}"
        for code, name in zip(("5175", "7910", "5149"), names, strict=True)
    ]
    for heading in ("行业名称", "小类"):
        found = take(_table("行业代码", *rows, more=f",{heading}"))
        assert (_codes(found), found.listed) == (codes, [])


def test_where_codes_contradict_each_other_nothing_is_told(
    take: Callable[..., Taken],
) -> None:
    """Each code that one edition has is read; the others stay open."""
    found = take(_table("行业代码", "2450", "2451", "5175"))
    assert _codes(found)[:2] == ["C245", "C2451"]
    assert found.listed == [(4, "行业代码", "edition", "range")]


def test_what_has_no_certain_successor_is_unknown(take: Callable[..., Taken]) -> None:
    """7296 was 担保服务, which was divided over other groups."""
    found = take(_table("行业代码（2011版）", "7296", "5149"))
    assert _codes(found) == [None, "F5149"]
    assert found.listed == [(2, "行业代码（2011版）", "edition", "fact")]


def test_a_mapping_tells(program: Program, tmp_path: Path) -> None:
    """What is looked at proposes it, with what each edition means."""
    path, mapping = tmp_path / "firms.csv", tmp_path / "map.yaml"
    path.write_text(_table("行业代码", "5175", "5175", "7910"), encoding="utf-8")
    register = open_register(path, program, tmp_path, looking=True)
    look, _ = looking.look(register, program, "zh")
    column = look.columns[1]
    assert (column.edition, column.undecided, column.unreadable) == ("", 3, 0)
    assert column.editions == {
        "5175": {"2017": ["F5175"], "2011": ["F5174"]},
        "7910": {"2017": ["N7910"], "2011": ["O8010"]},
    }
    assert "# edition: '2017'" in look.mapping
    for edition, codes in (("2011", OLD), ("2017", NEW)):
        said = look.mapping.replace("# edition: '2017'", f"edition: {edition}")
        mapping.write_text(said, encoding="utf-8")
        told = read_mapping(mapping, program.facts)
        found = taken(path, program, tmp_path, mapping=told)
        assert (_codes(found), found.listed) == ([codes[0], *codes[:2]], [])
    mapping.write_text(
        "columns:\n  行业代码: {fact: industry_code, edition: 1994}\n", encoding="utf-8"
    )
    with pytest.raises(ProfileError, match="1994"):
        read_mapping(mapping, program.facts)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("'5175'", {"F5174", "F5175"}),
        ("F5175", {"F5175"}),
        ("'2450'", {"C245"}),
        ("C2450", {"C245"}),
        ("O7910", {"O8010"}),
        ("5175 五金产品批发", {"F5174"}),
        ("'5149'", {"F5149"}),
    ],
)
def test_a_profile_is_read_as_a_register_is(
    program: Program, text: str, codes: set[str]
) -> None:
    """The section before the digits says that a code is of today."""
    facts = read_profile(
        f"facts:\n  industry_code: {text}\n", program.facts, program.systems
    )
    assert facts.given["industry_code"] == Choice(frozenset(codes))


def test_a_profile_is_refused_a_code_that_went_nowhere(program: Program) -> None:
    """With what to write instead."""
    with pytest.raises(ProfileError, match="7296"):
        read_profile("facts:\n  industry_code: 7296\n", program.facts, program.systems)


def test_looking_tells_of_numbers_that_are_about_so_much(
    program: Program, tmp_path: Path
) -> None:
    """They are ranges, and not unreadable."""
    path = tmp_path / "firms.csv"
    path.write_text(_table("从业人数", "约50", "20"), encoding="utf-8")
    register = open_register(path, program, tmp_path, looking=True)
    look, _ = looking.look(register, program, "zh")
    assert (look.columns[1].about, look.columns[1].unreadable) == (1, 0)
