"""What every screening found, kept in one SQLite file, and its trend."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing, contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from policy_match.errors import UsageError
from policy_match.language.messages import said
from policy_match.outputs.targets import cannot_write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policy_match.screening.takeup import TakeUp

_FORMAT = 1
_PRIMARY = 0xFF
"""The bits of an error's code that say what kind it is."""
_UNWRITABLE = {
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
_TABLES = """
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    on_day TEXT NOT NULL,
    rulebook TEXT NOT NULL,
    firms_digest TEXT NOT NULL,
    claims_digest TEXT,
    UNIQUE (on_day, rulebook, firms_digest, claims_digest)
);
CREATE TABLE takeup (
    run INTEGER NOT NULL REFERENCES run,
    policy TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    claimable INTEGER NOT NULL,
    eligible INTEGER NOT NULL,
    claimed INTEGER,
    unclaimed INTEGER NOT NULL,
    undetermined INTEGER NOT NULL,
    over_claimed INTEGER,
    due_cents INTEGER NOT NULL,
    claimed_cents INTEGER,
    unclaimed_cents INTEGER NOT NULL,
    PRIMARY KEY (run, policy)
);
"""


class Point(NamedTuple):
    """One screening: for a policy, or for all with something to claim."""

    day: str
    claimed: int
    unclaimed: int
    undetermined: int
    unclaimed_cents: int

    @property
    def rate(self) -> Decimal | None:
        """The share of firms surely entitled that had claimed."""
        whole = self.claimed + self.unclaimed
        return Decimal(self.claimed) / whole if whole else None


class Trend(NamedTuple):
    """All screenings with claims, in the order of their days."""

    whole: tuple[Point, ...]
    policies: Mapping[str, tuple[Point, ...]]
    """By title, those with something to claim, most unclaimed first."""


def check(path: Path) -> None:
    """Raise UsageError where a file is there and is not a history to write to."""
    if path.exists():
        with _refusing(path), closing(_opened(path)) as base:
            base.execute("BEGIN IMMEDIATE")
            base.rollback()


def keep(path: Path, found: TakeUp, digests: Mapping[str, str]) -> None:
    """Keep one screening; the same inputs again replace what was kept of them.

    Raises UsageError where that cannot be written; nothing of it is kept then.
    """
    with _refusing(path):
        _keep(path, found, digests)


def _keep(path: Path, found: TakeUp, digests: Mapping[str, str]) -> None:
    program = found.program
    key = (program.day.isoformat(), program.digest, digests["firms"],
           digests.get("claims"))  # fmt: skip
    with closing(_opened(path)) as base, base:
        same = "on_day = ? AND rulebook = ? AND firms_digest = ? AND claims_digest IS ?"
        for (old,) in base.execute(f"SELECT id FROM run WHERE {same}", key).fetchall():  # noqa: S608  (no value in it)
            base.execute("DELETE FROM takeup WHERE run = ?", (old,))
            base.execute("DELETE FROM run WHERE id = ?", (old,))
        run = base.execute(
            "INSERT INTO run (on_day, rulebook, firms_digest, claims_digest) "
            "VALUES (?, ?, ?, ?)",
            key,
        ).lastrowid
        base.executemany(
            "INSERT INTO takeup VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    run,
                    policy.id,
                    policy.about.title.to("zh"),
                    policy.about.title.to("en"),
                    policy.id in found.claimable,
                    total.eligible,
                    total.claimed if found.known else None,
                    total.unclaimed,
                    total.undetermined,
                    total.over_claimed if found.known else None,
                    total.due,
                    total.paid if found.known else None,
                    total.left,
                )
                for policy in program.policies
                for total in (found.policies[policy.id],)
            ],
        )


def trend(path: Path, lang: str) -> Trend:
    """Return what a history tells; raises UsageError where it is none."""
    if not path.is_file():
        raise UsageError(said("not-a-history", path=str(path)), said("history-first"))
    title = "title_en" if lang == "en" else "title_zh"
    with _refusing(path), closing(_opened(path)) as base:
        rows = base.execute(
            f"SELECT on_day, {title}, claimed, unclaimed, undetermined, "  # noqa: S608  (one of two names)
            "unclaimed_cents FROM takeup JOIN run ON run.id = takeup.run "
            "WHERE claimable AND claimed IS NOT NULL ORDER BY on_day, run.id"
        ).fetchall()
        runs = base.execute(
            "SELECT on_day, sum(claimed), sum(unclaimed), sum(undetermined), "
            "sum(unclaimed_cents) FROM takeup JOIN run ON run.id = takeup.run "
            "WHERE claimable AND claimed IS NOT NULL GROUP BY run.id "
            "ORDER BY on_day, run.id"
        ).fetchall()
    policies: dict[str, list[Point]] = {}
    for day, name, *numbers in rows:
        policies.setdefault(name, []).append(Point(day, *numbers))
    ranked = sorted(policies.items(), key=lambda x: (-x[1][-1].unclaimed_cents, x[0]))
    told = {name: tuple(points) for name, points in ranked}
    return Trend(tuple(Point(*run) for run in runs), told)


def _opened(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    (version,) = base.execute("PRAGMA user_version").fetchone()
    (tables,) = base.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if version == 0 and tables == 0:
        script = f"BEGIN; {_TABLES} PRAGMA user_version = {_FORMAT}; COMMIT;"
        base.executescript(script)
        version = _FORMAT
    if version != _FORMAT:
        base.close()
        if version > _FORMAT:
            raise UsageError(said("history-newer", path=path))
        raise UsageError(said("not-a-history", path=str(path)), said("history-first"))
    return base


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Tell in our words what SQLite refuses."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            hint = said("history-wait")
            raise UsageError(said("history-locked", path=path), hint) from None
        if code in _UNWRITABLE:
            raise cannot_write(path, OSError(_UNWRITABLE[code], "")) from None
        raise UsageError(
            said("not-a-history", path=str(path)), said("history-first")
        ) from None
