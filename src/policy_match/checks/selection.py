"""Which findings are told: by code, and beyond those of a baseline."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

from policy_match.errors import UsageError, did_you_mean
from policy_match.language.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from policy_match.errors import Fault

LAST = {"Y1": 9, "R2": 8, "R3": 14, "R4": 17}
"""The last code of each family; the first is 01."""
CODES = tuple(
    f"{family}{number:02}"
    for family, last in LAST.items()
    for number in range(1, last + 1)
)


def codes(words: Iterable[str]) -> tuple[str, ...]:
    """Return the codes that options name: `R401`, `R4`, `R401,R402`.

    Raises UsageError for what no code begins with.
    """
    found = [part.strip() for word in words for part in word.split(",")]
    for part in found:
        if not part or not any(code.startswith(part) for code in CODES):
            families = said("known-values", known=tuple(LAST))
            hint = did_you_mean(part, CODES, families)
            raise UsageError(said("no-such-code", code=part), hint)
    return tuple(found)


def chosen(
    faults: Iterable[Fault], select: Sequence[str], ignore: Sequence[str]
) -> list[Fault]:
    """Return the faults of selected codes (all, where none is) and of no ignored.

    Of two that fit, the longer says what is done; `ignore` of as long a one wins.
    """
    return [f for f in faults if _fits(f.code, select or ("",)) > _fits(f.code, ignore)]


def _fits(code: str, prefixes: Iterable[str]) -> int:
    return max((len(p) for p in prefixes if code.startswith(p)), default=-1)


def fingerprints(faults: Sequence[Fault], directory: Path) -> list[str]:
    """Return what a finding is known by, wherever in its file it moves.

    Made of its code, its file below the rulebook's directory and what is said of
    it; the second of the same, and the third, are told apart by their count.
    """
    seen: dict[str, Iterable[int]] = {}
    found = []
    for fault in faults:
        file = os.path.relpath(fault.place.file, directory).replace(os.sep, "/")
        key = "\0".join((fault.code, file, fault.message.key, str(fault.message)))
        counter = seen.setdefault(key, count())
        nth = next(iter(counter))
        digest = hashlib.sha256(f"{key}\0{nth}".encode(errors="replace"))
        found.append(digest.hexdigest()[:32])
    return found


def baseline(file: Path) -> Counter[str]:
    """Return the fingerprints in a result that `lint --format json` wrote.

    Raises UsageError where the file is no such result.
    """
    try:
        data = json.loads(file.read_bytes())
        found = [finding["fingerprint"] for finding in data["findings"]]
        if data["schema"] != "policy-match/lint/1" or not all(
            isinstance(one, str) for one in found
        ):
            raise ValueError  # noqa: TRY301  (one message for all that it is not)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        message = said("no-baseline", path=file)
        raise UsageError(message, said("make-baseline")) from None
    return Counter(found)


def beyond(
    faults: Sequence[Fault], directory: Path, known: Counter[str]
) -> tuple[list[Fault], int]:
    """Return the faults that a baseline does not have, and how many of it are gone."""
    prints = fingerprints(faults, directory)
    new = [f for f, one in zip(faults, prints, strict=True) if one not in known]
    return new, len(known.keys() - set(prints))
