"""Whatever stands in a file or on a command line: an answer, or errors of our own.

Each gate is given texts put together of pieces that have once been trouble, and
mutated good ones. Nothing else than our own errors leaves it, each with a place.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import policy_match as pm
from policy_match.compiler.rulebook import load_texts
from policy_match.errors import FaultsError, PolicyMatchError
from policy_match.firms.profile import read_profile
from policy_match.firms.registers.claims import open_claims
from policy_match.firms.registers.mapping import read_mapping
from policy_match.records import sealed
from tests.bad.run import run
from tests.screening.command import DAY, credit_code
from tests.screening.town import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_match.ir.program import Program

CORPUS: dict[str, list[str]] = json.loads(
    Path(__file__).with_name("corpus.json").read_bytes()
)
"""What was once misread, by gate; a text that is found is added here."""
PIECES = (
    *"\n\t :,-#[]{}&*!|>%'\"\\=;/",
    "\n  ", ": ", "facts", "on", "staff", "sales", "name",
    "uscc", "fair_on", "hightech", "agreed", "unknown", "none", "无", "是", "5", "-1",
    "0x1", "1e9", "9" * 40, "300万", "3..5", "..", "约3", "86①", "２", "2022-06-30",
    "2022-13-40", "null", "~", "<<", "---", "\x00", "\x85", "\u2028", "\ufeff", "😀",
    "\ud7ff", "é", "=1+1", "determinations", "columns", "sheets", "headings", "ignore",
    "keep", "constants", "complete", "small-grant", "../x", credit_code(1),
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
PROFILE = "on: 2022-12-31\nfacts:\n  name: 甲\n  staff: 5\n  sales: 300万\n"
REGISTER = (
    f"uscc,name,staff,sales\n{credit_code(1)},甲,5,300万\n{credit_code(2)},乙,6,7\n"
)
CLAIMS = f"uscc,policy,amount,on\n{credit_code(1)},small-grant,5,2022-06-30\n"
MAPPING = (
    "columns:\n  甲: name\n  乙: {fact: sales, unit: 千元}\ncomplete: [hightech]\n"
)


def mutated(text: str) -> st.SearchStrategy[str]:
    """Draw a text with a stretch of it replaced by pieces."""

    def put(at: tuple[int, int, str]) -> str:
        start, length, piece = at
        return text[:start] + piece + text[start + length :]

    where = st.integers(0, len(text))
    return st.tuples(where, st.integers(0, 9), TEXTS).map(put)


@cache
def town() -> Program:
    """Return the town's law."""
    return load_texts({"town.yaml": RULES}).on(date.fromisoformat(DAY))


def told(gate: Callable[[], object]) -> None:
    """Pass something through a gate: nothing but our own errors comes back."""
    try:
        gate()
    except PolicyMatchError as error:
        found = error
    else:
        return
    lines = [str(found)]
    if isinstance(found, FaultsError):
        places = [fault.place for fault in found.faults]
        assert places
        assert all(place.line >= 1 and place.column >= 1 for place in places)
        lines = [str(fault) for fault in found.faults]
    assert not any("\n" in line for line in lines)


def of_corpus(gate: str) -> pytest.MarkDecorator:
    """Return the texts that a gate has once misread, as cases."""
    return pytest.mark.parametrize("text", CORPUS[gate])


@given(TEXTS | mutated(PROFILE))
@example("facts:\n  staff: [[[[")
def test_a_profile(text: str) -> None:
    told(lambda: read_profile(text, town().facts, town().systems))


@of_corpus("profile")
def test_a_profile_once_misread(text: str) -> None:
    with pytest.raises(FaultsError):
        read_profile(text, town().facts, town().systems)


@given(TEXTS | mutated(MAPPING))
@example("columns: {甲: {fact: name, unit: {}}}")
def test_a_mapping(text: str) -> None:
    with TemporaryDirectory() as place:
        path = Path(place, "map.yaml")
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        told(lambda: read_mapping(path, town().facts))


