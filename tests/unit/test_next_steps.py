"""A step of screening ends with the command that comes next, ready to be typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policy_match.cli.next_steps import Given, after_look, after_screening

LETTERS = "policy-match notices out --out letters --firms 名录.xlsx --map m.yaml"
GIVEN = Given(Path("名录.xlsx"), None, "", None, None, None, "zh")


def test_looking_leads_to_a_mapping_and_the_mapping_to_screening() -> None:
    """With the files, the law and the day that were given."""
    assert after_look(GIVEN, None) == (
        "接着做：policy-match screen 名录.xlsx --check-only --map-out map.yaml"
    )
    asked = GIVEN._replace(rules=Path("my rules"), day=date(2022, 12, 31), lang="en")
    assert after_look(asked, Path("m.yaml")) == (
        "Complete m.yaml, then: policy-match screen 名录.xlsx --rules 'my rules'"
        " --on 2022-12-31 --map m.yaml --out out"
    )
    mapped = GIVEN._replace(mapping=Path("m.yaml"), sheet="2022 年")
    assert after_look(mapped, None) == (
        "接着做：policy-match screen 名录.xlsx --sheet '2022 年' --map m.yaml --out out"
    )


def test_screening_leads_to_the_report_and_to_letters() -> None:
    """And to the list of what could not be read, where there is any."""
    mapped = GIVEN._replace(mapping=Path("m.yaml"))
    assert [*after_screening(mapped, Path("out"), 7)] == [
        "未能照原样读取的单元格和行：7处，逐一列在 out/rejects.csv",
        "总览：out/report.html；逐户清单：out/worklist.xlsx",
        f"给企业写信：{LETTERS}",
    ]
    assert len([*after_screening(GIVEN, Path("out"), 0)]) == 2
