"""What every screening found, kept in one SQLite file, and its trend."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing, contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from policy_match.domain.texts import Text
from policy_match.errors import UsageError
from policy_match.language.messages import said
from policy_match.outputs.targets import cannot_write, there

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from policy_match.screening.since import Since
    from policy_match.screening.takeup import TakeUp

_FORMAT = 3
_SECOND = 2
"""The format that does not tell why rates moved."""
_FIRST = 1
"""The format in which titles stand in two columns, Chinese and English."""
_PRIMARY = 0xFF
"""The bits of an error's code that say what kind it is."""
_UNWRITABLE = {
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
}
_RUNS = """
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    on_day TEXT NOT NULL,
    rulebook TEXT NOT NULL,
    firms_digest TEXT NOT NULL,
    claims_digest TEXT,
    UNIQUE (on_day, rulebook, firms_digest, claims_digest)
);
"""
_TAKEUP = """
CREATE TABLE takeup (
    run INTEGER NOT NULL REFERENCES run,
    policy TEXT NOT NULL,
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
CREATE TABLE title (
    run INTEGER NOT NULL REFERENCES run,
    policy TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (run, policy, language)
);
"""
_MOVED = """
CREATE TABLE moved (
    run INTEGER NOT NULL REFERENCES run,
    policy TEXT NOT NULL,
    cause TEXT NOT NULL,
    since_day TEXT NOT NULL,
    since_rulebook TEXT NOT NULL,
    claimed INTEGER NOT NULL,
    unclaimed INTEGER NOT NULL,
    PRIMARY KEY (run, policy, cause)
);
"""
_UPGRADE = (
    "ALTER TABLE takeup RENAME TO earlier;",
    _TAKEUP,
    """
    INSERT INTO takeup SELECT run, policy, claimable, eligible, claimed, unclaimed,
        undetermined, over_claimed, due_cents, claimed_cents, unclaimed_cents
    FROM earlier;
    """,
    "INSERT INTO title SELECT run, policy, 'zh', title_zh FROM earlier;",
    "INSERT INTO title SELECT run, policy, 'en', title_en FROM earlier;",
    "DROP TABLE earlier;",
    _MOVED,
)


class Point(NamedTuple):
    """One screening: for a policy, or for all with something to claim."""

    run: int
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


class Move(NamedTuple):
    """One cause that moved a rate, and how many more have claimed, and have not."""

    cause: str
    since: str
    """The day of the result it is compared with."""
    claimed: int
    unclaimed: int


class Trend(NamedTuple):
    """All screenings with claims, in the order of their days."""

    whole: tuple[Point, ...]
    policies: Mapping[str, tuple[Point, ...]]
    """By title, those with something to claim, most unclaimed first."""
    rulebooks: Mapping[int, str]
    """The digest of the rulebook of each run."""
    moved: Mapping[int, tuple[Move, ...]]
    """Why the whole moved, by run."""


def check(path: Path) -> None:
    """Raise UsageError where a file is there and is not a history to write to."""
    if there(path):
        with _refusing(path), closing(_opened(path)) as base:
            base.execute("BEGIN IMMEDIATE")
            base.rollback()


def keep(
    path: Path,
    found: TakeUp,
    digests: Mapping[str, str],
    since: Since | None = None,
) -> None:
    """Keep one screening; the same inputs again replace what was kept of them.

    `since` says why rates moved from the result that this one replaces.
    Raises UsageError where that cannot be written; nothing of it is kept then.
    """
    with _refusing(path):
        _keep(path, found, digests, since)


