#!/usr/bin/env python3
"""Everything a person runs on a checkout; needs Python and a C compiler only.

    python3 tasks.py demo     set up, then check an example firm
    python3 tasks.py test     set up, then lint, format, types, imports and tests
    python3 tasks.py pytest   the tests alone; paths and options are passed on
    python3 tasks.py          list all tasks

HYPOTHESIS_PROFILE=thorough makes `test` and `pytest` leave nothing out.

Each task does its own set-up, in `.venv`, from the versions in
requirements.lock; a set-up that is already there costs nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = Path(os.environ.get("POLICY_MATCH_VENV", ROOT / ".venv")).absolute()
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
OLDEST = (3, 11)
DEMO = ROOT / "examples" / "firms" / "toy-maker.yaml"
# durable-rules calls a function that Python 3.13 no longer has under that name.
DURABLE_FLAG = "-DPyEval_CallObject=PyObject_CallObject"
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "quick")
SLOW = ("browser", "city", "load", "postgres", "spark", "stopping")
"""Markers of the tests that the quick profile leaves out."""


def run(*command: str) -> None:
    """Run a tool of the environment; end with its exit code where it fails."""
    program = BIN / command[0]
    code = subprocess.run([program, *command[1:]], cwd=ROOT, check=False)
    if code.returncode:
        sys.exit(code.returncode)


def pip(*arguments: str) -> int:
    """Run pip in the environment, with the locked versions."""
    command = [
        str(BIN / "python"),
        "-m",
        "pip",
        "--quiet",
        "--disable-pip-version-check",
    ]
    lock = ["--constraint", str(ROOT / "requirements.lock")]
    env = {**os.environ, "CPPFLAGS": DURABLE_FLAG}
    full = [*command, "install", *lock, *arguments]
    return subprocess.run(full, cwd=ROOT, env=env, check=False).returncode


def create() -> None:
    """Create an empty environment, or say what the machine lacks for it."""
    try:
        venv.create(HOME, with_pip=True)
    except OSError as error:
        sys.exit(f"{HOME}: no environment could be made: {error.strerror}")
    except subprocess.CalledProcessError:
        shutil.rmtree(BIN, ignore_errors=True)
        sys.exit(
            f"{HOME}: this Python cannot make environments with pip; "
            "on Debian and Ubuntu, `apt install python3-venv` adds that"
        )


def set_up(extras: str) -> None:
    """Create the environment, once for each state of what it is made from."""
    made_from = b"".join(
        (ROOT / name).read_bytes() for name in ("pyproject.toml", "requirements.lock")
    )
    state = hashlib.sha256(made_from + sys.version.encode()).hexdigest()
    stamp = HOME / f"ready-{extras.replace(',', '-')}"
    if stamp.exists() and stamp.read_text() == state:
        return
    if sys.version_info < OLDEST:
        sys.exit(f"this is Python {sys.version.split()[0]}; use 3.11 or later")
    print(f"setting up {HOME} …", file=sys.stderr)
    if not BIN.exists():
        create()
    if pip("--editable", f".[{extras}]"):
        sys.exit(
            f"{HOME}: the environment could not be set up, see the lines above; "
            "is the package index within reach? if so, remove the directory and retry"
        )
    # Python 3.13 no longer brings what durable-rules is built with.
    if pip("setuptools", "wheel") or pip("--no-build-isolation", "durable-rules"):
        print(
            "durable-rules could not be built (is a C compiler there?); "
            "the reference evaluator will answer instead",
            file=sys.stderr,
        )
    # An editable package is not compiled by pip, as others are; its first answer
    # would wait for that, and each one where Python may not write such files.
    run("python", "-m", "compileall", "-q", str(ROOT / "src"))
    stamp.write_text(state)


def demo() -> None:
    """Check an example firm and print the answer."""
    set_up("assess,screen")
    run("policy-match", "check", str(DEMO.relative_to(ROOT)), *sys.argv[2:])


def lint() -> None:
    """Find faults of style, types and imports, of the rulebook, and what is stale."""
    set_up("assess,screen,dev")
    run("ruff", "check", ".")
    run("ruff", "format", "--check", "--quiet", ".")
    run("mypy")
    run("lint-imports", "--no-cache")
    run("policy-match", "lint")
    run("policy-match", "schema", "--out", "schemas", "--check")
    run("python", "docs/generate.py", "--check")


def pytest() -> None:
    """Run the tests on all cores: those of the paths named, else all."""
    set_up("assess,screen,dev")
    given = sys.argv[2:]
    named = any((ROOT / word.split("::")[0]).exists() for word in given)
    chosen: tuple[str, ...] = ()
    if PROFILE == "quick" and not named and "-m" not in given:
        chosen = ("-m", f"not ({' or '.join(SLOW)})")
    run("pytest", "-q", "-n", "auto", "--dist", "worksteal", *chosen, *given)
    if chosen:
        left_out = ", ".join(SLOW)
        print(
            f"the quick profile left out what is marked {left_out}; "
            "HYPOTHESIS_PROFILE=thorough runs all"
        )


def test() -> None:
    """Lint everything, then run the tests as `pytest` does."""
    lint()
    pytest()


def tidy() -> None:
    """Format the code, and write what is generated: schemas and command help."""
    set_up("assess,screen,dev")
    run("ruff", "check", "--fix", "--exit-zero", ".")
    run("ruff", "format", ".")
    run("policy-match", "schema", "--out", "schemas")
    run("python", "docs/generate.py")


def lock() -> None:
    """Write requirements.lock from what is installed now."""
    frozen = subprocess.run(
        [BIN / "python", "-m", "pip", "freeze", "--exclude-editable"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    kept = [line for line in frozen.splitlines() if " @ " not in line]
    (ROOT / "requirements.lock").write_text("\n".join(kept) + "\n")


TASKS = {task.__name__: task for task in (demo, test, lint, pytest, tidy, lock)}

if __name__ == "__main__":
    task = TASKS.get(sys.argv[1]) if sys.argv[1:] else None
    if task is None:
        for name, known in TASKS.items():
            print(f"python3 tasks.py {name:6} {known.__doc__}")
        sys.exit(2 if sys.argv[1:] else 0)
    task()
