"""`lint`: every fault of a rulebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import api
from policy_match.cli import console, options
from policy_match.cli.output import write
from policy_match.language.messages import said

if TYPE_CHECKING:
    from datetime import date


@click.command("lint")
@click.argument(
    "directory", metavar="[RULES]", required=False, type=click.Path(path_type=Path)
)
@options.rules
@options.parameters
@click.option(
    "--on",
    "day",
    type=options.Day(),
    metavar="DATE",
    help="Also warn of what has aged by that day.",
)
@click.option(
    "--coverage",
    is_flag=True,
    help="Also list how the examples have seen each condition, by file and line.",
)
@options.lang
def command(
    directory: Path | None,
    rules: Path | None,
    parameters: Path | None,
    day: date | None,
    coverage: bool,
    lang: str,
) -> int:
    """Find every fault of a rulebook: file:line:column, code, what to do.

    Exits with 4 where there is one.
    """
    book = api.load(directory or rules, parameters=parameters)
    faults = book.lint(day)
    if coverage:
        write(book.coverage(lang), None)
    console.say_faults(faults)
    policies, facts = book.sizes
    sizes = {"policies": policies, "facts": facts}
    console.say(said("linted", id=book.id, findings=len(faults), **sizes))
    return 4 if faults else 0
