"""Commands killed at any moment, on a full disk, and two at once.

Every command that writes, twice in turn with different inputs, so that a result
is one run's or the other's and never of both; the earlier one is still there.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.bad.run import run
from tests.conftest import THOROUGH
from tests.outputs.moments import Commands
from tests.rulebooks.test_code_systems import rules as code_rules
from tests.screening.command import DAY, credit_code
from tests.screening.town import RULES, write_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tests.outputs.moments import Ended

pytestmark = pytest.mark.stopping

MOMENTS = 100 if THOROUGH else 10
"""Times that a command is killed, half of them while it writes."""
KILLED = -9
SIDES = (0, 1)
TIMES = ("2023-01-31T09:30:00+08:00", "2023-02-28T09:30:00+08:00")
FIRMS = 40
DISKS = (0, 1, 100, 4096)
"""Bytes that a file may have before the disk is full."""

Words = tuple[object, ...]
State = object


@dataclass(frozen=True)
class Case:
    """A command that writes `result`, by one of two sides, and how it is read."""

    words: Callable[[int], Words]
    result: Path
    state: Callable[[Path], State]
    answers: str = ""
    """What is typed; each answer is saved, so that there are states between."""
    fresh: bool = False
    """Whether an earlier result is no target: it is gone on with, or refused."""
    apart: bool = False
    """Whether what is written are files of their own, each whole."""
    history: Path | None = None


def _bytes(path: Path) -> State:
    return path.read_bytes() if path.exists() else None


def _tree(path: Path) -> State:
    """Return the files of a directory, those that tell the time by what they count."""
    if not path.exists():
        return None
    found: dict[str, object] = {}
    for file in sorted(path.rglob("*")):
        if file.is_file():
            found[str(file.relative_to(path))] = _content(file)
    return found


def _content(file: Path) -> object:
    if file.name == "summary.json":
        told = json.loads(file.read_bytes())
        return told["inputs"]["firms"]
    return file.name if file.name in {"report.html", "worklist.xlsx"} else _bytes(file)


def _kept(history: Path) -> list[str]:
    """Return the digests of the registers that a history, which is sound, knows."""
    if not history.exists():
        return []
    with closing(sqlite3.connect(history)) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        if not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return []
        return [one for (one,) in base.execute("SELECT firms_digest FROM run")]


class Town:
    """A small rulebook, and two of everything that is read."""

    def __init__(self, place: Path, commands: Commands) -> None:
        """Write it all."""
        self.place, self._commands = place, commands
        self.rules = write_rules(place)
        self.other = place / "other"
        self.other.mkdir()
        (self.other / "town.yaml").write_text(
            RULES.replace("小企业补助, en: small-grant", "小微企业补助, en: small help")
            .replace("staff", "workers"), encoding="utf-8"
        )  # fmt: skip
        code_rules(self["trade"], "naics", "31")
        for side in SIDES:
            firm = f"facts: {{name: 甲{side}, staff: {side + 3}, sales: {side}万}}\n"
            self._text(f"firm{side}.yaml", firm)
            codes = [credit_code(side * 1000 + i) for i in range(FIRMS)]
            rows = [f"{code},{i},{i * 900},a" for i, code in enumerate(codes)]
            head = f"uscc,staff,sales,remark {side}"
            self._text(f"firms{side}.csv", "\n".join([head, *rows]))
            claims = [f"{code},small-grant,1,2022-05-01" for code in codes[: side + 1]]
            head = "uscc,policy,amount,on"
            self._text(f"claims{side}.csv", "\n".join([head, *claims]))
            law = ("--rules", self.rules)
            self._run("check", self[f"firm{side}.yaml"], *law, "--on", DAY, "--record",
                      self[f"record{side}.json"], "--recorded-at", TIMES[side],
                      )  # fmt: skip
            self._run("screen", self[f"firms{side}.csv"], *law, "--on", DAY, "--out",
                      self[f"screened{side}"], "--history", self[f"history{side}"],
                      "--claims", self[f"claims{side}.csv"])  # fmt: skip

    def __getitem__(self, name: str) -> Path:
        """Return the path of an input."""
        return self.place / name

    def _text(self, name: str, text: str) -> None:
        self[name].write_text(text, encoding="utf-8")

    def _run(self, *words: object) -> None:
        done = self._commands.one(words)
        assert done.code == 0, done.err

    def cases(self, results: Path) -> Mapping[str, Case]:
        """Return every command that writes, with its result below `results`."""
        law = ("--rules", self.rules)
        dated = (*law, "--on", DAY)
        books = (self.rules, self.other)

        def firm(side: int) -> Path:
            return self[f"firm{side}.yaml"]

        def to(name: str, words: Callable[[int], Words]) -> Case:
            path = results / name
            return Case(lambda side: (*words(side), "--out", path), path, _bytes)

        def folder(name: str, words: Callable[[int], Words]) -> Case:
            path = results / name
            return Case(lambda side: (*words(side), "--out", path), path, _tree)

        record, mapping = results / "record", results / "mapping.yaml"
        kept, out = results / "kept.sqlite", results / "out"
        return {
            "check": to("check", lambda n: (
                "check", firm(n), *dated, "--today", DAY, "--format", "json")),
            "record": Case(lambda n: (
                "check", firm(n), *dated, "--today", DAY, "--record", record,
                "--recorded-at",
                TIMES[n]), record, _bytes),
            "assess": Case(lambda _: (
                "assess", results / "profile.yaml", "--rules", books[0], "--on", DAY),
                results / "profile.yaml", _bytes, "2\n5\n3\n", fresh=True),
            "compare": to("compare", lambda n: (
                "compare", firm(n), *law, "--on", "2020-12-31", "--on", DAY,
                "--format", "json")),
            "replay": to("replay", lambda n: (
                "replay", self[f"record{n}.json"], *law, "--format", "json")),
            "takeup": to("takeup", lambda n: ("takeup", self[f"history{n}"])),
            "profile": to("profile", lambda n: ("profile", "--rules", books[n])),
            "codes": to("codes", lambda n: (
                "codes", "trade", ("food", "cat")[n], "--rules", self["trade"])),
            "list": to("list", lambda n: (
                "policies", "list", "--rules", books[n], "--on", DAY)),
            "show": to("show", lambda n: (
                "policies", "show", "small-grant", "--rules", books[n], "--on", DAY)),
            "search": to("search", lambda n: (
                "policies", "search", ("补助", "税率")[n], *dated)),
            "handbook": folder("book", lambda n: (
                "policies", "handbook", "--rules", books[n], "--on", DAY)),
            "notices": Case(lambda n: (
                "notices", self[f"screened{n}"], *law, "--out", results / "notices"),
                results / "notices", _tree, fresh=True),
            "schema": Case(lambda n: (
                "schema", "--rules", books[n], "--out", results / "schemas"),
                results / "schemas", _tree, apart=True),
            "mapping": Case(lambda n: (
                "screen", self[f"firms{n}.csv"], *dated, "--check-only",
                "--map-out", mapping), mapping, _bytes),
            "screen": Case(lambda n: (
                "screen", self[f"firms{n}.csv"], *dated, "--out", out), out, _tree),
            "history": Case(lambda n: (
                "screen", self[f"firms{n}.csv"], *dated, "--out", out,
                "--history", kept), out, _tree, history=kept),
        }  # fmt: skip


NAMES = (
    "check", "record", "assess", "compare", "replay", "takeup", "profile", "codes",
    "list", "show", "search", "handbook", "notices", "schema", "mapping", "screen",
    "history",
)  # fmt: skip


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Return the process that runs commands."""
    with Commands(tmp_path_factory.mktemp("children")) as found:
        yield found


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, commands: Commands) -> Town:
    """Return the inputs, made once."""
    return Town(tmp_path_factory.mktemp("town"), commands)


