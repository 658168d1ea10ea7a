"""Programs kept between runs: used only where they can be trusted."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policy_match.api import Rulebook, load
from policy_match.compiler import cache
from tests.unit.report_rulebook import RULES

if TYPE_CHECKING:
    from policy_match.ir.program import Program

DAY = date(2022, 12, 31)
OTHER_USER = 65534


@dataclass(frozen=True)
class Law:
    """A rulebook that is read from its files for every question."""

    rules: Path
    parameters: Path | None = None

    def rulebook(self) -> Rulebook:
        """Read the files."""
        return load(self.rules, parameters=self.parameters)

    def on(self, day: date) -> Program:
        """Return the program of a day, as a fresh process would get it."""
        return self.rulebook().on(day).program


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the directory of a cache of this test's own."""
    place = tmp_path / "kept"
    monkeypatch.setenv("POLICY_MATCH_CACHE", str(place))
    return place


@pytest.fixture
def law(tmp_path: Path) -> Law:
    """Return the law of the town."""
    return town(tmp_path / "town")


def town(place: Path, limit: str = "300", *, parameters: Path | None = None) -> Law:
    """Write the town's rulebook with its limit of staff."""
    place.mkdir(exist_ok=True)
    rules = RULES.replace("is: 300,", f"is: {limit},")
    (place / "town.yaml").write_text(rules, encoding="utf-8")
    return Law(place, parameters)


def limit(law: Law, day: date = DAY) -> object:
    """Return the answer of a law: how many people its small firms may have."""
    return law.on(day).figures["staff_limit"].value


def only_file(place: Path) -> Path:
    """Return the one program that is kept."""
    (path,) = place.iterdir()
    return path


