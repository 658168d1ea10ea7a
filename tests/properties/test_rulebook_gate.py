"""Whatever a rule file holds: a rulebook, or faults at places in it; in linear time."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policy_match.compiler.rulebook import load_texts
from policy_match.errors import RulebookError
from policy_match.rulebook import yaml_reader
from tests.properties.long_inputs import calls
from tests.rulebooks import HARBOUR, KIOSK

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_match.errors import Fault

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "rules").rglob("*.yaml"))
SMALL = [p for p in SHIPPED if p.stat().st_size < 12_000]
PIECES = (
    *(
        "\t",
        " ",
        "\n",
        "\n\n  ",
        ": ",
        "- ",
        " #",
        "{",
        "}",
        "[",
        "]",
        ", ",
        "&a ",
        "!",
    ),
    *("|", ">", "---\n", '"', "'", "\\", "\\x", "%", "\r", "\x85", "\u2028", "\ufeff"),
    *(
        "😀",
        "\x00",
        "0",
        "-1",
        "999999",
        "〇",
        "①",
        "２",
        "é",
        "$",
        "..",
        "=",
        "<",
        "<=",
    ),
    *("(", ")", "and ", "not ", "none", "unset", "2022-02-30", "%%", "万", "\ud7ff"),
)
MILLION = 1_000_000


@cache
def text_of(path: Path) -> str:
    """Return a shipped file; each is read once."""
    return path.read_text(encoding="utf-8")


@st.composite
def mutated(draw: st.DrawFn, texts: Callable[[], list[str]]) -> str:
    """Return a text with a few pieces put in, or in place of others."""
    text = draw(st.sampled_from(texts()))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.sampled_from((0, 0, 1, 5, 40))))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[end:]
    return text


def base() -> dict[str, str]:
    """Return the files of the least rulebook."""
    return {path.name: text_of(path) for path in KIOSK.glob("*.yaml")}


def faults(files: dict[str, str]) -> tuple[Fault, ...]:
    """Return what is wrong with a rulebook; anything else it raises is a defect."""
    try:
        load_texts(files)
    except RulebookError as error:
        return error.faults
    return ()


def placed(found: tuple[Fault, ...], files: dict[str, str]) -> bool:
    """Whether each fault stands in one of the files, and says what is wrong."""
    for fault in found:
        lines = yaml_reader.lines_of(files[fault.place.file])
        inside = 1 <= fault.place.line <= len(lines) + 1
        if not (inside and fault.place.column >= 1 and str(fault).count("\n") == 0):
            return False
    return True


@given(mutated(lambda: [text_of(path) for path in SMALL]))
def test_a_mutated_shipped_file_is_answered_or_refused(text: str) -> None:
    """With nothing but faults at places in it."""
    files = base() | {"x.yaml": text}
    assert placed(faults(files), files)


@given(mutated(lambda: [text_of(path) for path in HARBOUR.glob("*.yaml")]))
def test_a_mutated_rulebook_is_answered_or_refused(text: str) -> None:
    """Where all the rest of it is sound."""
    files = {path.name: text_of(path) for path in HARBOUR.glob("*.yaml")}
    name = "rulebook.yaml" if "rulebook:" in text else "policies.yaml"
    files[name] = text
    assert placed(faults(files), files)


def read(text: str, loader: Any) -> object:
    """Return what a text holds, or nothing where it is refused."""
    try:
        return yaml_reader.plain_data(yaml_reader.read(text, "x", loader))
    except yaml_reader.YamlFaults:
        return None


@given(mutated(lambda: [*base().values(), "a: |\n  b\nc: >-\n  d\ne: {f: [g, 'h']}\n"]))
def test_both_yaml_loaders_agree(text: str) -> None:
    """A file that loads with one loads with the other, and means the same."""
    # A key behind a `?` in a list, which no rule file has, is read by one alone.
    assume(not re.search(r"[,\[{]\s*\?", text))
    first, last = yaml_reader.LOADERS[0], yaml_reader.LOADERS[-1]
    assert read(text, first) == read(text, last)


@pytest.mark.parametrize(
    "text",
    [
        "k: {a: b\r?, c: d}",
        "k: {a: b\n\n ?}",
        "k: [b\n?]",
        "a: b\n?c: d",
        "k: {a: b, # x\n ?c: d}",
    ],
)
def test_both_yaml_loaders_read_a_question_on_its_own_line(text: str) -> None:
    first, last = yaml_reader.LOADERS[0], yaml_reader.LOADERS[-1]
    assert read(text, first) == read(text, last) is not None


# ---- a million of one kind in one place

KINDS = (
    "a",
    "9",
    " ",
    "\t",
    "\n",
    "[",
    "(",
    '"',
    "#",
    "- ",
    ": ",
    "中",
    "\x00",
    "\ufeff",
)
PLACES: dict[str, Callable[[str], str]] = {
    "a file": lambda run: run,
    "a key": lambda run: f"facts:\n  {run}: 1\n",
    "a text": lambda run: f"departments:\n  x: {run}\n",
    "a quoted text": lambda run: f"departments:\n  x: '{run}'\n",
    "a folded text": lambda run: f"departments:\n  x: >-\n    {run}\n",
    "a condition": lambda run: (
        f"definitions:\n  x: {{type: bool, title: x, is: '{run}'}}\n"
    ),
    "a figure": lambda run: (
        f"parameters:\n  x: {{title: x, type: int, values: [{{is: '{run}'}}]}}\n"
    ),
    "a range": lambda run: (
        f"facts:\n  x: {{type: int, title: x, asks: x, range: '{run}'}}\n"
    ),
    "a comment": lambda run: f"departments:\n  x: y # {run}\n",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_million_of_one_kind_in_one_place(kind: str, place: str) -> None:
    """It is answered or refused, in few and short lines."""
    text = PLACES[place](kind * (MILLION // len(kind)))
    files = base() | {"x.yaml": text}
    found = faults(files)
    assert placed(found, files)
    assert len(found) < 50
    assert all(len(str(fault)) < 1000 for fault in found)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", ["a", "9", "[", "not ", "- ", "\n"])
def test_the_work_grows_with_the_length(kind: str, place: str) -> None:
    """Four times as long, at most five times as many calls; below every bound."""
    write = PLACES[place]
    short, long = (write(kind * count) for count in (1000, 4000))
    faults(base() | {"x.yaml": short})
    less = calls(lambda: faults(base() | {"x.yaml": short}))
    more = calls(lambda: faults(base() | {"x.yaml": long}))
    assert more <= 5 * less
