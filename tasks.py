#!/usr/bin/env python3
"""Everything a person runs on a checkout; needs Python and a C compiler only.

    python3 tasks.py demo     set up, then check an example firm
    python3 tasks.py test     set up, then lint, format, types, imports and tests
    python3 tasks.py pytest   the tests alone; paths and options are passed on
    python3 tasks.py          list all tasks

HYPOTHESIS_PROFILE=thorough makes `test` and `pytest` leave nothing out.

Each task does its own set-up, in `.venv`, from the files in requirements/: what
is installed has the versions and the hashes that stand there, build tools
included. A set-up that is already there costs nothing.
"""

from __future__ import annotations

import hashlib
import json
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
REQUIREMENTS = ROOT / "requirements"
NPM = Path(os.environ.get("POLICY_MATCH_NPM", ROOT / ".venv-npm")).absolute()
SAME = (
    "--constraint", "requirements/build.lock", "--constraint", "requirements/run.lock",
)  # fmt: skip
LOCKS: dict[str, tuple[str, ...]] = {
    "build": ("requirements/build.in",),
    "run": (
        "pyproject.toml", "--extra", "assess", "--extra", "calendar",
        "--extra", "screen", "--extra", "sign", "--extra", "web",
    ),
    "durable": ("requirements/durable.in",),
    "dev": (
        "pyproject.toml", *SAME, "--extra", "assess", "--extra", "calendar",
        "--extra", "screen", "--extra", "sign", "--extra", "web", "--extra", "dev",
    ),
    "tools": ("requirements/tools.in",),
}  # fmt: skip
"""What each file in requirements/ is made from, by uv."""
DEMO = ROOT / "examples" / "firms" / "toy-maker.yaml"
# durable-rules calls a function that Python 3.13 no longer has under that name.
DURABLE_FLAG = "-DPyEval_CallObject=PyObject_CallObject"
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "quick")
SLOW = ("browser", "city", "load", "long", "postgres", "spark", "stopping")
"""Markers of the tests that the quick profile leaves out."""


def run(*command: str) -> None:
    """Run a tool of the environment; end with its exit code where it fails."""
    program = BIN / command[0]
    code = subprocess.run([program, *command[1:]], cwd=ROOT, check=False)
    if code.returncode:
        sys.exit(code.returncode)


def pip(*arguments: str, home: Path = HOME) -> int:
    """Run pip in an environment; return its exit code."""
    python = home / BIN.name / "python"
    command = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    env = {**os.environ, "CPPFLAGS": DURABLE_FLAG}
    full = [*command, "install", *arguments]
    return subprocess.run(full, cwd=ROOT, env=env, check=False).returncode


def locked(name: str, *options: str, home: Path = HOME) -> int:
    """Install what a file in requirements/ names, and nothing else."""
    file = str(REQUIREMENTS / f"{name}.lock")
    hashes = ("--require-hashes", "--no-build-isolation", "--no-deps")
    return pip(*hashes, *options, "--requirement", file, home=home)


def create(home: Path) -> None:
    """Create an empty environment, or say what the machine lacks for it."""
    try:
        venv.create(home, with_pip=True)
    except OSError as error:
        sys.exit(f"{home}: no environment could be made: {error.strerror}")
    except subprocess.CalledProcessError:
        shutil.rmtree(home / BIN.name, ignore_errors=True)
        sys.exit(
            f"{home}: this Python cannot make environments with pip; "
            "on Debian and Ubuntu, `apt install python3-venv` adds that"
        )


def set_up(what: str) -> None:
    """Create the environment, once for each state of what it is made from.

    `what` is a file in requirements/: `run` to use the program, `dev` to work on it.
    """
    names = ("pyproject.toml", *(f"requirements/{n}.lock" for n in ("build", what)))
    made_from = b"".join((ROOT / name).read_bytes() for name in names)
    state = hashlib.sha256(made_from + sys.version.encode()).hexdigest()
    stamp = HOME / f"ready-{what}"
    if stamp.exists() and stamp.read_text() == state:
        return
    if sys.version_info < OLDEST:
        sys.exit(f"this is Python {sys.version.split()[0]}; use 3.11 or later")
    print(f"setting up {HOME} …", file=sys.stderr)
    if not BIN.exists():
        create(HOME)
    package = ("--no-build-isolation", "--no-deps", "--editable", ".")
    if locked("build") or locked(what) or pip(*package):
        sys.exit(
            f"{HOME}: the environment could not be set up, see the lines above; "
            "is the package index within reach? if so, remove the directory and retry"
        )
    if locked("durable"):
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
    set_up("run")
    run("policy-match", "check", str(DEMO.relative_to(ROOT)), *sys.argv[2:])


def lint() -> None:
    """Find faults of style, types and imports, of the rulebook, and what is stale."""
    set_up("dev")
    run("ruff", "check", ".")
    run("ruff", "format", "--check", "--quiet", ".")
    run("mypy")
    run("lint-imports", "--no-cache")
    run("policy-match", "lint")
    run("policy-match", "schema", "--out", "schemas", "--check")
    run("python", "docs/generate.py", "--check")


def pytest() -> None:
    """Run the tests on all cores: those of the paths named, else all."""
    set_up("dev")
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


