"""Commands run in children of one process, killed at a moment that is counted.

A child is forked with everything imported, so that a run costs what the command
does and no more. Moments are counted, not timed: *acts* are what Python says of
files, links, directories and locks, over the whole run; *steps* are calls and
returns from the first lock or database on, which is while results are written.
At the moment asked for the child kills itself, with SIGKILL.

    python -m tests.outputs.moments        reads requests, a line of JSON each
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

ACTS = ("open", "os.", "shutil.", "fcntl.", "sqlite3.", "tempfile.", "ctypes.")
_ANY = resource.RLIM_INFINITY
WRITING = ("fcntl.flock", "sqlite3.connect")
IMPORTED = (
    "policy_match.api", "policy_match.screening", "policy_match.screening.run",
    "policy_match.backends.columnar", "policy_match.records.models",
    "policy_match.reports.handbook", "policy_match.comparison", "polars",
    "xlsxwriter", "jinja2", "pygal", "fastexcel", "pydantic", "lark.parsers",
)  # fmt: skip


class Ended(NamedTuple):
    """How a child ended: its exit code, below zero by a signal, and its counts."""

    code: int
    acts: int
    steps: int
    err: str


class Commands:
    """The process that forks, and what is asked of it."""

    def __init__(self, place: Path) -> None:
        """Start it; what its children count, and their cache, goes below `place`."""
        self.place = place

    def __enter__(self) -> Self:
        """Start the process."""
        env = {k: v for k, v in os.environ.items() if not k.startswith("LC_")}
        own = {"LANG": "en_GB.UTF-8", "POLICY_MATCH_CACHE": str(self.place / "cache")}
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", __name__, str(self.place)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**env, **own},
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def run(self, *requests: dict[str, Any]) -> list[Ended]:
        """Run commands at once; return how each ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps(requests), file=self.process.stdin, flush=True)
        return [Ended(*one) for one in json.loads(self.process.stdout.readline())]

    def one(self, words: Sequence[object], **more: Any) -> Ended:
        """Run one command, killed `at` a moment (`acts` or `steps`, and how many)."""
        (ended,) = self.run({"words": [*map(str, words)], **more})
        return ended


class _Counter:
    """Counts acts and steps, and kills at the moment asked for."""

    def __init__(self, at: tuple[str, int] | None) -> None:
        self.acts = self.steps = 0
        self.last_act = self.last_step = -1
        if at is not None:
            if at[0] == "acts":
                self.last_act = at[1]
            else:
                self.last_step = at[1]
        self.writing = self.dying = False

    def hear(self, event: str, _: object) -> None:
        if self.dying or not event.startswith(ACTS):
            return
        if self.acts == self.last_act:
            self.die()
        self.acts += 1
        if not self.writing and event in WRITING:
            self.writing = True
            sys.setprofile(self.step)

    def step(self, *_: object) -> None:
        if self.steps == self.last_step:
            self.die()
        self.steps += 1

    def die(self) -> None:
        self.dying = True  # to kill is an act, too
        os.kill(os.getpid(), signal.SIGKILL)


def _child(request: dict[str, Any], err: int, told: Path) -> None:
    from policy_match.cli.main import main  # noqa: PLC0415

    os.dup2(err, 2)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    read, write = os.pipe()
    os.write(write, request.get("answers", "").encode())
    os.close(write)
    os.dup2(read, 0)
    sys.argv = ["policy-match", *request["words"]]
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(fd, mode, encoding="utf-8", closefd=False)
        for fd, mode in ((0, "r"), (1, "w"), (2, "w"))
    )
    if "most" in request:
        resource.setrlimit(resource.RLIMIT_FSIZE, (request["most"], _ANY))
    counter = _Counter(request.get("at"))
    sys.addaudithook(counter.hear)
    code = 1
    try:
        main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.setprofile(None)
        sys.stderr.flush()
        counts = json.dumps([counter.acts, counter.steps])
        resource.setrlimit(resource.RLIMIT_FSIZE, (_ANY, _ANY))
        told.write_text(counts, encoding="utf-8")
        os._exit(code)


def _all(requests: list[dict[str, Any]], place: Path) -> list[tuple[Any, ...]]:
    running = []
    for number, request in enumerate(requests):
        told = place / f"told-{number}"
        told.unlink(missing_ok=True)
        heard, err = os.pipe()
        child = os.fork()
        if not child:
            _child(request, err, told)
        os.close(err)
        running.append((child, heard, told))
    ended = []
    for child, heard, told in running:
        with os.fdopen(heard, encoding="utf-8", errors="replace") as stream:
            heard_ = stream.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        counts = json.loads(told.read_text("utf-8")) if told.exists() else [0, 0]
        ended.append((code, *counts, heard_))
    return ended


def _warm() -> None:
    """Build once what is built when it is first used, and by every child again."""
    from policy_match.compiler.rulebook import load_texts  # noqa: PLC0415
    from policy_match.domain.facts import Facts  # noqa: PLC0415
    from policy_match.reports import as_document, render  # noqa: PLC0415
    from policy_match.reports.document.encoding import as_json  # noqa: PLC0415
    from policy_match.semantics.assessment import assess  # noqa: PLC0415
    from tests.screening.town import RULES  # noqa: PLC0415

    program = load_texts({"town.yaml": RULES}).on(date(2022, 12, 31))
    found = assess(program, Facts({}))
    as_json(as_document(found, "en"))
    render([found], "text", "en")


def _serve(place: Path) -> None:
    from policy_match.cli.main import COMMANDS  # noqa: PLC0415

    for name in (*COMMANDS.values(), *IMPORTED):
        importlib.import_module(name)
    _warm()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_all(json.loads(line), place)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
