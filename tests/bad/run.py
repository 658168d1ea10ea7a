"""The command line, run in this process as `policy-match` runs it."""

from __future__ import annotations

import io
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from policy_match.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

_FAULT = re.compile(r"^(?P<file>[^\s:]+):(?P<line>\d+):(?P<column>\d+): (?P<code>\w+) ")


class Ran(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def faults(self) -> list[tuple[int, int, str]]:
        """Line, column and code of every fault, in the order told."""
        found = map(_FAULT.match, self.err.splitlines())
        return [(int(f["line"]), int(f["column"]), f["code"]) for f in found if f]

    @property
    def told(self) -> list[str]:
        """What is said of every fault, without its place and code."""
        lines = self.err.splitlines()
        return [_FAULT.sub("", line) for line in lines if _FAULT.match(line)]

    @property
    def carets(self) -> list[tuple[str, str]]:
        """Each line shown with its caret line."""
        lines = self.err.splitlines()
        return [(a, b) for a, b in pairwise(lines) if b.strip() == "^"]


class _Console(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def text(self) -> str:
        """Return what was written."""
        buffer = self.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue().decode()


def run(*words: str | Path, lang: str = "en") -> Ran:
    """Run one command in a language; it must end by an exit code, nothing else."""
    out, err = _Console(), _Console()
    argv = ["policy-match", *map(str, words)]
    with (
        patch.object(sys, "argv", argv),
        patch.dict(
            "os.environ", {"LC_ALL": "en_GB.UTF-8" if lang == "en" else "zh_CN"}
        ),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    ran = Ran(code, out.text(), err.text())
    assert "Traceback" not in ran.err
    return ran