@pytest.fixture
def case(town: Town, request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """Return one command, its result in a directory of its own."""
    found = town.cases(tmp_path)
    assert [*found] == [*NAMES]
    return found[request.param]


def _whole(commands: Commands, case: Case, side: int) -> tuple[State, Ended]:
    """Return what a run comes to that nothing stops, and leaves nothing beside it."""
    done = commands.one(case.words(side), answers=case.answers)
    assert done.code == 0, done.err
    assert [p.name for p in case.result.parent.iterdir() if p.name[0] == "."] == []
    return case.state(case.result), done


def _both(commands: Commands, case: Case) -> tuple[list[State], list[Ended]]:
    """Return what the runs of both sides come to, the second one's still there."""
    states, ended = [], []
    for side in SIDES:
        _ready(case)
        whole, done = _whole(commands, case, side)
        states.append(whole)
        ended.append(done)
    assert states[0] != states[1] or case.answers
    return states, ended


def _between(commands: Commands, case: Case) -> list[State]:
    """Return a result after each answer but the last."""
    found = []
    answers = case.answers.splitlines(keepends=True)
    for count in range(1, len(answers)):
        _ready(case)
        commands.one(case.words(0), answers="".join(answers[:count]))
        found.append(case.state(case.result))
    return found


def _ready(case: Case) -> None:
    """Remove an earlier result where a run would not replace it."""
    if case.fresh and case.result.is_dir():
        shutil.rmtree(case.result)
    elif case.fresh:
        case.result.unlink(missing_ok=True)


def _is_one(case: Case, states: list[State]) -> bool:
    """Return whether a result is whole: one of some, or of files that each are."""
    found = case.state(case.result)
    if case.fresh and found is None:
        return True
    if not case.apart:
        return found in states
    assert isinstance(found, dict)
    whole = [state for state in states if isinstance(state, dict)]
    named = {name: text for name, text in found.items() if name[0] != "."}
    return all(any(s.get(k) == text for s in whole) for k, text in named.items())


@pytest.mark.parametrize("case", NAMES, indirect=True)
def test_killed_at_random_moments(
    commands: Commands, case: Case, request: pytest.FixtureRequest
) -> None:
    """What stands there is the earlier result or the new one; the next run succeeds."""
    states, spent = _both(commands, case)
    states += _between(commands, case) if case.answers else []
    chance = random.Random(request.node.name)  # noqa: S311
    for number in range(MOMENTS):
        side, kind = number % 2, ("acts", "steps")[number // 2 % 2]
        at = kind, chance.randrange(getattr(spent[side], kind))
        _ready(case)
        if case.history is not None:
            case.history.unlink(missing_ok=True)
            before = case.state(case.result)
        ended = commands.one(case.words(side), at=at, answers=case.answers)
        assert ended.code in {KILLED, 0}, ended.err
        assert _is_one(case, states), at
        if case.history is not None and case.state(case.result) != before:
            assert len(_kept(case.history)) == 1
    for side in SIDES:
        _ready(case)
        assert _whole(commands, case, side)[0] == states[side]


@pytest.mark.parametrize("case", NAMES, indirect=True)
def test_a_full_disk_leaves_what_was_there(commands: Commands, case: Case) -> None:
    """The earlier result, one line of what is wrong, the code for it, nothing else."""
    states, _ = _both(commands, case)
    for most in DISKS:
        _ready(case)
        done = commands.one(case.words(0), most=most, answers=case.answers)
        assert done.code in {0, 2}, (most, done.err)
        if done.code:
            assert "cannot be written" in done.err.splitlines()[-1], most
        assert _is_one(case, states if case.answers else [states[bool(done.code)]])
        assert [p.name for p in case.result.parent.iterdir() if p.name[0] == "."] == []


@pytest.mark.parametrize("case", NAMES, indirect=True)
def test_two_at_once(commands: Commands, case: Case) -> None:
    """One of them is there, whole; the other ended before, after, or said so."""
    states, _ = _both(commands, case)
    for _ in range(3):
        words = [[*map(str, case.words(side))] for side in SIDES]
        asked = [{"words": one, "answers": case.answers} for one in words]
        _ready(case)
        ended = commands.run(*asked)
        codes = sorted(one.code for one in ended)
        assert codes in ([0, 0], [0, 2]), ended
        assert all("by another run" in one.err for one in ended if one.code)
        assert _is_one(case, states)
        assert [p.name for p in case.result.parent.iterdir() if p.name[0] == "."] == []


def test_a_locked_history_is_told(town: Town, tmp_path: Path) -> None:
    """And the earlier result is still there."""
    history = tmp_path / "history"
    told = town.cases(tmp_path)["history"].words(0)
    words = [*map(str, told[:-1]), str(history)]
    assert run(*words).code == 0
    before = (tmp_path / "out" / "summary.json").read_bytes()
    with closing(sqlite3.connect(history)) as base:
        base.execute("BEGIN EXCLUSIVE")
        done = run(*words)
    assert done.code == 2
    assert "is in use by another program" in done.err
    assert (tmp_path / "out" / "summary.json").read_bytes() == before


def test_two_runs_may_begin_one_history(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes second goes on with what the first has made."""

    class Second(sqlite3.Connection):
        def executescript(self, script: str) -> sqlite3.Cursor:
            with closing(sqlite3.Connection(history)) as first:
                first.executescript(script)
            return super().executescript(script)

    history = tmp_path / "history"
    told = town.cases(tmp_path)["history"].words(0)
    words = [*map(str, told[:-1]), str(history)]
    monkeypatch.setattr(sqlite3, "connect", Second)
    done = run(*words)
    assert done.code == 0, done.err
    with closing(sqlite3.Connection(history)) as base:
        assert base.execute("SELECT count(*) FROM run").fetchone() == (1,)