def forge(law: Law, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep, under the key of `law`, the program of a law that says 999.

    Its checksum is right, as anybody's can be who may write the file.
    """
    limit(law)
    path = only_file(cache.directory())
    with monkeypatch.context() as other:
        other.setenv("POLICY_MATCH_CACHE", str(elsewhere / "other"))
        wrong = town(elsewhere / "wrong", "999").rulebook().span(DAY)
    cache.keep(path.stem, wrong)
    return path


def test_a_program_is_kept_and_used_again(
    kept: Path, law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody else could write is believed: the next run reads no rules."""
    assert limit(law) == 300
    recalled = cache.recall(only_file(kept).stem)
    assert recalled is not None
    assert recalled.program.digest == law.rulebook().digest
    forge(law, tmp_path, monkeypatch)
    assert limit(law) == 999


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_not_used(
    law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    """However right its checksum is."""
    forge(law, tmp_path, monkeypatch).chmod(mode)
    assert limit(law) == 300


@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_directory_that_others_may_write_is_not_used(
    kept: Path, law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    """Nothing is read from it, and nothing is written to it."""
    path = forge(law, tmp_path, monkeypatch)
    before = path.read_bytes()
    kept.chmod(mode)
    assert limit(law) == 300
    assert path.read_bytes() == before


@pytest.mark.skipif(
    not hasattr(os, "getuid") or os.getuid() != 0, reason="only root gives files away"
)
@pytest.mark.parametrize("whose", ["file", "directory"])
def test_what_belongs_to_somebody_else_is_not_used(
    kept: Path, law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    """A file, or a directory, of another user."""
    path = forge(law, tmp_path, monkeypatch)
    os.chown(path if whose == "file" else kept, OTHER_USER, OTHER_USER)
    assert limit(law) == 300


def test_a_link_is_not_followed(
    law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may lead to where others write."""
    path = forge(law, tmp_path, monkeypatch)
    path.rename(tmp_path / "moved")
    path.symlink_to(tmp_path / "moved")
    assert limit(law) == 300


def test_what_is_no_program_is_made_anew(kept: Path, law: Law) -> None:
    """A sound file of something else, left by some other tool."""
    limit(law)
    path = only_file(kept)
    body = b'{"staff_limit": 999}'
    path.write_bytes(hashlib.sha256(path.stem.encode() + body).digest() + body)
    assert limit(law) == 300


@pytest.mark.parametrize("size", [0, 1, 31, 32, 33, 2000, -1])
def test_a_truncated_file_is_made_anew(kept: Path, law: Law, size: int) -> None:
    """Wherever it breaks off; afterwards it is whole again."""
    limit(law)
    path = only_file(kept)
    whole = path.read_bytes()
    path.write_bytes(whole[:size])
    assert limit(law) == 300
    recalled = cache.recall(path.stem)
    assert recalled is not None
    assert DAY in recalled.window


@pytest.mark.parametrize("at", [0, 31, 32, 40, 1500, -1])
def test_a_damaged_file_is_made_anew(kept: Path, law: Law, at: int) -> None:
    """One byte is enough, in the checksum or behind it."""
    limit(law)
    path = only_file(kept)
    data = bytearray(path.read_bytes())
    data[at] ^= 0xFF
    path.write_bytes(data)
    assert limit(law) == 300


def test_a_file_under_another_name_is_not_used(kept: Path, tmp_path: Path) -> None:
    """A program renamed to another key is still the other's program."""
    first = town(tmp_path / "first", "999")
    limit(first)
    path = only_file(kept)
    moved = path.rename(path.with_name("moved"))
    second = town(tmp_path / "second")
    limit(second)
    moved.replace(next(kept.glob("*.program")))
    assert limit(second) == 300


def test_rules_that_have_changed_are_read_again(tmp_path: Path) -> None:
    """Even where the size and the time of the file are the same."""
    law = town(tmp_path / "town")
    file = tmp_path / "town" / "town.yaml"
    status = file.stat()
    assert limit(law) == 300
    town(tmp_path / "town", "301")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert limit(law) == 301
    (tmp_path / "town" / "more.yaml").write_text(
        "departments:\n  new: {zh: 新局, en: New Bureau}\n", encoding="utf-8"
    )
    assert "new" in law.on(DAY).departments


def test_days_of_one_law_have_one_program(kept: Path, law: Law) -> None:
    """Each has the day as its own; the law of one is never that of another."""
    assert law.on(DAY).day == DAY
    other = date(2022, 6, 1)
    assert law.on(other).day == other
    only_file(kept)
    assert "fair-grant" in law.on(DAY).by_id
    assert "fair-grant" not in law.on(date(2024, 1, 1)).by_id
    assert "fair-grant" in law.on(DAY).by_id


def test_local_parameters_have_a_program_of_their_own(
    tmp_path: Path,
) -> None:
    """What an officer sets for one run does not stay for the next."""
    local = tmp_path / "local.yaml"
    local.write_text("parameters:\n  staff_limit: 50\n", encoding="utf-8")
    assert limit(town(tmp_path / "town")) == 300
    assert limit(town(tmp_path / "town", parameters=local)) == 50
    local.write_text("parameters:\n  staff_limit: 60\n", encoding="utf-8")
    assert limit(town(tmp_path / "town", parameters=local)) == 60
    assert limit(town(tmp_path / "town")) == 300


@pytest.mark.parametrize("where", ["a file", "below a file", "a device"])
def test_where_nothing_can_be_kept_the_answer_is_the_same(
    law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """A cache that cannot be used is no error."""
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    places = {"a file": file, "below a file": file / "x", "a device": Path(os.devnull)}
    monkeypatch.setenv("POLICY_MATCH_CACHE", str(places[where]))
    assert limit(law) == 300
    assert limit(law) == 300
    assert file.read_text(encoding="utf-8") == "mine"


def test_the_directory_is_the_users_own(
    law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a choice it is the cache directory of the user, closed to others."""
    monkeypatch.delenv("POLICY_MATCH_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    limit(law)
    place = cache.directory()
    assert tmp_path / "home" in place.parents
    assert place.stat().st_mode & 0o077 == 0
    assert only_file(place).stat().st_mode & 0o077 == 0


def test_only_the_latest_programs_are_kept(kept: Path, law: Law) -> None:
    """A cache does not grow for ever, and leaves no half-written file."""
    program = law.rulebook().span(DAY)
    for number in range(40):
        cache.keep(f"{number:064}", program)
    names = {path.name for path in kept.iterdir()}
    assert f"{39:064}.program" in names
    assert len(names) <= 30
    assert all(name.endswith(".program") for name in names)
