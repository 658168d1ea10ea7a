"""A name that no file can have is told in one short line, whoever asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import policy_match as pm
from policy_match.errors import FaultsError
from tests.bad.run import run
from tests.screening.command import DAY
from tests.screening.town import RULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONG = "a" * 5000
COMMANDS = {
    "check": "check {long} {law}",
    "check to": "check {firm} {law} --out {long}",
    "check by": "check {firm} --rules {long}",
    "check with": "check {firm} {law} --parameters {long}",
    "check record": "check {firm} {law} --record {long}",
    "screen": "screen {long} --check-only {law}",
    "screen to": "screen {table} {law} --out {long}",
    "screen claims": "screen {table} {law} --claims {long} --out {new}",
    "screen map": "screen {table} {law} --map {long} --out {new}",
    "screen history": "screen {table} {law} --history {long} --out {new}",
    "notices": "notices {long} --out {new} {law}",
    "notices to": "notices {new} --out {long} {law}",
    "takeup": "takeup {long}",
    "replay": "replay {long} {law}",
    "compare": "compare {long} {law} {law}",
    "lint": "lint {long}",
    "profile": "profile {law} --out {long}",
    "schema": "schema --out {long}",
    "assess": "assess {long} {law}",
    "handbook": "policies handbook {law} --out {long}",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a directory with rules, a firm and a table of firms."""
    place = tmp_path_factory.mktemp("names")
    (place / "rules").mkdir()
    (place / "rules" / "town.yaml").write_text(RULES, encoding="utf-8")
    (place / "firm.yaml").write_text("facts: {staff: 5}\n", encoding="utf-8")
    (place / "firms.csv").write_text("uscc,name\n1,a\n", encoding="utf-8")
    return place


@pytest.mark.parametrize("command", COMMANDS)
def test_a_name_too_long_for_any_file(command: str, place: Path) -> None:
    """No command takes it for a defect, or repeats it whole."""
    words = COMMANDS[command].format(
        long=LONG,
        law=f"--rules {place / 'rules'}",
        firm=place / "firm.yaml",
        table=place / "firms.csv",
        new=place / "new",
    )
    ran = run(*words.split())
    assert ran.code in {2, 3, 4}
    assert len(ran.err.splitlines()) == 1
    assert len(ran.err) < 300


API: dict[str, Callable[[pm.Law, str, Path], object]] = {
    "rules": lambda _, name, __: pm.load(name),
    "parameters": lambda _, name, place: pm.load(place / "rules", parameters=name),
    "profile": lambda law, name, _: law.assess(name),
    "record": lambda _, name, __: pm.replay(name),
    "register": lambda law, name, place: law.screen(name, out=place / "new"),
    "looked at": lambda law, name, _: law.look(name),
    "result": lambda law, name, place: law.screen(place / "firms.csv", out=name),
    "claims": lambda law, name, place: law.screen(
        place / "firms.csv", claims=name, out=place / "new"
    ),
    "history": lambda _, name, __: pm.takeup(name),
}


@pytest.mark.parametrize("name", ["a\0b", LONG], ids=["null", "long"])
@pytest.mark.parametrize("what", API)
def test_python_raises_its_own_errors(what: str, name: str, place: Path) -> None:
    """Neither OSError nor ValueError."""
    law = pm.load(place / "rules").on(DAY)
    with pytest.raises(pm.PolicyMatchError) as raised:
        API[what](law, name, place)
    error = raised.value
    faults = error.faults if isinstance(error, FaultsError) else [error]
    assert all(len(str(fault)) < 300 for fault in faults)


def test_a_table_that_begins_with_what_is_no_heading(place: Path) -> None:
    """One cell as long as a book, or a row wider than any workbook."""
    wide = place / "wide.csv"
    for text, line in ((("a" * 200_000), 1), ("uscc,name\n" + "," * 20_000, 2)):
        wide.write_text(text, encoding="utf-8")
        ran = run("screen", wide, "--check-only", "--rules", place / "rules")
        assert (ran.code, ran.faults) == (3, [(line, 1, "F602")])


def test_a_list_of_codes_with_an_endless_line(place: Path) -> None:
    """It is told as a fault of the list."""
    rules = place / "coded"
    rules.mkdir()
    (rules / "town.yaml").write_text(
        RULES + "code_systems: {trades: {title: trades, codes: trades.csv}}\n",
        encoding="utf-8",
    )
    (rules / "trades.csv").write_text("1,shop\n2," + "a" * 200_000, encoding="utf-8")
    ran = run("lint", rules)
    assert ran.code == 4
    assert (2, 1, "R309") in ran.faults
