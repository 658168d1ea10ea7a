"""Where a command may write, and what it leaves where it may not."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest

from policy_match import outputs
from policy_match.errors import UsageError, reason
from policy_match.outputs import directories
from policy_match.outputs.locks import locked
from policy_match.screening.work import Work
from tests.bad.run import run
from tests.screening.command import credit_code
from tests.screening.town import write_rules

FIRM = "examples/firms/toy-maker.yaml"


def test_a_link_is_followed(tmp_path: Path) -> None:
    """The file that it leads to is replaced, and the link stays."""
    kept, link = tmp_path / "kept.json", tmp_path / "link.json"
    kept.write_text("before", encoding="utf-8")
    link.symlink_to(kept)
    assert run("check", FIRM, "--format", "json", "--out", link).code == 0
    assert link.is_symlink()
    assert kept.read_text("utf-8").startswith("{")


def test_a_device_a_pipe_and_a_socket_are_refused(tmp_path: Path) -> None:
    """They would be replaced by a file."""
    fifo, door = tmp_path / "fifo", tmp_path / "s"
    os.mkfifo(fifo)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(door))
        for path in (Path("/dev/null"), fifo, door):
            ran = run("check", FIRM, "--out", path)
            assert ran.code == 2
            assert "is a device, a pipe or a socket" in ran.err
    assert fifo.is_fifo()
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("option", ["--out", "--record"])
def test_an_input_is_never_replaced(tmp_path: Path, option: str) -> None:
    """By whatever name it goes."""
    firm, link = tmp_path / "firm.yaml", tmp_path / "link.yaml"
    shutil.copyfile(FIRM, firm)
    link.symlink_to(firm)
    for path in (firm, link, tmp_path / "." / "firm.yaml"):
        ran = run("check", firm, option, path)
        assert ran.code == 2
        assert "would replace the input" in ran.err
    assert firm.read_bytes() == Path(FIRM).read_bytes()


def test_two_outputs_of_one_run_are_two_files(tmp_path: Path) -> None:
    """Of one name, or one within the other: refused, and nothing is written."""
    ran = run("check", FIRM, "--out", tmp_path / "a", "--record", tmp_path / "a")
    assert ran.code == 2
    assert "are one and the same output" in ran.err
    assert list(tmp_path.iterdir()) == []
    firms = tmp_path / "firms.csv"
    firms.write_text(f"uscc,staff\n{credit_code(1)},3\n", encoding="utf-8")
    out = tmp_path / "out"
    ran = run("screen", firms, "--out", out, "--history", out / "history.sqlite")
    assert ran.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["firms.csv"]


@pytest.mark.parametrize(
    "name", ["../a", "/a", "a/../../b", "", "..", "a\\..\\b", "C:a", "a\nb", "a\0b"]
)
def test_a_name_made_of_data_stays_inside(tmp_path: Path, name: str) -> None:
    """Whatever it is made of."""
    with pytest.raises(UsageError):
        outputs.inside(tmp_path, name)
    with pytest.raises(UsageError):
        outputs.write_directory(tmp_path / "out", {name: "text"})
    assert list(tmp_path.iterdir()) == []


def test_what_another_run_writes_is_left_to_it(tmp_path: Path) -> None:
    """A file and a directory; and a lock dies with the run that held it."""
    out = tmp_path / "out"
    descriptor = locked(tmp_path / ".out.part", out)
    with pytest.raises(UsageError, match="by another run"):
        outputs.write_file(out, "text")
    os.close(descriptor)
    outputs.write_file(out, "text")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    folder = outputs.Place(tmp_path / "folder")
    with folder.held(), pytest.raises(UsageError, match="by another run"):
        outputs.write_directory(folder.out, {"a": "text"})
    outputs.write_directory(folder.out, {"a": "text"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "out"]


def test_different_commands_hold_one_name(tmp_path: Path) -> None:
    """A screening and any other command: whoever comes second is told."""
    out = tmp_path / "out"
    work, place = Work(out), outputs.Place(out)
    with work.held(), pytest.raises(UsageError, match="by another run"):
        outputs.write_directory(out, {"a": "text"})
    work.discard()
    with place.held(), pytest.raises(UsageError, match="by another run"), work.held():
        pass
    place.discard()
    assert list(tmp_path.iterdir()) == []


def test_what_became_somebody_elses_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose a directory is, is asked by the run that holds it."""
    out = tmp_path / "out"

    def slow(path: Path, result: Path) -> int:
        out.mkdir()
        (out / "theirs").touch()
        return locked(path, result)

    monkeypatch.setattr(directories, "locked", slow)
    with pytest.raises(UsageError, match="holds other files"):
        outputs.write_directory(out, {"a": "text"})
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert [path.name for path in out.iterdir()] == ["theirs"]


