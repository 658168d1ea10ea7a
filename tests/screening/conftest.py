"""The shipped law and a reader of tables, for all tests of registers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.screening.taken import taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_match.compiler.rulebook import Rulebook
    from policy_match.ir.program import Program
    from tests.screening.taken import Taken


@pytest.fixture(scope="module")
def program(rulebook: Rulebook) -> Program:
    """Return the shipped law."""
    return rulebook.on(date(2022, 12, 31))


@pytest.fixture
def take(program: Program, tmp_path: Path) -> Callable[..., Taken]:
    """Return what reads a table, given as bytes, as text or as a file."""

    def read(data: bytes | str | Path, *, strict: bool = False) -> Taken:
        path = data if isinstance(data, Path) else tmp_path / "firms.csv"
        if isinstance(data, str):
            path.write_text(data, encoding="utf-8", newline="")
        elif isinstance(data, bytes):
            path.write_bytes(data)
        work = tmp_path / "work"
        work.mkdir(exist_ok=True)
        return taken(path, program, work, strict=strict)

    return read