def _keep(
    path: Path, found: TakeUp, digests: Mapping[str, str], since: Since | None
) -> None:
    program = found.program
    key = (program.day.isoformat(), program.digest, digests["firms"],
           digests.get("claims"))  # fmt: skip
    with closing(_opened(path, upgrade=True)) as base, base:
        same = "on_day = ? AND rulebook = ? AND firms_digest = ? AND claims_digest IS ?"
        moved: list[tuple[object, ...]] = []
        for (old,) in base.execute(f"SELECT id FROM run WHERE {same}", key).fetchall():  # noqa: S608  (no value in it)
            base.execute("DELETE FROM takeup WHERE run = ?", (old,))
            base.execute("DELETE FROM title WHERE run = ?", (old,))
            # The same inputs again moved nothing: what was told of them stays.
            moved = base.execute(
                "SELECT policy, cause, since_day, since_rulebook, claimed, unclaimed "
                "FROM moved WHERE run = ?", (old,)
            ).fetchall()  # fmt: skip
            base.execute("DELETE FROM moved WHERE run = ?", (old,))
            base.execute("DELETE FROM run WHERE id = ?", (old,))
        run = base.execute(
            "INSERT INTO run (on_day, rulebook, firms_digest, claims_digest) "
            "VALUES (?, ?, ?, ?)",
            key,
        ).lastrowid
        base.executemany(
            "INSERT INTO takeup VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    run,
                    policy.id,
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
        base.executemany(
            "INSERT INTO moved VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(run, *one) for one in [*_causes(found, since)] or moved],
        )
        base.executemany(
            "INSERT INTO title VALUES (?, ?, ?, ?)",
            [
                (run, policy.id, language, title)
                for policy in program.policies
                for language, title in policy.about.title.by_language.items()
            ],
        )


def _causes(found: TakeUp, since: Since | None) -> Iterator[tuple[object, ...]]:
    if since is None:
        return
    then = since.day.isoformat(), since.rulebook
    for policy in sorted(found.claimable):
        for cause, counts in since.why([policy]).items():
            yield policy, cause, *then, *counts


def trend(path: Path, lang: str) -> Trend:
    """Return what a history tells; raises UsageError where it is none."""
    if there(path) != "file":
        raise UsageError(said("not-a-history", path=str(path)), said("history-first"))
    with _refusing(path), closing(_opened(path)) as base:
        titles = _titles(base)
        rows = base.execute(
            "SELECT run.id, policy, on_day, claimed, unclaimed, undetermined, "
            "unclaimed_cents FROM takeup JOIN run ON run.id = takeup.run "
            "WHERE claimable AND claimed IS NOT NULL ORDER BY on_day, run.id"
        ).fetchall()
        runs = base.execute(
            "SELECT run.id, on_day, sum(claimed), sum(unclaimed), sum(undetermined), "
            "sum(unclaimed_cents) FROM takeup JOIN run ON run.id = takeup.run "
            "WHERE claimable AND claimed IS NOT NULL GROUP BY run.id "
            "ORDER BY on_day, run.id"
        ).fetchall()
        rulebooks = dict(base.execute("SELECT id, rulebook FROM run").fetchall())
        moved = _moved(base)
    policies: dict[str, list[Point]] = {}
    for run, policy, day, *numbers in rows:
        name = Text(titles.get((run, policy), {})).to(lang) or policy
        policies.setdefault(name, []).append(Point(run, day, *numbers))
    ranked = sorted(policies.items(), key=lambda x: (-x[1][-1].unclaimed_cents, x[0]))
    told = {name: tuple(points) for name, points in ranked}
    whole = tuple(Point(*run) for run in runs)
    return Trend(whole, told, rulebooks, moved)


def _moved(base: sqlite3.Connection) -> dict[int, tuple[Move, ...]]:
    """Return why the whole moved, by run; nothing in the formats before."""
    found: dict[int, tuple[Move, ...]] = {}
    if _version(base) < _FORMAT:
        return found
    told = (
        "SELECT run, cause, since_day, sum(claimed), sum(unclaimed) FROM moved "
        "GROUP BY run, cause, since_day ORDER BY run, min(rowid)"
    )
    for run, *move in base.execute(told):
        found[run] = (*found.get(run, ()), Move(*move))
    return found


def _titles(base: sqlite3.Connection) -> dict[tuple[int, str], dict[str, str]]:
    """Return the titles of a run's policies by language, the rulebook's first first."""
    titles: dict[tuple[int, str], dict[str, str]] = {}
    if _version(base) == _FIRST:
        told = "SELECT run, policy, title_zh, title_en FROM takeup"
        for run, policy, zh, en in base.execute(told):
            titles[run, policy] = {"zh": zh, "en": en}
        return titles
    told = "SELECT run, policy, language, title FROM title ORDER BY rowid"
    for run, policy, language, title in base.execute(told):
        titles.setdefault((run, policy), {})[language] = title
    return titles


def _version(base: sqlite3.Connection) -> int:
    (version,) = base.execute("PRAGMA user_version").fetchone()
    return int(version)


def _opened(path: Path, *, upgrade: bool = False) -> sqlite3.Connection:
    """Open a history; one of the first format becomes one of ours with `upgrade`."""
    base = sqlite3.connect(path)
    version = _version(base)
    (tables,) = base.execute("SELECT count(*) FROM sqlite_master").fetchone()
    script = ""
    if version == 0 and tables == 0:
        script, version = _RUNS + _TAKEUP + _MOVED, _FORMAT
    elif version == _FIRST and upgrade:
        script, version = "".join(_UPGRADE), _FORMAT
    elif version == _SECOND and upgrade:
        script, version = _MOVED, _FORMAT
    if script:
        mark = f"PRAGMA user_version = {_FORMAT};"
        try:
            base.executescript(f"BEGIN IMMEDIATE; {script} {mark} COMMIT;")
        except sqlite3.OperationalError:
            base.rollback()
            # Another run may have been the first to make it ours.
            if _version(base) != _FORMAT:
                base.close()
                raise
    if version not in {_FIRST, _SECOND, _FORMAT}:
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