@of_corpus("mapping")
def test_a_mapping_once_misread(text: str, tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultsError):
        read_mapping(path, town().facts)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory of the town's rules."""
    place = tmp_path_factory.mktemp("rules")
    (place / "town.yaml").write_text(RULES, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def record(rules: Path) -> tuple[str, pm.Rulebook]:
    """Return a record, and the rulebook that it was made by."""
    book = pm.load(rules)
    made = book.on(DAY).assess({"staff": 5}).record("2026-01-31T09:30:00+08:00")
    return made.decode(), book


@given(st.data())
def test_a_record(record: tuple[str, pm.Rulebook], data: st.DataObject) -> None:
    """Changed anywhere, sealed anew or not: refused, never answered otherwise."""
    text, book = record
    other = data.draw(TEXTS | mutated(text) | resealed(text))
    told(lambda: pm.replay(other.encode("utf-8", "surrogatepass"), book))


def resealed(text: str) -> st.SearchStrategy[str]:
    """Draw a record with a value of its frame changed, under a seal that fits."""
    content = json.loads(text)
    values: st.SearchStrategy[object] = TEXTS | st.sampled_from((None, True, 0))

    def put(one: tuple[str, object]) -> str:
        return sealed({**content, one[0]: one[1]}).decode()

    return st.tuples(st.sampled_from([*content]), values).map(put)


@given(TEXTS | mutated(CLAIMS))
def test_claims(text: str) -> None:
    with TemporaryDirectory() as place:
        path = Path(place, "claims.csv")
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        told(lambda: open_claims(path, town(), Path(place)))


@given(TEXTS | mutated(REGISTER))
def test_a_register(rules: Path, text: str) -> None:
    """Looked at by the command: an answer or refusal, with the code for it."""
    with TemporaryDirectory() as place:
        path = Path(place, "firms.csv")
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        ran = run("screen", path, "--check-only", "--rules", rules, "--on", DAY)
        assert ran.code in {0, 2, 3, 5}, ran.err


@of_corpus("register")
def test_a_register_once_misread(text: str, rules: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "firms.csv", tmp_path / "out"
    path.write_text(text, encoding="utf-8")
    ran = run("screen", path, "--out", out, "--rules", rules, "--on", DAY)
    assert ran.code == 3, ran.err
    assert not out.exists()


WORDS = st.sampled_from((
    "check", "screen", "policies", "show", "list", "search", "codes", "replay", "lint",
    "profile", "takeup", "notices", "compare", "--on", "--lang", "--format", "--rules",
    "--sign", "--verify", "--map", "--all", "--explain", "en", "fr", "json", DAY,
    "0000-00-00", "small-grant", "/dev/null", "/", ".", "-", "--", "nowhere.yaml", "",
    "甲", "\x00", "a\nb", "x" * 5000, "--on=", "=", "firm.yaml:1",
))  # fmt: skip


LAST = "--nothing-of-this-name"
READ_BEHIND: dict[str, set[int]] = {
    "check": {3, 4},
    "compare": {3, 4},
    "lint": {4},
    "policies": {0, 4},
    "profile": set(),
    "replay": {3},
    "screen": {3, 4},
}
"""How commands may end that take one more word, besides that they refuse it.

It names a firm, a register or a record that is not there, a rulebook that is none, or
is words to search for; the rulebook of an option is looked at before.
"""


def may_end(words: list[str]) -> set[int]:
    """Return the exit codes with which a line may end that has `LAST` behind it."""
    rest = words[1:] if words[:1] == ["--"] else words
    if not rest or rest[0] not in READ_BEHIND:
        return {2}
    read = READ_BEHIND[rest[0]]
    if "--" in rest[1:]:
        return {2} | read
    # The value of an option: a rulebook that is none, or a key. The firm or the
    # record that it is for is read before.
    values = {"--rules": {4} | (read & {3}), "--verify": {3}}
    return {2} | values.get(rest[-1], set())


@given(st.lists(WORDS, max_size=5))
@example(["check", "--"])
@example(["lint", "--rules"])
@example(["policies", "search", "--"])
@example(["replay", "nowhere.yaml", "--verify"])
def test_a_command_line(words: list[str]) -> None:
    """Whatever is typed, in whatever order; nothing is written by any of it."""
    ran = run(*words, LAST)
    assert ran.code in may_end(words), ran.err
    assert "defect" not in ran.err


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("", 2),
        ("lint", 2),
        ("check", 2),
        ("check --on", 2),
        ("check nowhere.yaml --lang", 2),
        ("-- lint", 2),
        ("lint . --", 2),
        ("policies show --", 2),
        ("takeup --", 2),
        ("profile --", 2),
        ("check --", 3),
        ("replay --", 3),
        ("replay nowhere.yaml --verify", 3),
        ("lint --", 4),
        ("-- lint --", 4),
        ("lint --rules", 4),
        ("profile --rules", 4),
        ("check nowhere.yaml --rules", 4),
        ("check --rules nowhere.yaml --", 4),
        ("policies search --", 0),
    ],
)
def test_a_word_is_refused_as_what_it_stands_for(line: str, code: int) -> None:
    """An unknown option, its value, a file, a rulebook: each has its exit code."""
    ran = run(*line.split(), LAST)
    assert ran.code == code, ran.err


@of_corpus("command")
def test_a_command_line_once_misread(text: str) -> None:
    ran = run(*text.split(" "))
    assert ran.code in {2, 3}, ran.err
    assert len(ran.err.splitlines()) == 1
