"""What reaches the screen, and in which encoding and width."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, TextIO

import click

from policy_match import api
from policy_match.language.messages import in_language
from policy_match.language.words import LANGUAGES, label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from policy_match.errors import Fault

_PLAIN_WIDTH, _WIDEST = 80, 100
_OTHERWISE = "zh"


def use_utf8() -> None:
    """Write UTF-8 to files and pipes; to a console, what it can show.

    A console in another encoding (GBK) gets its own, with what it lacks
    replaced, so that nobody sees mojibake or an error; so does whoever asks
    for an encoding by PYTHONIOENCODING.
    """
    chosen = bool(os.environ.get("PYTHONIOENCODING"))
    for stream in (sys.stdout, sys.stderr):
        if chosen or stream.isatty():
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]


def say(message: str, hint: str = "") -> None:
    """Write one line to stderr, in the language that was asked for."""
    lang = spoken()
    after = in_language(hint, lang)
    between = label("semicolon", lang) if after else ""
    line = f"policy-match: {in_language(message, lang)}{between}{after}"
    click.echo(line, err=True)


def say_faults(faults: Iterable[Fault]) -> None:
    """Write faults to stderr, each with its line and a caret below it."""
    lang = spoken()
    for fault in faults:
        click.echo(fault.to(lang), err=True)
        caret = fault.caret()
        if caret:
            click.echo(caret, err=True)


def looks(out: Path | None) -> api.Looks:
    """Return what a result is fitted to: the terminal, or plain for a file."""
    if out is not None:
        return api.Looks(color=False, width=_PLAIN_WIDTH, encoding="utf-8")
    color = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return api.Looks(color=color, width=width(), encoding=sys.stdout.encoding)


def width(stream: TextIO | None = None) -> int:
    """Return how many columns a line may have: 80, or the terminal's up to 100."""
    if not (stream or sys.stdout).isatty():
        return _PLAIN_WIDTH
    return min(shutil.get_terminal_size().columns, _WIDEST)


def spoken() -> str:
    """Return the language of errors: that of `--lang`, else of the locale.

    Read off the command line itself, which may be what is wrong.
    """
    for word, following in zip(sys.argv, [*sys.argv[1:], ""], strict=True):
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and value in LANGUAGES:
            return value
    return language()


def language() -> str:
    """Return the language of the locale where the program has it, else `zh`."""
    named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, named), "").lower()
    return next(filter(locale.startswith, LANGUAGES), _OTHERWISE)
