"""Very long texts of one kind, and the places of our inputs where they can stand."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import policy_match as pm
from policy_match.errors import FaultsError, PolicyMatchError
from policy_match.records import sealed
from tests.bad.run import run
from tests.screening.command import DAY, credit_code
from tests.screening.town import RULES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KINDS = {
    "letters": "a",
    "digits": "9",
    "spaces": " ",
    "ideographic spaces": "\u3000",
    "parentheses": "(",
    "myriads": "万",
    "commas": ",",
    "quotes": '"',
    "backslashes": "\\",
    "points": ".",
    "newlines": "\n",
    "combining marks": "\u0301",
    "overrides of direction": "\u202e",
    "nulls": "\x00",
    "dashes": "-",
    "digits and commas": "9,",
    "digits and spaces": "9 ",
}
"""The pieces of which a long text is made, by name."""


@dataclass(frozen=True)
class Bench:
    """A directory to write to, with the rules of a town and a record made by them."""

    directory: Path

    @property
    def rules(self) -> Path:
        """Return the directory of the town's rules."""
        return self.directory / "rules"

    def prepare(self) -> Bench:
        """Write the rules."""
        self.rules.mkdir()
        (self.rules / "town.yaml").write_text(RULES, encoding="utf-8")
        return self

    def file(self, name: str, text: str) -> Path:
        """Write a file, and return where it is."""
        path = self.directory / name
        path.write_text(text, encoding="utf-8", newline="")
        return path


@cache
def book(bench: Bench) -> pm.Rulebook:
    """Return the town's rulebook."""
    return pm.load(bench.rules)


@cache
def record(bench: Bench) -> str:
    """Return a record that was made by the town's rulebook."""
    answer = book(bench).on(DAY).assess({"name": "a", "staff": 5})
    return answer.record("2026-01-31T09:30:00+08:00").decode()


def told(gate: Callable[[], object]) -> list[str]:
    """Return in which lines a gate refuses what it is given; none if it answers."""
    try:
        gate()
    except FaultsError as error:
        return [str(fault) for fault in error.faults]
    except PolicyMatchError as error:
        return [str(error)]
    return []


def _profile(text: str, bench: Bench) -> list[str]:
    firm = bench.file("firm.yaml", text)
    return told(lambda: book(bench).on(DAY).assess(firm).render("html", "en"))


def _given(facts: dict[str, object], bench: Bench) -> list[str]:
    return told(lambda: book(bench).on(DAY).assess(facts).render("text", "en"))


def _register(text: str, bench: Bench) -> list[str]:
    firms = bench.file("firms.csv", text)
    return _command(
        "screen", firms, "--check-only", "--rules", bench.rules, "--on", DAY
    )


def _command(*words: str | Path) -> list[str]:
    ran = run(*words)
    assert ran.code in {0, 2, 3, 4, 5}, ran.err[:1000]
    assert "defect" not in ran.err
    return ran.err.splitlines()


def _mapped(text: str, bench: Bench) -> list[str]:
    firms = bench.file("firms.csv", f"uscc,name\n{credit_code(1)},a\n")
    mapping = bench.file("map.yaml", text)
    law = ("--rules", bench.rules, "--on", DAY)
    return _command("screen", firms, "--map", mapping, "--check-only", *law)


def _recorded(field: str, value: object, bench: Bench) -> list[str]:
    content = {**json.loads(record(bench)), field: value}
    return told(lambda: pm.replay(sealed(content), book(bench)))


def _determined(run: str, bench: Bench) -> list[str]:
    entry = {"fact": "agreed", "value": True, "by": "a", "on": DAY, "ground": run}
    content = {"facts": {"staff": 5}, "determinations": [entry]}
    return _profile(json.dumps(content), bench)


def _titled(run: str, bench: Bench) -> list[str]:
    where = bench.directory / "titled"
    where.mkdir(exist_ok=True)
    title = json.dumps(run)
    texts = RULES.replace("departments:", f"departments:\n  long: {title}", 1)
    (where / "town.yaml").write_text(texts, encoding="utf-8")
    return told(lambda: pm.load(where))


PLACES: dict[str, Callable[[str, Bench], list[str]]] = {
    "a value of a profile": lambda run, bench: _given({"staff": run}, bench),
    "a sum of a profile": lambda run, bench: _given({"sales": run}, bench),
    "a date of a profile": lambda run, bench: _given({"fair_on": run}, bench),
    "a yes or no of a profile": lambda run, bench: _given({"hightech": run}, bench),
    "a name in a profile": lambda run, bench: _given({"name": run}, bench),
    "a fact of a profile": lambda run, bench: _given({run: 1}, bench),
    "a profile": _profile,
    "a quoted value of a profile": lambda run, bench: _profile(
        f"facts: {{name: {json.dumps(run)}}}", bench
    ),
    "a plain value of a profile": lambda run, bench: _profile(
        f"facts:\n  name: a{run}\n", bench
    ),
    "a key of a profile": lambda run, bench: _profile(f"{run}: 1\n", bench),
    "the ground of a determination": _determined,
    "a register": _register,
    "a heading": lambda run, bench: _register(f"uscc,{run}\n1,2\n", bench),
    "a quoted heading": lambda run, bench: _register(
        f'uscc,"{run.replace(chr(34), chr(34) * 2)}"\n1,2\n', bench
    ),
    "a number in a register": lambda run, bench: _register(
        f'uscc,staff\n{credit_code(1)},"{run.replace(chr(34), chr(34) * 2)}"\n', bench
    ),
    "a sum in a register": lambda run, bench: _register(
        f'uscc,sales\n{credit_code(1)},"{run.replace(chr(34), chr(34) * 2)}"\n', bench
    ),
    "a name in a register": lambda run, bench: _register(
        f'uscc,name\n{credit_code(1)},"{run.replace(chr(34), chr(34) * 2)}"\n', bench
    ),
    "a credit code": lambda run, bench: _register(
        f'uscc,name\n"{run.replace(chr(34), chr(34) * 2)}",a\n', bench
    ),
    "a mapping": _mapped,
    "a column of a mapping": lambda run, bench: _mapped(
        f"columns: {{{json.dumps(run)}: name}}\n", bench
    ),
    "a fact of a mapping": lambda run, bench: _mapped(
        f"columns: {{name: {json.dumps(run)}}}\n", bench
    ),
    "a unit of a mapping": lambda run, bench: _mapped(
        f"columns: {{name: {{fact: sales, unit: {json.dumps(run)}}}}}\n", bench
    ),
    "an option's value": lambda run, bench: _command(
        "policies", "list", "--rules", bench.rules, "--on", run
    ),
    "an option": lambda run, _: _command("check", f"--{run}"),
    "a command": lambda run, _: _command(run),
    "a file to read": lambda run, bench: _command(
        "check", run, "--rules", bench.rules, "--on", DAY
    ),
    "words to search for": lambda run, bench: _command(
        "policies", "search", run, "--rules", bench.rules, "--on", DAY
    ),
    "the id of a policy": lambda run, bench: _command(
        "policies", "show", run, "--rules", bench.rules, "--on", DAY
    ),
    "a record": lambda run, bench: told(lambda: pm.replay(run.encode(), book(bench))),
    "the time of a record": lambda run, bench: _recorded("recorded_at", run, bench),
    "the maker of a record": lambda run, bench: _recorded("made_by", run, bench),
    "the facts of a record": lambda run, bench: _recorded("facts", {run: run}, bench),
    "a title in a rulebook": _titled,
}
"""What is done with a long text, by the place where it stands."""


def calls(work: Callable[[], object]) -> int:
    """Return how many calls a piece of work makes, those into C included."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
