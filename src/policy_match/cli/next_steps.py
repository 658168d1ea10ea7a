"""What to do after a step of screening: the very command, with the files in hand."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from policy_match.language.words import label

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

_SPECIAL = frozenset(" \t\n\"'`$&|;<>()*?[]{}#~!\\")
_MAP, _OUT, _LETTERS = "map.yaml", "out", "letters"


class Given(NamedTuple):
    """What the next command takes over from this one."""

    firms: Path
    mapping: Path | None
    sheet: str
    rules: Path | None
    parameters: Path | None
    day: date | None
    lang: str
    """The language of the answer, one that the rulebook has."""

    @property
    def register(self) -> str:
        """The register, and the sheet of it that is meant."""
        sheet = f" --sheet {_quoted(self.sheet)}" if self.sheet else ""
        return f"{_quoted(self.firms)}{sheet}"

    @property
    def law(self) -> str:
        """The options that say which law is meant."""
        named = {"--rules": self.rules, "--parameters": self.parameters}
        return "".join(
            f" {option} {_quoted(path)}" for option, path in named.items() if path
        )


def after_look(given: Given, map_out: Path | None) -> str:
    """Return what to do when a register was looked at."""
    mapping, lang = given.mapping, given.lang
    screen = f"policy-match screen {given.register}{given.law}"
    if given.day is not None:
        screen += f" --on {given.day}"
    if map_out is not None:
        command = f"{screen} --map {_quoted(map_out)} --out {_OUT}"
        return label("next-completed", lang, file=str(map_out), command=command)
    if mapping is not None:
        command = f"{screen} --map {_quoted(mapping)} --out {_OUT}"
    else:
        command = f"{screen} --check-only --map-out {_MAP}"
    return label("next", lang, command=command)


def after_screening(given: Given, out: Path, listed: int) -> Iterator[str]:
    """Yield what to read, and the command that writes letters."""
    mapping, lang = given.mapping, given.lang
    if listed:
        file = str(out / "rejects.csv")
        yield label("listed-cells", lang, count=listed, file=file)
    report, worklist = str(out / "report.html"), str(out / "worklist.xlsx")
    yield label("next-open", lang, file=report, list=worklist)
    told = f" --map {_quoted(mapping)}" if mapping is not None else ""
    command = (
        f"policy-match notices {_quoted(out)} --out {_LETTERS}"
        f" --firms {given.register}{told}{given.law}"
    )
    yield label("next-letters", lang, command=command)


def _quoted(path: Path | str) -> str:
    """Return a path or a name as a shell takes it; Chinese needs no quotes."""
    text = str(path)
    return shlex.quote(text) if _SPECIAL & set(text) else text
