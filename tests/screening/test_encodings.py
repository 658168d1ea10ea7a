"""Encodings, told from every byte of a file, wherever its chunks end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_match.firms.registers.encoding import encoding_of

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20


@pytest.mark.parametrize("back", range(5))
@pytest.mark.parametrize("mark", ["é", "义", "𠮷"])
def test_a_character_that_two_chunks_share(
    tmp_path: Path, mark: str, back: int
) -> None:
    path = tmp_path / "firms.csv"
    path.write_bytes(b"a" * (_CHUNK - back) + f"{mark}\n".encode())
    found = encoding_of(path)
    assert found is not None
    assert (found.name, found.damaged) == ("utf-8", False)


@pytest.mark.parametrize(
    "bad",
    [b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\xe4\xb9"],
    ids=["surrogate", "overlong", "beyond", "alone", "cut off"],
)
def test_what_is_no_character_is_that_line_s_fault(tmp_path: Path, bad: bytes) -> None:
    good = "义乌市玩具厂\n".encode() * 20
    path = tmp_path / "firms.csv"
    path.write_bytes(good + bad + b"\n" + good)
    found = encoding_of(path)
    assert found is not None
    assert (found.name, found.damaged) == ("utf-8", True)