def test_rights_follow_the_umask_and_what_is_unfinished_is_private(
    tmp_path: Path,
) -> None:
    """Nobody else reads a result before it is one."""
    before = os.umask(0o022)
    try:
        outputs.write_file(tmp_path / "file", "text")
        outputs.write_directory(tmp_path / "folder", {"a": "text"})
        assert (tmp_path / "file").stat().st_mode & 0o777 == 0o644
        assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o755
        assert (tmp_path / "folder" / "a").stat().st_mode & 0o777 == 0o644
        place = outputs.Place(tmp_path / "other")
        with place.held():
            assert place.root.stat().st_mode & 0o777 == 0o700
    finally:
        os.umask(before)


def _limited(*words: object, most: int) -> subprocess.CompletedProcess[str]:
    """Run a command that may write files of so many bytes, as a full disk would."""
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "policy_match", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        env={**os.environ, "LANG": "en_US.UTF-8", "POLICY_MATCH_CACHE": os.devnull},
    )


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    """One line, exit code 2, the earlier result, and nothing beside it."""
    out = tmp_path / "answer.json"
    out.write_text("before", encoding="utf-8")
    done = _limited("check", FIRM, "--format", "json", "--out", out, most=4096)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "cannot be written" in done.stderr
    assert out.read_text("utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]


def test_an_output_that_takes_no_more_is_told_in_one_line() -> None:
    """A full device, and a reader that has gone."""
    command = [sys.executable, "-m", "policy_match", "check", FIRM, "--lang", "en"]
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(  # noqa: S603
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "policy-match: `standard output` cannot be written: no space left on the device"
    ]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(  # noqa: S603
        command, stdout=write, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(write)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "closed" in done.stderr


def test_a_full_disk_is_one_whoever_tells_of_it() -> None:
    """What writes tables has the system's number in its words alone."""
    full = Path("/dev/full")
    with pytest.raises(OSError, match="os error 28") as error:
        pl.DataFrame({"a": [*range(100_000)]}).write_ipc(full)
    assert reason(error.value).to("en") == "no space left on the device"


def _history(path: Path) -> None:
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA user_version = 99")
        base.execute("CREATE TABLE later (a)")
        base.commit()


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("newer", "was written by a newer version"),
        ("damaged", "is not a history of screenings"),
        ("a device", "is a device, a pipe or a socket"),
    ],
)
def test_a_history_that_cannot_be_kept_stops_the_screening(
    tmp_path: Path, kind: str, says: str
) -> None:
    """Before anything is replaced."""
    firms, rules = tmp_path / "firms.csv", write_rules(tmp_path)
    firms.write_text(f"uscc,staff\n{credit_code(1)},3\n", encoding="utf-8")
    history = Path("/dev/null") if kind == "a device" else tmp_path / "history"
    if kind == "newer":
        _history(history)
    elif kind == "damaged":
        history.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    words = ("screen", firms, "--rules", rules, "--out", tmp_path / "out")
    ran = run(*words, "--history", history)
    assert ran.code == 2
    assert says in ran.err
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".*"))


def test_what_failed_is_removed_before_another_run_may_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the file that is removed would be the other's."""
    path, unlink = tmp_path / "out.txt", Path.unlink
    removed: list[Path] = []

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    def tried(beside: Path, *, missing_ok: bool = False) -> None:
        with pytest.raises(UsageError, match="by another run"):
            locked(beside, path)
        removed.append(beside)
        unlink(beside, missing_ok=missing_ok)

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(Path, "unlink", tried)
    with pytest.raises(UsageError):
        outputs.write_file(path, "text")
    assert removed == [tmp_path / ".out.txt.part"]
    assert [*tmp_path.iterdir()] == []