def npm() -> None:
    """Fetch what browsers run, each by its hash: runtime, editor, wheel, axe-core."""
    lockfile = REQUIREMENTS / "npm" / "package-lock.json"
    stamp = NPM / "ready"
    if stamp.exists() and stamp.read_bytes() == lockfile.read_bytes():
        return
    program = shutil.which("npm")
    if program is None:
        sys.exit("the browser's runtime comes from npm, which is not here")
    NPM.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(REQUIREMENTS / "npm" / name, NPM / name)
    command = [program, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=NPM, check=True)
    wheel()
    stamp.write_bytes(lockfile.read_bytes())


def wheel() -> None:
    """Fetch pydantic-core as browsers run it, by its hash in run.lock."""
    runtime = json.loads((NPM / "node_modules/pyodide/pyodide-lock.json").read_text())
    about = runtime["info"]
    version = "".join(about["python"].split(".")[:2])
    lines = (REQUIREMENTS / "run.lock").read_text().splitlines(keepends=True)
    first = next(n for n, one in enumerate(lines) if one.startswith("pydantic-core=="))
    last = next(n for n in range(first, len(lines)) if not lines[n].endswith("\\\n"))
    needed = NPM / "wheel.lock"
    needed.write_text("".join(lines[first : last + 1]))
    if not BIN.exists():
        create(HOME)
    python = str(BIN / "python")
    command = [python, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    command += ["download", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
    command += ["--implementation", "cp", "--python-version", version]
    command += ["--abi", f"cp{version}", "--requirement", str(needed)]
    command += ["--platform", f"pyemscripten_{about['abi_version']}_wasm32"]
    command += ["--dest", str(NPM / "wheels")]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit("the playground's wheel could not be fetched, see the lines above")


def site() -> None:
    """Write the static site: --out DIR, and --on DATE for each day it offers."""
    set_up("run")
    npm()
    parts = ("--runtime", str(NPM / "node_modules" / "pyodide"))
    run("policy-match", "site", *parts, "--playground", str(NPM), *sys.argv[2:])


def fuzz() -> None:
    """Put random firms to all backends: [SECONDS] [SEED]; print the rate."""
    set_up("dev")
    run("python", "-m", "tests.fuzz", *sys.argv[2:])


def mutate() -> None:
    """Try every small slip in the rules: [--rules DIR] [--policy ID] [--file FILE]."""
    set_up("dev")
    run("python", "-m", "tests.mutate", *sys.argv[2:])


def test() -> None:
    """Lint everything, then run the tests as `pytest` does."""
    lint()
    pytest()


def tidy() -> None:
    """Format the code, and write what is generated: schemas and command help."""
    set_up("dev")
    run("ruff", "check", "--fix", "--exit-zero", ".")
    run("ruff", "format", ".")
    run("policy-match", "schema", "--out", "schemas")
    run("python", "docs/generate.py")


def lock() -> None:
    """Bring the files in requirements/ up to date: newest versions, with hashes."""
    uv = tool("uv")
    options = ["--no-config", "--universal", "--python-version", "3.11"]
    options += ["--generate-hashes", "--upgrade", "--no-header", "--no-annotate"]
    for name, sources in LOCKS.items():
        out = ["--quiet", "--output-file", f"requirements/{name}.lock"]
        command = [str(uv), "pip", "compile", *options, *sources, *out]
        subprocess.run(command, cwd=ROOT, check=True)


def audit() -> None:
    """Look up known weaknesses of everything that requirements/ names."""
    options = ["--require-hashes", "--disable-pip", "--format", "json"]
    every = {}
    for name in LOCKS:
        file = f"requirements/{name}.lock"
        command = [str(tool("pip-audit")), "-r", file, *options]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
        for one in json.loads(done.stdout or b"{}").get("dependencies", []):
            every[one["name"], one.get("version")] = one
    known = [one for one in every.values() if "vulns" in one]
    for one in known:
        for found in one["vulns"]:
            fixed = ", ".join(found["fix_versions"]) or "no release"
            print(f"{one['name']} {one['version']}: {found['id']}, mended by {fixed}")
    if not known:
        sys.exit("no advisories are within reach: nothing was audited")
    missed = len(every) - len(known)
    print(f"{len(known)} packages audited, {missed} without advisories within reach")
    sys.exit(any(one["vulns"] for one in known))


def tool(name: str) -> Path:
    """Return a program of the environment for work on requirements/ themselves."""
    home = HOME.with_name(f"{HOME.name}-tools")
    program = home / BIN.name / name
    if not program.exists():
        create(home)
        if locked("tools", home=home):
            sys.exit(f"{home}: the tools could not be installed, see the lines above")
    return program


TASKS = {
    task.__name__: task
    for task in (
        demo,
        test,
        lint,
        pytest,
        npm,
        site,
        fuzz,
        mutate,
        tidy,
        lock,
        audit,
    )
}

if __name__ == "__main__":
    task = TASKS.get(sys.argv[1]) if sys.argv[1:] else None
    if task is None:
        for name, known in TASKS.items():
            print(f"python3 tasks.py {name:6} {known.__doc__}")
        sys.exit(2 if sys.argv[1:] else 0)
    task()
