"""`site`: handbook and self-assessment as a directory for any static host."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policy_match import api
from policy_match.cli import console, options
from policy_match.cli.output import write_folder
from policy_match.language.messages import said

if TYPE_CHECKING:
    from datetime import date


@click.command("site")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Directory to write to; an earlier site there is replaced.",
)
@click.option(
    "--runtime",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    required=True,
    help="The npm package `pyodide`, unpacked; `tasks.py site` fetches it.",
)
@click.option(
    "--playground",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Where the editor for authors is; `tasks.py site` fetches it.",
)
@options.rules
@options.parameters
@click.option(
    "--on",
    "days",
    type=options.Day(),
    metavar="DATE",
    multiple=True,
    help="A day that the pages offer; give it for each. [default: any day]",
)
def command(
    out: Path,
    runtime: Path,
    playground: Path | None,
    rules: Path | None,
    parameters: Path | None,
    days: tuple[date, ...],
) -> None:
    """Write a website whose self-assessment runs in the browser, offline as well."""
    from policy_match.web.site import build  # noqa: PLC0415

    book = api.load(rules, parameters=parameters)
    write_folder(build(book, days, runtime, playground), out)
    console.say(said("written", path=out / "index.html"))
