"""Options that several commands share, and the values they give."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policy_match import api
from policy_match.cli import completion
from policy_match.cli.console import language
from policy_match.errors import UsageError
from policy_match.language.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

FORMATS = ("text", "json", "markdown", "html")


class Day(click.ParamType[date]):
    """A day as people type it."""

    name = "date"

    def convert(  # noqa: D102  (click's own)
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        try:
            return api.day_of(str(value))
        except UsageError as error:
            self.fail(error.message, param, ctx)


def rules(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--rules`."""
    return click.option(
        "--rules",
        type=click.Path(path_type=Path),
        help="Directory of a rulebook. [default: the one shipped]",
    )(command)


def parameters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--parameters`."""
    return click.option(
        "--parameters",
        type=click.Path(path_type=Path),
        help="File with local values of parameters.",
    )(command)


class Share(click.ParamType[float]):
    """A share from none to all: `0.1` or `10%`."""

    name = "share"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the share; a wrong one is told with its option."""
        if isinstance(value, float):
            return value
        text = str(value).strip()
        try:
            number = float(text.removesuffix("%")) / (100 if text[-1:] == "%" else 1)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            self.fail(text, param, ctx)
        return number


def on(
    default: str = "the profile's `on`, else today",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add `--on`; `default` says in the help which day it is otherwise."""
    return click.option(
        "--on",
        "day",
        type=Day(),
        metavar="DATE",
        help=f"The law as of that day. [default: {default}]",
    )


def today(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--today`."""
    return click.option(
        "--today",
        type=Day(),
        metavar="DATE",
        help="The day from which deadlines are dated. [default: the real one]",
    )(command)


def lang(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--lang`."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=language,
        show_default="from the locale, else zh",
        help="Language of the answer.",
    )(command)


def formats(*known: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add `--format` with the formats that a command knows."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(known or FORMATS),
        default="text",
        show_default=True,
        help="A person reads text; everything else is for tools.",
    )


def policies(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--policy`."""
    return click.option(
        "--policy",
        "policies",
        metavar="POLICY",
        multiple=True,
        shell_complete=completion.policies,
        help="Tell of this policy alone; may be repeated.",
    )(command)


def out(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--out`."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write to this file, whole or not at all. [default: stdout]",
    )(command)


def reading(
    *known: str, local: bool = True
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add what every command takes that shows something of the law of a day.

    `known` are its formats, all of FORMATS otherwise; `local` is whether it takes
    `--parameters`.
    """
    some = [rules, *([parameters] if local else []), on("today")]
    some += [lang, formats(*known), out]

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(some):
            command = option(command)
        return command

    return add
