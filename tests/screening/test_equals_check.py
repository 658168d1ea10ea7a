"""`screen` and `check` say the same of the same firm."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import yaml

from policy_match.domain.facts import FactSpec, FactType
from tests.screening.command import DAY, credit_code, run, screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.ir.program import Program

EXAMPLES = sorted(Path("examples/firms").glob("*.yaml"))
FIRMS = 60


def test_the_example_firms(tmp_path: Path) -> None:
    """Every policy, for every example that the package shows."""
    profiles = [
        yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)["facts"] or {}  # noqa: S506  (every scalar a text)
        for path in EXAMPLES
    ]
    profiles = [
        {**facts, "uscc": credit_code(number)} for number, facts in enumerate(profiles)
    ]
    assert _differences(tmp_path, profiles) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_firms_at_random(tmp_path: Path, rulebook: Rulebook, seed: int) -> None:
    """Ranges, several members, coarse codes, `none`, given derived facts."""
    program = rulebook.on(_day())
    chance = random.Random(seed)  # noqa: S311
    profiles = [_profile(program, chance, number) for number in range(FIRMS)]
    assert _differences(tmp_path, profiles) == []


def _day() -> Any:
    from datetime import date  # noqa: PLC0415

    return date.fromisoformat(DAY)


# ---- what differs


def _differences(
    tmp_path: Path, profiles: Iterable[Mapping[str, object]]
) -> list[tuple[str, ...]]:
    files: list[Path] = []
    for number, facts in enumerate(profiles):
        path = tmp_path / f"{number}.yaml"
        path.write_text(
            yaml.safe_dump({"facts": dict(facts)}, allow_unicode=True), encoding="utf-8"
        )
        files.append(path)
    register = tmp_path / "firms.csv"
    names = list(dict.fromkeys(name for facts in profiles for name in facts))
    rows = [{name: _cell(facts.get(name)) for name in names} for facts in profiles]
    pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String())).write_csv(register)
    screened = screen(register, "--all")
    assert screened.code == 0, screened.err
    checked = run("check", *files, "--on", DAY, "--format", "json")
    assert checked.returncode == 0, checked.stderr
    found = {
        (row["uscc"], row["policy"]): _screened(row)
        for row in screened.parquet("findings").iter_rows(named=True)
    }
    expected = {
        (one["firm"]["uscc"], finding["policy"]): _checked(finding)
        for one in json.loads(checked.stdout)
        for finding in one["findings"]
    }
    # Measures that reach firms indirectly are shown by `check` on request only.
    assert expected.keys() <= found.keys()
    return [
        (*key, str(value), str(found[key]))
        for key, value in expected.items()
        if found[key] != value
    ]


def _cell(value: object) -> str | None:
    """Return a value of a profile as a register has it in one cell."""
    if not isinstance(value, list):
        return None if value is None else str(value)
    if value and isinstance(value[0], list):
        return "; ".join("/".join(map(str, pair)) for pair in value)
    return "|".join(map(str, value))


Told = tuple[str, str | None, Any, Any, Any, frozenset[str], bool | None]


def _screened(row: Mapping[str, Any]) -> Told:
    return (
        row["outcome"],
        row["tier"],
        row["amount"],
        row["amount_low"],
        row["amount_high"],
        frozenset(row["missing"]),
        row["selected"],
    )


def _checked(finding: Mapping[str, Any]) -> Told:
    benefit = finding["benefit"] or {}
    amount = benefit.get("amount")
    ends = benefit.get("range") or {}
    low, high = ends.get("low", amount), ends.get("high", amount)
    return (
        finding["outcome"],
        finding["tier"],
        _money(amount),
        _money(low),
        _money(high),
        frozenset(finding["missing"]),
        finding["selected"],
    )


def _money(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


# ---- firms at random

_MONEY = ("0", "1,200.50元", "99万", "100万", "299.99万", "300万", "2350万", "1.2亿")
_COUNTS = ("0", "5", "19", "20", "86", "300", "301", "1000")
_DAYS = ("2021-03-05", "2021年6月30日", "2022/12/31", "2019-01-01")
_CODES = ("C", "C24", "C2451", "F51", "I65", "K7010", "A01")


def _profile(program: Program, chance: random.Random, number: int) -> dict[str, object]:
    facts: dict[str, object] = {"uscc": credit_code(number)}
    for spec in program.facts.values():
        # Who has left the register is in no file of a screening.
        apart = spec.id in {"uscc", "operating_status"}
        if apart or chance.random() < (0.97 if spec.derived else 0.35):
            continue
        value = _value(spec, chance)
        if value is not None:
            facts[spec.id] = value
    return facts


def _value(spec: FactSpec, chance: random.Random) -> object:  # noqa: PLR0911
    match spec.type:
        case FactType.BOOL:
            return chance.choice(("是", "否", "yes", "no"))
        case FactType.ENUM:
            count = chance.choice((1, 1, 1, 2))
            members = chance.sample(sorted(spec.members), min(count, len(spec.members)))
            return members[0] if len(members) == 1 else members
        case FactType.CODE:
            return chance.choice(_CODES)
        case FactType.DATE:
            given = chance.choice(_DAYS)
            return "none" if spec.may_be_none and chance.random() < 0.2 else given
        case FactType.MONEY:
            return _range(_MONEY, chance)
        case FactType.INT:
            if spec.high < 1000:
                return chance.choice((f"{spec.low}", f"{spec.low}..{spec.high}"))
            return _range(_COUNTS, chance)
        case FactType.RATIO:
            return chance.choice(("0.05", "5%", "12.5%"))
        case FactType.NUMBER:
            return chance.choice(("3", "7.5", "12"))
        case FactType.LIST:
            return chance.choice(("120/200; 400/500", "10/20", "1/2;3/4;5/6"))
        case FactType.TEXT:
            return f"甲{chance.randrange(9)}"


def _range(ladder: tuple[str, ...], chance: random.Random) -> str:
    low = chance.randrange(len(ladder))
    if chance.random() < 0.7:
        return ladder[low]
    high = chance.randrange(low, len(ladder))
    return chance.choice((f"{ladder[low]}..{ladder[high]}", f"{ladder[low]}.."))
