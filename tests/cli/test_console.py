"""Output on consoles that are not UTF-8, as many in China still are not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).parent / "policy-match"
FIRM = "examples/firms/half-known.yaml"
PLAINER = str.maketrans({"✓": "√", "✗": "×", "’": "'"})
PAGES = {
    "an answer": ["check", FIRM, "--explain", "all", "--all"],
    "an answer in English": ["check", FIRM, "--explain", "all", "--lang", "en"],
    "the policies": ["policies", "list"],
    "one policy": ["policies", "show", "rd-super-deduction"],
    "a blank profile": ["profile"],
}


def printed(words: list[str], encoding: str) -> tuple[bytes, bytes]:
    """Return what a console of that encoding is sent."""
    run = subprocess.run(  # noqa: S603
        [COMMAND, *words, *([] if "profile" in words else ["--on", "2022-12-31"])],
        env=os.environ | {"PYTHONIOENCODING": encoding, "LC_ALL": "zh_CN"},
        capture_output=True,
        check=False,
    )
    return run.stdout, run.stderr


@pytest.mark.parametrize("kind", PAGES)
def test_a_gbk_console_shows_the_same_words(kind: str) -> None:
    """Character for character, but for the marks that GBK lacks."""
    plain, _ = printed(PAGES[kind], "utf-8")
    seen, _ = printed(PAGES[kind], "gbk")
    wanted = plain.decode().translate(PLAINER)
    assert len(wanted.splitlines()) > 20
    assert seen.decode("gbk").translate(PLAINER) == wanted


def test_a_message_is_readable_too() -> None:
    """What is wrong is told in the encoding of the console; `?` is never made up."""
    _, told = printed(["policies", "show", "没有-©"], "gbk")
    assert told.decode("gbk").startswith("policy-match: 没有“没有-\\xa9”这项政策")


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252"])
def test_no_encoding_stops_an_answer(encoding: str) -> None:
    """What a console cannot show at all is replaced, never an error."""
    seen, told = printed(["check", FIRM], encoding)
    assert len(seen.decode(encoding).splitlines()) > 20
    assert b"Traceback" not in told
