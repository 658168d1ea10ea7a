"""The files of a rulebook, found and read; nothing is parsed here.

Whatever lies below the directory is read or named in a fault, so that no
policy is lost because of a suffix, a link or a permission.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from policy_match.errors import Fault, Place, RulebookError, reason
from policy_match.language.messages import said
from policy_match.outputs import there

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policy_match.errors import Hint
    from policy_match.language.messages import Message

RULE_SUFFIXES = (".yaml", ".yml")
LIST_SUFFIXES = (".csv", ".txt")
"""Of lists of codes, which a code system names."""
MOST_BYTES = 4 << 20
_FOR_PEOPLE = ("readme", "license", "licence", "notice", "changelog", "contributing")


def shipped_rules() -> Path:
    """Return the directory of the rulebook that comes with the package."""
    package = Path(__file__).parent.parent
    installed = package / "rules"
    return installed if installed.is_dir() else package.parents[1] / "rules"


def read_directory(directory: Path) -> dict[str, bytes]:
    """Return the bytes of every rule file and list of codes, in name order.

    Raises RulebookError, with every fault, where there is no rule file, and for
    all that cannot be read: a broken link, a loop of links, a closed directory,
    a device, a suffix that no rule file has. Passed over are only what a system
    or a version control keeps for itself (`.git`), and a README, a LICENSE and
    the like.
    """
    faults: list[Fault] = []
    files = {shown(path): _read(path, faults) for path in _found(directory, faults)}
    if faults:
        raise RulebookError(faults)
    if not any(is_rule_file(name) for name in files):
        there = directory.is_dir()
        message = said("no-yaml-file" if there else "no-directory", path=directory)
        hint = said("name-a-rulebook")
        raise RulebookError([Fault(Place(str(directory)), "R206", message, hint)])
    return files


def is_rule_file(name: str) -> bool:
    """Return whether a file holds rules, by the suffix of its name."""
    return name.endswith(RULE_SUFFIXES)


def digests(directory: Path, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the digest of each file's bytes, by its name below `directory`.

    `files` are those that `read_directory` gave, from where it was called.
    """
    root = _placed(directory)
    return {
        _placed(Path(name)).relative_to(root).as_posix(): "sha256:"
        + hashlib.sha256(data).hexdigest()
        for name, data in files.items()
    }


def parameters_file(path: Path) -> bytes:
    """Return the bytes of a parameters file; raises RulebookError."""
    faults: list[Fault] = []
    data = _read(path, faults)
    if faults:
        raise RulebookError(faults)
    return data


def shown(path: Path) -> str:
    """Return a path as people would type it from where they are."""
    try:
        return str(_placed(path).relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _placed(path: Path) -> Path:
    """Return where a file stands; a link stands where it is, not where it leads."""
    return Path(os.path.abspath(path))  # noqa: PTH100  (resolve follows links)


# ---- what lies below the directory

_Inode = tuple[int, int]


def _found(directory: Path, faults: list[Fault]) -> list[Path]:
    """Return the files to read, in name order; add a fault for all else."""
    found: list[Path] = []
    pending: list[tuple[Path, frozenset[_Inode]]] = [(directory, frozenset())]
    while pending:
        folder, above = pending.pop()
        try:
            status = folder.stat()
            inode = (status.st_dev, status.st_ino)
            if inode in above:
                _refuse(faults, folder, said("link-loop"), said("remove-the-link"))
                continue
            entries = list(folder.iterdir()) if folder.is_dir() else []
        except (OSError, ValueError) as error:
            missing = isinstance(error, OSError) and error.errno == errno.ENOENT
            if folder != directory or not missing:
                _refuse(faults, folder, said("unreadable", reason=reason(error)))
            continue
        for path in entries:
            if _is_folder(path):
                if not path.name.isprintable():
                    message = said("odd-name", name=path.name)
                    _refuse(faults, path, message, said("rename-it"))
                elif not _passed_over(path):
                    pending.append((path, above | {inode}))
            elif _to_read(path, faults):
                found.append(path)
    return sorted(found)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _passed_over(path: Path) -> bool:
    """Return whether a file or directory is known to hold no rules."""
    name = path.name.lower()
    hidden = name.startswith(".") and not any(s in name for s in RULE_SUFFIXES)
    return hidden or (name.split(".")[0] in _FOR_PEOPLE and not is_rule_file(name))


def _to_read(path: Path, faults: list[Fault]) -> bool:
    """Return whether a file is to be read; add a fault where it cannot be."""
    if _passed_over(path):
        return False
    if not path.name.isprintable():
        _refuse(faults, path, said("odd-name", name=path.name), said("rename-it"))
        return False
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if error.errno == errno.ELOOP:
            _refuse(faults, path, said("link-loop"), said("remove-the-link"))
        elif path.is_symlink():
            target = path.readlink()
            message = said("broken-link", target=target)
            _refuse(faults, path, message, said("remove-the-link"))
        else:
            _refuse(faults, path, said("unreadable", reason=reason(error)))
        return False
    if not stat.S_ISREG(mode):
        _refuse(faults, path, said("no-regular-file"), said("remove-or-move"))
        return False
    if path.name.endswith((*RULE_SUFFIXES, *LIST_SUFFIXES)):
        return True
    _refuse(faults, path, said("odd-suffix", name=path.name), said("name-it-yaml"))
    return False


def _read(path: Path, faults: list[Fault]) -> bytes:
    """Return the bytes of a file, or none and a fault; no more than are allowed."""
    try:
        if there(path) == "other":
            _refuse(faults, path, said("no-regular-file"))
            return b""
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        _refuse(faults, path, said("unreadable", reason=reason(error)))
        return b""
    if len(data) > MOST_BYTES:
        message = said("larger-than", size=MOST_BYTES >> 20)
        place = Place(shown(path))
        faults.append(Fault(place, "Y106", message, said("split-the-file")))
    return data


def _refuse(faults: list[Fault], path: Path, message: Message, hint: Hint = "") -> None:
    faults.append(Fault(Place(shown(path)), "R206", message, hint))
