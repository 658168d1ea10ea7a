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
    "--select",
    multiple=True,
    metavar="CODE",
    help="Tell only of this code, or of those that begin so (R4). Repeatable.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODE",
    help="Tell nothing of this code, or of those that begin so. Repeatable.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="An earlier result in JSON, of which nothing is told again.",
)
@click.option(
    "--coverage",
    is_flag=True,
    help="Also list how the examples have seen each condition, by file and line.",
)
@options.lang
@options.formats(*api.LINT_FORMATS)
def command(
    directory: Path | None,
    rules: Path | None,
    parameters: Path | None,
    day: date | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    baseline: Path | None,
    coverage: bool,
    lang: str,
    form: str,
) -> int:
    """Find every fault of a rulebook: file:line:column, code, what to do.

    Exits with 4 where there is one, shown or not. An error stops the rulebook;
    a warning is told and stops nothing.
    """
    found = api.lint(
        directory or rules,
        parameters=parameters,
        day=day,
        select=select,
        ignore=ignore,
        baseline=baseline,
    )
    book = found.rulebook
    if coverage and book is not None and form == "text":
        write(book.coverage(lang), None)
    if form == "text":
        console.say_faults(found.faults)
    else:
        write(found.show(form, lang), None)
    if found.unseen:
        console.say(said("errors-unseen", count=found.unseen))
    if found.gone:
        console.say(said("gone", count=found.gone))
    if book is not None:
        policies, facts = book.sizes
        sizes = {"policies": policies, "facts": facts}
        console.say(said("linted", id=book.id, findings=len(found.faults), **sizes))
    return 0 if found.clean else 4
